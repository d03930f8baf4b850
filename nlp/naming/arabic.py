"""Organisations in Arabic letters: `شركة النور للتجارة العامة ذ.م.م`, `معهد الفيزياء`, `شرکت صنایع الکترونیک`."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.alternation import any_word
from nlp.legal_forms import alternatives, legal_forms
from nlp.naming.stretch import Stretch, quoted_after

ARABIC = re.compile(r"[\u0600-\u06ff]")
# Words that open the name of an organisation; one-letter particles may be written onto them.
COMPANY = "شركة|شركه|مؤسسة|مجموعة|مصنع|مصانع|مصرف|بنك|مكتب|شرکت|گروه|موسسه|مؤسسه|بانک|کارخانه"
INSTITUTION = (
    "معهد|جامعة|وزارة|هيئة|منظمة|مركز|وكالة|مختبر|مختبرات|أكاديمية|كلية|مديرية|اللجنة|لجنة|مجلس|مجمع|قيادة|إدارة|ترسانة|مستشفى|خطوط|دار|بيت|معمل|حوض|مختبرات|الحرس"
    "|سازمان|دانشگاه|وزارت|پژوهشگاه|پژوهشکده|مرکز|انستیتو"
)
# With the article a head names one of many, but before these it is a name: the General Company, the War Plant.
DEFINITE = "الشركة|المؤسسة|الهيئة|المصنع|المنظمة|المعهد|المركز|البنك|المصرف|المديرية|المجمع"
ATTRIBUTES = "العام|العامة|الوطني|الوطنية|الحربي|الحربية|المركزي|المركزية|العربي|العربية|الدولي|الدولية|القومي|القومية"
DEFINES = rf" ?(?= (?:{ATTRIBUTES}) | ال[\u0620-\u064a]{{3,}}ي(?:ة)? (?:لل|ل[^\s]{{3}}|ال))"
LETTER, CLITIC = "\u0620-\u065f\u066e-\u06d3", "وفبلك"
# A word begins, or one with up to two particles before it.
BORDER = rf"(?:(?<![{LETTER}])|(?<=(?<![{LETTER}])[{CLITIC}])|(?<=(?<![{LETTER}])[{CLITIC}]{{2}}))"
HEADS = [*f"{COMPANY}|{INSTITUTION}".split("|"), *(word + DEFINES for word in DEFINITE.split("|"))]
HEAD = re.compile(rf"(?P<head>{any_word(HEADS, BORDER)})(?=[ \u00a0])")
# Who is named by what he is: the Martyr Bagheri, King Saud.
HONORIFICS = frozenset({"الشهيد", "الإمام", "الملك", "الشيخ", "الأمير", "السلطان"})
# After a word with the article a name goes on only with adjectives: international, scientific, red.
ADJECTIVE = re.compile(
    "(?:و?ال.+(?:ي|ية|ة|ين|ى|ء)|و?ال[أا].{2,4}"
    "|ال(?:حديث|متحد|جديد|كبير|موحد|عام|خاص|مشترك|متقدم|متطور|متكامل|مستقل|سريع|أهلي|عالي|ثاني|ثالث|رابع|خامس))$"
)
# Goods and what is done with them, which follow the subject of an Arabic verb.
GOODS = re.compile(
    r"(?:ال)?(?:أنابيب|أنبوب|معدات|أجهزة|جهاز|آلات|آلة|مواد|مادة|قطع|مضخات|مضخة|محركات|محرك|شحن[ةات]*"
    r"|صمامات|أفران|فرن|كميات|كمية"
    r"|برامج|طائرات|صواريخ|أسلحة|مكونات|رقائق|براميل|اعتماد|تخليص|نقل|صفقة|فاتورة|عقد|طلبية|حساسات|ألياف"
    r"|أطنان|طن|دفعة|ثمن"
    r"|مبلغ|بضائع|بضاعة|سلع|مخارط|كاميرات|عدسات|مناظير|دوائر|مكثفات|محولات|ثلاث[ةه]?|أربع[ةه]?|خمس[ةه]?"
    r"|عشر[ةه]?|عدد\w*|مئات|آلاف)$"
)
# "A Cypriot company" is no name.
NATIONAL = re.compile("(?!ال)[\u0620-\u064a]{3,}(?:ية|يه)$|محلية$|أجنبية$|خاصة$|عامة$|وهمية$")
# A name ends before a word that cannot be part of one.
ENDINGS = (
    "في من على إلى الى عن مع بين عند بعد قبل منذ حتى أن إن ان كان كانت قد لقد التي الذي الذين هذا هذه ذلك تلك هو هي"
    " ثم أو او أم كما حيث لدى ضد خلال بسبب وفق عبر ضمن لم لن لا ما هناك إذا عام يوم وقد وهي وهو والتي والذي وفي ومن"
    " وعلى وإلى بأن لأن أنها المسجل المسجلة المقيم المقيمة المملوكة المملوك الكائنة الكائن الواقعة الواقع"
    " التابعة التابع"
    " المعروفة المعروف المذكورة المدرجة المدرج المتخصصة المتهمة المتهم المحظورة ومقرها ومقره والتابعة بأنها بأنه بينما"
    " نيابة لصالح لحساب لفائدة مقابل ضمنها منها فيها بواسطة بدورها بدوره أيضا أيضاً نفسها نفسه حالياً"
    " سابقاً رقم در از به با که را است بود شد این آن برای تا نیز هم یا و بر"
    " کند کنند کرد کردند کرده کردن جوید جویند داشت دارد دارند نماید نمایند می نمی کا کی کے کو ہے ہیں ہن جن کن"
)
ENDS_NAME = frozenset(ENDINGS.split())
VERB = re.compile(
    r"(?:قال|أعلن|ذكر|باع|اشتر|نقل|شحن|أرسل|وقع|صدر|طلب|تسلم|حصل|قام|تقوم|يقوم|تم|دفع|مول|أبرم|أكد|أفاد"
    r"|استورد|تعمل|تبيع"
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
        elif words and not (words == 1 and NATIONAL.match(text[match.end() : end].strip())):
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
        if words and not _continues(match["word"], text[start:end].split(), company=company):
            break
        words, end = words + 1, match.end()
    return words, end


def _continues(word: str, before: list[str], *, company: bool) -> bool:
    """Return whether a name goes on with *word* behind the words *before*."""
    if word.startswith(("لل", "ولل")):
        return True
    if word.startswith(("ال", "وال")):
        listed = word.startswith("و") and before[-1].startswith(("لل", "ولل", "وال"))
        return listed or not any(w.startswith(("ال", "لل")) for w in before) or ADJECTIVE.match(word) is not None
    if before[-1] in HONORIFICS:
        return True
    # "و" is "and", and the other letters a preposition or a verb's person.
    plain = not word.startswith(("و", "ب", "ي", "ت", "ل")) and not GOODS.match(word)
    return company and len(before) == 1 and plain


# What a name without a word for what it is has behind its first word.
MOST_OPENED = 5


def name_at(text: str, start: int) -> int:
    """Return where the name ends that begins at *start*, by what no name has; *start* where none does."""
    end, before = start, list[str]()
    while len(before) < MOST_OPENED:
        match = MORE.match(text, end)
        if not match or (before and _closes(match["word"], before)) or match["word"] in ENDS_NAME:
            break
        before, end = [*before, match["word"]], match.end()
    form = _forms().match(text, end) if before else None
    return form.end() if form else end


def _closes(word: str, before: list[str]) -> bool:
    if VERB.match(word) or GOODS.match(word):
        return True
    if word.startswith(("لل", "ولل")):
        return False
    if word.startswith(("ال", "وال")):
        return ADJECTIVE.match(word) is None and not (word.startswith("و") and before[-1].startswith(("لل", "ولل")))
    return word.startswith(("و", "ب", "ي", "ت", "ل")) or len(before) > 1
