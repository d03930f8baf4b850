"""Items: controlled and dual-use goods, technologies and agents in a text, with the entries they may fall under.

find_items(passage)      mentions, and the candidates that context decided against
catalogue()              every item that Watchword knows
search_items("600 Hz")   items by name, code or CAS number
"""

from nlp.items.catalogue import Item, Limit, catalogue, load
from nlp.items.finding import FoundItems, find_items
from nlp.items.searching import search_items

__all__ = ["FoundItems", "Item", "Limit", "catalogue", "find_items", "load", "search_items"]
