"""FollowTheMoney: entities that its tools load, with names that its model has."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.mention import Mention
from watchword.export.followthemoney import cleaned, length_of, party_entity, pieces, properties_of
from watchword.export.parties import NamedParty, Parties
from watchword.lists import read_list

Export = Callable[..., bytes]
Entity = dict[str, Any]
LISTS = Path(__file__).parents[2] / "../shared/data/lists"
# The names that FollowTheMoney's model has for a document and for a mention.
DOCUMENT = set(
    "title fileName sourceUrl author publisher country language mimeType publishedAt retrievedAt crawler "  # noqa: SIM905
    "processingAgent bodyText keywords namesMentioned peopleMentioned companiesMentioned locationMentioned".split()
)
MENTION = {"document", "name", "detectedSchema", "resolved"}


@pytest.fixture(scope="module")
def entities(export: Export) -> list[Entity]:
    return [json.loads(line) for line in export("ftm").splitlines()]


def of(entities: list[Entity], *schemata: str) -> list[Entity]:
    return [entity for entity in entities if entity["schema"] in schemata]


def test_documents_parties_and_mentions_have_the_schemata_and_properties_of_the_model(entities: list[Entity]) -> None:
    assert {entity["schema"] for entity in entities} >= {"Article", "Person", "Organization", "Vessel", "Mention"}
    allowed = {"Article": DOCUMENT, "Mention": MENTION}
    for entity in entities:
        names = allowed.get(entity["schema"]) or properties_of(entity["schema"])
        assert set(entity["properties"]) <= names
        assert all(
            isinstance(v, str) and 0 < len(v) <= length_of(n) for n, vs in entity["properties"].items() for v in vs
        )


def test_a_listed_party_comes_once_with_what_its_list_says(entities: list[Entity]) -> None:
    (person,) = of(entities, "Person")
    assert person["properties"]["name"] == ["Tarek Abdelnour Halimi"]
    assert person["properties"]["alias"] == ["طارق عبدالنور حليمي"]
    assert person["properties"]["birthDate"] == ["1971"]
    assert person["properties"]["program"] == ["list panel"]
    assert len({entity["id"] for entity in entities}) == len(entities)


def test_a_mention_leads_from_its_document_to_its_party_and_only_to_what_can_be_resolved(
    entities: list[Entity],
) -> None:
    by_id = {entity["id"]: entity for entity in entities}
    wordings = {}
    for mention in of(entities, "Mention"):
        values = mention["properties"]
        assert by_id[values["document"][0]]["schema"] == "Article"
        wordings[values["name"][0]] = values.get("resolved")
        if "resolved" in values:
            assert by_id[values["resolved"][0]]["schema"] == values["detectedSchema"][0]
        else:
            assert values["detectedSchema"] == ["Vessel"]
    assert wordings["Tarek Halimi"] == wordings["طارق عبدالنور حليمي"]
    assert wordings["Northern Star"] is None


def test_ids_and_contents_are_the_same_in_every_export(export: Export, entities: list[Entity]) -> None:
    again = [json.loads(line) for line in export("ftm", "maraging").splitlines()]
    known = {entity["id"]: entity for entity in entities}
    assert again
    assert all(known[entity["id"]] == entity for entity in again)


def test_a_company_is_told_from_other_organisations_by_its_legal_form(tmp_path: Path) -> None:
    def schema(name: str) -> str | None:
        party = Parties(tmp_path).of(Mention(0, 1, name, "organisation", None, name, "said"))
        return party and party.schema

    names = (
        "Nordhavn Specialmetall AB",
        "Papier Lac Bleu SARL",
        "ООО Ромашка",
        "北京旭润科技有限公司",
        "Delta Pumps Ltd.",
    )
    assert [schema(name) for name in names] == ["Company"] * len(names)
    assert schema("International Atomic Energy Agency") == "Organization"


def test_values_that_the_model_would_refuse_are_left_out() -> None:
    assert cleaned("nationality", ["Iran (Islamic Republic of)", "de", "nowhere at all"]) == ["ir", "de"]
    assert cleaned("birthDate", ["1964", "1964-03", "1964/1966", "circa 1960"]) == ["1964", "1964-03"]
    long = NamedParty(
        "un:1", "person", "Person", "A", {"name": ("A" * 500,), "idNumber": ("1" * 70, "2"), "topics": ("x",)}
    )
    assert party_entity(long)["properties"] == {"name": ["A" * 384], "idNumber": ["2"]}


def test_a_long_text_is_given_whole_in_several_values() -> None:
    text = "".join(f"line {number}\n" for number in range(20_000))
    assert "".join(pieces(text)) == text
    assert max(map(len, pieces(text))) <= length_of("bodyText")
    assert "".join(pieces("x" * 150_000)) == "x" * 150_000


@pytest.mark.parametrize(
    "name", ["un-security-council-2025-04-19.xml", "us-consolidated-screening-list-2026-07-31.json"]
)
def test_every_party_of_a_real_list_fits_the_model(name: str) -> None:
    if not (LISTS / name).exists():
        pytest.skip("needs ../shared/data/lists")
    model = pytest.importorskip("followthemoney", reason="followthemoney needs a compiler (PyICU)").model
    held = read_list(LISTS / name)
    for entry in held.entries:
        key = f"{held.name}:{entry.number}"
        made = party_entity(NamedParty(key, "person", entry.schema, entry.name, entry.properties, held.name))
        model.get(made["schema"]).validate(made)
