"""STIX 2.1: one bundle; a report a document, with what was observed, who is named, and where.

Ids are UUIDv5: those of observables by section 2.9 of the standard, the others in a namespace of Watchword's own. The
same document gives the same objects in every export.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

from nlp.mention import ITEM, ORGANISATION, PERSON, SITE, Mention
from nlp.sites import Site, find_site
from watchword.document import Document
from watchword.export.parties import NamedParty, Parties
from watchword.export.selection import Selection
from watchword.export.spool import Spool
from watchword.index.figures import moment
from watchword.watch.watches import explain

Object = dict[str, Any]

# Section 2.9: the namespace of observables.
OBSERVABLES: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
OWN: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://watchword.invalid/stix/2.1")
# What changes only with its words, such as a name on no list, is as old as this.
BEGINNING: Final = "2020-01-01T00:00:00.000Z"
IDENTITY_CLASSES: Final[Mapping[str, str]] = {PERSON: "individual", ORGANISATION: "organization"}
UNNAMED: Final = "(no title)"


def write_stix(selection: Selection) -> Iterator[bytes]:
    """Yield the bundle of *selection*, object after object; an object that several documents share comes once."""
    maker = _Maker(Parties(selection.desk.settings.folder))
    names = uuid.uuid5(OWN, "bundle")
    with closing(Spool()) as told:
        yield b'{"type":"bundle","objects":[' + _packed(PRODUCER)
        for document in selection.documents():
            for made in maker.objects(document):
                if told.add(made["id"]):
                    names = uuid.uuid5(names, made["id"])
                    yield b",\n" + _packed(made)
        yield b'],"id":"bundle--' + str(names).encode() + b'"}\n'


def _packed(made: Object) -> bytes:
    return json.dumps(made, ensure_ascii=False).encode("utf-8", "backslashreplace")


def object_id(kind: str, *parts: str) -> str:
    """Return the id of an object of the type *kind* that *parts* name."""
    name = json.dumps([kind, *parts])
    return f"{kind}--{uuid.uuid5(OWN, name)}"


def observable_id(kind: str, contributing: Mapping[str, str]) -> str:
    """Return the id of an observable by the properties that contribute to it, as canonical JSON (RFC 8785)."""
    name = json.dumps(contributing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{kind}--{uuid.uuid5(OBSERVABLES, name)}"


def stamp(text: str) -> str:
    """Return the ISO date or time *text* as STIX writes it."""
    return f"{moment(text):%Y-%m-%dT%H:%M:%S}.000Z"


def domain_object(kind: str, identifier: str, when: tuple[str, str], **properties: Any) -> Object:
    """Return a domain object with the *properties* that say something; *when* it was created and last changed."""
    said = {name: value for name, value in properties.items() if value not in (None, "", [], ())}
    head = {"type": kind, "spec_version": "2.1", "id": identifier, "created": when[0], "modified": when[1]}
    return head | said


PRODUCER: Final = domain_object(
    "identity",
    object_id("identity", "watchword"),
    (BEGINNING, BEGINNING),
    name="Watchword",
    identity_class="system",
)


@dataclass
class _Made:
    """The objects of one document so far."""

    objects: list[Object] = field(default_factory=list)

    def add(self, made: Object) -> str:
        """Add an object; return its id."""
        self.objects.append(made)
        return str(made["id"])


@dataclass(frozen=True)
class _Maker:
    parties: Parties

    def objects(self, document: Document) -> list[Object]:
        """Return the objects of *document*, its report last: what is named, what was observed, and why."""
        made = _Made()
        when = stamp(document.captured)
        marks = [made.add(_marking(document.marking))] if document.marking else []
        common = {"created_by_ref": PRODUCER["id"], "object_marking_refs": marks}
        named = self._named(document, made)
        seen = made.add(_observed(document, when, made, common))
        refs = list(dict.fromkeys([seen, *named]))
        if document.mentions:
            refs.append(made.add(_note(document, when, refs, common)))
        made.add(_report(document, when, refs, common))
        return made.objects

    def _named(self, document: Document, made: _Made) -> list[str]:
        """Add who and what *document* names; return the ids, each once."""
        found: dict[str, None] = {}
        for mention in document.mentions:
            party = self.parties.of(mention)
            site = _site(mention)
            if party is not None:
                found[made.add(identity(party))] = None
            elif site is not None and site.at is not None:
                found[made.add(location(site, site.at))] = None
        return list(found)


def _site(mention: Mention) -> Site | None:
    prefix, _, key = (mention.entity or "").partition(":")
    return find_site(key) if mention.type == SITE and prefix == SITE else None


def identity(party: NamedParty) -> Object:
    """Return *party* as an identity; one of a list changes when the list is imported anew."""
    other_names = [name for n in ("alias", "previousName") for name in party.properties.get(n, ())]
    changed = stamp(party.imported) if party.imported else BEGINNING
    return domain_object(
        "identity",
        object_id("identity", party.key),
        (BEGINNING, changed),
        created_by_ref=PRODUCER["id"],
        name=party.name,
        identity_class=IDENTITY_CLASSES.get(party.type, "unspecified"),
        description=f"Also named {'; '.join(other_names)}." if other_names else "",
        labels=[party.type, *([f"list:{party.list}"] if party.list else [])],
        external_references=[{"source_name": party.list, "external_id": party.key}] if party.list else [],
    )


def location(site: Site, at: tuple[float, float]) -> Object:
    """Return *site*, which lies *at* a latitude and a longitude, as a location."""
    return domain_object(
        "location",
        object_id("location", site.id, site.name, site.country, site.kind, str(at)),
        (BEGINNING, BEGINNING),
        created_by_ref=PRODUCER["id"],
        name=site.name,
        latitude=at[0],
        longitude=at[1],
        country=site.country,
        labels=[f"site:{site.id}", site.kind],
    )


def _marking(text: str) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": object_id("marking-definition", text),
        "created": BEGINNING,
        "definition_type": "statement",
        "definition": {"statement": text},
    }


def _observed(document: Document, when: str, made: _Made, common: Object) -> Object:
    address = {"type": "url", "spec_version": "2.1", "value": document.url}
    page = made.add({**address, "id": observable_id("url", {"value": document.url})})
    return domain_object(
        "observed-data",
        object_id("observed-data", document.id, document.capture),
        (when, when),
        first_observed=when,
        last_observed=when,
        number_observed=1,
        object_refs=[page],
        **common,
    )


def _note(document: Document, when: str, refs: list[str], common: Object) -> Object:
    """Return why *document* is said to name what it names: a line a wording, with its reason."""
    told = dict.fromkeys(f"{m.text!r} names {m.name} [{m.entity or m.type}]: {explain(m)}" for m in document.mentions)
    return domain_object(
        "note",
        object_id("note", document.id, document.knowledge),
        (when, when),
        abstract="What the text names, and why",
        content="\n".join(told),
        object_refs=refs,
        **common,
    )


def _report(document: Document, when: str, refs: list[str], common: Object) -> Object:
    items = dict.fromkeys(
        word
        for m in document.mentions
        if m.type == ITEM
        for word in (m.entity or m.name, *(f"code:{c}" for c in m.codes))
    )
    return domain_object(
        "report",
        object_id("report", document.id, document.knowledge),
        (when, when),
        name=document.title or UNNAMED,
        description=document.text,
        report_types=["observed-data"],
        published=stamp(document.published or document.captured),
        lang=document.language,
        labels=list(items),
        object_refs=refs,
        external_references=list(_sources(document)),
        **common,
    )


def _sources(document: Document) -> Iterable[Object]:
    publisher = document.publisher or document.source
    yield {"source_name": publisher, "url": document.url, "external_id": document.id}
    yield {"source_name": "watchword", "description": "The capture in its run.", "external_id": document.capture}
