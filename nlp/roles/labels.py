"""Names behind a label that gives a role, whatever they look like: `Client : Méca-Lihua`, `客户：萨哈尔石化配件`."""

import re
from collections.abc import Iterator

from nlp.passage import Passage
from nlp.roles.words import cues_in

# A value ends with its line or where the next label may begin; a bracket or comma adds to the name.
VALUE = re.compile(
    r"[^\S\n]*[:：][^\S\n]*(?P<value>[\"«“]?[A-ZÀ-ÞА-ЯЁ\u0620-\u06d3\u3400-\u9fff][^\n;|,(（；。，؛،:：]{1,60}?)"
    r"(?=\.?[^\S\n]*(?:$|[\n;|,(（；。，؛،])|\.[^\S\n])"
)
MOST_WORDS = 8


def find_labelled(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield start and end of what stands behind each label that gives a role."""
    words, folded = passage.words, passage.folded
    for found in cues_in(passage):
        if any(cue.frame in ("noun", "to") for cue in found.values):
            match = VALUE.match(passage.text, folded.span(words.starts[found.last], words.ends[found.last])[1])
            if match and len(match["value"].split()) <= MOST_WORDS:
                yield match.span("value")
