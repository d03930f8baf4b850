"""Countries and cities in running text: names of countries from Unicode CLDR, of cities from a table of GeoNames."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from nlp.cities import cities
from nlp.declension import ARABIC, CYRILLIC
from nlp.gazetteer import EAST_ASIAN, Gazetteer, Hit, Name, by_script, has_article
from nlp.mention import PLACE, Mention
from nlp.passage import Passage

SCRIPT_LANGUAGES: Final = {"latin": ("en", "fr", "es"), "cyrillic": ("ru",), "arabic": ("ar",), "east asian": ("zh",)}
# Codes of CLDR that are no country: unions, pseudo-locales, the unknown.
NO_COUNTRY: Final = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
# Arabic words for a city and what is one's.
CITY_WORDS: Final = "مدين[هت]|بلد[هت]|ميناء|مطار|محافظ[هت]|ولاي[هت]|ضواحي"
# Before a name that is also a common word, one of these must stand; before the others anything may.
PREPOSITION: Final = re.compile(
    rf"(?<!\w)(?:{CITY_WORDS}|in|at|from|near|via|outside|around|towards?|to|a|en|desde|hacia|vers|dans|pres de"
    r"|ville de|ciudad de|city of|в|во|из|под|близ|около|г\.|города?|городе) $"
)
CAPITALISED: Final = re.compile(r" ?[A-ZÀ-ÞА-Я]")
CAPITALISED_BEFORE: Final = re.compile(r"[A-ZÀ-ÞА-Я][\w’'-]*[.]? $")
# In Arabic a country of a doubtful name stands behind a preposition or a word for a place.
ARABIC_BEFORE: Final = re.compile(
    rf"(?<!\w)[وف]?(?:{CITY_WORDS}|في|الي|من|عن|مع|دول[هت]|جمهوري[هت]|حكوم[هت]|شمال|جنوب|شرق|غرب|وسط|بين|قرب) $"
)
# A diameter is no state: قطر 75 مم, and in words.
MEASURE_AFTER: Final = re.compile(
    r"(?:ه|ها)? ?(?:يبلغ |قدره |يساوي )?[\d٠-٩]{1,3}(?![\d٠-٩])| (?:اسمي|داخلي|خارجي) "
    r"|[^.،\n]{1,20}(?:مليمتر|ملم|سنتيمتر|بوصة|ميكرون)"
)
# 伊朗人 and 伊朗籍 are of a country; 伊朗人民 and 伊朗人口 are the country's.
DEMONYM_AFTER: Final = re.compile("[籍裔]|人(?![民口权大])|[语文](?!化|件|学)")
# 潍坊舰 is a ship with the name of a city.
SHIP_AFTER: Final = re.compile("[舰艇](?!队)")
# Both kinds of doubt that a name may carry in the tables.
NEEDS_PREPOSITION, STANDS_ALONE = "?", "~"
MASK: Final = ""
# A city of a country that the text names outweighs one of at most this many times its people.
NAMED_COUNTRY = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may stand for: `key` is `IR` or `IR/isfahan`, empty where it is no place; `doubt` is a mark."""

    key: str
    name: str
    people: int = 0
    doubt: str = ""


@cache
def country_names() -> Mapping[str, str]:
    """Return the English names of countries by their codes."""
    return dict(_territories("en"))


