"""Unlisted transliterations: Youngbyon, Zaporozhzhia. A word that sounds as a listed name may mean its site."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from nlp.folding import folded
from nlp.sites.catalogue import Site, all_sites

# What writers of Latin letters choose differently for one sound, in this order; the last of a run of letters stays.
STEPS: Final = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("tsch|tch", "ch"),
        ("sch", "sh"),
        ("ph", "f"),
        ("ck|q", "k"),
        ("kh", "h"),
        ("gh", "g"),
        ("zh|dj|dzh", "j"),
        ("tz|ts|z", "s"),
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("w", "v"),
        ("ou|oo", "u"),
        ("ee|ei|ey|ie", "i"),
        ("y|j(?=[aeou])", "i"),
        (r"(.)\1+", r"\1"),
        ("o", "u"),
        ("e", "a"),
        ("(?<=.)[hv]$", ""),
    )
)
# Countries whose names reach Latin letters by several systems; in Chinese names one letter makes another town.
TRANSLITERATED: Final = frozenset(re.findall("..", "AMAZBGBYDZEGILINIQIRJOKGKPKZLYMAPKRUSASYTJUAUZ"))
# Shorter words sound like too many others.
MIN_LETTERS: Final = 6


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return what a folded *word* in Latin letters sounds like, roughly."""
    for written, heard in STEPS:
        word = written.sub(heard, word)
    return word


def sites_sounding_like(word: str) -> tuple[tuple[Site, str], ...]:
    """Return the sites, each with its listed name, that *word*, folded and not itself listed, sounds like."""
    if len(word) < MIN_LETTERS or not word.isascii() or word in _listed():
        return ()
    return _by_sound().get(sound(word), ())


@cache
def _listed() -> frozenset[str]:
    """Return every word that stands in a name of a site."""
    return frozenset(word for name, _ in _latin_names() for word in re.findall("[a-z]+", folded(name)))


@cache
def _by_sound() -> Mapping[str, tuple[tuple[Site, str], ...]]:
    sounds: dict[str, tuple[tuple[Site, str], ...]] = defaultdict(tuple)
    for name, site in _latin_names():
        word = folded(name)
        if site.country in TRANSLITERATED and len(word) >= MIN_LETTERS and re.fullmatch("[a-z]+", word):
            sounds[sound(word)] += ((site, name),)
    return sounds


def _latin_names() -> Iterator[tuple[str, Site]]:
    for site in all_sites():
        for name, language, _ in site.all_names():
            if language in {"en", "fr", "es"}:
                yield name, site
