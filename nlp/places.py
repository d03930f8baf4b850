"""Countries and cities in running text: names of countries from Unicode CLDR, of cities from a table of GeoNames."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from nlp.folding import folded
from nlp.gazetteer import EAST_ASIAN, Gazetteer, Hit, Name
from nlp.geography import Point
from nlp.mention import PLACE, Mention
from nlp.passage import Passage

LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")
# Codes of CLDR that are no country: unions, pseudo-locales, the unknown.
NO_COUNTRY: Final = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
# Before a name that is also a common word, one of these must stand; before the others anything may.
PREPOSITION: Final = re.compile(
    r"(?<!\w)(?:in|at|from|near|via|outside|around|towards?|to|a|en|desde|hacia|vers|dans|pres de|ville de|ciudad de"
    r"|city of|в|во|из|под|близ|около|г\.|города?|городе) $"
)
CAPITALISED: Final = re.compile(r" ?[A-ZÀ-ÞА-Я]")
CAPITALISED_BEFORE: Final = re.compile(r"[A-ZÀ-ÞА-Я][\w’'-]*[.]? $")
# 伊朗人 and 伊朗籍 are of a country; 伊朗人民 and 伊朗人口 are the country's.
DEMONYM_AFTER: Final = re.compile("[籍裔]|人(?![民口权大])|[语文](?!化|件|学)")
# Both kinds of doubt that a name may carry in the tables.
NEEDS_PREPOSITION, STANDS_ALONE = "?", "~"
MASK: Final = ""


@dataclass(frozen=True, slots=True)
class City:
    """A city: `key` is its country's code and its own, as in `IR/isfahan`; *people* in thousands."""

    key: str
    name: str
    point: Point
    people: int
    names: tuple[str, ...]

    @property
    def entity(self) -> str:
        """The id that mentions carry."""
        return f"place:{self.key}"

    @property
    def country(self) -> str:
        """The code of its country."""
        return self.key[:2]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may stand for: `key` is `IR` or `IR/isfahan`, empty where the name is no place; its doubt is a mark."""

    key: str
    name: str
    people: int = 0
    doubt: str = ""


def _catalogue(name: str) -> str:
    return (files("nlp") / "catalogue" / name).read_text("utf-8")


@cache
def cities() -> Mapping[str, City]:
    """Return the cities of the table by their keys."""
    return {city.key: city for city in map(_city, _rows(_catalogue("cities.tsv")))}


def _rows(table: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))


def _city(row: list[str]) -> City:
    key, lat, lon, people, names = row
    each = tuple(names.split("|"))
    return City(key, each[0].lstrip(NEEDS_PREPOSITION), Point(float(lat), float(lon)), int(people), each)


def city_point(entity: str) -> Point | None:
    """Return where the city `place:IR/isfahan` is, or None where it is no city of the table."""
    city = cities().get(entity.removeprefix("place:"))
    return city.point if city else None


def cities_named(name: str) -> list[City]:
    """Return the cities that *name* stands for, the largest first."""
    wanted = folded(name)
    found = [
        city for city in cities().values() if any(folded(n.lstrip(NEEDS_PREPOSITION)) == wanted for n in city.names)
    ]
    return sorted(found, key=lambda city: -city.people)


@cache
def country_names() -> Mapping[str, str]:
    """Return the English names of countries by their codes."""
    from babel import Locale

    return {code: name for code, name in Locale.parse("en").territories.items() if _is_country(code)}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRY


@cache
def gazetteer() -> Gazetteer[Meaning]:
    """Return the names of countries and cities, ready to be found."""
    extra: Any = yaml.load(_catalogue("countries.yaml"), Loader=yaml.CSafeLoader)
    masks = (Name(text, "", Meaning(MASK, text)) for text in extra["masks"])
    return Gazetteer([*_countries(extra["names"]), *_cities(), *masks])


def _countries(extra: Mapping[str, Iterable[str]]) -> Iterator[Name[Meaning]]:
    from babel import Locale

    english = country_names()
    doubtful = {name.lstrip(STANDS_ALONE): name for names in extra.values() for name in names}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if _is_country(code) and doubtful.get(name, name) == name:
                yield Name(name, language, Meaning(code, english[code], doubt=""))
    for code, names in extra.items():
        for name in names:
            plain = name.lstrip(STANDS_ALONE)
            yield Name(plain, "", Meaning(code, english.get(code, plain), doubt=name[: len(name) - len(plain)]))


def _cities() -> Iterator[Name[Meaning]]:
    for city in cities().values():
        for name in city.names:
            plain = name.lstrip(NEEDS_PREPOSITION)
            yield Name(plain, "", Meaning(city.key, city.name, city.people, name[: len(name) - len(plain)]))


def find_places(passage: Passage) -> Iterator[Mention]:
    """Yield the countries and cities that *passage* names; a city of several countries goes by the text's countries."""
    hits = _longest(sorted(gazetteer().find(passage), key=lambda hit: (hit.start, -hit.end)))
    countries = {name.value.key for hit in hits for name in hit.names if len(name.value.key) == 2}
    for hit in hits:
        meanings = [name.value for name in hit.names if _stands(passage, hit, name.value)]
        if meanings and not any(meaning.key == MASK for meaning in meanings):
            yield _mention(passage, hit, _likeliest(meanings, countries))


def _longest(hits: Iterable[Hit[Meaning]]) -> list[Hit[Meaning]]:
    kept: list[Hit[Meaning]] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _stands(passage: Passage, hit: Hit[Meaning], meaning: Meaning) -> bool:
    """Tell whether what is around the name lets it be a place."""
    after = passage.text[hit.end : hit.end + 3]
    if EAST_ASIAN.match(passage.text[hit.end - 1]):
        return not DEMONYM_AFTER.match(after)
    if not meaning.doubt:
        return True
    if CAPITALISED.match(after):
        return False
    before = passage.folded.text[max(0, hit.folded_start - 14) : hit.folded_start]
    if meaning.doubt == NEEDS_PREPOSITION:
        return bool(PREPOSITION.search(before))
    written = passage.text[max(0, hit.start - 20) : hit.start]
    return bool(PREPOSITION.search(before)) or not CAPITALISED_BEFORE.search(written)


def _likeliest(meanings: list[Meaning], countries: set[str]) -> Meaning:
    """Return a country before a city, then a city of a country that the text names, then the largest."""
    return max(meanings, key=lambda m: ("/" not in m.key, m.key[:2] in countries, m.people))


def _mention(passage: Passage, hit: Hit[Meaning], meaning: Meaning) -> Mention:
    text = passage.text[hit.start : hit.end]
    kind = "a city in " + country_names().get(meaning.key[:2], meaning.key[:2]) if "/" in meaning.key else "a country"
    reason = f"the name of {kind}"
    return Mention(hit.start, hit.end, text, PLACE, f"place:{meaning.key}", meaning.name, reason)
