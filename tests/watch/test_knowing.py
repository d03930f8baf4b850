"""A watch on something unknown is refused with what is known."""

from pathlib import Path

import pytest

from watchword.lists import Shelf, read_list
from watchword.settings import Settings
from watchword.watch.knowing import unknown_parts
from watchword.watch.watches import Watch


@pytest.fixture
def with_list(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "panel.csv"
    file.write_text("id,name,type\nP-1,Tarek Halimi,person\n", "utf-8")
    Shelf(settings.folder).add(read_list(file))
    return settings


@pytest.mark.parametrize(
    "entity",
    ["item:maraging-steel", "site:natanz", "code:1C216", "code:1C350.23", "code:MTCR 6.C.8", "panel:P-1", "place:IR"],
)
def test_what_is_known_is_taken(with_list: Settings, entity: str) -> None:
    assert list(unknown_parts(with_list, Watch("w", entities=(entity,), lists=("panel",)))) == []


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        (Watch("w", lists=("panl",)), "Did you mean 'panel'?"),
        (Watch("w", entities=("item:maraging-steal",)), "Did you mean 'maraging-steel'?"),
        (Watch("w", entities=("site:natans",)), "Did you mean 'natanz'?"),
        (Watch("w", entities=("code:steel",)), "no code of a control list"),
        (Watch("w", entities=("panel:P-9",)), "P-9"),
        (Watch("w", entities=("halimi",)), "no entity"),
    ],
)
def test_what_is_not_known_is_said_with_what_is(with_list: Settings, watch: Watch, said: str) -> None:
    (sentence,) = unknown_parts(with_list, watch)
    assert said in sentence
