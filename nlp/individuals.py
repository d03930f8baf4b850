"""Persons and vessels that no list knows, found by the word before the name: `бизнесмен Олег Стрижов`, `商人李方伟`.

What is called a ship and stands in quotes is a vessel; what is called a trader, a citizen, a captain, is a person.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.alternation import any_word
from nlp.catalogue import read_yaml, shipped_file
from nlp.mention import PERSON, VESSEL, Mention
from nlp.passage import Passage

SCORE = 0.7
RUSSIAN_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?){1,2}"
# Who comes from a place: its name may stand before that of the person.
RUSSIAN_NATIVE = re.compile(
    any_word(("жител", "граждан", "уроженк?", "урожен[ец]ц?", "подданн"), r"\b") + r"\w{0,4} "
    rf"(?:(?:из )?[А-ЯЁ][\w-]+ (?P<name>{RUSSIAN_NAME})|(?P<plain>[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+)(?! [А-ЯЁ]))"
)
RUSSIAN_TITLES = (
    "бизнесмен|предпринимател|директор|гендиректор|руководител|посредник|брокер|торговец|торговц|инженер|господин"
    "|капитан|обвиняем|подсудим|осужд[её]нн|подозреваем|основател|россиянин|россиянк|адвокат|учёный|совладелец|совладельц"
)
RUSSIAN_PERSON = re.compile(any_word(RUSSIAN_TITLES.split("|"), r"\b") + rf"\w{{0,4}} (?P<name>{RUSSIAN_NAME})")
ARABIC_LETTER = "\u0620-\u065f\u0670-\u06d3"
ARABIC_PERSON = re.compile(
    r"(?:رجل الأعمال|التاجر|المدعوة?|ي[\u064b-\u0652]?دعى|السيدة?|المهندس|المواطن|الوسيط|السمسار|القبطان|ربان \S+)"
    rf"(?: ال[{ARABIC_LETTER}]+ية?)?"
    rf" (?P<name>(?!ال|إلى|على|في|من|هو|قد)[{ARABIC_LETTER}]{{3,}}"
    rf" (?!في|من|على|إلى|ب|هو|عن|الذي)[{ARABIC_LETTER}]{{3,}}"
    rf"(?: (?!المقيم|المتهم|المدان|الذي|التي|المعروف)ال[{ARABIC_LETTER}]{{3,}}(?=[ ،.,]))?)"
)
RUSSIAN_SHIPS = (
    "теплоход|судно|судна|судну|судном|судне|танкер|сухогруз|балкер|контейнеровоз|катер|пароход|траулер|газовоз|буксир"
    "|паром|шхун|барж|корабл|яхт"
)
RUSSIAN_VESSEL = re.compile(
    any_word(RUSSIAN_SHIPS.split("|"), r"\b", ignore_case=True) + r"\w{0,3} (?P<name>[«\"“][^»\"”\n]{2,40}[»\"”])"
)
ARABIC_VESSEL = re.compile(
    rf"(?:سفينة|السفينة|ناقلة|الناقلة|المركب|مركب|الباخرة|باخرة|اليخت|الزورق)(?: [{ARABIC_LETTER}]+){{0,2}} "
    r"(?P<name>[«\"“][^»\"”\n]{2,40}[»\"”])"
)
CHINESE_VESSEL = re.compile(
    r"(?:货轮|貨輪|油轮|油輪|货船|貨船|船舶|船只|船隻|商船|渔船|散货船|集装箱船|轮船|輪船)"
    r"(?P<name>[“「『\"][^”」』\"\n]{2,16}[”」』\"](?:[号號轮輪])?)"
    r"|[“「『\"](?P<before>[^”」』\"\n]{1,14}[号號])[”」』\"](?=货轮|貨輪|油轮|油輪|货船|貨船|轮|輪|船|商船|散货船)"
    r"|[由的乘载載](?P<bare>[\u4e00-\u9fff]{2,3}[轮輪])(?=[运運，。载載抵驶駛])"
)
# What follows a Chinese name of a person.
CHINESE_END = "(?=[，。、；（,(从從将將向于於在被与和等因为為的曾是居作以用经未多擅提代替受充担承称称表承负介]|利用|涉嫌|通过|透過|伙同|试图|违反)"


@cache
def _chinese_person() -> re.Pattern[str]:
    stated = read_yaml(shipped_file("party-words.yaml"))
    surnames, sounds = stated["surnames"], stated["transliteration"]
    title = (
        "商人|男子|女子|公民|国民|企业家|负责人|法定代表人|总经理|董事长|嫌疑人|被告人|被告|中间人|经纪人|代理人"
        "|工程师|名叫|司法部指控|司法部起诉|检方起诉|警方逮捕"
    )
    name = f"[{surnames}][\u4e00-\u9fff]{{1,2}}?{CHINESE_END}|[{sounds}]{{1,7}}(?:[·•・][{sounds}]{{1,7}})+"
    return re.compile(f"(?:{title})(?P<name>{name})")


def find_individuals(passage: Passage) -> Iterator[Mention]:
    """Yield the persons and vessels of *passage* that the word before them gives away."""
    text = passage.text
    for pattern, kind in _patterns(passage.language):
        for match in pattern.finditer(text):
            group = match.lastgroup or "name"
            start, end = _unquoted(text, *match.span(group))
            said = text[match.start() : match.start(group)].strip()
            yield Mention(start, end, text[start:end], kind, None, text[start:end], f"the word {said}", score=SCORE)


def _patterns(language: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    if language == "ru":
        return (RUSSIAN_NATIVE, PERSON), (RUSSIAN_PERSON, PERSON), (RUSSIAN_VESSEL, VESSEL)
    if language == "ar":
        return (ARABIC_PERSON, PERSON), (ARABIC_VESSEL, VESSEL)
    return ((_chinese_person(), PERSON), (CHINESE_VESSEL, VESSEL)) if language == "zh" else ()


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a name without its quotes."""
    if text[start] in '«"“「『' and text[end - 1] in '»"”」』':
        return start + 1, end - 1
    return start, end
