"""Forms of a name: its parts in Latin letters, and their consonant skeletons, which survive transliteration.

Latin, Cyrillic, Greek, Hebrew, Korean and most other scripts are romanised by anyascii, Chinese by pypinyin. A
skeleton keeps classes of consonants: `b p`, `f v`, `t d`, `k g q`, sibilants, `l`, `r`, `m`, `n`. Chinese cannot tell
some of them apart; its `coarse` skeleton has one class for `l r` and one for `m n`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from anyascii import anyascii
from pypinyin import lazy_pinyin

from nlp.folding import folded
from nlp.names.glossary import EAST_ASIAN, concepts, divided, without_forms

HAN = re.compile(r"[㐀-鿿\uf900-\ufaff]")
HANGUL = re.compile(r"[가-힣]")
CYRILLIC = re.compile(r"[а-я]")
# Romanised endings of Russian cases; a skeleton is taken from what stands before them.
CASE_ENDING = re.compile(r"(?:ogo|omu|ymi|imi|ami|yami|ym|im|om|em|oi|ei|akh|yakh)$")
MIN_INFLECTED = 6
PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
SEPARATORS = re.compile(r"[·.\-‐・]")
ALTERNATIVES = re.compile(r"\s/\s|\ba\.?k\.?a\.?\b|[;()（）«»]")
# `Abdelnour`, `Abd al-Nour` and `Abdul Nour` are one name.
SERVANTS = frozenset({"abd", "abdul", "abdel", "abdal", "عبد"})
ARTICLES = frozenset({"al", "el", "ul", "ar", "as", "an"})
LATIN_SERVANT = re.compile(r"^abd[aeiou]?l?(?=[bcdfghjkmnpqrstvwz][aeiouy])")
MAX_VARIANTS = 4
CACHED_PARTS = 100_000
ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
# Words that say what kind of name follows, not which.
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sir",
        "haji",
        "hajji",
        "hadji",
        "mullah",
        "maulavi",
        "mawlawi",
        "sheikh",
        "shaykh",
        "sheik",
        "sayyid",
        "sayed",
        "general",
        "gen",
        "colonel",
        "col",
        "major",
        "captain",
        "brigadier",
        "engineer",
        "eng",
        "ayatollah",
        "hojatoleslam",
        "gospodin",
        "gospozha",
        "senor",
        "senora",
        "don",
    ]
)
PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "as",
        "ash",
        "an",
        "ad",
        "ar",
        "at",
        "az",
        "bin",
        "ben",
        "ibn",
        "bint",
        "van",
        "von",
        "de",
        "del",
        "della",
        "di",
        "da",
        "la",
        "le",
        "du",
        "der",
        "den",
        "dos",
        "das",
        "the",
        "of",
        "and",
    ]
)
LEGAL_FORMS = {
    "limited": (
        "ltd ltda limited lda ltee pty pte pvt llc llp lc fze fzco fzc fz dmcc gmbh ug bv srl "
        "sarl sro doo dooel ooo tov too oou sdn bhd kft zrt nyrt sia uab ou oy ab as aps kk"
    ),
    "company": (
        "co company corp corporation inc incorporated plc sa sas spa ag kg ohg nv ao oao pao "
        "zao ojsc cjsc pjsc jsc se cv sab sae sal est establishment ent enterprise enterprises group holding holdings"
    ),
}
FORM_OF = {word: kind for kind, listed in LEGAL_FORMS.items() for word in listed.split()}
CHINESE_FORMS = re.compile(r"(?:股份|责任|控股|集团|总)?(?:有限)?(?:责任)?公司$")
DIGRAPHS = (
    ("shch", "s"),
    ("dzh", "s"),
    ("tch", "s"),
    ("sch", "s"),
    ("tsch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "s"),
    ("dj", "s"),
    ("ts", "s"),
    ("tz", "s"),
    ("cz", "s"),
    ("sz", "s"),
    ("ph", "f"),
    ("kh", "h"),
    ("gh", "k"),
    ("ck", "k"),
    ("th", "t"),
    ("dh", "t"),
    ("ks", "ks"),
    ("x", "ks"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
)
PINYIN_SOUNDS = tuple(
    pair.split(">")
    for pair in ["abudule>abd", "abudu>abd", "zh>s", "ch>s", "sh>s", "x>s", "q>s", "j>s", "ng>n", "er>r"]
)
CLASSES = str.maketrans("bpfvtdkgqcszjlrmn", "bbffttkkkksssLrmn".lower())
KEPT = frozenset("bftkslrmn")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name: as folded, in Latin letters, and its skeletons."""

    written: str
    latin: str
    skeleton: str
    coarse: str
    han: bool
    generic: bool = False


