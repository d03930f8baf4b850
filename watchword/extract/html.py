"""HTML: a page as its article, its headline, its authors and its date."""

from lxml import etree, html

from watchword.extract.article import find_article
from watchword.extract.blocks import outline
from watchword.extract.charset import decode
from watchword.extract.media_type import HTML
from watchword.extract.metadata import Markup, find_authors, find_language, find_title, page_titles
from watchword.extract.published import find_published
from watchword.extract.values import Extracted, Hint, SetAside

# The longest page of the open web that people read is some megabytes; the rest of a longer one is cut.
MAX_HTML_BYTES = 20 * 2**20


def parse_tree(text: str) -> etree._Element:
    """Return the tree of the HTML *text*; raise SetAside where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise SetAside(f"no readable HTML: {error}") from error
    return root


def read_html(payload: bytes, hint: Hint) -> Extracted:
    """Return what the HTML page *payload* says."""
    remarks: list[str] = []
    if len(payload) > MAX_HTML_BYTES:
        remarks.append(f"page of {len(payload)} bytes cut at {MAX_HTML_BYTES}")
    text, charset_remarks = decode(payload[:MAX_HTML_BYTES], hint.charset)
    root = parse_tree(text)
    markup = Markup(root)
    title = find_title(markup) or hint.title or ""
    found = find_article(outline(root), [title, *page_titles(markup)])
    published, date_remarks = find_published(markup, hint, found.lead_in)
    if not found.text:
        remarks.append("no article found on the page")
    return Extracted(
        media_type=HTML,
        title=title,
        text=found.text,
        authors=find_authors(markup),
        published=published,
        declared_language=find_language(markup),
        remarks=(*remarks, *charset_remarks, *date_remarks),
    )
