"""A claim: a word that may describe a party."""

from dataclasses import dataclass

from nlp.roles.words import RoleCue


@dataclass(frozen=True, slots=True)
class Claim:
    """A cue that may describe a party, where it stands, and what stands between them costs."""

    party: int
    cue: RoleCue
    first: int
    cost: float
    directed: bool = False
