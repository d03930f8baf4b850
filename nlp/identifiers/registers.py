"""Numbers of companies, banks, payments, licences and passports."""

import re
from collections.abc import Callable

from nlp.alternation import alternatives, any_word
from nlp.identifiers import digits
from nlp.identifiers.rule import AFTER, BEFORE, Check, Found, Pattern, Rule, after_cue, announced

LICENCE_CUES = (
    r"\b(?:(?:export|import|transit|re-export|general|individual|validated) )*licen[cs]e",
    r"\b(?:export|import|transit) (?:permit|authori[sz]ation)",
    r"\bлицензи\w+|\bразрешени\w+",
    r"\blicence d['’](?:export|import)ation|\bautorisation d['’](?:export|import)ation|\blicences?\b",
    r"\blicencia(?: de (?:export|import)aci\w+)?|\bpermiso de (?:export|import)aci\w+",
    r"(?:رخصة|ترخيص)(?: (?:التصدير|تصدير|استيراد|الاستيراد))?",
    "(?:出口|进口|过境)?许可证|許可證",
)
CREDIT_CUES = (
    r"\bletters? of credit|\bdocumentary credits?|\bL/?C\b",
    r"\bаккредитив\w*",
    r"\blettres? de crédit|\bcrédit documentaire",
    r"\bcartas? de crédito|\bcrédito documentario",
    r"(?:اعتماد|الاعتماد)(?: (?:المستندي|مستندي))?|خطاب (?:ال)?اعتماد",
    "信用证|信用狀",
)
LADING_CUES = (
    r"\bbills? of lading|\bB/?L\b",
    r"\bконосамент\w*",
    r"\bconnaissement",
    r"\bconocimiento de embarque",
    "بوليصة الشحن",
    "提单|提單",
)
PASSPORT_CUES = (r"\bpassports?", r"\bпаспорт\w*", r"\bpasseport", r"\bpasaporte", "جواز (?:ال)?سفر(?:ه)?", "护照|護照")
REGISTER_CUES = (
    r"\b(?:company |business |commercial )?registration",
    r"\bcompany(?= no| number)|\bcommercial registe?ry?",
    r"\b(?:tax|VAT|TIN|EIN|UEN|CIF|NIF|RFC|RUC|NIT|RIF|CNPJ|RCS|SIREN|SIRET)(?: (?:identification|id))?\b",
    r"\bрегистрационн\w+|\bОКПО\b|\bБИН\b|\bУНП\b|\bЕГРПОУ\b|\bЄДРПОУ\b",
    "السجل التجاري|الرقم الضريبي|رقم التسجيل",
    "(?:工商)?注册号|纳税人识别号|统一编号",
)
# A number of an office is written with digits and, often, letters, strokes and hyphens.
OFFICE_NUMBER = r"(?=[A-Za-zА-Я0-9/.\-]*\d)[A-ZА-Я0-9٠-٩][A-Za-zА-Я0-9٠-٩/.\-]{1,24}[A-Za-zА-Я0-9٠-٩]" + AFTER
MARK_WORDS = (
    r"No\.?|Nr\.?|N[°ºo]\.?|N\.\s?[°ºo]|R(?:e|é)f\.|Reference|Référence|Referencia|numbered|№|#|Number|numéro|número"
    r"|num\.|núm\.|номер\w*|رقم|号码?|號碼?|编号|編號|：|:"
)
MARK_END = r"\s?[:：]?\s?"
MARK = rf"(?:,?\s?(?:{MARK_WORDS}))+{MARK_END}"
# A mark such as `No.` stands shortly before the number of an office, unless letters make plain that it is one.
BARE = r"[A-Z]{1,8}[-/]?\d[A-Z0-9/.\-]*\d{3}"
MARKED = rf"(?i:(?:,?\s?(?:{MARK_WORDS}))*{MARK_END})[A-ZА-Я0-9٠-٩/.\-]{{0,12}}\d"
OFFICE = (
    re.compile(any_word(alternatives(MARK_WORDS), ignore_case=True) + MARKED),
    re.compile(rf"\s{BARE}"),
)
BANK_CODE = r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])"
BANK_CUES = (r"\bSWIFT(?:[ /-]?(?:BIC|code))*", r"\bBIC(?: code)?", r"\bСВИФТ", "سويفت")


