"""Tabs: a page under way in the browser, what it may ask for, and when it is done."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from scrapy.http import Response

# What a page may ask for while it is rendered; pictures, fonts and styles say nothing that links are found by.
ASKED_FOR = frozenset({"Script", "XHR", "Fetch"})
# A page of a real site asks for a dozen scripts and answers; one that asks for more than this does not end.
MAX_REQUESTS = 60
# A page is done when nothing has been asked for in this time after it was loaded.
QUIET_SECONDS = 0.5

Fetch = Callable[[str], Awaitable[Response]]
Message = dict[str, Any]


@dataclass
class Tab:
    """A page under way: its session in the browser, and what it waits for."""

    id: str
    response: Response
    fetch: Fetch
    loaded: asyncio.Event = field(default_factory=asyncio.Event)
    begun: bool = False
    asked: int = 0
    pending: int = 0
    refused: int = 0
    touched: float = 0.0

    def may_ask(self, request: Message, kind: str) -> bool:
        """Say whether a request only reads: what a page would send, a harvest does not."""
        reads = request["method"] == "GET" and request["url"].startswith(("http://", "https://"))
        return bool(reads and kind in ASKED_FOR and self.asked < MAX_REQUESTS)

    async def settled(self, seconds: float) -> bool:
        """Wait until the page has loaded and asks for nothing any more; say whether it came to that."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        try:
            await asyncio.wait_for(self.loaded.wait(), seconds)
        except TimeoutError:
            return False
        self.touched = loop.time()
        while loop.time() < end:
            if not self.pending and loop.time() - self.touched >= QUIET_SECONDS:
                return True
            await asyncio.sleep(QUIET_SECONDS / 5)
        return False
