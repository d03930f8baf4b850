"""Numbers of goods: CAS numbers, control-list entries, HS headings."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from nlp.identifiers import digits
from nlp.identifiers.literals import literals
from nlp.identifiers.rule import AFTER, BEFORE, HEADING, LETTERS, Found, Pattern, Rule, announced, listed

HYPHEN = r"[-‐‑–−]"
# Letters of an entry number as a Russian keyboard gives them, Latin by sight.
LOOKALIKES = str.maketrans("АВСЕМавсем", "ABCEMabcem")
ENTRY = re.compile(r"([0-9][A-E][0-9]{3})(.*)", re.DOTALL)
ENTRY_NUMBER = (
    r"[0-9][A-EАВСЕ][0-69][0-9]{2}"
    rf"(?:(?:\.?[a-zа-я]|\.[a-z][0-9]{{1,2}}|\.[0-9]{{1,3}}|\.[ivx]{{1,4}}){AFTER}){{0,5}}"
)
# A year, a month and a digit are a date that broke off; a CAS number of that form needs its cue.
CAS_NUMBER = rf"(?!(?:19|20)\d\d{HYPHEN}(?:0\d|1[0-2]){HYPHEN}\d)[1-9]\d{{1,6}}{HYPHEN}\s?\d{{2}}{HYPHEN}\d"
REGIME_NUMBER = rf"(?:[12]\d|[1-9])\s?\.\s?[A-EАВСЕ]\s?\.\s?\d{{1,2}}(?:\.?[a-z]{AFTER}(?:\.\d)?)?"
SCHEDULE_NUMBER = r"[123](?:\s?\.?\s?[AB](?![a-z])(?:\s?[.(]\s?\d{1,2}\)?)?)?(?!\d|\.\d)"
# 8401.20, 8401 20, and the heading alone as legal texts write it: 84.01.
HS_HEADING = r"(?:\d{4}|(?<![\d.])\d\d\.\d\d(?!\.?\d))"
HS_NUMBER = rf"{HS_HEADING}(?:[.\s]?\d{{2}}(?:[.\s]?\d{{2}}(?:[.\s]?\d{{2}}|\s?\d{{3}}\s?\d)?|\s\d{{3}}\s\d)?)?(?!\d)"
NO_YEAR = r"(?!(?:19|20)\d\d(?![\d.]|\s\d\d\b))"
HS_CUES = (
    r"\bHS(?:[- ]?codes?| (?:sub)?headings?)?\b",
    r"\bHTS(?:US)?\b",
    r"\bharmoni[sz]ed (?:system|tariff)(?: codes?)?\b",
    r"\b(?:CN|TARIC|NCM|tariff|customs) codes?\b",
    r"\b(?:tariff|customs) (?:sub)?headings?\b",
    r"ТН\s?ВЭД(?:\s(?:ЕАЭС|ТС|СНГ|России))?",
    r"\bкод\w* ГС\b",
    r"\bcodes? (?:SH|NC|douaniers?)\b",
    r"\b(?:sous-)?positions? tarifaires?\b|\bsous-positions?\b",
    r"\b(?:sub)?partidas? arancelari\w+\b|\bsubpartidas?\b",
    r"\bcódigos? (?:SA|HS|NCM|arancelari\w+)|\bfracci\w+ arancelari\w+",
    r"البند (?:الجمركي|التعريفي)|البنود (?:الجمركية|التعريفية)|(?:رمز )?النظام المنسق|رمز التعريفة",
    r"(?:申报|商品)?税号(?!码)",
    r"(?:海关|商品|税则|税号|协调制度|HS)(?:编码|编号|列号|税号|号列|号)|税目|品目号?|子目号?|稅則號列|貨品編號",
)
WEAK_HS_CUES = (
    r"\b(?:sub)?headings?\b",
    r"\bcommodity codes?\b",
    r"товарн\w+ (?:суб)?позици\w+|\bкод\w* товара|\bкод\w{0,2}(?= \d{4} \d\d\b)",
    r"(?:البند|رمز\w{0,3})(?= \d{4}\.\d\d)",
    r"\bpositions?\b(?= \d{4}\.\d)|\bnomenclature\b",
    r"\bpartidas?\b(?= \d{4}\.\d)",
)
CHEMICAL = re.compile(r"chemical|CWC|OPCW|chimique|químic|хими|ХО\b|كيميائي|化学|化武", re.IGNORECASE)


@cache
def _entries() -> frozenset[str]:
    """Return the entries of the EU list and the Commerce Control List in 2026, without their paragraphs."""
    return frozenset(files("nlp.identifiers").joinpath("entries.txt").read_text("utf-8").split())


def _cas(written: str) -> Found | None:
    number = re.sub(HYPHEN, "-", re.sub(r"\s", "", unicodedata.normalize("NFKC", written)))
    return Found(number, (number,)) if digits.cas(number.replace("-", "")) else None


def _entry(written: str) -> Found | None:
    number = re.sub(r"\s", "", written.translate(LOOKALIKES)).strip(".")
    match = ENTRY.fullmatch(number[:2].upper() + number[2:])
    if not match:
        return None
    name = ".".join([match.group(1), *re.findall(r"[^\W\d_]+|[0-9]+", match.group(2).lower())])
    doubt = "" if match.group(1) in _entries() else "the form of an entry, but no list has this number"
    return Found(name, (name,), doubt)


def _munitions(written: str) -> Found | None:
    name = re.sub(r"\s", "", written).strip(".")
    name = name[:2].upper() + name[2:].lower()
    return Found(name, (name,)) if 1 <= int(re.findall(r"\d+", name)[0]) <= 22 else None


def _regime(written: str) -> Found | None:
    name = re.sub(r"\s", "", written.translate(LOOKALIKES)).strip(".")
    return Found(name, (name,))


def _schedule(written: str) -> Found | None:
    name = ".".join(re.findall(r"\d+|[AB]", written))
    return Found(f"CWC schedule {name}", (name,))


def _plain_code(written: str) -> Found | None:
    name = re.sub(r"\s", "", written)
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
        Pattern(rf"(?<![{LETTERS}.\-–/])(?P<n>{CAS_NUMBER})(?![{LETTERS}]|{HYPHEN}\d)"),
        _cas,
        "its check digit fits",
    ),
    Rule(
        "CAS number", announced((r"\bCAS",), rf"\d{{2,7}}{HYPHEN}\d{{2}}{HYPHEN}\d(?!\d)"), _cas, "its check digit fits"
    ),
    Rule(
        "control-list entry",
        Pattern(rf"(?<![{LETTERS}.\-/])(?P<n>{ENTRY_NUMBER})(?![{LETTERS}])"),
        _entry,
        "category, product group and number of an entry of the EU list or the Commerce Control List",
    ),
    Rule(
        "munitions-list entry",
        Pattern(rf"{BEFORE}(?P<n>ML\s?\d{{1,2}}(?:\.[a-z](?:\.\d{{1,2}})?)?){AFTER}", needs=literals("ML")),
        _munitions,
        "an entry of the Common Military List",
        0.9,
    ),
    Rule(
        "control-list entry",
        Pattern(rf"{BEFORE}(?P<n>EAR\s?99){AFTER}", needs=literals("EAR")),
        _plain_code,
        "goods without an entry",
    ),
    Rule(
        "MTCR item",
        announced(
            (r"\bMTCR(?: annex)?(?:,? (?:category \w+,? )?items?)?", r"\bРКРТ", "导弹及其技术控制制度"), REGIME_NUMBER
        ),
        _regime,
        "a number of its annex after its name",
        0.95,
        again=listed(REGIME_NUMBER),
    ),
    Rule(
        "CWC schedule",
        announced(
            (r"\bschedules?\b", r"\btableaux?\b", r"\blistas?\b", r"\bсписк\w+|\bсписок\b", "الجدول", "附表"),
            SCHEDULE_NUMBER,
        ),
        _schedule,
        "a schedule of the Chemical Weapons Convention, near a word for chemicals",
        0.8,
        near=CHEMICAL,
        triggers=(re.compile(r"[123](?<!\d.)(?!\d)"),),
    ),
    Rule(
        "HS number",
        announced(HS_CUES, HS_NUMBER),
        _hs,
        "chapter, heading and subheading after words that announce them",
        0.95,
        again=listed(rf"{NO_YEAR}{HS_NUMBER}"),
        triggers=(HEADING,),
    ),
    Rule(
        "HS number",
        announced(WEAK_HS_CUES, NO_YEAR + HS_NUMBER),
        _hs,
        "a heading after a word for one",
        0.8,
        again=listed(rf"{NO_YEAR}{HS_NUMBER}"),
        triggers=(HEADING,),
    ),
)
