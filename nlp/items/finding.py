"""The items that a text names: every name and CAS number, judged by its neighbourhood."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nlp.items.candidate import Candidate, Measured, Verdict
from nlp.items.catalogue import Item
from nlp.items.context import EVERYDAY_REACH, Company, is_spoken_for, judge_strong, judge_weak
from nlp.items.coordination import ARABIC_AND, find_shared
from nlp.items.lexicon import PLURAL_ACRONYM, Cue, Lexicon, Name, lexicon
from nlp.items.proper import is_proper
from nlp.items.surroundings import Placed, Surroundings, surroundings
from nlp.items.thresholds import with_thresholds
from nlp.items.traces import find_traces
from nlp.mention import ITEM, Mention
from nlp.overlaps import Stretches, settle
from nlp.passage import Passage
from nlp.phrases import Found

CAS_NUMBER = re.compile(r"\d(?<![\d-]\d)\d{1,6}-\d\d-\d(?![\d-])")
# A name that is not meant may have spoken for others within so many words; Chinese has two for one.
REJUDGED = 2 * EVERYDAY_REACH
# What stands between two names of one item: "T800 fibre", 300型钢.
BESIDE = re.compile(r"[\s-]?型?")
# The name of a substance stands this many characters from its CAS number.
NAME_BESIDE = 60
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}
# An acronym with the ending of a case: РИТЭГов.
RUSSIAN_CASE = re.compile("[А-ЯЁ]{3,}(?:а|у|ом|е|ы|ов|ам|ами|ах)")
# A name that a number follows is one in any letters, inconel 718, but for short ones.
SMALL_IS_A_WORD = re.compile(r"(?=[^a-zа-я])(?:[^\W\d_]+[^\d]*|[^\W\d_]{1,3} .*)")
LATIN = frozenset({"en", "es", "fr"})
# A weak name has its item's sense all through a text where it surely has it once, or in so much of its places.
SURELY, FAIR_SHARE = 0.75, 1 / 3
STRENGTHS = ("strong", "trade", "weak")


@dataclass(frozen=True, slots=True)
class FoundItems:
    """The items that a text names, and the candidates that context decided against."""

    mentions: tuple[Mention, ...]
    rejected: tuple[Mention, ...]


def find_items(passage: Passage, known: Lexicon | None = None) -> FoundItems:
    """Return the items in *passage*, by the catalogue that ships or by *known*."""
    known = known or lexicon()
    candidates, around = _look(passage, known)
    if not candidates:
        return FoundItems(tuple(_by_cas(passage, known)), ())
    plain = [(_mention(passage, candidate, known), known.items[candidate.name.item]) for candidate in candidates]
    judged = list(_judge(passage, candidates, with_thresholds(passage, plain), around))
    accepted = [mention for mention, verdict in judged if verdict.meant]
    kept = settle([*_unnamed(_by_cas(passage, known), accepted), *_joined(passage, accepted)])
    rejected = settle(mention for mention, verdict in judged if not verdict.meant)
    return FoundItems(tuple(kept), tuple(_outside(rejected, kept)))


def _look(passage: Passage, known: Lexicon) -> tuple[list[Candidate], Surroundings]:
    """Return the names in *passage*, an item once a place, and the cues around them."""
    best: dict[tuple[int, int, int], Candidate] = {}
    cues: list[Placed] = []
    for found in _with_shared(passage, known):
        for value in found.values:
            if isinstance(value, Cue):
                if _is_heard(passage, value, found):
                    cues.append(Placed(value, found.first, found.last, _has_capital(passage, value, found.first)))
                continue
            candidate = _candidate(passage, found, value, known)
            key = (found.first, found.last, value.item)
            if _may_be_meant(passage, candidate) and (key not in best or _prefer(candidate, best[key], passage)):
                best[key] = candidate
    return sorted(best.values(), key=lambda c: (c.first, c.last)), surroundings(passage.words, cues)


def _with_shared(passage: Passage, known: Lexicon) -> Iterator[Found[Name | Cue]]:
    """Yield what the book finds, and the names that share a word with one of those."""
    for found in known.book.find(passage.words):
        yield found
        if any(isinstance(value, Name) for value in found.values):
            for part in find_shared(passage.words, found, known.book):
                names = tuple(value for value in part.values if isinstance(value, Name))
                yield Found(part.first, part.last, _letters_before(passage, part.first, found.last), names)


def _letters_before(passage: Passage, first: int, last: int) -> int:
    """Return how many letters of word *first*, which stands behind word *last*, are the Arabic "and"."""
    return int(first > last and passage.words.texts[first].startswith(ARABIC_AND))


def _is_heard(passage: Passage, cue: Cue, found: Found[Name | Cue]) -> bool:
    """Return whether a word of context is in the language of the text, and an acronym in capitals."""
    if cue.language in LATIN and passage.language in LATIN and cue.language != passage.language:
        return False
    return not cue.cased or _in_capitals(passage, found.first, found.last)


def _has_capital(passage: Passage, cue: Cue, word: int) -> bool:
    start = passage.folded.origin[passage.words.starts[word]]
    return passage.text[start].isupper() and not cue.word[:1].isupper()


def _candidate(passage: Passage, found: Found[Name | Cue], name: Name, known: Lexicon) -> Candidate:
    words = passage.words
    start, end = passage.folded.span(words.starts[found.first] + found.clitic, words.ends[found.last])
    if name.strength == "trade" and _is_small(name.text, passage.text[start:end]):
        name = _as_weak(name)
    return Candidate(name, found.first, found.last, start, end, known.items[name.item].area)


def _is_small(name: str, written: str) -> bool:
    """Return whether what a maker writes with a capital stands without: boson and neuron are words, as in "dla 180"."""
    return SMALL_IS_A_WORD.fullmatch(name) is not None and written == written.lower() != written.upper()


@lru_cache(4096)
def _as_weak(name: Name) -> Name:
    return replace(name, strength="weak")


def _may_be_meant(passage: Passage, candidate: Candidate) -> bool:
    """Return whether a name is in its own capitals, and, where it has an everyday sense, in the text's language."""
    name = candidate.name
    written = passage.text[candidate.start : candidate.end]
    if name.cased and written != name.text and not _in_capitals(passage, candidate.first, candidate.last):
        return False
    if "ñ" in written and "ñ" not in name.text.lower():
        return False
    if name.strength != "weak" or name.language not in LATIN or name.language == passage.language:
        return True
    language = passage.language_at(candidate.start)
    return language == name.language or (name.language == "en" and language not in LATIN)


