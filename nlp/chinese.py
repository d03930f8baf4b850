"""Chinese words where they matter for matching: does a name of two or three characters cut another word in two?

Chinese is written without spaces: 沙林 (sarin) stands in 长沙林业 (forestry of Changsha). Words are those of OpenCC's
and pypinyin's phrase lists.
"""

from functools import cache
from itertools import chain

from nlp.compiled import compiled

MAX_WORD = 4
# A longer name is no accident.
MAX_DOUBTFUL = 3


@cache
def _words() -> frozenset[str]:
    found: frozenset[str] = compiled("chinese-words", (), lambda: frozenset(_listed()))
    return found


def _listed() -> set[str]:
    from importlib.resources import files

    from pypinyin.phrases_dict import phrases_dict

    table = files("opencc").joinpath("dictionary/STPhrases.txt").read_text("utf-8")
    lines = (line.partition("\t")[0] for line in table.splitlines())
    return {word for word in chain(lines, phrases_dict) if 2 <= len(word) <= MAX_WORD}


def cut_word(text: str, start: int, end: int) -> str | None:
    """Return a word of the folded *text* that begins before the name and ends inside, or an idiom that holds it."""
    if end - start > MAX_DOUBTFUL:
        return None
    words = _words()
    for first in range(max(0, start - MAX_WORD + 1), start):
        for last in range(start + 1, min(len(text), first + MAX_WORD) + 1):
            word = text[first:last]
            if word in words and (last < end or len(word) == MAX_WORD):
                return word
    return None
