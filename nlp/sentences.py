"""Sentences of a text, by punctuation and line ends, in all scripts."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# A full stop after one of these ends no sentence; nor does one after a single letter.
ABBREVIATIONS = (
    "co ltd inc corp no nos dr mr mrs ms st art al eds approx vs fig cf ca pte llc jr sr est min max dia vol para "
    "paras sra dra av núm cía ste éts réf env ул г гг им т д п ст тыс млн млрд стр обл руб см др проч "
    "e.g i.e a.k.a f.k.a s.a c.v u.s u.k"
)
ABBREVIATION = "|".join(map(re.escape, ABBREVIATIONS.split()))
ABBREVIATED = re.compile(rf"(?:^|[\s(«\"])(?:{ABBREVIATION}|[^\W\d_])\.$", re.IGNORECASE)
# What ends a sentence; a line end does where the next line does not go on in lower case.
LINE_GOES_ON = r"(?=[^\S\n]*[^\sa-zа-яё\u0620-\u06ff])"
MARKS, HAN_MARKS = ".!?؟…", "。！？"
END = re.compile(
    rf"[{MARKS}{HAN_MARKS}\n](?:(?<=[{MARKS}])(?<![{MARKS}].)[{MARKS}]*+[\"'»”’)\]]*+\s++(?=\S)"
    rf"|(?<=[{HAN_MARKS}])[{HAN_MARKS}]*[”」』）]*\s*|(?<=\n)(?:\s*\n\s*|{LINE_GOES_ON}))"
)
LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where the sentences of a text begin; sentence `i` ends where the next begins."""

    starts: tuple[int, ...]
    length: int

    def index(self, offset: int) -> int:
        """Return the number of the sentence that *offset* lies in."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def span(self, index: int) -> tuple[int, int]:
        """Return start and end of sentence *index*; of an empty one where there is none."""
        if not 0 <= index < len(self.starts):
            return self.length, self.length
        end = self.starts[index + 1] if index + 1 < len(self.starts) else self.length
        return self.starts[index], end


def split_sentences(text: str) -> Sentences:
    """Return the sentences of *text*."""
    return Sentences((0, *_breaks(text)), len(text))


def _breaks(text: str) -> Iterator[int]:
    for match in END.finditer(text):
        if text[match.start()] == "." and _goes_on(text, match):
            continue
        if match.end() < len(text):
            yield match.end()


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Return whether the full stop at *match* belongs to an abbreviation or a number."""
    if "\n\n" in match.group():
        return False
    if text[match.end()].islower():
        return True
    before = text[max(0, match.start() - LOOK_BACK) : match.start() + 1]
    return ABBREVIATED.search(before) is not None
