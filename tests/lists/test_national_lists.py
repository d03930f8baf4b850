"""The lists of the United Kingdom, Switzerland, Australia, Canada and the Union as a table tell of the same party."""

import csv
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from watchword.errors import UsageError
from watchword.lists import Entry, OfficialList, diff, read_list

SAMPLES = Path(__file__).with_name("samples")
Write = Callable[[str, str], Path]


def by_number(read: OfficialList) -> dict[str, Entry]:
    return {entry.number: entry for entry in read.entries}


@pytest.mark.parametrize(
    ("file", "list_name", "number", "name", "aliases"),
    [
        ("uk-sanctions.csv", "uk-sanctions", "DPR9001", "Tarek Abdelnour HALIMI", ("Tarik HALIMI", "طارق حليمي")),
        ("uk-sanctions.xml", "uk-sanctions", "DPR9001", "Tarek Abdelnour HALIMI", ("Tarik HALIMI", "طارق حليمي")),
        ("uk-ofsi.csv", "uk-ofsi", "99001", "Tarek Abdelnour HALIMI", ("Tarik HALIMI", "طارق حليمي")),
        ("uk-ofsi.xml", "uk-ofsi", "99001", "Tarek Abdelnour HALIMI", ("Tarik HALIMI", "طارق حليمي")),
        ("ch-seco.xml", "ch-seco", "901", "Halimi Tarek", ("Халими Тарек",)),
        ("au-dfat.csv", "au-dfat", "901", "Tarek Abdelnour Halimi", ("Tarik Halimi", "طارق حليمي")),
        ("ca-sema.xml", "ca-sema", "belarus-1-part-1-1", "Tarek Abdelnour Halimi", ("Tarik HALIMI", "Тарек ХАЛИМИ")),
        ("eu.csv", "eu", "EU.901.1", "Tarek Halimi", ("Тарек Халими",)),
        ("opensanctions.csv", "opensanctions", "Q901", "Tarek Abdelnour Halimi", ("Tarik Halimi", "Тарек Халими")),
    ],
)
def test_each_publisher_s_file_gives_the_person_with_all_names(
    file: str, list_name: str, number: str, name: str, aliases: tuple[str, ...]
) -> None:
    read = read_list(SAMPLES / file)
    person = by_number(read)[number]
    assert (read.name, person.schema, person.name) == (list_name, "Person", name)
    assert set(person.values("alias")) == set(aliases)
    assert any(born.startswith("1971") for born in person.values("birthDate"))
    assert not any(remark.startswith("field") for remark in read.remarks)


def test_france_gives_its_pairs_as_facts_and_says_what_it_does_not_know() -> None:
    read = read_list(SAMPLES / "fr-gels.json")
    person, ship = read.entries
    assert (read.name, read.published, person.number, person.schema) == ("fr-gels", "2026-03-02", "901", "Person")
    assert (person.name, person.values("alias")) == ("Tarek Abdelnour HALIMI", ("Tarik HALIMI", "طارق حليمي"))
    assert person.values("birthDate", "passportNumber", "birthPlace") == ("1971-09", "A123", "Shiraz, Iran")
    assert read.parties[0].countries == ("ae", "ir")
    assert (ship.schema, ship.values("imoNumber")) == ("Vessel", ("IMO 9187629",))
    assert read.remarks == ("field 'RegistreDetail/Valeur/Pointure' is not read; 1 records have it",)


@pytest.mark.parametrize("file", ["uk-sanctions.csv", "uk-sanctions.xml", "ch-seco.xml", "au-dfat.csv"])
def test_a_weak_alias_and_the_number_of_a_ship_are_told_apart(file: str) -> None:
    read = read_list(SAMPLES / file)
    assert [entry.values("weakAlias") for entry in read.entries] == [("The Doctor",), ()]
    ship = read.entries[1]
    assert (ship.schema, ship.values("imoNumber")) == ("Vessel", ("IMO 9187629",))


