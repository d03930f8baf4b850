"""Names in running text just as a list writes them, word for word: what no rule of sound or order is needed for."""

from collections.abc import Iterator

from nlp.names.artifact import WRITTEN_WORD, Artifact
from nlp.names.compare import COMMON
from nlp.names.forms import part_of
from nlp.names.words import Match
from nlp.passage import Passage

# The longest names of official lists have about so many words.
MAX_WORDS = 16
# A name of everyday words alone is one only where it has so many.
MIN_EVERYDAY = 3


def find_written(passage: Passage, artifact: Artifact) -> Iterator[Match]:
    """Yield the longest name that stands, word for word, at each word that may begin one."""
    folded = passage.folded
    words = [(found.start(), found.end(), found.group()) for found in WRITTEN_WORD.finditer(folded.text)]
    end = -1
    for index, (start, _, _) in enumerate(words):
        if start < end or passage.text[folded.origin[start]].islower():
            continue
        ahead = "".join(f"{word} " for _, _, word in words[index : index + MAX_WORDS])
        length, numbers = artifact.longest_written(ahead)
        stretch = words[index : index + length]
        if (
            numbers
            and _is_telling([word for _, _, word in stretch])
            and "\n\n" not in folded.text[start : stretch[-1][1]]
        ):
            end = stretch[-1][1]
            strong = [number for number in numbers if artifact.name(number).kind != "weak alias"]
            yield from (Match(start, end, 1.0, number, "as written") for number in strong[:1])


def _is_telling(words: list[str]) -> bool:
    everyday = all(part_of(word).generic or word in COMMON or len(word) < 3 for word in words)
    return len(words) >= MIN_EVERYDAY or not everyday
