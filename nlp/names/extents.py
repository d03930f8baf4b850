"""How far a name reaches in a text: with its legal forms, the dot of an abbreviation, and the marks that close it."""

import re
from typing import Final

from nlp.names.parts import Part
from nlp.names.vocabulary import FORMS
from nlp.names.words import Match, part_of_word
from nlp.passage import Passage

FOLLOWING_WORD: Final = re.compile(r"(\s|,\s?|\.,?\s?)([a-z]+)\b")
# How far around a name its cue may stand, in characters.
CUE_REACH: Final = 40
# What a firm's name stands behind.
FIRM: Final = re.compile(
    r"(?:\b(?:ооо|оао|зао|ао|пао|фгуп|нпо|нпп|компани\w*|фирм\w*|завод\w*|предприяти\w*|концерн\w*|холдинг\w*|"
    r"company|firm|group|societe|entreprise|empresa|compania|firma|jsc|ojsc|cjsc|pjsc|llc|fsue|oao|ooo|zao|pao|ao|fgup|npo|"
    r"npp|nii)|شركه|公司|集团)[\s«“\"']{0,3}$"
)
ABBREVIATED: Final = re.compile(r"\b(?:ltd|co|inc|corp|bhd|pty|pte|s\.a|s\.l)$")
# A legal form before a name belongs to it, with the quotation marks that open behind the form.
FORM_REACH: Final = 48
FORM_BEFORE: Final = re.compile(
    r"(?<!\w)((?:(?:public |open |closed )?joint[ -]stock company|limited liability company|fgup|ojsc|pjsc|cjsc|jsc|"
    r"llc|ooo|oao|zao|pao|ao|pt|ооо|оао|зао|пао|ао|фгуп|тоо)[ ,]{1,2}['\"«“„]?)$"
)
# What may stand before a comma or a dot and another form: `Co., Ltd`.
CHAINED: Final = frozenset({"co", "company", "corp", "pte", "pty", "pvt", "sdn", "inc"})
MARK: Final = re.compile(
    r"(?:(?<=^)|(?<=[\s('\"“«]))(?P<opening>['\"«“„(])(?=[\w'\"“«])|(?<=[\w.'\"”»)])(?P<closing>['\"»”“)])(?!\w)"
)
CLOSINGS: Final = {"(": ")", "«": "»", "“": "”", "„": "“", "'": "'", '"': '"'}


def extent(passage: Passage, match: Match) -> tuple[int, int]:
    """Return start and end, in the folded text, of *match* with all that belongs to the name."""
    text = passage.folded.text
    before = FORM_BEFORE.search(text, max(0, match.start - FORM_REACH), match.start)
    start = before.start(1) if before else match.start
    formed = before is not None or any(map(_is_form, text[match.start : match.end].split()))
    end = _with_forms_behind(passage, match, formed=formed)
    if ABBREVIATED.search(text, max(match.start, end - 5), end) and text[end : end + 1] == ".":
        end += 1
    for mark in reversed(_unclosed(text[start:end])):
        if text[end : end + 1] != CLOSINGS[mark]:
            break
        end += 1
    return start, end


def _unclosed(name: str) -> list[str]:
    """Return the marks that open in *name* and do not close; an apostrophe within a word is neither."""
    opened: list[str] = []
    for found in MARK.finditer(name):
        if found["opening"]:
            opened.append(found["opening"])
        elif opened and CLOSINGS[opened[-1]] == found["closing"]:
            opened.pop()
    return opened


def form_behind(text: str, end: int) -> Part | None:
    """Return the legal form that stands in the folded *text* right behind *end*, or None."""
    following = FOLLOWING_WORD.match(text, end)
    part = part_of_word(following[2]) if following else None
    return part if part and part.kind == FORMS else None


def _is_form(word: str) -> bool:
    return part_of_word(word).kind == FORMS


def _with_forms_behind(passage: Passage, match: Match, *, formed: bool) -> int:
    """Return the end of *match* with the legal forms behind it; behind a comma one stands only where none is yet."""
    text, end = passage.folded.text, match.end
    last = text[match.start : match.end].rpartition(" ")[2]
    while follower := FOLLOWING_WORD.match(text, end):
        parted = not follower[1].isspace()
        is_form = _is_form(follower[2])
        written_small = passage.text[passage.folded.origin[follower.start(2)]].islower()
        if not is_form or written_small or (parted and (formed or "." in follower[1]) and last not in CHAINED):
            break
        end, last, formed = follower.end(), follower[2], True
    return end
