"""Markup: the tree of an HTML text, and all its words where the whole is what is said, as in mails and books."""

from lxml import etree, html

from watchword.extract.blocks import outline
from watchword.extract.values import SetAside


def parse_tree(text: str) -> etree._Element:
    """Return the tree of the HTML *text*; raise SetAside where there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise SetAside(f"no readable HTML: {error}") from error
    return root


def plain_text(text: str) -> str:
    """Return all words of the HTML *text*, a paragraph a block; nothing where it has none."""
    try:
        root = parse_tree(text)
    except SetAside:
        return ""
    return "\n\n".join(block.text for block in outline(root).blocks)
