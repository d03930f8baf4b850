"""The words of a folded text as phrases are matched: runs of letters, runs of digits, single Chinese characters.

Letters and digits are parted, so that `T800`, `T-800` and `T 800` are the same two words.
"""

import re
from dataclasses import dataclass

# Chinese and Japanese characters stand for themselves: these languages do not part their words.
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(f"[{HAN}]|[0-9]+|[^\\W0-9_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a folded text: word `i` is `texts[i]` and lies at `starts[i]` to `ends[i]` of the folded text."""

    folded: str
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def gap(self, index: int) -> str:
        """Return what stands between word *index* and the one after it."""
        return self.folded[self.ends[index] : self.starts[index + 1]]

    def whole(self, first: int, last: int) -> bool:
        """Return whether words *first* to *last* are not a part of a longer run of letters and digits."""
        before = self.folded[self.starts[first] - 1 : self.starts[first]]
        after = self.folded[self.ends[last] : self.ends[last] + 1]
        return not (_joins(before, self.texts[first][0]) or _joins(after, self.texts[last][-1]))


def _joins(neighbour: str, edge: str) -> bool:
    return neighbour.isalnum() and not IS_HAN.match(neighbour) and not IS_HAN.match(edge)


def split_words(folded: str) -> Words:
    """Return the words of *folded*."""
    texts = WORD.findall(folded)
    starts, ends, end = [], [], 0
    for text in texts:
        # Between two words stands no letter, so that the next place of a word's letters is the word's.
        start = folded.index(text, end)
        end = start + len(text)
        starts.append(start)
        ends.append(end)
    return Words(folded, tuple(texts), tuple(starts), tuple(ends))
