"""One crawl in one process: a spider a kind over the sources of a group, into an archive."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from crawlers import settings as project
from crawlers.catalogue import Source
from crawlers.exchange import Archive, Memory
from crawlers.ledger import CrawlSummary
from crawlers.session import CrawlOptions, Session
from crawlers.spiders.api import ApiSpider
from crawlers.spiders.events import EventsSpider
from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.files import FilesSpider
from crawlers.spiders.imagery import ImagerySpider
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.lists import ListSpider
from crawlers.spiders.sitemap import SitemapSpider
from crawlers.spiders.source import SourceSpider
from crawlers.spiders.trade import TradeSpider

SPIDERS: Mapping[str, type[SourceSpider]] = {
    "feed": FeedSpider,
    "sitemap": SitemapSpider,
    "listing": ListingSpider,
    "files": FilesSpider,
    "api": ApiSpider,
    "list": ListSpider,
    "events": EventsSpider,
    "imagery": ImagerySpider,
    "trade": TradeSpider,
}


class NoContactError(ValueError):
    """A public host is to be crawled, and the User-Agent names nobody to turn to."""


class _Process(CrawlerProcess):  # type: ignore[misc]
    """A crawler process that breaks off the requests under way when it is told to stop."""

    session: Session

    def stop(self) -> Any:
        """Stop all spiders; called for SIGTERM and SIGINT."""
        if self.crawlers:
            self.session.halt("stopped by a signal")
        return super().stop()


def crawl(
    sources: Sequence[Source], archive: Archive, memory: Memory, options: CrawlOptions | None = None
) -> CrawlSummary:
    """Crawl *sources*, hand every exchange to *archive*, and return the account; once a process.

    Raise NoContactError before anything is sent where a source is public and no contact is set, and the archive's
    OSError where the disk takes no more; what was kept until then is whole.
    """
    options = options or CrawlOptions()
    check_contact(sources, options)
    session = Session(sources, archive, memory, options)
    begun = time.monotonic()
    process = _Process(_settings(options))
    process.session = session
    for kind in sorted({source.kind for source in sources}):
        process.crawl(SPIDERS[kind], session=session)
    process.start()
    if session.fatal is not None:
        raise session.fatal
    return CrawlSummary(
        sources=session.ledger.finish(),
        seconds=time.monotonic() - begun,
        exchanges=session.exchanges,
        stopped=session.stopped,
    )


def check_contact(sources: Sequence[Source], options: CrawlOptions) -> None:
    """Raise NoContactError where a public source would be crawled without a contact."""
    public = next((source for source in sources if not source.local), None)
    if public is not None and not options.contact.strip():
        raise NoContactError(
            f"The source {public.name!r} is public, and the User-Agent names no contact; set WATCHWORD_CONTACT to an "
            f"e-mail address or a web page where its host can reach you."
        )


def _settings(options: CrawlOptions) -> Settings:
    settings = Settings()
    settings.setmodule(project, priority="project")
    settings.set("CONCURRENT_REQUESTS", options.concurrency, priority="cmdline")
    return settings
