"""STIX 2.1: a bundle that the standard's own library reads, with ids that stay."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import stix2

from nlp.sites import all_sites
from watchword.export.parties import NamedParty
from watchword.export.stix import BEGINNING, identity, location, observable_id

Export = Callable[..., bytes]
Object = dict[str, Any]


@pytest.fixture(scope="module")
def bundle(export: Export) -> Object:
    return dict(json.loads(export("stix")))


def of(bundle: Object, kind: str) -> list[Object]:
    return [made for made in bundle["objects"] if made["type"] == kind]


def test_the_standards_own_library_reads_every_object_strictly(export: Export) -> None:
    for query in ("*", "maraging", "nothing-has-this-word"):
        read = stix2.parse(export("stix", query).decode(), allow_custom=False, version="2.1")
        assert read.type == "bundle"
        assert read.objects


def test_every_reference_leads_to_an_object_of_the_bundle(bundle: Object) -> None:
    known = {made["id"] for made in bundle["objects"]}
    assert len(known) == len(bundle["objects"])
    for made in bundle["objects"]:
        single = [value for name, value in made.items() if name.endswith("_ref")]
        several = [ref for name, value in made.items() if name.endswith("_refs") for ref in value]
        assert known.issuperset([*single, *several])


def test_a_document_is_a_report_with_who_is_named_where_it_stood_and_why(bundle: Object) -> None:
    report = next(r for r in of(bundle, "report") if r["external_references"][0]["url"].endswith("/steel"))
    by_id = {made["id"]: made for made in bundle["objects"]}
    objects = [by_id[ref] for ref in report["object_refs"]]
    named = {made["name"]: made["identity_class"] for made in objects if made["type"] == "identity"}
    assert named == {
        "Tarek Abdelnour Halimi": "individual",
        "Levant Meridian Trading FZE": "organization",
        "Northern Star": "unspecified",
    }
    assert "item:maraging-steel" in report["labels"]
    (note,) = [made for made in objects if made["type"] == "note"]
    assert "'Tarek Halimi' names Tarek Abdelnour Halimi [panel:P-1]" in note["content"]
    (observed,) = [made for made in objects if made["type"] == "observed-data"]
    assert by_id[observed["object_refs"][0]]["value"] == "http://host.test/steel"


def test_ids_follow_the_standard_and_are_the_same_in_every_export(export: Export, bundle: Object) -> None:
    for url in of(bundle, "url"):
        assert stix2.URL(value=url["value"]).id == url["id"]
    assert json.loads(export("stix")) == bundle
    known = {made["id"]: made for made in bundle["objects"]}
    part = json.loads(export("stix", "maraging"))
    assert part["id"] != bundle["id"]
    assert all(known[made["id"]] == made for made in part["objects"])


@pytest.mark.parametrize("value", ["http://host.test/naïve?q=海关", 'http://host.test/"quoted"\\'])
def test_an_address_with_any_letters_has_the_id_of_the_standard(value: str) -> None:
    assert observable_id("url", {"value": value}) == stix2.URL(value=value).id


def test_a_listed_party_is_a_new_version_when_its_list_is_imported_anew() -> None:
    first = NamedParty("un:1", "person", "Person", "A", {"name": ("A",)}, "un", "2026-03-01T00:00:00Z")
    later = NamedParty("un:1", "person", "Person", "A", {"name": ("A",), "alias": ("B",)}, "un", "2026-04-01T00:00:00Z")
    assert identity(first)["id"] == identity(later)["id"]
    assert BEGINNING == identity(later)["created"] < identity(first)["modified"] < identity(later)["modified"]
    assert stix2.parse(identity(later), version="2.1").description == "Also named B."


def test_a_site_is_a_location_with_its_coordinates() -> None:
    site = next(site for site in all_sites() if site.at is not None)
    assert site.at is not None
    read = stix2.parse(location(site, site.at), version="2.1")
    assert (read.latitude, read.longitude, read.name) == (*site.at, site.name)
