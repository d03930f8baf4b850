"""The words of a folded text as phrases are matched: runs of letters, runs of digits, single Chinese characters.

Letters and digits are parted, so that `T800`, `T-800` and `T 800` are the same two words.
"""

import re
from dataclasses import dataclass
from itertools import accumulate

# Chinese and Japanese characters stand for themselves: these languages do not part their words.
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(f"[{HAN}]|[0-9]+|[^\\W0-9_{HAN}]+")
PARTED = re.compile(f"({WORD.pattern})")
IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a folded text: word `i` is `texts[i]` and lies at `starts[i]` to `ends[i]` of the folded text.

    `gaps[i]` is what stands before word `i`; the last gap is what stands behind the last word.
    """

    folded: str
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def gap(self, index: int) -> str:
        """Return what stands between word *index* and the one after it."""
        return self.gaps[index + 1]

    def whole(self, first: int, last: int) -> bool:
        """Return whether words *first* to *last* are not a part of a longer run of letters and digits."""
        # No letter stands in a gap, so that words of one run are those that nothing parts.
        parted_before = first == 0 or self.gaps[first] or self._are_parted(first - 1)
        return bool(parted_before and (last + 1 == len(self.texts) or self.gaps[last + 1] or self._are_parted(last)))

    def _are_parted(self, index: int) -> bool:
        """Return whether word *index* and the next, which nothing parts, are two: Chinese characters always are."""
        return bool(IS_HAN.match(self.texts[index][-1]) or IS_HAN.match(self.texts[index + 1]))


def split_words(folded: str) -> Words:
    """Return the words of *folded*."""
    pieces = PARTED.split(folded)
    places = tuple(accumulate(map(len, pieces)))
    return Words(folded, tuple(pieces[1::2]), places[:-1:2], places[1::2], tuple(pieces[::2]))
