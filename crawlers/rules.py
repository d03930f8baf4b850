"""Link rules: which links of a page lead to what a source wants, in one line a rule.

/news/*            the path, `*` for any run of characters
*.pdf              the same, for an ending
host: *.iaea.org   the host
text: Annual*      the text of the link
re: /20\\d\\d/       a regular expression, found anywhere in the address
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Link:
    """A link of a page: its canonical address and its text."""

    url: str
    text: str = ""


def _path(link: Link) -> str:
    parts = urlsplit(link.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


SUBJECTS: dict[str, Callable[[Link], str]] = {
    "host": lambda link: urlsplit(link.url).hostname or "",
    "text": lambda link: link.text,
    "path": _path,
}


def rule_problem(rule: str) -> str | None:
    """Say what is wrong with *rule*, or None where it can be used."""
    if rule.startswith("re:"):
        try:
            re.compile(rule[3:].strip())
        except re.error as error:
            return f"the regular expression is wrong: {error}"
    return None if rule.strip() else "the rule is empty"


def obeys(link: Link, rule: str) -> bool:
    """Say whether *link* matches *rule*."""
    kind, colon, pattern = rule.partition(":")
    if kind == "re" and colon:
        return re.search(pattern.strip(), link.url) is not None
    if not colon or kind not in SUBJECTS:
        kind, pattern = "path", rule
    subject = SUBJECTS[kind](link)
    return fnmatchcase(subject, pattern.strip()) or (kind == "path" and fnmatchcase(urlsplit(link.url).path, pattern))


def wanted(link: Link, allow: tuple[str, ...], deny: tuple[str, ...]) -> bool:
    """Say whether *link* matches a rule of *allow* (or there is none) and no rule of *deny*."""
    return (not allow or any(obeys(link, rule) for rule in allow)) and not any(obeys(link, rule) for rule in deny)