def _territories(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale

    for code, name in Locale.parse(language).territories.items():
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY:
            yield code, name


@cache
def gazetteer() -> Gazetteer[Meaning]:
    """Return the names of countries and cities, ready to be found."""
    return Gazetteer(_names)


def _names(script: str) -> Iterator[Name[Meaning]]:
    """Yield the names that are written in *script*."""
    if script not in SCRIPT_LANGUAGES:
        return
    for language in SCRIPT_LANGUAGES[script]:
        for code, name in _territories(language):
            if name not in _doubtful():
                yield Name(name, language, Meaning(code, country_names()[code]))
    yield from _extra().get(script, ())
    for city in cities().values():
        for name in city.in_script(script):
            plain = name.lstrip(NEEDS_PREPOSITION)
            yield Name(plain, "", Meaning(city.key, city.name, city.people, name[: len(name) - len(plain)]))


@cache
def _countries() -> Any:
    text = (files("nlp") / "catalogue" / "countries.yaml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def _doubtful() -> frozenset[str]:
    """Return the names that the table marks as doubtful, without their mark."""
    names = (name for names in _countries()["names"].values() for name in names)
    return frozenset(name.lstrip(STANDS_ALONE) for name in names if name.startswith(STANDS_ALONE))


@cache
def _extra() -> Mapping[str, list[Name[Meaning]]]:
    """Return the table's names of countries, and the masks, by script."""
    names = [Name(text, "", Meaning(MASK, text)) for text in _countries()["masks"]]
    for code, of_country in _countries()["names"].items():
        english = country_names().get(code, of_country[0])
        for name in of_country:
            plain = name.lstrip(STANDS_ALONE)
            names.append(Name(plain, "", Meaning(code, english, doubt=name[: len(name) - len(plain)])))
    return by_script(names)


def find_places(passage: Passage) -> Iterator[Mention]:
    """Yield the countries and cities that *passage* names; a city of several countries goes by the text's countries."""
    hits = _longest(sorted(gazetteer().find(passage), key=lambda hit: (hit.start, -hit.end)))
    countries = {keys.pop() for hit in hits if len(keys := {name.value.key for name in hit.names}) == 1}
    for hit in hits:
        meanings = [name.value for name in hit.names if _stands(passage, hit, name)]
        if meanings and not any(meaning.key == MASK for meaning in meanings):
            yield _mention(passage, hit, _likeliest(meanings, countries))


def _longest(hits: Iterable[Hit[Meaning]]) -> list[Hit[Meaning]]:
    kept: list[Hit[Meaning]] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _stands(passage: Passage, hit: Hit[Meaning], name: Name[Meaning]) -> bool:
    """Tell whether the name is written, and stands, as that of a place does."""
    meaning, after = name.value, passage.text[hit.end : hit.end + 3]
    if name.text[0].isupper() and passage.text[hit.start].islower() and not CYRILLIC.match(name.text.lower()):
        return False
    if ARABIC.match(name.text):
        return _stands_in_arabic(passage, hit, name)
    if EAST_ASIAN.match(passage.text[hit.end - 1]):
        return not DEMONYM_AFTER.match(after) and not ("/" in meaning.key and SHIP_AFTER.match(after))
    if not meaning.doubt:
        return True
    if CAPITALISED.match(after):
        return False
    before = passage.folded.text[max(0, hit.folded_start - 14) : hit.folded_start]
    if meaning.doubt == NEEDS_PREPOSITION:
        return bool(PREPOSITION.search(before))
    written = passage.text[max(0, hit.start - 20) : hit.start]
    return bool(PREPOSITION.search(before)) or not CAPITALISED_BEFORE.search(written)


def _stands_in_arabic(passage: Passage, hit: Hit[Meaning], name: Name[Meaning]) -> bool:
    if MEASURE_AFTER.match(passage.text, hit.end):
        return False
    if has_article(passage.text, hit.start) and not name.text.startswith("ال"):
        return False
    before = passage.folded.text[max(0, hit.folded_start - 14) : hit.folded_start]
    doubt = {NEEDS_PREPOSITION: PREPOSITION, STANDS_ALONE: ARABIC_BEFORE}.get(name.value.doubt)
    return doubt is None or doubt.search(before) is not None


def _likeliest(meanings: list[Meaning], countries: set[str]) -> Meaning:
    """Return a city of a country that the text names before a country, that before the largest city.

    So Amman is meant beside Jordan where Oman is written alike, and London is not the one in Ontario.
    """
    largest = max(meaning.people for meaning in meanings)

    def rank(meaning: Meaning) -> tuple[bool, bool, int]:
        near = meaning.key[:2] in countries and meaning.people * NAMED_COUNTRY >= largest
        return "/" in meaning.key and near, "/" not in meaning.key, meaning.people

    return max(meanings, key=rank)


def _mention(passage: Passage, hit: Hit[Meaning], meaning: Meaning) -> Mention:
    text = passage.text[hit.start : hit.end]
    kind = "a city in " + country_names().get(meaning.key[:2], meaning.key[:2]) if "/" in meaning.key else "a country"
    reason = f"the name of {kind}"
    return Mention(hit.start, hit.end, text, PLACE, f"place:{meaning.key}", meaning.name, reason)
