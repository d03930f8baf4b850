"""Features of Chinese characters: neighbours, the likeliest word, the words beside it, and names it may be part of."""

from collections.abc import Sequence

from nlp.features.templates import EDGE, around, rows
from nlp.segmentation import name_places, segmented

TEMPLATES = (
    *around("sign", 2),
    *("sign-1 sign", "sign sign+1", "sign-2 sign-1", "sign+1 sign+2", "sign-1 sign sign+1", "sign-2 sign-1 sign"),
    *("sign sign+1 sign+2", "sign-1 sign+1", "sign sign+1 sign+2 sign+3", "kind", "kind-1 kind kind+1"),
    *("at word", "at speech", "wordbefore", "wordafter", "at speechbefore speech", "at speech speechafter"),
    *("at wordbefore word", "at word wordafter", "at speechbefore speech speechafter"),
    *("at last", "lastbefore", "lastafter"),
)


def chinese_features(document: Sequence[Sequence[str]]) -> list[list[list[str]]]:
    """Return the features of the characters of each sequence of a document."""
    return [_features(sequence) for sequence in document]


def _features(signs: Sequence[str]) -> list[list[str]]:
    text = "".join(sign if len(sign) == 1 else "x" for sign in signs)
    cut = segmented(text)
    columns: dict[str, Sequence[str]] = {"sign": signs, "kind": [_kind(sign) for sign in text]}
    columns["word"], columns["at"], columns["speech"] = zip(*cut, strict=True) if cut else ((), (), ())
    found, ways = rows(columns | _beside(cut), TEMPLATES), name_places(text)
    return [[*row, *(f"name={way}" for way in of.split())] for row, of in zip(found, ways, strict=True)]


def _beside(cut: Sequence[tuple[str, str, str]]) -> dict[str, Sequence[str]]:
    """Return for each character the words before and after its own, their last characters and parts of speech."""
    words = [(EDGE, EDGE), *((word, speech) for word, at, speech in cut if at in "BS"), (EDGE, EDGE)]
    before, after, number = [words[0]] * len(cut), [words[-1]] * len(cut), 0
    for index, (_, at, _) in enumerate(cut):
        number += at in "BS"
        before[index], after[index] = words[number - 1], words[number + 1]
    return {
        "wordbefore": [word for word, _ in before],
        "wordafter": [word for word, _ in after],
        "speechbefore": [speech for _, speech in before],
        "speechafter": [speech for _, speech in after],
        "last": [word[-1] for word, _, _ in cut],
        "lastbefore": [word[-1] for word, _ in before],
        "lastafter": [word[-1] for word, _ in after],
    }


def _kind(sign: str) -> str:
    if sign.isdigit():
        return "d"
    if "\u3400" <= sign <= "\u9fff":
        return "h"
    if sign.isascii() and sign.isalpha():
        return "A" if sign.isupper() else "a"
    return sign
