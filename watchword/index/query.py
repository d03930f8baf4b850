"""The query language: Lucene syntax as people type it, read once into the tree that each engine compiles.

Words side by side must all be there. `a AND b OR c` means (a AND b) OR c; `a b OR c` means a AND (b OR c). A word is
looked up in all its inflected forms, a quotation as it is written.
"""

import re
from datetime import UTC, datetime
from difflib import get_close_matches

from index_mappings.fields import FIELDS
from watchword.errors import UsageError
from watchword.index.scanner import QueryError, Scanner, short
from watchword.index.tree import (
    And,
    Boost,
    Exact,
    Fresh,
    Fuzzy,
    Keyword,
    MentionNear,
    MentionsNear,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    RowNear,
    RowsNear,
    Word,
    all_of,
    any_of,
)
from watchword.index.values import Values

__all__ = ["Node", "QueryError", "parse", "remarks"]

# Elasticsearch refuses deeper trees, and more clauses than this many words make on a small node.
MAX_DEPTH = 12
MAX_WORDS = 250
MAX_CHARACTERS = 20_000
MAX_BOOST = 1_000.0
DELIMITER = r"[\s()\"“„«]|$"
OR = re.compile(rf"OR(?={DELIMITER})|\|\|?")
AND = re.compile(rf"AND(?={DELIMITER})|&&?(?=\s|$|[(\"\w])")
NOT = re.compile(rf"NOT(?={DELIMITER})|!|-")
PLUS = re.compile(r"\++")
OPEN, CLOSE, END = re.compile(r"\("), re.compile(r"\)"), re.compile(r"\)|$")
EVERYTHING = re.compile(r"\*(?::\*)?(?=[\s)]|$)")
ADDRESS = re.compile(r"https?://(?:\([^\s()]*\)|[^\s()\"])+")
# Signs that belong to an address, and would stand for characters in a word.
WILD_SIGNS = re.compile(r"[*?]")
NAME = re.compile(r"([A-Za-z_][\w.-]*)(\s*):\s*")
RANGE = re.compile(r"([\[{])\s*(.+?)\s+TO\s+(.+?)\s*([\]}])")
COMPARISON = re.compile(r"([<>]=?)\s*")
REGEX = re.compile(rf"/((?:\\.|[^/\\])+)/(?=[~^]|{DELIMITER})")
WORD = re.compile(r"(?:\\.|[^\s()\"“”„«»「」『』《》\\])+")
VALUE = re.compile(r"(?:\\.|\([^\s()\"]*\)|[^\s()\"“”„«»\\])+")
SUFFIXES = re.compile(r"(?:~(?P<near>[\w.-]*))?(?:\^(?P<boost>[\w.-]*))?")
SUFFIXED = re.compile(
    r"(?P<value>.+?)(?:(?<!\\)~(?P<near>-?[\d.]*(?:km|mi|nm)?))?(?:(?<!\\)\^(?P<boost>[\w.-]*))?$", re.DOTALL
)
WEIGHT = re.compile(r"\d*\.?\d+")
# What an entity's id looks like: a list, a colon and a number.
IDENTIFIER = re.compile(r"[a-z][a-z0-9-]*:\S*[A-Z0-9]")
LOWER_OPERATOR = re.compile(r"(?<=\S\s)(and|or|not)(?=\s\S)")


def parse(text: str, now: datetime | None = None) -> Node:
    """Read a query; raise QueryError, which shows the place and the likely meaning, where it cannot be read.

    Relative dates count from *now*, by default the present.
    """
    return _Parser(text, now or datetime.now(UTC)).whole()


def remarks(text: str) -> tuple[str, ...]:
    """Return what a query that can be read probably meant otherwise."""
    found = dict.fromkeys(LOWER_OPERATOR.findall(re.sub(r'"[^"]*"', "", text)))
    return tuple(
        f"'{word}' in small letters is searched as a word; write {word.upper()} to join words." for word in found
    )