def _in_capitals(passage: Passage, first: int, last: int) -> bool:
    start, end = passage.folded.span(passage.words.starts[first], passage.words.ends[last])
    written = PLURAL_ACRONYM.sub("", passage.text[start:end])
    return written.upper() == written or RUSSIAN_CASE.fullmatch(written) is not None


def _prefer(one: Candidate, other: Candidate, passage: Passage) -> bool:
    """Return whether *one* explains better than *other* why the item was found."""
    return _order(one.name, passage) < _order(other.name, passage)


def _order(name: Name, passage: Passage) -> tuple[int, bool, bool]:
    return STRENGTHS.index(name.strength), name.language != passage.language, name.language != "en"


def _judge(
    passage: Passage, candidates: list[Candidate], mentions: list[tuple[Mention, bool]], around: Surroundings
) -> Iterator[tuple[Mention, Verdict]]:
    """Yield each mention with the verdict on it: first on names that usually mean their item, then on the rest."""
    pairs = list(zip(candidates, mentions, strict=True))
    verdicts = _judge_strong(passage, [c for c, _ in pairs if c.name.strength != "weak"], around)
    strong = [(c, m, verdicts[c]) for c, (m, _) in pairs if c in verdicts]
    yield from ((_explained(mention, verdict), verdict) for _, mention, verdict in strong)
    weak = [(c, m, Measured(m.threshold, known)) for c, (m, known) in pairs if c.name.strength == "weak"]
    company = Company([c for c, _, verdict in strong if verdict.meant], [c for c, _, _ in weak])
    first = [judge_weak(c, around, company, measured, passage.text) for c, _, measured in weak]
    proved = _proved([c for c, _, _ in weak], first)
    again = replace(company, proved=proved)
    for (candidate, mention, measured), verdict in zip(weak, first, strict=True):
        if not verdict.meant and candidate.name.item in proved:
            verdict = judge_weak(candidate, around, again, measured, passage.text)  # noqa: PLW2901
        yield _explained(mention, verdict), verdict


def _proved(weak: list[Candidate], verdicts: list[Verdict]) -> frozenset[int]:
    """Return the items whose weak names context proves: surely somewhere, or in a fair share of the places."""
    places = Counter(candidate.name.item for candidate in weak)
    met = [(c.name.item, verdict.score) for c, verdict in zip(weak, verdicts, strict=True) if verdict.meant]
    counts = Counter(item for item, _ in met)
    sure = {item for item, score in met if score >= SURELY}
    return frozenset(item for item, count in counts.items() if item in sure or count >= places[item] * FAIR_SHARE)


def _judge_strong(passage: Passage, candidates: list[Candidate], around: Surroundings) -> dict[Candidate, Verdict]:
    """Return the verdict on each name; names that are not meant speak for no other."""
    traces = find_traces(passage, candidates)
    verdicts = {c: judge_strong(c, around, passage.text) for c in candidates}
    dismissed = [(c.first, c.last) for c, verdict in verdicts.items() if not verdict.meant]
    if dismissed:
        around = around.without(dismissed)
        again = (c for c, verdict in verdicts.items() if verdict.meant and _is_near(c, dismissed))
        verdicts |= {c: judge_strong(c, around, passage.text) for c in again}
        verdicts |= dict(_like_the_others(passage, verdicts, around))
    trace = Verdict(False, 0.2, "named as a trace in something else")
    return {c: trace if (c.start, c.end) in traces else verdict for c, verdict in verdicts.items()}


