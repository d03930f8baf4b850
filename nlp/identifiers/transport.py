"""Numbers of ships, containers and aircraft."""

import re

from nlp.identifiers import digits
from nlp.identifiers.rule import Found, Rule, announced

AIRCRAFT_CUES = (
    r"\btail (?:number|no\.?)|\bregistration(?: marks?| number)?|\bregistered as|\baircraft"
    r"|\bбортов\w+ номер\w*|\bборт\b|\bimmatricul\w+|\bmatr[ií]cula|تسجيل|注册号|机尾编号|登记号|编号"
)
AIRCRAFT = (
    r"(?:N[1-9]\d{0,4}[A-HJ-NP-Z]{0,2}|(?:EP|RA|YK|OD|SU|A6|A7|A9C|HZ|JY|YI|AP|VT|TC|UR|EW|UP|UK|EX|EY|EZ|4K|4L|P|B|9M|9V|HS|XY|RDPL"
    r"|5A|7T|CN|TS|ST|5N|5Y|ZS|D|F|G|I|EC|PH|OO|HB|OE|OK|SP|HA|YR|LZ|SX|T7|M|VP-?[A-Z]|VQ|XA|XB|PR|PP|PT|LV|YV|HK|CU|OB|JA|HL)-[A-Z0-9]{3,5})"
)


def _imo(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"IMO {number}") if digits.imo(number) else None


def _mmsi(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"MMSI {number}") if len(number) == 9 and number[0] in "1234567" else None


def _container(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(number) if digits.container(number) else None


def _aircraft(written: str) -> Found | None:
    return Found(written.upper()) if re.search(r"[A-Z]", written) else None


TRANSPORT = (
    Rule(
        "IMO number",
        announced(r"\bIMO|\bИМО|المنظمة البحرية الدولية|国际海事组织|國際海事組織", r"\d{7}(?!\d)"),
        _imo,
        "its check digit fits",
    ),
    Rule(
        "MMSI",
        announced(r"\bMMSI|海上移动(?:通信)?业务标识", r"\d{9}(?!\d)"),
        _mmsi,
        "nine digits after the word for them",
        0.95,
    ),
    Rule(
        "container number",
        re.compile(r"(?<![A-Za-z0-9])(?P<n>[A-Z]{3}[UJZ][\s-]?\d{3}[\s-]?\d{3}[\s-]?\d)(?![A-Za-z0-9])"),
        _container,
        "owner code, serial number and a check digit that fits (ISO 6346)",
    ),
    Rule(
        "aircraft registration",
        announced(AIRCRAFT_CUES, AIRCRAFT + r"(?![\w-])"),
        _aircraft,
        "the form of a registration mark after a word for it",
        0.9,
    ),
)
