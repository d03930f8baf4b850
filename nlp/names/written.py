"""Names in running text just as a list writes them, word for word: what no rule of sound or order is needed for."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final

from nlp.folding import folded as fold_name
from nlp.mention import ORGANISATION, PERSON
from nlp.names.artifact import WRITTEN_WORD, Artifact
from nlp.names.parts import COMMON
from nlp.names.verifying import TELLING
from nlp.names.vocabulary import BRANDS, FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS
from nlp.names.words import Match, part_of_word
from nlp.party import Party
from nlp.passage import Passage

# The longest names of official lists have about so many words.
MAX_WORDS: Final = 16
# A name of everyday words alone is one only where it has so many.
MIN_EVERYDAY: Final = 3
# Of a country's name its adjective keeps at least so many letters.
MIN_STEM: Final = 4
LISTED_WORD: Final = re.compile(r"[^\W_]+(?:['’‘ʼ][^\W_]+)*")
EVERYDAY: Final = frozenset({BRANDS, FORMS, GENERIC, GIVEN, PARTICLES, PLACES, TITLES, WORDS, COMMON})


def find_written(passage: Passage, artifact: Artifact) -> Iterator[Match]:
    """Yield the longest name that stands, word for word, at each word that may begin one."""
    folded = passage.folded
    words = [(found.start(), found.end(), found.group()) for found in WRITTEN_WORD.finditer(folded.text)]
    spelt = "".join(f"{word} " for _, _, word in words)
    begins = [0, *accumulate(len(word) + 1 for _, _, word in words)]
    end = -1
    for index, (start, _, word) in enumerate(words):
        starts_small = passage.text[folded.origin[start]].islower() and word not in artifact.small_starts
        if start < end or starts_small:
            continue
        ahead = spelt[begins[index] : begins[min(index + MAX_WORDS, len(words))]]
        length, numbers = artifact.longest_written(ahead)
        stretch = words[index : index + length]
        if numbers and "\n\n" not in folded.text[start : stretch[-1][1]]:
            small = [passage.text[folded.origin[begin]].islower() for begin, _, _ in stretch]
            strong = [n for n in numbers if artifact.name(n).kind != "weak alias" and _is_cased(n, small, artifact)]
            if not _is_telling([word for _, _, word in stretch]):
                strong = [n for n in strong if _is_of_the_text(artifact.party(artifact.name(n).party), passage)]
            for number in strong[:1]:
                end = stretch[-1][1]
                yield Match(start, end, 1.0, number, "as written")


def _is_cased(number: int, small: list[bool], artifact: Artifact) -> bool:
    """Say whether words are *small* in the text only where the list has them so, or where they say what a body is."""
    listed = LISTED_WORD.findall(artifact.name(number).text)
    if len(listed) != len(small):
        return not any(small)
    person = artifact.name(number).type == PERSON
    pairs = zip(listed, small, strict=True)
    return not any(is_small and word[0].isupper() and (person or not _may_be_small(word)) for word, is_small in pairs)


def _may_be_small(word: str) -> bool:
    return part_of_word(fold_name(word)).kind in {BRANDS, FORMS, GENERIC, PARTICLES, WORDS}


def _is_telling(words: list[str]) -> bool:
    kinds = [part_of_word(word).kind for word in words]
    pairs = zip(words, kinds, strict=True)
    everyday = all((kind in EVERYDAY or len(word) < 3) and word not in TELLING for word, kind in pairs)
    return sum(kind != PARTICLES for kind in kinds) >= MIN_EVERYDAY or not everyday


def _is_of_the_text(party: Party, passage: Passage) -> bool:
    """Say whether *passage* speaks of the country of a body that has no name of its own: a ministry of defence."""
    text = passage.folded.text
    return party.type == ORGANISATION and any(
        pattern.search(text) for country in party.countries if (pattern := _country(country, passage.language or "en"))
    )


@cache
def _country(code: str, language: str) -> re.Pattern[str] | None:
    """Return the pattern of a country's name and its adjective, which begins alike; None where there is no name."""
    from babel import Locale, UnknownLocaleError

    try:
        names = {Locale(spoken).territories.get(code.upper(), "") for spoken in (language, "en")}
    except UnknownLocaleError:
        return None
    stems = {re.escape(name[: max(MIN_STEM, len(name) - 2)]) for name in map(fold_name, names) if name}
    return re.compile(rf"(?<![a-zа-я])(?:{'|'.join(stems)})") if stems else None
