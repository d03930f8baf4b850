"""Organisations with Chinese names: the form or the word for an institution closes the name.

A Chinese name has no mark at its beginning. It is walked back over words that a name may have, and begins after a word
that none has: a preposition, a copula, a word for who trades, a verb. A name in which nothing is proper to it, as
东方联合银行 or 港口服务公司, is weak: it counts where the text gives it a role.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.catalogue import read_yaml, shipped_file
from nlp.folding import fold_character
from nlp.naming.stretch import Stretch
from nlp.segmentation import segmented

HAN = "\u3400-\u9fff"
IS_HAN = re.compile(f"[{HAN}]")
NAME = rf"[{HAN}A-Za-z0-9·•・＆&（）()\-]"
FORMS = (
    "集团股份有限公司|集團股份有限公司|集团有限公司|集團有限公司|株式会社|株式會社"
    "|股份有限公司|有限责任公司|有限責任公司|有限公司|股份公司|集团公司|集團公司|总公司|總公司"
)
# A word that closes no name where a longer form follows: （集团）有限公司.
UNFINISHED = "(?![）)]?(?:股份|有限|集团|集團|公司|总公司|总院))"
CLOSING = re.compile(
    f"(?:{FORMS}|公司|集团|集團)第?[一二三四五六七八九十〇零0-9]{{1,4}}(?:研究所|研究院|设计院|設計院|厂|廠)"
    f"|{FORMS}|分公司|公司|(?:集团|集團|研究所|研究院|研究中心|研究室|设计院|科学院|科學院|工程院|大学|大學"
    f"|学院|學院|实验室|實驗室|银行|銀行"
    "|工厂|工廠|制造厂|机械厂|造船厂|化工厂|钢铁厂|委员会|委員會|管理局|总局|海关总署|外交部|国防部|國防部"
    "|商务部|能源部|协会|協會"
    f"|基金会|航空公司|通讯社){UNFINISHED}"
)
# What closes a name that only its place in a deal gives away: an institution, then a trade.
WEAK_BODIES = (
    "公司|集团|集團|银行|銀行|研究所|研究院|研究中心|中心|大学|大學|学院|學院|实验室|實驗室|委员会|委員會|兵工厂"
    "|医院|商店|商行|商社|商会|供应社|兑换行|钱庄|代表处|办事处|司令部|国防部|卫队|国防军|武装部队|革命卫队|总署"
    "|企业|企業|厂|廠"
)
WEAK_TRADES = (
    "电气|電氣|电子|電子|物流|货运|貨運|船务|船務|航运|航運|海运|海運|商贸|商貿|贸易|貿易|外贸|科技|化工|化学|光学|精密"
    "|机械|機械|重工|实业|實業|工业|工業|航天|航空|仪器|儀器|电机|電機|复合材料|材料|能源|冶金|金属|半导体|半導體|通信"
    "|制药|製藥|生物|钢铁|鋼鐵|石化|国际|國際|快递|快遞|快运|捷运|速运|信贷|资本|陆军|海军|空军|理工|系统"
    "|仪表|五金|器材"
    "|局|署|部|系"
)
# With these a name goes on, or the trade is said of goods.
ON = (
    "有限|股份|集团|公司|设备|产品|工程|技术|服务|发展|元件|零件|部件|人员|领域|行业|专家|教授|制品|原料|装置|管理"
    "|仪|器|品|业|学|门|长|件|件|技|化|用|工"
)
WEAK = re.compile(
    f"(?:{WEAK_BODIES})(?!有限|股份|集团|公司|分行|总部)|(?:{WEAK_TRADES})(?!{WEAK_BODIES}|{WEAK_TRADES}|{ON})"
)
# Trades that are goods as well: a name of such a firm has something proper to it.
GOODS = re.compile(
    "(?:电气|電氣|电子|電子|化学|光学|精密|机械|機械|仪器|儀器|电机|電機|复合材料|材料|能源|金属|半导体"
    "|半導體|通信|生物|系统|仪表|五金|器材)$"
)
STRONG = re.compile(f"(?:{FORMS}|研究院|科学院|科學院|外交部|国防部|國防部|商务部|能源部|总局|管理局)")
PROPER = frozenset({"nr", "ns", "nt", "nz", "x"})
# Kinds of words that no name has, but for single characters that foreign names are written with.
FUNCTION = frozenset({"p", "c", "u", "r", "y", "e", "o", "w"})
# Words after which a name may begin and over which none goes, whatever their part of speech.
BOUNDARY_WORDS = (
    "的 是 为 由 向 将 把 被 给 与 和 及 或 在 从 于 经 至 往 对 受 替 代 自 予 了 着 等 其 该 此 这 那 并"
    " 而 但 也 又 已 曾 未 均"
    " 称 说 指 就 以 让 令 所 跟 则 即 系 乃 到 给予 通过 透过 经由 以及 之间 作为 曾经 先后 分别 最终 随后"
    " 实际 真正 一家 某家"
    " 名为 涉及 起诉 指控 指称 据称 声称 表示 承认 认为 显示 发现 逮捕 当事 购 售 运交 交由 委托 授权 通知"
    " 货主 船东 采购 供应 提供 出售"
    " 卖 买 汇 付款 货款 收到 收购 隶属 属于 包括 例如 附近 境内 后者 前者 使 因 用于 名下 有关 相关 购自"
    " 来自 不是 也是 就是 正是 均为"
    " 实为 交 送 寄 运 运往 发往 进货 取得 介绍 告诉 联系 伙同 利用 借助 依靠 由于 根据 按照 关于 受到 遭到"
    " 列入 制裁 报道 据"
)
BOUNDARIES = frozenset(BOUNDARY_WORDS.split())
# A dealer, a person, a side: 中间商, 承运人, 卖方, 收货单位. A name may begin after it.
DEALER = re.compile(
    "^(?!招商|工商|通商|[东南西北地官远前後后大]方).+(?:商|者|人|方|单位|厂家|用户|客户|卖家|买家|龙头|巨头"
    "|中介|负责|部门|商号|机构|顾问|代表|伙伴|集团旗下)$"
)
# Nouns of address that are no name: this company, the parent company, a listed company.
NOUNS_OF_ADDRESS = (
    "本 该 我 贵 母 子 分 各 上市 外国 国内 当地 民营 国有 跨国 大型 公司 企业 客户 项目 负责人 记者 所属"
    " 中间 空壳 多家 数家 两家"
    " 三家 几家 某些 一些 家 名 有限公司 境外 海外 本地 涉案 相关 同一 另 另一"
)
NO_NAMES = frozenset(NOUNS_OF_ADDRESS.split())
# What says a trade and no more.
PLAIN_WORDS = (
    "网络 安全 贸易 物流 运输 航运 电子 科技 保险 航空 石油 能源 建筑 制药 半导体 军工 国防 航天 汽车 食品"
    " 服装 旅游 房地产 证券"
    " 投资 咨询 快递 货运 船务 船运 外贸 进出口 化工 钢铁 机械 互联网 软件 芯片 通信 电信 矿业 国营 私营"
    " 私人 商业 中央 州立 国际 空壳"
    " 前台 皮包 附近 导弹 飞机 造船 兵 军 炼油 化肥 制造 研究 生产 供货 供应 收货 采购 发货 出口 进口 购货"
    " 一 座 个 某 家 名 所 该"
    " 德国 美国 中国 法国 英国 俄罗斯 日本 韩国 伊朗 朝鲜 巴基斯坦 印度 以色列 瑞士 荷兰 土耳其 台湾 香港"
    " 新加坡 马来西亚 迪拜 意大利"
)
PLAIN = frozenset(PLAIN_WORDS.split())
# When, not who: 今年, 日前.
TIME = re.compile("^(?:今|去|明|昨|当|前|近|同|每|本|次|翌).{0,1}[年月日天]$|^(?:目前|日前|此前|近期|最近|首次)$")
NUMBERED = re.compile("(?:研究所|研究院|研究室|设计院|厂|廠|大学)$")
BRACKETS = frozenset("（）()·•・&＆-")
MAX_NAME = 24
MIN_WEAK = 3
# A foreign name of several parts, before what says its trade: 沙希德·巴盖里工业集团.
DOTTED = re.compile(f"(?:^|[^{HAN}]|[为為是由向與与和及的给給从對对])(?P<name>[{HAN}]{{1,6}}[·•・][{HAN}]{{2,12}})$")


def find_chinese(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose Chinese names give them away."""
    edge = 0
    for match in CLOSING.finditer(text):
        found = _beginning(text, max(edge, match.start() - MAX_NAME), match)
        if found and found[1]:
            edge = match.end()
            score = 0.8 if STRONG.match(match.group()) else 0.7
            yield Stretch(found[0], match.end(), f"the closing word {match.group()}", score)


