"""Identifiers: numbers that name a good, a document, a ship, a company or a payment, with their check digits.

A number whose rule has a check digit is found wherever it stands; one without is found beside a word that says what it
is. `RULES` names them all.
"""

from nlp.identifiers.finding import RULES, find_identifiers

__all__ = ["RULES", "find_identifiers"]
