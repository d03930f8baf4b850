"""Corrections: an analyst's rules on mentions, each with author and date, applied in every reading until undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from nlp.folding import folded
from nlp.mention import COARSE_TYPES, Mention
from watchword.errors import UsageError

REJECT: Final = "reject"
RETYPE: Final = "retype"
MERGE: Final = "merge"


@dataclass(frozen=True)
class Correction:
    """A rule: `reject` and `retype` hold for a wording, of one entity where it is given; `merge` for an entity.

    `value` is the type of a retyped mention, or the entity that a merged one becomes.
    """

    action: str
    text: str
    entity: str | None
    value: str | None
    author: str
    made: datetime
    id: int = 0
    undone: datetime | None = None

    def __call__(self, mention: Mention) -> Mention | None:
        """Return *mention* as this rule wants it, or None where the rule rejects it."""
        return EFFECTS[self.action](self, mention) if self.concerns(mention) else mention

    def concerns(self, mention: Mention) -> bool:
        """Say whether the rule speaks of *mention*."""
        if self.entity is not None and mention.entity != self.entity:
            return False
        return self.action == MERGE or folded(mention.text) == self.text

    @property
    def sentence(self) -> str:
        """The rule for people."""
        of = f" of {self.entity}" if self.entity and self.action != MERGE else ""
        told = {REJECT: f"{self.text!r}{of} is no mention", RETYPE: f"{self.text!r}{of} is a {self.value}"}
        return told.get(self.action, f"{self.entity} is {self.value}")


def _reject(_rule: Correction, _mention: Mention) -> None:
    return None


def _retype(rule: Correction, mention: Mention) -> Mention:
    return replace(mention, type=str(rule.value), reason=_because(rule, mention))


def _merge(rule: Correction, mention: Mention) -> Mention:
    return replace(mention, entity=rule.value, reason=_because(rule, mention))


def _because(rule: Correction, mention: Mention) -> str:
    return f"{mention.reason}; corrected by {rule.author} on {rule.made:%Y-%m-%d}: {rule.sentence}"


EFFECTS: Mapping[str, Callable[[Correction, Mention], Mention | None]] = {
    REJECT: _reject,
    RETYPE: _retype,
    MERGE: _merge,
}


def reject(text: str, *, entity: str | None, by: str) -> Correction:
    """Return the rule that the wording *text* names nothing, or not *entity*."""
    return Correction(REJECT, _wording(text), entity, None, by, _now())


def retype(text: str, type_name: str, *, entity: str | None, by: str) -> Correction:
    """Return the rule that the wording *text* names a *type_name*; raise UsageError where that is no type."""
    if type_name not in COARSE_TYPES:
        raise UsageError(f"{type_name!r} is no type of mention; possible are {', '.join(COARSE_TYPES)}.")
    return Correction(RETYPE, _wording(text), entity, type_name, by, _now())


def merge(entity: str, into: str, *, by: str) -> Correction:
    """Return the rule that what is found as *entity* is *into*; raise UsageError where they are the same."""
    if entity == into:
        raise UsageError(f"{entity!r} cannot be merged into itself.")
    return Correction(MERGE, "", entity, into, by, _now())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _wording(text: str) -> str:
    if not folded(text):
        raise UsageError("A correction needs the words that it speaks of.")
    return folded(text)
