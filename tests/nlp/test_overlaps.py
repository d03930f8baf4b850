"""Which of overlapping mentions stay."""

import pytest

from nlp.mention import IDENTIFIER, ORGANISATION, PLACE, SITE, Mention
from nlp.overlaps import settle

NUMBER = Mention(4, 10, "N1234A", IDENTIFIER, None, "N1234A", "")


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        (Mention(0, 10, "jet N1234A", PLACE, None, "jet N1234A", "", score=0.6), False),
        (Mention(4, 5, "N", ORGANISATION, None, "N", "", score=0.6), False),
        (Mention(4, 10, "N1234A", ORGANISATION, None, "N1234A", "", score=0.8), True),
        (Mention(0, 10, "jet N1234A", SITE, "site:x", "x", "", score=0.6), True),
        (Mention(11, 20, "Aerospace", ORGANISATION, None, "Aerospace", "", score=0.6), True),
    ],
)
def test_a_guess_does_not_reach_into_an_identifier_and_what_is_known_may(name: Mention, stays: bool) -> None:
    assert settle([name, NUMBER]) == sorted(
        [name, NUMBER] if stays else [NUMBER], key=lambda m: (m.start, -m.end, m.type)
    )


def test_of_two_names_the_known_one_stays_and_then_the_longer() -> None:
    long = Mention(0, 12, "Plant Natanz", ORGANISATION, None, "Plant Natanz", "")
    short = Mention(0, 5, "Plant", ORGANISATION, None, "Plant", "")
    site = Mention(6, 12, "Natanz", SITE, "site:natanz", "Natanz", "")
    assert settle([short, long]) == [long]
    assert settle([short, long, site]) == [short, site]
