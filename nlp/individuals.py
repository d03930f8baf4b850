"""Persons and vessels that no list knows, found by the word before the name: `бизнесмен Олег Стрижов`, `商人李方伟`.

What is called a ship and stands in quotes is a vessel; what is called a trader, a citizen, a captain, is a person.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from nlp.alternation import any_word
from nlp.catalogue import read_yaml, shipped_file
from nlp.folding import folded
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
    "|консультант|глава|главы|главе|агент|менеджер|летний|летнего|летнему|коммерсант|физик|химик|учредител"
    "|капитан|обвиняем|подсудим|осужд[её]нн|подозреваем|основател|россиянин|россиянк|адвокат|учёный|совладелец|совладельц"
)
RUSSIAN_PERSON = re.compile(any_word(RUSSIAN_TITLES.split("|"), r"\b") + rf"\w{{0,4}} (?P<name>{RUSSIAN_NAME})")
UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
LATIN_WORD = rf"[{UPPER}][a-zà-öø-ÿā-ž’'-]+(?:-[{UPPER}][a-zà-ÿ]+)?"
LATIN_LINK = r"(?:(?:de|del|della|di|da|van|von|bin|ibn|al|el|la|den|der)[ \u00a0]|[A-Z]\. ?|[Aa]l-|[Ee]l-)"
LATIN_NAME = rf"{LATIN_WORD}(?:[ \u00a0]{LATIN_LINK}?{LATIN_WORD}){{1,3}}"
LATIN_TITLES: Mapping[str, str] = {
    "en": (
        r"[Dd]efendants?|[Bb]usiness(?:man|woman)|[Tt]rader|[Ee]ngineer|[Pp]hysicist|[Ss]cientist"
        r"|[Cc]hemist|[Nn]ational"
        r"|[Cc]itizen|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Prof(?:essor|\.)?|[Cc]aptain|[Dd]irector(?: [Gg]eneral)?"
        r"|[Ff]ounder|[Oo]wner"
        r"|[Cc]hief [Ee]xecutive|[Mm]anager|[Cc]hairman|[Cc]hairwoman|[Pp]resident|[Ss]muggler|[Ll]awyer|[Ss]hopkeeper"
        r"|[Bb]roker|[Mm]iddleman|[Ff]ixer|[Gg]eneral|[Cc]olonel|[Dd]iplomat|[Cc]onsultant"
    ),
    "fr": (
        r"homme d['’]affaires|femme d['’]affaires|[Pp]révenue?|accusée?|ressortissante?(?: [a-zà-ÿ-]+)?"
        r"|[Ii]ngénieure?|M\.|Mme"
        r"|[Dd]octeur|[Dd]irect(?:eur|rice)(?: général)?|gérante?|PDG|patron|fondat(?:eur|rice)"
        r"|[Pp]résidente?|trafiquant"
        r"|physicien|chimiste|[Pp]rofesseur|commerçante?|entrepreneure?|courtier|citoyenne?(?: [a-zà-ÿ-]+)?"
        r"|négociant|consul"
        r"|capitaine|colonel|général|avocate?|diplomate"
    ),
    "es": (
        r"[Ee]mpresari[oa]|acusad[oa]|ciudadan[oa](?: [a-zà-ÿ-]+)?|[Ii]ngenier[oa]|Sr\.|Sra\.|señora?|don"
        r"|doña|[Dd]octora?"
        r"|[Dd]irectora?(?: general)?|gerente|fundadora?|[Pp]residenta?|traficante|físic[oa]|químic[oa]|[Pp]rofesora?"
        r"|comerciante|corredor|capitán|coronel|general|abogad[oa]|diplomátic[oa]|dueñ[oa]|apoderad[oa]"
        r"|imputad[oa]|procesad[oa]"
    ),
}
# Of whom there is one, so that the name may follow behind a comma: "Its director, Azlan Shah Rahim".
LATIN_HEADS = (
    "[Dd]irector|[Cc]hairman|[Oo]wner|[Ff]ounder|[Mm]anager|[Pp]resident|directeur|directrice|gérante?|patron|fondateur"
    "|propriétaire|directora?|gerente|dueñ[oa]|fundadora?|propietari[oa]"
)
# "Héctor Tessari, empresario": what somebody is may follow the name.
LATIN_DETERMINER = r"(?:an? |the |une? |l['’]|le |la |una? |el )?(?:\d{2}-year-old )?(?:[A-Za-zà-ÿ-]+ )?"
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
CHINESE_END = (
    "(?=[，。、；（,(从從将將向于於在被与和等因为為的曾是居作以用经未多擅提代替受充担承称表负介]"
    "|利用|涉嫌|订购|购买|采购|通过|透過|伙同|试图|违反)"
)


@cache
def _chinese_person() -> re.Pattern[str]:
    stated = read_yaml(shipped_file("party-words.yaml"))
    surnames, sounds = stated["surnames"], stated["transliteration"]
    title = (
        "商人|男子|女子|公民|国民|企业家|负责人|法定代表人|总经理|董事长|嫌疑人|被告人|被告|中间人|经纪人|代理人"
        "|工程师|顾问|名叫|司法部指控|司法部起诉|检方起诉|警方逮捕"
    )
    name = (
        f"[{surnames}][\u4e00-\u9fff]{{1,2}}?{CHINESE_END}|[{sounds}]{{1,7}}(?:[·•・][{sounds}]{{1,7}})+"
        f"|[{sounds}]{{2,6}}{CHINESE_END}"
    )
    return re.compile(f"(?:{title}|\\d\\d岁的)(?P<name>{name})")


@cache
def _latin_person(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    titles = LATIN_TITLES[language]
    aged, heads = rf"\d\d-year-old|(?:{LATIN_HEADS}),", r"\d\d(?: years old| ans| años)?,|de \d\d años"
    before = re.compile(rf"(?<![\w-])(?:{titles}|{aged})(?: [a-zà-ÿ]+)? (?P<name>{LATIN_NAME})(?![\w-])")
    behind = re.compile(rf"(?<![\w-])(?P<name>{LATIN_NAME}), (?:{heads}|{LATIN_DETERMINER}(?:{titles})(?![\w-]))")
    return before, behind


@cache
def _firms() -> tuple[str, ...]:
    listed = read_yaml(shipped_file("party-words.yaml"))
    words = (*(w for words in listed["organisation"].values() for w in words), *listed["not_names"])
    return tuple(folded(str(word)) for word in words if len(str(word)) > 3)


def _is_firm(name: str) -> bool:
    return any(word.startswith(_firms()) for word in folded(name).split())


def find_individuals(passage: Passage) -> Iterator[Mention]:
    """Yield the persons and vessels of *passage* that the word before them gives away."""
    text = passage.text
    for pattern, kind in _patterns(passage.language):
        for match in pattern.finditer(text):
            group = match.lastgroup or "name"
            start, end = _unquoted(text, *match.span(group))
            if passage.language in LATIN_TITLES and _is_firm(text[start:end]):
                continue
            said = (text[match.start() : match.start(group)] or text[match.end(group) : match.end()]).strip(" ,")
            yield Mention(start, end, text[start:end], kind, None, text[start:end], f"the word {said}", score=SCORE)


def _patterns(language: str | None) -> tuple[tuple[re.Pattern[str], str], ...]:
    if language == "ru":
        return (RUSSIAN_NATIVE, PERSON), (RUSSIAN_PERSON, PERSON), (RUSSIAN_VESSEL, VESSEL)
    if language == "ar":
        return (ARABIC_PERSON, PERSON), (ARABIC_VESSEL, VESSEL)
    if language in LATIN_TITLES:
        before, behind = _latin_person(language)
        return (before, PERSON), (behind, PERSON)
    return ((_chinese_person(), PERSON), (CHINESE_VESSEL, VESSEL)) if language == "zh" else ()


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a name without its quotes."""
    if text[start] in '«"“「『' and text[end - 1] in '»"”」』':
        return start + 1, end - 1
    return start, end
