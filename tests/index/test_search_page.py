"""The page on search: every example finds, on both engines, what it says."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from index_mappings.fields import FIELDS
from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import Engine, parse
from watchword.index.embedded import EmbeddedEngine
from watchword.index.query import MAX_CHARACTERS, MAX_DEPTH, MAX_WORDS

PAGE = (Path(__file__).parents[2] / "docs/search.md").read_text("utf-8")
MENTION = re.compile(r"\[([^\]]+)\]\(([^;)]+);\s*([^;)]+)(?:;\s*([^)]+))?\)")
ROLES = ("broker", "end user")


def rows(*header: str) -> list[list[str]]:
    """Return the rows of every table with that header."""
    found = []
    for block in PAGE.split("\n\n"):
        lines = [cells(line) for line in block.splitlines() if line.startswith("|")]
        if lines and lines[0] == list(header):
            found += lines[2:]
    assert found, f"the page has no table {header}"
    return found


def cells(line: str) -> list[str]:
    """Return the cells of a line; a bar after a backslash separates none."""
    hidden = line.strip().strip("|").replace("\\|", "\0")
    return [cell.replace("\0", "|").strip() for cell in hidden.split("|")]


def read(row: list[str], base: Document) -> Document:
    """Return the document that a row of the page describes."""
    identifier, language, published, source, title, marked = row
    text, mentions, last = "", [], 0
    for match in MENTION.finditer(marked):
        text += marked[last : match.start()]
        words, entity, kind, more = match.groups()
        role = more if more in ROLES else None
        codes = () if role or not more else (more,)
        name = "Tarek Halimi" if entity == "un:KPi.033" else entity.partition(":")[2].replace("-", " ")
        mentions.append(Mention(len(text), len(text) + len(words), words, kind, entity, name, "name", codes, role))
        text, last = text + words, match.end()
    return replace(
        base,
        id=identifier,
        page=identifier,
        url=f"http://page.test/{identifier}",
        language=language,
        published=published or None,
        source=source,
        title=title,
        text=text + marked[last:],
        mentions=tuple(mentions),
        story=identifier,
    )


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Engine:
    """Both engines over the documents of the page."""
    base = replace(documents[0], authors=(), marking="")
    made = [read(row, base) for row in rows("document", "language", "published", "source", "title", "text")]
    if request.param == "embedded":
        engine: Engine = EmbeddedEngine(tmp_path_factory.mktemp("page") / "index")
    else:
        engine = request.getfixturevalue("module_cluster")
    assert engine.add(made) == ()
    engine.refresh()
    return engine


EXAMPLES = [(query.strip("`"), found) for query, _, found in rows("query", "means", "finds")]


@pytest.mark.parametrize(("query", "found"), EXAMPLES, ids=[query for query, _ in EXAMPLES])
def test_an_example_finds_what_the_page_says(page: Engine, query: str, found: str) -> None:
    assert sorted(page.matching(query)) == found.split()


REFUSALS = [(query.strip("`"), said) for query, said in rows("query", "the error says")]


@pytest.mark.parametrize(("query", "said"), REFUSALS, ids=[query for query, _ in REFUSALS])
def test_an_error_says_what_the_page_says(query: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse(query)
    assert said in str(raised.value)


def test_the_page_lists_every_field_as_the_code_states_it() -> None:
    assert rows("field", "kind", "what it holds") == [[f"`{f.name}`", f.kind, f.meaning] for f in FIELDS.values()]


def test_the_page_states_the_limits_of_a_query() -> None:
    assert f"{MAX_WORDS} words, {MAX_CHARACTERS:,} characters and {MAX_DEPTH} levels" in PAGE
