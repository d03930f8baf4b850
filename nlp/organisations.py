"""Organisations that no list knows, found by their legal form."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.legal_forms import legal_forms
from nlp.mention import ORGANISATION, Mention
from nlp.passage import Passage

LATIN_WORD = r"[A-ZÀ-Þ0-9][\w&'’.\-]*"
CYRILLIC_NAME = r"(?:«[^«»\n]{2,80}»|\"[^\"\n]{2,80}\"|“[^“”\n]{2,80}”)"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    forms = legal_forms()
    after = "|".join(
        re.escape(f.written).replace(r"\ ", r"\s") for f in forms if f.position == "after" and f.written.isascii()
    )
    before = "|".join(re.escape(f.written) for f in forms if f.position == "before" and f.written[0] in "АОПЗФ")
    return (
        re.compile(
            rf"(?<!\w){LATIN_WORD}(?:[ \u00a0](?:(?:&|and|of|for|de|du|et|y|und|e)[ \u00a0])?{LATIN_WORD}){{0,7}},?[ \u00a0](?:{after})(?!\w)\.?"
        ),
        re.compile(rf"(?<!\w)(?:{before})\s?{CYRILLIC_NAME}"),
        re.compile(r"[\u4e00-\u9fff（）()]{3,24}(?:有限公司|股份公司)"),
    )


def find_organisations(passage: Passage) -> Iterator[Mention]:
    """Yield the organisations of *passage* that carry a legal form."""
    for pattern in _patterns():
        for match in pattern.finditer(passage.text):
            name = " ".join(match.group().split())
            yield Mention(
                match.start(), match.end(), match.group(), ORGANISATION, None, name, "a legal form", score=0.8
            )
