"""The component that finds names: its features, the lines that it reads together, and how labels become names."""

import pytest
import spacy

from nlp.features import BY_LANGUAGE
from nlp.features.templates import around, rows
from nlp.models import names_in, shipped_pipelines
from nlp.tagger import Tagger, labels_of, sequences
from nlp.training.corpora import Annotated, Span
from nlp.training.train import Method, marked, trained

WRAPPED = "The inspectors of the International Atomic Energy\nAgency left. They went by road.\nVIENNA\n\nA new day"
TEXTS = (Annotated("a", "Anna met Boris in Almar.", (Span(0, 4, "person"), Span(9, 14, "person"))),) * 4


def test_a_feature_is_its_template_and_what_it_reads() -> None:
    found = rows({"word": ["a", "b"], "kind": ["", "x"]}, [*around("word", 1), "word-1 word", "kind"])
    assert found == [
        ["word=a", "word-1=^", "word+1=b", "word-1 word=^|a"],
        ["word=b", "word-1=a", "word+1=^", "word-1 word=a|b", "kind=x"],
    ]


@pytest.mark.parametrize(("language", "words"), [("en", ["The", "USS"]), ("ru", ["В", "Москве"]), ("zh", ["美", "国"])])
def test_every_token_has_features_and_an_empty_sequence_none(language: str, words: list[str]) -> None:
    first, empty = BY_LANGUAGE[language]([words, []])
    assert (len(first), empty) == (len(words), [])
    assert all(any(word.lower() in feature for feature in row) for word, row in zip(words, first, strict=True))


def test_a_line_that_was_broken_to_fit_the_page_is_read_with_the_next() -> None:
    doc = spacy.blank("en")(WRAPPED)
    parts = [" ".join(token.text for token in part) for part in sequences(doc, "en")]
    whole = "The inspectors of the International Atomic Energy Agency left ."
    assert parts == [whole, "They went by road .", "VIENNA", "A new day"]


def test_names_that_touch_stay_apart_and_keep_their_labels() -> None:
    text = Annotated("a", "Anna Boris left", (Span(0, 4, "person"), Span(5, 10, "person")))
    doc = marked(spacy.blank("en"), text)
    assert labels_of(list(doc)) == ["B-person", "B-person", "O"]


def test_a_tagger_learns_names_and_marks_none_before_that() -> None:
    pipeline = trained(TEXTS, "en", Method(steps=20, absolute=0, square=0.1))
    assert [entity.text for entity in pipeline("Anna met Boris in Almar.").ents] == ["Anna", "Boris"]
    assert list(Tagger("en")(spacy.blank("en")("Anna met Boris")).ents) == []


@pytest.mark.parametrize("text", ["", " \n\n ", "John Smith \ud83d met Ali Hassan in Vienna.", "x" * 3000])
def test_text_of_any_kind_is_read(text: str) -> None:
    for pipeline in shipped_pipelines().values():
        assert all(0 <= named.start < named.end <= len(text) for named in names_in(text, pipeline))
