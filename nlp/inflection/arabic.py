"""Arabic: the words written onto a word; sound plurals and duals by rule, broken plurals of nouns by table."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.folding import folded
from nlp.inflection.paradigm import Paradigm, endings

ARTICLE = "ال"
# and, so; then in, like, to, for.
CLITIC = re.compile("[وف]?[بكل]?")
MIN_STEM = 2
FEMININE = endings("ه ات تان تين تي ته تها تهم اته اتها")
# Words such as كاميرا that came from elsewhere.
FOREIGN = endings("ا ات اتها")
MASCULINE = endings("- ه ات ا ان ين ون يه يات ها هم اته اتها")
# Nouns whose plural changes within; both forms find each other.
BROKEN_PLURALS = """
جهاز/أجهزة نظام/أنظمة/نظم صاروخ/صواريخ فرن/أفران مكبس/مكابس ليف/ألياف سلاح/أسلحة مادة/مواد أنبوب/أنابيب
عنصر/عناصر معدن/معادن سبيكة/سبائك مسحوق/مساحيق سم/سموم آلة/آلات وعاء/أوعية برنامج/برامج قناع/أقنعة رأس/رؤوس
درع/دروع كاشف/كواشف غاز/غازات مرآة/مرايا عدسة/عدسات شعاع/أشعة محور/محاور مصدر/مصادر قالب/قوالب فوهة/فوهات
لوح/ألواح سلك/أسلاك حبل/حبال قضيب/قضبان غشاء/أغشية حاجز/حواجز قارب/قوارب زورق/زوارق غواصة/غواصات
طوربيد/طوربيدات لغم/ألغام قذيفة/قذائف صاعق/صواعق شاحنة/شاحنات وقود/أوقدة حمض/أحماض ملح/أملاح بذرة/بذور
جرثومة/جراثيم فيروس/فيروسات مخرطة/مخارط مضخة/مضخات عازل/عوازل ضاغط/ضواغط هيكل/هياكل محرك/محركات دفة/دفات
جناح/أجنحة مركب/مركبات/مراكب جسم/أجسام قرص/أقراص نابض/نوابض منفاخ/منافيخ خيط/خيوط نسيج/أنسجة قماش/أقمشة
راتنج/راتنجات مخزن/مخازن خزان/خزانات مفاعل/مفاعلات معجل/معجلات مستشعر/مستشعرات دائرة/دوائر شريحة/شرائح
رقاقة/رقائق بلورة/بلورات صمام/صمامات منظار/مناظير مقياس/مقاييس مطياف/أطياف مرصد/مراصد مدفع/مدافع قنبلة/قنابل
عبوة/عبوات لوحة/لوحات حساس/حساسات مجس/مجسات نظارة/نظارات بدلة/بدلات/بدل وحدة/وحدات عامل/عوامل مركز/مراكز
مختبر/مختبرات معمل/معامل مصنع/مصانع صندوق/صناديق مسار/مسارات قفاز/قفازات خلية/خلايا حجرة/حجرات غرفة/غرف
نظير/نظائر إبرة/إبر مخروط/مخاريط زناد/أزندة صفيحة/صفائح رصيف/أرصفة غلاف/أغلفة رداء/أردية لفافة/لفائف ذراع/أذرع
مفتاح/مفاتيح شبكة/شبكات خرطوم/خراطيم مسبار/مسابير حبيبة/حبيبات أسطوانة/أسطوانات عمود/أعمدة برج/أبراج
دثار/أدثرة قلب/قلوب متفجر/متفجرات منظم/منظمات هوائي/هوائيات سائل/سوائل مكثف/مكثفات مفجر/مفجرات مبادل/مبادلات
حاوية/حاويات برميل/براميل عينة/عينات سلالة/سلالات بوغ/أبواغ ذخيرة/ذخائر سفينة/سفن باخرة/بواخر دبابة/دبابات
طارد/طوارد نابذ/نوابذ مبرد/مبردات مخمر/مخمرات مجفف/مجففات مرشح/مرشحات مفرغ/مفرغات محمل/محامل مغناطيس/مغانط/مغناطيسات
ساكن/سواكن شفرة/شفرات/شفر ريشة/ريش حزمة/حزم وصلة/وصلات خزانة/خزانات/خزائن كابينة/كبائن دارة/دارات
موصل/موصلات ساعة/ساعات مقذوف/مقذوفات سليفة/سلائف نموذج/نماذج خوذة/خوذ/خوذات سترة/سترات راجمة/راجمات مروحة/مراوح
مدمرة/مدمرات فرقاطة/فرقاطات رافعة/روافع مثبت/مثبتات منصة/منصات عربة/عربات قاذف/قواذف قمر/أقمار هدف/أهداف طور/أطوار
ماسح/ماسحات باحث/باحثات مرسل/مرسلات مستقبل/مستقبلات نفق/أنفاق حفاز/حفازات بوتقة/بواتق/بوتقات
"""
# Foreign words that Arabic writes in several ways; either finds the other.
SPELLINGS = """
فلوريد/فلورايد كلوريد/كلورايد بروميد/برومايد سيانيد/سيانايد كربيد/كاربيد اكسيد/اوكسيد كبريتيد/سلفيد هيدريد/هايدريد
غليكول/جليكول/جلايكول ايثيل/اثيل/ايتيل ميثيل/مثيل/ميتيل فوسف/فسف هيدرو/هايدرو هيدراز/هايدراز نيتر/نتر
يورانيوم/اورانيوم غرافيت/جرافيت/كرافيت تيتانيوم/تايتانيوم/تيتانيم زركونيوم/زيركونيوم تنغستن/تنجستن/تنكستن
مغناط/مغنط جيروسكوب/جايروسكوب/جيرسكوب سيليكون/سليكون غاليوم/جاليوم الومنيوم/المنيوم/الومينيوم
ماراجينغ/مارجينغ/ماراجنغ/مراجينغ/ماراجينج/مارجنج ديوتيريوم/دوتيريوم/ديوتريوم هيليوم/هليوم ليثيوم/لثيوم
مغنيسيوم/مغنسيوم/ماغنيسيوم بيريليوم/بريليوم/بيرليوم بوتاديين/بوتادايين توربين/تربين بيركلورات/بركلورات/فوقكلورات
ماربورغ/ماربورج باليستي/بالستي/بليستي ترانزستور/ترانزيستور ارغون/ارجون هيدروجين/هدروجين نيوترون/نترون
ميكرو/مايكرو فينيل/فنيل بروبيل/بروبل بلوتونيوم/بلوطونيوم
تريتيوم/تريتيم هافنيوم/هفنيوم ايزو/ايسو ايبولا/ابولا الكترو/اليكترو بوليمر/بوليمير
"""
MAX_SPELLINGS = 12


@cache
def _plurals() -> dict[str, frozenset[str]]:
    groups = [frozenset(map(folded, group.split("/"))) for group in BROKEN_PLURALS.split()]
    return {form: group for group in groups for form in group}


@cache
def _spellings() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(folded, group.split("/"))) for group in SPELLINGS.split())


def arabic_paradigms(word: str) -> Iterator[Paradigm]:
    """Yield the paradigms of *word*, which stands without article, of its broken plurals and other spellings."""
    for form in sorted(_plurals().get(word, frozenset({word}))):
        for spelling in _spelled(form):
            yield _sound(spelling)


def _spelled(word: str) -> list[str]:
    """Return *word* and its other spellings."""
    found = [word]
    for group in _spellings():
        inside = max((part for part in group if part in word), key=len, default=None)
        if inside is not None:
            found += [form.replace(inside, part) for form in found for part in group if part != inside]
    return found[:MAX_SPELLINGS]


def _sound(word: str) -> Paradigm:
    if word.endswith("ه") and len(word) > MIN_STEM + 1:
        return Paradigm(word[:-1], FEMININE)
    if word.endswith("ا") and len(word) > MIN_STEM + 2:
        return Paradigm(word[:-1], FOREIGN)
    if word.endswith("ات") and len(word) > MIN_STEM + 2:
        return Paradigm(word[:-2], FEMININE)
    return Paradigm(word, MASCULINE)


def unclitic(word: str) -> Iterator[tuple[str, int]]:
    """Yield what *word* is without the words written onto its beginning, each with how many letters are not its own.

    The article is taken off for matching, and counts as the word's own.
    """
    yield word, 0
    longest = CLITIC.match(word)
    for length in range((longest.end() if longest else 0) + 1):
        rest = word[length:]
        if length and len(rest) > MIN_STEM:
            yield rest, length
        if rest.startswith(ARTICLE) and len(rest) > MIN_STEM + len(ARTICLE):
            yield rest[len(ARTICLE) :], length
        # The article loses its first letter after "for": ل + ال is written لل.
        if length and word[length - 1] == "ل" and rest.startswith("ل") and len(rest) > MIN_STEM + 1:
            yield rest[1:], length
