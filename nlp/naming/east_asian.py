"""Organisations with Japanese and Korean names: the legal form closes the name, or opens it."""

import re
from collections.abc import Iterator
from functools import cache

from nlp.legal_forms import alternatives, legal_forms
from nlp.naming.stretch import Stretch

# Hiragana is left out: it holds the particles around a name.
KANA, HANGUL = re.compile("[\u3041-\u30ff]"), re.compile("[\uac00-\ud7a3]")
JAPANESE_NAME = r"[\u30a1-\u30ff\u3400-\u9fffＡ-Ｚａ-ｚA-Za-z0-9・&＆]"
KOREAN_PARTICLE = re.compile("(?<=..)(?:에서|에게|으로|은|는|이|가|을|를|의|와|과|에|로)$")
PARTICLE = "(?:은|는|이|가|을|를|의|와|과|에|에서|에게|로|으로)"
KOREAN_NAME = r"[\uac00-\ud7a3A-Za-z0-9&]"


@cache
def _forms(letters: str) -> str:
    pattern = re.compile(letters)
    return alternatives([form for form in legal_forms() if pattern.search(form.written)])


def find_japanese(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names have a Japanese legal form."""
    if not KANA.search(text):
        return
    forms = _forms("会社|法人|株|有）")
    for match in re.finditer(rf"{JAPANESE_NAME}+(?:{forms})|(?:{forms})\s?{JAPANESE_NAME}+", text):
        yield Stretch(match.start(), match.end(), "a Japanese legal form")


def find_korean(text: str) -> Iterator[Stretch]:
    """Yield the organisations of *text* whose names have a Korean legal form."""
    if not HANGUL.search(text):
        return
    forms = _forms("[\uac00-\ud7a3㈜]")
    opened = rf"(?P<name>{KOREAN_NAME}+)"
    for match in re.finditer(
        rf"(?:(?P<before>{KOREAN_NAME}+)\s?)?(?P<form>{forms})(?:{PARTICLE}(?=[\s.,]|$)|\s?{opened})?", text
    ):
        if match["name"] and not _closes_korean(match):
            particle = KOREAN_PARTICLE.search(match["name"])
            yield Stretch(
                match.start("form"), match.end() - len(particle.group() if particle else ""), "a Korean legal form"
            )
        elif match["before"]:
            yield Stretch(match.start(), match.end("form"), "a Korean legal form")


def _closes_korean(match: re.Match[str]) -> bool:
    """Return whether the form belongs to the name written onto it from before."""
    return match["before"] is not None and match.end("before") == match.start("form")
