"""Documents for measuring: sentences of real public texts in eight languages, put together anew by a fixed seed."""

import json
import random
import re
import tarfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nlp.mention import Mention
from watchword.document import Document

DATA = Path(__file__).parents[1] / "../shared/data"
LANGUAGES = {"English": "en", "Russian": "ru", "Chinese": "zh", "Greek": "el", "Polish": "pl"}
RIGHTS = {"ar": "arb", "fr": "fra", "es": "spa"}
WEIGHTS = {"en": 40, "ru": 20, "zh": 10, "ar": 8, "fr": 8, "es": 6, "el": 4, "pl": 4}
SENTENCE = re.compile(r"[^.!?。！？؟\n]+[.!?。！？؟]?")
# Texts of the day bring new names: one word in this many is one that no other text has.
NEW_WORD_EVERY = 60
COPIES_EVERY = 10
SOURCES, PUBLISHERS, ENTITIES = 200, 80, 5_000
CODES = ["1C116", "1C216.a", "2B350.a", "3A201.b", "6A005", "0B001.b.1", "1C350.23", "7224-10-1"]
SITES = ["natanz", "fordow", "isfahan-ucf", "yongbyon", "bushehr"]
ROLES = ["supplier", "broker", "consignee", "end user"]
SYLLABLES = ["ka", "ro", "min", "ta", "vel", "dor", "shi", "an", "lu", "pre", "gos", "ber", "ni", "zar", "tov"]


@cache
def sentences() -> dict[str, list[str]]:
    """Return real sentences by language."""
    found: dict[str, list[str]] = {language: [] for language in WEIGHTS}
    for language, text in texts():
        found[language] += [s.strip() for s in SENTENCE.findall(text) if len(s.strip()) > 20]
    return found


def texts() -> Iterator[tuple[str, str]]:
    """Yield language and text of the real documents."""
    with tarfile.open(DATA / "pages/daniel.tar.xz") as archive:
        files = {member.name: member for member in archive.getmembers()}
        named = json.load(archive.extractfile(files["languages.json"]) or [])
        for name, member in files.items():
            language = LANGUAGES.get(named.get(name.removeprefix("text/").removesuffix(".txt"), ""))
            if name.startswith("text/") and language and (file := archive.extractfile(member)):
                yield language, file.read().decode("utf-8", "replace")
    with tarfile.open(DATA / "entities/nerel-ru/train-dev.tar.xz") as archive:
        for member in archive:
            if member.name.endswith(".txt") and (file := archive.extractfile(member)):
                yield "ru", file.read().decode("utf-8")
    for line in (DATA / "documents/eu-statements-of-reasons.jsonl").read_text("utf-8").splitlines():
        yield "en", json.loads(line)["text"]
    with zipfile.ZipFile(DATA / "language/udhr2.zip") as archive:
        for language, name in RIGHTS.items():
            yield language, archive.read(f"udhr2/{name}.txt").decode("utf-8")


def documents(number: int, *, words: int = 300, seed: int = 7) -> Iterator[Document]:
    """Yield *number* documents of about so many words (characters in Chinese), the same for the same *seed*."""
    dice = random.Random(seed)
    languages = dice.choices(list(WEIGHTS), list(WEIGHTS.values()), k=number)
    known: Document | None = None
    for index, language in enumerate(languages):
        if known is None or index % COPIES_EVERY:
            text, story = written(dice, language, words), f"story-{index:08d}"
            known = document(dice, f"doc-{index:08d}", language, text, story)
        else:
            known = document(dice, f"doc-{index:08d}", known.language or "en", known.text, known.story or "")
        yield known


def written(dice: random.Random, language: str, words: int) -> str:
    """Return a text of about so many words."""
    known = sentences()[language]
    parts: list[str] = []
    length = 0
    while length < words:
        sentence = dice.choice(known)
        length += len(sentence) if language == "zh" else sentence.count(" ") + 1
        parts.append(sentence)
    for _ in range(max(words // NEW_WORD_EVERY, 1)):
        parts.insert(dice.randrange(len(parts)), new_word(dice))
    return " ".join(parts)


def new_word(dice: random.Random) -> str:
    """Return a name that probably no other text has."""
    return "".join(dice.choices(SYLLABLES, k=dice.randint(3, 5))).title()


def document(dice: random.Random, identifier: str, language: str, text: str, story: str) -> Document:
    """Return a document with metadata and mentions drawn by *dice*."""
    source = min(int(dice.expovariate(1 / 40)), SOURCES - 1)
    day = f"{dice.randint(2021, 2026)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    return Document(
        id=identifier,
        page=f"page-{identifier}",
        url=f"https://source-{source}.example/{identifier}",
        source=f"source-{source}",
        publisher=f"publisher {source % PUBLISHERS}",
        country=dice.choice(["FR", "RU", "CN", "GB", "IR", None]),
        kind=dice.choice(["feed", "sitemap", "listing"]),
        run=f"run-{day[:7]}",
        capture=f"capture-{identifier}",
        captured=f"{day}T06:00:00+00:00",
        media_type="text/html",
        title=text[:70],
        text=text,
        published=day if dice.random() < 0.8 else None,
        language=language,
        story=story,
        mentions=tuple(mentions(dice, text)),
    )


def mentions(dice: random.Random, text: str) -> Iterator[Mention]:
    """Yield some mentions at words of *text*."""
    places = sorted(dice.randrange(max(len(text) - 30, 1)) for _ in range(dice.randint(0, 6)))
    for start in places:
        end = min(start + dice.randint(4, 20), len(text))
        yield mention(dice, start, end, text[start:end])


def mention(dice: random.Random, start: int, end: int, text: str) -> Mention:
    """Return a mention of a random party, item or site."""
    number = min(int(dice.expovariate(1 / 400)), ENTITIES - 1)
    kind = dice.random()
    if kind < 0.5:
        listed = ("un", "eu", "us-csl")[number % 3]
        role = dice.choice([*ROLES, None])
        return Mention(start, end, text, "person", f"{listed}:P-{number}", f"Party {number}", "name", (), role)
    if kind < 0.85:
        codes = tuple(dice.sample(CODES, 2))
        return Mention(start, end, text, "item", f"item:item-{number % 300}", f"Item {number % 300}", "name", codes)
    site = dice.choice(SITES)
    return Mention(start, end, text, "site", f"site:{site}", site.title(), "name")
