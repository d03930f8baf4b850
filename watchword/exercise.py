"""The tabletop exercise: its folder, its invented hosts served from loopback addresses, and its answer key."""

import email.utils
import hashlib
import mimetypes
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from watchword.errors import UsageError
from watchword.report import Report
from watchword.watch.alerts import Alert
from watchword.watch.watches import Watch

GONE = "GONE"
FIRST_ADDRESS = 11


def exercise_folder() -> Path:
    """Return the folder of the exercise: of the checkout, or of the installed package."""
    places = (Path(__file__).parents[1] / "examples/exercise", Path(sys.prefix) / "share/watchword/exercise")
    for place in places:
        if place.is_dir():
            return place
    raise UsageError(f"The exercise is not installed; it belongs to {places[0]} or {places[1]}.")


def hosts(folder: Path) -> list[str]:
    """Return the invented hosts."""
    return sorted({host.name for night in folder.glob("night-*") for host in night.iterdir() if host.is_dir()})


def exercise_watches(folder: Path) -> list[Watch]:
    """Return the standing questions of the exercise's analyst."""
    return [
        Watch(
            name=entry["name"],
            entities=tuple(entry.get("entities", ())),
            lists=tuple(entry.get("lists", ())),
            query=entry.get("query", ""),
            tell=tuple(entry.get("tell", ())),
        )
        for entry in yaml.safe_load((folder / "watches.yaml").read_text("utf-8"))
    ]


class _Page(BaseHTTPRequestHandler):
    """Answers from the files of one host: those of a later night lie over those of the earlier ones."""

    protocol_version = "HTTP/1.1"
    server_version = "Exercise"
    sys_version = ""

    def __init__(self, layers: Sequence[Path], *args: Any) -> None:
        self.layers = layers
        super().__init__(*args)

    def do_GET(self) -> None:
        """Send the file, or 304 where the client holds it, or 404."""
        file = self._file()
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content = file.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        unchanged = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", email.utils.formatdate(file.stat().st_mtime, usegmt=True))
        if not unchanged:
            self.send_header("Content-Type", _media_type(file))
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(content)

    def _file(self) -> Path | None:
        path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        for layer in reversed(self.layers):
            file = (layer / path).resolve()
            if file.is_file() and file.is_relative_to(layer.resolve()):
                return file
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: the crawl has its own record."""


def _media_type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@contextmanager
def serve(folder: Path, night: int) -> Iterator[dict[str, str]]:
    """Serve the hosts as they are on *night*; yield host name to address and port.

    A host that is gone gets an address and no server.
    """
    with ExitStack() as stack:
        addresses = {}
        for number, host in enumerate(hosts(folder), FIRST_ADDRESS):
            layers = [folder / f"night-{n}" / host for n in range(1, night + 1)]
            server = ThreadingHTTPServer((f"127.0.0.{number}", 0), partial(_Page, layers))
            stack.callback(server.server_close)
            addresses[host] = f"127.0.0.{number}:{server.server_port}"
            if (layers[-1] / GONE).exists():
                server.server_close()
                continue
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
        yield addresses


@dataclass(frozen=True)
class Finding:
    """A line of the answer key, and whether the exercise's runs told it."""

    text: str
    met: bool


def check(folder: Path, reports: Sequence[Report], alerts: Sequence[Alert], met: dict[str, set[str]]) -> list[Finding]:
    """Hold the answer key against what the nights gave; *met* maps an alert's id to the URLs of its documents."""
    key = yaml.safe_load((folder / "answer-key.yaml").read_text("utf-8"))
    told = [Finding(e["finding"], any(_tells(a, e, met) for a in alerts)) for e in key["alerts"]]
    told += [
        Finding(
            e["finding"], [a.copies for a in alerts if a.watch == e["watch"] and e["url"] in met[a.id]] == [e["copies"]]
        )
        for e in key["folded"]
    ]
    told += [Finding(e["finding"], not any(e["url"] in urls for urls in met.values())) for e in key["silent"]]
    changes = [change for report in reports for change in report.changes]
    told += [
        Finding(e["finding"], any(c.url == e["url"] and (c.gone, c.come) == (e["before"], e["after"]) for c in changes))
        for e in key["changed"]
    ]
    told += [
        Finding(e["finding"], any(reason.startswith("refused") for reason in reports[0].reasons))
        for e in key["refused"]
    ]
    told += [
        Finding(e["finding"], any(o.source == e["source"] for o in reports[e["night"] - 1].unseen))
        for e in key["unseen"]
    ]
    return told


def _tells(alert: Alert, expected: dict[str, str], met: dict[str, set[str]]) -> bool:
    if alert.watch != expected["watch"] or expected["url"] not in met[alert.id]:
        return False
    named = {reason.entity for reason in alert.reasons}
    named.update(part for reason in alert.reasons for part in reason.met.split(", "))
    return not expected["entity"] or expected["entity"] in named
