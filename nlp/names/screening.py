"""Screening: the parties of the lists whose names are most like a name, best first."""

from collections import Counter
from dataclasses import dataclass

from nlp.names.artifact import Artifact
from nlp.names.compare import Comparison, compare
from nlp.names.forms import parts

CANDIDATES = 5
# Names that share a key with the query are compared, those that share most and rarest keys first.
COMPARED = 250


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
    best: dict[int, tuple[float, Comparison, int]] = {}
    for number in _likely(name, artifact):
        found = artifact.name(number)
        comparison = compare(name, found.text)
        worth = comparison.score - (0.02 if found.kind == "weak alias" else 0.0)
        if found.party not in best or best[found.party][0] < worth:
            best[found.party] = (worth, comparison, number)
    ranked = sorted(best.items(), key=lambda entry: (-entry[1][0], entry[0]))[:limit]
    return [_candidate(artifact, party, comparison, number) for party, (_, comparison, number) in ranked]


def _likely(name: str, artifact: Artifact) -> list[int]:
    """Return the names that share keys with *name*, those with the rarest keys first."""
    shares: Counter[int] = Counter()
    for key in _keys(name):
        numbers = artifact.names_of(key)
        weight = (3.0 if key[0] in "pch" else 1.0) / (1 + len(numbers)) ** 0.25
        for number in numbers:
            shares[number] += weight  # type: ignore[assignment]
    return [number for number, _ in shares.most_common(COMPARED)]


def _keys(name: str) -> set[str]:
    """Return the keys of *name*, and those that one spelling mistake away would have."""
    from nlp.names.artifact import name_keys

    keys = name_keys(name)
    for part in parts(name):
        if len(part.coarse) > 2:
            keys |= {f"t{near}" for near in _one_away(part.coarse)}
    return keys


def _one_away(bones: str) -> set[str]:
    """Return the skeletons that differ from *bones* by one consonant."""
    letters = "bftksln"
    cut = {bones[:i] + bones[i + 1 :] for i in range(len(bones))}
    put = {bones[:i] + letter + bones[i:] for i in range(len(bones) + 1) for letter in letters}
    changed = {bones[:i] + letter + bones[i + 1 :] for i in range(len(bones)) for letter in letters}
    return cut | put | changed


def _candidate(artifact: Artifact, index: int, comparison: Comparison, number: int) -> Candidate:
    party, found = artifact.party(index), artifact.name(number)
    reason = f"{found.kind} {found.text!r}: {comparison.reason}"
    return Candidate(party.id, party.name, found.text, party.list, comparison.score, comparison.match, reason)
