"""Files: documents by their addresses, and pages or folders that link to them."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.catalogue import Source
from crawlers.exchange import Declared
from crawlers.rules import Link, wanted
from crawlers.spiders.listing import LINKS, links
from crawlers.spiders.source import SourceSpider
from crawlers.urls import origin_of

TEXTS = ("pdf", "csv", "tsv", "txt", "md", "json", "jsonl", "xml", "rtf", "epub")
OFFICE = ("doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp")
PARCELS = ("eml", "msg", "mbox", "zip", "tar", "tgz", "gz", "7z")
EXTENSIONS = frozenset((*TEXTS, *OFFICE, *PARCELS))


class FilesSpider(SourceSpider):
    """Ask for files directly, or for those that a page or folder links to."""

    name = "files"
    purpose = "listing"

    def begin(self, source: Source) -> Iterator[Request]:
        """Ask for the addresses of *source*: files as documents, all others as pages that link to files."""
        for url in source.url:
            if is_file(url):
                yield from self.document(source, url, url)
            else:
                yield from self.ask(source, url, level=source.depth)

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


def _declared(link: Link, source: Source) -> Declared:
    return Declared(title=link.text or None, language=source.language)
