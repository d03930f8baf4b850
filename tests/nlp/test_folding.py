"""A folded text leads back to its own characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.folding import fold, folded


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ﬁbre", "fibre"),
        ("ANTI‑VIBRATION", "anti-vibration"),
        ("centri\u00adfuge", "centrifuge"),
        ("ёлка", "елка"),
        ("马氏體時效鋼", "马氏体时效钢"),
        ("ÉMAILLÉ", "emaille"),
        ("أنابيب", "انابيب"),
        ("ＵＦ６", "uf6"),
        ("ﬁ bre", "fibre"),
        ("oﬀ the", "off the"),
        ("٦٠٠", "600"),
        ("flow\u00a0forming", "flow forming"),
    ],
)
def test_spellings_of_one_word_fold_alike(written: str, same: str) -> None:
    assert folded(written) == same


@given(st.text())
def test_every_folded_character_comes_from_a_place_in_the_text(text: str) -> None:
    copy = fold(text)
    assert len(copy.origin) == len(copy.text)
    assert list(copy.origin) == sorted(copy.origin)
    assert all(0 <= index < len(text) for index in copy.origin)


@given(st.text(min_size=1), st.data())
def test_the_span_of_a_folded_stretch_folds_to_that_stretch(text: str, data: st.DataObject) -> None:
    copy = fold(text)
    if not copy.text:
        return
    start = data.draw(st.integers(0, len(copy.text) - 1))
    end = data.draw(st.integers(start + 1, len(copy.text)))
    first, last = copy.span(start, end)
    assert 0 <= first < last <= len(text)
    assert copy.text[start:end].strip() in fold(text[first:last]).text
