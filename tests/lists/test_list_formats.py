"""Files of every publisher become entries under the same names; what is no list is one sentence."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from watchword.errors import UsageError
from watchword.lists import Entry, OfficialList, read_list
from watchword.lists.countries import country_code

SAMPLES = Path(__file__).with_name("samples")
UN = (SAMPLES / "un.xml").read_text("utf-8")
EU = (SAMPLES / "eu.xml").read_text("utf-8")
OFAC_XML = (SAMPLES / "sdn.xml").read_text("utf-8")
MAIN = (SAMPLES / "sdn/sdn.csv").read_text("utf-8")
Write = Callable[[str, str], Path]
Real = Callable[[str], Path]


def by_number(read: OfficialList) -> dict[str, Entry]:
    return {entry.number: entry for entry in read.entries}


def test_the_security_council_gives_reference_numbers_names_and_what_was_not_read(write: Write) -> None:
    read = read_list(write("any.txt", UN))
    assert (read.name, read.publisher, read.published) == ("un", "United Nations Security Council", "2026-03-02")
    assert read.remarks == ("field 'SHOE_SIZE' is not read; 1 records have it",)
    person, body = read.entries
    assert (person.number, person.schema, person.name) == ("KPi.901", "Person", "Tarek Abdelnour Halimi")
    assert person.values("alias") == ("Tarik Halimi",)
    assert person.values("weakAlias") == ("The Doctor",)
    assert person.values("birthDate") == ("1970/1972",)
    assert person.values("passportNumber") == ("A123",)
    assert person.values("notes") == ("Bought valves in Almar.",)
    assert (body.number, body.schema) == ("6908002", "Organization")
    assert body.values("country") == ("United Arab Emirates",)


def test_the_european_union_gives_its_own_numbers_and_puts_a_strong_name_first() -> None:
    read = read_list(SAMPLES / "eu.xml")
    assert (read.name, read.publisher, read.published, read.remarks) == ("eu", "European Union", "2026-03-02", ())
    found = by_number(read)
    person = found["EU.901.1"]
    assert (person.schema, person.name) == ("Person", "Tarek Halimi")
    assert person.values("alias", "weakAlias") == ("Тарек Халими", "The Doctor")
    assert person.values("birthDate", "birthPlace") == ("1971-05", "Shiraz")
    assert person.values("passportNumber", "program", "createdAt") == ("A123", "PRK", "2026-01-09")
    assert found["2"].values("address") == ("1 Quay, Dubai, UNITED ARAB EMIRATES",)


def test_the_treasury_s_csv_files_are_one_list() -> None:
    read = read_list(SAMPLES / "sdn")
    assert (read.name, len(read.entries), read.remarks) == ("us-ofac-sdn", 3, ())
    found = by_number(read)
    assert [found[number].schema for number in ("901", "902", "903")] == ["Person", "Vessel", "Organization"]
    person = found["901"]
    assert person.values("program") == ("NPWMD", "IRAN")
    assert person.values("alias", "weakAlias") == ("HALIMI, Tarik", "THE DOCTOR")
    assert person.values("birthDate", "passportNumber", "nationality") == ("1971-09-10", "A123", "Iran")
    assert found["902"].values("imoNumber", "flag", "callSign") == ("IMO 9187629", "Malta", "T2EU4")
    assert found["903"].values("previousName", "address") == ("BEKAA MERIDIAN", "1 Quay, Dubai, United Arab Emirates")


def test_the_treasury_s_main_file_alone_is_read_and_says_what_is_missing(write: Write) -> None:
    header = "ID,Name,Type,Country,Title,F,G,H,I,J,K,Details\n"
    for content in (MAIN, header + MAIN):
        read = read_list(write("list.csv", content))
        assert [entry.number for entry in read.entries] == ["901", "902", "903"]
        assert "alt.csv" in read.remarks[0]


def test_the_treasury_s_xml_says_the_same_as_its_csv() -> None:
    xml, table = by_number(read_list(SAMPLES / "sdn.xml")), by_number(read_list(SAMPLES / "sdn"))
    assert set(xml) == {"901", "902"}
    for name in ("name", "alias", "weakAlias", "birthDate", "passportNumber", "nationality", "callSign", "flag"):
        assert [xml[n].values(name) for n in xml] == [table[n].values(name) for n in xml], name
    assert read_list(SAMPLES / "sdn.xml").published == "2026-03-02"


def test_the_screening_list_is_read_in_both_of_its_forms() -> None:
    whole, compact = read_list(SAMPLES / "screening-list.json"), read_list(SAMPLES / "screening-list-compact.json")
    assert whole.name == compact.name == "us-csl"
    assert by_number(whole)["901"].values("alias", "passportNumber") == ("HALIMI, Tarik", "A123")
    entity, person = compact.entries
    assert entity.number == whole.entries[1].number
    assert entity.number.startswith("EL-")
    assert entity.values("country") == ("ae", "na")
    assert (person.number, person.schema) == ("901", "Person")


def test_a_ministry_s_parties_without_a_number_stay_apart() -> None:
    read = read_list(SAMPLES / "ministry.json")
    assert (read.name, [entry.name for entry in read.entries]) == (
        "jp-meti",
        ["Korea Wonbong Trading Corp.", "Abzar Boresh", "Alpha Works", "Beta Works"],
    )
    assert read.entries[0].values("alias") == ("朝鮮元峰貿易会社", "KWT")
    numbers = [entry.number for entry in read.entries]
    assert len(set(numbers)) == 4
    assert all(numbers)
    assert [entry.number for entry in read_list(SAMPLES / "ministry.json").entries] == numbers


def test_a_table_gathers_the_lines_of_one_id() -> None:
    read = read_list(SAMPLES / "panel.csv")
    assert (read.name, len(read.entries)) == ("panel", 3)
    person = read.entries[0]
    assert (person.number, person.name, person.values("alias")) == ("P-1", "Tarek Halimi", ("Тарек Халими",))
    assert read.parties[0].countries == ("ae", "na")
    assert read.entries[2].name == "Nan"


def test_follow_the_money_gives_its_parties_and_counts_the_rest(write: Write) -> None:
    person = {"name": ["Tarek Halimi", "Тарек Халими"], "nationality": ["ir"], "weakAlias": ["The Doctor"]}
    lines = [
        {"id": "Q1", "caption": "Tarek Halimi", "schema": "Person", "properties": person},
        {"id": "own-1", "schema": "Ownership", "properties": {"owner": ["Q1"]}},
        {"id": "Q2", "caption": "Levant Meridian", "schema": "Company", "properties": {}},
    ]
    read = read_list(write("set.ftm.json", "".join(json.dumps(line) + "\n" for line in lines)))
    assert (read.name, [(e.number, e.schema, e.name) for e in read.entries]) == (
        "set",
        [("Q1", "Person", "Tarek Halimi"), ("Q2", "Company", "Levant Meridian")],
    )
    assert read.entries[0].values("alias", "weakAlias", "nationality") == ("Тарек Халими", "The Doctor", "ir")
    assert read.remarks == ("1 entities of the schema 'Ownership' are no parties and are not read",)


@pytest.mark.parametrize("content", ["\n\nid;name\n1;Alpha\n", "id\tname\r1\tAlpha\r", "\ufeffid,name\n1,Alpha\n"])
def test_a_table_is_read_with_any_delimiter_and_line_end(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.csv").write_bytes(content.encode())
    assert [(entry.number, entry.name) for entry in read_list(tmp_path / "t.csv").entries] == [("1", "Alpha")]


def test_a_line_that_is_not_utf_8_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("id,name\n1,Тарек\n2,".encode() + "Müller\n".encode("cp1252"))
    assert [entry.name for entry in read_list(tmp_path / "t.csv").entries] == ["Тарек", "Müller"]


def test_two_records_without_a_name_are_counted_and_left_out(write: Write) -> None:
    results = [{"source": "Entity List (EL)"}, {"source": "Entity List (EL)"}, {"name": "Alpha", "source": "x"}]
    read = read_list(write("a.json", json.dumps({"results": results, "total": 3})))
    assert [entry.name for entry in read.entries] == ["Alpha"]
    assert "no name" in read.remarks[0]


# Eight entities, each twenty times the one before it, in an attribute.
ENTITIES = "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in pairwise("abcdefgh"))
BOMB = (
    f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">{ENTITIES}]>'
    '<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL x="&h;"/></INDIVIDUALS></CONSOLIDATED_LIST>'
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\ufeff",
        "\u00a0\n",
        "nothing but a sentence",
        "<html><body>Not found</body></html>",
        "<a><b></a>",
        "<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>",
        UN[:900],
        EU[:-20],
        OFAC_XML[:-40],
        "{",
        "[" * 200_000,
        "[]",
        '["a"]',
        '{"results": [5], "total": 1}',
        '{"results": 5, "total": 1}',
        '{"entries": [{"n": "A", "s": 4}], "tables": {"sources": []}, "fieldKey": {}}',
        '{"id": "1", "schema": "Person", "properties": {"name": ["A"]}}\n{"id":',
        '{"id": "1", "schema": "Person", "properties": {"name": ["A"]}}\n{"id": "2"}\n',
        "id,title\n1,2\n",
        "id,name\n",
        BOMB,
    ],
)
def test_what_is_no_list_is_said_in_one_sentence(write: Write, content: str) -> None:
    path = write("list", content)
    with pytest.raises(UsageError) as said:
        read_list(path)
    assert str(path) in str(said.value)
    assert len(str(said.value).splitlines()) == 1


def test_a_folder_without_a_list_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    with pytest.raises(UsageError, match="none of the lists that are known"):
        read_list(tmp_path)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Iran (Islamic Republic of)", "ir"),
        ("IRAN, ISLAMIC REPUBLIC OF", "ir"),
        ("Congo, Democratic Republic of the", "cd"),
        ("Congo, Republic of the", "cg"),
        ("Korea, North", "kp"),
        ("Trinidad and Tobago", "tt"),
        ("Saint Kitts and Nevis", "kn"),
        ("Bahamas, The", "bs"),
        ("Россия", "ru"),
        ("NA", "na"),
        ("Tehran, Iran", None),
        ("undetermined", None),
        ("", None),
    ],
)
def test_a_country_has_its_code_however_a_list_writes_it(written: str, code: str | None) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("name", "list_name", "parties"),
    [
        ("un-security-council-2020-11-30.xml", "un", 1_018),
        ("un-security-council-2025-04-19.xml", "un", 877),
        ("china-lists.json", "cn-mofcom", 238),
        ("japan-meti-end-users-2025-09.json", "jp-meti", 835),
        ("ofac-sdn-2023-11", "us-ofac-sdn", 11_443),
    ],
)
def test_a_real_list_gives_each_of_its_parties(real: Real, name: str, list_name: str, parties: int) -> None:
    read = read_list(real(name))
    assert (read.name, len(read.entries)) == (list_name, parties)
    assert len({entry.number for entry in read.entries}) == parties
    assert all(entry.name for entry in read.entries)


def test_the_real_screening_list_gives_a_party_a_number(real: Real) -> None:
    path = real("us-consolidated-screening-list-2026-07-31.json")
    lines = json.loads(path.read_bytes())["entries"]
    expected = {line.get("e") or (line["s"], " ".join(line["n"].split())) for line in lines}
    assert len(read_list(path).entries) == len(expected)
