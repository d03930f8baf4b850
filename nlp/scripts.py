"""Scripts: what a text is written in, and the languages that have a script for themselves."""

import unicodedata
from collections import Counter
from functools import lru_cache

HAN = "CJK"
KANA = frozenset({"HIRAGANA", "KATAKANA"})
# More letters than this do not change which script prevails.
COUNTED_LETTERS = 400
# From this share of kana on, a text of kana and Han is Japanese that quotes no Chinese.
LEAST_KANA = 1 / 8
# A character of these scripts says as much as this many letters: a brand name does not make Chinese English.
EAST_ASIAN_WEIGHT = 3
EAST_ASIAN = frozenset({HAN, "HANGUL", *KANA})
OWN_SCRIPT = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "SINHALA": "si",
    "ETHIOPIC": "am",
    "TIBETAN": "bo",
    "ORIYA": "or",
    "THAANA": "dv",
}


@lru_cache(20_000)
def script_of(letter: str) -> str:
    """Return the script of *letter* as the first word of its Unicode name, such as `CYRILLIC`."""
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


def prevailing(letters: str) -> str:
    """Return the script that most of *letters* are in; kana and Han count as one, named for what tells them apart."""
    letters = letters[:COUNTED_LETTERS]
    scripts = {script_of(letter) for letter in set(letters)}
    if len(scripts) == 1 and not scripts <= KANA:
        return scripts.pop()
    counts = Counter(map(script_of, letters))
    for script in EAST_ASIAN & counts.keys():
        counts[script] *= EAST_ASIAN_WEIGHT
    kana = sum(counts[name] for name in KANA)
    east_asian = kana + counts[HAN]
    best, number = counts.most_common(1)[0]
    if east_asian and east_asian >= number:
        return "HIRAGANA" if kana >= LEAST_KANA * east_asian else HAN
    return best
