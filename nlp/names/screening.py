"""Screening: the parties of the lists whose names are most like a name, best first."""

from dataclasses import dataclass
from typing import Final

from nlp.names.artifact import Artifact
from nlp.names.compare import MAX_CHARACTERS, Weighed, judge, ranked_odds, weigh
from nlp.names.facts import Facts, weigh_facts

CANDIDATES: Final = 5
NO_FACTS: Final = Facts()
# So many names that share telling keys with the query are compared in full.
COMPARED: Final = 80
# So many are compared besides where hardly one shares a key, so that the best of a short list are always shown.
FIRST_NAMES: Final = 300
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


def screen(name: str, artifact: Artifact, limit: int = CANDIDATES, facts: Facts = NO_FACTS) -> list[Candidate]:
    """Return the *limit* best candidates for *name*, also where none matches; *facts* are what else is known."""
    name = name[:MAX_CHARACTERS]
    best: dict[int, tuple[float, Weighed, int]] = {}
    for number in _numbers(name, artifact, limit):
        listed = artifact.name(number)
        found = weigh(name, listed.text)
        if found is None:
            continue
        odds = ranked_odds(found) - (WEAK if listed.kind == "weak alias" else 0.0)
        if listed.party not in best or best[listed.party][0] < odds:
            best[listed.party] = (odds, found, number)
    weighed = [(odds + _odds(facts, artifact, party), party) for party, (odds, _, _) in best.items()]
    ranked = sorted(weighed, key=lambda entry: (-entry[0], entry[1]))[:limit]
    return [_candidate(artifact, party, *best[party][1:], facts) for _, party in ranked]


def _numbers(name: str, artifact: Artifact, limit: int) -> list[int]:
    """Return the names to compare; where too few share a key with *name*, the first of the lists too."""
    likely = artifact.filed.likely(name, COMPARED)
    if len(likely) >= limit:
        return likely
    return list(dict.fromkeys((*likely, *range(min(artifact.filed.size, FIRST_NAMES)))))


def _odds(facts: Facts, artifact: Artifact, index: int) -> float:
    return weigh_facts(facts, artifact.party(index))[0] if facts != NO_FACTS else 0.0


def _candidate(artifact: Artifact, index: int, found: Weighed, number: int, facts: Facts) -> Candidate:
    party, listed = artifact.party(index), artifact.name(number)
    verdict = judge(found, *weigh_facts(facts, party))
    reason = f"{listed.kind} {listed.text!r}: {verdict.reason}"
    return Candidate(party.id, party.name, listed.text, party.list, verdict.score, verdict.match, reason)
