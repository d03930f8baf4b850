"""Names of one word in running text: accepted where length or surroundings show that no other word is meant."""

import re
from collections.abc import Iterator

from nlp.folding import folded
from nlp.mention import ORGANISATION, PERSON, VESSEL
from nlp.names.artifact import Artifact
from nlp.names.compare import COMMON
from nlp.names.forms import FORM_OF
from nlp.names.words import FOLLOWING_WORD, WORD, Match, Word, parts_of

MIN_SINGLE = 5
# A single word of so many letters is hardly another word.
MIN_TELLING = 9
# How far around a single word its cue may stand, in characters.
CUE_REACH = 40
SHIP = re.compile(
    r"\b(?:vessels?|ships?|tankers?|carriers?|freighters?|imo|mmsi|m/?[vt]|navires?|petrolier|cargo|buques?|petrolero|"
    r"барж|судн|судо|танкер|сухогруз|теплоход|корабл)|السفين|ناقل|سفين|船|轮|油轮|货轮"
)
# What a firm's single name stands behind.
FIRM = re.compile(
    r"(?:\b(?:ооо|оао|зао|ао|пао|фгуп|нпо|нпп|компани\w*|фирм\w*|завод\w*|предприяти\w*|концерн\w*|холдинг\w*|"
    r"company|firm|group|societe|entreprise|empresa|compania|firma)|شركه|公司|集团)[\s«“\"']{0,3}$"
)
# A skeleton that more names share says nothing of a surname.
MAX_NAMESAKES = 60


def find_single(words: list[Word], text: str, artifact: Artifact) -> Iterator[Match]:
    """Find names of one word, where its length or what stands around it shows that no other word is meant."""
    for word in words:
        latin = word.part.latin
        if word.small or not word.capital or word.part.generic or latin in COMMON or len(latin) < MIN_SINGLE:
            continue
        for number in artifact.names_of(f"s{latin}"):
            name = artifact.name(number)
            if name.kind == "weak alias" or not _is_one_word(name.text):
                continue
            kind = artifact.party(name.party).type
            if _stands_alone(word, text, kind or ORGANISATION) and not _is_surname(word, artifact):
                yield Match(word.start, word.end, 0.9, number, "its only word")


def _is_one_word(name: str) -> bool:
    """Say whether *name* is one word and perhaps a legal form; a title or a generic word makes it a longer name."""
    found = WORD.findall(folded(name).replace("-", ""))
    return sum(word not in FORM_OF for word in found) == 1


def _stands_alone(word: Word, text: str, kind: str) -> bool:
    """Say whether a single word is the name of a party of this *kind*, by its length or by what stands around it."""
    before, after = text[max(0, word.start - CUE_REACH) : word.start], text[word.end : word.end + CUE_REACH]
    if kind == VESSEL:
        return bool(SHIP.search(before) or SHIP.search(after))
    if kind == PERSON:
        return False
    formed = FOLLOWING_WORD.match(after)
    limited = formed is not None and FORM_OF.get(formed[1]) == "limited"
    return limited or bool(FIRM.search(before)) or len(word.part.latin) >= MIN_TELLING


def _is_surname(word: Word, artifact: Artifact) -> bool:
    """Say whether a listed person has *word* as a part of the name: then it is hardly a company's."""
    names = (artifact.name(number) for number in artifact.names_of(f"t{word.part.coarse}")[:MAX_NAMESAKES])
    alike_names = (name for name in names if any(part.latin == word.part.latin for part in parts_of(name.text)))
    return any(artifact.party(name.party).type == PERSON for name in alike_names)
