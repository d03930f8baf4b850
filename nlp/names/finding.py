"""Listed parties in running text: in any script and order of parts, misspelt once, inflected, broken by lines."""

import re
from collections.abc import Iterator
from itertools import pairwise

from nlp.mention import ORGANISATION, PERSON, Mention
from nlp.names.artifact import Artifact, skeleton_key
from nlp.names.compare import COMMON
from nlp.names.east_asian import find_east_asian
from nlp.names.forms import FORM_OF, PARTICLES, Part, skeleton
from nlp.names.sameness import CYRILLIC, MISSPELT, same
from nlp.names.single import find_single
from nlp.names.words import ARABIC, FOLLOWING_WORD, Match, Word, parts_of, words_of
from nlp.names.written import find_written
from nlp.passage import Passage

# Parts of one name stand at most this far apart, in words.
REACH = 4
REACH_CHARACTERS = 60
# Characters between two parts of a name: spaces, a comma, a hyphen, a dot, a particle; never the end of a sentence.
GAP = re.compile(r"[\s,.\-·•・'\"«»]{0,4}")
SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n|[;:。！？]")
MIN_LETTERS = 7
ABBREVIATED = re.compile(r"\b(?:ltd|co|inc|corp|bhd|pty|pte|s\.a|s\.l)$")
# A legal form before a name belongs to it, with the quotation marks that open behind the form.
FORM_REACH = 48
FORM_BEFORE = re.compile(
    r"(?<!\w)((?:(?:public |open |closed )?joint[ -]stock company|limited liability company|fgup|ojsc|pjsc|cjsc|jsc|"
    r"llc|ooo|oao|zao|pao|ao|pt|ооо|оао|зао|пао|ао|фгуп|тоо)[ ,]{1,2}['\"«“„]?)$"
)
OPENED = re.compile(r"(?:^|[\s(])['\"«“„]\w")
CLOSING = "'\"»”“"
# Common words alone are a name only where there are so many of them, as written.
MIN_COMMON_PARTS = 4


def find_parties(passage: Passage, artifact: Artifact) -> Iterator[Mention]:
    """Yield the listed parties that *passage* names."""
    text = passage.folded.text
    words = [word for word in words_of(passage) if word.part.latin]
    found = [
        *find_written(passage, artifact),
        *_by_pairs(words, text, artifact),
        *find_single(words, text, artifact),
        *find_east_asian(text, artifact),
    ]
    for match in _best(found):
        yield _mention(passage, artifact, match)


