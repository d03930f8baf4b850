"""Feeds: RSS, RDF and Atom as text, an entry a paragraph."""

from collections.abc import Iterator

from lxml import etree

from watchword.extract.markup import plain_text

ENTRIES = frozenset({"item", "entry"})
TEXTS = ("encoded", "content", "description", "summary")
DATES = ("pubDate", "published", "date", "updated")
ROOTS = frozenset({"rss", "feed", "RDF"})


def local_name(element: etree._Element) -> str:
    """Return the name of *element* without its namespace."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def is_feed(root: etree._Element) -> bool:
    """Say whether the document under *root* is a feed."""
    return local_name(root) in ROOTS


def entry_text(entry: etree._Element) -> str:
    """Return title, date and text of a feed's *entry*."""
    fields = {local_name(child): "".join(child.itertext()).strip() for child in entry}
    date = next((fields[key] for key in DATES if fields.get(key)), "")
    text = next((fields[key] for key in TEXTS if fields.get(key)), "")
    shown = plain_text(text) if "<" in text else text
    return "\n".join(filter(None, (fields.get("title", ""), date, shown)))


def feed_texts(root: etree._Element) -> Iterator[str]:
    """Give the texts of the entries of the feed under *root*."""
    for element in root.iter(etree.Element):
        if local_name(element) in ENTRIES:
            yield entry_text(element)
