"""A trial of sources: each entry is held against what its address answers today. Nothing is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from crawlers.blocks import ListMapping
from crawlers.exchange import ListChange
from nlp.language import identify
from watchword.archive import Capture, RunFolder, Writer, captures
from watchword.catalogue import chosen_sources
from watchword.errors import WatchwordError
from watchword.extract import Extracted, ExtractionPool, Hint
from watchword.listing import list_changes, read_body
from watchword.settings import Settings
from watchword.stages.crawling import crawl_options

if TYPE_CHECKING:
    from crawlers.catalogue import Source
    from crawlers.ledger import SourceCount

# Text shorter than this, on most pages, is a cookie wall or a page that needs a browser.
SHORT_TEXT_CHARACTERS = 200
# Kinds whose documents are pages, which a wall may stand before.
PAGES = ("feed", "sitemap", "listing")
# What an answer carried has no status of its own.
WHOLE = (200, None)


@dataclass(frozen=True)
class Trial:
    """What one source answered; `problems` say what is wrong with its entry, `titles` show what it brings."""

    source: str
    found: int
    fetched: int
    documents: int
    dated: int
    languages: tuple[str, ...]
    titles: tuple[str, ...]
    problems: tuple[str, ...]
    day: str

    @property
    def works(self) -> bool:
        """Say whether the entry can be used as it is."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return the trial as one JSON object."""
        return {**asdict(self), "works": self.works}

    def as_text(self) -> str:
        """Return the trial as people read it."""
        said = f"{self.source}: {self.found} documents found, {self.fetched} fetched, {self.documents} read"
        lines = [f"{said}, {self.dated} with a date, language {', '.join(self.languages) or 'unknown'}"]
        lines += [f"  {title}" for title in self.titles]
        lines += [f"  WRONG: {problem}" for problem in self.problems]
        lines += [] if self.problems else [f"  works; its entry may say verified: {self.day}"]
        return "\n".join(lines)


def try_sources(settings: Settings, names: Sequence[str], pages: int) -> list[Trial]:
    """Crawl the sources *names*, at most *pages* pages each, and say how their entries stand; once a process."""
    from crawlers.process import crawl

    chosen = [source.model_copy(update={"budget": pages}) for source in chosen_sources(settings, names)]
    with TemporaryDirectory(prefix="watchword-") as place:
        folder = RunFolder.create(Path(place) / "trial")
        try:
            with Writer(folder, "trial") as archive:
                summary = crawl(chosen, archive, Unknown(), crawl_options(settings))
        except ValueError as error:
            raise WatchwordError(str(error)) from None
        held = list(captures(folder))
        with ExtractionPool(workers=settings.extract_workers) as pool:
            return [
                _trial(source, count, [capture for capture in held if capture.source == source.name], pool)
                for source, count in zip(chosen, summary.sources, strict=True)
            ]


class Unknown:
    """The memory of a crawl that knows no page."""

    def seen(self, _url: str) -> None:
        """Know nothing."""

    def looked(self, _source: str) -> None:
        """Know nothing."""

    def again(self, _source: str, _days: Sequence[int]) -> list[str]:
        """Know nothing."""
        return []

    def changes(self, name: str, body: bytes, mapping: ListMapping | None = None) -> list[ListChange]:
        """Say what the list holds; nothing of it was held before."""
        return list_changes(None, read_body(name, body, mapping))


def _trial(source: "Source", count: "SourceCount", held: Sequence[Capture], pool: ExtractionPool) -> Trial:
    documents = [c for c in held if c.purpose == "document" and c.outcome == "complete" and c.status in WHOLE]
    read = [result for _, result in pool.map(_payloads(documents)) if isinstance(result, Extracted)]
    languages = Counter(code for result in read if (code := identify(result.whole_text).language))
    return Trial(
        source=source.name,
        found=count.found,
        fetched=count.fetched,
        documents=len(read),
        dated=sum(result.published is not None for result in read),
        languages=tuple(code for code, _ in languages.most_common(3)),
        titles=tuple(result.title for result in read if result.title)[:3],
        problems=tuple(_problems(source, count, read, languages)),
        day=f"{datetime.now(UTC):%Y-%m-%d}",
    )


def _payloads(documents: Iterable[Capture]) -> Iterator[tuple[str, bytes, Hint]]:
    for capture in documents:
        told = capture.declared
        hint = Hint(
            capture.media_type, capture.charset, capture.url, None, told.title, told.published, capture.captured
        )
        yield capture.id, capture.body, hint


def _problems(
    source: "Source", count: "SourceCount", read: Sequence[Extracted], languages: Counter[str]
) -> Iterator[str]:
    """Yield what is wrong, the cause first: what follows from it is not said again."""
    if count.error:
        yield count.error
        return
    if not count.found:
        yield "it was read, and it names no document"
        return
    for reason, number in count.reasons.items():
        if not reason.startswith("the budget"):
            yield f"{number} x {reason}"
    if count.fetched and not read:
        yield f"none of the {count.fetched} pages gave a text"
    elif read and source.kind in PAGES and sum(len(r.whole_text) < SHORT_TEXT_CHARACTERS for r in read) > len(read) / 2:
        yield f"most pages give less than {SHORT_TEXT_CHARACTERS} characters: a wall, a script, or a wrong `item`"
    found = [code for code, _ in languages.most_common(1)]
    if source.language and found and source.language not in languages:
        yield f"the entry says language {source.language!r}, and the pages are in {found[0]!r}"
