"""Numbers of goods: CAS numbers, control-list entries, HS headings."""

import re
import unicodedata

from nlp.identifiers import digits
from nlp.identifiers.rule import Found, Rule, announced

HYPHEN = r"[-‐‑–−]"
# Letters of an entry number as a Russian keyboard gives them, Latin by sight.
LOOKALIKES = str.maketrans("АВСЕМавсем", "ABCEMabcem")
ENTRY = re.compile(r"([0-9][A-E][0-9]{3})(.*)", re.DOTALL)
PARAGRAPHS = (
    r"(?:\.?\s?[a-zа-я](?![^\W_])|\.[a-zа-я][0-9]{1,2}(?![^\W_])|\.[0-9]{1,3}(?![^\W_])|\.[ivx]{1,4}(?![^\W_]))"
)
HS_NUMBER = r"\d{4}(?:[.\s]?\d{2}(?:[.\s]?\d{2}(?:[.\s]?\d{2})?)?)?(?![\d])"
HS_CUES = (
    r"\bHS(?:[- ]?codes?)?\b|\bHTS(?:US)?\b|\bharmoni[sz]ed (?:system|tariff)(?: codes?)?\b|\b(?:CN|TARIC|NCM|tariff|customs) codes?\b"
    r"|\b(?:tariff |customs )?(?:sub)?headings?\b|\bcommodity codes?\b"
    r"|ТН\s?ВЭД(?:\s(?:ЕАЭС|ТС|СНГ|России))?|товарн\w+ (?:суб)?позици\w+|\bкод\w* товара|\bкод\w* ГС\b"
    r"|\b(?:code|codes) (?:SH|NC|douaniers?)\b|\b(?:sous-)?positions?(?: tarifaires?)?\b|\bnomenclature\b"
    r"|\b(?:sub)?partidas?(?: arancelari\w+)?\b|\bcódigos? (?:SA|HS|NCM|arancelari\w+)|\bfracci\w+ arancelari\w+"
    r"|البند (?:الجمركي|التعريفي)|البنود (?:الجمركية|التعريفية)|(?:رمز )?النظام المنسق|رمز التعريفة"
    r"|(?:海关|商品|税则|税号|协调制度|HS)(?:编码|编号|列号|税号|号列|号)|税目|品目号?|子目号?|稅則號列|貨品編號"
)


def _cas(written: str) -> Found | None:
    number = re.sub(HYPHEN, "-", re.sub(r"\s", "", unicodedata.normalize("NFKC", written)))
    return Found(number, (number,)) if digits.cas(number.replace("-", "")) else None


def _entry(written: str) -> Found | None:
    number = re.sub(r"\s", "", written.translate(LOOKALIKES)).strip(".")
    match = ENTRY.fullmatch(number[:2].upper() + number[2:])
    if not match:
        return None
    parts = [part for part in re.findall(r"[a-z]+|[0-9]+", match.group(2).lower()) if part]
    name = ".".join([match.group(1), *parts])
    return Found(name, (name,))


def _munitions(written: str) -> Found | None:
    name = re.sub(r"\s", "", written).strip(".")
    name = name[:2].upper() + name[2:].lower()
    return Found(name, (name,)) if 1 <= int(re.findall(r"\d+", name)[0]) <= 22 else None


def _plain_code(written: str) -> Found | None:
    name = re.sub(r"\s+", " ", written).strip()
    return Found(name, (name,))


def _hs(written: str) -> Found | None:
    number = digits.plain(written)
    if len(number) not in (4, 6, 8, 10) or not 1 <= int(number[:2]) <= 97 or number[:2] == "77":
        return None
    name = ".".join([number[:4], *(number[i : i + 2] for i in range(4, len(number), 2))])
    return Found(name, (name,))


CONTROLS = (
    Rule(
        "CAS number",
        re.compile(rf"(?<![\w.\-–/])(?P<n>[1-9]\d{{1,6}}{HYPHEN}\s?\d{{2}}{HYPHEN}\d)(?![\w]|{HYPHEN}\d)"),
        _cas,
        "its check digit fits",
    ),
    Rule(
        "control-list entry",
        re.compile(rf"(?<![\w.\-/])(?P<n>[0-9][A-EАВСЕ][0-9]{{3}}{PARAGRAPHS}{{0,5}})(?![^\W_])"),
        _entry,
        "category, product group and number as the EU list and the Commerce Control List write them",
    ),
    Rule(
        "munitions-list entry",
        re.compile(r"(?<![^\W_])(?P<n>ML\s?\d{1,2}(?:\.[a-z](?:\.\d{1,2})?)?)(?![^\W_])"),
        _munitions,
        "an entry of the Common Military List",
        0.9,
    ),
    Rule("control-list entry", re.compile(r"(?<!\w)(?P<n>EAR\s?99)(?!\w)"), _plain_code, "items without an entry"),
    Rule(
        "HS number",
        announced(HS_CUES, HS_NUMBER),
        _hs,
        "chapter, heading and subheading after words that announce them",
        0.95,
    ),
)