class _Parser:
    def __init__(self, text: str, now: datetime) -> None:
        self.scan = Scanner(text)
        self.now = now
        self.depth = 0

    def whole(self) -> Node:
        """Read all of the text."""
        if len(self.scan.text) > MAX_CHARACTERS:
            raise UsageError(f"The query has {len(self.scan.text)} characters; {MAX_CHARACTERS} are possible.")
        if self.scan.ended():
            raise self.empty()
        node = self.sequence("text")
        if not self.scan.ended():
            raise self.scan.error("This bracket closes nothing. Leave it out, or write \\) to search for it.")
        words = size(node)
        if words > MAX_WORDS:
            raise UsageError(f"The query has {words} words; {MAX_WORDS} are possible. Search in parts, or for a list.")
        return node

    def empty(self) -> UsageError:
        """Return what to say of a query that asks for nothing."""
        signs = self.scan.text.strip()
        said = f"{short(signs)} holds no letter or digit to search for" if signs else "The query is empty"
        return UsageError(f"{said}; '*' finds everything.")

    def sequence(self, field: str) -> Node:
        """Read parts side by side, until a bracket closes or the text ends."""
        parts = []
        while not self.scan.ended() and not self.scan.peek(CLOSE):
            parts.append(self.alternatives(field))
        return all_of(*parts)

    def alternatives(self, field: str) -> Node:
        """Read parts joined by OR."""
        parts = [self.conjunction(field)]
        while self.scan.take(OR):
            parts.append(self.conjunction(field))
        return any_of(*parts)

    def conjunction(self, field: str) -> Node:
        """Read parts joined by AND."""
        parts = [self.negation(field)]
        while self.scan.take(AND):
            parts.append(self.negation(field))
        return all_of(*parts)

    def negation(self, field: str) -> Node:
        """Read a part with what excludes or demands it."""
        negated = False
        while sign := self.scan.take(NOT) or self.scan.take(PLUS):
            negated ^= sign.group() != "+"
        part = self.part(field)
        return Not(part) if negated else part

    def part(self, field: str) -> Node:
        """Read a group, a field with its value, or a value."""
        if self.scan.ended() or self.scan.peek(CLOSE):
            raise self.scan.error("A word is missing here; AND, OR and NOT stand between words.")
        if self.scan.peek(AND) or self.scan.peek(OR):
            raise self.scan.error("A word is missing before this; put 'and' or 'or' in quotes to search for the word.")
        if self.scan.peek(OPEN):
            return self.group(field)
        if self.scan.take(EVERYTHING):
            return self.boosted(Values(field, self.now).word("*"))
        address = self.scan.peek(ADDRESS)
        if address:
            return self.address(field)
        name = self.scan.peek(NAME)
        return self.named(name) if name else self.value(field, WORD)

    def group(self, field: str) -> Node:
        """Read a bracket, what is in it, and its boost."""
        start = self.scan.at
        self.scan.take(OPEN)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.scan.error(f"Brackets lie {self.depth} deep here; {MAX_DEPTH} are possible.", start)
        if self.scan.ended():
            raise self.scan.error("This bracket is not closed. Close it, or write \\( to search for it.", start)
        if self.scan.peek(CLOSE):
            raise self.scan.error("There is nothing in this bracket.", start)
        node = self.sequence(field)
        if not self.scan.take(CLOSE):
            raise self.scan.error("This bracket is not closed. Close it, or write \\( to search for it.", start)
        self.depth -= 1
        return self.boosted(node)

    def named(self, name: re.Match[str]) -> Node:
        """Read a field's name and its value."""
        field, start = name[1].lower(), self.scan.at
        if field == "_exists_":
            self.scan.take(NAME)
            inner = self.scan.take(WORD)
            return Values(self.known(inner.group() if inner else "", start), self.now).word("*")
        self.known(field, start)
        self.scan.take(NAME)
        if self.scan.peek(END):
            raise self.scan.error(f"The field {field!r} has no value. Write one, or '{field}:*' for any.", start)
        if self.scan.peek(OPEN):
            return self.group(field)
        return self.value(field, VALUE if FIELDS[field].kind != "words" else WORD)

    def known(self, field: str, start: int) -> str:
        """Return *field* where there is one of that name; raise an error that guesses what was meant."""
        if field in FIELDS:
            return field
        close = [repr(name) for name in get_close_matches(field, FIELDS, n=1)]
        whole = self.scan.peek(VALUE)
        if whole and IDENTIFIER.match(whole.group()):
            close.append(f"entity:{whole.group()}")
        hint = f" Did you mean {' or '.join(close)}?" if close else f" Fields: {', '.join(FIELDS)}."
        raise self.scan.error(f"There is no field {field!r}.{hint} In quotes a colon is text.", start)

    def value(self, field: str, pattern: re.Pattern[str]) -> Node:
        """Read a quotation, an expression, a range or a word of *field*."""
        make, start = Values(field, self.now), self.scan.at
        quoted = self.scan.take_quoted()
        if quoted is not None:
            return self.quotation(make, quoted, start)
        if interval := self.scan.take_here(RANGE):
            closed = (interval[1] == "[", interval[4] == "]")
            return self.boosted(self.scan.placed(start, lambda: make.range(interval[2], interval[3], closed)))
        if sign := self.scan.take_here(COMPARISON):
            return self.comparison(make, sign[1], start)
        if expression := self.scan.take_here(REGEX):
            return self.boosted(self.scan.placed(start, lambda: make.regex(expression[1].replace("\\/", "/"))))
        return self.word(make, pattern, start)

    def quotation(self, make: Values, quoted: str, start: int) -> Node:
        """Read what follows a quotation."""
        suffixes = self.scan.take_here(SUFFIXES)
        near = suffixes["near"] if suffixes else None
        if make.kind == "words" and ADDRESS.fullmatch(quoted):
            quoted = WILD_SIGNS.sub(" ", quoted)
        if near is None:
            node = self.scan.placed(start, lambda: make.quoted(quoted))
        else:
            node = self.scan.placed(start, lambda: make.near(quoted, near))
        return self.weighed(node, suffixes["boost"] if suffixes else None)

    def comparison(self, make: Values, sign: str, start: int) -> Node:
        """Read the value of `>`, `>=`, `<` or `<=`."""
        word = self.scan.take(VALUE)
        if word is None:
            raise self.scan.error(f"A value is missing after {sign!r}.", start)
        bounds = (word.group(), "*") if sign[0] == ">" else ("*", word.group())
        return self.scan.placed(start, lambda: make.range(*bounds, (len(sign) == 2,) * 2))

    def word(self, make: Values, pattern: re.Pattern[str], start: int) -> Node:
        """Read a word with its `~` and `^`."""
        word = self.scan.take_here(pattern)
        if word is None:
            raise self.scan.error("This cannot be read; put it in quotes to search for it.", start)
        if why := self.misplaced(word.group()[0], start):
            raise self.scan.error(why, start)
        parts = SUFFIXED.match(word.group())
        assert parts is not None, "the expression matches every word"
        value, near = parts["value"], parts["near"]
        if near is None:
            node = self.scan.placed(start, lambda: make.word(value))
        else:
            node = self.scan.placed(start, lambda: make.fuzzy(value, near))
        return self.weighed(node, parts["boost"], start)

    def misplaced(self, sign: str, start: int) -> str:
        """Return why no word begins with *sign*; nothing where one may."""
        if sign in "[{":
            return "A range is written field:[low TO high]; put brackets in quotes to search for them."
        if sign == "^" or (sign == "~" and self.scan.plain[start - 1 : start] == ")"):
            return f"{sign!r} stands at the end of a word or a quotation, as in steel~1 or steel^3."
        return ""

    def address(self, field: str) -> Node:
        """Read an address that stands by itself: the page of that address, or a text that gives it."""
        start, match = self.scan.at, self.scan.take(ADDRESS)
        assert match is not None, "it was seen before"
        plain = WILD_SIGNS.sub(" ", match.group())
        said = self.scan.placed(start, lambda: Values(field, self.now).quoted(plain))
        return any_of(Keyword("url", match.group()), said)

    def boosted(self, node: Node) -> Node:
        """Read the boost of a part."""
        suffix = self.scan.take_here(re.compile(r"\^([\w.-]*)"))
        return self.weighed(node, suffix[1] if suffix else None)

    def weighed(self, node: Node, boost: str | None, at: int | None = None) -> Node:
        """Return *node* with a boost that was read."""
        if boost is None:
            return node
        if not WEIGHT.fullmatch(boost) or not 0 < float(boost) <= MAX_BOOST:
            raise self.scan.error(f"'^{boost}' is no weight; write a number up to {MAX_BOOST:g}, as in steel^3.", at)
        return Boost(node, float(boost))


def size(node: Node) -> int:
    """Return how many words a query asks for, those of a Not too; keywords and ranges are no words.

    Rows near each other count as many words as there are places to look at.
    """
    if isinstance(node, And | Or):
        return sum(size(part) for part in node.parts)
    if isinstance(node, Not | Boost | Fresh):
        return size(node.part)
    if isinstance(node, Phrase):
        return len(node.parts)
    if isinstance(node, Near | MentionNear):
        return 2
    if isinstance(node, RowsNear | RowNear):
        return node.between + 2
    return int(isinstance(node, Word | Exact | Pattern | Fuzzy | MentionsNear))
