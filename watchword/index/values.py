"""Values of a query as leaves of its tree: what a word, a quotation, an expression or a range means in its field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from index_mappings.analysis import FIRST_EAST_ASIAN, FOLDED_WORDS, fold_keyword, languages_of, words
from index_mappings.fields import DATES, FIELDS, NUMBERS
from index_mappings.mentions import ANY, mention_token
from index_mappings.mentions import FIELDS as MENTION_FIELDS
from watchword.errors import UsageError
from watchword.index.dates import STEP, span
from watchword.index.patterns import escape, has_wildcard, questioned, regular, unescape, wild_words, wildcard
from watchword.index.places import DEFAULT_KM, around, within
from watchword.index.scanner import short
from watchword.index.tree import (
    All,
    DateRange,
    Exact,
    Exists,
    Fuzzy,
    Keyword,
    MentionNear,
    MentionsNear,
    Near,
    Node,
    NumberRange,
    Pattern,
    Phrase,
    RowNear,
    RowsNear,
    Word,
)

# More edits than this find words that no reader would take for a spelling of the one typed.
MAX_EDITS = 2
# Further apart, two words are no longer said of each other; AND is meant.
MAX_BETWEEN = 1_000
# The embedded engine looks for words of several characters at each distance by itself.
MAX_BETWEEN_ROWS = 50
KILOMETRES = {"": 1.0, "km": 1.0, "mi": 1.609344, "nm": 1.852}
MENTION = re.compile(rf"({'|'.join(MENTION_FIELDS)}):(\S+)$")
NUMBER = re.compile(r"-?\d{1,9}")
DECIMAL = re.compile(r"-?\d{1,6}(?:\.\d{1,3})?")
# As Chinese and Japanese keyboards write it.
WIDE_COLON = "\uff1a"
# Customs forms write headings of the Harmonized System without the point.
HEADING = re.compile(r"^(\d{4})(\d{2})$")
NEARNESS = re.compile(r"(\d+)$")
DISTANCE = re.compile(r"(\d+(?:\.\d+)?)(km|mi|nm)?$")


@dataclass(frozen=True)
class Values:
    """Makes leaves for one field; `now` is what relative dates count from."""

    field: str
    now: datetime

    @property
    def kind(self) -> str:
        """The kind of the field."""
        return FIELDS[self.field].kind

    def word(self, value: str) -> Node:
        """Return the leaf of a word without quotes."""
        if value == "*":
            return self._any()
        if self.kind == "words":
            return self._words(value, exact=False)
        if self.kind == "keyword" and self._is_wild(value):
            return Pattern(self.field, self._wildcard(value))
        return self._value(unescape(value))

    def quoted(self, value: str) -> Node:
        """Return the leaf of a quotation without a `~`."""
        if self.kind != "words":
            return self._value(unescape(value))
        parts = value.split()
        if len(parts) > 1 and all(MENTION.match(part) for part in parts):
            raise UsageError(f'Say how near the mentions must be, as in "{value}"~15.')
        return self._words(value, exact=True)

    def near(self, value: str, degree: str) -> Node:
        """Return the leaf of a quotation and `~degree`: a distance for a place, words between for text."""
        if self.kind == "place":
            return self.around(value, degree)
        if self.kind != "words":
            raise UsageError(f"Nearness works in text and title, and {self.field!r} is neither.")
        if not NEARNESS.match(degree) or int(degree) > MAX_BETWEEN:
            raise UsageError(f'"{value}"~{degree}: write the number of words that may lie between, 0 to {MAX_BETWEEN}.')
        value = value.replace(WIDE_COLON, ":")
        mentions = [MENTION.match(part) for part in value.split()]
        if any(mentions):
            return self._mentions_near(value, mentions, int(degree))
        return self._words_near(value, int(degree))

    def _words_near(self, value: str, between: int) -> Node:
        found = words(value)
        if has_wildcard(value):
            raise UsageError(f'"{value}"~{between}: nearness works for whole words; leave the wildcard or the ~ out.')
        rows = [_row(part) for part in value.split()]
        if len(rows) == 2 and all(rows) and rows[0] != rows[1] and len(found) > 2:
            return RowsNear(self.field, rows[0], rows[1], _within_reach(value, between))
        if len({FOLDED_WORDS[word] for word in found}) != 2 or len(found) != 2:
            raise UsageError(
                f'"{value}"~{between}: nearness works for two different words; '
                f"join pairs with AND for more.{_apart(found)}"
            )
        return Near(self.field, found[0], found[1], between)

    def _mentions_near(self, value: str, found: list[re.Match[str] | None], between: int) -> Node:
        if self.field != "text" or len(found) != 2:
            raise UsageError(
                f'"{value}"~{between}: nearness works for two words, two mentions ("list:un code:1C216"~15), '
                'or one of each ("steel list:un"~15), in text.'
            )
        for match in filter(None, found):
            if has_wildcard(match[2]) and not (match[2] == "*" and match[1] in ANY):
                raise UsageError(
                    f'"{value}"~{between}: a mention that is near another is named whole, or any by '
                    f"{', '.join(f'{field}:*' for field in ANY)}; {match[0]!r} is neither."
                )
        if not all(found):
            return self._mention_near(value, next(match for match in found if match), between)
        first, second = (mention_token(match[1], match[2]) for match in found if match)
        if first == second:
            raise UsageError(f'"{value}"~{between}: the two mentions must differ.')
        return MentionsNear(first, second, between)

    def _mention_near(self, value: str, mention: re.Match[str], between: int) -> Node:
        other = next(part for part in value.split() if part != mention.group())
        found, row = words(other), _row(other)
        if len(row) > 1 and not has_wildcard(other):
            return RowNear(row, mention_token(mention[1], mention[2]), _within_reach(value, between))
        if len(found) != 1 or has_wildcard(other):
            raise UsageError(
                f'"{value}"~{between}: one whole word can be near a mention, and {other!r} is none.{_apart(found)}'
            )
        return MentionNear(found[0], mention_token(mention[1], mention[2]), between)

    def fuzzy(self, value: str, degree: str) -> Node:
        """Return the leaf of a word and `~degree`; without a number it means 2."""
        if self.kind == "place":
            return self.around(value, degree)
        if degree == "0":
            return self.word(value)
        if degree not in ("", "1", "2"):
            raise UsageError(f"'{value}~{degree}': write ~1 or ~{MAX_EDITS}; more edits are not searched.")
        if self.kind not in ("words", "keyword") or has_wildcard(value):
            raise UsageError(f"'{value}~{degree}': misspellings are searched for whole words and keywords only.")
        edits = int(degree or MAX_EDITS)
        if self.kind == "keyword":
            return Fuzzy(self.field, self._folded(unescape(value)), edits)
        found = words(value)
        if len(found) != 1:
            raise UsageError(f"'{value}~{degree}': misspellings are searched for one word at a time.")
        return Fuzzy(self.field, FOLDED_WORDS[found[0]], edits)

    def regex(self, pattern: str) -> Node:
        """Return the leaf of a regular expression."""
        if self.kind not in ("words", "keyword"):
            raise UsageError(f"Regular expressions work in text and keywords, and {self.field!r} is neither.")
        return Pattern(self.field, regular(pattern))

    def around(self, value: str, degree: str) -> Node:
        """Return the leaf of a place and a distance."""
        match = DISTANCE.match(degree) if degree else None
        if degree and match is None:
            raise UsageError(f"'~{degree}' is no distance; write kilometres, as in ~50, or ~50km, ~30mi, ~30nm.")
        km = float(match[1]) * KILOMETRES[match[2] or ""] if match else DEFAULT_KM
        return around(unescape(value), km)

    def range(self, low: str, high: str, closed: tuple[bool, bool]) -> Node:
        """Return the leaf of a range; `*` is open, *closed* says whether each bound belongs to it."""
        if low == high == "*":
            return self._any()
        if self.kind == "place":
            return within(low, high)
        if self.kind == "date":
            return self._dates(low, high, closed)
        if self.kind == "number":
            return self._numbers(low, high, closed)
        known = ", ".join((*DATES, *NUMBERS))
        raise UsageError(f"'[{low} TO {high}]': ranges work on {known}, and {self.field!r} is none of them.")

    def _dates(self, low: str, high: str, closed: tuple[bool, bool]) -> Node:
        first = span(low, self.now) if low != "*" else None
        last = span(high, self.now) if high != "*" else None
        if first and last and first[0] > last[0]:
            raise UsageError(f"'[{low} TO {high}]' ends before it begins.")
        begin = first and (first[0] if closed[0] else first[1] + STEP)
        end = last and (last[1] if closed[1] else last[0] - STEP)
        return DateRange(self.field, begin, end)

    def _numbers(self, low: str, high: str, closed: tuple[bool, bool]) -> Node:
        first = None if low == "*" else self._number(low) + (not closed[0])
        last = None if high == "*" else self._number(high) - (not closed[1])
        return NumberRange(self.field, first, last)

    def _any(self) -> Node:
        if self.field == "text":
            return All()
        if self.kind == "words":
            return Pattern(self.field, ".+")
        if self.kind == "place":
            return Pattern("cell", "q.*")
        return Exists(self.field)

    def _value(self, value: str) -> Node:
        if not value.strip():
            raise UsageError(f"The value of {self.field!r} is empty; '{self.field}:*' finds documents that have one.")
        if self.kind == "place":
            return self.around(value, "")
        if self.kind == "date":
            return DateRange(self.field, *span(value, self.now))
        if self.kind == "number":
            return NumberRange(self.field, self._number(value), self._number(value))
        return Keyword(self.field, self._folded(value))

    def _folded(self, value: str) -> str:
        if self.field == "code":
            value = HEADING.sub(r"\1.\2", value)
        return fold_keyword(value) if FIELDS[self.field].folded else value

    def _is_wild(self, value: str) -> bool:
        """Say whether *value* has a wildcard; in an address `?` begins the query string."""
        return has_wildcard(value.replace("?", "") if self.field == "url" else value)

    def _wildcard(self, value: str) -> str:
        if self.field == "url":
            return ".*".join(escape(unescape(part)) for part in value.split("*"))
        return wildcard(value)

    def _words(self, value: str, *, exact: bool) -> Node:
        if has_wildcard(value):
            return self._wild_words(value, asked=exact)
        found = words(value)
        if not found:
            raise UsageError(f"{short(value)} holds no letter or digit to search for.")
        if len(found) > 1:
            return Phrase(self.field, tuple(FOLDED_WORDS[word] for word in found))
        return Exact(self.field, FOLDED_WORDS[found[0]]) if exact else Word(self.field, found[0])

    def _wild_words(self, value: str, *, asked: bool) -> Node:
        found = wild_words(value)
        shape = questioned if asked else wildcard
        parts = tuple(Pattern(self.field, shape(w)) if has_wildcard(w) else FOLDED_WORDS[w] for w in found)
        if not parts:
            raise UsageError(f"{short(value)} holds no letter or digit to search for.")
        if len(parts) > 1:
            return Phrase(self.field, parts)
        return Exact(self.field, parts[0]) if isinstance(parts[0], str) else parts[0]

    def _number(self, text: str) -> int:
        """Return the number that a query writes as the index holds it."""
        parts = FIELDS[self.field].parts
        if not (NUMBER if parts == 1 else DECIMAL).fullmatch(text):
            raise UsageError(f"{text!r} is not a {'whole ' if parts == 1 else ''}number.")
        return int(Decimal(text) * parts)


def _row(word: str) -> tuple[str, ...]:
    """Return the tokens of a word: several of a script without spaces, or one; nothing where it is more than a word."""
    found = words(word)
    if len(found) > 1 and any(map(languages_of, found)):
        return ()
    return tuple(FOLDED_WORDS[token] for token in found)


def _within_reach(value: str, between: int) -> int:
    if between > MAX_BETWEEN_ROWS:
        raise UsageError(
            f'"{value}"~{between}: words of several characters are looked for up to {MAX_BETWEEN_ROWS} characters '
            "apart; join them with AND for more."
        )
    return between


def _apart(found: Sequence[str]) -> str:
    """Return what to say of words that are several here."""
    unspaced = any(word >= FIRST_EAST_ASIAN for word in found)
    return " Put a space between two words, in Chinese and Japanese too." if unspaced else ""
