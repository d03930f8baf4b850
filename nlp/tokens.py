"""spaCy tokenisation: one blank pipeline a language, made when first needed."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# spaCy refuses longer texts by default because parsers need memory; tokenising alone does not.
MAX_CHARACTERS = 20_000_000


@lru_cache(maxsize=64)
def pipeline(language: str | None) -> "Language":
    """Return the blank spaCy pipeline of *language*, or the multi-language one where spaCy has none."""
    from nlp.spacy_alone import import_spacy

    spacy = import_spacy()
    try:
        blank = spacy.blank(language or "xx")
    except ImportError:  # spaCy knows no such language, or its tokeniser needs a package that is not installed
        blank = spacy.blank("xx")
    blank.max_length = MAX_CHARACTERS
    return blank


def tokenise(text: str, language: str | None) -> "Doc":
    """Return *text* as a spaCy Doc; Chinese is one character a token."""
    return pipeline(language).make_doc(text)
