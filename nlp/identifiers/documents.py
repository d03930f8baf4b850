"""Numbers of documents: United Nations symbols, resolutions, circulars and reports of the IAEA."""

import re

from nlp.identifiers.digits import plain
from nlp.identifiers.literals import literals
from nlp.identifiers.rule import AFTER, BEFORE, LETTERS, Found, Pattern, Rule, after_cue, any_of, listed

DIGIT = r"[0-9٠-٩۰-۹０-９]"
YEAR = rf"(?:\s?[(（]\s?(?:19|20|١٩|٢٠|۱۹|۲۰){DIGIT}{{2}}\s?[)）])"
# A number of three digits and more, or a smaller one with its year; a screen's resolution is none.
COUNCIL_NUMBER = rf"(?:{DIGIT}{{1,4}}{YEAR}|{DIGIT}{{3,4}}(?![\d/]|\s?(?:p\b|[x×]\s?\d|dpi|pixel|DPI|\s?[(（])))"
ASSEMBLY_NUMBER = rf"(?:[1-9]\d|ES-\d{{1,2}})/\d{{1,3}}(?:\s?[A-Z]{AFTER})?(?![\d/])"
RESOLUTION_CUES = (
    r"\bUNSCR|\bUNSC\s?Res(?:olution)?\.?|\bSCR\b|\bS\s?/\s?RES\s?/",
    r"\bresolutions?(?:\s(?:no\.?|number|nos\.))?",
    r"\brésolutions?(?:\sn[o°º]\.?)?",
    r"\bresoluci(?:ón|ones)(?:\s(?:n[o°º]\.?|núm\.?))?",
    r"\bрезолюци\w+(?:\s(?:СБ ООН|Совета Безопасности(?: ООН)?|ООН))?(?:\s?№)?",
    r"قرار(?:ات|ي|ين)?(?:\s?(?:مجلس الأمن|الأمم المتحدة))?(?:\s?الدولي)?(?:\s?(?:رقم|المرقم))?",
    r"(?:决议|決議)第?",
)
DECISION = literals("决议|決議")
PART = r"(?:/[A-Z0-9][A-Za-z0-9.\-]*|/\([A-Z0-9]+\))"
TAIL = r"(?:/(?:Add|Rev|Corr|Amend|Summary)\.?\s?\d{1,3})*"
SYMBOLS = (
    # General Assembly: session and number, its committees, its resolutions.
    rf"A/(?:RES/|C\.\d/|HRC/|CN\.\d+/|AC\.\d+/|CONF\.\d+/|INF/|BUR/)*(?:S-|ES-)?\d{{1,3}}{PART}*",
    # Security Council: year and number, its committees, presidential statements, resolutions.
    rf"S/(?:PRST/|AC\.\d+/(?:\(\d+\)/)?|PV\.|RES/|INF/)?(?:19|20)?\d{{2,4}}{PART}*",
    rf"(?:E|ST|NPT|BWC|CCW|APLC|CD|TD|UNEP|CCPR|CERD)(?:/[A-Z][A-Za-z.0-9]*)*/\d{{1,4}}{PART}*",
    rf"(?:NPT|BWC|CCW|APLC)/[A-Z][A-Za-z]*\.[A-Z0-9.IVX]+{PART}*",
    rf"(?:GOV|GC)(?:/INF|/OR\.)?(?:\(\d{{1,3}}\))?(?:/RES|/INF|/DEC|/OR\.)?/\d{{1,4}}{PART}*",
)
THREE_DIGITS = re.compile(r"\d(?:\d\d|\s?[(（])")
CIRCULAR = r"INFCIRC\s?/\s?\d{1,4}(?:\s?/\s?(?:Rev|Add|Mod|Corr|Part)\.?\s?\d{1,3})*"
USUAL_CASE = {word.upper(): word for word in ("Rev", "Add", "Mod", "Corr", "Part")}


def _circular(written: str) -> Found | None:
    pieces = re.findall(r"[A-Z]+|\d+", written.upper())
    name, *rest = pieces
    for before, piece in zip(pieces, rest, strict=False):
        between = {"Rev": ".", "Add": ".", "Mod": ".", "Corr": ".", "Part": " "}.get(USUAL_CASE.get(before, ""), "/")
        name += between + USUAL_CASE.get(piece, piece)
    return Found(name)


def _symbol(written: str) -> Found | None:
    name = re.sub(r"\s", "", written).rstrip(".,/")
    year_or_part = re.search(r"/\D*\d.*/|/RES/|PRST|GOV|GC|CD/|\d{4}", name)
    return Found(name) if year_or_part else None


def _resolution(written: str) -> Found | None:
    numbers = [int(plain(number)) for number in re.findall(rf"{DIGIT}+", written)]
    year = f" ({numbers[1]})" if len(numbers) > 1 else ""
    # The Council passes some fifty a year; a number above this one is of another body.
    return Found(f"Security Council resolution {numbers[0]}{year}") if 1 <= numbers[0] <= 4000 else None


def _assembly(written: str) -> Found | None:
    return Found(f"General Assembly resolution {written.strip()}")


DOCUMENTS = (
    Rule(
        "IAEA circular",
        Pattern(rf"{BEFORE}(?P<n>{CIRCULAR}){AFTER}", re.IGNORECASE, literals("INFCIRC")),
        _circular,
        "the series INFCIRC",
    ),
    Rule(
        "Security Council resolution",
        after_cue(RESOLUTION_CUES, rf"[\s:«\"]{{0,3}}(?P<n>{COUNCIL_NUMBER})", re.IGNORECASE),
        _resolution,
        "a number after the word for resolution",
        0.95,
        again=listed(COUNCIL_NUMBER),
        triggers=(THREE_DIGITS,),
    ),
    Rule(
        "Security Council resolution",
        Pattern(rf"第?\s?(?P<n>{DIGIT}{{3,4}}{YEAR}?)\s?[号號]?\s?(?:决议|決議)", needs=DECISION),
        _resolution,
        "a number before the word for resolution",
        0.95,
    ),
    Rule(
        "Security Council resolution",
        Pattern(
            rf"第\s?(?P<n>{DIGIT}{{3,4}}{YEAR}?)\s?[号號]?(?=[、和及与與]\s?第?\s?{DIGIT}{{3,4}}.{{0,30}}?(?:决议|決議))",
            needs=DECISION,
        ),
        _resolution,
        "a number of a list before the word for resolution",
        0.9,
    ),
    Rule(
        "General Assembly resolution",
        after_cue(RESOLUTION_CUES, rf"[\s:]{{0,3}}(?P<n>{ASSEMBLY_NUMBER})", re.IGNORECASE),
        _assembly,
        "session and number after the word for resolution",
        0.95,
        again=listed(ASSEMBLY_NUMBER),
        triggers=(re.compile(r"\d/\d"),),
    ),
    Rule(
        "United Nations document",
        Pattern(rf"(?<![{LETTERS}/.])(?P<n>(?:{any_of(SYMBOLS)}){TAIL})(?![{LETTERS}/])"),
        _symbol,
        "series, parts and number of a document symbol",
    ),
)
