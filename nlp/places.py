"""Countries and cities in running text."""

from collections.abc import Iterator
from functools import cache

from nlp.gazetteer import Gazetteer, Hit, Name
from nlp.mention import PLACE, Mention
from nlp.passage import Passage

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@cache
def gazetteer() -> Gazetteer[str]:
    """Return the names of countries, ready to be found."""
    return Gazetteer(_countries())


def _countries() -> Iterator[Name[str]]:
    from babel import Locale

    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}:
                yield Name(name, language, code)


def find_places(passage: Passage) -> Iterator[Mention]:
    """Yield the countries that *passage* names."""
    last = 0
    for hit in sorted(gazetteer().find(passage), key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= last:
            yield _mention(passage, hit)
            last = hit.end


def _mention(passage: Passage, hit: Hit[str]) -> Mention:
    name = hit.names[0]
    text = passage.text[hit.start : hit.end]
    return Mention(hit.start, hit.end, text, PLACE, f"place:{name.value}", name.text, f"country name ({name.language})")
