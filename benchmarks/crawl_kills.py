"""SIGKILL at random moments: is a crawl that is taken up again whole, with nothing lost and nothing doubled?

`python -m benchmarks.crawl_kills [KILLS]` serves a listing of pages, kills the crawl of it again and again, lets it
finish, seals and verifies the run, and compares what it holds with what was served.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.crawl_rate import serve_command

PAGES = 1500
KILLS = 20
CRAWL = """
import sys
from pathlib import Path
from crawlers.catalogue import Source
from crawlers.process import crawl
from crawlers.session import CrawlOptions
from watchword.archive import RunFolder, Writer
from watchword.trial import Unknown
port, folder = sys.argv[1:]
values = {"name": "site", "kind": "listing", "url": f"http://127.0.0.1:{port}/list", "local": True, "delay": 0}
source = Source.model_validate({"publisher": "Benchmark", "budget": 100_000, **values})
with Writer(RunFolder.create(Path(folder)), "site") as archive:
    print("writing", flush=True)
    crawl([source], archive, Unknown(), CrawlOptions(delay=0))
"""


def kill_once(command: list[str], chance: random.Random) -> float:
    """Start the crawl, kill it at a random moment after it began to write, and return the seconds it had."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = chance.random() ** 2 * 1.5
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    return seconds


def main(kills: int) -> None:
    """Print how much was held after each kill, and the verdict."""
    from watchword.archive import RunFolder, Signer, captures, seal, verify

    chance = random.Random(20260302)
    with (
        tempfile.TemporaryDirectory() as home,
        subprocess.Popen(serve_command(PAGES), stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        folder = RunFolder.create(Path(home) / "runs" / "kills")
        command = [sys.executable, "-c", CRAWL, port, str(folder.path)]
        for number in range(1, kills + 1):
            seconds = kill_once(command, chance)
            held = sum(path.read_bytes().count(b"\n") for path in folder.parts.glob("*.jsonl"))
            print(f"kill {number:2} after {seconds:4.2f} s: {held} captures on disk", flush=True)
        subprocess.run(command, check=True, capture_output=True, env=os.environ)
        server.terminate()
        seal(folder, Signer.of(Path(home)))
        verdict = verify(folder)
        pages = Counter(c.url for c in captures(folder) if c.purpose == "document" and c.status == 200)
        doubled = sum(count > 1 for count in pages.values())
        print(f"{len(pages)} of {PAGES} pages held, {PAGES - len(pages)} lost, {doubled} doubled; {verdict.sentence}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else KILLS)
