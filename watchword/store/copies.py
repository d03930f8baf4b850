"""Near-copies among the registered documents: found by the bands that their sketches share, then compared."""

from functools import cache

from sqlalchemy import TextClause, insert, text
from sqlalchemy.orm import Session

from nlp.stories import Sketch, near_copies
from watchword.store.schema import BandRow

# Boilerplate that thousands of documents share makes a band useless; the others still find the near-copy.
MAX_CANDIDATES_PER_BAND = 200


def keep_bands(session: Session, document: str, mark: Sketch) -> None:
    """Let *document*, which is registered, be found by the bands of its sketch."""
    rows = [{"band": band, "document": document} for band in set(mark.bands)]
    session.execute(insert(BandRow), rows)


def stories_of_copies(session: Session, mark: Sketch) -> set[str]:
    """Return the stories that hold a near-copy of the text that *mark* sketches."""
    bands = sorted(set(mark.bands))
    values = {f"band_{number}": band for number, band in enumerate(bands)}
    found = session.execute(_candidates(len(bands)), values)
    return {story for story, content in found if near_copies(mark, Sketch.from_bytes(content))}


@cache
def _candidates(bands: int) -> TextClause:
    """Return the query for what shares one of so many bands: one query, because a document has 64 of them.

    It is text, because SQLAlchemy takes longer to put 64 selects together than the database to answer them.
    """
    shared = " union ".join(
        f"select document from (select document from band where band = :band_{number}"
        f" order by document limit {MAX_CANDIDATES_PER_BAND}) as holders_{number}"
        for number in range(bands)
    )
    return text(f"select story, sketch from document where id in ({shared})")
