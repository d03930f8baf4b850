"""The page on items says what the catalogue's files may hold."""

from pathlib import Path

import pytest

from nlp.catalogue import read_yaml, shipped_file
from nlp.items.entry import Codes, ItemEntry, ItemFile, Parameter

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "items.md").read_text("utf-8")
FIELDS = [*ItemEntry.model_fields, *Codes.model_fields, *set(ItemFile.model_fields) - {"items"}]
LIMITS = set(Parameter.model_fields) - {"name", "code", "unit"}


@pytest.mark.parametrize("field", [*FIELDS, *sorted(LIMITS)])
def test_every_field_of_an_item_is_on_its_page(field: str) -> None:
    assert f"`{field}`" in PAGE


def test_the_parameter_of_the_example_is_known() -> None:
    assert "tensile strength" in read_yaml(shipped_file("parameters.yaml"))
