"""Records: entries of services, such as an earthquake, an image or a line of statistics, as sentences and facts."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from watchword.extract.markup import plain_text
from watchword.extract.media_type import RECORD
from watchword.extract.values import Extracted, Hint, SetAside

KILOMETRES_PER_METRE = 0.001
# Two letters that the seismological centres write: known or suspected, and what it was (ISC bulletin, event types).
EVENT_CODES = {
    "e": "earthquake",
    "h": "explosion",
    "i": "induced event",
    "l": "landslide",
    "m": "mining explosion",
    "n": "nuclear explosion",
    "r": "rock burst",
    "x": "event of unknown kind",
}


@dataclass(frozen=True)
class Told:
    """A record as the crawl kept it: `facts` by name, `places` with their distance in kilometres."""

    kind: str = ""
    title: str = ""
    text: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    places: tuple[tuple[str, float], ...] = ()

    def one(self, *names: str) -> str:
        """Return the first of the facts *names* that is stated, else nothing."""
        return next((self.facts[name] for name in names if self.facts.get(name)), "")


def read_record(payload: bytes, hint: Hint) -> Extracted:
    """Return what the record *payload* says: a sentence of its kind, its own text, and its facts, a line each."""
    told = _told(payload)
    title = told.title or TITLES.get(told.kind, _no_title)(told) or hint.title or ""
    sentence = SENTENCES.get(told.kind, _no_title)(told)
    own = plain_text(told.text) if "<" in told.text else told.text
    lines = "\n".join(f"{name}: {_plain(value)}" for name, value in told.facts.items())
    text = "\n\n".join(filter(None, (title if not sentence else "", sentence, own, lines)))
    if not text.strip():
        raise SetAside("the record says nothing")
    day = (told.published or hint.published or "")[:10] or None
    return Extracted(RECORD, title, text, told.authors, day, facts=tuple(_facts(told)))


def _facts(told: Told) -> Iterator[tuple[str, str]]:
    """Yield the facts of a record; depth in kilometres, whatever the service counts in."""
    yield from ((name, value) for name, value in told.facts.items() if name not in ("depth", "depth in metres"))
    if depth := _depth(told):
        yield "depth", depth


def _told(payload: bytes) -> Told:
    try:
        record: dict[str, Any] = json.loads(payload)
        return Told(
            kind=str(record["kind"]),
            title=str(record["title"]),
            text=str(record["text"]),
            published=record["published"],
            authors=tuple(record["authors"]),
            facts=dict(record["facts"]),
            places=tuple((name, float(km)) for name, km in record["places"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SetAside(f"this is not a record as the crawl keeps them: {error!r}") from None


def _plain(value: str) -> str:
    return " ".join(plain_text(value).split()) if "<" in value else value


def _no_title(_told: Told) -> str:
    return ""


def _magnitude(told: Told) -> str:
    size = told.one("magnitude")
    return f"magnitude {size} {told.one('magnitude type')}".strip() if size else ""


def _kind(told: Told) -> str:
    """Return what an event was, in words."""
    said = told.one("event type").strip()
    if len(said) == 2 and said[1].lower() in EVENT_CODES:
        return f"{'suspected ' if said[0].lower() == 's' else ''}{EVENT_CODES[said[1].lower()]}"
    return said or ("earthquake" if told.one("magnitude") else "event")


def _event_title(told: Told) -> str:
    parts = (_kind(told).capitalize(), _magnitude(told), told.one("place"))
    return ", ".join(filter(None, parts))


def _event(told: Told) -> str:
    """Say when and where a seismic event was, how strong and how deep, and what it lies near to."""
    if not told.one("magnitude", "latitude"):
        return ""
    kind = _kind(told)
    said = f"{kind.capitalize()} of {_magnitude(told)}" if told.one("magnitude") else kind.capitalize()
    said += f" at {_clock(told.one('time'))}" if told.one("time") else ""
    said += f", {told.one('place')}" if told.one("place") else ""
    said += f", at {_position(told)}" if told.one("latitude") and told.one("longitude") else ""
    said += f", depth {_depth(told)} km" if _depth(told) else ""
    near = "; ".join(f"{km:g} km from {name}" for name, km in told.places)
    return f"{said}." + (f" It lies {near}." if near else "")


def _clock(time: str) -> str:
    return f"{time[:10]} {time[11:19]} UTC" if len(time) > 18 else time


def _position(told: Told) -> str:
    return f"{_angle(told.one('latitude'), 'NS')}, {_angle(told.one('longitude'), 'EW')}"


def _angle(value: str, sides: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{abs(number):.8g}° {sides[number < 0]}"


def _depth(told: Told) -> str:
    try:
        return told.one("depth") or f"{float(told.one('depth in metres')) * KILOMETRES_PER_METRE:g}"
    except ValueError:
        return ""


def _image_title(told: Told) -> str:
    what = told.one("platform", "collection") or "Satellite"
    where = f" of {told.one('shows')}" if told.one("shows") else ""
    return f"{what} image{where}, {told.one('time')[:10]}"


def _image(told: Told) -> str:
    """Say which satellite took what, when, and how clear the sky was."""
    said = f"Image by {told.one('platform') or 'a satellite'} at {_clock(told.one('time'))}"
    said += f" of {told.one('shows')}" if told.one("shows") else ""
    clouds = told.one("cloud cover")
    said += f", cloud cover {float(clouds):.1f} per cent" if _is_number(clouds) else ""
    edges = told.one("footprint").split()
    if len(edges) == 4:
        west, south, east, north = edges
        said += f". Footprint from {_angle(south, 'NS')} to {_angle(north, 'NS')}"
        said += f" and from {_angle(west, 'EW')} to {_angle(east, 'EW')}"
    return f"{said}."


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _flow(told: Told) -> str:
    """Say who reports which trade with whom, in what, when and how much."""
    goods = f"HS {told.one('code')}" + (f" ({told.one('commodity')})" if told.one("commodity") else "")
    said = f"{told.one('reporter')} reports {told.one('flow').lower() or 'trade'} with {told.one('partner')}: {goods}"
    said += f", {told.one('period')}" if told.one("period") else ""
    said += f", value {_amount(told.one('value'))} USD" if told.one("value") else ""
    said += f", {_amount(told.one('net weight'))} kg" if told.one("net weight") else ""
    return f"{said}."


def _flow_title(told: Told) -> str:
    parts = (told.one("reporter"), told.one("flow").lower(), told.one("partner"), f"HS {told.one('code')}")
    return ", ".join(filter(None, (*parts, told.one("period"))))


def _amount(text: str) -> str:
    return f"{float(text):,.0f}" if _is_number(text) else text


Writer = Callable[[Told], str]
TITLES: Mapping[str, Writer] = {"events": _event_title, "imagery": _image_title, "trade": _flow_title}
SENTENCES: Mapping[str, Writer] = {"events": _event, "imagery": _image, "trade": _flow}
