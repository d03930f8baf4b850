"""A query as it is read: the place reached, the signs that people type for Lucene's own, errors that show the place."""

import re
from collections.abc import Callable
from typing import TypeVar

from watchword.errors import UsageError

Value = TypeVar("Value")
# Full-width signs and letters stand for their ASCII forms, one character for one, so that places stay the same.
PLAIN = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "【": "[", "】": "]"}
)
# What may close each opening quote: German, Danish and Polish texts close with what others open with.
QUOTES = {'"': '"', "“": '”“"', "„": "“”", "”": "”", "‟": "”", "«": "»", "»": "«", "「": "」", "『": "』", "《": "》"}
# What is no word and no sign of the language asks for nothing where it stands alone: dashes, currencies, pictures.
SPACE = re.compile(r"(?:\s|[^\w\s()\[\]{}\"“”„‟«»「」『』《》*?!&|<>/\\~^:]++(?=\s|$))+")
SHOWN_CHARACTERS = 24
# More of a value does not help to see what is meant.
SHOWN_OF_VALUE = 60
MARK = "▸"


class QueryError(UsageError):
    """A query cannot be read; `position` counts characters from 0, `sentence` is the message without the place."""

    def __init__(self, sentence: str, text: str, position: int) -> None:
        self.sentence = sentence
        self.position = position
        super().__init__(f"{sentence} See character {position + 1}: {_shown(text, position)}")


def _shown(text: str, position: int) -> str:
    first, last = max(position - SHOWN_CHARACTERS, 0), position + SHOWN_CHARACTERS
    before = ("…" if first else "") + text[first:position]
    after = text[position:last] + ("…" if last < len(text) else "")
    return f"{before}{MARK}{after}"


def short(value: str) -> str:
    """Return *value* as an error names it: in quotes, and not all of it where it is long."""
    return repr(value if len(value) <= SHOWN_OF_VALUE else f"{value[:SHOWN_OF_VALUE]}…")


class Scanner:
    """The text of a query and how far it was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.translate(PLAIN)
        self.at = 0

    def skip(self) -> None:
        """Go over white space and signs that stand alone."""
        match = SPACE.match(self.plain, self.at)
        self.at = match.end() if match else self.at

    def ended(self) -> bool:
        """Say whether nothing is left."""
        self.skip()
        return self.at >= len(self.plain)

    def peek(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what comes next where it matches *pattern*."""
        return pattern.match(self.plain, self.at)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go over what matches *pattern*, white space before it too; return None where something else comes."""
        self.skip()
        return self.take_here(pattern)

    def take_here(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go over what matches *pattern* just here."""
        match = self.peek(pattern)
        self.at = match.end() if match else self.at
        return match

    def take_quoted(self) -> str | None:
        """Go over a quotation that begins just here and return what is in it; return None where none does."""
        closers = QUOTES.get(self.plain[self.at : self.at + 1])
        if closers is None:
            return None
        start, index = self.at, self.at + 1
        while index < len(self.plain) and self.plain[index] not in closers:
            index += 2 if self.plain[index] == "\\" else 1
        if index >= len(self.plain):
            raise self.error('This quote is not closed. Close it, or write \\" to search without it.', start)
        self.at = index + 1
        return self.text[start + 1 : index]

    def error(self, sentence: str, at: int | None = None) -> QueryError:
        """Return an error that shows the place *at*, or the place reached."""
        return QueryError(sentence, self.text, self.at if at is None else at)

    def placed(self, at: int, make: Callable[[], Value]) -> Value:
        """Return what *make* makes; a UsageError from it is raised again with the place *at*."""
        try:
            return make()
        except QueryError:
            raise
        except UsageError as error:
            raise self.error(str(error), at) from None
