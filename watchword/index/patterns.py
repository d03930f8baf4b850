"""Wildcards and regular expressions: what both engines understand alike, or a sentence.

Elasticsearch and the embedded engine share literals, `.`, classes, groups, `|` and greedy quantifiers; what only one of
them has (anchors, `\\d` and its kind, lazy quantifiers) is refused. Letters are folded as the indexed tokens are.
"""

import re

import regex

from index_mappings.analysis import UNSPACED, fold
from watchword.errors import UsageError

WILDCARDS = {"*": ".*", "?": "."}
RESERVED = frozenset('.?+*|{}[]()"\\^$')
RESERVED_IN_CLASS = RESERVED | frozenset("-&~")
# Longer expressions, and higher counts, are refused by Elasticsearch or take it seconds.
MAX_CHARACTERS = 1_000
MAX_COUNT = 100
EXPANDED = "A wildcard in a phrase stands for too many words here; write more of its letters."
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
WILD = re.compile(r"(?<!\\)(?:\\\\)*[*?]")
WILD_WORD = regex.compile(rf"{UNSPACED}\p{{M}}*|[[\p{{L}}\p{{M}}\p{{N}}*?]--{UNSPACED}]+", regex.V1)
UNSPACED_CHARACTER = regex.compile(UNSPACED)
PIECE = re.compile(
    r"(?P<range>\[\^?(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<lazy>[*+?}][?+])|(?P<quantifier>[*+?]|\{\d+(?:,\d*)?\})"
    r"|(?P<look>\(\?)|(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<dot>\.)|(?P<anchor>[\^$])|(?P<broken>[\[\]{}\\])"
    r"|(?P<literal>.)",
    re.DOTALL,
)
REFUSED = {
    "lazy": "quantifiers are greedy; leave the second sign out",
    "look": "groups are plain; write '(' alone",
    "anchor": "an expression always covers a whole word; leave '^' and '$' out, or escape them",
    "broken": "a bracket is not closed, or stands alone; escape it to search for it",
}


def has_wildcard(value: str) -> bool:
    """Say whether *value* has a `*` or `?` that is not escaped."""
    return WILD.search(value) is not None


def unescape(value: str) -> str:
    """Return *value* without the backslashes before escaped characters."""
    return ESCAPED.sub(r"\1", value)


def escape(text: str, reserved: frozenset[str] = RESERVED) -> str:
    """Return *text* so that a regular expression of either engine takes it literally."""
    return "".join(f"\\{character}" if character in reserved else character for character in text)


def wildcard(value: str) -> str:
    """Return the regular expression of *value*, whose `*` and `?` stand for characters; escaped ones for themselves."""
    if len(value) > MAX_CHARACTERS:
        raise UsageError(f"The word with wildcards has {len(value)} characters; {MAX_CHARACTERS} are possible.")
    parts = re.split(r"(\\.|[*?])", value, flags=re.DOTALL)
    return "".join(WILDCARDS.get(part) or escape(fold(unescape(part))) for part in parts)


def questioned(word: str) -> str:
    """Return the regular expression of a *word* of a quotation, where a `?` at its edge may ask instead of standing in.

    Headlines are quoted with their question marks: it stands for one character or for none.
    """
    inside = word.strip("?")
    if not inside:
        return wildcard(word)
    before, after = len(word) - len(word.lstrip("?")), len(word) - len(word.rstrip("?"))
    return ".?" * before + wildcard(inside) + ".?" * after


def wild_words(value: str) -> list[str]:
    """Return the words of *value* with the wildcards that belong to them.

    A wildcard that touches a character which is a word by itself, as in Chinese, stands for what may follow: it goes.
    """
    plain = ESCAPED.sub(" ", value)
    found = []
    for match in WILD_WORD.finditer(plain):
        around = plain[max(match.start() - 1, 0) : match.start()] + plain[match.end() : match.end() + 1]
        if not (set(match.group()) <= set(WILDCARDS) and UNSPACED_CHARACTER.search(around)):
            found.append(match.group())
    return found


def without(translated: str, character: str) -> str:
    """Return a *translated* expression that is met by nothing with *character* in it, unless that is written there."""
    pieces = []
    for match in PIECE.finditer(translated):
        piece = match.group()
        if match.lastgroup == "dot":
            piece = f"[^{character}]"
        elif piece.startswith("[^"):
            piece = f"{piece[:-1]}{character}]"
        pieces.append(piece)
    return "".join(pieces)


def regular(pattern: str) -> str:
    """Return *pattern* as both engines read it alike; raise UsageError where they would not."""
    if len(pattern) > MAX_CHARACTERS:
        raise UsageError(f"The regular expression has {len(pattern)} characters; {MAX_CHARACTERS} are possible.")
    found: list[str] = []
    before = "open"
    for match in [*PIECE.finditer(pattern), None]:
        kind = str(match.lastgroup) if match else "bar"
        if kind in ("bar", "close") and before in ("open", "bar"):
            raise _refused(pattern, "an alternative is empty")
        found.append(_translated(pattern, match) if match else "")
        before = kind
    return _checked(pattern, "".join(found))


def _translated(pattern: str, match: re.Match[str]) -> str:
    kind, piece = str(match.lastgroup), match.group()
    if kind in REFUSED:
        raise _refused(pattern, REFUSED[kind])
    if kind == "range":
        return _class(pattern, piece)
    if kind == "quantifier":
        return _quantifier(pattern, piece)
    if kind in ("escape", "literal"):
        return _literal(pattern, piece)
    return piece


def _literal(pattern: str, piece: str) -> str:
    if len(piece) == 2 and piece[1].isalnum():
        raise _refused(pattern, f"{piece!r} is not known to both engines; write a class such as [0-9]")
    folded = fold(unescape(piece))
    return escape(folded) if len(folded) < 2 else f"({escape(folded)})"


def _quantifier(pattern: str, piece: str) -> str:
    if any(int(number) > MAX_COUNT for number in re.findall(r"\d+", piece)):
        raise _refused(pattern, f"a part may be repeated {MAX_COUNT} times at most")
    return piece


def _class(pattern: str, piece: str) -> str:
    inside = piece[1:-1]
    negated = inside.startswith("^")
    items = re.findall(r"\\.|[^\\]", inside[negated:], re.DOTALL)
    if any(len(item) == 2 and item[1].isalnum() for item in items):
        raise _refused(pattern, "a class holds characters and ranges only")
    last = len(items) - 1
    told = [
        "-" if item == "-" and 0 < index < last else _class_character(unescape(item))
        for index, item in enumerate(items)
    ]
    return f"[{'^' if negated else ''}{''.join(told)}]"


def _class_character(character: str) -> str:
    folded = fold(character)
    return escape(folded if len(folded) == 1 else character.lower(), RESERVED_IN_CLASS)


def _checked(pattern: str, translated: str) -> str:
    try:
        re.compile(translated)
    except (re.error, OverflowError) as error:
        raise _refused(pattern, str(error)) from None
    return translated


def _refused(pattern: str, why: str) -> UsageError:
    return UsageError(f"The regular expression /{pattern}/ cannot be read: {why}.")
