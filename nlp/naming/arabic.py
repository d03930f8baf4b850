"""Organisations in Arabic letters: `شركة النور للتجارة العامة ذ.م.م`, `معهد الفيزياء`, `شرکت صنایع الکترونیک`."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.legal_forms import alternatives, legal_forms
from nlp.naming.stretch import Stretch, quoted_after

ARABIC = re.compile(r"[\u0600-\u06ff]")
# Words that open the name of an organisation; one-letter particles may be written onto them.
COMPANY = "شركة|شركه|مؤسسة|مجموعة|مصنع|مصانع|مصرف|بنك|مكتب|شرکت|گروه|موسسه|مؤسسه|بانک|کارخانه"
INSTITUTION = (
    "معهد|جامعة|وزارة|هيئة|منظمة|مركز|وكالة|مختبر|أكاديمية|كلية|مديرية|اللجنة|لجنة|مجلس"
    "|سازمان|دانشگاه|وزارت|پژوهشگاه|پژوهشکده|مرکز|انستیتو"
)
# With the article a head names one of many, but before these it is a name: the General Company, the War Plant.
DEFINITE = (
    "(?:الشركة|المؤسسة|الهيئة|المصنع|المنظمة|المعهد|المركز|البنك|المصرف|المديرية|المجمع) ?"
    "(?= (?:العام|العامة|الوطني|الوطنية|الحربي|الحربية|المركزي|المركزية|العربي|العربية|الدولي|الدولية|القومي|القومية) )"
)
HEAD = re.compile(
    rf"(?<![\u0620-\u065f\u066e-\u06d3])(?:[وفبلك]{{0,2}})(?P<head>{COMPANY}|{INSTITUTION}|{DEFINITE})(?=[ \u00a0])"
)
# A name ends before a word that cannot be part of one.
ENDINGS = (
    "في من على إلى الى عن مع بين عند بعد قبل منذ حتى أن إن ان كان كانت قد لقد التي الذي الذين هذا هذه ذلك تلك هو هي"
    " ثم أو او أم كما حيث لدى ضد خلال بسبب وفق عبر ضمن لم لن لا ما هناك إذا عام يوم وقد وهي وهو والتي والذي وفي ومن"
    " وعلى وإلى بأن لأن أنها در از به با که را است بود شد این آن برای تا نیز هم یا و بر"
)
ENDS_NAME = frozenset(ENDINGS.split())
VERB = re.compile(
    r"(?:قال|أعلن|ذكر|باع|اشتر|نقل|شحن|أرسل|وقع|صدر|طلب|تسلم|حصل|قام|تقوم|يقوم|تم|دفع|مول|أبرم|أكد|أفاد|استورد|تعمل|تبيع"
    r"|تنتج)[تواي]{0,3}$"
)
MORE = re.compile(r"[ \u00a0]*\n?[ \u00a0]*(?P<word>[\u0620-\u065f\u066e-\u06d3\u200c]+)")
MAX_WORDS = 8
MOST_FOREIGN = 2


@cache
def _forms() -> re.Pattern[str]:
    forms = [form for form in legal_forms() if ARABIC.search(form.written)]
    return re.compile(rf"[ \u00a0،,]*[(\[]?(?:{alternatives(forms)})[)\]]?(?![\u0620-\u064a])")


def find_arabic(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names are in Arabic letters."""
    if not ARABIC.search(text):
        return
    for match in HEAD.finditer(text):
        start, end = match.start("head"), match.end()
        quotation = quoted_after(text, end)
        words, end = (1, quotation) if quotation else _go_on(text, end, company=match["head"] in COMPANY.split("|"))
        form = _forms().match(text, end) or _form_further_on(text, end)
        if form:
            yield Stretch(start, form.end(), f"the legal form {form.group().strip(' ،,')}")
        elif words:
            yield Stretch(start, end, f"the word {match['head']}", 0.7)


def _form_further_on(text: str, end: int) -> re.Match[str] | None:
    """Return the legal form that closes a foreign name, some words behind *end*: كوالا تريد سدن بهد."""
    for _ in range(MOST_FOREIGN):
        match = MORE.match(text, end)
        if not match or match["word"] in ENDS_NAME:
            return None
        end = match.end()
        if form := _forms().match(text, end):
            return form
    return None


def _go_on(text: str, start: int, *, company: bool) -> tuple[int, int]:
    """Return how many words of a name follow *start*, and where the last ends.

    The first may be any word; those after it have the article, or the particle `لل` before a trade, or a list's `و`.
    """
    words, end = 0, start
    while words < MAX_WORDS:
        match = MORE.match(text, end)
        if not match or match["word"] in ENDS_NAME or VERB.match(match["word"]) or _forms().match(text, end):
            break
        if words and not _continues(match["word"], words, company):
            break
        words, end = words + 1, match.end()
    return words, end


def _continues(word: str, words: int, company: bool) -> bool:
    if word.startswith(("ال", "لل", "وال", "ولل")):
        return True
    return company and words == 1 and not word.startswith(("و", "ب", "ي", "ت", "ل"))
