"""Files: documents by their addresses, pages and folders that link to them, and files of this machine."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.exchange import Declared, Exchange
from crawlers.ledger import FAILED
from crawlers.local import described, files_below, path_of
from crawlers.rules import Link, wanted
from crawlers.spiders.listing import LINKS, links
from crawlers.spiders.source import Piece, SourceSpider
from crawlers.urls import origin_of

TEXTS = ("pdf", "csv", "tsv", "txt", "md", "json", "jsonl", "xml", "rtf", "epub")
OFFICE = ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp")
PARCELS = ("eml", "msg", "mbox", "zip", "tar", "tgz", "gz", "7z")
EXTENSIONS = frozenset((*TEXTS, *OFFICE, *PARCELS))


class FilesSpider(SourceSpider):
    """Ask for files directly, or for those that a page or folder links to."""

    name = "files"
    purpose = "listing"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for what the sources begin with, then hand over files of this machine; between two, others go on."""
        async for request in super().start():
            yield request
        for source in (source for source in self.session.sources if source.kind == self.name):
            for top in filter(None, map(path_of, source.url)):
                for _ in self.bring(source, top):
                    await asyncio.sleep(0)

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the addresses of *source*: files as documents, all others as pages that link to files."""
        for url in source.url:
            if path_of(url):
                continue
            if is_file(url):
                yield from self.document(source, url, url)
            else:
                yield from self.ask(source, url, level=source.depth)

    def document(self, source: Source, link: str, base: str, declared: Declared | None = None) -> Iterator[Request]:
        """Ask for the document that *link* leads to; hand a file of this machine over."""
        if path := path_of(link):
            self.take(source, path, link)
            return iter(())
        return super().document(source, link, base, declared)

    def bring(self, source: Source, top: Path) -> Iterator[Path]:
        """Hand over the files at *top* on this machine, and yield each."""
        if not top.exists():
            self.session.ledger.page(source.name, f"{top}: there is no such file or folder")
            return
        try:
            for path, problem in files_below(top, source.depth):
                if self.session.stopped:
                    return
                if problem:
                    self.session.ledger.note(source.name, f"{problem}: {path}")
                elif _wanted_here(path, source):
                    self.take(source, path, path.as_uri())
                yield path
        except OSError as error:
            self.session.ledger.page(source.name, f"{top}: {error.strerror}")
        else:
            self.session.ledger.page(source.name)

    def take(self, source: Source, path: Path, url: str) -> None:
        """Hand over the file *path* as the document *url*, or archive why it cannot be."""
        if not self.vacant(source, url):
            return
        outcome, detail, body = _content(path, self.session.options.max_response_bytes)
        media_type = guess_type(path.name)[0] or "application/octet-stream"
        if outcome == "complete":
            self.hand_over(source, Piece(url, body, media_type, detail, Declared(language=source.language)))
            return
        self.session.ledger.open(source.name)
        exchange = Exchange(url=url, source=source.name, started=datetime.now(UTC), outcome=outcome, detail=detail)
        if self.session.store(exchange, self.crawler):
            self.session.ledger.close(source.name, FAILED, detail)

    def read(self, source: Source, response: Response, level: int) -> Iterator[Request]:
        """Ask for the files that this page links to, and for the folders below it while *level* lasts."""
        for link in links(response, LINKS):
            if _chosen(link, source):
                yield from self.document(source, link.url, response.url, _declared(link, source))
            elif level > 0 and is_folder_below(link.url, response.url):
                yield from self.ask(source, link.url, level=level - 1)


def is_file(url: str) -> bool:
    """Say whether *url* ends like a document that is not a page."""
    return PurePosixPath(urlsplit(url).path).suffix.lower().removeprefix(".") in EXTENSIONS


def is_folder_below(url: str, page: str) -> bool:
    """Say whether *url* is a folder inside the folder of *page*."""
    path, above = urlsplit(url).path, urlsplit(page).path.rpartition("/")[0] + "/"
    return origin_of(url) == origin_of(page) and path.endswith("/") and path.startswith(above) and path != above


def _chosen(link: Link, source: Source) -> bool:
    """With rules, they decide; without, the ending does."""
    if source.links.allow:
        return wanted(link, source.links.allow, source.links.deny)
    return is_file(link.url) and wanted(link, (), source.links.deny)


def _wanted_here(path: Path, source: Source) -> bool:
    """Say whether the rules take the file *path*; without any, each file of a folder is a document."""
    return wanted(Link(path.as_uri(), path.name), source.links.allow, source.links.deny)


def _content(path: Path, limit: int) -> tuple[str, str, bytes]:
    """Return the outcome of reading the file *path*, what is to be said of it, and its bytes."""
    try:
        detail = described(path)
        if path.stat().st_size > limit:
            return "too large", f"{detail}; at most {limit} bytes are read", b""
        return "complete", detail, path.read_bytes()
    except FileNotFoundError:
        return "unreachable", "the file is no longer there", b""
    except OSError as error:
        return "unreachable", f"the file cannot be read: {error.strerror}", b""


def _declared(link: Link, source: Source) -> Declared:
    return Declared(title=link.text or None, language=source.language)