def test_the_united_kingdom_s_table_and_xml_say_the_same() -> None:
    table, xml = by_number(read_list(SAMPLES / "uk-sanctions.csv")), by_number(read_list(SAMPLES / "uk-sanctions.xml"))
    assert table.keys() == xml.keys()
    for fact in ("birthDate", "nationality", "passportNumber", "country", "address", "program", "createdAt", "notes"):
        assert [table[n].values(fact) for n in table] == [xml[n].values(fact) for n in table], fact
    assert xml["DPR9001"].values("birthDate") == ("1971", "1971-09-10")
    assert xml["DPR9001"].values("provisions") == ("Asset freeze", "Travel Ban")


def test_the_union_s_table_and_xml_say_the_same() -> None:
    table, xml = read_list(SAMPLES / "eu.csv"), read_list(SAMPLES / "eu.xml")
    assert (table.published, table.publisher) == (xml.published, xml.publisher) == ("2026-03-02", "European Union")
    one, other = table.entries[0], xml.entries[0]
    for fact in (
        "birthDate",
        "birthPlace",
        "nationality",
        "passportNumber",
        "program",
        "createdAt",
        "notes",
        "recordId",
    ):
        assert one.values(fact) == other.values(fact), fact


def test_a_line_with_more_cells_than_the_header_is_set_aside_and_the_account_adds_up() -> None:
    read = read_list(SAMPLES / "uk-sanctions.csv")
    assert read.account == "5 entries, 2 parties, 2 entries merged by identifier, 1 set aside"
    assert read.remarks == ("1 set aside: the line has more cells than the header",)


def test_what_switzerland_delisted_is_left_out_and_what_it_took_away_is_not_read() -> None:
    read = read_list(SAMPLES / "ch-seco.xml")
    assert [entry.number for entry in read.entries] == ["901", "902"]
    assert read.remarks == ("1 targets were delisted and are left out",)
    person = read.entries[0]
    assert person.values("address", "birthPlace") == ("1 Quay, Dubai, United Arab Emirates", "Shiraz, Iran")
    assert person.values("program", "nationality", "birthDate") == ("Measures concerning the DPRK", "ir", "1971-09")


def test_two_canadian_records_under_one_item_stay_two_parties(write: Write) -> None:
    record = (
        "<record><Country>Iran</Country><EntityOrShip>{}</EntityOrShip><Schedule>1</Schedule><Item>4</Item></record>"
    )
    read = read_list(write("a.xml", f"<data-set>{record.format('Abzar')}{record.format('Boresh')}</data-set>"))
    assert [(entry.number, entry.name) for entry in read.entries] == [("iran-1-4", "Abzar"), ("iran-1-4-2", "Boresh")]


def test_a_legal_form_behind_a_comma_is_no_alias_of_its_own() -> None:
    (body,) = (e for e in read_list(SAMPLES / "ca-sema.xml").entries if e.name == "Levant Meridian Trading")
    assert body.values("alias") == ("Levant Meridian Co., Ltd.", "Bekaa Meridian")


def workbook(path: Path, rows: list[list[str]]) -> Path:
    """Write an Excel workbook of one sheet with the cells as inline strings."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = ("".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) for row in rows)
    sheet = "".join(f"<row>{row}</row>" for row in cells)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{space}"/>')
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    return path


def test_a_workbook_is_read_as_its_csv_is(tmp_path: Path) -> None:
    rows = list(csv.reader((SAMPLES / "au-dfat.csv").read_text("utf-8").splitlines()))
    whole = [[*row, ""] for row in rows]
    read, table = read_list(workbook(tmp_path / "list.xlsx", whole)), read_list(SAMPLES / "au-dfat.csv")
    assert (read.name, read.entries) == (table.name, table.entries)
    assert list(diff(table, read)) == []


@pytest.mark.parametrize(
    ("file", "cut"), [("uk-sanctions.xml", 900), ("uk-ofsi.xml", 700), ("ch-seco.xml", 2_000), ("ca-sema.xml", 300)]
)
def test_a_file_that_breaks_off_is_one_sentence(write: Write, file: str, cut: int) -> None:
    path = write("list.xml", (SAMPLES / file).read_text("utf-8")[:cut])
    with pytest.raises(UsageError, match="breaks off or is damaged"):
        read_list(path)


def test_a_zip_file_that_is_no_workbook_is_said_in_one_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lists.zip", "w") as archive:
        archive.writestr("sdn.csv", "1,A")
    with pytest.raises(UsageError, match="unpack it"):
        read_list(tmp_path / "lists.zip")