def find_weak_chinese(text: str) -> Iterator[Stretch]:
    """Yield what may be the Chinese name of an organisation of *text*, where a role speaks for it."""
    found: dict[int, Stretch] = {}
    for match in WEAK.finditer(text):
        begins = _beginning(text, max(0, match.start() - MAX_NAME), match)
        named = begins and (begins[1] or not GOODS.match(match.group()))
        if begins and named and match.end() - begins[0] >= MIN_WEAK:
            found[begins[0]] = Stretch(begins[0], match.end(), f"the closing word {match.group()}", 0.65)
    # Of names that begin at one place the last is the longest.
    yield from found.values()


def _beginning(text: str, earliest: int, closing: re.Match[str]) -> tuple[int, bool] | None:
    """Return where the name begins that *closing* ends, and whether something in it is proper to it."""
    end = closing.start()
    run = re.compile(rf"{NAME}*$").search(text, earliest, end)
    if run is None or run.start() == end:
        return None
    dotted = DOTTED.search(text, run.start(), end)
    if dotted:
        return dotted.start("name"), True
    kept = _kept(_words(text, run.start(), end), closing.group())
    if not kept or all(word in PLAIN or word in BRACKETS for _, word, _ in kept):
        return None
    start = kept[0][0]
    proper = any(kind in PROPER or _is_foreign(word) for _, word, kind in kept)
    strong = (proper or STRONG.match(closing.group()) is not None) and len(text[start:end].strip("（）()-")) > 1
    return start, strong


