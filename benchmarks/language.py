"""Language identification compared with langdetect, and with lingua where it is installed, on the same texts.

    python -m benchmarks.language [UDHR.zip] [--with langdetect] [--with lingua]

UDHR.zip holds the Universal Declaration of Human Rights in hundreds of languages; by default it is
`../shared/data/language/udhr2.zip` beside the checkout. From each translation come sentences, pairs of words and single
words of five letters and more. Of the tables' settings, the few that set af, mr, ne, cy, et, so, sq and sw beside their
neighbours were chosen on these texts; all else was not.
"""

import argparse
import random
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import regex

UDHR = Path(__file__).resolve().parents[2] / "shared" / "data" / "language" / "udhr2.zip"
UN = ("ar", "en", "es", "fr", "ru", "zh")
# The languages that langdetect knows and the Declaration is there in, but Telugu, whose file is empty.
FILES = (
    "af=afr ar=arb bg=bul bn=ben ca=cat cs=ces cy=cym da=dan de=deu el=ell_monotonic en=eng es=spa et=est fa=pes_1 "
    "fi=fin fr=fra gu=guj he=heb hi=hin hr=hrv hu=hun id=ind it=ita ja=jpn kn=kan ko=kor lt=lit lv=lav mk=mkd "
    "ml=mal mr=mar ne=nep nl=nld no=nob pa=pan pl=pol pt=por_PT ro=ron ru=rus sk=slk sl=slv so=som sq=als sv=swe "
    "sw=swh ta=tam th=tha tl=tgl tr=tur uk=ukr ur=urd vi=vie zh=cmn_hans"
)
TRANSLATIONS: Mapping[str, str] = dict(pair.split("=") for pair in FILES.split())
WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
UNSPACED = ("ja", "ko", "th", "zh")
TEXTS_A_LANGUAGE = 200
Identify = Callable[[str], str | None]
Samples = Mapping[str, list[str]]


def samples(archive: Path, kind: str) -> Samples:
    """Return texts by language: `sentences`, `pairs` of words, or single `words`; the same ones each time."""
    make = {"sentences": _sentences, "pairs": _pairs, "words": _words}[kind]
    with zipfile.ZipFile(archive) as files:
        texts = {code: files.read(f"udhr2/{name}.txt").decode("utf-8") for code, name in TRANSLATIONS.items()}
    chosen = {code: sorted(set(make(code, text))) for code, text in texts.items()}
    return {
        code: random.Random(code).sample(those, min(TEXTS_A_LANGUAGE, len(those))) for code, those in chosen.items()
    }


def _sentences(language: str, text: str) -> Iterator[str]:
    for piece in regex.split(r"(?<=[.;。])\s|\n", text):
        if len(WORD.findall(piece)) >= 5 or (language in UNSPACED and len(piece) > 12):
            yield piece.strip()


def _pairs(language: str, text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = WORD.findall(line)
        for one, other in zip(words[::2], words[1::2], strict=False):
            if len(one) + len(other) >= 9 or language in UNSPACED:
                yield f"{one} {other}"


def _words(language: str, text: str) -> Iterator[str]:
    for word in WORD.findall(text.lower()):
        if len(word) >= (2 if language in UNSPACED else 5):
            yield word


def accuracy(identify: Identify, texts: Samples) -> dict[str, float]:
    """Return the share of texts whose language is named, by language."""
    return {code: sum(identify(text) == code for text in those) / len(those) for code, those in texts.items()}


def mean(shares: Mapping[str, float], *, un: bool) -> float:
    """Return the mean over the six languages of the United Nations, or over the others."""
    chosen = [share for code, share in shares.items() if (code in UN) == un]
    return sum(chosen) / len(chosen)


def watchword() -> Identify:
    """Return Watchword's own identification."""
    from nlp.language import identify

    return lambda text: identify(text).language


def langdetect() -> Identify:
    """Return langdetect's, seeded."""
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def identify(text: str) -> str | None:
        try:
            return str(detect(text))[:2]
        except LangDetectException:
            return None

    return identify


def lingua() -> Identify:
    """Return lingua's, with the languages that langdetect knows too."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # type: ignore[import-not-found]

    known = [getattr(IsoCode639_1, ("nb" if code == "no" else code).upper(), None) for code in TRANSLATIONS]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*filter(None, known)).build()

    def identify(text: str) -> str | None:
        found = detector.detect_language_of(text)
        code = found and str(found.iso_code_639_1.name).lower()
        return "no" if code == "nb" else code

    return identify


PEERS: Mapping[str, Callable[[], Identify]] = {"langdetect": langdetect, "lingua": lingua}


def main() -> None:
    """Print a table: accuracy on the six languages and on the others, and texts a second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, nargs="?", default=UDHR)
    parser.add_argument("--with", dest="peers", action="append", choices=list(PEERS), default=[])
    arguments = parser.parse_args()
    print(f"{'':12}{'texts':12}{'six UN':>8}{'others':>8}{'a second':>10}")
    for name, load in [("watchword", watchword), *((peer, PEERS[peer]) for peer in arguments.peers)]:
        identify = load()
        identify("warm up")
        for kind in ("sentences", "pairs", "words"):
            texts = samples(arguments.archive, kind)
            started = time.perf_counter()
            shares = accuracy(identify, texts)
            rate = sum(map(len, texts.values())) / (time.perf_counter() - started)
            print(
                f"{name:12}{kind:12}{mean(shares, un=True):8.3f}{mean(shares, un=False):8.3f}{rate:10.0f}", flush=True
            )


if __name__ == "__main__":
    main()
