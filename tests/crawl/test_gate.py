"""The gate keeps hosts apart, waits as asked, and closes where waiting makes no sense."""

import asyncio
import time

import pytest

from crawlers.gate import MAX_DELAY_SECONDS, MAX_FAILURES, Gate, HostState, retry_after


def run_turns(gate: Gate, state: HostState, number: int, seconds: float) -> tuple[int, list[float]]:
    """Take *number* turns at once; return how many ran together at most, and when each began."""
    together = [0, 0]
    starts: list[float] = []

    async def one() -> None:
        async with gate.turn(state):
            starts.append(time.monotonic())
            together[0] += 1
            together[1] = max(together)
            await asyncio.sleep(seconds)
            together[0] -= 1

    async def every() -> None:
        await asyncio.gather(*(one() for _ in range(number)))

    asyncio.run(every())
    return together[1], starts


def test_a_public_host_is_asked_once_at_a_time_even_without_a_delay() -> None:
    gate = Gate(parallel=8)
    assert run_turns(gate, gate.state("a", 0, local=False), 4, 0.01)[0] == 1
    assert run_turns(gate, gate.state("b", 0, local=True), 8, 0.05)[0] == 8


def test_the_delay_runs_from_the_end_of_a_request() -> None:
    gate = Gate()
    _, starts = run_turns(gate, gate.state("a", 0.1, local=True), 3, 0.05)
    assert all(later - earlier >= 0.14 for earlier, later in zip(starts, starts[1:], strict=False))  # noqa: RUF007


def test_the_longest_delay_holds_and_has_a_bound() -> None:
    gate = Gate()
    state = gate.state("a", 0, local=True)
    assert gate.state("a", 2, local=True) is state
    assert gate.state("a", 1, local=True).delay == 2
    gate.slow_down(state, 86400)
    assert state.delay == MAX_DELAY_SECONDS


def test_a_host_that_fails_again_and_again_is_left_alone() -> None:
    gate = Gate()
    state = gate.state("a", 0, local=False)
    for _ in range(MAX_FAILURES - 1):
        gate.note(state, reached=False, detail="refused")
    gate.note(state, reached=True, detail="")
    for number in range(MAX_FAILURES):
        assert not state.closed, number
        gate.note(state, reached=False, detail="refused")
    assert "5 times in a row (refused)" in state.closed


def test_a_wait_that_is_too_long_closes_the_host_and_ends_the_waiting() -> None:
    gate = Gate()
    state = gate.state("a", 0, local=False)
    gate.back_off(state, 0.1, "HTTP status 429")
    assert not state.closed
    begun = time.monotonic()
    run_turns(gate, state, 1, 0)
    assert time.monotonic() - begun >= 0.09
    gate.back_off(state, 3600, "HTTP status 429")
    assert "3600 seconds (HTTP status 429)" in state.closed


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 30),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 0),
        ("soon", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, 1445412450.0) == seconds
