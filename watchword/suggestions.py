"""Did you mean: names and words of the index that sound or are spelt like what a query asks for and does not find.

Sounds are the same in all scripts, so that `Natanz` leads to `Натанз` and `Халими` to `Halimi`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rapidfuzz.distance import OSA

from index_mappings.analysis import FOLDED_WORDS, fold_keyword, words
from index_mappings.mentions import CATALOGUED
from nlp.mention import Mention
from nlp.names import compare
from watchword.document import Document
from watchword.index import Engine, SearchRequest, parse
from watchword.index.sounds import sounds
from watchword.index.tree import And, AnyKeyword, Exact, Fuzzy, Keyword, Leaf, Near, Node, Phrase, Word, leaves

MAX_SUGGESTIONS = 3
# Parts of a query that are looked into; each takes a moment, and a query may have hundreds.
MAX_PARTS = 4
# Documents that are looked at for what sounds alike.
LOOKED_AT = 60
# Names as like as this are worth a look; screening takes 0.85 and more for the same.
ALIKE = 0.7
# In a shorter word two edits leave nothing of it.
MIN_SPELT = 5
MAX_EDITS = 2
# What a query takes as a value without quotes, and what is escaped within them.
PLAIN = re.compile(r"(?!(?:AND|OR|NOT)$)\w[\w.-]*")
IDENTIFIER = re.compile(r"\w[\w:.-]*")
SIGNS = re.compile(r'(["\\])')


@dataclass(frozen=True)
class Suggestion:
    """A query that finds something: what it is for, and how many documents it finds."""

    query: str
    name: str
    documents: int

    def as_json(self) -> dict[str, Any]:
        """Return the suggestion as one JSON object."""
        return {"query": self.query, "name": self.name, "documents": self.documents}

    def as_text(self) -> str:
        """Return the suggestion as people read it."""
        named = f" ({self.name})" if self.name not in self.query else ""
        return f"{self.query}{named}, in {self.documents} document{'s' if self.documents != 1 else ''}"


def suggested(engine: Engine, query: Node) -> tuple[Suggestion, ...]:
    """Return what may be meant by the parts of *query* that nothing matches."""
    found: dict[str, Suggestion] = {}
    missed = (leaf for leaf in dict.fromkeys(leaves(query)) if asked_for(leaf) and not engine.count(leaf))
    for leaf in islice(missed, MAX_PARTS):
        asked = asked_for(leaf)
        for suggestion in [*catalogued(engine, leaf), *sounding(engine, asked), *spelt(engine, asked)]:
            found.setdefault(suggestion.query, suggestion)
    return tuple(sorted(found.values(), key=lambda s: -s.documents))[:MAX_SUGGESTIONS] if found else ()


def asked_for(leaf: Leaf) -> str:
    """Return the words that *leaf* asks for; nothing where it asks for no name or word."""
    if isinstance(leaf, Word):
        return leaf.word
    if isinstance(leaf, Exact):
        return leaf.token
    if isinstance(leaf, Phrase):
        return " ".join(part for part in leaf.parts if isinstance(part, str))
    if isinstance(leaf, Near):
        return f"{leaf.first} {leaf.second}"
    return leaf.value if isinstance(leaf, Keyword) and leaf.field in ("entity", *CATALOGUED) else ""


def catalogued(engine: Engine, leaf: Leaf) -> Iterator[Suggestion]:
    """Yield the items and sites that the catalogue knows by the name that is asked for, in whatever language."""
    if not isinstance(leaf, Keyword):
        return
    from nlp.items.catalogue import catalogue
    from nlp.sites import all_sites

    names = {
        "item": ((item.id, item.name, (name for _, names in item.names for name in names)) for item in catalogue()),
        "site": ((site.id, site.name, (name for name, _, _ in site.all_names())) for site in all_sites()),
    }
    for field in CATALOGUED if leaf.field == "entity" else (leaf.field,):
        for identifier, shown, known in names[field]:
            if any(fold_keyword(name) == leaf.value for name in known):
                yield from counted(engine, f"{field}:{identifier}", shown)


def sounding(engine: Engine, asked: str) -> Iterator[Suggestion]:
    """Yield the names and title words that sound like what is asked for, the most alike first."""
    heard = [frozenset(sounds(word)) for word in asked.split() if sounds(word)]
    if not heard:
        return
    alike = And(tuple(AnyKeyword("sound", tuple(sorted(word))) for word in heard))
    page = engine.search(SearchRequest(alike, limit=LOOKED_AT, sort="newest"))
    scored: dict[tuple[str, str], float] = {}
    for name, leaf_query in dict.fromkeys(candidates(hit.document for hit in page.hits)):
        score = likeness(asked, name) if all(not word.isdisjoint(sounds(name)) for word in heard) else 0.0
        if score >= ALIKE and fold_keyword(name) != fold_keyword(asked):
            scored[name, leaf_query] = score
    for (name, text), _ in sorted(scored.items(), key=lambda entry: -entry[1])[:MAX_SUGGESTIONS]:
        yield from counted(engine, text, name)


def likeness(asked: str, name: str) -> float:
    """Return how like *name* is to what is asked for; a single word may be a part of it, where it sounds like that."""
    single = len(asked.split()) == 1
    heard = set(sounds(asked))
    parts = [part for part in name.split() if not heard.isdisjoint(sounds(part))] if single else []
    return max(compare(asked, part).score for part in (name, *parts))


def candidates(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Yield the names and title words of *documents*, each with the query that finds it."""
    for document in documents:
        for mention in document.mentions:
            yield mention.name, asking_for(mention)
        for word in words(document.title):
            yield word, quoted(word)


def asking_for(mention: Mention) -> str:
    """Return the query that finds what *mention* names."""
    if not mention.entity:
        return quoted(mention.name)
    return f"entity:{mention.entity if IDENTIFIER.fullmatch(mention.entity) else quoted(mention.entity)}"


def quoted(text: str) -> str:
    """Return *text* so that a query takes it as it is."""
    if PLAIN.fullmatch(text):
        return text
    escaped = SIGNS.sub(r"\\\1", text)
    return f'"{escaped}"'


def spelt(engine: Engine, asked: str) -> Iterator[Suggestion]:
    """Yield the words of the index that are a misspelling away from a single word that is asked for."""
    token = FOLDED_WORDS[asked]
    if len(token) < MIN_SPELT or len(words(asked)) != 1:
        return
    page = engine.search(SearchRequest(Fuzzy("text", token, MAX_EDITS), limit=LOOKED_AT))
    near: dict[str, int] = {}
    for hit in page.hits:
        for word in words(f"{hit.document.title}\n{hit.document.text}"):
            away = OSA.distance(FOLDED_WORDS[word], token, score_cutoff=MAX_EDITS)
            if 0 < away <= MAX_EDITS:
                near.setdefault(FOLDED_WORDS[word], away)
    for word in sorted(near, key=lambda word: (near[word], word))[:MAX_SUGGESTIONS]:
        yield from counted(engine, quoted(word), word)


def counted(engine: Engine, text: str, name: str) -> Iterator[Suggestion]:
    """Yield the suggestion of a query where it finds something."""
    number = engine.count(parse(text))
    if number:
        yield Suggestion(text, name, number)
