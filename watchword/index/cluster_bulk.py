"""Documents on their way to a cluster: bulk requests with back-pressure, and an answer a document."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from elasticsearch.helpers import streaming_bulk

from index_mappings.fields import GAP, MENTIONS, TOGETHER
from watchword.document import Document
from watchword.errors import UnavailableError
from watchword.index.base import Refused
from watchword.index.cluster_client import Connection, reason_in
from watchword.index.streams import streams_of

# A bulk request of this size fits any node's limits.
BULK_BYTES = 16 * 2**20
# Documents, and characters of their text, of one request: as many as the client's own helper sends, for the cluster
# writes its log to disk once a request; little enough to be held twice over.
REQUEST_DOCUMENTS, REQUEST_CHARACTERS = 500, 2 * 2**20
# Requests under way at a time: one that the cluster works on, one on its way.
SENDERS = 2
# What a busy node rejects is tried again after 1, 2, 4, … seconds: two minutes in all, then the run waits.
RETRIES, FIRST_PAUSE, LONGEST_PAUSE = 7, 1, 32
BUSY = (429, 503)
# What no later attempt changes: the document itself is refused.
PERMANENT = (400, 413)
APART = ("title", "text")

Action = dict[str, Any]


def send(connection: Connection, actions: Iterable[Action]) -> Iterator[Refused | None]:
    """Send *actions*; yield None for each that was taken, and the documents that were refused.

    The next request is made while the last one is under way. Raise UnavailableError where the cluster is away or stays
    too busy.
    """
    waiting: deque[Future[list[Refused | None]]] = deque()
    with ThreadPoolExecutor(SENDERS) as senders:
        for request in requests(actions):
            if len(waiting) > SENDERS:
                yield from waiting.popleft().result()
            waiting.append(senders.submit(sent, connection, request))
        while waiting:
            yield from waiting.popleft().result()


def requests(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """Yield *actions* in lists of which each makes one request."""
    request: list[Action] = []
    characters = 0
    for action in actions:
        request.append(action)
        characters += len(action.get("_source", {}).get("text", ""))
        if len(request) >= REQUEST_DOCUMENTS or characters >= REQUEST_CHARACTERS:
            yield request
            request, characters = [], 0
    if request:
        yield request


def sent(connection: Connection, request: list[Action]) -> list[Refused | None]:
    """Send one request, what is rejected again; return what became of each document."""
    with connection.asking():
        outcomes = streaming_bulk(
            connection.client,
            request,
            max_chunk_bytes=BULK_BYTES,
            max_retries=RETRIES,
            initial_backoff=FIRST_PAUSE,
            max_backoff=LONGEST_PAUSE,
            retry_on_status=BUSY,
            raise_on_error=False,
            raise_on_exception=False,
        )
        return [None if taken else judged(connection, *item.popitem()) for taken, item in outcomes]


def judged(connection: Connection, operation: str, result: dict[str, Any]) -> Refused | None:
    """Return the refusal that *result* of an operation tells; raise UnavailableError where it is not the document's."""
    status, reason = int(result.get("status", 0)), reason_in(result.get("error"))
    if operation == "delete" and status == 404:
        return None
    if status in PERMANENT:
        return Refused(str(result["_id"]), reason or f"status {status}")
    raise UnavailableError(
        f"Elasticsearch at {connection.url} did not take {result.get('_id')} (status {status}: {reason}); "
        "nothing is lost, run it again later."
    )


def as_indexed(document: Document) -> dict[str, Any]:
    """Return *document* as Elasticsearch takes it; title and text lie in it once."""
    streams = streams_of(document)
    record = document.as_json()
    return {
        **{name: stream for name, stream in streams.streams.items() if stream},
        **({MENTIONS: dense(streams.mentions)} if streams.mentions else {}),
        **streams.keywords,
        **{name: moment.isoformat() for name, moment in streams.dates.items()},
        **streams.numbers,
        **{name: record.pop(name) for name in APART},
        "document": record,
    }


def dense(mentions: Any) -> str:
    """Return the mention stream as text: a word a position, a gap where there is no mention."""
    last = max(mentions)
    return " ".join(TOGETHER.join(mentions[place]) if place in mentions else GAP for place in range(last + 1))


def from_source(source: dict[str, Any]) -> Document:
    """Return the document that `as_indexed` gave."""
    return Document.from_json({**source["document"], **{name: source[name] for name in APART}})
