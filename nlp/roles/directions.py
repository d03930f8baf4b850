"""Parties behind a preposition: "sold … to X", "bought … from X", "shipped … through X"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.folding import folded
from nlp.phrases import Found
from nlp.roles.scene import Scene
from nlp.roles.words import KINDS, Direction, RoleCue, is_role, role_words
from nlp.words import IS_HAN

# The verb stands this many words before the preposition at most; in Chinese it may follow the party.
REACH = 28
REACH_AFTER = 14
MAX_FILLERS = 3
LONGEST_CUE = 10
MAX_PREPOSITION = 3
# Where the goods go to, come from, and pass through, as one gives or takes them.
GIVING = {"to": "consignee", "by": "supplier", "through": "broker"}
TAKING = {"from": "supplier", "by": "consignee", "through": "broker", "to": "consignee"}
PAYING = {"from": "financier", "by": "financier", "through": "financier", "to": "supplier"}
# Who acts for another: "a broker for X".
ACTING = frozenset({"broker", "forwarder"})
FOR = frozenset({"for", "pour", "para", "для", "为", "替", "代", "لصالح", "в интересах", "для нужд", "au profit de"})
MAX_ACTING = 3
PAYING_TO = {"to": "supplier"}
MONEY = re.compile(
    r"(?:credit|letter|lettre|carta$|аккредитив|اعتماد|loan|pret$|prestamo|dollar|euro|usd|eur|yuan|renminbi|rouble|ruble|franc|dirham|pound|million|money|fund|payment|sum$"
    r"|sums$|fonds|somme|paiement"
    r"|argent|dolar|fondo|suma|dinero|pago|millon|долл|евро|рубл|юан|денег|деньги|средств|сумм|плат[её]ж"
    r"|دولار|يورو|مبلغ|اموال|دفع)"
)
DEALS = {"give": GIVING, "take": TAKING, "pay": PAYING}
RECEIVERS = frozenset({"consignee", "end user"})
GIVERS = frozenset({"supplier", "manufacturer", "forwarder"})
ARABIC_FOR = "ل"
# Russian nouns before a name and adjectives before such nouns; the folded й is и.
RUSSIAN_HEAD = re.compile(
    r"компани|фирм|корпораци|концерн|холдинг|завод|комбинат|институт|предприяти|объединени|агентств|банк"
    r"|фонд|центр|групп"
    r"|верф|университет|министерств|лаборатори|академи|комисси|комитет|служб|управлени|обществ|факультет"
    r"|арми|войск|част"
    r"|[а-я]{4,}(?:ому|ему|ым|им|ыми|ими|ои)$"
)
INSTRUMENTAL = re.compile("(?:ом|ем|еи|ами|ями|ым|им|ыми|ими)$|(?:фирмои|группои|службои|верфью|частью)$")
DATIVE = re.compile("(?:у|ю|ам|ям|ому|ему|ым|им|ии)$|(?:фирме|группе|службе|верфи|части)$")
OTHER_CASES = frozenset(
    {"в", "во", "на", "о", "об", "при", "с", "со", "между", "над", "под", "за", "к", "по", "из", "от", "для"}
)
# Words that go with their preposition and tell of no direction: according to, thanks to, grâce à, по отношению к.
BOUND_WORDS = (
    "according due thanks owing prior relating related compared respect response contrary next similar subject opposed"
    " conformement grace suite quant face proche relatif egard rapport gracias debido conforme respecto frente relativo"
    " cuanto согласно благодаря отношению сравнению"
)
BOUND = frozenset(BOUND_WORDS.split())
WAYS: tuple[Direction, ...] = ("to", "from", "by", "through")


@dataclass(frozen=True, slots=True)
class Preposition:
    """What stands before a party: the word's place, the word, and which ways it may point."""

    place: int
    text: str
    ways: tuple[Direction, ...]


