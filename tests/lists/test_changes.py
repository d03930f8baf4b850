"""What changed between two files of one list is told by the publisher's own identifiers."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from watchword.cli.lists import lists_app
from watchword.errors import UsageError
from watchword.lists import Change, diff, read_list

SAMPLES = Path(__file__).with_name("samples")
UN = (SAMPLES / "un.xml").read_text("utf-8")
TABLE = (SAMPLES / "panel.csv").read_text("utf-8")
Write = Callable[[str, str], Path]
Real = Callable[[str], Path]
OLD, NEW = "un-security-council-2020-11-30.xml", "un-security-council-2025-04-19.xml"
# What the Secretariat's system counts, and no fact of the party.
UNTOLD = ("VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD")


def listed(path: Path) -> dict[str, Any]:
    """Return the elements of a UN file by reference number, straight from the XML."""
    walked = etree.parse(str(path)).iter("INDIVIDUAL", "ENTITY")
    return {(e.findtext("REFERENCE_NUMBER") or e.findtext("DATAID")).strip(): e for e in walked}


def spelt(element: Any) -> str:
    names = (element.findtext(f"{n}_NAME") or "" for n in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    return " ".join(" ".join(name for name in names if name.strip() != "na").split())


def facts(element: Any) -> list[tuple[str, str]]:
    """Return each text below *element* with its tag, in no order and with single spaces."""
    told = [child for child in element if child.tag not in UNTOLD]
    texts = ((e.tag, " ".join((e.text or "").split())) for child in told for e in child.iter())
    return sorted({(tag, text) for tag, text in texts if text})


def changes(told: Iterable[Change], kind: str) -> set[str]:
    return {change.id for change in told if change.change == kind}


def test_two_dates_of_the_real_list_differ_as_their_xml_does(real: Real) -> None:
    before, after = listed(real(OLD)), listed(real(NEW))
    both = before.keys() & after.keys()
    renamed = {number for number in both if spelt(before[number]) != spelt(after[number])}
    differing = {number for number in both if facts(before[number]) != facts(after[number])}
    told = list(diff(read_list(real(OLD)), read_list(real(NEW))))
    assert changes(told, "added") == after.keys() - before.keys()
    assert changes(told, "removed") == before.keys() - after.keys()
    assert changes(told, "renamed") == renamed
    assert changes(told, "changed") == differing - renamed
    assert len(told) == len({change.id for change in told})
    assert all(changes(told, kind) for kind in ("added", "removed", "renamed", "changed"))


def test_the_command_writes_a_line_a_change_in_the_order_of_the_numbers(write: Write) -> None:
    new = UN.replace("KPi.901", "KPi.902").replace("<CITY>Dubai", "<CITY>Sharjah")
    done = CliRunner().invoke(lists_app, ["diff", str(write("a.xml", UN)), str(write("b.xml", new))])
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(set(record) == {"change", "id", "name", "fields"} for record in told)
    assert [(record["change"], record["id"]) for record in told] == [
        ("changed", "6908002"),
        ("removed", "KPi.901"),
        ("added", "KPi.902"),
    ]


def test_a_party_without_a_reference_number_goes_by_its_dataid(write: Write) -> None:
    changed = UN.replace("Levant Meridian Trading", "Levant Meridian").replace("<CITY>Dubai", "<CITY>Almar")
    (told,) = diff(read_list(write("a.xml", UN)), read_list(write("b.xml", changed)))
    assert (told.change, told.id, told.name) == ("renamed", "6908002", "Levant Meridian")
    assert told.fields["name"] == {"old": ["Levant Meridian Trading"], "new": ["Levant Meridian"]}
    assert "address" in told.fields


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<VERSIONNUM>1<", "<VERSIONNUM>2<"),
        ("<FIRST_NAME>Tarek</FIRST_NAME>", "<FIRST_NAME>  Tarek\n </FIRST_NAME>"),
        ("<FIRST_NAME>Tarek</FIRST_NAME>", "<FIRST_NAME>\u200bTarek\u00a0\u200f</FIRST_NAME>"),
        ("<SECOND_NAME>Abdelnour</SECOND_NAME>", "<SECOND_NAME/>"),
    ],
)
def test_only_what_reads_otherwise_is_told(write: Write, old: str, new: str) -> None:
    changed = UN.replace(old, new)
    assert changed != UN
    told = list(diff(read_list(write("a.xml", UN)), read_list(write("b.xml", changed))))
    assert [change.change for change in told] == (["renamed"] if "SECOND" in old else [])


def test_an_alias_more_is_a_change_and_the_order_of_aliases_is_none(write: Write) -> None:
    before = read_list(write("a.csv", "id,name\n1,Alpha\n1,Beta\n1,Gamma\n"))
    assert not list(diff(before, read_list(write("b.csv", "id,name\n1,Alpha\n1,Gamma\n1,Beta\n"))))
    (told,) = diff(before, read_list(write("c.csv", "id,name\n1,Alpha\n1,Beta\n")))
    assert told == Change("changed", "1", "Alpha", {"alias": {"old": ["Beta", "Gamma"], "new": ["Beta"]}})


def test_a_number_that_passes_to_another_kind_of_party_is_a_change(write: Write) -> None:
    old, new = write("a.csv", "id,name,type\n1,Alpha,vessel\n"), write("b.csv", "id,name,type\n1,Alpha,person\n")
    (told,) = diff(read_list(old), read_list(new))
    assert told.fields == {"schema": {"old": ["Vessel"], "new": ["Person"]}}


def test_files_of_two_publishers_are_not_compared(write: Write) -> None:
    with pytest.raises(UsageError, match="take two of one list"):
        list(diff(read_list(write("a.xml", UN)), read_list(write("b.csv", TABLE))))
