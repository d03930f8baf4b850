"""Shapes: how well-known services write their records, as paths to what a record says.

A source names the fields of its records itself, or takes a shape from here; its own fields go before those of the
shape. The forms are those of the services' documents: FDSN event service 1.2, QuakeML 1.2, STAC API 1.0, GDELT DOC 2.0,
UN Comtrade, and the content service of who.int.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from crawlers.tree import Tree, pick

# A record is known by one of these.
KEYS: Final = ("id", "url")


@dataclass(frozen=True)
class Shape:
    """Where the records of an answer lie, and the paths of their fields.

    `base` is the address below which relative ones lie, `next_page` the path to the address of the next answer. Where
    records have no id, the fields in `key` together tell them apart.
    """

    records: str
    fields: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    next_page: str = ""
    key: tuple[str, ...] = ()


FDSN_GEOJSON: Final = Shape(
    "features",
    {
        "id": "id|properties.unid",
        "url": "properties.url",
        "event type": "properties.type|properties.evtype",
        "magnitude": "properties.mag",
        "magnitude type": "properties.magType|properties.magtype",
        "place": "properties.place|properties.flynn_region",
        "time": "properties.time",
        "longitude": "geometry.coordinates.0|properties.lon",
        "latitude": "geometry.coordinates.1|properties.lat",
        "depth": "properties.depth|geometry.coordinates.2",
        "catalogue": "properties.net|properties.source_catalog|properties.auth",
        "status": "properties.status",
        "reported": "properties.updated|properties.lastupdate",
    },
)
FDSN_TEXT: Final = Shape(
    "",
    {
        "id": "EventID",
        "event type": "EventType",
        "magnitude": "Magnitude",
        "magnitude type": "MagType",
        "place": "EventLocationName",
        "time": "Time",
        "longitude": "Longitude",
        "latitude": "Latitude",
        "depth": "Depth/km|Depth",
        "catalogue": "Catalog|Contributor",
        "author": "Author",
    },
)
QUAKEML: Final = Shape(
    "quakeml.eventParameters.event",
    {
        "id": "@publicID",
        "event type": "type",
        "magnitude": "magnitude.mag.value|magnitude.0.mag.value",
        "magnitude type": "magnitude.type|magnitude.0.type",
        "place": "description.text|description.0.text",
        "time": "origin.time.value|origin.0.time.value",
        "longitude": "origin.longitude.value|origin.0.longitude.value",
        "latitude": "origin.latitude.value|origin.0.latitude.value",
        "depth in metres": "origin.depth.value|origin.0.depth.value",
        "author": "creationInfo.agencyID|origin.creationInfo.agencyID|origin.0.creationInfo.agencyID",
    },
)
GDELT: Final = Shape(
    "articles",
    {
        "id": "url",
        "title": "title",
        "time": "seendate",
        "address": "url",
        "site": "domain",
        "written in": "language",
        "country": "sourcecountry",
    },
)
WHO_OUTBREAKS: Final = Shape(
    "value",
    {
        "id": "DonId|UrlName|Id",
        "title": "OverrideTitle|Title",
        "url": "ItemDefaultUrl",
        "time": "PublicationDateAndTime|PublicationDate",
        "text": "Overview|Summary",
        "epidemiology": "Epidemiology",
        "assessment": "Assessment",
        "response": "Response",
        "advice": "Advice",
    },
    base="https://www.who.int/emergencies/disease-outbreak-news/item",
    next_page="@odata.nextLink",
)
COMTRADE: Final = Shape(
    "data",
    {
        "reporter": "reporterDesc|reporterISO|reporterCode",
        "partner": "partnerDesc|partnerISO|partnerCode",
        "flow": "flowDesc|flowCode",
        "commodity": "cmdDesc",
        "code": "cmdCode",
        "period": "period|refYear",
        "value": "primaryValue",
        "value of imports": "cifvalue",
        "value of exports": "fobvalue",
        "net weight": "netWgt",
        "quantity": "qty",
        "unit of quantity": "qtyUnitAbbr|qtyUnitCode",
        "customs procedure": "customsCode",
        "transport": "motDesc|motCode",
        "second partner": "partner2Desc|partner2ISO|partner2Code",
    },
    key=("reporter", "partner", "flow", "code", "period", "customs procedure", "transport", "second partner"),
)
STAC: Final = Shape(
    "features",
    {
        "id": "id",
        "collection": "collection",
        "time": "properties.datetime|properties.start_datetime",
        "platform": "properties.platform|properties.constellation",
        "instrument": "properties.instruments",
        "cloud cover": "properties.eo:cloud_cover",
        "resolution": "properties.gsd",
        "thumbnail": "assets.thumbnail.href|assets.overview.href|assets.rendered_preview.href",
    },
)
# The first three are told apart by sight; the others a source names.
EVENT_SHAPES: Final[Mapping[str, Shape]] = {
    "fdsn-geojson": FDSN_GEOJSON,
    "fdsn-text": FDSN_TEXT,
    "quakeml": QUAKEML,
    "gdelt": GDELT,
    "who-outbreaks": WHO_OUTBREAKS,
}


def recognise(tree: Tree) -> Shape:
    """Return the shape of an answer of an FDSN event service; an empty answer has the shape of a table."""
    if isinstance(tree, dict):
        return QUAKEML if pick(tree, "quakeml.eventParameters") is not None else FDSN_GEOJSON
    return FDSN_TEXT
