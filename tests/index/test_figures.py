"""Magnitude, depth, clouds, time and footprint of records are asked for beside words and places."""

from dataclasses import replace

import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.errors import UsageError
from watchword.index import Engine, parse

EPICENTRE = Mention(0, 7, "41.3° N", "place", "place:41.30,129.08", "41.30 N 129.08 E", "coordinates")
EVENT = (("magnitude", "4.25"), ("depth", "0.6"), ("time", "2026-02-03T04:05:06Z"))
WEAK = (("magnitude", "-0.4"), ("depth", "33"), ("time", "2026-01-03T04:05:06Z"))
IMAGE = (("cloud cover", "12.5"), ("footprint", "125.2 39.3 126.4 40.2"), ("time", "2026-02-05T02:00:00Z"))
ODD = (("magnitude", "strong"), ("depth", "1e99"), ("time", "yesterday"), ("footprint", "a b"))


def record(name: str, facts: tuple[tuple[str, str], ...], *mentions: Mention) -> Document:
    """Return the document of a record."""
    return Document(
        id=name,
        page=name,
        url=f"http://host.test/#{name}",
        source="quakes",
        publisher="Centre",
        country=None,
        kind="events",
        run="r",
        capture="c",
        captured="2026-03-02T01:00:00+00:00",
        media_type="application/json",
        title=name,
        text="41.3° N",
        story=name,
        mentions=mentions,
        facts=facts,
    )


ASKED = [
    ('magnitude:>=4 geo:"Punggye-ri Nuclear Test Site"~50', {"blast"}),
    ("magnitude:>=4.26", set()),
    ("magnitude:4.25", {"blast"}),
    ("magnitude:[* TO 0]", {"weak"}),
    ("magnitude:{-0.4 TO *]", {"blast"}),
    ("magnitude:*", {"blast", "weak"}),
    ("depth:<2", {"blast"}),
    ("clouds:<=12.5 geo:39.8,125.75~5", {"image"}),
    ("geo:[39.5,125.5 TO 39.6,125.6]", {"image"}),
    ("geo:41.3,129.08~5", {"blast"}),
    ("happened:2026-02", {"blast", "image"}),
    ("happened:[2026-02-03T04:00 TO 2026-02-03T05:00]", {"blast"}),
]


def test_figures_are_asked_for_beside_places(empty: Engine) -> None:
    made = (("blast", EVENT, EPICENTRE), ("weak", WEAK), ("image", IMAGE), ("odd", ODD))
    assert not empty.add([record(name, facts, *mentions) for name, facts, *mentions in made])
    empty.refresh()
    assert [(query, set(empty.matching(query))) for query, _ in ASKED] == ASKED


@pytest.mark.parametrize(("query", "said"), [("magnitude:big", "is not a number"), ("words:2.5", "not a whole number")])
def test_what_is_no_number_is_said(query: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse(query)


def test_facts_survive_the_file() -> None:
    made = record("blast", EVENT, EPICENTRE)
    assert Document.from_json({**made.as_json(), "facts": [list(fact) for fact in EVENT]}) == made
    older = {name: value for name, value in made.as_json().items() if name != "facts"}
    assert Document.from_json(older) == replace(made, facts=())
