"""Organisations in Cyrillic letters: `ООО «Ромашка»`, `АО Заслон`, `„Арсенал“ АД`, `Институт ядерной физики`."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.alternation import any_word
from nlp.legal_forms import alternatives, alternatives_after, legal_forms
from nlp.naming.stretch import Stretch, Word, quoted_after, quoted_before, walk_left, walk_right

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Words that go before a name in quotes and belong to it.
HEADS = (
    r"компани\w{1,3}|фирм\w{1,2}|корпораци\w{1,2}|концерн\w{0,2}|холдинг\w{0,2}|завод\w{0,2}"
    r"|комбинат\w{0,2}|институт\w{0,2}"
    r"|предприяти\w{1,2}|объединени\w{1,2}|агентств\w{1,2}|банк\w{0,2}|фонд\w{0,2}|центр\w{0,2}|бюро"
    r"|групп\w{1,2}|верф\w{1,2}"
)
INSTITUTIONS = (
    r"[Ии]нститут\w{0,2}|[Уу]ниверситет\w{0,2}|[Мм]инистерств\w{1,2}|[Аа]гентств\w{1,2}|[Лл]аборатори\w{1,2}"
    r"|[Аа]кадеми\w{1,2}|Департамент\w{0,2}|Комитет\w{0,2}|Комисси\w{1,2}|Служб\w{1,2}|Управлени\w{1,2}|Совет\w{0,2}"
)
# An institution's name goes on with words in the genitive, and with abbreviations.
ADJECTIVE_OR_NOUN = (
    r"(?:обороны|связи|природы|культуры|экономики|науки"
    r"|[а-яё]{3,}(?:ых|их|ой|ей|ого|его|ии|ики|ки|ов|ев|ния|ний|ства|ств))\b"
)
GENITIVE = (
    rf"(?: (?:(?:и )?{ADJECTIVE_OR_NOUN}|[А-ЯЁ]{{2,6}}\b|[А-ЯЁ][а-яё-]+(?:ого|ой|ии|еи|ины|ая|ых)\b"
    r"|имени [А-ЯЁ][\w.-]+(?: [А-ЯЁ][\w-]+)?|им\. ?[А-ЯЁ][\w. ]+?[а-я]+))"
)
# What a Russian enterprise is, in capitals before its name in quotes.
SHORT_HEAD = re.compile(
    any_word(
        "СП НПО НПП НПЦ НПФ НИИ ОКБ СКБ ЦКБ КБ ПО МЗ ГК ТД ТК ПКФ ГУП МУП УП ЧП ГП ТЦ ЦНИИ АК ФКП СПК".split(),  # noqa: SIM905
        r"\b",
    )
    + r"(?=\s?[«\"“„])"
)
BANK = re.compile(r"\b[А-ЯЁ][а-яё]{2,}(?:банк)(?:а|у|ом|е)?\b")
QUOTED_HEAD = re.compile(any_word(HEADS.split("|"), r"\b", ignore_case=True) + r"(?=\s?[«\"“„])")
INSTITUTION = re.compile(any_word(INSTITUTIONS.split("|"), r"\b") + rf"{GENITIVE}{{1,5}}")
# Forms that have cases, and what tells that a text may have one.
INFLECTED = (
    r"(?:\w+ )?акционерн\w+ обществ\w+|обществ\w+ с ограниченной ответственностью"
    r"|\w+ государственн\w+ унитарн\w+ предприяти\w+"
)
INFLECTED_WORDS = ("акционерн", "ограниченной ответственностью", "унитарн")
EDGE = r"(?<![\w.\-])"
NAMED_UNIVERSITY = re.compile(
    r"\b[А-ЯЁ][а-яё-]+(?:ый|ий|ого|ому|ым|им|ом|ем) (?:[а-яё-]+(?:ый|ий|ого|ому|ым|им|ом|ем) ){0,3}"
    r"(?:университет|институт|завод|комбинат|центр)\w{0,2}\b"
)


@cache
def _before() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of forms as they are listed, and the slower one of forms in any case too."""
    forms = [form for form in legal_forms() if form.stands_before and CYRILLIC.match(form.written)]
    plain = re.compile(alternatives_after(EDGE, forms) + r"(?!\w)")
    return plain, re.compile(rf"{EDGE}(?:{alternatives(forms)}|{INFLECTED})(?!\w)")


@cache
def _after() -> re.Pattern[str]:
    forms = [form for form in legal_forms() if form.stands_after and CYRILLIC.match(form.written)]
    return re.compile(alternatives_after(EDGE, forms) + r"(?!\w)")


def find_cyrillic(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names are in Cyrillic letters."""
    if not CYRILLIC.search(text):
        return
    plain, in_any_case = _before()
    for match in (in_any_case if any(word in text for word in INFLECTED_WORDS) else plain).finditer(text):
        yield from _with_form_before(text, match)
    for match in _after().finditer(text):
        yield from _with_form_after(text, match)
    for match in (*QUOTED_HEAD.finditer(text), *SHORT_HEAD.finditer(text)):
        end = quoted_after(text, match.end())
        if end:
            yield Stretch(match.start(), end, f"a name in quotes after the word {match.group()}")
    for match in BANK.finditer(text):
        yield Stretch(match.start(), match.end(), "a name that ends in банк", 0.7)
    for pattern in (INSTITUTION, NAMED_UNIVERSITY):
        for match in pattern.finditer(text):
            yield Stretch(match.start(), match.end(), f"the word {match.group().split()[0]} for an institution", 0.7)


def _with_form_before(text: str, match: re.Match[str]) -> Iterator[Stretch]:
    end = quoted_after(text, match.end())
    if end is None:
        words = walk_right(text, match.end(), _has_capital)
        if not words:
            return
        end = words[-1].end
        quotation = quoted_after(text, end)
        end = quotation if quotation and len(words) <= 4 and text[end : end + 2].strip() in '«"“„' else end
    yield Stretch(match.start(), end, f"the legal form {' '.join(match.group().split())}")


def _with_form_after(text: str, match: re.Match[str]) -> Iterator[Stretch]:
    start = quoted_before(text, match.start())
    if start is None:
        words = walk_left(text, len(text[: match.start()].rstrip()), _has_capital)
        if not words:
            return
        start = words[0].start
    yield Stretch(start, match.start() + len(match.group().rstrip()), f"the legal form {match.group().strip()}")


def _has_capital(word: Word) -> bool:
    return word.text[0].isupper() or word.text[0].isdigit()
