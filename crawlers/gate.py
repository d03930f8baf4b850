"""The gate before each host: one request at a time, with a delay, and none where the host asks to be left alone."""

import asyncio
import email.utils
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Hosts ask for more now and then; a page a minute is slower than any harvest can wait for.
MAX_DELAY_SECONDS = 60.0
# A host that asks to come back later than this is left alone for the rest of the run.
MAX_WAIT_SECONDS = 120.0
# As many failures to connect in a row mean that a host is away, not that a page is.
MAX_FAILURES = 5


@dataclass
class HostState:
    """What is known of a host in this run; `closed` says why nothing more is asked of it."""

    delay: float
    turns: asyncio.Semaphore
    ready: float = 0.0
    failures: int = 0
    closed: str = ""


@dataclass
class Gate:
    """Hosts and their turns; `parallel` is the number of requests at once to a local host without a delay."""

    parallel: int = 8
    hosts: dict[str, HostState] = field(default_factory=dict)

    def state(self, host: str, delay: float, *, local: bool) -> HostState:
        """Return the state of *host*, which begins with *delay* seconds; a longer delay holds, a shorter does not."""
        state = self.hosts.get(host)
        if state is None:
            turns = self.parallel if local and delay == 0 else 1
            state = self.hosts[host] = HostState(delay, asyncio.Semaphore(turns))
        elif delay > state.delay:
            self.slow_down(state, delay)
        return state

    def slow_down(self, state: HostState, delay: float) -> None:
        """Leave *delay* seconds between requests from now on, at most `MAX_DELAY_SECONDS`."""
        if delay > state.delay:
            if state.delay == 0:
                state.turns = asyncio.Semaphore(1)
            state.delay = min(delay, MAX_DELAY_SECONDS)

    @asynccontextmanager
    async def turn(self, state: HostState) -> AsyncIterator[None]:
        """Wait until the host may be asked, and start its delay again when the request is over."""
        async with state.turns:
            while (wait := state.ready - time.monotonic()) > 0 and not state.closed:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                state.ready = max(state.ready, time.monotonic() + state.delay)

    def back_off(self, state: HostState, seconds: float, reason: str) -> None:
        """Leave the host alone for *seconds*, or for the rest of the run where that is too long to wait."""
        if seconds > MAX_WAIT_SECONDS:
            state.closed = f"the host asks to come back in {seconds:.0f} seconds ({reason})"
        else:
            state.ready = max(state.ready, time.monotonic() + seconds)

    def note(self, state: HostState, *, reached: bool, detail: str) -> None:
        """Count a failure to reach the host, or forget them; close the host after `MAX_FAILURES` in a row."""
        state.failures = 0 if reached else state.failures + 1
        if state.failures >= MAX_FAILURES and not state.closed:
            state.closed = f"the host was not reached {MAX_FAILURES} times in a row ({detail})"


def retry_after(value: str, now: float) -> float | None:
    """Return the seconds that a `Retry-After` header asks for: a number or a date (RFC 9110, section 10.2.3)."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, moment.timestamp() - now)