def _like_the_others(
    passage: Passage, verdicts: dict[Candidate, Verdict], around: Surroundings
) -> Iterator[tuple[Candidate, Verdict]]:
    """Yield names that stand as proper names beside one that is no item: of three bands, one may be called a band."""
    names = [c for c in verdicts if is_proper(c, passage.text)]
    dismissed = [(c.first, c.last) for c in names if not verdicts[c].meant]
    for candidate in names:
        if verdicts[candidate].meant and _is_near(candidate, dismissed) and not is_spoken_for(candidate, around):
            yield candidate, Verdict(False, 0.2, "a proper name, like another beside it")


def _is_near(candidate: Candidate, stretches: list[tuple[int, int]]) -> bool:
    """Return whether any of *stretches*, in order, may have spoken for *candidate*."""
    place = bisect_left(stretches, (candidate.first, 0))
    neighbours = stretches[max(0, place - 1) : place + 1]
    return any(first - REJUDGED <= candidate.last and candidate.first <= last + REJUDGED for first, last in neighbours)


def _explained(mention: Mention, verdict: Verdict) -> Mention:
    matched, _, parameters = mention.reason.partition("; ")
    reason = "; ".join(filter(None, (matched, verdict.reason, parameters)))
    return replace(mention, reason=reason, score=verdict.score)


def _mention(passage: Passage, candidate: Candidate, known: Lexicon) -> Mention:
    start, end = candidate.start, candidate.end
    return _of_item(passage, (start, end), known.items[candidate.name.item], _matched(candidate.name))


def _of_item(passage: Passage, span: tuple[int, int], item: Item, reason: str) -> Mention:
    text = passage.text[span[0] : span[1]]
    return Mention(*span, text, ITEM, f"item:{item.id}", item.name, reason, item.all_codes)


def _matched(name: Name) -> str:
    if not name.language:
        return f"trade name or grade '{name.text}'"
    return f"{LANGUAGES[name.language]} name '{name.text}'"


def _by_cas(passage: Passage, known: Lexicon) -> Iterator[Mention]:
    for match in CAS_NUMBER.finditer(passage.folded.text):
        number = known.by_cas.get(match.group())
        if number is not None:
            span = passage.folded.span(*match.span())
            yield _of_item(passage, span, known.items[number], f"CAS number {match.group()}")


def _unnamed(numbers: Iterator[Mention], named: list[Mention]) -> Iterator[Mention]:
    """Yield those of *numbers* whose substance is not named beside them: "thiodiglycol (CAS 111-48-8)" is one item."""
    by_item: dict[str | None, list[int]] = {}
    for mention in named:
        by_item.setdefault(mention.entity, []).extend((mention.start, mention.end))
    for number in numbers:
        beside = by_item.get(number.entity, ())
        if not any(abs(place - number.start) <= NAME_BESIDE for place in beside):
            yield number


def _joined(passage: Passage, mentions: list[Mention]) -> Iterator[Mention]:
    """Yield *mentions* with neighbours of one item as one: "carbon fibre" and "T800", "alloy 7075" and "7075-T6"."""
    by_item: dict[str | None, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        of_item = by_item.setdefault(mention.entity, [])
        if of_item and _touch(passage, of_item[-1], mention):
            of_item[-1] = _one(passage, of_item[-1], mention)
        else:
            of_item.append(mention)
    for of_item in by_item.values():
        yield from of_item


def _touch(passage: Passage, before: Mention, mention: Mention) -> bool:
    return mention.start <= before.end or BESIDE.fullmatch(passage.text, before.end, mention.start) is not None


def _one(passage: Passage, before: Mention, mention: Mention) -> Mention:
    """Return two mentions of one item as one, with the reasons of both where neither holds the other."""
    if mention.end <= before.end:
        return replace(before, threshold=before.threshold or mention.threshold)
    text = passage.text[before.start : mention.end]
    limit = before.threshold or mention.threshold
    reason = mention.reason if mention.start == before.start else f"{before.reason}; {mention.reason}"
    score = max(before.score, mention.score)
    return replace(before, end=mention.end, text=text, reason=reason, threshold=limit, score=score)


def _outside(rejected: list[Mention], kept: list[Mention]) -> Iterator[Mention]:
    taken = Stretches((mention.start, mention.end) for mention in kept)
    yield from (mention for mention in rejected if taken.are_free(mention.start, mention.end))
