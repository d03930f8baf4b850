"""Organisations in Chinese, Japanese and Korean: the form or the word for an institution closes the name, or opens it.

A Chinese name has no mark at its beginning. It begins at the place that it names, or after a particle, a verb of
saying, or a punctuation mark.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.legal_forms import alternatives, legal_forms
from nlp.naming.stretch import Stretch

HAN = "\u3400-\u9fff"
NAME = rf"[{HAN}A-Za-z0-9·＆&（）()\-]"
CLOSING = re.compile(
    "股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集團公司|总公司|總公司|公司|集团|集團|研究所|研究院|研究中心|研究室"
    "|设计院|科学院|科學院|工程院|大学|大學|学院|實驗室|实验室|银行|銀行|工厂|工廠|制造厂|机械厂|造船厂|化工厂|钢铁厂|委员会|委員會"
    "|管理局|总局|海关总署|外交部|国防部|國防部|商务部|能源部|国务院|办公室|协会|協會|基金会|航空公司|通讯社"
)
# A name does not reach back over one of these.
STOPS = re.compile(
    "[的与和向由在从對对是被将把给及并或让称說说该其某等至于同了着过，。、；：？！“”\"'‘’《》〈〉\\s]|以及|通过|通過|根据|其中"
    "|位于|作为|为了|据悉|来自|包括|关于|成为|设立|成立|收购|控制|制裁|联合|代表|委托|告诉|表示|宣布|指控|涉嫌|购买|出售|供应|提供|隶属"
)
# Words of address that are no name: this company, my company, parent company, listed company.
NO_NAMES = re.compile(
    "^(?:[本该我贵母子分两各家多这那此]|上市|一家|两家|多家|三家|有关|相关|外国|国内|当地|民营|私营|国有|大型|跨国|控股|中间|空壳)+$"
)
CITY_SUFFIX = re.compile(rf"[{HAN}]{{2,3}}(?:省|市|县|縣|自治区)")
MAX_NAME = 24
# Hiragana is left out: it holds the particles around a name.
KANA, HANGUL = re.compile("[\u3041-\u30ff]"), re.compile("[\uac00-\ud7a3]")
JAPANESE_NAME = r"[\u30a1-\u30ff\u3400-\u9fffＡ-Ｚａ-ｚA-Za-z0-9・&＆]"
KOREAN_PARTICLE = re.compile("(?<=...)(?:은|는|이|가|을|를|의|와|과|에|에서|로|으로)$")
KOREAN_NAME = r"[\uac00-\ud7a3A-Za-z0-9&]"


@cache
def _places() -> re.Pattern[str]:
    from babel import Locale

    from nlp.cities import cities

    names = {name for city in cities().values() for name in city.in_script("east asian")}
    names |= {name for key, name in Locale("zh").territories.items() if len(key) == 2}
    plain = {name.lstrip("?~") for name in names}
    return re.compile("|".join(sorted((re.escape(n) for n in plain if len(n) >= 2), key=lambda n: (-len(n), n))))


def find_chinese(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names are Chinese."""
    edge = 0
    for match in CLOSING.finditer(text):
        start = _beginning(text, max(edge, match.start() - MAX_NAME), match.start())
        if start is None:
            continue
        edge = match.end()
        score = 0.8 if match.group().endswith("公司") else 0.7
        yield Stretch(start, match.end(), f"the closing word {match.group()}", score)


def _beginning(text: str, earliest: int, end: int) -> int | None:
    run = re.compile(rf"{NAME}*$").search(text, earliest, end)
    start = run.start() if run else end
    for stop in STOPS.finditer(text, start, end):
        start = stop.end()
    place = next((m.start() for m in _places().finditer(text, start, end)), None)
    suffixed = next((m.start() for m in CITY_SUFFIX.finditer(text, start, end)), None)
    known = [found for found in (place, suffixed) if found is not None and found - start > 0]
    if known and min(known) < end:
        start = min(known)
    while text[start : start + 1] in "（(-）)":
        start += 1
    name = text[start:end].strip("（）()-")
    return start if len(name) >= 2 and not NO_NAMES.match(name) else None


@cache
def _forms(letters: str) -> str:
    pattern = re.compile(letters)
    return alternatives([form for form in legal_forms() if pattern.search(form.written)])


def find_japanese(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names have a Japanese legal form."""
    if not KANA.search(text):
        return
    forms = _forms("会社|法人")
    for match in re.finditer(rf"{JAPANESE_NAME}+(?:{forms})|(?:{forms})\s?{JAPANESE_NAME}+", text):
        yield Stretch(match.start(), match.end(), "a Japanese legal form")


def find_korean(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names have a Korean legal form."""
    if not HANGUL.search(text):
        return
    forms = _forms("[\uac00-\ud7a3㈜]")
    for match in re.finditer(rf"{KOREAN_NAME}+(?:{forms})|(?:{forms})\s?(?P<name>{KOREAN_NAME}+)", text):
        particle = KOREAN_PARTICLE.search(match["name"] or "")
        yield Stretch(match.start(), match.end() - len(particle.group() if particle else ""), "a Korean legal form")