def _kept(words: list[tuple[int, str, str]], closing: str) -> list[tuple[int, str, str]]:
    """Return those of *words* that belong to the name which *closing* ends."""
    kept: list[tuple[int, str, str]] = []
    for start, word, kind in reversed(words):
        if not _may_be_in_name(word, kind, closing):
            break
        kept.append((start, word, kind))
    kept.reverse()
    kept = kept[_after_verb(kept) :]
    while kept and (kept[0][1] in BRACKETS or _opens_no_name(kept)):
        kept.pop(0)
    return kept


def _after_verb(kept: list[tuple[int, str, str]]) -> int:
    """Return where a place follows a verb, as in 考入西安美术学院; not in 中国移动北京分公司."""
    for index in range(len(kept) - 2, -1, -1):
        named = index > 0 and kept[index - 1][2] in ("ns", "nz") and len(kept[index - 1][1]) > 1
        if kept[index][2] == "v" and kept[index + 1][2] in ("ns", "nt") and not named:
            return index + 1
    return 0


def _opens_no_name(kept: list[tuple[int, str, str]]) -> bool:
    """Return whether the first word is a country before a city or another country, or what is done there."""
    _, word, kind = kept[0]
    if len(kept) > 1 and kind == "ns" and kept[1][2] == "ns" and len(word) > 1 and len(kept[1][1]) > 1:
        return True
    return word in ("注册", "总部", "位于", "设", "设在", "旗下", "及其", "记者")


def _words(text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    """Return where each word of a run starts, the word and its part of speech."""
    simplified = (fold_character(character) for character in text[start:end])
    found = segmented("".join(c if len(c) == 1 else "x" for c in simplified))
    return [(start + i, word, kind) for i, (word, place, kind) in enumerate(found) if place in "BS"]


def _may_be_in_name(word: str, kind: str, closing: str) -> bool:
    if word in BOUNDARIES or word in NO_NAMES or DEALER.match(word):
        return False
    if (kind in FUNCTION or TIME.search(word)) and not _is_foreign(word):
        return False
    if kind == "m" and not _is_foreign(word):
        return NUMBERED.search(closing) is not None or word.startswith("第")
    return True


@cache
def _foreign() -> frozenset[str]:
    return frozenset(read_yaml(shipped_file("party-words.yaml"))["transliteration"])


def _is_foreign(word: str) -> bool:
    """Return whether *word* is a character that foreign names are written with."""
    return len(word) == 1 and word in _foreign()
