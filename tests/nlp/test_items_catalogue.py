"""The catalogue of items is read strictly, and what ships is whole."""

from pathlib import Path

import pytest

from nlp.catalogue import CatalogueError
from nlp.items import catalogue, load, search_items
from nlp.items.checking import OfficialLists, eu_codes, find_problems
from nlp.items.gaps import find_gaps
from nlp.items.parameters import parameters
from nlp.units import measure

CONTROLS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "controls"
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
GOOD = """
area: nuclear
items:
  - id: maraging-steel
    name: maraging steel
    use: Rotors of gas centrifuges.
    codes:
      {eu: [1C216], us: [1C216], nsg: [Part 2 2.C.11], mtcr: [6.C.8], ag: [Precursor 7], cwc: [2.B.13], wa: [6.A.5]}
    cas: [111-48-8]
    hs: ["7224.90"]
    names: {en: [maraging steel]}
    parameters:
      - {name: tensile strength, code: 1C216, at_least: 1950, unit: MPa}
"""


def write(tmp_path: Path, text: str, name: str = "steel.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_codes_carry_the_name_of_their_regime(tmp_path: Path) -> None:
    (item,) = load([write(tmp_path, GOOD)])
    assert item.codes == ("1C216", "WA 6.A.5", "NSG Part 2 2.C.11", "MTCR 6.C.8", "AG Precursor 7", "CWC 2.B.13")
    assert item.all_codes == (*item.codes, "111-48-8", "7224.90")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("111-48-8", "111-48-9"),
            r"steel.yaml, item maraging-steel, field cas.0: .* here it would be 8 \(found '111-48-9'",
        ),
        (
            ("1C216]", "1Z216]"),
            r"item maraging-steel, field codes.eu.0: .*write it like 1C216 or 1C350.23 \(found '1Z216'",
        ),
        (("names:", "naems:"), r"item maraging-steel, field names: Field required"),
        (("{en: [", "{xx: ["), r"item maraging-steel, field names.xx"),
        (("id: maraging-steel", "id: Maraging Steel"), r"field id: .*write it like maraging-steel"),
        (("at_least: 1950, ", ""), r"field parameters.0: .*give one of at_least, above, at_most, below, between"),
        (("area: nuclear", "area: naval"), r"steel.yaml, the file, field area: .*'nuclear'"),
        (("\nitems:", "\nitems: ["), r"steel.yaml, line \d+: not YAML"),
        (('"7224.90"', '"72-24"'), r"field hs.0: .*'7224.90', in quotes"),
    ],
)
def test_an_error_names_file_item_field_and_remedy(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        load([write(tmp_path, GOOD.replace(*change, 1))])


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    files = [write(tmp_path, GOOD, "a.yaml"), write(tmp_path, GOOD, "b.yaml")]
    with pytest.raises(CatalogueError, match=r"b.yaml, item maraging-steel: a.yaml has this id; merge the two"):
        load(files)


def test_four_hundred_items_ship_in_all_areas() -> None:
    items = catalogue()
    assert len(items) >= 400
    assert {item.area for item in items} == {"nuclear", "missile", "chemical", "biological", "conventional"}


def test_every_item_that_ships_has_names_in_six_languages() -> None:
    nameless = [item.id for item in catalogue() if {language for language, _ in (*item.names, *item.weak)} != LANGUAGES]
    assert nameless == []


def test_nearly_every_item_that_ships_has_an_entry() -> None:
    """Some goods that no list names are watched all the same, such as chlorine."""
    items = catalogue()
    assert sum(not item.codes for item in items) <= len(items) / 50


def test_every_limit_that_ships_has_a_known_parameter_and_a_unit() -> None:
    known = parameters().near
    limits = [(item.id, limit) for item in catalogue() for limit in item.limits]
    assert sorted({limit.parameter for _, limit in limits if limit.parameter not in known}) == []
    for _, limit in limits:
        assert measure(limit.unit)


def test_a_limit_is_of_an_entry_of_its_item() -> None:
    strangers = [
        (item.id, limit.code)
        for item in catalogue()
        for limit in item.limits
        if not any(limit.code.startswith(code) or code.startswith(limit.code) for code in (*item.codes, *item.cas))
        and not any(limit.code in code for code in item.codes)
    ]
    assert strangers == []


def test_a_cas_number_is_of_one_item() -> None:
    owners: dict[str, list[str]] = {}
    for item in catalogue():
        for cas in item.cas:
            owners.setdefault(cas, []).append(item.id)
    assert {cas: ids for cas, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    "words", ["maraging steel", "1C216", "мартенситно-стареющая сталь", "马氏体时效钢", "MARAGING"]
)
def test_an_item_is_found_by_name_and_code_in_any_script(words: str) -> None:
    assert search_items(words)[0].id == "maraging-steel"


def test_an_item_is_found_by_its_cas_number() -> None:
    assert [item.id for item in search_items("111-48-8")] == ["thiodiglycol"]


def test_sub_entries_are_read_from_the_indentation_of_the_list() -> None:
    text = """0B001   Plant, as follows:
        a.    Plant;
        b.    Gas centrifuges:
              1.    Gas centrifuges;
         c.   More
"""
    assert list(eu_codes(text)) == ["0B001", "0B001.a", "0B001.b", "0B001.b.1", "0B001.c"]


def test_a_code_that_no_list_has_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "eu-dual-use-list-en.txt").write_text("1C116   Maraging steel\n", "utf-8")
    (tmp_path / "us-commerce-control-list-1.json").write_text('{"entries": [{"eccn": "1C116"}]}', "utf-8")
    items = load([write(tmp_path, GOOD)])
    assert list(find_problems(items, OfficialLists(tmp_path))) == [
        "item maraging-steel: 1C216 is in neither the EU list nor the US list."
    ]


@pytest.mark.skipif(not CONTROLS.exists(), reason="needs ../shared/data/controls")
def test_every_code_that_ships_exists_in_the_official_lists() -> None:
    assert list(find_problems(catalogue(), OfficialLists(CONTROLS))) == []


def test_an_entry_without_an_item_is_a_gap(tmp_path: Path) -> None:
    listed = """1C216   Maraging steel, as follows:
        a.    Bars;
6A005   Lasers, as follows:
        a.    Continuous wave;
        b.    Not used;
        Note: as follows:
        1.    A note;
"""
    (tmp_path / "eu-dual-use-list-en.txt").write_text(listed, "utf-8")
    entries = '{"entries": [{"eccn": "1C216", "heading": "Steel"}, {"eccn": "9A980", "heading": "Laboratories"}]}'
    (tmp_path / "us-commerce-control-list-1.json").write_text(entries, "utf-8")
    gaps = [(gap.entry, gap.heading) for gap in find_gaps(load([write(tmp_path, GOOD)]), OfficialLists(tmp_path))]
    assert gaps == [("6A005", "Lasers, as follows:"), ("6A005.a", "Continuous wave;"), ("9A980", "Laboratories")]


@pytest.mark.skipif(not CONTROLS.exists(), reason="needs ../shared/data/controls")
def test_nearly_every_entry_of_the_official_lists_has_an_item() -> None:
    assert len(list(find_gaps(catalogue(), OfficialLists(CONTROLS)))) <= 1
