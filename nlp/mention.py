"""What reading finds: mentions of items, parties, sites, places and identifiers, and relations between parties."""

from dataclasses import dataclass, field
from typing import Any, Final

ITEM: Final = "item"
PERSON: Final = "person"
ORGANISATION: Final = "organisation"
VESSEL: Final = "vessel"
SITE: Final = "site"
PLACE: Final = "place"
IDENTIFIER: Final = "identifier"

COARSE_TYPES: Final = (ITEM, PERSON, ORGANISATION, VESSEL, SITE, PLACE, IDENTIFIER)
PARTY_TYPES: Final = frozenset({PERSON, ORGANISATION, VESSEL})
ROLES: Final = ("supplier", "broker", "forwarder", "consignee", "end user", "financier", "manufacturer")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A technical parameter given in the text, held against the limit of a control-list entry.

    `value` and `unit` are as the text gives them; `met` is None where the text does not decide it.
    """

    code: str
    parameter: str
    value: float
    unit: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document's text that names something.

    `start` and `end` count Unicode characters of the text. `entity` is the id of what is named (`item:maraging-steel`,
    `site:natanz`, `un:KPi.033`), or None where it is not known by an id. `codes` are control-list entries, CAS numbers
    and HS headings. `score` lies between 0 and 1.
    """

    start: int
    end: int
    text: str
    type: str
    entity: str | None
    name: str
    reason: str
    codes: tuple[str, ...] = ()
    role: str | None = None
    threshold: Threshold | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """Who did what with or for whom, as one sentence says it; `kind` is a verb such as `supplied`.

    `source`, `target` and `item` are indexes into the reading's mentions.
    """

    start: int
    end: int
    text: str
    kind: str
    source: int
    target: int | None
    item: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """A stretch of a text in one language, where a document has several."""

    start: int
    end: int
    language: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that reading one text gave: `rejected` are candidates that context decided against."""

    language: str | None
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    parts: tuple[LanguagePart, ...] = ()
    rejected: tuple[Mention, ...] = field(default=(), repr=False)


def as_json(mention: Mention) -> dict[str, Any]:
    """Return *mention* with the keys of the command line's contract."""
    limit = mention.threshold
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "type": mention.type,
        "entity": mention.entity,
        "name": mention.name,
        "codes": list(mention.codes),
        "role": mention.role,
        "threshold": limit
        and {
            "code": limit.code,
            "parameter": limit.parameter,
            "value": limit.value,
            "unit": limit.unit,
            "met": limit.met,
        },
        "score": round(mention.score, 3),
        "reason": mention.reason,
    }


def from_json(record: dict[str, Any]) -> Mention:
    """Return the mention that `as_json` wrote."""
    limit = record["threshold"]
    return Mention(**{**record, "codes": tuple(record["codes"]), "threshold": limit and Threshold(**limit)})
