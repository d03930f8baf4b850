"""The indexed fields: the one statement that queries, engines, facets and documentation are made from.

A document has two streams of text at the same positions, `exact` and `stem`, each for the title with the text and for
the title alone, and a sparse third one, `mentions`. A keyword is indexed twice: as it is written, to be counted and
read, and folded with what stands above it, to be looked up.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

Kind = Literal["words", "keyword", "date", "number", "place"]

# Raised whenever streams or fields change; an index of another version is migrated.
VERSION: Final = 6
# Catalogues of events give magnitudes with one or two decimals, depths and cloud cover with up to three.
THOUSANDTHS: Final = 1000


@dataclass(frozen=True)
class Field:
    """A field that a query may name; `folded` keywords are looked up without case and accents.

    Numbers are indexed whole: `parts` of them make one of what a query writes, so that 4.5 may be asked for.
    """

    name: str
    kind: Kind
    meaning: str
    folded: bool = True
    facet: bool = False
    parts: int = 1


FIELDS: Final = {
    field.name: field
    for field in (
        Field("text", "words", "the title and the text"),
        Field("title", "words", "the title alone"),
        Field("language", "keyword", "ISO 639-1 code of the language", facet=True),
        Field("source", "keyword", "name of the source in the catalogue", facet=True),
        Field("publisher", "keyword", "who publishes the source", facet=True),
        Field("country", "keyword", "ISO 3166 code of the publisher's country", facet=True),
        Field("kind", "keyword", "how the source is read: feed, sitemap, listing, …", facet=True),
        Field("author", "keyword", "an author, as the page names him or her"),
        Field("published", "date", "day of publication, as the page states it"),
        Field("captured", "date", "when the page was fetched"),
        Field("date", "date", "published, or captured where the page states no date"),
        Field("type", "keyword", "type of a mention: item, person, organisation, vessel, site, …", facet=True),
        Field("entity", "keyword", "what a mention names, by id or by name, or what stands above it", facet=True),
        Field("item", "keyword", "a dual-use item, by id or by name", facet=True),
        Field("code", "keyword", "control-list entry, CAS number or HS heading, or what stands above it", facet=True),
        Field("role", "keyword", "what a party does: supplier, broker, forwarder, consignee, …", facet=True),
        Field("site", "keyword", "a site, by id or by name", facet=True),
        Field("list", "keyword", "an official list that names a party", facet=True),
        Field("story", "keyword", "id of a story: near-copies of one text", folded=False),
        Field("run", "keyword", "id of the harvest that first fetched it", folded=False),
        Field("marking", "keyword", "handling marking", facet=True),
        Field("geo", "place", "a place or site that is mentioned, by name or coordinates"),
        Field("url", "keyword", "address of the page", folded=False),
        Field("media_type", "keyword", "media type of the capture", folded=False, facet=True),
        Field("id", "keyword", "id of this version of the document", folded=False),
        Field("page", "keyword", "id of the page, whatever it says", folded=False),
        Field("version", "number", "1 for the first text of a page, 2 for the next"),
        Field("words", "number", "length in words"),
        Field("magnitude", "number", "magnitude of a seismic event", parts=THOUSANDTHS),
        Field("depth", "number", "depth of a seismic event in kilometres", parts=THOUSANDTHS),
        Field("clouds", "number", "cloud cover of an image in per cent", parts=THOUSANDTHS),
        Field("happened", "date", "when an event was, or an image was taken"),
    )
}
STREAMS: Final = ("exact", "stem", "title_exact", "title_stem")
MENTIONS: Final = "mentions"
KEYWORDS: Final = tuple(name for name, field in FIELDS.items() if field.kind == "keyword")
FOLDED: Final = tuple(name for name in KEYWORDS if FIELDS[name].folded)
DATES: Final = tuple(name for name, field in FIELDS.items() if field.kind == "date")
NUMBERS: Final = tuple(name for name, field in FIELDS.items() if field.kind == "number")
FACETS: Final = tuple(name for name, field in FIELDS.items() if field.facet)
# Cells that hold a place of the document, and sounds of the names in it, for "did you mean".
HIDDEN: Final = ("cell", "sound")
# The place in the order by date, which no two documents share: minutes since 1970, then bits of the id.
ORDER: Final = "order"
# The story as a number: the only kind of value that the embedded engine gives back without reading the document.
STORY_NUMBER: Final = "story_number"
# A document with its story and version as a number, to tell whether the index holds what the registry says.
STATE: Final = "state"
# A position that no query asks for: between the title and the text, and where no mention is.
GAP: Final = "_"
# What stands between the title and the text of a stream.
APART: Final = f" {GAP} "
# Between several tokens at one position of a stream that is text; U+001C to U+001F would be white space to Java.
TOGETHER: Final = "\ue000"
# The embedded engine holds mentions among the words they stand at. A character that no word has tells them apart; that
# many of it, and no misspelling of a word comes near.
MARK: Final = "\U0010fffd"
MENTION_MARK: Final = MARK * 3


def folded_field(name: str) -> str:
    """Return the field that a keyword is looked up in."""
    return f"{name}_folded" if name in FOLDED else name


def elasticsearch_mapping() -> dict[str, Any]:
    """Return settings and mappings of an Elasticsearch index."""
    mapping: dict[str, Any] = json.loads(files("index_mappings").joinpath("documents.json").read_text("utf-8"))
    return mapping
