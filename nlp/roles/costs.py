"""What it costs to go from a word that gives a role to the party beside it: their order, and what stands between."""

from nlp.roles.directions import preposition_before
from nlp.roles.scene import MOST, Scene
from nlp.roles.words import RoleCue
from nlp.words import IS_HAN

LATIN = frozenset({"en", "es", "fr"})
# What the less usual order, a verb after its subject's place, and a receiver cost.
NOUN_AFTER, INVERTED, RECEIVED = 0.05, 0.4, 0.4
# What stands between commas behind a subject, however long: "X, which denies it, supplied …".
ASIDE = 0.4
# Where or for whom somebody is, before his name behind a comma.
PLACING_WORDS = "for in of at from based de du des en à a pour dans au para del в во из на по для"
PLACING, MAX_APPOSED, APPOSED = frozenset(PLACING_WORDS.split()), 6, 0.55
# What stands behind a preposition is a subject again in the clause that describes it: "traced to X, which sold it".
RELATIVE = ("which", "who", "that", "qui", "que", "котор", "quien", "lequel", "laquelle")
GOVERNED_LANGUAGES = frozenset({"en", "fr", "es", "ru"})
# A participle behind a comma has its subject before that: "made by X, sold through Y".
PARTICIPLE = 1.0
# After these Chinese words the object stands between subject and verb.
OBJECT_FIRST = frozenset("将把向对以从为给未无曾已于在经由")
OBJECT_COST = 0.3


def cost_of(scene: Scene, cue: RoleCue, gap: tuple[int, int], after: bool) -> float:
    """Return what it costs to go from *cue* over *gap* to the party that stands *after* it, or before."""
    between = scene.between(*gap)
    if cue.frame == "doer" and not after and between and _has_object_first(scene, between[0], gap):
        return OBJECT_COST
    cost = scene.cost(*gap) if after or cue.frame != "doer" else _subject_cost(scene, cue, gap)
    if cue.frame == "noun":
        return min(cost, _apposed_cost(scene, gap)) if after else cost + NOUN_AFTER
    if cue.frame == "doer":
        return cost * 2 + (0.0 if cue.language == "ar" else INVERTED) if after else cost
    return cost + (RECEIVED if cue.frame == "to" else 0.0)


def _apposed_cost(scene: Scene, gap: tuple[int, int]) -> float:
    """Return what it costs to name the described one behind where or for whom he is: "its agent for the Gulf, X"."""
    between = scene.between(*gap)
    if not between or len(between) > MAX_APPOSED or between[0] not in PLACING or "," not in scene.gap(gap[1] - 1):
        return MOST + 1
    apart = any(scene.in_party(word) or "," in scene.gap(word - 1) for word in range(gap[0] + 1, gap[1]))
    return MOST + 1 if apart else APPOSED


def _subject_cost(scene: Scene, cue: RoleCue, gap: tuple[int, int]) -> float:
    """Return what stands between a subject and its verb costs; an aside between two commas costs little."""
    subject, verb = gap
    cost = scene.cost(subject, verb)
    if cue.language in GOVERNED_LANGUAGES and _is_object(scene, subject):
        return cost + PARTICIPLE
    if cue.language in LATIN and verb == subject + 1 and "," in scene.gap(subject):
        return cost + PARTICIPLE  # "made by X, sold through Y"
    if cost <= ASIDE or not scene.gap(subject).lstrip(' )»”"').startswith((",", "，")):
        return cost
    closing = next((w for w in range(verb - 1, subject, -1) if "," in scene.gap(w) or "，" in scene.gap(w)), None)
    if closing is None or scene.sentence(subject) != scene.sentence(verb):
        return cost
    return min(cost, ASIDE + scene.cost(closing, verb))


def _is_object(scene: Scene, last: int) -> bool:
    """Return whether the party that ends with word *last* stands behind a preposition: "acting for X, bought"."""
    if scene.passage.words.texts[last + 1].startswith(RELATIVE):
        return False
    first = scene.spans[scene.owner[last]][0]
    preposition = preposition_before(scene, first)
    return preposition is not None and preposition.place < first and "by" not in preposition.ways


def _has_object_first(scene: Scene, behind: str, gap: tuple[int, int]) -> bool:
    """Return whether the word *behind* a Chinese subject has its object before the verb, and no comma between."""
    words, origin = scene.passage.words, scene.passage.folded.origin
    text = scene.passage.text[origin[words.ends[gap[0]] - 1] : origin[words.starts[gap[1]]]]
    return behind in OBJECT_FIRST and "，" not in text and IS_HAN.search(text) is not None
