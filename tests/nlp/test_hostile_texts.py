"""No text, however it is made, keeps the finders busy for long."""

import time

import pytest

from nlp.items import find_items
from nlp.language import parts
from nlp.passage import Passage
from nlp.relations import find_relations
from nlp.roles import assign_roles, find_by_role
from nlp.sites import find_sites

CHARACTERS = 15_000
# Prose of this length takes a tenth of it.
MOST_SECONDS = 3.0
PIECES = [
    "A",
    "a",
    ".",
    "…",
    " ",
    "\n",
    "«",
    "-",
    "1",
    "1 ",
    "1.",
    "% ",
    "1 MPa ",
    "中",
    "铀",
    "و",
    "Ж",
    "A. ",
    "A b ",
    "ﬁ ",
    "\u200b",
]
PHRASES = [
    "maraging steel, ",
    "supplier Ab Cd ",
    "Ab Cd supplied ",
    "centrifuge ",
    "供应商：",
    "less than 0.1 % hafnium ",
]


@pytest.mark.parametrize("piece", [*PIECES, *PHRASES])
def test_a_text_of_one_thing_again_and_again_is_read_in_seconds(piece: str) -> None:
    text = (piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS]
    passage = Passage(text, "en")
    started = time.process_time()
    mentions = [*find_items(passage).mentions]
    mentions = assign_roles(passage, [*mentions, *find_by_role(passage, mentions)])
    find_relations(passage, mentions)
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("piece", ["Isfahan ", "Natanz, Isfahan, ", "Mayak "])
def test_a_text_that_names_one_site_again_and_again_is_read_in_seconds(piece: str) -> None:
    text = (piece * (CHARACTERS // len(piece) + 1))[:CHARACTERS]
    started = time.process_time()
    list(find_sites(Passage(text, "en")))
    assert time.process_time() - started < MOST_SECONDS


def test_the_language_of_a_text_of_dots_is_told_in_seconds() -> None:
    started = time.process_time()
    list(parts("." * (10 * CHARACTERS)))
    assert time.process_time() - started < MOST_SECONDS
