"""What changed between two versions of a text, in words."""

from difflib import SequenceMatcher

# A change longer than this is shown by its beginning.
SHOWN_CHARACTERS = 160
# Longer texts are compared by paragraphs first: the comparison of words is quadratic.
WORDS_COMPARED_WHOLE = 20_000


def changed_words(old: str, new: str) -> tuple[str, str]:
    """Return the words that went and the words that came; runs of them are separated by ` … `."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > WORDS_COMPARED_WHOLE:
        before, after = _different_lines(old, new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    edits = [edit for edit in matcher.get_opcodes() if edit[0] != "equal"]
    gone = " … ".join(" ".join(before[i:j]) for _, i, j, _, _ in edits if j > i)
    come = " … ".join(" ".join(after[i:j]) for _, _, _, i, j in edits if j > i)
    return _cut(gone), _cut(come)


def _different_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the words of the lines that only one of the texts has."""
    old_lines, new_lines = set(old.splitlines()), set(new.splitlines())
    before = [word for line in old.splitlines() if line not in new_lines for word in line.split()]
    after = [word for line in new.splitlines() if line not in old_lines for word in line.split()]
    return before[:WORDS_COMPARED_WHOLE], after[:WORDS_COMPARED_WHOLE]


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"
