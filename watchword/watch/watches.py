"""Watches: standing questions of analysts, and how a document meets one.

A watch names entities, codes and lists, a query, or both. Entities, codes and lists are alternatives: one mention that
fits is enough. A query beside them narrows: the document must also match it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.mention import Mention
from watchword.document import Document

CODE = "code:"


@dataclass(frozen=True)
class Watch:
    """A standing question; `tell` holds recipients such as `mailto:desk@example.org` or `file:alerts.jsonl`."""

    name: str
    entities: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    query: str = ""
    tell: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a document met a watch: the words, what they name, and the rule; `met` names the parts of the watch."""

    document: str
    met: str
    text: str
    name: str
    entity: str
    why: str


def meets(mention: Mention, watch: Watch) -> list[str]:
    """Return the parts of *watch* that *mention* meets."""
    entity = mention.entity or ""
    prefix = entity.partition(":")[0]
    met = [w for w in watch.entities if entity == w or (w.startswith(CODE) and _has_code(mention, w[len(CODE) :]))]
    return met + [f"list:{name}" for name in watch.lists if prefix == name]


def _has_code(mention: Mention, code: str) -> bool:
    """Say whether *mention* carries *code* or an entry below it: 1C216 holds 1C216.a, and 1C2 does not."""
    return any(c == code or c.startswith(f"{code}.") for c in mention.codes)


def reasons(document: Document, watch: Watch) -> Iterator[Reason]:
    """Yield why *document* meets the entities, codes and lists of *watch*: one reason an entity and wording."""
    told: set[tuple[str, str]] = set()
    for mention in document.mentions:
        met = meets(mention, watch)
        key = (mention.entity or mention.name, mention.text)
        if not met or key in told:
            continue
        told.add(key)
        yield Reason(document.id, ", ".join(met), mention.text, mention.name, mention.entity or "", explain(mention))


def explain(mention: Mention) -> str:
    """Return the reason of *mention* with its role and its threshold, for a person."""
    said = [mention.reason]
    if mention.role:
        said.append(f"role: {mention.role}")
    if mention.threshold:
        limit = mention.threshold
        verdict = {True: "meets", False: "does not meet", None: "does not decide"}[limit.met]
        said.append(f"{limit.parameter} {limit.value:g} {limit.unit} {verdict} {limit.code}")
    return "; ".join(said)


def asks_mentions(watch: Watch) -> bool:
    """Say whether *watch* names entities, codes or lists."""
    return bool(watch.entities or watch.lists)


def fresh(known: Iterable[Reason], found: Iterable[Reason]) -> list[Reason]:
    """Return the reasons of *found* that name an entity or part of the watch which *known* does not."""
    old = {(reason.met, reason.entity) for reason in known}
    return [reason for reason in found if (reason.met, reason.entity) not in old]
