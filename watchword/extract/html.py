"""HTML: a page as its article, its headline, its authors and its date."""

from watchword.extract.article import find_article
from watchword.extract.blocks import MAX_ELEMENTS, outline
from watchword.extract.charset import decode
from watchword.extract.markup import parse_tree, plain_text
from watchword.extract.media_type import HTML
from watchword.extract.metadata import Markup, find_authors, find_language, find_title, page_titles
from watchword.extract.published import find_published, published_in
from watchword.extract.values import Extracted, Hint, SetAside

# The longest page of the open web that people read is some megabytes; the rest of a longer one is cut.
MAX_HTML_BYTES = 8 * 2**20


def read_fragment(payload: bytes, hint: Hint) -> Extracted:
    """Return the piece of HTML *payload*, all of which is the text; title, time and authors are those of the hint."""
    text, remarks = decode(payload[:MAX_HTML_BYTES], "utf-8")
    body = plain_text(text)
    if not body:
        raise SetAside("the entry holds no text")
    return Extracted(HTML, hint.title or "", body, published=published_in(hint), remarks=remarks)


def read_html(payload: bytes, hint: Hint) -> Extracted:
    """Return what the HTML page *payload* says."""
    remarks: list[str] = []
    if len(payload) > MAX_HTML_BYTES:
        remarks.append(f"page of {len(payload)} bytes cut at {MAX_HTML_BYTES}")
    text, charset_remarks = decode(payload[:MAX_HTML_BYTES], hint.charset)
    root = parse_tree(text)
    markup = Markup(root)
    title = find_title(markup) or hint.title or ""
    page = outline(root)
    if page.cut:
        remarks.append(f"page cut after {MAX_ELEMENTS} elements")
    found = find_article(page, [title, *page_titles(markup)])
    published, date_remarks = find_published(markup, hint, found.around)
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
