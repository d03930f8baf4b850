"""A list of any shape is read by a mapping, and what the mapping does not fit is said."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers.catalogue import SourceError, load_sources
from watchword.cli.lists import lists_app
from watchword.errors import UsageError
from watchword.lists import Shelf, load_mapping, read_list

Write = Callable[[str, str], Path]
MAPPING = """
name: panel
publisher: A panel of experts
rows: {rows}
fields:
  id: ref
  name: full | given + family
  alias: others.spelling
  type: kind
  country: seat.country
  birth_date: born
  identifier: papers
  reason: why
types: {{P: person, E: organisation}}
separator: ";"
ignore: [checked]
"""
PARTY = {"ref": "1", "given": "Tarek", "family": "Halimi", "others": [{"spelling": "Tarik"}, {"spelling": "Тарек"}]}
MORE = {"kind": "p", "seat": {"country": "Iran"}, "born": 1971, "papers": "A1; B2", "why": "Valves.", "checked": "x"}
JSON = json.dumps(
    {"data": {"entries": [{**PARTY, **MORE, "shoe": 42}, {"ref": "2", "full": "Levant", "kind": "E"}, {}]}}
)
XML = (
    "<list><data><entries ref='1'><given>Tarek</given><family>Halimi</family>"
    "<others><spelling>Tarik</spelling></others><others><spelling>Тарек</spelling></others><kind>P</kind><seat><country>Iran</country></seat><born>1971</born>"
    "<papers>A1; B2</papers><why>Valves.</why></entries></data></list>"
)
CSV = "Panel list\n\nRef;Given;Family;Others.Spelling;Kind;D.O.B\n1;Tarek;Halimi;Tarik|Тарек;P;1971\n"


def test_json_is_read_by_paths_and_the_rest_is_said(write: Write) -> None:
    mapping = load_mapping(write("m.yaml", MAPPING.format(rows="data.entries")))
    read = read_list(write("a.json", JSON), mapping=mapping)
    person, body = read.entries
    assert (read.name, read.publisher, person.number) == ("panel", "A panel of experts", "1")
    assert (person.schema, person.name, person.values("alias")) == ("Person", "Tarek Halimi", ("Tarik", "Тарек"))
    assert person.values("country", "birthDate", "idNumber", "notes") == ("Iran", "1971", "A1", "B2", "Valves.")
    assert (body.schema, body.name) == ("Organization", "Levant")
    assert read.account == "3 entries, 2 parties, 0 entries merged by identifier, 1 set aside"
    assert "field 'shoe' is not read; 1 records have it" in read.remarks
    assert not any("checked" in remark for remark in read.remarks)


def test_xml_is_read_with_attributes_and_repeated_elements(write: Write) -> None:
    text = MAPPING.format(rows="list.data.entries").replace("id: ref", 'id: "@ref"')
    (person,) = read_list(write("a.xml", XML), mapping=load_mapping(write("m.yaml", text))).entries
    assert (person.number, person.name, person.values("alias")) == ("1", "Tarek Halimi", ("Tarik", "Тарек"))
    assert person.values("idNumber") == ("A1", "B2")


def test_a_table_is_read_below_its_title_with_dots_in_its_columns(write: Write) -> None:
    fields = "fields: {id: Ref, name: Given + Family, alias: Others.Spelling, type: Kind, birth_date: D.O.B}\n"
    mapping = load_mapping(write("m.yaml", f"{fields}types: {{p: person}}\nseparator: '|'\n"))
    (person,) = read_list(write("a.csv", CSV), mapping=mapping).entries
    assert (person.schema, person.name, person.values("alias")) == ("Person", "Tarek Halimi", ("Tarik", "Тарек"))
    assert person.values("birthDate") == ("1971",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields: {nmae: a}", "'nmae' is nothing that is read; possible are id, type, name"),
        ("fields: {id: a}", "at least where the 'name' stands"),
        ("rows: a", "the field 'fields': Field required"),
        ("fields: {name: a}\ntypes: {x: human}", "line 2: the field 'types': 'human' is no type of a party"),
        ("fields: {name: a}\nrow: b", "did you mean 'rows'"),
        ("- a", "a mapping has the fields"),
        ("fields: [", "this is not YAML"),
    ],
)
def test_a_wrong_mapping_is_one_sentence(write: Write, text: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        load_mapping(write("m.yaml", text))
    assert said in str(told.value)
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("rows", "said"),
    [("data.entry", "leads nowhere at 'entry'; at data there are entries"), ("data", "holds no party")],
)
def test_a_mapping_that_does_not_fit_the_file_says_where(write: Write, rows: str, said: str) -> None:
    mapping = load_mapping(write("m.yaml", MAPPING.format(rows=rows)))
    with pytest.raises(UsageError, match=said):
        read_list(write("a.json", JSON), mapping=mapping)


def test_the_commands_take_a_mapping(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHWORD_HOME", str(tmp_path / "home"))
    old, mapping = write("a.json", JSON), write("m.yaml", MAPPING.format(rows="data.entries"))
    new = write("b.json", JSON.replace("Levant", "Levant Meridian"))
    run = CliRunner()
    done = run.invoke(lists_app, ["import", str(old), "--mapping", str(mapping)])
    assert "panel from A panel of experts: 3 entries, 2 parties" in done.stdout
    assert Shelf(tmp_path / "home").party("panel:1").values("alias") == ("Tarik", "Тарек")
    told = run.invoke(lists_app, ["diff", str(old), str(new), "--mapping", str(mapping)])
    assert [json.loads(line)["change"] for line in told.stdout.splitlines()] == ["renamed"]


def test_a_source_s_mapping_takes_its_publisher_and_every_wrong_field_is_said(write: Write) -> None:
    entry = "publisher: Ministry of Trade\nsources:\n  - name: mot\n    kind: list\n    url: https://mot.test/l.json\n"
    path = write("s.yaml", f"{entry}    mapping: {{rows: data.entries, fields: {{name: n}}}}\n")
    (source,) = load_sources([path])
    assert source.list_mapping is not None
    assert source.list_mapping.publisher == "Ministry of Trade"
    with pytest.raises(SourceError, match=r"line 6: .*'mapping.row' is not known; did you mean 'rows'"):
        load_sources([write("t.yaml", f"{entry}    mapping: {{row: a, fields: {{name: n}}}}\n")])
