"""Character recognition: the words of images and of scanned pages, where the command `tesseract` is installed."""

import shutil
import subprocess
import time
from functools import lru_cache

from watchword.extract.lines import unwrap
from watchword.extract.values import Extracted, Hint, SetAside

COMMAND = "tesseract"
# The languages of the United Nations first, then others whose data is installed.
PREFERRED = ("eng", "fra", "spa", "rus", "ara", "chi_sim", "chi_tra", "deu", "fas", "kor", "jpn")
# More languages at once make it slow and no better.
MAX_LANGUAGES = 6
# A file gets ten seconds in all; what is left after this goes to putting it together.
SECONDS = 8.0
# Prints are scanned at 200 dots an inch or more; less than this many letters are noise.
MIN_LETTERS = 10


class Stopwatch:
    """The time that one file may spend on recognition."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Begin to count."""
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.0, self.end - time.monotonic())


def engine() -> str | None:
    """Return the path of the recognition engine, None where none is installed."""
    return shutil.which(COMMAND)


@lru_cache(maxsize=4)
def languages(command: str) -> str:
    """Return the languages to read with, as the engine takes them."""
    told = subprocess.run(
        [command, "--list-langs"], capture_output=True, text=True, timeout=SECONDS, check=False
    ).stdout
    installed = set(told.split())
    chosen = [name for name in PREFERRED if name in installed][:MAX_LANGUAGES]
    return "+".join(chosen) or "eng"


def recognise(command: str, image: bytes, watch: Stopwatch) -> str:
    """Return the words of *image*, paragraphs apart; empty where there are none, or the time is over."""
    if not watch.left:
        return ""
    arguments = [command, "stdin", "stdout", "-l", languages(command)]
    try:
        done = subprocess.run(arguments, input=image, capture_output=True, timeout=watch.left, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return ""
    text = unwrap(done.stdout.decode("utf-8", "replace").replace("\x0c", "\n")).strip()
    return text if sum(map(str.isalnum, text)) >= MIN_LETTERS else ""


def read_image(payload: bytes, hint: Hint) -> Extracted:
    """Return the words of the image *payload*; raise SetAside where there are none, or nothing to read them with."""
    kind = hint.media_type or "image"
    command = engine()
    if command is None:
        raise SetAside(f"{kind}: an image; its words need the command '{COMMAND}', which is not installed")
    text = recognise(command, payload, Stopwatch())
    if not text:
        raise SetAside(f"{kind}: an image in which no words were recognised")
    return Extracted(kind, hint.title or "", text, remarks=("read by character recognition",))
