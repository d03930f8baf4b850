"""Organisations with Russian names and no legal form, which their place in a deal confirms.

`Химического комбината в Хомсе`, `вооружённых сил Мьянмы`, `воинская часть 3452`: an institution's name has adjectives
before the word for what it is, and words in the genitive behind it.
"""

import re
from collections.abc import Iterator

from nlp.alternation import any_word
from nlp.naming.stretch import Stretch

WEAK = 0.65
INSTITUTIONS = (
    "институт|университет|министерств|агентств|лаборатори|академи|департамент|комитет|комисси|служб"
    "|управлени|совет|центр"
    "|комбинат|завод|фабрик|предприяти|объединени|корпораци|компани|концерн|холдинг|верф|факультет|кафедр"
    "|банк|фонд|штаб"
    "|войск|арми|гвард|флот|полк|бригад|дивизи|част|организаци|общество|групп|бюро|госпитал|больниц|арсенал"
    "|полигон|училищ"
    "|обсерватори|вуз|академгород|сил|типографи|мастерск|торг|склад|биржа|лаборатор|станци|медцентр|ведомств|инспекци"
)
HEAD = rf"(?:{INSTITUTIONS})[а-яё]{{0,5}}"
ADJECTIVE = r"[А-ЯЁа-яё-]{4,}(?:ый|ий|ая|ое|ее|ой|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ые|ие|ых|их|ыми|ими|ей)"
ADJECTIVE_FIRST = re.compile(rf"{ADJECTIVE} ")
GENITIVE = r"[а-яё-]{3,}(?:ых|их|ой|ей|ого|его|ии|ы|и|ов|ев|а|я|ью)"
CAPITAL = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)?"
BEHIND = (
    rf"(?: (?:по |в |во |им\. ?|имени |и |на |при )?(?:{CAPITAL}|[А-ЯЁ]{{2,7}}\b|{GENITIVE})| №? ?\d{{1,5}}\b(?![.,]\d)"
    r"| [A-Z][A-Za-z]+| [«\"“][^»”\"\n]{2,50}[»”\"])"
)
EDGE = r"(?<![\w\-])"
INSTITUTION = re.compile(rf"{EDGE}(?:{ADJECTIVE} ){{0,3}}(?i:{HEAD})(?![а-яё]){BEHIND}{{0,6}}")
# What every institution's name has, which is found much faster, and how many adjectives stand before it.
HEAD_ALONE = re.compile(any_word(INSTITUTIONS.split("|"), EDGE, ignore_case=True))
MOST_ADJECTIVES = 3
PROPER = re.compile(r"(?: |^)(?:[А-ЯЁ][\w-]+|[A-Z]\w+|№? ?\d+|[«\"“].+)$")
# A name in quotes with what its firm is, in capitals or small letters: ИП Дельцов, АКБ «Развитие».
TRADER = re.compile(rf"И(?<=\bИ)П {CAPITAL}(?: [А-ЯЁ]\.(?: ?[А-ЯЁ]\.)?)?")
MARKED = re.compile(
    r"[А-ЯЁкф](?<=\b[А-ЯЁкф])(?:(?<=[А-ЯЁ])[А-ЯЁ]{1,4}|(?<=[Кк])омпани[а-яё]+|(?<=[Фф])ирм[а-яё]+) «[^»\n]{2,50}»"
)
FIRMS = (
    "[Кк]омпани|[Фф]ирм|[Кк]орпораци|[Зз]авод|[Пп]редприяти|[Бб]анк|[Пп]осредник|[Бб]рокер|[Пп]еревозчик"
    "|[Пп]роизводител|[Ии]зготовител|[Пп]оставщик|[Пп]окупател|[Ээ]кспедитор|[Дд]истрибьютор|[Пп]олучател|[Тт]рейдер"
)
BARE = re.compile(
    any_word(FIRMS.split("|"), r"\b") + r"[а-яё]{0,4}(?: [—–-])? "
    rf"(?P<name>[A-Z][\w&.-]*(?: (?:[A-Z][\w&.-]*|of|and|de|&)){{0,6}}|{CAPITAL}(?: {CAPITAL}){{0,3}})"
)
MIN_LETTERS = 5


def find_weak_russian(text: str) -> Iterator[Stretch]:
    """Yield what may be the Russian name of an organisation, where a role speaks for it."""
    for match in (*MARKED.finditer(text), *TRADER.finditer(text)):
        yield Stretch(*match.span(), "a name behind what it is", WEAK)
    for match in _institutions(text):
        end = _end(match.group())
        if end:
            yield Stretch(match.start(), match.start() + end, "a word for an institution", WEAK)
    for match in BARE.finditer(text):
        yield Stretch(*match.span("name"), f"a name after the word {match.group().split()[0]}", WEAK)


def _institutions(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `INSTITUTION`, which is tried only at the words just before one for an institution."""
    reached = 0
    for head in HEAD_ALONE.finditer(text):
        starts = [head.start()]
        while len(starts) <= MOST_ADJECTIVES and starts[-1] > reached and text[starts[-1] - 1] == " ":
            starts.append(max(text.rfind(" ", reached, starts[-1] - 1) + 1, reached))
        matches = (INSTITUTION.match(text, start) for start in reversed(starts) if start >= reached)
        if match := next(filter(None, matches), None):
            reached = match.end()
            yield match


def _end(name: str) -> int:
    """Return where the name ends: with what has a capital, a number or quotes; as a whole where it begins with one."""
    first, space, _ = name.partition(" ")
    if space and first[0].isupper() and first[1:].islower() and ADJECTIVE_FIRST.match(name):
        return len(_without_tail(name))
    words = [match.end() for match in re.finditer(r"[«\"“][^»”\"]+[»”\"]|\S+", name)]
    starts = [0, *(end + 1 for end in words[:-1])]
    proper = [
        end for start, end in zip(starts, words, strict=True) if start and re.match(r"[А-ЯЁA-Z«\"“№\d]", name[start:])
    ]
    return proper[-1] if proper else 0


def _without_tail(name: str) -> str:
    """Return *name* without a small word at its end."""
    return re.sub(r" (?:и|в|во|на|по|при)$", "", name)
