"""Trained pipelines: those that ship, what they find, how names come back, and training from a corpus."""

import json
from pathlib import Path

import pytest

from nlp.mention import COARSE_TYPES, ORGANISATION, PERSON, PLACE
from nlp.models import SHIPPED, available, facts, find_named, installed_pipelines, shipped_pipelines
from nlp.passage import Passage
from nlp.repeated import Named, repeated
from nlp.segmentation import name_places, segmented
from nlp.training.augmentation import names_by_type, with_other_names
from nlp.training.corpora import CORPORA, Annotated, Span, outermost, read_nd_ner, read_nerel, read_re3d
from nlp.training.scoring import score

SHIPPED_MEGABYTES = 15
ENGLISH = (
    "General Joseph Votel visited Baghdad on Monday. He met the Iraqi Ministry of Defence and Iraqi Security Forces. "
    "Votel said that the coalition would stay. Daesh lost ground near Mosul."
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pipeline_ships_for(language: str) -> None:
    assert shipped_pipelines()[language] == str(SHIPPED / language)
    known = facts(shipped_pipelines()[language])
    assert known.licence.startswith("CC BY")
    assert known.score
    assert 0.4 < known.score < 1


def test_what_ships_is_small_and_may_be_passed_on() -> None:
    size = sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file())
    assert size < SHIPPED_MEGABYTES * 2**20
    assert all(CORPORA[language].may_ship for language in shipped_pipelines())


def test_a_pipeline_names_persons_organisations_and_places_exactly() -> None:
    found = list(find_named(Passage(ENGLISH, "en"), shipped_pipelines()))
    assert {PERSON, ORGANISATION, PLACE} <= {mention.type for mention in found} <= set(COARSE_TYPES)
    assert all(ENGLISH[m.start : m.end] == m.text and "pipeline en" in m.reason for m in found)


def test_pronouns_and_descriptions_are_no_names() -> None:
    text = "When he left, we told our partners that they may see him. They met the Ministry of Defence in Baghdad."
    found = {mention.text for mention in find_named(Passage(text, "en"), shipped_pipelines())}
    assert "Baghdad" in found
    assert not {"he", "we", "our partners", "they", "They", "him"} & found


def test_a_common_noun_with_an_article_is_no_place_and_no_person() -> None:
    text = "The museum shop sells toys. The art gallery closed. The applicant met the Ministry of Defence in Baghdad."
    found = {m.text for m in find_named(Passage(text, "en"), shipped_pipelines()) if m.type != ORGANISATION}
    assert found == {"Baghdad"}


def test_a_language_without_a_pipeline_has_no_names_from_one() -> None:
    assert list(find_named(Passage("Genosse Müller kam.", "de"), shipped_pipelines())) == []
    assert list(find_named(Passage(ENGLISH, "en"), {})) == []


def test_a_surname_is_found_again_where_the_whole_name_stood() -> None:
    text = "Anton Velker left. Later Velker and ISIL met; velker is no name, Velkers neither. ISIL stayed."
    start = text.index("ISIL")
    found = [Named(0, 12, "person"), Named(start, start + 4, "organisation")]
    again = [(text[n.start : n.end], n.label) for n in repeated(text, found, frozenset({"person"}))]
    assert sorted(again) == [("ISIL", "organisation"), ("Velker", "person")]


def test_a_pipeline_that_is_not_there_is_not_available(tmp_path: Path) -> None:
    assert not available("xx_no_such_pipeline")
    assert not available(str(tmp_path))
    assert available(shipped_pipelines()["en"])


def test_a_folder_of_pipelines_is_read_by_language(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "meta.json").write_text(json.dumps({"lang": "ru", "name": "names"}), "utf-8")
    assert installed_pipelines(tmp_path) == {"ru": str(tmp_path / "mine")}
    assert installed_pipelines(tmp_path / "absent") == {}


def test_chinese_is_cut_into_its_likeliest_words() -> None:
    text = "俄军在叙利亚的无人机"
    assert [word for word, place, _ in segmented(text) if place in "BS"] == ["俄军", "在", "叙利亚", "的", "无人机"]
    first, middle, last = name_places(text)[3:6]
    assert ("Bns" in first, "Mns" in middle, "Ens" in last) == (True, True, True)
    assert segmented("") == name_places("") == []


def test_re3d_is_read_with_its_outermost_names(tmp_path: Path) -> None:
    folder = tmp_path / "Publisher"
    folder.mkdir()
    (folder / "documents.jsonl").write_text(json.dumps({"_id": "d", "text": "the Kurdish YPG in Syria"}) + "\n")
    entities = [(0, 15, "Organisation"), (4, 11, "Nationality"), (12, 15, "Organisation"), (19, 24, "Location")]
    rows = (json.dumps({"documentId": "d", "begin": b, "end": e, "type": t}) for b, e, t in entities)
    (folder / "entities.jsonl").write_text("\n".join(rows))
    (text,) = read_re3d(tmp_path)
    assert text.spans == (Span(0, 15, ORGANISATION), Span(19, 24, PLACE))


def test_nd_ner_is_read_by_sentence(tmp_path: Path) -> None:
    (tmp_path / "dev.txt").write_text("﻿美 B-C\n国 I-C\n海 B-O\n军 I-O\n说 O\n\n杨 B-P\n伟 I-P\n", "utf-8")
    first, second = read_nd_ner(tmp_path)
    assert (first.text, first.spans) == ("美国海军说", (Span(0, 2, PLACE), Span(2, 4, ORGANISATION)))
    assert second.spans == (Span(0, 2, PERSON),)


def test_nerel_is_read_from_text_and_marks(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("МВД Киргизии в Бишкеке", "utf-8")
    marks = "T1\tORGANIZATION 0 12\tМВД Киргизии\nT2\tCOUNTRY 4 12\tКиргизии\nT3\tCITY 15 22\tБишкеке\n"
    (tmp_path / "1.ann").write_text(marks, "utf-8")
    (text,) = read_nerel(tmp_path)
    assert text.spans == (Span(0, 12, ORGANISATION), Span(15, 22, PLACE))


def test_a_copy_has_other_names_at_the_right_places() -> None:
    texts = [Annotated("a", "Anna saw Bob.", (Span(0, 4, PERSON), Span(9, 12, PERSON)))]
    texts.append(Annotated("b", "Christopher slept.", (Span(0, 11, PERSON),)))
    names = names_by_type(texts)
    copies = list(with_other_names(texts[0], names, 5))
    assert len({copy.text for copy in copies}) > 1
    assert all(copy.text[s.start : s.end] in names[PERSON] for copy in copies for s in copy.spans)
    assert copies == list(with_other_names(texts[0], names, 5))


def test_scores_count_exact_spans_and_take_a_site_for_a_place() -> None:
    texts = [Annotated("a", "x" * 20, (Span(0, 4, PERSON), Span(9, 12, "site")))]
    scores = score(texts, lambda _: [Span(0, 4, PERSON), Span(9, 12, PLACE), Span(13, 14, ORGANISATION)])
    assert (scores.f1(PERSON), scores.f1(PLACE), scores.f1()) == (1.0, 1.0, 0.8)


def test_the_longer_of_two_names_stays() -> None:
    assert outermost([Span(4, 8, PLACE), Span(0, 8, ORGANISATION), Span(7, 9, PERSON)]) == (Span(0, 8, ORGANISATION),)
