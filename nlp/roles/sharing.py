"""Parties that are named together have one role: "X, Y and Z sold …", "sold by X and Y"."""

from dataclasses import replace
from itertools import pairwise

from nlp.roles.claim import Claim
from nlp.roles.scene import Scene

# "and the company" joins two parties.
MAX_JOINING = 3


def share(scene: Scene, parties: dict[int, Claim]) -> None:
    """Let each party that is joined to one with a role have that role: behind a verb, or before one."""
    ordered = sorted(scene.parties, key=lambda party: party[1])
    for (before, _, last), (party, first, _) in pairwise(ordered):
        claim = parties.get(before)
        shared = claim is not None and claim.cue.frame != "noun" and claim.first < first
        if claim and shared and party not in parties and _are_joined(scene, scene.between(last, first)):
            parties[party] = replace(claim, party=party)
    joined = False
    for (before, _, last), (party, first, _) in reversed(list(pairwise(ordered))):
        claim = parties.get(party)
        between = scene.between(last, first)
        # "X, Y and Z": the comma joins where a conjunction follows.
        joined = _are_joined(scene, between) or (joined and not between and "," in scene.gap(last))
        if claim and joined and before not in parties and claim.cue.frame == "doer" and claim.first > first:
            parties[before] = replace(claim, party=before)


def _are_joined(scene: Scene, between: list[str]) -> bool:
    joining, fillers = scene.known.joining, scene.known.fillers
    return len(between) <= MAX_JOINING and bool(joining & set(between)) and joining | fillers >= set(between)
