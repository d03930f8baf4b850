"""Numbers of ships, containers, aircraft and waybills."""

import re

from nlp.identifiers import digits
from nlp.identifiers.rule import SEVEN_DIGITS, Found, Pattern, Rule, announced

AIRCRAFT_CUES = (
    r"\btail(?: number| no\.?)?",
    r"\b(?:aircraft|airplane|helicopter|jet)\b",
    r"\b(?:aircraft )?registration(?: marks?| number)?",
    r"\bregistered (?:as|under)",
    r"\bбортов\w+ номер\w*|\bборт\b|\bрегистраци\w+",
    r"\bimmatricul\w+|\bmatr[ií]cula",
    "تسجيل|注册号|机尾编号|登记号|编号|机号|註冊編號",
)
# Nationality marks of ICAO Annex 7 that a hyphen follows, and the American ones without.
MARKS = (
    r"EP|RA|YK|OD|SU|A6|A7|A9C|HZ|JY|YI|AP|VT|TC|UR|EW|UP|UK|EX|EY|EZ|4K|4L|P|B|9M|9V|HS|XY|RDPL|XU|VN|RP|PK|S2|4R|5A|7T|CN"
    r"|TS|ST|5N|5Y|9G|ZS|Z|D|F|G|I|EC|PH|OO|HB|OE|OK|OM|SP|HA|YR|LZ|SX|T7|M|YU|9A|S5|E7|Z3|4O|ER|EK|VP|VQ|XA|XB|XC|PR|PP"
    r"|PT|LV|YV|HK|CU|OB|CC|CP|HC|HP|TI|C|JA|HL|YA|JU|LN|SE|OY|OH|ES|YL|LY|EI|CS|LX|9H|5B|4X|7O|A4O|9K|ET|5H|5X|9J|TZ|3X"
)
AIRCRAFT = (
    rf"(?:(?:{MARKS})-(?:[A-Z]{{3,4}}|\d{{4,5}}|[A-Z0-9]{{3,5}}(?<=\d[A-Z])|[A-Z]{{2}}\d)"
    r"|N[1-9]\d{1,4}[A-HJ-NP-Z]{0,2})(?![\w-])"
)
HYPHENATED = re.compile(r"[A-Z0-9]{1,4}-[A-Z0-9]{3}")
UNANNOUNCED_AIRCRAFT = rf"(?:{MARKS})-(?:[A-Z]{{3,4}}|\d{{4,5}})(?![\w-])"
FLIGHT = re.compile(
    r"aircraft|airplane|\bplanes?\b|\bjet\b|\bflight|Boeing|Airbus|\bIl-?\d\d|\bAn-?\d{2,3}|самол[её]т|борт|рейс|Ил-|Ан-"
    r"|طائرة|飞机|客机|货机|飛機|avion|avión|aeronave|aéronef|vuelo",
    re.IGNORECASE,
)
IMO_CUES = (r"\bIMO", r"\bИМО", "المنظمة البحرية الدولية", "国际海事组织", "國際海事組織", "海事组织", r"\bOMI\b")
MMSI_CUES = (r"\bMMSI", "海上移动(?:通信)?业务标识", "水上移动业务标识")
WAYBILL_CUES = (
    r"\bair ?waybills?",
    r"\bM?AWB",
    r"\bавианакладн\w+",
    "航空运单",
    "بوليصة الشحن الجوي",
    r"\bLTA\b",
    r"\bguía aérea",
)


def _imo(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"IMO {number}") if digits.imo(number) else None


def _mmsi(written: str) -> Found | None:
    number = digits.plain(written)
    # The first three digits are a country's, 201 to 775; coast stations and groups begin with 0.
    return Found(f"MMSI {number}") if len(number) == 9 and 201 <= int(number[:3]) <= 775 else None


def _container(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(number) if digits.container(number) else None


def _aircraft(written: str) -> Found | None:
    return Found(written.upper())


def _waybill(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"{number[:3]}-{number[3:]}") if int(number[3:10]) % 7 == int(number[10]) else None


TRANSPORT = (
    Rule("IMO number", announced(IMO_CUES, r"\d{7}(?!\d)"), _imo, "its check digit fits", triggers=(SEVEN_DIGITS,)),
    Rule(
        "MMSI",
        announced(MMSI_CUES, r"\d{9}(?!\d)"),
        _mmsi,
        "nine digits after the word for them",
        0.95,
        triggers=(SEVEN_DIGITS,),
    ),
    Rule(
        "container number",
        Pattern(r"(?<![A-Za-z0-9])(?P<n>[A-Z]{3}[UJZ][\s-]?\d{3}[\s-]?\d{3}[\s-]?\d)(?![A-Za-z0-9])"),
        _container,
        "owner code, serial number and a check digit that fits (ISO 6346)",
    ),
    Rule(
        "air waybill",
        announced(WAYBILL_CUES, r"\d{3}[\s-]?\d{4}[\s-]?\d{4}(?!\d)"),
        _waybill,
        "airline, serial number and a check digit that fits",
        triggers=(re.compile(r"\d{3}[\s-]?\d{4}"),),
    ),
    Rule(
        "aircraft registration",
        announced(AIRCRAFT_CUES, AIRCRAFT, ignore_case=False),
        _aircraft,
        "the form of a registration mark after a word for it",
        0.9,
        triggers=(HYPHENATED, re.compile(r"N(?<!\w.)[1-9]\d")),
    ),
    Rule(
        "aircraft registration",
        Pattern(rf"(?<![\w-])(?P<n>{UNANNOUNCED_AIRCRAFT})"),
        _aircraft,
        "a country's mark and the form of a registration, near a word for aircraft",
        0.75,
        near=FLIGHT,
        triggers=(HYPHENATED,),
    ),
)
