"""Arabic names that begin right behind a word that opens a place for a party: a role, a verb, a preposition."""

import re
from collections.abc import Iterator

from nlp.folding import folded
from nlp.naming.arabic import ARABIC, ENDS_NAME, name_at
from nlp.passage import Passage
from nlp.roles.words import cues_in, is_role

# What may stand between the opening word and the name: a copula, a colon, "the company", where somebody is from.
LEAD = re.compile(
    r"[\s:،]*(?:(?:هو|هي|كان|كانت|فهو|فهي|به|بها|هذه الصفقة|الصفقة|العملية|النهائي|النهائية|المعلن|الفعلي"
    r"|الحقيقي|الرئيسي|الأصلي"
    r"|الشركة|اسم|السيد|المدعو|المسمى|رجل الأعمال|التاجر)[\s:]+|ال\S{2,}ي(?:ة)?\s+)*[\s:\"«“]*"
)
PREPOSITION = re.compile(
    r"(?<![\u0620-\u06d3])[وف]?(?:إلى|من قبل|من جانب|من طرف|من|عبر|لصالح|لحساب|لفائدة|نيابة عن|عن طريق"
    r"|بواسطة|باسم|لدى)(?=\s)"
)
# "a trader from there, who is X"; a verb with its object written onto it, before its subject.
POINTER = re.compile(r"(?<![\u0620-\u06d3])(?:هو|هي|اسم|باسم|[\u0620-\u06d3]{3,}(?:تها|تهما|ها))(?=\s)")
# What stands in such a place and names nobody.
NOBODY = re.compile(
    r"[وفبلك]?(?:ال)?(?:شركات?|سلطات|حكومة|دول[ةه]?|جهات?|أطراف|طرف|متهم\S*|جمارك|شرطة|محكمة|مدعي\S*|تقرير"
    r"|خبراء|فريق|بلاد|خارج|داخل"
    r"|مشتري\S*|بائع\S*|مورد\S*|وسيط|وسطاء|سمسار|زبون|عميل|مستخدم|مستفيد|مدارس|مدن|ميناء|مطار|سوق|أسواق|شخص"
    r"|أشخاص|رجل|تاجر|تجار"
    r"|مكتب|حساب\S*|مصنع|مصانع|مخزن|مستودع\S*|عدة|بعض|كل|جميع|غير|دون|أكثر|نحو|حوالي|خلال|أجل|بين|حيث|ذلك"
    r"|هذه|هذا|صنع|نوع|طراز|جديد"
    r"|شحنة|شحنات|بضاعة|بضائع|معدات|أجهزة|آلات|مواد|سفينة|طائرة|ثمن|مبلغ|عقد|اتفاق|قرار|مجلس|أمم|اتحاد|صفقة"
    r"|سلع|منتجات|أموال)(?:ية?|ان|ين)?$"
)
MIN_LETTERS = 4
TRADE = re.compile(r"\s(?:و?لل\w{3,}|ال\w+(?:ية|ي)$|والت\w+)")
DIGIT = re.compile(r"\d")


def find_opened(passage: Passage) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each Arabic name in a party's place, and whether its own words say that it is a firm.

    Behind a verb or a preposition only a firm's name is one; behind "the maker:" or "the German maker" any is.
    """
    text = passage.text
    opened = (match.end() for pattern in (PREPOSITION, POINTER) for match in pattern.finditer(text))
    places = dict.fromkeys(opened, False) | dict(_after_cues(passage))
    for place, described in sorted(places.items()):
        lead = LEAD.match(text, place)
        start = lead.end() if lead else place
        name = text[start : name_at(text, start)]
        firm = TRADE.search(name) is not None
        pointed = described and any(mark in text[place:start].strip() or ":" in text[place:start] for mark in "يةه")
        if (firm or pointed) and len(name) >= MIN_LETTERS and _may_be_name(name):
            yield start, start + len(name), firm


def _after_cues(passage: Passage) -> Iterator[tuple[int, bool]]:
    """Yield where the words end that give a role to what stands behind them, and whether they describe it."""
    words, text = passage.words, passage.folded
    for found in cues_in(passage):
        frames = {cue.frame for cue in found.values} - {"deal"}
        if frames and ARABIC.match(words.texts[found.last]):
            described = "noun" in frames and words.texts[found.first].lstrip("وفبلك").startswith("ا")
            yield text.span(words.starts[found.last], words.ends[found.last])[1], described


def _may_be_name(name: str) -> bool:
    first = name.split(maxsplit=1)[0]
    said = first in ENDS_NAME or NOBODY.match(first) or is_role(folded(first))
    known = said or first.startswith("لل") or first.endswith("اً")
    verb = " " not in name and first.startswith(("ت", "ي", "و"))
    return not known and not verb and not DIGIT.search(name)
