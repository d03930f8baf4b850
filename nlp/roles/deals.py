"""Deals: who gives and who receives by one and the same verb, whatever else the text calls the two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.roles.claim import Claim

GIVERS, RECEIVERS = frozenset({"supplier", "manufacturer"}), frozenset({"consignee", "end user"})
# What says more than that a party is one: a verb, or a preposition that a verb explains.
TOLD = frozenset({"doer", "by", "to"})
# A subject further from its verb than this is a guess.
MAX_COST = 1.3


@dataclass(frozen=True, slots=True)
class Deal:
    """The claims of one verb on the party that gives and the one that receives."""

    giver: Claim
    receiver: Claim


def find_deals(told: list[Claim], chosen: Iterable[Claim]) -> Iterator[Deal]:
    """Yield the deals among the claims *told*, the nearest first; *chosen* say which parties share a verb."""
    giving, receiving = _by_verb(told, GIVERS), _by_verb(told, RECEIVERS)
    sharing: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in chosen:
        sharing[claim.first, claim.cue.frame].append(claim)
    for verb, giver in giving.items():
        receiver = receiving.get(verb)
        if receiver is not None and receiver.party != giver.party:
            for one in _with_sharers(giver, sharing, GIVERS):
                yield from (Deal(one, other) for other in _with_sharers(receiver, sharing, RECEIVERS))


def _by_verb(told: list[Claim], roles: frozenset[str]) -> dict[int, Claim]:
    """Return the nearest claim of each verb on a party of *roles*; what a preposition points at has one verb."""
    found: dict[int, Claim] = {}
    pointed: set[int] = set()
    for claim in told:
        if claim.cue.role not in roles or claim.cue.frame not in TOLD or claim.cost > MAX_COST:
            continue
        behind = claim.directed or claim.cue.frame != "doer"
        if claim.first in found or (behind and claim.party in pointed):
            continue
        found[claim.first] = claim
        if behind:
            pointed.add(claim.party)
    return found


def _with_sharers(claim: Claim, sharing: dict[tuple[int, str], list[Claim]], roles: frozenset[str]) -> list[Claim]:
    same = sharing[claim.first, claim.cue.frame]
    others = [other for other in same if other.cue.role in roles and other.party != claim.party]
    return [claim, *others] if any(other.party == claim.party for other in same) else [claim]
