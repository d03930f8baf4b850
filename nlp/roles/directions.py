"""Parties behind a preposition: "sold … to X", "bought … from X", "shipped … through X"."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from nlp.phrases import Found
from nlp.roles.scene import Scene
from nlp.roles.words import KINDS, Direction, RoleCue
from nlp.words import IS_HAN

# The verb stands this many words before the preposition at most; in Chinese it may follow the party.
REACH = 28
REACH_AFTER = 14
MAX_FILLERS = 3
LONGEST_CUE = 10
MAX_PREPOSITION = 3
# Where the goods go to, come from, and pass through, as one gives or takes them.
GIVING = {"to": "consignee", "by": "supplier", "through": "broker"}
TAKING = {"from": "supplier", "by": "consignee", "through": "broker"}
PAYING = {"from": "financier", "by": "financier", "through": "financier"}
DEALS = {"give": GIVING, "take": TAKING, "pay": PAYING}
RECEIVERS = frozenset({"consignee", "end user"})
GIVERS = frozenset({"supplier", "manufacturer", "forwarder"})
ARABIC_FOR = "ل"


def directed_roles(scene: Scene, first: int, cues: list[Found[RoleCue]]) -> Iterator[tuple[RoleCue, int, int]]:
    """Yield each role that the words before word *first* give the party there, the verb's place, and its distance."""
    place, directions = _preposition(scene, first)
    if not directions:
        return
    starts = [found.first for found in cues]
    begin, end = bisect_left(starts, place - REACH - LONGEST_CUE), bisect_right(starts, first + REACH_AFTER)
    for found in cues[begin:end]:
        distance = place - found.last if found.last < place else found.first - first
        if not 0 < distance <= (REACH if found.last < place else REACH_AFTER):
            continue
        if scene.sentence(found.first) != scene.sentence(first):
            continue
        if found.first > first and not IS_HAN.match(scene.passage.words.texts[found.first]):
            continue
        for cue in found.values:
            yield from ((role, found.first, distance) for role in _roles(cue, directions))


def ways_before(scene: Scene, first: int) -> set[Direction]:
    """Return the ways that a preposition before word *first* may point."""
    return _preposition(scene, first)[1]


def _roles(cue: RoleCue, directions: set[Direction]) -> Iterator[RoleCue]:
    """Yield the roles that a party in *directions* has in the deal that *cue* tells of."""
    if cue.frame == "deal":
        roles = DEALS[cue.role]
    elif cue.frame in ("doer", "by"):
        roles = GIVING if cue.role in GIVERS else TAKING if cue.role in RECEIVERS else {}
    else:
        return
    for direction in directions:
        if direction in roles:
            role = cue.role if direction == "by" and cue.frame == "doer" else roles[direction]
            kind = KINDS.get(role, cue.kind) if role in ("broker", "financier") else cue.kind
            yield RoleCue(role, "to" if direction == "to" else "by", kind, cue.word, cue.language)


def _preposition(scene: Scene, first: int) -> tuple[int, set[Direction]]:
    """Return where the preposition before word *first* stands, and which ways it may point."""
    texts = scene.passage.words.texts
    start = scene.passage.folded.origin[scene.passage.words.starts[first]]
    if texts[first].startswith(ARABIC_FOR) and scene.mentions[scene.owner[first]].start > start:
        return first, {"to"}
    for skipped in range(MAX_FILLERS + 1):
        end = first - skipped
        if skipped and (end < 0 or texts[end] not in scene.known.fillers):
            break
        for length in range(MAX_PREPOSITION, 0, -1):
            if directions := _directions(scene, " ".join(texts[max(0, end - length) : end])):
                return end - length, directions
    return first, set()


def _directions(scene: Scene, words: str) -> set[Direction]:
    ways: tuple[Direction, ...] = ("to", "from", "by", "through")
    stated = scene.known.prepositions
    han = words.replace(" ", "")
    return {way for way in ways if any(words in listed or han in listed for listed in stated[way].values())}
