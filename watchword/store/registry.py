"""The registry: every version of every document, its place in a story, and what is known of its page.

Near-copies are looked up by the band hashes of their sketches, so that stories span runs and worker processes. A story
is named by the smallest id of its documents: the same documents in another order give the same stories.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from nlp.stories import Sketch, sketch
from watchword.document import Document, plain
from watchword.store.copies import keep_bands, stories_of_copies
from watchword.store.schema import AlertDocumentRow, AlertRow, DocumentRow, PageRow, ReturnRow

# As many as the state database keeps.
PUBLISHER_CHARACTERS = 300
LANGUAGE_CHARACTERS = 12


@dataclass(frozen=True)
class Registered:
    """A document with its place; `merged` are stories that it turned out to join, old name and new."""

    document: Document
    new: bool
    previous: str | None
    merged: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PageSeen:
    """What one capture tells of a page, for conditional requests and revisits."""

    page: str
    url: str
    source: str
    etag: str | None
    last_modified: str | None
    payload_digest: str | None
    run: str
    capture: str
    captured: str


def register(session: Session, document: Document) -> Registered:
    """Give *document* its version and story; one that is known keeps what it has.

    Only in a session that is alone: what is read of stories and versions must stay true until it is written.
    """
    known = session.get(DocumentRow, document.id)
    if known is not None:
        _note_return(session, known, document)
        return _registered(known, document)
    before = _latest(session, document.page)
    mark = sketch(f"{document.title}\n{document.text}")
    joined = stories_of_copies(session, mark)
    story = min([document.id, *joined])
    version = before.version + 1 + _returns_since(session, before) if before else 1
    previous = _said_before(session, document) or (before.id if before else None)
    _enter(session, _row(document, mark, story, version, previous), mark)
    merged = tuple((old, story) for old in sorted(joined) if old != story)
    for old, new_name in merged:
        session.execute(update(DocumentRow).where(DocumentRow.story == old).values(story=new_name, indexed=False))
    return Registered(document.placed(story=story, version=version), True, previous, merged)


def look_up(session: Session, documents: Sequence[Document]) -> list[Registered]:
    """Return those of *documents* that are registered, with their place."""
    wanted = select(DocumentRow).where(DocumentRow.id.in_([document.id for document in documents]))
    known = {row.id: row for row in session.scalars(wanted)}
    return [_registered(known[document.id], document) for document in documents if document.id in known]


def _registered(known: DocumentRow, document: Document) -> Registered:
    placed = document.placed(story=known.story, version=known.version)
    new = known.run == document.run and known.capture == document.capture
    return Registered(placed, new, known.previous)


def _said_before(session: Session, document: Document) -> str | None:
    """Return the id of what the page of *document* said until then: a version, or one that it had come back to."""
    made = select(DocumentRow.captured, DocumentRow.id).where(DocumentRow.page == document.page)
    made = made.where(DocumentRow.captured < document.captured).order_by(DocumentRow.captured.desc()).limit(1)
    back = select(ReturnRow.captured, ReturnRow.document).where(ReturnRow.page == document.page)
    back = back.where(ReturnRow.captured < document.captured).order_by(ReturnRow.captured.desc()).limit(1)
    found = [tuple(row) for query in (made, back) for row in session.execute(query)]
    return str(max(found)[1]) if found else None


def _note_return(session: Session, known: DocumentRow, document: Document) -> None:
    """Note that the page says again what it said before other words."""
    previous = _said_before(session, document)
    if previous in (None, known.id) or known.run == document.run:
        return
    if session.get(ReturnRow, (document.run, known.id)) is None:
        back = {"page": known.page, "previous": previous, "captured": document.captured}
        session.add(ReturnRow(run=document.run, document=known.id, **back))
        session.flush()


def returns(session: Session, run: str) -> dict[str, str]:
    """Return the documents that a page came back to in *run*, each with the document that it said until then."""
    rows = session.scalars(select(ReturnRow).where(ReturnRow.run == run)).all()
    return {row.document: row.previous for row in rows}


def page_returns(session: Session, page_id: str) -> list[ReturnRow]:
    """Return when a page came back to what it had said before, oldest first."""
    wanted = select(ReturnRow).where(ReturnRow.page == page_id).order_by(ReturnRow.captured)
    return list(session.scalars(wanted))


def _returns_since(session: Session, before: DocumentRow) -> int:
    """Count how often the page came back to earlier words since its newest version: each was a version too."""
    wanted = select(func.count()).select_from(ReturnRow)
    since = ReturnRow.captured > before.captured
    return session.scalar(wanted.where(ReturnRow.page == before.page, since)) or 0


def _latest(session: Session, page: str) -> DocumentRow | None:
    wanted = select(DocumentRow).where(DocumentRow.page == page).order_by(DocumentRow.version.desc()).limit(1)
    return session.scalar(wanted)


def _enter(session: Session, row: DocumentRow, mark: Sketch) -> None:
    """Write *row* and the bands of its sketch; no object is kept, because a run registers thousands."""
    values = {column.key: getattr(row, column.key) for column in DocumentRow.__table__.columns}
    session.execute(insert(DocumentRow), [values])
    keep_bands(session, row.id, mark)


def _row(document: Document, mark: Sketch, story: str, version: int, previous: str | None) -> DocumentRow:
    return DocumentRow(
        id=document.id,
        page=document.page,
        url=plain(document.url),
        source=document.source,
        publisher=plain(document.publisher)[:PUBLISHER_CHARACTERS],
        run=document.run,
        capture=document.capture,
        captured=document.captured,
        published=document.published,
        title=plain(document.title),
        language=document.language and plain(document.language)[:LANGUAGE_CHARACTERS],
        version=version,
        previous=previous,
        story=story,
        sketch=mark.to_bytes(),
        indexed=False,
    )


def keep_pages(session: Session, pages: Iterable[PageSeen]) -> None:
    """Keep what each of *pages* tells, unless something newer is known."""
    newest: dict[str, PageSeen] = {}
    for seen in pages:
        if seen.page not in newest or newest[seen.page].captured <= seen.captured:
            newest[seen.page] = seen
    wanted = select(PageRow.id, PageRow.captured).where(PageRow.id.in_(newest))
    known = {row.id: row.captured for row in session.execute(wanted)}
    for seen in newest.values():
        if seen.page in known and known[seen.page] <= seen.captured:
            session.merge(_page_row(seen))
        elif seen.page not in known:
            session.add(_page_row(seen))


def _page_row(seen: PageSeen) -> PageRow:
    return PageRow(
        id=seen.page,
        url=plain(seen.url),
        source=seen.source,
        etag=seen.etag and plain(seen.etag),
        last_modified=seen.last_modified and plain(seen.last_modified),
        payload_digest=seen.payload_digest,
        run=seen.run,
        capture=seen.capture,
        captured=seen.captured,
    )


def page(session: Session, identifier: str) -> PageRow | None:
    """Return what is known of a page, or None."""
    return session.get(PageRow, identifier)


def pages_again(session: Session, source: str, days: Sequence[int], looked: datetime, at: datetime) -> list[str]:
    """Return the pages of *source* that last changed some number of *days* before a moment between *looked* and *at*.

    Only pages that gave a document count; a record of an answer, whose address has a fragment, comes with its answer.
    """
    ends = [((looked - timedelta(days=day)).isoformat(), (at - timedelta(days=day)).isoformat()) for day in days]
    spans = [and_(PageRow.captured > begin, PageRow.captured <= end) for begin, end in ends]
    read = exists().where(DocumentRow.page == PageRow.id)
    wanted = select(PageRow.url).where(PageRow.source == source, or_(*spans), read, PageRow.url.not_like("%#%"))
    return list(session.scalars(wanted.order_by(PageRow.captured.desc(), PageRow.url)))


def not_indexed(session: Session) -> list[tuple[str, str]]:
    """Return id and run of the documents whose present state the index does not hold."""
    wanted = select(DocumentRow.id, DocumentRow.run).where(DocumentRow.indexed.is_(False)).order_by(DocumentRow.run)
    return [(row.id, row.run) for row in session.execute(wanted)]


def mark_indexed(session: Session, identifiers: Sequence[str]) -> None:
    """Note that the index holds these documents as they are."""
    session.execute(update(DocumentRow).where(DocumentRow.id.in_(identifiers)).values(indexed=True))


def placement(session: Session, identifiers: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return story and version of documents by id."""
    wanted = select(DocumentRow.id, DocumentRow.story, DocumentRow.version).where(DocumentRow.id.in_(list(identifiers)))
    return {row.id: (row.story, row.version) for row in session.execute(wanted)}


