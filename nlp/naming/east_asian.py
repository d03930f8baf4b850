"""Organisations in Chinese, Japanese and Korean: the form or the word for an institution closes the name, or opens it.

A Chinese name has no mark at its beginning. It is walked back over words that a name may have, nouns and names above
all, and begins at the first place that it names.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.folding import fold_character
from nlp.legal_forms import alternatives, legal_forms
from nlp.naming.stretch import Stretch
from nlp.segmentation import segmented

HAN = "\u3400-\u9fff"
NAME = rf"[{HAN}A-Za-z0-9·＆&（）()\-]"
FORMS = (
    "集团股份有限公司|集團股份有限公司|集团有限公司|集團有限公司|株式会社|株式會社"
    "|股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集團公司|总公司|總公司"
)
CLOSING = re.compile(
    f"{FORMS}|分公司|公司|集团|集團|研究所|研究院|研究中心|研究室|设计院|科学院|科學院|工程院|大学|大學|学院|學院|实验室|實驗室|银行|銀行"
    "|工厂|工廠|制造厂|机械厂|造船厂|化工厂|钢铁厂|委员会|委員會|管理局|总局|海关总署|外交部|国防部|國防部|商务部|能源部|协会|協會"
    "|基金会|航空公司|通讯社"
)
FORM = re.compile(f"(?:{FORMS})$")
STRONG = re.compile(f"(?:{FORMS}|研究院|科学院|科學院|外交部|国防部|國防部|商务部|能源部|总局|管理局)$")
# Parts of speech that the words of a name have: nouns, names, abbreviations, attributes, and what no list knows.
IN_NAMES = frozenset({"n", "nr", "ns", "nt", "nz", "j", "b", "x", "g", "s", "f", "z"})
# What no name has: prepositions, conjunctions, particles, pronouns, adverbs.
FUNCTION = frozenset({"p", "c", "u", "r", "y", "e", "o", "d", "w", "m", "q"})
PROPER = frozenset({"nr", "ns", "nt", "nz", "x"})
# Verbs that say the trade of a firm, and what else may stand in a name.
TRADE_WORDS = (
    "发展 投资 制造 控股 开发 服务 设计 建设 咨询 管理 运输 租赁 销售 经营 加工 通讯 通信 出版 传媒 检测 研究 生产 贸易"
    " 进出口 工程 技术 研发 运营 旅游 创新 物流 勘探 国际 联合 進出口 發展 投資 開發 服務 設計 諮詢 貿易 工業 安全 监督"
    " 交通 外贸 交流 应用"
)
TRADES = frozenset(TRADE_WORDS.split())
# Nouns of address that are no name: this company, the parent company, a listed company.
NOUNS_OF_ADDRESS = (
    "本 该 我 贵 母 子 分 各 上市 外国 国内 当地 民营 国有 跨国 大型 公司 企业 客户 项目 负责人 记者 所属 中间 空壳"
)
NO_NAMES = frozenset(NOUNS_OF_ADDRESS.split())
BRACKETS = frozenset("（）()·&＆-")
NUMBERED = re.compile("(?:研究所|研究院|研究室|设计院|厂|大学)$")
MAX_NAME = 24
# A foreign name of several parts, before what says its trade: 沙希德·巴盖里工业集团.
DOTTED = re.compile(f"(?:^|[^{HAN}]|[为為是由向与和及的给給从])(?P<name>[{HAN}]{{1,6}}[·•・][{HAN}]{{2,12}})$")
# Hiragana is left out: it holds the particles around a name.
KANA, HANGUL = re.compile("[\u3041-\u30ff]"), re.compile("[\uac00-\ud7a3]")
JAPANESE_NAME = r"[\u30a1-\u30ff\u3400-\u9fffＡ-Ｚａ-ｚA-Za-z0-9・&＆]"
KOREAN_PARTICLE = re.compile("(?<=...)(?:은|는|이|가|을|를|의|와|과|에|에서|로|으로)$")
KOREAN_NAME = r"[\uac00-\ud7a3A-Za-z0-9&]"


def find_chinese(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names are Chinese."""
    edge = 0
    for match in CLOSING.finditer(text):
        start = _beginning(text, max(edge, match.start() - MAX_NAME), match.start(), match.group())
        if start is None:
            continue
        edge = match.end()
        score = 0.8 if STRONG.match(match.group()) else 0.7
        yield Stretch(start, match.end(), f"the closing word {match.group()}", score)


def _beginning(text: str, earliest: int, end: int, closing: str) -> int | None:
    run = re.compile(rf"{NAME}*$").search(text, earliest, end)
    if run is None or run.start() == end:
        return None
    dotted = DOTTED.search(text, run.start(), end)
    if dotted:
        return dotted.start("name")
    words = _words(text, run.start(), end)
    kept: list[tuple[int, str]] = []
    for start, word, kind in reversed(words):
        if not _may_be_in_name(word, kind, closing):
            break
        kept.append((start, kind))
    while kept and text[kept[-1][0]] in BRACKETS:
        kept.pop()
    return _first(text, kept[::-1], end, closing)


def _words(text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    """Return where each word of a run starts, the word and its part of speech."""
    simplified = (fold_character(character) for character in text[start:end])
    found = segmented("".join(c if len(c) == 1 else "x" for c in simplified))
    return [(start + i, word, kind) for i, (word, place, kind) in enumerate(found) if place in "BS"]


def _may_be_in_name(word: str, kind: str, closing: str) -> bool:
    if kind == "m":
        return NUMBERED.search(closing) is not None
    if word in NO_NAMES:
        return False
    if FORM.match(closing) and kind not in FUNCTION:
        return True
    return kind in IN_NAMES or word in TRADES or word in BRACKETS or word.isascii()


def _first(text: str, kept: list[tuple[int, str]], end: int, closing: str) -> int | None:
    """Return where a name begins: at the first place in it; None where nothing in it is a name of its own."""
    place = next((start for start, kind in kept if kind in ("ns", "nt")), None)
    while kept and kept[0][1] == "v":
        kept = kept[1:]
    start = place if place is not None else kept[0][0] if kept else end
    proper = any(kind in PROPER for _, kind in kept) or STRONG.match(closing) is not None
    return start if proper and len(text[start:end].strip("（）()-")) >= 2 else None


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
