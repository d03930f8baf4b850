"""Imagery: searches of STAC APIs over an area and a period; each image that was taken is a document."""

from dataclasses import replace

from crawlers.catalogue import Source
from crawlers.moments import ISO_FORM
from crawlers.record import Record
from crawlers.shapes import STAC, Shape
from crawlers.spiders.records import RecordSpider
from crawlers.tree import Tree, as_text, pick
from crawlers.urls import canonical

# An answer with more images is asked for in pieces.
PAGE_SIZE = 100


class ImagerySpider(RecordSpider):
    """Ask which images were taken of an area; what is kept is their entries, not the images."""

    name = "imagery"
    purpose = "imagery"

    def parameters(self, source: Source) -> list[tuple[str, str]]:
        """Return the search by area, period and collections (STAC API, item search)."""
        own = super().parameters(source)
        said = {name for name, _ in own}
        period = "/".join(moment.strftime(ISO_FORM) for moment in self.period(source))
        search = [("bbox", ",".join(f"{edge:g}" for edge in source.area or ())), ("datetime", period)]
        search += [("collections", ",".join(source.collections))] if source.collections else []
        return [*((n, v) for n, v in (*search, ("limit", str(PAGE_SIZE))) if n not in said), *own]

    def shape(self, source: Source, tree: Tree) -> Shape:  # noqa: ARG002
        """Return the shape of a STAC item."""
        return STAC

    def wanted(self, source: Source, record: Record) -> bool:
        """Say whether the sky was clear enough; an entry that does not say so is wanted."""
        clouds = record.number("cloud cover")
        return source.clouds is None or clouds is None or clouds <= source.clouds

    def complete(self, source: Source, record: Record, row: Tree) -> Record:
        """Return *record* with its footprint and the sites that the source watches in it."""
        box = pick(row, "bbox")
        edges = [as_text(edge) for edge in box] if isinstance(box, list) and len(box) == 4 else []
        facts = [("footprint", " ".join(edges))] if edges else []
        facts += [("shows", ", ".join(source.shows))] if source.shows else []
        return replace(record, facts=(*record.facts, *facts))

    def next_page(self, source: Source, url: str, tree: Tree, count: int) -> str | None:  # noqa: ARG002
        """Return the address of the next answer, which a link called `next` names."""
        links = pick(tree, "links")
        for link in links if isinstance(links, list) else []:
            if pick(link, "rel") == "next" and as_text(pick(link, "method")) in ("", "GET"):
                return canonical(as_text(pick(link, "href")), url)
        return None
