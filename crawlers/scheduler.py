"""The queue of requests: hosts take turns, and a slow host holds up no other."""

from collections import Counter, deque

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

# One request of a polite host is under way and one waits for its turn; more would fill the engine with waiting.
POLITE_ACTIVE = 2


class HostScheduler(BaseScheduler):  # type: ignore[misc]
    """Keep a queue a host in memory; pages found are asked for in the order found, structure pages first."""

    def __init__(self, crawler: Crawler) -> None:
        """Serve the engine of *crawler*."""
        self.crawler = crawler
        self._queues: dict[str, deque[Request]] = {}
        self._turns: deque[str] = deque()
        self._length = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostScheduler":
        """Return the scheduler of *crawler*."""
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        """Say whether a request waits."""
        return self._length > 0

    def enqueue_request(self, request: Request) -> bool:
        """Take *request*; one with a priority goes before the others of its host."""
        host = _host(request)
        queue = self._queues.get(host)
        if queue is None:
            queue = self._queues[host] = deque()
            self._turns.append(host)
        if request.priority > 0:
            queue.appendleft(request)
        else:
            queue.append(request)
        self._length += 1
        return True

    def next_request(self) -> Request | None:
        """Return a request of the next host that has room for one, or None."""
        if not self._length:
            return None
        active = Counter(_host(request) for request in self.crawler.engine.downloader.active)
        for _ in range(len(self._turns)):
            host = self._turns[0]
            self._turns.rotate(-1)
            if active[host] < self._room(host):
                return self._pop(host)
        return None

    def _pop(self, host: str) -> Request:
        queue = self._queues[host]
        request = queue.popleft()
        self._length -= 1
        if not queue:
            del self._queues[host]
            self._turns.remove(host)
        return request

    def _room(self, host: str) -> int:
        gate = self.crawler.spider.session.gate
        state = gate.hosts.get(host.removeprefix("www."))
        return POLITE_ACTIVE if state is None or state.delay > 0 else 2 * gate.parallel


def _host(request: Request) -> str:
    return urlparse_cached(request).hostname or ""
