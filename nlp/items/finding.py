"""The items that a text names: every name and CAS number, judged by its neighbourhood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.items.context import Placed, Verdict, judge
from nlp.items.lexicon import Cue, Lexicon, Name, lexicon
from nlp.items.thresholds import with_thresholds
from nlp.mention import ITEM, Mention
from nlp.overlaps import settle
from nlp.passage import Passage
from nlp.phrases import Found

CAS_NUMBER = re.compile(r"(?<![\d-])\d{2,7}-\d\d-\d(?![\d-])")
LANGUAGES = {"ar": "Arabic", "en": "English", "es": "Spanish", "fr": "French", "ru": "Russian", "zh": "Chinese"}


@dataclass(frozen=True, slots=True)
class FoundItems:
    """The items that a text names, and the candidates that context decided against."""

    mentions: tuple[Mention, ...]
    rejected: tuple[Mention, ...]


def find_items(passage: Passage, known: Lexicon | None = None) -> FoundItems:
    """Return the items in *passage*, by the catalogue that ships or by *known*."""
    known = known or lexicon()
    accepted: list[Mention] = list(_by_cas(passage, known))
    rejected: list[Mention] = []
    candidates, cues = _candidates(passage, known)
    for found, name in candidates:
        verdict = judge(passage.words, found, name, cues, known)
        (accepted if verdict.meant else rejected).append(_mention(passage, found, name, verdict, known))
    by_entity = {f"item:{item.id}": item for item in known.items}
    kept = with_thresholds(passage, [(mention, by_entity[str(mention.entity)]) for mention in settle(accepted)])
    return FoundItems(tuple(kept), tuple(_outside(rejected, kept)))


def _candidates(passage: Passage, known: Lexicon) -> tuple[list[tuple[Found[Name | Cue], Name]], list[Placed]]:
    candidates: list[tuple[Found[Name | Cue], Name]] = []
    cues: list[Placed] = []
    for found in known.book.find(passage.words):
        for value in found.values:
            if isinstance(value, Cue):
                cues.append(Placed(value, found.first, found.last))
            elif not value.cased or _in_capitals(passage, found):
                candidates.append((found, value))
    return candidates, cues


def _in_capitals(passage: Passage, found: Found[Name | Cue]) -> bool:
    start, end = _span(passage, found)
    return passage.text[start:end].upper() == passage.text[start:end]


def _span(passage: Passage, found: Found[Name | Cue]) -> tuple[int, int]:
    words = passage.words
    return passage.folded.span(words.starts[found.first] + found.clitic, words.ends[found.last])


def _mention(passage: Passage, found: Found[Name | Cue], name: Name, verdict: Verdict, known: Lexicon) -> Mention:
    item = known.items[name.item]
    start, end = _span(passage, found)
    return Mention(
        start,
        end,
        passage.text[start:end],
        ITEM,
        f"item:{item.id}",
        item.name,
        "; ".join(filter(None, (_matched(name), verdict.reason))),
        item.all_codes,
        score=verdict.score,
    )


def _matched(name: Name) -> str:
    if name.strength == "trade":
        return f"trade name or grade '{name.text}'"
    return f"{LANGUAGES[name.language]} name '{name.text}'"


def _by_cas(passage: Passage, known: Lexicon) -> Iterator[Mention]:
    for match in CAS_NUMBER.finditer(passage.folded.text):
        number = known.by_cas.get(match.group())
        if number is None:
            continue
        item = known.items[number]
        start, end = passage.folded.span(*match.span())
        reason = f"CAS number {match.group()}"
        yield Mention(start, end, passage.text[start:end], ITEM, f"item:{item.id}", item.name, reason, item.all_codes)


def _outside(rejected: list[Mention], kept: list[Mention]) -> Iterator[Mention]:
    for mention in settle(rejected):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            yield mention