def directed_roles(scene: Scene, first: int, cues: list[Found[RoleCue]]) -> Iterator[tuple[RoleCue, int, int]]:
    """Yield each role that the words before word *first* give the party there, the verb's place, and its distance."""
    preposition = preposition_before(scene, first)
    if preposition is None:
        return
    place = preposition.place
    starts = [found.first for found in cues]
    begin, end = bisect_left(starts, place - REACH - LONGEST_CUE), bisect_right(starts, first + REACH_AFTER)
    for found in cues[begin:end]:
        # 卖给 holds its preposition; other verbs stand before theirs.
        before = found.first < place
        distance = max(0, place - found.last) if before else found.first - first
        near = (distance >= 0 if before and found.last >= place else distance > 0) and distance <= (
            REACH if before else REACH_AFTER
        )
        if near and scene.sentence(found.first) == scene.sentence(first) and (before or _is_han(scene, found.first)):
            paid = before and _speaks_of_money(scene, found.last, place)
            for cue in found.values:
                vague = folded(cue.word) in scene.known.vague and not scene.names_goods(found.first)
                if not vague and not (paid and cue.role == "give"):
                    yield from ((role, found.first, distance) for role in _roles(cue, preposition, distance))


def _speaks_of_money(scene: Scene, first: int, last: int) -> bool:
    return any(MONEY.match(text) for text in scene.between(first, last))


def _is_han(scene: Scene, word: int) -> bool:
    return IS_HAN.match(scene.passage.words.texts[word]) is not None


def _roles(cue: RoleCue, preposition: Preposition, distance: int) -> Iterator[RoleCue]:
    """Yield the roles that a party behind *preposition* has in the deal that *cue* tells of."""
    if cue.frame == "deal":
        roles = DEALS[cue.role]
    elif cue.frame in ("doer", "by"):
        paid = PAYING_TO if cue.role == "financier" else {}
        roles = GIVING if cue.role in GIVERS else TAKING if cue.role in RECEIVERS else paid
    elif cue.frame == "noun" and cue.role in ACTING and preposition.text in FOR:
        roles = {"to": "consignee"} if distance <= MAX_ACTING else {}
    else:
        return
    for way in preposition.ways:
        # One buys for somebody, and not to him.
        if way in roles and not (way == "to" and roles is TAKING and preposition.text not in FOR):
            role = cue.role if way == "by" and cue.frame == "doer" else roles[way]
            if way == "through" and cue.kind == "shipped":
                role = "forwarder"
            kind = KINDS.get(role, cue.kind) if role in ("broker", "financier") else cue.kind
            words = f"{cue.word} … {preposition.text}".rstrip(" …")
            yield RoleCue(role, "to" if way == "to" else "by", kind, words, cue.language)


def preposition_before(scene: Scene, first: int) -> Preposition | None:
    """Return the preposition before word *first*, with an article or "the company" between them perhaps."""
    texts = scene.passage.words.texts
    start = scene.passage.folded.origin[scene.passage.words.starts[first]]
    if texts[first].startswith(ARABIC_FOR) and scene.mentions[scene.owner[first]].start > start:
        return Preposition(first, ARABIC_FOR, ("to",))
    for skipped in range(MAX_FILLERS + 1):
        end = first - skipped
        if skipped and (end < 0 or not (texts[end] in scene.known.fillers or is_role(texts[end]))):
            break
        for length in range(MAX_PREPOSITION, 0, -1):
            words = " ".join(texts[max(0, end - length) : end])
            if ways := _ways(scene, words):
                bound = end > length and texts[end - length - 1] in BOUND
                return None if bound else Preposition(end - length, words, ways)
    return _by_case(scene, first)


def _by_case(scene: Scene, first: int) -> Preposition | None:
    """Return what the case of a Russian noun that begins a party's name says in place of a preposition."""
    texts = scene.passage.words.texts
    head = texts[first]
    if not RUSSIAN_HEAD.match(head) or (first and texts[first - 1] in OTHER_CASES):
        return None
    ways: tuple[Direction, ...] = ("by",) if INSTRUMENTAL.search(head) else ("to",) if DATIVE.search(head) else ()
    return Preposition(first, head, ways) if ways else None


def _ways(scene: Scene, words: str) -> tuple[Direction, ...]:
    listed, joined = _prepositions(scene.passage.language), words.replace(" ", "")
    ways, others = listed.get(words, ()), listed.get(joined, ())
    return ways if joined == words else tuple(way for way in WAYS if way in ways or way in others)


@cache
def _prepositions(language: str | None) -> dict[str, tuple[Direction, ...]]:
    """Return the prepositions of *language*, or of all where it has none, each with the ways that it points."""
    listed: dict[str, tuple[Direction, ...]] = {}
    for way in WAYS:
        by_language = role_words().prepositions[way]
        own = by_language.get(language or "")
        for word in own if own is not None else [word for words in by_language.values() for word in words]:
            if way not in listed.get(word, ()):
                listed[word] = (*listed.get(word, ()), way)
    return listed
