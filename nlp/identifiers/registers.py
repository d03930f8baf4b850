"""Numbers of companies, banks, payments and licences."""

import re

from nlp.identifiers import digits
from nlp.identifiers.rule import Found, Rule, announced

LICENCE_CUES = (
    r"\b(?:export|import|transit|re-export|general)?\s?licen[cs]e|\bvalidated licen[cs]e|\bpermit"
    r"|\bлицензи\w+|\bразрешени\w+|\blicence d['’]exportation|\bautorisation d['’]exportation|\blicencia(?: de (?:export|import)aci\w+)?"
    r"|(?:ال)?(?:رخصة|ترخيص)(?: (?:التصدير|تصدير|استيراد))?|(?:出口|进口)?许可证"
)
CREDIT_CUES = (
    r"\bletters? of credit|\bdocumentary credit|\bL/?C\b|\bаккредитив\w*|\blettre de crédit|\bcrédit documentaire"
    r"|\bcarta de crédito|\bcrédito documentario|(?:ال)?(?:اعتماد المستندي|اعتماد مستندي|خطاب (?:ال)?اعتماد)|信用证"
)
# A number of an office is written with digits and, often, letters, strokes and hyphens.
OFFICE_NUMBER = r"(?=[A-Za-zА-Я0-9/\-]*\d)[A-ZА-Я0-9][A-Za-zА-Я0-9/.\-]{3,24}[A-Za-zА-Я0-9]"
MARK = r"(?:\s?(?:No\.?|Nr\.?|N[°ºo]\.?|№|#|number|numéro|número|номер|رقم|号码?|编号|：|:))+\s?[:：]?\s?"


def _lei(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(number) if re.fullmatch(r"[0-9A-Z]{18}\d{2}", number) and digits.mod_97(number) else None


def _iban(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(number) if 15 <= len(number) <= 34 and digits.iban(number) else None


def _credit_code(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(number) if digits.credit_code(number) else None


def _inn(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"INN {number}") if len(number) in (10, 12) and digits.inn(number) else None


def _ogrn(written: str) -> Found | None:
    number = digits.plain(written)
    return Found(f"OGRN {number}") if len(number) in (13, 15) and digits.ogrn(number) else None


def _as_written(written: str) -> Found | None:
    return Found(re.sub(r"\s+", " ", written).rstrip(".-/"))


def _plain(written: str) -> Found | None:
    return Found(digits.plain(written))


REGISTERS = (
    Rule(
        "LEI",
        re.compile(r"(?<!\w)(?P<n>[0-9A-Z]{4}00[0-9A-Z]{12}\d{2}|[0-9A-Z]{18}\d{2})(?!\w)"),
        _lei,
        "its check digits fit (ISO 17442)",
    ),
    Rule(
        "IBAN",
        re.compile(r"(?<!\w)(?P<n>[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?)(?!\w)"),
        _iban,
        "its check digits fit (ISO 13616)",
    ),
    Rule(
        "unified social credit code",
        re.compile(r"(?<![A-Za-z0-9])(?P<n>[1-9A-HJ-NPQRTUWXY][1239]\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![A-Za-z0-9])"),
        _credit_code,
        "its check character fits (GB 32100)",
    ),
    Rule("taxpayer number", announced(r"\bИНН|\bINN", r"\d{10}(?:\d{2})?(?!\d)"), _inn, "its check digits fit"),
    Rule(
        "register number", announced(r"\bОГРН(?:ИП)?|\bOGRN", r"\d{13}(?:\d{2})?(?!\d)"), _ogrn, "its check digit fits"
    ),
    Rule(
        "BIC",
        announced(
            r"\bSWIFT(?:[ /-]?(?:BIC|code))*|\bBIC(?: code)?|\bСВИФТ|سويفت",
            r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])",
        ),
        _plain,
        "the form of a bank's code after a word for it",
        0.95,
    ),
    Rule(
        "letter of credit",
        re.compile(rf"(?:{CREDIT_CUES}){MARK}(?P<n>{OFFICE_NUMBER})", re.IGNORECASE),
        _as_written,
        "a number after the word for it",
        0.9,
    ),
    Rule(
        "licence",
        re.compile(rf"(?:{LICENCE_CUES}){MARK}(?P<n>{OFFICE_NUMBER})", re.IGNORECASE),
        _as_written,
        "a number after the word for it",
        0.9,
    ),
)
