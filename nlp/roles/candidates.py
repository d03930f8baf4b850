"""What may be a party where a role speaks for it: capitals, a name in quotes, a Chinese or Arabic name without form."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from nlp.alternation import any_word
from nlp.catalogue import read_yaml, shipped_file
from nlp.folding import folded
from nlp.mention import ORGANISATION, Mention
from nlp.naming.chinese import find_weak_chinese
from nlp.naming.stretch import Stretch
from nlp.overlaps import Stretches
from nlp.passage import Passage
from nlp.roles.labels import find_labelled
from nlp.roles.openers import find_opened
from nlp.roles.words import cues_in

UPPER = "A-ZÀ-ÖØ-ÞА-ЯЁ"
PARTICLE = r"(?:de|del|della|di|da|du|des|van|von|bin|ibn|al|el|of|and|&|y|et|и)"
WORD = rf"(?<!\w)[{UPPER}][\w'’.-]{{0,30}}\w(?!\w)"
# What stands before the title of a work or of a product, which is no party; and verbs, which are no part of a name.
TITLED = re.compile(
    r"(?:альбом|фильм|песн|роман|книг|сериал|спектакл|библиотек|утилит|программ|игр|журнал|газет|комплекс"
    r"|ракет)\w{0,3}\s«",
    re.IGNORECASE,
)
RUSSIAN_VERB = re.compile(r"[А-Яа-яё]{3,}(?:л|ла|ло|ли|ет|ют|ит|ят|ется|лось)\s(?=«)")
# Two to six words with capitals, or a name in Russian quotes after the word for what it is.
CAPITALS = re.compile(rf"[{UPPER}](?<!\w.)[\w'’.-]{{0,30}}\w(?!\w)(?:[ \u00a0](?:{PARTICLE}[ \u00a0])?{WORD}){{1,5}}")
# A name after the word for what it is: "the firm Tecnovuoto", "the airline Caspian Wings".
HEADS = (
    "company|firm|trader|trading house|subsidiary|start-up|dealership|shipyard|airline|shipping line|carrier"
    "|manufacturer|distributor|reseller|wholesaler|conglomerate|contractor|freight forwarder|agency|bank|entity|foundry"
    "|supplier|exporter|importer|broker|forwarder|consignee|buyer|seller"
)
HEADED = re.compile(
    any_word(HEADS.split("|"), r"\b", ignore_case=True)
    + rf",? (?:called |named )?[“\"«]?(?P<name>{WORD}(?:[ \u00a0](?:{PARTICLE}[ \u00a0])?{WORD}){{0,5}})"
)
QUOTED = re.compile(
    r"(?:\b(?i:компани|фирм|корпораци|концерн|холдинг|завод|комбинат|институт|предприяти|объединени"
    r"|агентств|банк|фонд|центр"
    r"|групп|верф|конструкторск\w+ бюро|судоверф|торгов\w+ дом)[а-яё]{0,4}[ \u00a0])?«[^»\n]{2,50}»"
)
# A word with a capital, and no part of a longer name.
SINGLE_WORD = re.compile(
    r",? (?:[a-zà-ÿа-яё]{5,20} )?(?P<name>[A-ZÀ-ÞА-ЯЁ][\w'’-]{3,30})(?=[\s,.;:)])"
    r"(?! [A-ZÀ-ÞА-ЯЁ(«]| (?:de|du|des|del|of|d['’]))"
)
# Who is from somewhere, days and months.
DEMONYM = re.compile(
    r".*(?:ian|ean|ish|ese|aise?|ien|iens|ienne)s?|(?:German|Swiss|Dutch|French|Greek|Czech|Thai|Arab"
    r"|American|African|Iraqi"
    r"|Israeli|Pakistani|Emirati|Saudi|Omani|Qatari|Kuwaiti|Yemeni|Afghan|Turk|Kurd|Allemand|Suisse|Russe"
    r"|Turc)s?|.+day|.+ber"
    r"|January|February|March|April|June|July|August|Parliament|Government|Treasury|State|Panel|Council|Ministry|Court"
)
# A word for an institution alone is none.
HEAD = re.compile(
    r"(?i:agen[ct]|industri|ban[cqk]|instit|univers|minist|centr|group|soci|compa|empresa|offic|maison|ligne|l[ií]nea)"
)
# Where a name in Latin letters stands out.
OTHER_SCRIPTS = frozenset({"ru", "zh", "ar"})
# The score of what is no more than a name, of what says that it is a firm, and of a single word.
SCORE, NAMED, SINGLE = 0.6, 0.65, 0.55
# More words in a line with a capital than this share make it a headline.
HEADLINE = 0.7


@cache
def party_words() -> dict[str, Any]:
    """Return the words that names of parties have, and those that stand before them."""
    stated: dict[str, Any] = read_yaml(shipped_file("party-words.yaml"))
    return stated


@cache
def _transliterated() -> re.Pattern[str]:
    characters = party_words()["transliteration"]
    return re.compile(f"[{characters}]{{1,7}}(?:[·•・][{characters}]{{1,7}})+")


@cache
def _chinese() -> re.Pattern[str]:
    """Return a Chinese name of two or three characters that what follows closes."""
    surnames = party_words()["surnames"]
    return re.compile(f"(?<![\u4e00-\u9fff])[{surnames}][\u4e00-\u9fff]{{1,2}}(?=作为|担任|[，、。；（,]|为|系|在|向)")


def find_candidates(passage: Passage) -> Iterator[Mention]:
    """Yield what may be a party of *passage*; no two overlap, and the surest come first."""
    taken = Stretches()
    found = FINDERS.get(passage.language or "", _with_capitals)(passage)
    labelled = ((*span, NAMED) for span in find_labelled(passage))
    for start, end, score in chain(found, labelled, _single(passage)):
        if end - start > 1 and taken.are_free(start, end):
            taken.take(start, end)
            name = passage.text[start:end]
            yield Mention(start, end, name, ORGANISATION, None, name, "", score=score)


def _single(passage: Passage) -> Iterator[tuple[int, int, float]]:
    """Yield single words with a capital right behind what they are: "the exporter, Clairoptic"."""
    words, text = passage.words, passage.text
    for found in cues_in(passage):
        if any(cue.frame in ("noun", "by") for cue in found.values):
            match = SINGLE_WORD.match(text, passage.folded.span(words.starts[found.last], words.ends[found.last])[1])
            name = match["name"] if match else ""
            if match and folded(name) not in _no_names() and not DEMONYM.fullmatch(name) and not HEAD.match(name):
                yield *match.span("name"), SINGLE


def _spans(stretches: Iterable[Stretch]) -> Iterator[tuple[int, int, float]]:
    return ((stretch.start, stretch.end, stretch.score) for stretch in stretches)


def _in_chinese(passage: Passage) -> Iterator[tuple[int, int, float]]:
    yield from _spans(find_weak_chinese(passage.text))
    for pattern in (_transliterated(), _chinese()):
        yield from ((*match.span(), SCORE) for match in pattern.finditer(passage.text))


def _in_arabic(passage: Passage) -> Iterator[tuple[int, int, float]]:
    yield from ((start, end, NAMED if firm else SCORE) for start, end, firm in find_opened(passage))
    yield from _with_capitals(passage)


def _with_capitals(passage: Passage) -> Iterator[tuple[int, int, float]]:
    text = passage.text
    for pattern in (QUOTED, CAPITALS) if "«" in text else (CAPITALS,):
        for match in pattern.finditer(text):
            if not TITLED.match(match.group()):
                verb = RUSSIAN_VERB.match(match.group())
                start, end = _trimmed(text, match.start() + (verb.end() if verb else 0), match.end())
                if not _in_headline(text, start, end):
                    foreign = passage.language in OTHER_SCRIPTS and text[start:end].isascii()
                    yield start, end, NAMED if foreign else SCORE


def _in_romance(passage: Passage) -> Iterator[tuple[int, int, float]]:
    from nlp.naming.romance import find_weak_romance

    yield from _spans(find_weak_romance(passage.text))
    yield from _with_capitals(passage)


def _in_russian(passage: Passage) -> Iterator[tuple[int, int, float]]:
    from nlp.naming.russian import find_weak_russian

    yield from _spans(find_weak_russian(passage.text))
    yield from _with_capitals(passage)


def _in_english(passage: Passage) -> Iterator[tuple[int, int, float]]:
    for match in HEADED.finditer(passage.text):
        if not _in_headline(passage.text, *match.span("name")):
            yield *match.span("name"), NAMED
    yield from _with_capitals(passage)


FINDERS: Mapping[str, Callable[[Passage], Iterator[tuple[int, int, float]]]] = {
    "zh": _in_chinese,
    "fr": _in_romance,
    "es": _in_romance,
    "en": _in_english,
    "ru": _in_russian,
    "ar": _in_arabic,
}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without words in front that have their capital from the beginning of a sentence."""
    while start < end:
        word = re.match(r"[\w'’.-]+", text[start:end])
        if not word or folded(word.group()) not in _no_names():
            break
        start += word.end()
        start += len(text[start:end]) - len(text[start:end].lstrip())
    several = " " in text[start:end] or "\u00a0" in text[start:end] or not text[start:end].isascii()
    return (start, end) if several else (end, end)


@cache
def title_words() -> tuple[str, ...]:
    """Return the folded words that stand before the names of persons."""
    return tuple(folded(str(word)) for words in party_words()["titles"].values() for word in words)


@cache
def _no_names() -> frozenset[str]:
    return frozenset({*(folded(str(word)) for word in party_words()["not_names"]), *title_words()})


def _in_headline(text: str, start: int, end: int) -> bool:
    line_end = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : line_end if line_end >= 0 else len(text)][:400]
    if ":" in line:
        return False  # a form with labels
    return _is_headline(line)


@lru_cache(1_000)
def _is_headline(line: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", line)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 6 and capitals / len(words) > HEADLINE