def skeleton(latin: str) -> str:
    """Return the consonant classes of a romanised word, without doubles; vowels alone give their first letter."""
    word = latin
    for old, new in DIGRAPHS:
        word = word.replace(old, new)
    mapped = word.translate(CLASSES)
    kept = "".join(letter for i, letter in enumerate(mapped) if letter in KEPT and (i == 0 or mapped[i - 1] != letter))
    return kept or latin[:1]


def coarse(kept: str) -> str:
    """Return a skeleton as Chinese can write it."""
    merged = kept.replace("r", "l").replace("m", "n")
    return "".join(letter for i, letter in enumerate(merged) if i == 0 or merged[i - 1] != letter)


@lru_cache(CACHED_PARTS)
def part_of(word: str) -> Part:
    """Return the forms of one folded word."""
    concept = concepts().get(word)
    if concept is not None:
        return Part(concept, concept, skeleton(concept), coarse(skeleton(concept)), False, True)
    if HAN.search(word):
        latin = "".join(lazy_pinyin(word)).lower()
        sounds = _pinyin_sounds(latin)
        bones = skeleton(sounds)
        return Part(word, latin, bones, coarse(bones), True)
    bare = ARABIC_ARTICLE.sub("", word)
    latin = re.sub(r"[^a-z0-9]", "", anyascii(bare).lower())
    latin = LATIN_SERVANT.sub("abd", latin)
    bones = skeleton(CASE_ENDING.sub("", latin) if CYRILLIC.match(word) and len(latin) > MIN_INFLECTED else latin)
    return Part(word, latin, bones, coarse(bones), HANGUL.search(word) is not None)


def _pinyin_sounds(latin: str) -> str:
    """Return pinyin spelt so that its letters mean what they mean elsewhere."""
    for old, new in PINYIN_SOUNDS:
        latin = latin.replace(old, new)
    return latin


def parts(name: str) -> list[Part]:
    """Return the parts of *name* in order: titles, particles and legal forms left out where anything else is left."""
    plain = without_forms(folded(SEPARATORS.sub(" ", name)))
    words = served(list(chain.from_iterable(divided(w) if EAST_ASIAN.search(w) else [w] for w in PART.findall(plain))))
    found = [part_of(word) for word in words]
    said = [
        p for p in found if p.latin not in PARTICLES and p.latin not in TITLES and p.latin not in FORM_OF and p.latin
    ]
    return said or [p for p in found if p.latin]


def served(words: list[str]) -> list[str]:
    """Return *words* with `abd`, servant, joined to whose servant it is: one name, however it is written."""
    joined: list[str] = []
    for word in words:
        waiting = joined and joined[-1] in SERVANTS
        if waiting and word in ARTICLES:
            continue
        if waiting:
            joined[-1] += ARABIC_ARTICLE.sub("", word)
        else:
            joined.append(word)
    return joined


def variants(name: str) -> list[str]:
    """Return the names that one entry states together: `A / B`, `A a.k.a. B`, `A (B)`."""
    pieces = [piece.strip() for piece in ALTERNATIVES.split(name) if len(piece.strip()) > 2]
    return [name, *pieces[:MAX_VARIANTS]] if len(pieces) > 1 else [name]


def legal_form(name: str) -> str | None:
    """Return the class of legal form that *name* states, or None."""
    if CHINESE_FORMS.search(name.strip()):
        return "company"
    words = [anyascii(word).lower() for word in PART.findall(folded(name.replace(".", "")))]
    return next((FORM_OF[word] for word in reversed(words) if word in FORM_OF), None)
