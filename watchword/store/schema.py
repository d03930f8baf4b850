"""The tables of the state database, as SQLAlchemy models."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The base of all tables."""


class PageRow(Base):
    """What is known of a page: for conditional requests, for revisits, for versions."""

    __tablename__ = "page"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    payload_digest: Mapped[str | None] = mapped_column(String(100))
    run: Mapped[str] = mapped_column(String(80))
    capture: Mapped[str] = mapped_column(String(120))
    captured: Mapped[str] = mapped_column(String(40))


class DocumentRow(Base):
    """The registry: one row a version of a document, with its place in a story."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    page: Mapped[str] = mapped_column(String(16), index=True)
    url: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200), index=True)
    publisher: Mapped[str] = mapped_column(String(300))
    run: Mapped[str] = mapped_column(String(80), index=True)
    capture: Mapped[str] = mapped_column(String(120))
    captured: Mapped[str] = mapped_column(String(40))
    published: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int]
    previous: Mapped[str | None] = mapped_column(String(40))
    story: Mapped[str] = mapped_column(String(40), index=True)
    sketch: Mapped[bytes] = mapped_column(LargeBinary)
    indexed: Mapped[bool] = mapped_column(default=False)


class BandRow(Base):
    """A band hash of a document's sketch: documents that share one may be near-copies."""

    __tablename__ = "band"
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)


class ReturnRow(Base):
    """A page that says again, in *run*, what it said before *previous*."""

    __tablename__ = "page_return"
    run: Mapped[str] = mapped_column(String(80), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    page: Mapped[str] = mapped_column(String(16), index=True)
    previous: Mapped[str] = mapped_column(String(40))
    captured: Mapped[str] = mapped_column(String(40))


class RunRow(Base):
    """One harvest and how far it came."""

    __tablename__ = "run"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    started: Mapped[datetime]
    sources: Mapped[list[str]] = mapped_column(JSON)
    closed: Mapped[datetime | None]


class OutcomeRow(Base):
    """What became of one source in one run: the ground of coverage."""

    __tablename__ = "outcome"
    run: Mapped[str] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    source: Mapped[str] = mapped_column(String(200), primary_key=True)
    started: Mapped[datetime] = mapped_column(index=True)
    seen: Mapped[bool]
    due: Mapped[int]
    fetched: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    failed: Mapped[int]
    documents: Mapped[int]
    set_aside: Mapped[int]
    characters: Mapped[int] = mapped_column(default=0, server_default="0")
    reasons: Mapped[dict[str, int]] = mapped_column(JSON)
    every: Mapped[int] = mapped_column(default=0, server_default="0")
    rests: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")


class WatchRow(Base):
    """A standing question of an analyst, and who is told."""

    __tablename__ = "watch"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    created: Mapped[datetime]
    entities: Mapped[list[str]] = mapped_column(JSON)
    lists: Mapped[list[str]] = mapped_column(JSON)
    query: Mapped[str] = mapped_column(Text, default="")
    tell: Mapped[list[str]] = mapped_column(JSON)
    removed: Mapped[datetime | None]


class AlertRow(Base):
    """One watch met by one story."""

    __tablename__ = "alert"
    __table_args__ = (UniqueConstraint("watch", "story"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    watch: Mapped[str] = mapped_column(ForeignKey("watch.name"), index=True)
    story: Mapped[str] = mapped_column(String(40), index=True)
    document: Mapped[str] = mapped_column(String(40))
    run: Mapped[str] = mapped_column(String(80), index=True)
    raised: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    reasons: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    acknowledged: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")


class AlertDocumentRow(Base):
    """A document that met the watch of an alert: the copies of its story."""

    __tablename__ = "alert_document"
    alert: Mapped[str] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(String(40), primary_key=True)


class FormerAlertRow(Base):
    """The id of an alert that joined another when their stories became one; mails and files still name it."""

    __tablename__ = "former_alert"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    alert: Mapped[str] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))


class DeliveryRow(Base):
    """The delivery ledger: an alert's revision goes to each recipient once."""

    __tablename__ = "delivery"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    alert: Mapped[str] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"))
    revision: Mapped[int]
    recipient: Mapped[str] = mapped_column(Text)
    delivered: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


class CorrectionRow(Base):
    """An analyst's rule on mentions or entities, applied in every later reading until it is undone."""

    __tablename__ = "correction"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    action: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    entity: Mapped[str | None] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(200))
    made: Mapped[datetime]
    undone: Mapped[datetime | None]


class RefusalRow(Base):
    """A document that the index did not take, and why; the next stage offers it again."""

    __tablename__ = "refusal"
    document: Mapped[str] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    refused: Mapped[datetime]


class SavedSearchRow(Base):
    """A search that is kept under a name; `query` may hold parameters such as `${code}`."""

    __tablename__ = "saved_search"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    query: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    order: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    saved: Mapped[datetime]


Index("page_source", PageRow.source)
Index("document_page_version", DocumentRow.page, DocumentRow.version)
