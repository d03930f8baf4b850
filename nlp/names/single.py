"""Names of one word in running text: accepted where length or surroundings show that no other word is meant."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from nlp.compiled import compiled
from nlp.folding import folded
from nlp.mention import ORGANISATION, PERSON, VESSEL
from nlp.names.artifact import Artifact
from nlp.names.extents import CUE_REACH, FIRM, form_behind
from nlp.names.keys import SOUND
from nlp.names.parts import NAME
from nlp.names.skeletons import readings_of
from nlp.names.vocabulary import BRANDS, WORDS
from nlp.names.words import Match, Word

MIN_SINGLE: Final = 5
# A single word of so many letters is hardly another word.
MIN_TELLING: Final = 9
# An everyday word is a name only where a cue says so.
CALENDARS: Final = ("en", "fr", "es", "de", "it", "pt", "ru", "uk", "pl", "tr", "nl", "el")
SINGLE_KINDS: Final = frozenset({NAME, BRANDS, WORDS})
SHIP: Final = re.compile(
    r"\b(?:vessels?|ships?|tankers?|carriers?|freighters?|imo|mmsi|m/?[vt]|navires?|petrolier|cargo|buques?|petrolero|"
    r"барж|судн|судо|танкер|сухогруз|теплоход|корабл)|السفين|ناقل|سفين|船|轮|油轮|货轮"
)
# A legal form behind a word makes it a firm's name; a shorter one may be another word.
MIN_FORM: Final = 3
# A skeleton that more names share says nothing of a surname.
MAX_NAMESAKES: Final = 60


def find_single(words: list[Word], text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names of one word, where its length or what stands around it shows that no other word is meant."""
    for word in words:
        if word.small or not word.capital or len(word.text) < MIN_SINGLE or word.part.kind not in SINGLE_KINDS:
            continue
        for number in artifact.names_of(f"s{word.part.latin}"):
            name = artifact.name(number)
            # Beside a title or a generic word one word is not the whole name; beside a legal form it is.
            if name.kind == "weak alias" or len(name.words.split()) != 1:
                continue
            alone = _stands_alone(word, text, name.type or ORGANISATION)
            if alone and not _is_in_a_longer_name(word, words, text) and not _is_surname(word, artifact):
                yield Match(word.start, word.end, 0.9, number, "its only word")


@cache
def calendar_words() -> frozenset[str]:
    """Return the names of months and days, folded, in the languages that lists and news are mostly written in."""
    found: frozenset[str] = compiled("calendar-words", (), _calendar_words)
    return found


def _calendar_words() -> frozenset[str]:
    from babel import Locale

    return frozenset(
        folded(name)
        for language in CALENDARS
        for names in (Locale(language).months["format"]["wide"], Locale(language).days["format"]["wide"])
        for name in names.values()
    )


def _stands_alone(word: Word, text: str, kind: str) -> bool:
    """Say whether a single word is the name of a party of this *kind*, by its length or by what stands around it."""
    before, after = text[max(0, word.start - CUE_REACH) : word.start], text[word.end : word.end + CUE_REACH]
    if kind == VESSEL:
        return bool(SHIP.search(before) or SHIP.search(after))
    if kind == PERSON:
        return False
    form = form_behind(text, word.end)
    formal = form is not None and len(form.written) >= MIN_FORM
    return (
        formal
        or bool(FIRM.search(before))
        or (word.part.kind == NAME and len(word.part.latin) >= MIN_TELLING and word.text not in calendar_words())
    )


def _is_in_a_longer_name(word: Word, words: list[Word], text: str) -> bool:
    """Say whether another word with a capital letter stands right beside *word*: then both are another name."""
    place = words.index(word)
    beside = [(other, text[other.end : word.start]) for other in words[max(0, place - 1) : place]]
    beside += [(other, text[word.end : other.start]) for other in words[place + 1 : place + 2]]
    return any(other.capital and not other.small and gap.strip() in {"", "-"} for other, gap in beside if len(gap) < 3)


def _is_surname(word: Word, artifact: Artifact) -> bool:
    """Say whether a listed person has *word* as a part of the name: then it is hardly a company's."""
    numbers = artifact.names_of(f"{SOUND}{readings_of(word.part)[0]}")[:MAX_NAMESAKES]
    names = (artifact.name(number) for number in numbers)
    namesakes = (name for name in names if any(p.latin == word.part.latin for p in name.parts))
    return any(name.type == PERSON for name in namesakes)
