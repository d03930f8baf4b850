"""Roles: what a party does in a procurement, by the words that stand beside it.

assign_roles(passage, mentions)   the mentions, those of parties with their role
find_claims(passage, mentions)    which word gives which party its role
"""

from nlp.roles.claims import Claim, assign_roles, find_claims
from nlp.roles.words import KINDS

__all__ = ["KINDS", "Claim", "assign_roles", "find_claims"]