def _by_pairs(words: list[Word], text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names of several parts: two words whose skeletons are neighbours in a name lead to it."""
    telling = [word for word in words if not word.small]
    for i, one in enumerate(telling):
        if not one.capital:
            continue
        for step, other in enumerate(telling[i + 1 : i + 1 + REACH]):
            if other.start - one.end > REACH_CHARACTERS or SENTENCE_END.search(text, one.end, other.start):
                break
            # A name begins with a capital letter; in an organisation's the word behind it may be small.
            if other.start < one.end or not (other.capital or step == 0):
                continue
            for number in _named(one, other, artifact):
                match = _verified(telling, i, number, artifact, text)
                if match is not None:
                    yield match


def _named(one: Word, other: Word, artifact: Artifact) -> set[int]:
    """Return the names that hold two neighbours with these consonants, an ending of a case left out or not."""
    firsts, seconds = ({word.part.skeleton, skeleton(word.part.latin)} for word in (one, other))
    return {n for a in firsts for b in seconds for n in artifact.names_of(skeleton_key(a, b))}


def _verified(words: list[Word], first: int, number: int, artifact: Artifact, text: str) -> Match | None:
    """Return the best stretch of words around *first* that is the name, or None."""
    name = artifact.name(number)
    wanted = parts_of(name.text)
    best: Match | None = None
    for start in range(max(0, first - len(wanted) + 1), first + 1):
        for length in (len(wanted), len(wanted) - 1 if len(wanted) > 2 else 0):
            stretch = words[start : start + length]
            if len(stretch) < 2 or not stretch[0].capital or not _together(stretch, text):
                continue
            score = _likeness(stretch, wanted, name.text)
            if score and not _agrees(stretch, wanted, artifact.party(name.party).type, text):
                continue
            if score and (best is None or score > best.score):
                rule = "as written" if score == 1.0 else "by sound and letters"
                best = Match(stretch[0].start, stretch[-1].end, score, number, rule)
    return best


def _together(stretch: list[Word], text: str) -> bool:
    if sum(word.end - word.start for word in stretch) < MIN_LETTERS and not ARABIC.match(text[stretch[0].start]):
        return False
    between = (text[a.end : b.start] for a, b in pairwise(stretch))
    return all(GAP.fullmatch(_without_particles(gap)) for gap in between)


def _without_particles(gap: str) -> str:
    return " ".join(word for word in gap.split() if word.strip(".,-'") not in PARTICLES) if len(gap) > 3 else gap


def _likeness(stretch: list[Word], wanted: list[Part], name: str) -> float:
    """Return how surely *stretch* is the name of the parts *wanted*, 0 where it is not; each part pairs once."""
    if len(stretch) > len(wanted):
        return 0.0
    left = list(range(len(wanted)))
    total, misspelt = 0.0, 0
    for word in stretch:
        sureness, index = max((same(word.part, wanted[i]), -i) for i in left)
        if not sureness or not _fits(word, sureness):
            return 0.0
        total += sureness
        misspelt += sureness == MISSPELT
        left.remove(-index)
    if misspelt > 1 or (left and not _may_lack(wanted, left, name)):
        return 0.0
    told = [wanted[i] for i in range(len(wanted)) if i not in left]
    if sum(len(part.latin) > 2 and not part.latin.isdigit() for part in told) < 2 and total < len(stretch):
        return 0.0
    if all(part.generic or part.latin in COMMON for part in told) and (left or len(told) < MIN_COMMON_PARTS):
        return 0.0
    return total / len(stretch) - 0.05 * len(left)


def _fits(word: Word, sureness: float) -> bool:
    """Say whether *word* may stand in a name: with a capital letter, or just as it is listed, cases apart."""
    if len(word.part.latin) == 1:
        return word.capital
    return word.capital or sureness == 1.0 or bool(CYRILLIC.match(word.part.written))


def _agrees(stretch: list[Word], wanted: list[Part], kind: str | None, text: str) -> bool:
    """Say whether *stretch* may name a party of this *kind*: only a person's name has a comma or lacks a part."""
    parted = "," in text[stretch[0].start : stretch[-1].end]
    if kind != PERSON:
        return len(stretch) == len(wanted) and not parted
    surname_first = "," in text[stretch[0].end : stretch[1].start]
    return not parted or (surname_first and any(same(stretch[0].part, wanted[i]) for i in (0, -1)))


def _may_lack(wanted: list[Part], left: list[int], name: str) -> bool:
    """Say whether a text may leave out the parts *left* of a name: not the surname, nor what tells it from others."""
    surname = 0 if "," in name else len(wanted) - 1
    return surname not in left and not any(part.generic for part in wanted) and len(wanted) > len(left) + 1


def _best(found: list[Match]) -> list[Match]:
    """Return matches that do not overlap, the surest and longest first."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (-round(m.score, 2), m.start - m.end, m.number)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _with_form(passage: Passage, match: Match) -> tuple[int, int]:
    """Return where *match* stands, with the legal forms before and behind it and the dot of an abbreviation."""
    text, end = passage.folded.text, match.end
    while (follower := FOLLOWING_WORD.match(text, end)) and follower[1] in FORM_OF:
        if passage.text[passage.folded.origin[follower.start(1)]].islower():
            break
        end = follower.end()
    if ABBREVIATED.search(text, max(match.start, end - 5), end) and text[end : end + 1] == ".":
        end += 1
    before = FORM_BEFORE.search(text, max(0, match.start - FORM_REACH), match.start)
    start = before.start(1) if before else match.start
    if OPENED.search(text[start:end]) and text[end : end + 1] in tuple(CLOSING):
        end += 1
    return start, end


def _mention(passage: Passage, artifact: Artifact, match: Match) -> Mention:
    start, end = passage.folded.span(*_with_form(passage, match))
    end = start + len(passage.text[start:end].rstrip())
    name = artifact.name(match.number)
    party = artifact.party(name.party)
    reason = f"{name.kind} {name.text!r} of list {party.list}, {match.rule}"
    return Mention(
        start,
        end,
        passage.text[start:end],
        party.type or ORGANISATION,
        party.id,
        party.name,
        reason,
        score=round(match.score, 3),
    )
