"""Organisations that no list knows, found by what their names say: a legal form, or a word for an institution.

Each script has its own way to tell where a name begins and ends: capitals in Latin and Cyrillic, quotes, the article
and prepositions in Arabic, place names and particles in Chinese. A finder of `FINDERS` knows one way.
"""

from collections.abc import Callable, Iterator, Mapping

from nlp.mention import ORGANISATION, Mention
from nlp.naming.arabic import find_arabic
from nlp.naming.chinese import find_chinese
from nlp.naming.cyrillic import find_cyrillic
from nlp.naming.east_asian import find_japanese, find_korean
from nlp.naming.latin import find_latin
from nlp.naming.others import find_in_other_scripts
from nlp.naming.stretch import Stretch
from nlp.passage import Passage

FINDERS: Mapping[str, Callable[[str], Iterator[Stretch]]] = {
    "latin": find_latin,
    "cyrillic": find_cyrillic,
    "arabic": find_arabic,
    "chinese": find_chinese,
    "japanese": find_japanese,
    "korean": find_korean,
    "others": find_in_other_scripts,
}


def find_organisations(passage: Passage) -> Iterator[Mention]:
    """Yield the organisations of *passage* that their own names give away."""
    text = passage.text
    for find in FINDERS.values():
        for stretch in find(text):
            start, end = _balanced(text, stretch.start, stretch.end)
            written = text[start:end]
            yield Mention(start, end, written, ORGANISATION, None, _name(written), stretch.reason, score=stretch.score)


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the larger side of a bracket that opens in a name and does not close in it."""
    opening = max(text.rfind(bracket, start, end) for bracket in "(（")
    if opening < 0 or any(text.find(bracket, opening, end) >= 0 for bracket in ")）"):
        return start, end
    before, after = len(text[start:opening].rstrip()), end - opening - 1
    return (start, start + before) if before >= after else (opening + 1, end)


def _name(written: str) -> str:
    """Return a name without line breaks; between Chinese characters nothing takes their place."""
    pieces = written.split()
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += piece if joined[-1] >= "\u3400" and piece[0] >= "\u3400" else f" {piece}"
    return joined
