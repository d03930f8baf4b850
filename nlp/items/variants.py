"""Other ways to write a name: the word order of Russian catalogues, and the words that Taiwan uses for China's."""

import re
from collections.abc import Iterator

# A Russian adjective or participle in the nominative, as names are listed.
RUSSIAN_ADJECTIVE = re.compile(r"[а-яё-]{3,}(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)(?:ся)?")
MAX_ADJECTIVES = 2
# Terms of mainland China and of Taiwan; Chinese characters themselves are folded to the simplified ones.
ACROSS_THE_STRAIT = (
    ("导弹", "飞弹"),
    ("传感器", "感测器"),
    ("激光器", "雷射"),
    ("激光", "雷射"),
    ("机床", "工具机"),
    ("软件", "软体"),
    ("碳化硅", "碳化矽"),
    ("硅", "矽"),
    ("芯片", "晶片"),
    ("集成电路", "积体电路"),
    ("光刻机", "微影设备"),
    ("光刻", "微影"),
    ("纳米", "奈米"),
    ("数控", "数值控制"),
    ("信号", "讯号"),
    ("声呐", "声纳"),
    ("钚", "鈽"),
    ("加速度计", "加速规"),
    ("计算机", "电脑"),
    ("等离子体", "电浆"),
    ("等离子", "电浆"),
    ("分子泵", "分子帮浦"),
    ("真空泵", "真空帮浦"),
    ("坐标", "座标"),
    ("航天器", "太空载具"),
    ("航天", "太空"),
    ("通信", "通讯"),
    ("网络", "网路"),
    ("数字", "数位"),
    ("模拟", "类比"),
    ("晶体管", "电晶体"),
    ("二极管", "二极体"),
    ("摄像机", "摄影机"),
    ("热成像", "热显像"),
    ("热像仪", "热显像仪"),
    ("夜视仪", "夜视镜"),
    ("巡航", "巡弋"),
    ("自杀式", "自杀"),
    ("打印机", "列印机"),
    ("增材制造", "积层制造"),
    ("阀门", "阀"),
    ("程序", "程式"),
)

# Words that Arabic texts take for one another in names of goods, as they stand in a name without article.
ARABIC_SYNONYMS = (
    ("بيولوجية", "حيوية"),
    ("بيولوجي", "حيوي"),
    ("البيولوجية", "الحيوية"),
    ("البيولوجية", "الأحيائية"),
    ("الدرجة", "الفئة"),
    ("سلامة", "أمان"),
    ("السلامة", "الأمان"),
    ("تفريغ", "فراغ"),
    ("آلة", "ماكينة"),
    ("آلة", "مكنة"),
    ("رقمي", "عددي"),
    ("محول", "مبدل"),
    ("بدون", "بلا"),
    ("بدون طيار", "من دون طيار"),
    ("صناعي", "اصطناعي"),
    ("صناعية", "اصطناعية"),
    ("فولاذ", "صلب"),
    ("وقود دفعي", "وقود دافع"),
    ("كاشف", "مكشاف"),
    ("مستشعر", "حساس"),
    ("نووي", "ذري"),
    ("منظومة", "نظام"),
    ("دائرة متكاملة", "دارة متكاملة"),
    ("كيميائية", "كيماوية"),
    ("كيميائي", "كيماوي"),
    ("حاسوب", "كمبيوتر"),
)

# The like in Russian: adjectives agree by inflection.
RUSSIAN_SYNONYMS = (
    ("станок", "машина"),
    ("установка", "оборудование"),
    ("ёмкость", "резервуар"),
    ("система", "комплекс"),
    ("прибор", "устройство"),
    ("преобразователь", "датчик"),
)


def variants(name: str, language: str) -> Iterator[str]:
    """Yield other spellings of *name*, as texts in *language* have them; not *name* itself."""
    if language == "ru":
        yield from _noun_first(name)
        for other in _synonymous(name, RUSSIAN_SYNONYMS):
            yield other
            yield from _noun_first(other)
    elif language == "zh":
        yield from _across_the_strait(name)
    elif language == "ar":
        yield from _synonymous(name, ARABIC_SYNONYMS)


def _noun_first(name: str) -> Iterator[str]:
    """Yield *name* with its noun before its adjectives: `насос вакуумный` for `вакуумный насос`."""
    words = name.split()
    count = 0
    while count < min(len(words) - 1, MAX_ADJECTIVES + 1) and _is_adjective(words[count]):
        count += 1
    if 0 < count <= MAX_ADJECTIVES:
        yield " ".join([words[count], *words[:count], *words[count + 1 :]])


def _is_adjective(word: str) -> bool:
    return RUSSIAN_ADJECTIVE.fullmatch(word.lower()) is not None


def _synonymous(name: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield *name* with a word in place of another that means the same."""
    said = f" {name} "
    for one, other in pairs:
        for word, instead in ((one, other), (other, one)):
            if f" {word} " in said:
                yield said.replace(f" {word} ", f" {instead} ").strip()


def _across_the_strait(name: str) -> Iterator[str]:
    said = name
    for mainland, taiwan in ACROSS_THE_STRAIT:
        said = said.replace(mainland, taiwan)
    if said != name:
        yield said
