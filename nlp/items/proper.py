"""Whether a name stands as a proper name: in quotes, or with a capital that nothing explains."""

import re

from nlp.items.candidate import Candidate

NEXT_CAPITAL = re.compile(r" [^\W\d_a-zа-я]")
OPENING, CLOSING = "«“„\"'‘『「《", "»”“\"'’』」》"
# Chinese marks a title: the name stands somewhere in 《…》.
TITLE_OPENS = re.compile("《[^》]*$")
LONGEST_TITLE = 16
SENTENCE_START = re.compile(r"(?:^|[.!?:…。！？\n•–—-])[\s\"'«“„(\[]*$")
# Where most words of a line have a capital, capitals say nothing.
TITLE_SHARE = 0.6
TITLE_LENGTH = 120


def is_proper(candidate: Candidate, text: str) -> bool:
    """Return whether *candidate* stands in quotes, or has a capital that neither its name nor its place explains."""
    before, after = text[max(0, candidate.start - 1) : candidate.start], text[candidate.end : candidate.end + 1]
    if before and after and before in OPENING and after in CLOSING:
        return True
    if TITLE_OPENS.search(text, max(0, candidate.start - LONGEST_TITLE), candidate.start):
        return True
    word = text[candidate.start : candidate.end]
    if not word[:1].isupper() or candidate.name.text[:1].isupper() or word.isupper():
        return False
    return not SENTENCE_START.search(text[max(0, candidate.start - 12) : candidate.start]) and not _is_title(
        candidate, text
    )


def is_part_of_name(candidate: Candidate, text: str) -> bool:
    return NEXT_CAPITAL.match(text, candidate.end) is not None and not _is_title(candidate, text)


def _is_title(candidate: Candidate, text: str) -> bool:
    """Return whether the line around *candidate* is a headline in capitals."""
    before = text[max(0, candidate.start - TITLE_LENGTH) : candidate.start].rpartition("\n")[2]
    after = text[candidate.end : candidate.end + TITLE_LENGTH].partition("\n")[0]
    words = re.findall(r"[^\W\d_]{4,}", f"{before} {after}")
    return bool(words) and sum(word[0].isupper() for word in words) / len(words) > TITLE_SHARE
