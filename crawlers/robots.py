"""robots.txt: what a host allows a crawler, decided as RFC 9309 and Google's published parser decide it."""

import math
import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

# RFC 9309, section 2.5, asks for at least 500 KiB; what follows is not read.
MAX_ROBOTS_BYTES = 500 * 2**10
# Google's parser cuts lines at eight times the longest address that a browser took.
MAX_LINE_BYTES = 2083 * 8 - 1
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
AGENT_KEYS = ("user-agent", "useragent", "user agent")
DISALLOW_KEYS = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
ALLOW_KEYS = ("allow",)
SITEMAP_KEYS = ("sitemap", "site-map")
DELAY_KEYS = ("crawl-delay", "crawldelay")
TOKEN = re.compile(r"[A-Za-z_-]*")


@dataclass(frozen=True)
class Rule:
    """A line that allows or forbids the paths that match `pattern`; `text` is the pattern as the file has it."""

    allow: bool
    pattern: str
    text: str

    def __str__(self) -> str:
        return f"{'Allow' if self.allow else 'Disallow'}: {self.text}"


@dataclass(frozen=True)
class Decision:
    """Whether a page may be fetched, and the sentence that goes on record."""

    allowed: bool
    reason: str


@dataclass
class Group:
    """The rules for some agents."""

    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass
class Robots:
    """The rules of one host, by the agent's product token in lower case; `*` speaks to all others."""

    groups: dict[str, Group] = field(default_factory=dict)
    sitemaps: list[str] = field(default_factory=list)

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read a robots.txt; lines that say nothing are passed over."""
        robots = cls()
        current: list[Group] = []
        in_rules = False
        for line in _lines(body[:MAX_ROBOTS_BYTES]):
            key, value = _key_and_value(line)
            if key.startswith(AGENT_KEYS):
                current = ([] if in_rules else current) + robots._groups_for(value)
                in_rules = False
            elif key.startswith(SITEMAP_KEYS):
                robots.sitemaps.append(value)
            elif key.startswith(DELAY_KEYS):
                _set_delay(current, value)
            elif key.startswith(ALLOW_KEYS + DISALLOW_KEYS):
                in_rules = True
                _add_rule(current, key.startswith(ALLOW_KEYS), value)
        return robots

    def decide(self, url: str, agent: str) -> Decision:
        """Decide for the product token *agent*: the longest matching rule wins, and `Allow` wins a tie."""
        group = self._group(agent)
        path = _path(url)
        matching = [rule for rule in group.rules if matches(rule.pattern, path)]
        if not matching:
            return Decision(True, "allowed: no rule matches")
        rule = max(matching, key=lambda rule: (len(rule.pattern), rule.allow))
        return Decision(rule.allow, f'{"allowed" if rule.allow else "forbidden"} by rule "{rule}"')

    def delay(self, agent: str) -> float | None:
        """Return the seconds that the host asks *agent* to leave between requests."""
        return self._group(agent).delay

    def _group(self, agent: str) -> Group:
        return self.groups.get(agent.lower()) or self.groups.get("*") or Group()

    def _groups_for(self, value: str) -> list[Group]:
        everyone = value == "*" or re.match(r"\*\s", value)
        match = TOKEN.match(value)
        token = "*" if everyone else (match[0].lower() if match else "")
        return [self.groups.setdefault(token, Group())] if token else []


def matches(pattern: str, path: str) -> bool:
    """Say whether *pattern* matches the beginning of *path*; `*` is any run, a last `$` the end.

    All positions are followed at once, so the time is bounded by the product of the lengths.
    """
    anchored = pattern.endswith("$")
    pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(pieces[0]):
        return False
    if len(pieces) == 1:
        return not anchored or path == pieces[0]
    position = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    last = pieces[-1]
    if anchored:
        return len(path) - len(last) >= position and path.endswith(last)
    return path.find(last, position) >= 0


def _lines(body: bytes) -> list[str]:
    mark = next((n for n in (3, 2, 1) if body.startswith(BYTE_ORDER_MARK[:n])), 0)
    lines = re.split(rb"\r\n|\r|\n", body[mark:])
    return [line[:MAX_LINE_BYTES].decode("utf-8", "surrogateescape") for line in lines]


def _key_and_value(line: str) -> tuple[str, str]:
    bare = line.split("#", 1)[0].strip()
    key, colon, value = bare.partition(":")
    if not colon:
        words = bare.split()
        if len(words) != 2:
            return "", ""
        key, value = words
    return key.strip().lower(), value.strip()


def _set_delay(groups: list[Group], value: str) -> None:
    try:
        seconds = float(value)
    except ValueError:
        return
    if math.isfinite(seconds) and seconds >= 0:
        for group in groups:
            group.delay = seconds


def _add_rule(groups: list[Group], allow: bool, value: str) -> None:
    if not value:
        return
    rules = [Rule(allow, _escape(value), value)]
    slash = value.rfind("/")
    if allow and slash >= 0 and value[slash:].startswith("/index.htm"):
        rules.append(Rule(True, _escape(value[: slash + 1]) + "$", value))
    for group in groups:
        group.rules += rules


def _escape(text: str) -> str:
    """Escape what is not ASCII and write the digits of escapes in capitals."""
    escaped = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in text.encode("utf-8", "surrogateescape"))
    return re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), escaped)


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    whole = f"{path}?{parts.query}" if parts.query or "?" in url.split("#", 1)[0] else path
    return "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in whole.encode("utf-8", "surrogateescape"))
