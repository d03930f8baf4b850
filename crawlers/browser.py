"""A browser for pages that need JavaScript: Chromium, driven through a pipe, without a network of its own.

Whatever a page asks for is stopped before it leaves the browser and fetched by the crawl in its place: under the same
rules for addresses, robots.txt, delays and sizes, and kept in the same archive.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from scrapy.http import Response

from crawlers.tab import Fetch, Message, Tab

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Nothing is resolved and the proxy is a dead port: what the interception does not see, such as a socket, goes nowhere.
FLAGS = (
    *("--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-extensions", "--disable-quic"),
    *("--disable-dev-shm-usage", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>", "--js-flags=--max-old-space-size=512"),
)
# The browser reads commands from descriptor 3 and answers on 4.
TRAMPOLINE = (
    "import fcntl, os, sys\n"
    "r, w = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3])\n"
    "os.dup2(r, 3), os.dup2(w, 4), os.execv(sys.argv[3], sys.argv[3:])"
)
# A message is a command, an answer, or the text of a page: twice what a listing may have.
MAX_MESSAGE_BYTES = 20 * 2**20
# Scripts that do not let the page be read by then are in a loop.
READ_SECONDS = 5.0
START_SECONDS = 30.0
AT_ONCE = 2

QUIET: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class BrowserError(Exception):
    """A page could not be rendered; the message is one sentence that says why."""


class EndedError(BrowserError):
    """The browser ended while a page was under way."""


@dataclass(frozen=True)
class Rendered:
    """A page as a reader sees it; `requests` were asked for, `refused` were not let out, `remark` says what was cut."""

    html: str
    browser: str
    requests: int
    refused: int
    remark: str = ""


class Browser:
    """Chromium, started when the first page needs it."""

    def __init__(self) -> None:
        self.version = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._profile = ""
        self._writer: asyncio.WriteTransport | None = None
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._tabs: dict[str, Tab] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._number = 0
        self._starting = asyncio.Lock()
        self._room = asyncio.Semaphore(AT_ONCE)

    async def render(self, response: Response, fetch: Fetch, seconds: float) -> Rendered:
        """Return the page *response* as its scripts leave it after at most *seconds*; raise BrowserError."""
        async with self._room:
            try:
                return await self._try(response, fetch, seconds)
            except EndedError:
                # Another page may have been the reason.
                return await self._try(response, fetch, seconds)

    async def _try(self, response: Response, fetch: Fetch, seconds: float) -> Rendered:
        async with self._starting:
            if self._process is None:
                await self._start()
        try:
            async with asyncio.timeout(seconds + READ_SECONDS + START_SECONDS):
                return await self._render(response, fetch, seconds)
        except TimeoutError:
            await self.close()
            raise BrowserError(f"the scripts of the page do not end within {READ_SECONDS:g} seconds") from None

    async def close(self) -> None:
        """End the browser, and what waits for it."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._writer:
            self._writer.close()
        process.kill()
        await asyncio.to_thread(process.wait)
        shutil.rmtree(self._profile, ignore_errors=True)
        self._lose()

    async def _start(self) -> None:
        path = installed()
        if path is None:
            raise BrowserError(
                "'render: true' needs the browser Chromium, and none is installed; install it (Debian: "
                "'apt-get install chromium'), or take 'render' out of the source"
            )
        self._profile = tempfile.mkdtemp(prefix="watchword-browser-")
        (read_commands, commands), (answers, write_answers) = os.pipe(), os.pipe()
        # In a container everything runs as root, for whom Chromium has no sandbox.
        flags = [*FLAGS, f"--user-data-dir={self._profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        given = [str(read_commands), str(write_answers), path, *flags, "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", TRAMPOLINE, *given],
            pass_fds=(read_commands, write_answers),
            **QUIET,
            # Neither keys of services nor the desk's folders are for pages to see.
            env={"HOME": self._profile, "PATH": os.environ.get("PATH", "")},
        )
        os.close(read_commands)
        os.close(write_answers)
        await self._connect(commands, answers)
        try:
            told = await asyncio.wait_for(self._do("Browser.getVersion"), START_SECONDS)
        except (TimeoutError, BrowserError):
            await self.close()
            raise BrowserError(f"the browser {path} does not start") from None
        self.version = str(told["product"])

    async def _connect(self, commands: int, answers: int) -> None:
        loop = asyncio.get_running_loop()
        self._writer, _ = await loop.connect_write_pipe(asyncio.Protocol, os.fdopen(commands, "wb", 0))
        reader = asyncio.StreamReader(limit=MAX_MESSAGE_BYTES)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(answers, "rb", 0))
        self._later(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        """Hand each message to who waits for it, until the browser ends."""
        try:
            while True:
                message: Message = json.loads((await reader.readuntil(b"\0"))[:-1])
                waiting = self._waiting.pop(message.get("id", 0), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(message)
                elif tab := self._tabs.get(message.get("sessionId", "")):
                    self._note(tab, message["method"], message["params"])
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            await self.close()

    def _lose(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            if not future.done():
                future.set_result({})

    def _note(self, tab: Tab, method: str, said: Message) -> None:
        if method == "Fetch.requestPaused":
            self._later(self._answer(tab, said))
        elif method == "Page.loadEventFired":
            tab.loaded.set()
        elif method == "Page.javascriptDialogOpening":
            self._later(self._quietly("Page.handleJavaScriptDialog", tab.id, accept=False))

    def _later(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, method: str, tab: str = "", **parameters: Any) -> Message:
        """Send a command and return its result; raise BrowserError where the browser refuses or ends."""
        if self._process is None or self._writer is None:
            raise EndedError("the browser ended")
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **({"sessionId": tab} if tab else {})}
        future = self._waiting[self._number] = asyncio.get_running_loop().create_future()
        self._writer.write(json.dumps(message).encode() + b"\0")
        answer = await future
        if not answer:
            raise EndedError("the browser ended")
        if "error" in answer:
            raise BrowserError(f"the browser says: {answer['error'].get('message', 'no')}")
        result: Message = answer["result"]
        return result

    async def _quietly(self, method: str, tab: str = "", **parameters: Any) -> None:
        """Send a command whose failure means that the page is gone."""
        try:
            await self._do(method, tab, **parameters)
        except BrowserError:
            return

    async def _render(self, response: Response, fetch: Fetch, seconds: float) -> Rendered:
        target = (await self._do("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self._do("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        tab = self._tabs[session] = Tab(session, response, fetch)
        try:
            await self._do("Page.enable", session)
            await self._do("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
            self._later(self._quietly("Page.navigate", session, url=response.url))
            whole = await tab.settled(seconds)
            found = await asyncio.wait_for(self._text(tab), READ_SECONDS)
        finally:
            del self._tabs[session]
            self._later(self._quietly("Target.closeTarget", targetId=target))
        remark = "" if whole else f"still loading after {seconds:g} seconds"
        return Rendered(found, self.version, tab.asked, tab.refused, remark)

    async def _text(self, tab: Tab) -> str:
        said = await self._do(
            "Runtime.evaluate", tab.id, expression="document.documentElement.outerHTML", returnByValue=True
        )
        return f"<!DOCTYPE html>\n{said['result'].get('value') or ''}"

    async def _answer(self, tab: Tab, said: Message) -> None:
        """Answer what the page asks for: itself with what was fetched, scripts and data through the crawl."""
        asked, kind = said["request"], said["resourceType"]
        if not tab.begun and kind == "Document":
            tab.begun = True
            await self._fulfil(tab, said["requestId"], tab.response)
        elif tab.may_ask(asked, kind):
            tab.asked += 1
            tab.pending += 1
            try:
                await self._fulfil(tab, said["requestId"], await tab.fetch(asked["url"].partition("#")[0]))
            finally:
                tab.pending -= 1
                tab.touched = asyncio.get_running_loop().time()
        else:
            tab.refused += 1
            await self._quietly("Fetch.failRequest", tab.id, requestId=said["requestId"], errorReason="BlockedByClient")

    async def _fulfil(self, tab: Tab, request: str, response: Response) -> None:
        if not response.status:
            await self._quietly("Fetch.failRequest", tab.id, requestId=request, errorReason="Failed")
            return
        headers = [
            {"name": name.decode("latin-1"), "value": value.decode("latin-1")}
            for name, values in response.headers.items()
            for value in values
        ]
        body = b64encode(response.body).decode()
        given = {"requestId": request, "responseCode": response.status, "responseHeaders": headers, "body": body}
        await self._quietly("Fetch.fulfillRequest", tab.id, **given)


def installed() -> str | None:
    """Return the browser of this machine, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
