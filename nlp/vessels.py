"""Vessels that no list knows, found by the word for what they are: "the tanker Ocean Maple", "MV Noor 1"."""

import re
from collections.abc import Iterator

from nlp.alternation import any_word
from nlp.mention import VESSEL, Mention
from nlp.passage import Passage

SCORE = 0.75
# Words for kinds of ship, by language, in the forms that stand before a name.
ENGLISH = (
    "vessel|ship|tanker|freighter|trawler|dhow|yacht|ferry|barge|tugboat|tug|frigate|destroyer|corvette|schooner|boat"
)
ENGLISH_SORTS = "motor|oil|chemical|product|cargo|survey|research|container|fishing|supply"
FRENCH = (
    "navire|bateau|cargo|pétrolier|vraquier|porte-conteneurs|chalutier|méthanier|chimiquier|voilier|remorqueur"
    "|frégate|caboteur|boutre"
)
FRENCH_SORTS = "océanographique|citerne|marchand|de pêche|cargo|ravitailleur|de recherche"
SPANISH = (
    "buque|barco|petrolero|carguero|granelero|portacontenedores|pesquero|quimiquero|metanero|yate|remolcador|fragata"
    "|velero|motonave|mercante"
)
SPANISH_SORTS = "oceanográfico|cisterna|mercante|pesquero|de carga|carguero|tanquero|de apoyo"
KINDS = (
    *(f"{sort} (?:{ENGLISH})" for sort in ENGLISH_SORTS.split("|")),
    *f"{ENGLISH}|bulk carrier|cargo ship|bulker|reefer|supertanker|coaster".split("|"),
    *(f"{kind}(?: (?:{FRENCH_SORTS}))?" for kind in FRENCH.split("|")),
    *(f"{kind}(?: (?:{SPANISH_SORTS}))?" for kind in SPANISH.split("|")),
)
MARKS = r"M/V|M/T|MV|MT|F/V|R/V|B/M|M/N"
LETTER = "A-ZÀ-ÖØ-Þ"
# One to four words with capitals, or numbers after the first; "de" and the like inside.
WORD = rf"(?:[dl]['’])?[{LETTER}][\w'’-]*"
NEXT = rf"[ \u00a0](?:(?:de|del|du|des|la|al)[ \u00a0])?(?:{WORD}|\d{{1,4}}(?!\w|[.,]\d))"
NAME = rf"(?P<n>[{LETTER}][\w'’-]*(?:{NEXT}){{0,3}})"
EDGE = r"(?<![\w-])"
QUOTED = r"[«“\"](?P<q>[^»”\"\n]{2,40})[»”\"]"
FLAG = r"(?: (?:named|called|baptisé|nommé|llamado|denominado))?"
BEFORE = (
    *(rf"{kind}{FLAG}[ \u00a0]" for kind in KINDS),
    *(
        f"{label}{colon}"
        for label in ("[Vv]essel", "[Ss]hip", "[Nn]avire", "[Bb]uque", "VESSEL")
        for colon in (": ", " : ")
    ),
    *(rf"{mark}[ \u00a0]" for mark in MARKS.split("|")),
)
PATTERN = re.compile(rf"{any_word(BEFORE, EDGE)}(?:{QUOTED}|{NAME})")
# Words with a capital that follow a kind of ship and are no name of one.
NO_NAMES = frozenset(
    "The A An It In On He She They Inspectors Company Registry Captain Master IMO OMI MMSI".split()  # noqa: SIM905
)


def find_vessels(passage: Passage) -> Iterator[Mention]:
    """Yield the vessels of *passage* that a word for a kind of ship, or a mark such as MV, stands before."""
    text = passage.text
    for match in PATTERN.finditer(text):
        start, end = match.span("q" if match["q"] else "n")
        written = text[start:end]
        if written.split()[0] not in NO_NAMES and len(written) > 1:
            kind = text[match.start() : start].strip(' ,«“"\u00a0')
            yield Mention(start, end, written, VESSEL, None, written, f"a name after '{kind}'", score=SCORE)
