"""Fixtures: an installation with hostile documents, a real server over it, and a real browser driven through a pipe."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from nlp.mention import Mention
from watchword.document import Document
from watchword.index import open_engine, parse
from watchword.settings import Settings
from watchword.store.database import Database
from watchword.store.searches import SavedSearch, save_search

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = shlex.split(
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-pipe"
)
# The browser reads commands from descriptor 3 and answers on 4.
TRAMPOLINE = (
    "import fcntl, os, sys\n"
    "r, w = (fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3])\n"
    "os.dup2(r, 3), os.dup2(w, 4), os.execv(sys.argv[3], sys.argv[3:])"
)
ATTACK = '"><img src=x onerror="document.title=1"><script>document.title="taken"</script>'


def hostile(model: Document, number: int, **fields: Any) -> Document:
    """Return a document that means harm wherever it is shown."""
    text = f"{ATTACK}\nexe.\u202etxt.gnp and </p></main> and {{{{ 7*7 }}}} maraging \x00\x1b[31m"
    start = text.index("maraging")
    attacked = Mention(
        start, start + 8, "maraging", f"item{ATTACK}", f"item:{ATTACK}", ATTACK, f"{ATTACK}' onfocus=alert(1)"
    )
    return replace(
        model,
        id=f"hostile-{number}",
        page=f"hostile-{number}",
        story=f"hostile-{number}",
        url="javascript:document.title='taken'",
        title=f"{ATTACK} \u202eevil\u202c",
        text=text,
        source=f"evil{ATTACK}",
        publisher=ATTACK,
        authors=(ATTACK,),
        marking=ATTACK,
        language='en" onclick="alert(1)',
        mentions=(attacked,),
        remarks=(ATTACK,),
        **fields,
    )


@pytest.fixture(scope="session")
def installation(collected: Any, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of what was collected, with two hostile documents in its index."""
    home = tmp_path_factory.mktemp("web") / "home"
    shutil.copytree(collected.settings.folder, home)
    settings: Settings = collected.settings.model_copy(update={"home": home})
    engine = open_engine(settings)
    model = next(engine.scan(parse("maraging language:en")))
    engine.add([hostile(model, 1), hostile(model, 2, run='"><script>1</script>', capture=ATTACK)])
    engine.close()
    database = Database(settings.database)
    save_search(database, SavedSearch("metal", '${word=maraging} "steel"', {"language": ["en"], "only": []}, "newest"))
    save_search(database, SavedSearch("by-code", "code:${code}"))
    database.close()
    return settings


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve *settings* on a free port; yield the address."""
    import uvicorn

    from watchword.web import create_app
    from watchword.web.server import listening

    listener = listening(0)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[Settings], Any]:
    return served


@pytest.fixture(scope="session")
def address(installation: Settings) -> Iterator[str]:
    with served(installation) as address:
        yield address


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


class Browser:
    """Chromium through its debugging protocol: one page, what it asked for and what it complained about."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._rest, self._number, self._session = b"", 0, ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._loaded: list[str] = []
        self._waited = 0
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")
        self.do("Page.setLifecycleEventsEnabled", enabled=True)

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        self._commands.write(json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._answers.fileno(), 2**16)
            assert piece, "the browser ended"
            self._rest += piece
        raw, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, said: dict[str, Any]) -> None:
        if method == "Page.lifecycleEvent" and said["name"] == "load":
            self._loaded.append(said["loaderId"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif method in ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"):
            self.complaints.append(json.dumps(said))

    def open(self, url: str) -> None:
        """Open a page and wait until it has loaded."""
        self.requests.clear()
        self.complaints.clear()
        loader = self.do("Page.navigate", url=url)["loaderId"]
        while loader not in self._loaded:
            self._next()
        self._waited = len(self._loaded)

    def wait(self) -> None:
        """Wait until another page has loaded than the last that was waited for."""
        while len(self._loaded) == self._waited:
            self._next()
        self._waited = len(self._loaded)

    def see(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page."""
        found = self.do("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key, such as `Enter` or `Tab`."""
        code = {"Enter": 13, "Tab": 9}[key]
        more = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def resize(self, width: int, height: int = 900) -> None:
        """Show the page at another width."""
        self.do(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def save_picture(self, path: Path) -> None:
        """Save the page as a picture."""
        path.write_bytes(b64decode(self.do("Page.captureScreenshot", captureBeyondViewport=True)["data"]))


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    profile = tmp_path_factory.mktemp("profile")
    (read_commands, commands), (answers, write_answers) = os.pipe(), os.pipe()
    given = [str(read_commands), str(write_answers), CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        [sys.executable, "-c", TRAMPOLINE, *given],
        pass_fds=(read_commands, write_answers),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_commands)
    os.close(write_answers)
    browser = Browser(commands, answers)
    yield browser
    browser._commands.close()
    browser._answers.close()
    process.terminate()
    process.wait(20)


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser as it is when it starts: wide, with scripts."""
    yield chromium
    chromium.do("Emulation.clearDeviceMetricsOverride")
    chromium.do("Emulation.setScriptExecutionDisabled", value=False)
