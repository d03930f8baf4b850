"""FollowTheMoney: entities a line, for Aleph, OpenAleph, yente and the tools around them.

A document is an `Article` or a `Document`, a party that it names a `Person`, `Company`, `Organization` or `Vessel`, and
each wording that names a party a `Mention`. Ids are digests of what is named, so that two exports can be loaded over
each other. `followthemoney.yaml` has the names of FollowTheMoney's model, versions 3 and 4.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

import yaml

from nlp.mention import ITEM, ORGANISATION, PARTY_TYPES, PERSON, PLACE, SITE, Mention
from watchword.document import Document
from watchword.export.json_lines import line
from watchword.export.parties import NamedParty, Parties
from watchword.export.selection import Selection
from watchword.export.spool import Spool
from watchword.lists.countries import country_code

Entity = dict[str, Any]

TOOL: Final = f"watchword {version('watchword')}"
VEHICLES: Final = ("Vessel", "Airplane")
HTML: Final = ("text/html", "application/xhtml+xml")
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
GENDERS: Final = ("male", "female")
IDENTIFIER_LENGTH: Final = 64
ORDINARY_LENGTH: Final = 1024


@cache
def model() -> dict[str, Any]:
    """Return the part of FollowTheMoney's model that is used."""
    loaded: dict[str, Any] = yaml.safe_load(
        files("watchword.export").joinpath("followthemoney.yaml").read_text("utf-8")
    )
    return loaded


@cache
def properties_of(schema: str) -> frozenset[str]:
    """Return the properties that are taken over for a party of *schema*."""
    above = model()["extends"].get(schema)
    return frozenset(model()["properties"][schema]) | (properties_of(above) if above else frozenset())


@cache
def length_of(name: str) -> int:
    """Return how many characters a value of the property *name* may have."""
    return next((int(length) for length, names in model()["lengths"].items() if name in names), ORDINARY_LENGTH)


def write_ftm(selection: Selection) -> Iterator[bytes]:
    """Yield the entities of *selection*; a party comes once, before the first document that names it."""
    parties = Parties(selection.desk.settings.folder)
    with closing(Spool()) as told:
        for document in selection.documents():
            named = [(m, party) for m in document.mentions if (party := parties.of(m)) is not None]
            for party in {p.key: p for _, p in named}.values():
                if told.add(party.key):
                    yield line(party_entity(party))
            yield line(document_entity(document))
            yield from map(line, mention_entities(document, named))


def entity_id(*parts: str) -> str:
    """Return the id of what *parts* name."""
    named = "\n".join(parts).encode("utf-8", "replace")
    return f"ww-{hashlib.sha1(named, usedforsecurity=False).hexdigest()}"


def document_id(document: Document) -> str:
    """Return the id of *document*."""
    return entity_id("document", document.id)


def document_entity(document: Document) -> Entity:
    """Return *document* as an `Article`, or as a `Document` where it is a file."""
    schema = "Article" if document.media_type in HTML else "Document"
    values: dict[str, Iterable[str | None]] = {
        "title": [document.title],
        "fileName": [document.url.partition("#")[0].rstrip("/").rpartition("/")[2] or document.url],
        "sourceUrl": [document.url if document.url.startswith(("http://", "https://")) else None],
        "author": document.authors,
        "publisher": [document.publisher],
        "country": [document.country and document.country.lower()],
        "language": [model()["languages"].get(document.language)],
        "mimeType": [document.media_type],
        "publishedAt": [document.published],
        "retrievedAt": [document.captured[:19]],
        "crawler": [document.source],
        "processingAgent": [TOOL],
        "bodyText": pieces(document.text),
    }
    return entity(document_id(document), schema, values | mentioned(document.mentions))


def pieces(text: str) -> list[str]:
    """Return *text* in values that are short enough, cut at line ends where there are any."""
    found, start, limit = [], 0, length_of("bodyText")
    while start < len(text):
        end = start + limit
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        found.append(text[start:end])
        start = end
    return found


def mentioned(mentions: Sequence[Mention]) -> dict[str, Iterable[str | None]]:
    """Return what a document's own properties say of its *mentions*; goods, which have no schema, are keywords."""

    def names(*types: str) -> list[str]:
        return [m.name for m in mentions if m.type in types]

    return {
        "keywords": [word for m in mentions if m.type == ITEM for word in (m.name, *m.codes)],
        "namesMentioned": names(*PARTY_TYPES),
        "peopleMentioned": names(PERSON),
        "companiesMentioned": names(ORGANISATION),
        "locationMentioned": names(PLACE, SITE),
    }


def party_id(party: NamedParty) -> str:
    """Return the id of *party*."""
    return entity_id("party", party.key)


def party_entity(party: NamedParty) -> Entity:
    """Return *party* with what FollowTheMoney has a property for."""
    allowed = properties_of(party.schema)
    held = {name: cleaned(name, values) for name, values in party.properties.items() if name in allowed}
    if party.list:
        held["program"] = [*held.get("program", []), f"list {party.list}"]
    return entity(party_id(party), party.schema, held)


def cleaned(name: str, values: Iterable[str]) -> list[str]:
    """Return the *values* of a property as FollowTheMoney takes them; what it would refuse is left out."""
    if name in model()["countries"]:
        return [code for value in values if (code := country_code(value))]
    if name in model()["dates"]:
        return [value for value in values if DATE.fullmatch(value)]
    if name == "gender":
        return [value.lower() for value in values if value.lower() in GENDERS]
    return list(values)


def mention_entities(document: Document, named: Sequence[tuple[Mention, NamedParty]]) -> Iterator[Entity]:
    """Yield a `Mention` for each wording by which *document* names a party."""
    for (text, key), party in {(mention.text, party.key): party for mention, party in named}.items():
        values: dict[str, Iterable[str | None]] = {
            "document": [document_id(document)],
            "name": [text],
            "detectedSchema": [party.schema],
            # Only a LegalEntity can be resolved; ships and aircraft are things.
            "resolved": [None if party.schema in VEHICLES else party_id(party)],
        }
        yield entity(entity_id("mention", document.id, text, key), "Mention", values)


def entity(identifier: str, schema: str, values: Mapping[str, Iterable[str | None]]) -> Entity:
    """Return an entity with the values that say something, each once."""
    held = {name: list(dict.fromkeys(fitting(name, found))) for name, found in values.items()}
    return {"id": identifier, "schema": schema, "properties": {name: found for name, found in held.items() if found}}


def fitting(name: str, values: Iterable[str | None]) -> Iterator[str]:
    """Yield the *values* that say something, as long as FollowTheMoney takes them; half an identifier is another."""
    limit = length_of(name)
    for value in values:
        if value and (len(value) <= limit or limit > IDENTIFIER_LENGTH):
            yield value[:limit]
