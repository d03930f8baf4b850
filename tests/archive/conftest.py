"""Fixtures: exchanges as a crawl hands them over, and sealed runs."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.exchange import Declared, Exchange
from watchword.archive import RunFolder, Signer, Writer, seal

HEAD = b'HTTP/1.1 200 OK\r\ncontent-TYPE: text/html; charset=utf-8\r\nETag: "x"\r\n\r\n'
MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def make_exchange(number: int, *, body: bytes = b"", outcome: str = "complete", status: int | None = 200) -> Exchange:
    """Return the exchange of page *number*."""
    words = body or f"<p>page {number}</p>".encode() * 20
    sent = outcome not in {"refused", "unreachable"}
    return Exchange(
        url=f"http://host.test/page/{number}",
        source="gazette",
        started=MOMENT,
        outcome=outcome,
        raw_request=b"GET /page HTTP/1.1\r\nHost: host.test\r\n\r\n" if sent else b"",
        raw_response=HEAD + words if sent else b"",
        status=status if sent else None,
        media_type="text/html",
        body=words if sent else b"",
        address="127.0.0.1:80",
        robots="allowed",
        declared=Declared(title=f"Title {number}", authors=("A", "B")),
    )


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    return make_exchange


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def make_run(home: Path) -> Callable[..., RunFolder]:
    """Return a function that writes and seals a run of some pages."""

    def make(name: str = "20260302T010000Z-0001", pages: int = 4) -> RunFolder:
        folder = RunFolder.create(home / "runs" / name)
        with Writer(folder, "gazette") as archive:
            for number in range(pages):
                archive.keep(make_exchange(number))
        with Writer(folder, "agency") as archive:
            archive.keep(make_exchange(99))
        seal(folder, Signer.of(home))
        return folder

    return make
