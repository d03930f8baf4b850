"""Listed parties in running text: in any script and order of parts, misspelt once, inflected, broken by lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from nlp.mention import ORGANISATION, Mention
from nlp.names.artifact import Artifact, Name, coarse_key, pair_key
from nlp.names.compare import COMMON, alike
from nlp.names.forms import ARABIC_ARTICLE, FORM_OF, HAN, PARTICLES, SERVANTS, TITLES, Part, part_of, parts
from nlp.passage import Passage

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# Parts of one name stand at most this far apart, in words.
REACH = 4
REACH_CHARACTERS = 60
# Characters between two parts of a name: spaces, a comma, a hyphen, a dot, a particle; never the end of a sentence.
GAP = re.compile(r"[\s,.\-·•・'\"«»]{0,4}")
SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n|[;:。！？]")
# In running text, a mistaken match costs more than in screening.
TEXT_MATCH = 0.86
MIN_LETTERS = 7
MIN_SINGLE = 6
FOLLOWING_WORD = re.compile(r"[\s,.]{1,3}([a-z]+)\b")
HAN_NAME = re.compile(r"[㐀-鿿]{1,12}(?:[·•・‧][㐀-鿿]{1,12})+")
MIN_HAN_NAME = 3
ARABIC = re.compile(r"[؀-ۿ]")
ARABIC_CLITIC = re.compile(r"^[وفبلك](?=\w{3})")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the folded text that may be a part of a name."""

    start: int
    end: int
    part: Part
    capital: bool
    small: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in the folded text."""

    start: int
    end: int
    score: float
    number: int
    rule: str


def find_parties(passage: Passage, artifact: Artifact) -> Iterator[Mention]:
    """Yield the listed parties that *passage* names."""
    text = passage.folded.text
    words = [word for word in _words(passage) if word.part.latin]
    found = [*_by_pairs(words, text, artifact), *_single(words, artifact), *_east_asian(text, artifact)]
    for match in _best(found):
        yield _mention(passage, artifact, match)


def _words(passage: Passage) -> Iterator[Word]:
    folded = passage.folded
    before: re.Match[str] | None = None
    for match in WORD.finditer(folded.text):
        word, start = match.group(), match.start()
        if before is not None and before.group() in SERVANTS and match.start() - before.end() <= 1:
            word, start = before.group() + ARABIC_ARTICLE.sub("", word), before.start()
        if match.group() in SERVANTS or HAN.search(word):
            before = match
            continue
        before = match
        origin = passage.text[folded.origin[start]]
        small = word in PARTICLES or word in TITLES or word in FORM_OF
        yield Word(start, match.end(), part_of(word), not origin.islower(), small)
        if ARABIC.match(word) and ARABIC_CLITIC.match(word):
            yield Word(start + 1, match.end(), part_of(word[1:]), True, small)


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
            for number in artifact.names_of(pair_key(one.part, other.part)):
                match = _verified(telling, i, number, artifact.name(number), text)
                if match is not None:
                    yield match


def _verified(words: list[Word], first: int, number: int, name: Name, text: str) -> Match | None:
    """Return the best stretch of words around *first* that is the name, or None."""
    wanted = _parts(name.text)
    best: Match | None = None
    for start in range(max(0, first - len(wanted) + 1), first + 1):
        for length in (len(wanted), len(wanted) - 1 if len(wanted) > 2 else 0):
            stretch = words[start : start + length]
            if len(stretch) < 2 or not stretch[0].capital or not _together(stretch, text):
                continue
            score = _likeness([word.part for word in stretch], wanted)
            if score >= TEXT_MATCH and (best is None or score > best.score):
                rule = "as written" if score == 1.0 else "by sound and letters"
                best = Match(stretch[0].start, stretch[-1].end, score, number, rule)
    return best


@lru_cache(100_000)
def _parts(text: str) -> list[Part]:
    return parts(text)


def _together(stretch: list[Word], text: str) -> bool:
    if sum(word.end - word.start for word in stretch) < MIN_LETTERS and not ARABIC.match(text[stretch[0].start]):
        return False
    between = (text[a.end : b.start] for a, b in pairwise(stretch))
    return all(GAP.fullmatch(_without_particles(gap)) for gap in between)


def _without_particles(gap: str) -> str:
    return " ".join(word for word in gap.split() if word.strip(".,-'") not in PARTICLES) if len(gap) > 3 else gap


def _likeness(stretch: list[Part], wanted: list[Part]) -> float:
    """Return how alike the parts are, each paired once; every part of the text must pair."""
    if len(stretch) > len(wanted):
        return 0.0
    if all(p.latin in COMMON or p.generic for p in stretch):
        return 1.0 if [p.latin for p in stretch] == [p.latin for p in wanted] and len(stretch) > 2 else 0.0
    left = list(wanted)
    total = 0.0
    for part in stretch:
        likeness, index = max((alike(part, other), -i) for i, other in enumerate(left))
        if likeness < 0.7:
            return 0.0
        total += likeness
        left.pop(-index)
    share = total / len(stretch)
    return share - 0.05 * len(left)


def _single(words: list[Word], artifact: Artifact) -> Iterator[Match]:
    """Find names of one part: long ones, and acronyms in capitals."""
    for word in words:
        if (
            word.small
            or not word.capital
            or word.part.generic
            or word.part.latin in COMMON
            or len(word.part.latin) < MIN_SINGLE
        ):
            continue
        for number in artifact.names_of(f"s{word.part.latin}"):
            if artifact.name(number).kind != "weak alias":
                yield Match(word.start, word.end, 0.9, number, "its only word")


def _east_asian(text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names written in Chinese or Korean letters, and foreign names written by sound."""
    for match in re.finditer(r"[㐀-鿿가-힣]", text):
        name, numbers = artifact.longest(text[match.start() : match.start() + 24])
        if len(name) >= MIN_HAN_NAME:
            yield from (
                Match(match.start(), match.start() + len(name), 1.0, number, "as written") for number in numbers[:1]
            )
    for match in HAN_NAME.finditer(text):
        yield from _by_sound(match, artifact)


