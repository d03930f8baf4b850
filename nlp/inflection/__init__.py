"""Inflection of common nouns by rule: a word becomes a base and the endings it may take, in six languages.

A form is known when it is a base followed by one of that base's endings, so that `сталь` finds `стали` and `сталью`,
and `стал` ("became") finds nothing. All words here are folded.
"""

from nlp.inflection.arabic import arabic_paradigms, unclitic
from nlp.inflection.latin import english_paradigms, french_paradigms, spanish_paradigms
from nlp.inflection.paradigm import Paradigm, fixed
from nlp.inflection.russian import russian_paradigms

PARADIGMS = {
    "ar": arabic_paradigms,
    "en": english_paradigms,
    "es": spanish_paradigms,
    "fr": french_paradigms,
    "ru": russian_paradigms,
}
# Shorter words are prepositions, symbols and acronyms, which stay as they are.
MIN_INFLECTED = 3


def paradigms(word: str, language: str) -> tuple[Paradigm, ...]:
    """Return the bases and endings of the folded *word*, as it stands in a dictionary of *language*."""
    rule = PARADIGMS.get(language)
    if rule is None or len(word) < MIN_INFLECTED or not word.isalpha():
        return (fixed(word),)
    return tuple(rule(word))


__all__ = ["Paradigm", "fixed", "paradigms", "unclitic"]
