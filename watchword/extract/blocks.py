"""Blocks: an HTML tree as the sequence of its paragraphs, each with the marks by which prose and furniture differ.

One walk over the tree gives both the blocks and the outline of containers around them; nothing after it needs the tree.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

# Elements whose text is never part of what a page says.
SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "canvas"}
    # Not the head: where a page leaves out `body`, the parser puts the first of its text there.
    | {"title", "meta", "link", "base"}
    | {"audio", "video", "map", "select", "option", "optgroup", "datalist", "button", "input", "textarea", "dialog"}
    | {"menu", "nav", "noframes", "frameset", "frame"}
)
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img"}
    | {"ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "st1"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SPACES = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200b\u3000\ufeff]+")
EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# Two line breaks in a row end a paragraph, as authors without <p> use them.
BREAKS_THAT_END_A_PARAGRAPH = 2
# A cell of a table of figures holds less; what holds more is a column of the page's layout.
MAX_CELL_WEIGHT = 80
# A document with more elements than this is generated rubbish; what was walked until then is kept.
MAX_ELEMENTS = 100_000


@dataclass(slots=True)
class Node:
    """A container: its tag, its names (class, id, role), and the blocks `[start, end)` inside it."""

    tag: str
    names: str
    parent: int
    depth: int
    start: int
    end: int = 0


@dataclass(slots=True)
class Block:
    """A paragraph: its text, the weight of the text and of the part that is links, and the node it stands in.

    The weight counts a Chinese, Japanese or Korean character twice, since it says as much as a few letters.
    """

    text: str
    weight: int
    linked: int
    node: int
    tag: str
    links: int


@dataclass(slots=True)
class Outline:
    """The blocks of a page in order, and the containers around them, parents first; *cut* where not all were walked."""

    cut: bool = False
    nodes: list[Node] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def ancestors(self, node: int) -> list[int]:
        """Return *node* and the nodes around it, innermost first."""
        found = []
        while node >= 0:
            found.append(node)
            node = self.nodes[node].parent
        return found


def weigh(text: str) -> int:
    """Return how much *text* says, in letters."""
    return len(text) + len(EAST_ASIAN.findall(text)) if not text.isascii() else len(text)


def tidy(text: str) -> str:
    """Return *text* with single spaces, and with line breaks only where they were marked."""
    lines = (SPACES.sub(" ", line).strip() for line in text.replace("\n", " ").split("\x00"))
    return "\n".join(line for line in lines if line)


def is_hidden(element: etree._Element) -> bool:
    """Say whether the markup itself hides *element* from readers."""
    style = element.get("style")
    return bool(style and HIDDEN_STYLE.search(style)) or element.get("hidden") is not None


def names_of(element: etree._Element) -> str:
    """Return the names that the author gave *element*, lower case, words apart."""
    attributes = element.attrib
    given = [attributes[key] for key in ("class", "id", "role", "itemprop", "data-component") if key in attributes]
    return CAMEL.sub(" ", " ".join(given)).lower() if given else ""


class Walk:
    """One walk over a tree that fills an outline."""

    def __init__(self) -> None:
        """Start with an empty outline."""
        self.outline = Outline()
        self.open: list[int] = []
        self.pieces: list[str] = []
        self.linked: list[str] = []
        self.links = 0
        self.inside_link = 0
        self.breaks = 0
        self.elements = 0
        self.passed: etree._Element | None = None

    def write(self, text: str | None) -> None:
        """Add *text* to the paragraph that is open."""
        if not text:
            return
        if not text.isspace():
            self.breaks = 0
        self.pieces.append(text)
        if self.inside_link:
            self.linked.append(text)

    def close_paragraph(self) -> None:
        """End the open paragraph, and keep it where it has any letter."""
        text = tidy("".join(self.pieces))
        if text and any(map(str.isalnum, text)):
            node = self.open[-1] if self.open else -1
            tag = self.outline.nodes[node].tag if node >= 0 else ""
            linked = weigh(tidy("".join(self.linked))) if self.linked else 0
            self.outline.blocks.append(Block(text, weigh(text), linked, node, tag, self.links))
        self.pieces.clear()
        self.linked.clear()
        self.links = 0
        self.breaks = 0

    def enter(self, element: etree._Element, tag: str) -> None:
        """Take the start of *element*."""
        if tag == "br":
            self.breaks += 1
            self.pieces.append("\x00")
            if self.breaks >= BREAKS_THAT_END_A_PARAGRAPH:
                self.close_paragraph()
        elif tag == "a":
            self.inside_link += 1
            self.links += 1
        elif tag not in INLINE:
            self.close_paragraph()
            outline = self.outline
            parent = self.open[-1] if self.open else -1
            outline.nodes.append(Node(tag, names_of(element), parent, len(self.open), len(outline.blocks)))
            self.open.append(len(outline.nodes) - 1)
        self.write(element.text)

    def leave(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "a":
            self.inside_link -= 1
        elif tag != "br" and tag not in INLINE:
            self.close_paragraph()
            node = self.open.pop()
            if tag == "tr":
                self.join_row(node)
            self.outline.nodes[node].end = len(self.outline.blocks)

    def join_row(self, node: int) -> None:
        """Make one block of the cells of a table row, where they are cells and not the columns of a layout."""
        blocks = self.outline.blocks
        cells = blocks[self.outline.nodes[node].start :]
        nodes = self.outline.nodes
        if len(cells) < 2 or any(c.weight > MAX_CELL_WEIGHT or nodes[c.node].parent != node for c in cells):
            return
        text = " | ".join(cell.text for cell in cells)
        linked, links = sum(cell.linked for cell in cells), sum(cell.links for cell in cells)
        row = Block(text, weigh(text), linked, node, "tr", links)
        del blocks[self.outline.nodes[node].start :]
        blocks.append(row)
        for inner in range(node + 1, len(self.outline.nodes)):
            self.outline.nodes[inner].start = self.outline.nodes[inner].end = len(blocks)

    def run(self, root: etree._Element) -> Outline:
        """Walk the tree under *root* and return its outline."""
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if self.passes_over(element):
                    walker.skip_subtree()
                    self.passed = element
                else:
                    self.enter(element, tag_of(element))
                continue
            if event == "end" and element is self.passed:
                self.passed = None
            elif event == "end":
                self.leave(tag_of(element))
            if self.passed is None and element is not root:
                self.write(element.tail)
        self.close_paragraph()
        self.outline.cut = self.elements > MAX_ELEMENTS
        return self.outline

    def passes_over(self, element: etree._Element) -> bool:
        """Say whether *element* is no text of the page, or one too many."""
        self.elements += 1
        return element.tag in SKIPPED or self.elements > MAX_ELEMENTS or is_hidden(element)


def tag_of(element: etree._Element) -> str:
    """Return the tag of *element*; what is no element counts as a span."""
    return element.tag if isinstance(element.tag, str) else "span"


def outline(root: etree._Element) -> Outline:
    """Return the blocks and containers of the tree under *root*."""
    return Walk().run(root)
