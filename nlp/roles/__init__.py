"""Roles: what a party does in a procurement, by the words that stand beside it.

assign_roles(passage, mentions)   the mentions, those of parties with their role
find_claims(passage, mentions)    which word gives which party its role
find_by_role(passage, mentions)   parties that only their role gives away
"""

from nlp.roles.claim import Claim
from nlp.roles.claims import assign_roles, find_claims, find_told
from nlp.roles.deals import Deal, find_deals
from nlp.roles.unknown import find_by_role, without_role_words
from nlp.roles.words import KINDS

__all__ = [
    "KINDS",
    "Claim",
    "Deal",
    "assign_roles",
    "find_by_role",
    "find_claims",
    "find_deals",
    "find_told",
    "without_role_words",
]
