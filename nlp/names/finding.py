"""Listed parties in running text: in any script and order of parts, misspelt once, inflected, broken by lines."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from nlp.mention import ORGANISATION, Mention
from nlp.names.artifact import Artifact
from nlp.names.compare import compare
from nlp.names.east_asian import find_east_asian
from nlp.names.extents import extent
from nlp.names.leads import Asked
from nlp.names.parts import Part
from nlp.names.sameness import same
from nlp.names.single import find_single
from nlp.names.verifying import SENTENCE_END, verified
from nlp.names.words import Match, Word, part_of_word, words_of
from nlp.names.written import MAX_WORDS, find_written
from nlp.passage import Passage

# Parts of one name stand at most this far apart, in words.
REACH: Final = 3
REACH_CHARACTERS: Final = 60
BY_SOUND: Final = "by sound and letters"


def find_parties(passage: Passage, artifact: Artifact) -> Iterator[Mention]:
    """Yield the listed parties that *passage* names."""
    text = passage.folded.text
    words = list(words_of(passage))
    found = [
        *find_written(passage, artifact),
        *_by_pairs(words, text, artifact),
        *find_single(words, text, artifact),
        *find_east_asian(text, artifact),
    ]
    for match in _best(found):
        if match.rule != BY_SOUND or _holds(text[match.start : match.end], artifact, match.number):
            yield _mention(passage, artifact, match)


def _holds(written: str, artifact: Artifact, number: int) -> bool:
    """Say whether the comparison of name with name, which weighs what differs too, finds the same."""
    name = artifact.name(number)
    return compare(written, name.text, type=name.type).match


def _by_pairs(words: list[Word], text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names of several parts: two words that are neighbours in a name lead to it."""
    line, bare = _lined([word for word in words if not word.small])
    for first, number in artifact.leads.named_by(_asked(line, bare, text), is_part):
        if first < len(line):
            match = _longest(line, first, number, artifact, text)
        else:
            place, word = bare[first - len(line)]
            match = _longest([word, *line[place + 1 : place + 1 + MAX_WORDS]], 0, number, artifact, text)
        if match is not None:
            yield match


def _lined(telling: list[Word]) -> tuple[list[Word], list[tuple[int, Word]]]:
    """Return words one behind the other, and those that are another without its clitic, with the place of that."""
    line: list[Word] = []
    bare: list[tuple[int, Word]] = []
    for word in telling:
        if line and word.start < line[-1].end:
            bare.append((len(line) - 1, word))
        else:
            line.append(word)
    return line, bare


def _asked(line: list[Word], bare: list[tuple[int, Word]], text: str) -> Asked:
    """Return what to look for: neighbours in the *line*; a word without its clitic may only begin a name."""
    pairs = list(_neighbours(line, text))
    without_clitic = {place: len(line) + number for number, (place, _) in enumerate(bare)}
    pairs += [(without_clitic[one], other) for one, other in pairs if one in without_clitic]
    small = {place for place, word in enumerate(line) if not word.capital}
    words = [word.text for word in (*line, *(word for _, word in bare))]
    return Asked(words, pairs, small, (*range(len(line)), *(place for place, _ in bare)))


def _neighbours(telling: list[Word], text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of two words that may be neighbours in a name."""
    for i, one in enumerate(telling):
        if not one.capital:
            continue
        for step, other in enumerate(telling[i + 1 : i + 1 + REACH]):
            if other.start - one.end > REACH_CHARACTERS or SENTENCE_END.search(text, one.end, other.start):
                break
            # A name begins with a capital letter; in an organisation's the word behind it may be small.
            if other.start >= one.end and (other.capital or step == 0):
                yield i, i + 1 + step


def _longest(words: list[Word], first: int, number: int, artifact: Artifact, text: str) -> Match | None:
    """Return the surest stretch of words around *first* that is the name *number*, or None."""
    name = artifact.name(number)
    spelt = name.words.split()
    begin, end = _reach(words, first, spelt)
    if end - begin < max(2, len(spelt) - 1):
        return None
    best: Match | None = None
    for start in range(begin, first + 1):
        for length in (len(spelt), len(spelt) - 1):
            if start + length > end:
                continue
            stretch = words[start : start + length]
            score = verified(stretch, name.parts, name.text, name.type, text)
            if name.kind == "weak alias" and score < 1.0:
                continue
            if score and (best is None or score > best.score):
                rule = "as written" if score == 1.0 else BY_SOUND
                best = Match(stretch[0].start, stretch[-1].end, score, number, rule)
    return best


def _reach(words: list[Word], first: int, spelt: list[str]) -> tuple[int, int]:
    """Return the places around *first* between which each word is one of those *spelt* in a name."""
    begin = end = first
    while end < min(len(words), first + len(spelt)) and _is_one_of(words[end].text, spelt):
        end += 1
    least = max(0, first - len(spelt) + 1)
    while begin > least and end > first and _is_one_of(words[begin - 1].text, spelt):
        begin -= 1
    return begin, end


def _is_one_of(word: str, spelt: list[str]) -> bool:
    for part in spelt:  # noqa: SIM110 - a generator takes twice as long, and a text asks thousands of times
        if _is_same(word, part):
            return True
    return False


@lru_cache(400_000)
def _is_same(word: str, part: str) -> bool:
    return same(part_of_word(word), part_of_word(part)) > 0


def is_part(word: str, part: Part) -> bool:
    """Say whether a folded word of a text is that part of a name."""
    return same(part_of_word(word), part) > 0


def _best(found: list[Match]) -> list[Match]:
    """Return matches that do not overlap, the surest and longest first."""
    kept: list[Match] = []
    taken = bytearray(max((match.end for match in found), default=0))
    for match in sorted(found, key=lambda m: (-round(m.score, 2), m.start - m.end, m.number)):
        if taken.find(1, match.start, match.end) < 0:
            taken[match.start : match.end] = b"\1" * (match.end - match.start)
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _mention(passage: Passage, artifact: Artifact, match: Match) -> Mention:
    start, end = passage.folded.span(*extent(passage, match))
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