def _checked(fits: Callable[[str], bool], prefix: str = "") -> Check:
    def check(written: str) -> Found | None:
        number = digits.plain(written)
        return Found(prefix + number) if fits(number) else None

    return check


def _as_written(written: str) -> Found | None:
    return Found(re.sub(r"\s+", " ", written).rstrip(".-/"))


def _marked(cues: tuple[str, ...]) -> Pattern:
    """Return the pattern of an office's number after one of *cues* and a mark such as `No.`."""
    unmarked = rf"(?:\s(?:application|request))?\s(?={BARE})"
    between = rf"(?:\s?\([^)\n]{{1,20}}\)|,\s[A-Z]{{2,6}})?(?:(?i:{MARK})|{unmarked})"
    return after_cue(cues, rf"{between}(?P<n>{OFFICE_NUMBER})")


REGISTERS = (
    Rule(
        "LEI",
        Pattern(rf"{BEFORE}(?P<n>[0-9A-Z]{{18}}\d{{2}}){AFTER}"),
        _checked(digits.lei),
        "its check digits fit (ISO 17442)",
    ),
    Rule(
        "IBAN",
        Pattern(rf"{BEFORE}(?P<n>[A-Z]{{2}}\d{{2}}(?:\s?[A-Z0-9]{{4}}){{2,7}}(?:\s?[A-Z0-9]{{1,3}})?){AFTER}"),
        _checked(digits.iban),
        "its check digits fit (ISO 13616)",
    ),
    Rule(
        "unified social credit code",
        Pattern(r"(?<![A-Za-z0-9])(?P<n>[1-9A-HJ-NPQRTUWXY][1239]\d{6}[0-9A-HJ-NPQRTUWXY]{10})(?![A-Za-z0-9])"),
        _checked(digits.credit_code),
        "its check character fits (GB 32100)",
    ),
    Rule(
        "taxpayer number",
        announced((r"\bИНН(?:\s?/\s?КПП)?", r"\bINN\b"), r"\d{10}(?:\d{2})?(?!\d)"),
        _checked(digits.inn, "INN "),
        "its check digits fit",
    ),
    Rule(
        "register number",
        announced((r"\bОГРН(?:ИП)?", r"\bOGRN"), r"\d{13}(?:\d{2})?(?!\d)"),
        _checked(digits.ogrn, "OGRN "),
        "its check digit fits",
    ),
    Rule(
        "BIC",
        announced(BANK_CUES, BANK_CODE, ignore_case=False),
        _as_written,
        "the form of a bank's code after a word for it",
        0.95,
        triggers=(re.compile("SWIFT|Swift|BIC|СВИФТ|سويفت"),),
    ),
    Rule(
        "letter of credit",
        after_cue(CREDIT_CUES, rf"[\s«“]{{0,2}}(?P<n>LC[ /\-]?{OFFICE_NUMBER})"),
        _as_written,
        "a number with LC after the word for it",
        0.9,
        triggers=(re.compile(r"LC[ /\-]?\d"),),
    ),
    Rule(
        "letter of credit",
        _marked(CREDIT_CUES),
        _as_written,
        "a number after the word for it",
        0.9,
        triggers=OFFICE,
    ),
    Rule(
        "bill of lading",
        _marked(LADING_CUES),
        _as_written,
        "a number after the word for it",
        0.9,
        triggers=OFFICE,
    ),
    Rule("licence", _marked(LICENCE_CUES), _as_written, "a number after the word for it", 0.9, triggers=OFFICE),
    Rule("passport", _marked(PASSPORT_CUES), _as_written, "a number after the word for it", 0.9, triggers=OFFICE),
    Rule(
        "register number",
        _marked(REGISTER_CUES),
        _as_written,
        "a number after the word for it",
        0.85,
        triggers=OFFICE,
    ),
)
