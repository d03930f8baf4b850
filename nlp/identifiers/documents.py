"""Numbers of documents: United Nations symbols, Security Council resolutions, IAEA circulars."""

import re

from nlp.identifiers.digits import plain
from nlp.identifiers.rule import Found, Rule

NUMBER = r"[0-9٠-٩۰-۹０-９]{1,4}"
YEAR = r"(?:\s?[(（]\s?(?:19|20|١٩|٢٠)[0-9٠-٩]{2}\s?[)）])?"
SERIES = r"(?:A|S|E|ST|CD|NPT|CCPR|BWC|CCW|APLC|DC|T|TD|UNEP|GC|GOV)"


def _symbol(written: str) -> Found | None:
    name = re.sub(r"\s", "", written).rstrip(".,/")
    return Found(name) if re.search(r"\d", name) else None


def _resolution(written: str) -> Found | None:
    numbers = re.findall(r"[0-9٠-٩۰-۹０-９]+", written)
    number = int(plain(numbers[0]))
    if not 1 <= number <= 9999:
        return None
    year = f" ({int(plain(numbers[1]))})" if len(numbers) > 1 else ""
    return Found(f"Security Council resolution {number}{year}")


RESOLUTION_CUES = (
    r"\b(?:UNSCR|UNSC\s?Res(?:olution)?\.?|S\s?/\s?RES\s?/)\s?"
    r"|\bresolutions?\s(?:(?:no\.?|number|nos\.)\s?)?"
    r"|\brésolutions?\s(?:(?:n[o°º]\.?)\s?)?"
    r"|\bresoluci(?:ón|ones)\s(?:(?:n[o°º]\.?|núm\.?)\s?)?"
    r"|\bрезолюци\w+\s(?:(?:СБ ООН|Совета Безопасности(?: ООН)?)\s)?(?:№\s?)?"
    r"|(?:ال)?(?:قرار|قرارات|القرارين)\s(?:مجلس الأمن\s)?(?:رقم\s)?"
    r"|(?:决议|決議)(?:第)?\s?"
)
NUMBERED_DOCUMENTS = (
    r"(?<![\w/])(?P<n>{series}(?:/[A-Z0-9][A-Za-z0-9.\-]*)*/\d[\d/\-]*(?:[A-Z0-9./\-()]*[A-Z0-9)])?)(?![\w])"
)

DOCUMENTS = (
    Rule(
        "IAEA circular",
        re.compile(
            r"(?<!\w)(?P<n>INFCIRC\s?/\s?\d{1,4}(?:\s?/\s?(?:Rev|Add|Mod|Corr|Part)\.?\s?\d{1,3})*)(?!\w)",
            re.IGNORECASE,
        ),
        lambda written: _symbol(
            written.upper()
            .replace("REV", "Rev")
            .replace("ADD", "Add")
            .replace("MOD", "Mod")
            .replace("CORR", "Corr")
            .replace("PART", "Part")
        ),
        "the series INFCIRC",
    ),
    Rule(
        "United Nations document",
        re.compile(NUMBERED_DOCUMENTS.format(series=SERIES)),
        _symbol,
        "series, parts and number of a document symbol",
    ),
    Rule(
        "Security Council resolution",
        re.compile(rf"(?:{RESOLUTION_CUES})(?P<n>{NUMBER}{YEAR})(?![\d/])", re.IGNORECASE),
        _resolution,
        "a number after the word for resolution",
        0.95,
    ),
    Rule(
        "Security Council resolution",
        re.compile(rf"第?\s?(?P<n>{NUMBER}{YEAR})\s?[号號]?\s?(?:决议|決議)"),
        _resolution,
        "a number before the word for resolution",
        0.95,
    ),
)
