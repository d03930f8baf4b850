"""Countries: the ISO 3166 alpha-2 code of a country as lists name it, in lower case."""

import re
from functools import cache

from nlp.folding import folded

LANGUAGES = ("en", "fr", "de", "es", "ru", "it", "ar", "zh", "ja")
# Formal names, names of nationals and older names that Unicode's tables do not have.
OTHERS = {
    "united states of america": "us",
    "united kingdom of great britain and northern ireland": "gb",
    "great britain": "gb",
    "england": "gb",
    "russian federation": "ru",
    "iran (islamic republic of)": "ir",
    "islamic republic of iran": "ir",
    "democratic people's republic of korea": "kp",
    "dprk": "kp",
    "korea north": "kp",
    "korea south": "kr",
    "republic of korea": "kr",
    "syrian arab republic": "sy",
    "people's republic of china": "cn",
    "republic of china": "tw",
    "taiwan (province of china)": "tw",
    "hong kong": "hk",
    "macau": "mo",
    "democratic republic of the congo": "cd",
    "congo democratic republic": "cd",
    "democratic republic of congo": "cd",
    "republic of the congo": "cg",
    "united republic of tanzania": "tz",
    "republic of moldova": "md",
    "moldova": "md",
    "viet nam": "vn",
    "lao people's democratic republic": "la",
    "venezuela (bolivarian republic of)": "ve",
    "bolivia (plurinational state of)": "bo",
    "ivory coast": "ci",
    "cote d'ivoire": "ci",
    "state of palestine": "ps",
    "palestine": "ps",
    "palestinian": "ps",
    "west bank": "ps",
    "gaza": "ps",
    "burma": "mm",
    "myanmar": "mm",
    "turkey": "tr",
    "turkiye": "tr",
    "czech republic": "cz",
    "macedonia": "mk",
    "swaziland": "sz",
    "cape verde": "cv",
    "the gambia": "gm",
    "bosnia and herzegovina": "ba",
    "brunei darussalam": "bn",
    "the netherlands": "nl",
    "holland": "nl",
    "uae": "ae",
    "islamic republic of afghanistan": "af",
    "islamic republic of pakistan": "pk",
    "kingdom of saudi arabia": "sa",
    "vatican city": "va",
    "kosovo": "xk",
}
ARTICLE = re.compile(r"^(?:the|republic of|state of|kingdom of) ")


@cache
def _codes() -> dict[str, str]:
    from babel import Locale

    codes: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        territories = Locale(language).territories
        codes |= {_plain(name): code.lower() for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return codes | {_plain(name): code for name, code in OTHERS.items()}


def _plain(name: str) -> str:
    words = re.sub(r"[^\w' ]", " ", folded(name).replace("&", " and ")).split()
    return " ".join("st" if word == "saint" else word for word in words)


@cache
def country_code(name: str) -> str | None:
    """Return the code of the country *name*, which may also be a code; None where none is meant."""
    plain = _plain(name)
    if len(plain) == 2 and plain in _all_codes():
        return plain
    # `Congo, Democratic Republic of the` is filed under its last words.
    filed = _plain(" ".join(reversed(name.split(",")))).removesuffix(" the")
    written = (plain, ARTICLE.sub("", plain), filed, ARTICLE.sub("", filed))
    return next((code for form in written if (code := _codes().get(form))), None)


@cache
def _all_codes() -> frozenset[str]:
    return frozenset(_codes().values())
