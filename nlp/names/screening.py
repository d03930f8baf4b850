"""Screening: the parties of the lists whose names are most like a name, best first."""

from dataclasses import dataclass
from typing import Final

from nlp.names.artifact import Artifact
from nlp.names.compare import Weighed, judge, weigh

CANDIDATES: Final = 5
# So many names that share telling keys with the query are compared in full.
COMPARED: Final = 80
# A weak alias is what a list itself calls of low quality; log odds.
WEAK: Final = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that may be meant; `match` says whether its name matches by the rule that `reason` states."""

    id: str
    name: str
    matched_name: str
    list: str
    score: float
    match: bool
    reason: str


def screen(name: str, artifact: Artifact, limit: int = CANDIDATES) -> list[Candidate]:
    """Return the *limit* best candidates for *name*, also where none matches."""
    best: dict[int, tuple[float, Weighed, int]] = {}
    for number in artifact.filed.likely(name, COMPARED):
        listed = artifact.name(number)
        found = weigh(name, listed.text)
        if found is None:
            continue
        odds = found.odds - (WEAK if listed.kind == "weak alias" else 0.0)
        if listed.party not in best or best[listed.party][0] < odds:
            best[listed.party] = (odds, found, number)
    ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))[:limit]
    return [_candidate(artifact, party, found, number) for party, (_, found, number) in ranked]


def _candidate(artifact: Artifact, index: int, found: Weighed, number: int) -> Candidate:
    party, listed = artifact.party(index), artifact.name(number)
    verdict = judge(found)
    reason = f"{listed.kind} {listed.text!r}: {verdict.reason}"
    return Candidate(party.id, party.name, listed.text, party.list, verdict.score, verdict.match, reason)
