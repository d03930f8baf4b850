"""Sounds: one key for a name in any script."""

import pytest

from watchword.index.sounds import MAX_SOUNDS, sounds


@pytest.mark.parametrize(
    "spellings",
    [
        ["Halimi", "Халими", "Халимом", "حليمي", "الحليمي", "哈利米"],
        ["Natanz", "Натанз", "Натанзе", "نطنز", "纳坦兹"],
        ["Isfahan", "Исфахан", "اصفهان", "伊斯法罕"],
        ["Chernobyl", "Tchernobyl", "Чернобыль"],
        ["Schröder", "Shroder", "Шрёдер"],
        ["Kim Jong", "김정"],
    ],
)
def test_a_name_sounds_the_same_in_every_script(spellings: list[str]) -> None:
    heard = ["".join(sounds(spelling)) for spelling in spellings]
    assert len(set(heard)) == 1, heard


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Broder", "ברודר"),
        ("Tigran", "تيجران"),
        ("Kiril", "基里爾"),
        ("Warschawski", "Варшавский"),
        ("Petrović", "Петрович"),
        ("Wolfgang", "볼프강"),
    ],
)
def test_a_letter_that_is_read_in_two_ways_is_heard_in_both(latin: str, other: str) -> None:
    assert set(sounds(latin)) & set(sounds(other)), (sounds(latin), sounds(other))


@pytest.mark.parametrize("text", ["", "a", "2024", "ooo", "国际原子能机构发布报告"])
def test_what_has_no_sound_to_tell_it_by_has_none(text: str) -> None:
    assert sounds(text) == []


def test_a_long_text_has_so_many_sounds_and_no_more() -> None:
    words = " ".join(f"{a}o{b}a{c}" for a in "bdgmrsf" for b in "bdgmrsf" for c in "bdgmrsf")
    assert len(sounds(words)) == MAX_SOUNDS
