"""Training from a corpus of a few texts, and the pipelines that the settings choose."""

import json
from pathlib import Path

import pytest

from nlp.models import find_named, installed_pipelines, shipped_pipelines
from nlp.passage import Passage
from nlp.training.corpora import read_re3d
from nlp.training.train import train
from watchword.errors import UsageError
from watchword.knowledge import pipelines
from watchword.models import in_use, install
from watchword.settings import Settings

SENTENCES = (
    ("Anna Velker met the Ministry of Trade in Almar.", (("Anna Velker", "Person"), ("Almar", "Location"))),
    ("Boris Hald left Qaramir for Sankhara.", (("Boris Hald", "Person"), ("Qaramir", "Location"))),
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A folder with a corpus in the format of re3d, of texts enough for some to be held out."""
    folder = tmp_path / "corpora" / "re3d-en" / "Publisher"
    folder.mkdir(parents=True)
    documents, entities = [], []
    for number in range(40):
        text, names = SENTENCES[number % 2]
        documents.append({"_id": f"{number:03}", "text": text})
        for name, kind in names:
            start = text.index(name)
            entities.append({"documentId": f"{number:03}", "begin": start, "end": start + len(name), "type": kind})
    (folder / "documents.jsonl").write_text("\n".join(map(json.dumps, documents)), "utf-8")
    (folder / "entities.jsonl").write_text("\n".join(map(json.dumps, entities)), "utf-8")
    return tmp_path / "corpora"


def test_training_gives_a_pipeline_that_is_used_and_names_no_folder(corpora: Path, tmp_path: Path) -> None:
    into = tmp_path / "home" / "models" / "en"
    score = train(corpora / "re3d-en", "en", into)
    assert score > 0.9
    assert installed_pipelines(into.parent) == {"en": str(into)}
    assert pipelines(Settings(home=tmp_path / "home"))["en"] == str(into)
    assert list(find_named(Passage("", "en"), {"en": str(into)})) == []
    names = [mention.text for mention in find_named(Passage("Boris Hald left Almar.", "en"), {"en": str(into)})]
    assert names == ["Boris Hald", "Almar"]
    assert str(tmp_path) not in (into / "config.cfg").read_text("utf-8")
    (model,) = [model for model in in_use(Settings(home=tmp_path / "home")) if model.language == "en"]
    assert (model.origin, model.score) == ("trained here", pytest.approx(score))


def test_a_text_in_eight_is_held_out_the_same_ones_each_time(corpora: Path) -> None:
    first, second = (list(read_re3d(corpora / "re3d-en")) for _ in range(2))
    assert [text.held_out for text in first] == [text.held_out for text in second]
    assert 1 <= sum(text.held_out for text in first) <= 12


@pytest.mark.parametrize(("languages", "says"), [(["xx"], "'xx'"), (["ru"], "nerel-ru")])
def test_a_corpus_that_is_not_there_is_named(corpora: Path, tmp_path: Path, languages: list[str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        list(install(corpora, tmp_path / "models", languages))


def test_a_folder_without_a_corpus_is_an_error_that_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="re3d-en"):
        list(install(tmp_path, tmp_path / "models", []))


def test_settings_choose_the_pipelines(tmp_path: Path) -> None:
    english = shipped_pipelines()["en"]
    assert pipelines(Settings(home=tmp_path, models="none")) == {}
    assert pipelines(Settings(home=tmp_path, models="auto")) == shipped_pipelines()
    assert pipelines(Settings(home=tmp_path, models=f"fr={english}")) == {"fr": english}
    with pytest.raises(UsageError, match="no_such_pipeline"):
        pipelines(Settings(home=tmp_path, models="fr=no_such_pipeline"))
    with pytest.raises(UsageError, match="pairs"):
        pipelines(Settings(home=tmp_path, models="french"))