def _by_sound(match: re.Match[str], artifact: Artifact) -> Iterator[Match]:
    """Find the name whose parts sound like the runs between the dots; the outer runs may hold other words too."""
    runs = [(found.start() + match.start(), found.group()) for found in re.finditer(r"[㐀-鿿]+", match.group())]
    start, first = runs[0]
    end_start, last = runs[-1]
    middle = [part_of(run) for _, run in runs[1:-1]]
    found: list[tuple[float, float, Match]] = []
    for head in range(len(first)):
        for tail in range(len(last), 0, -1):
            stretch = [part_of(first[head:]), *middle, part_of(last[:tail])]
            numbers = {n for a, b in pairwise(stretch) for n in artifact.names_of(coarse_key(a, b))}
            for number in numbers:
                wanted = parts(artifact.name(number).text)
                score = _likeness(stretch, wanted)
                if score >= TEXT_MATCH:
                    letters = Levenshtein.normalized_similarity(
                        *("".join(p.latin for p in side) for side in (stretch, wanted))
                    )
                    match_found = Match(start + head, end_start + tail, score, number, "by its sound in Chinese")
                    found.append((round(score, 2), letters, match_found))
    if found:
        yield max(found, key=lambda entry: entry[:2])[2]


def _best(found: list[Match]) -> list[Match]:
    """Return matches that do not overlap, the surest and longest first."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (-round(m.score, 2), m.start - m.end, m.number)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _with_form(passage: Passage, match: Match) -> tuple[int, int]:
    """Return where *match* stands, with the legal form behind it."""
    folded, end = passage.folded, match.end
    while (follower := FOLLOWING_WORD.match(folded.text, end)) and follower[1] in FORM_OF:
        if passage.text[folded.origin[follower.start(1)]].islower():
            break
        end = follower.end()
    return match.start, end


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
