"""Plain text and Markdown: paragraphs, with hard-wrapped lines joined."""

import re

from watchword.extract.charset import decode
from watchword.extract.lines import unwrap
from watchword.extract.media_type import PLAIN
from watchword.extract.values import Extracted, Hint, SetAside

MARKDOWN = "text/markdown"
# A first line that is longer than this is a paragraph, not a headline.
MAX_TITLE_LETTERS = 200
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def first_line(text: str) -> str:
    """Return the first line of *text* where it looks like a headline, else nothing."""
    line = text.lstrip().split("\n", 1)[0].strip()
    return line if len(line) <= MAX_TITLE_LETTERS and any(map(str.isalpha, line)) else ""


def read_plain(payload: bytes, hint: Hint) -> Extracted:
    """Return the text of *payload*, its lines joined where they were evidently broken by a machine."""
    text, remarks = decode(payload, hint.charset)
    text = unwrap(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    if not text.strip():
        raise SetAside("the file holds no text")
    return Extracted(PLAIN, hint.title or first_line(text), text, remarks=remarks)


def read_markdown(payload: bytes, hint: Hint) -> Extracted:
    """Return the text of a Markdown file, its marks kept; the title is its first heading."""
    text, remarks = decode(payload, hint.charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise SetAside("the file holds no text")
    heading = HEADING.search(FRONT_MATTER.sub("", text))
    return Extracted(MARKDOWN, heading.group(1) if heading else first_line(text), text, remarks=remarks)