def versions(session: Session, page_id: str) -> list[DocumentRow]:
    """Return the versions of a page, oldest first."""
    wanted = select(DocumentRow).where(DocumentRow.page == page_id).order_by(DocumentRow.version)
    return list(session.scalars(wanted))


def count_documents(session: Session) -> tuple[int, int]:
    """Return how many documents are registered, and how many of them the index holds."""
    total = session.scalar(select(func.count()).select_from(DocumentRow)) or 0
    held = session.scalar(select(func.count()).select_from(DocumentRow).where(DocumentRow.indexed)) or 0
    return total, held


def forget_document(session: Session, identifier: str) -> None:
    """Remove a document from the registry."""
    row = session.get(DocumentRow, identifier)
    if row is not None:
        session.delete(row)


def not_registered(session: Session, identifiers: Iterable[str]) -> list[str]:
    """Return those of *identifiers* that the registry does not hold."""
    wanted = set(identifiers)
    held = session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(wanted)))
    return sorted(wanted - set(held))


def take_place(session: Session, old: str, document: Document) -> None:
    """Let *document* take the place of *old*, another reading of the same capture.

    Version, story and alerts stay. Nothing is done where *old* was registered by another run.
    """
    row = session.get(DocumentRow, old)
    if row is None or row.run != document.run or session.get(DocumentRow, document.id) is not None:
        return
    mark = sketch(f"{document.title}\n{document.text}")
    _enter(session, _row(document, mark, row.story, row.version, row.previous), mark)
    session.execute(update(DocumentRow).where(DocumentRow.previous == old).values(previous=document.id))
    session.execute(update(ReturnRow).where(ReturnRow.previous == old).values(previous=document.id))
    session.execute(update(ReturnRow).where(ReturnRow.document == old).values(document=document.id))
    session.execute(update(AlertRow).where(AlertRow.document == old).values(document=document.id))
    session.execute(update(AlertDocumentRow).where(AlertDocumentRow.document == old).values(document=document.id))
    session.execute(delete(DocumentRow).where(DocumentRow.id == old))


def index_again(session: Session, run: str) -> None:
    """Note that the index holds no document of *run* as it now is."""
    session.execute(update(DocumentRow).where(DocumentRow.run == run).values(indexed=False))


def runs_of(session: Session, identifiers: Iterable[str]) -> dict[str, str]:
    """Return the run of documents by id."""
    wanted = select(DocumentRow.id, DocumentRow.run).where(DocumentRow.id.in_(list(identifiers)))
    return {row.id: row.run for row in session.execute(wanted)}
