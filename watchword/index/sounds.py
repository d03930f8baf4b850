"""Sounds: the consonants of a word as any script can write them, for "did you mean" where a query finds nothing.

A word is romanised (anyascii). Its vowels and `h`, `w`, `y` are left out: scripts write them differently or not at all.
Consonants that transliterations exchange fall into one class: `b p f v`, `t d`, `k g q`, sibilants, `l r`, `m n`. Where
a letter is read in two ways, the word is heard in both.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from index_mappings.analysis import fold

# A run of letters; a run of Chinese characters longer than a name is a sentence.
WORD = re.compile(r"[^\W\d_]+")
MAX_EAST_ASIAN = 8
FIRST_EAST_ASIAN = "\u2e80"
# One class of consonants is shared by too many words to tell anything.
MIN_CLASSES = 2
MAX_SOUNDS = 40
# Words repeat: this many serve nearly every title and name.
CACHED_WORDS = 100_000
ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
HOOKED = str.maketrans(
    {"č": "ch", "ć": "ch", "ç": "ch", "š": "sh", "ş": "sh", "ś": "sh", "ž": "zh", "ż": "zh", "ź": "zh"}
)
# What else a romanised word may be heard as, by the script it is written in.
READINGS = (
    # Endings of Russian cases, behind a stem of four letters or more.
    (re.compile(r"[а-я]"), re.compile(r"(?<=\w{4})(?:ogo|omu|ymi|imi|ami|yami|ym|im|om|em|oi|ei|akh|yakh)$"), ""),
    # German and Polish w; Hebrew vav as a vowel; Arabic and Chinese letters that stand for a hard g or k, too.
    (re.compile(r"[a-z]"), re.compile("w"), "v"),
    (re.compile(r"[א-ת]"), re.compile(r"(?<=.)v"), ""),
    (re.compile(r"[ء-ي]"), re.compile("j"), "g"),
    (re.compile(r"[\u4e00-\u9fff]"), re.compile("[jq]"), "g"),
)
SIBILANTS = re.compile(r"shch|tsch|sch|tch|dzh|sh|ch|zh|dj|ts|tz|cz|sz|c(?=[eiy])")
OTHERS = (("ph", "f"), ("kh", ""), ("gh", "k"), ("th", "t"), ("dh", "t"), ("x", "ks"), ("er", "el"), ("ng", "n"))
CLASSES = str.maketrans("bpfvtdkgqcszjlrmn", "bbbbttkkkksssllnn", "aeiouhwy")
DOUBLE = re.compile(r"(.)\1+")


def sounds(text: str) -> list[str]:
    """Return the sounds of the words of a title or a name, each once."""
    found = dict.fromkeys(heard for word in WORD.findall(text) for heard in sounds_of(word))
    return list(found)[:MAX_SOUNDS]


@lru_cache(CACHED_WORDS)
def sounds_of(word: str) -> tuple[str, ...]:
    """Return the consonant classes of *word*, of each way to read it."""
    if word >= FIRST_EAST_ASIAN and len(word) > MAX_EAST_ASIAN:
        return ()
    folded = ARABIC_ARTICLE.sub("", fold(word.lower().translate(HOOKED)))
    latin = re.sub(r"[^a-z]", "", anyascii(folded).lower())
    others = (letter.sub(heard, latin) for script, letter, heard in READINGS if script.match(folded))
    heard = dict.fromkeys(map(classes, (latin, *others)))
    return tuple(sound for sound in heard if len(sound) >= MIN_CLASSES)


def classes(latin: str) -> str:
    """Return the consonant classes of a romanised word, without doubles."""
    plain = SIBILANTS.sub("s", latin)
    for written, said in OTHERS:
        plain = plain.replace(written, said)
    return DOUBLE.sub(r"\1", plain.translate(CLASSES))
