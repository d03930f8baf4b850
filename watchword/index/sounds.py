"""Sounds: what a word sounds like in any script, for "did you mean" where a query finds nothing."""

import re
from functools import lru_cache

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


def sounds(text: str) -> list[str]:
    """Return the sounds of the words of a title or a name, each once."""
    found = dict.fromkeys(heard for word in WORD.findall(text) for heard in sounds_of(word))
    return list(found)[:MAX_SOUNDS]


@lru_cache(CACHED_WORDS)
def sounds_of(word: str) -> tuple[str, ...]:
    """Return the consonant classes of *word* as any script can write them, with and without a case ending."""
    from nlp.names.forms import coarse, part_of, skeleton

    if word >= FIRST_EAST_ASIAN and len(word) > MAX_EAST_ASIAN:
        return ()
    part = part_of(fold(word))
    heard = dict.fromkeys((part.coarse, coarse(skeleton(part.latin)) if not part.han else part.coarse))
    return () if part.generic else tuple(classes for classes in heard if len(classes) >= MIN_CLASSES)
