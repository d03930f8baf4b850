"""The closing report adds up, whatever the server does."""

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

PAGE = (
    "<html><title>Page {0}</title><article><h1>Page {0}</h1><p>Officers in the port opened crate {0}, officials say, "
    "and found pumps, valves and pipes in it that no paper named. The crate had come from abroad.</p></article></html>"
)
PAGES = ("ok-1", "ok-2", "same", "hangs", "breaks-off", "floods", "fails", "gone", "forbidden/x", "rubbish.pdf", "lies")
FLOOD = b"<p>" + b"more words, " * 5_000


def answer(path: str, write: Callable[[bytes], None]) -> None:
    """Answer a request for *path* as its name says."""
    name = path.strip("/")
    listing = "".join(f'<li><a href="/{page}">{page}</a></li>' for page in PAGES)
    bodies = {"list": f"<ul>{listing}</ul>", "robots.txt": "User-agent: *\nDisallow: /forbidden/"}
    if name == "hangs":
        time.sleep(6)
    elif name == "breaks-off":
        write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<p>not whole")
    elif name == "floods":
        write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(10_000):
            write(FLOOD)
    elif name in ("fails", "gone"):
        write(f"HTTP/1.1 {500 if name == 'fails' else 410} No\r\nContent-Length: 0\r\n\r\n".encode())
    elif name == "rubbish.pdf":
        write(whole(b"%PDF-1.7 and nothing more", "application/pdf"))
    elif name == "lies":
        write(whole(PAGE.format("lies").encode("utf-16-be"), "text/html; charset=iso-8859-1"))
    else:
        write(whole(bodies.get(name, PAGE.format(name)).encode(), "text/html; charset=utf-8"))


def whole(body: bytes, kind: str) -> bytes:
    """Return a whole response."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class Handler(socketserver.StreamRequestHandler):
    """Answers one request a connection."""

    def handle(self) -> None:
        """Read the request line and answer; a client that has gone is no matter."""
        path = self.rfile.readline().split(b" ")[1].decode()
        while self.rfile.readline().strip():
            pass
        try:
            answer(path, self.wfile.write)
        except OSError:
            return


@pytest.fixture
def bad_server() -> Iterator[str]:
    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_every_page_that_was_due_ends_in_one_column(
    new_desk: Callable[[str], Any], bad_server: str, tmp_path: Path
) -> None:
    sources = [
        {"name": "bad", "kind": "listing", "url": "http://bad.test/list", "item": "a", "local": True, "delay": 0},
        {"name": "away", "kind": "feed", "url": "http://away.test/feed", "local": True, "delay": 0},
    ]
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump({"publisher": "Test", "sources": sources}))
    desk = new_desk("desk")
    desk.settings |= {"WATCHWORD_SOURCES": str(tmp_path / "sources.yaml"), "WATCHWORD_TIMEOUT": "3"}
    desk.point_at({"bad.test": bad_server, "away.test": "127.0.0.1:9"})
    report = json.loads(desk.run("harvest", "--json", code=3))
    assert report["adds_up"] is True
    away, bad = report["sources"]
    assert (away["seen"], bad["seen"]) == (False, True)
    assert bad["due"] == len(PAGES)
    assert bad["refused"] == 1
    assert bad["failed"] == len(["hangs", "breaks-off", "floods", "fails", "gone"])
    assert bad["set_aside"] >= 1
    assert bad["documents"] + bad["set_aside"] == bad["fetched"]
    assert sum(bad["reasons"].values()) == bad["refused"] + bad["failed"] + bad["set_aside"]
    assert "away" in desk.run("coverage")
