"""Harvest real pages from a local server, crawl to alerts; print what became of them, how fast, at what cost.

    python -m benchmarks.real_harvest [DATA]

DATA holds `pages/`, `documents/`, `controls/`, `language/` and `lists/`; without it, `../shared/data` is taken.
"""

import gzip
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import psutil
import yaml

from watchword.exercise import serve

DATA = Path(__file__).parents[1] / "../shared/data"
LISTS = ("un-security-council-2025-04-19.xml", "us-consolidated-screening-list-2026-07-31.json")
# The Universal Declaration of Human Rights: with it all six languages of the United Nations are there.
DECLARATIONS = ("arb", "fra", "spa", "rus", "cmn_hans")
QUERIES = {
    "ar": '"حقوق الإنسان"',
    "en": '"maraging steel"',
    "es": '"derechos humanos"',
    "fr": "droits AND libertés",
    "ru": '"прав человека"',
    "zh": "核查",
}
WATCHES = {
    "listed-parties": ["--list", "un", "--list", "us-csl"],
    "centrifuge-goods": ["--entity", "code:1C216", "--entity", "code:3A225", "--entity", "code:0B001"],
    "verification": ["--query", "核查 OR проверка OR verification"],
}
SAMPLE_SECONDS = 0.25
# What a process of a harvest works at, by a word of its command line; the first that is there.
WORK = {
    "watchword.extract.worker": "extract",
    "crawl": "crawl",
    "extract": "read",
    "harvest": "seal, index, watch",
}


def main() -> None:
    """Lay out the pages, serve them, harvest, search, and print the table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not (data / "pages").is_dir():
        sys.exit(f"There is no folder {data / 'pages'}; name the folder that holds the real pages.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sources = lay_out(data, folder)
        (folder / "sources.yaml").write_text(yaml.safe_dump({"publisher": "Real pages", "sources": sources}))
        with serve(folder, 1) as addresses:
            run(data, folder, addresses)


def run(data: Path, folder: Path, addresses: dict[str, str]) -> None:
    """Import the lists, harvest, search, and print what came of it."""
    environment = {
        **os.environ,
        "WATCHWORD_HOME": str(folder / "home"),
        "WATCHWORD_SOURCES": str(folder / "sources.yaml"),
        "WATCHWORD_RESOLVE": ",".join(f"{host}={address}" for host, address in addresses.items()),
    }
    print(watchword(environment, "lists", "import", *(str(data / "lists" / name) for name in LISTS)))
    for name, options in WATCHES.items():
        watchword(environment, "watch", "add", name, *options, "--tell", "file:alerts.jsonl")
    begun, used = time.monotonic(), processor_seconds()
    with sampled() as seen:
        report = json.loads(watchword(environment, "harvest", "--json"))
    seconds = time.monotonic() - begun
    print_table(report)
    print_processor(seen, processor_seconds() - used, documents_of(report))
    print(f"peak memory of all processes: {seen.memory:.0f} MB (PSS)")
    print(f"{documents_of(report) / seconds:.1f} documents per second ({seconds:.1f} s)")
    for language, query in QUERIES.items():
        found = watchword(environment, "search", query, "--language", language, "--limit", "1").splitlines()
        print(f"{language}  {query}: {found[0] if found else 'nothing'}")


def lay_out(data: Path, folder: Path) -> list[dict[str, Any]]:
    """Write the hosts' files under *folder*; return the sources that lead to them."""
    hosts = folder / "night-1"
    sources = []
    for number, (language, pages) in enumerate(sorted(daniel(data).items())):
        host = f"news-{language}.test"
        names = write_pages(hosts / host, pages)
        kind = "feed" if number % 2 else "sitemap"
        sources.append(source(host, kind, f"http://{host}/{write_index(hosts / host, kind, host, names)}"))
    host = "articles.test"
    names = write_pages(hosts / host, benchmark_articles(data))
    sources.append(source(host, "feed", f"http://{host}/{write_index(hosts / host, 'feed', host, names)}"))
    sources.append(source("documents.test", "files", f"http://documents.test/{documents(data, hosts)}"))
    return sources


def source(host: str, kind: str, url: str) -> dict[str, Any]:
    """Return the catalogue entry of a local source."""
    name = host.removesuffix(".test")
    return {"name": name, "kind": kind, "url": url, "local": True, "delay": 0, "budget": 5000, "schedule": "daily"}


def daniel(data: Path) -> dict[str, list[bytes]]:
    """Return the news pages of the DAnIEL corpus by language."""
    pages: dict[str, list[bytes]] = {}
    with tarfile.open(data / "pages/daniel.tar.xz") as archive:
        found = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        contents = {name: stream.read() for name, stream in found.items() if stream}
    for name, language in json.loads(contents["languages.json"]).items():
        pages.setdefault(language.lower(), []).append(contents[f"html/{name}"])
    return pages


def benchmark_articles(data: Path) -> list[bytes]:
    """Return the pages of the article extraction benchmark."""
    with tarfile.open(data / "pages/article-extraction-benchmark.tar.xz") as archive:
        found = [archive.extractfile(member) for member in archive if member.name.endswith(".html.gz")]
        return [gzip.decompress(stream.read()) for stream in found if stream]


def write_pages(folder: Path, pages: Iterable[bytes]) -> list[str]:
    """Write *pages* and return their names."""
    folder.mkdir(parents=True)
    names = []
    for number, content in enumerate(pages):
        names.append(f"{number:04d}.html")
        (folder / names[-1]).write_bytes(content)
    return names


def write_index(folder: Path, kind: str, host: str, names: list[str]) -> str:
    """Write a sitemap or a feed that leads to *names*; return its name."""
    if kind == "sitemap":
        entries = "".join(f"<url><loc>http://{host}/{name}</loc></url>" for name in names)
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    else:
        entries = "".join(f"<item><link>http://{host}/{name}</link></item>" for name in names)
        text = f'<rss version="2.0"><channel><title>{escape(host)}</title>{entries}</channel></rss>'
    name = "sitemap.xml" if kind == "sitemap" else "feed.xml"
    (folder / name).write_text(text, "utf-8")
    return name


def documents(data: Path, hosts: Path) -> str:
    """Write the documents and an index page of them; return its name."""
    folder = hosts / "documents.test"
    folder.mkdir(parents=True)
    files = {
        "a-61-1028-zh.txt": data / "documents/un-a-61-1028-zh.txt",
        "list.pdf": data / "controls/eu-dual-use-list-en.pdf",
    }
    contents = {name: path.read_bytes() for name, path in files.items()}
    with zipfile.ZipFile(data / "language/udhr2.zip") as archive:
        for code in DECLARATIONS:
            contents[f"declaration-{code}.txt"] = archive.read(f"udhr2/{code}.txt")
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    links = "".join(f'<li><a href="{name}">{name}</a></li>' for name in contents)
    (folder / "index.html").write_text(f"<title>Documents</title><ul>{links}</ul>", "utf-8")
    return "index.html"


def watchword(environment: dict[str, str], *arguments: str) -> str:
    """Run a `watchword` command; return what it printed. Exit code 3, done with some set aside, is expected."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "watchword", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 3):
        sys.exit(f"watchword {' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
    return done.stdout.strip()


@dataclass
class Seen:
    """What the processes of a harvest took: `memory` at its peak in MB, shared pages once; `seconds` by process."""

    memory: float = 0.0
    seconds: dict[int, tuple[str, float]] = field(default_factory=dict)

    def look(self) -> None:
        """Look at all descendants of this process."""
        memory = 0
        for child in psutil.Process().children(recursive=True):
            try:
                memory += child.memory_full_info().pss
                words, used = child.cmdline(), child.cpu_times()
            except psutil.Error:
                continue
            # A process that is about to end has no command line any more.
            work = next((name for word, name in WORK.items() if word in words), "")
            before = self.seconds.get(child.pid, ("other", 0.0))
            self.seconds[child.pid] = work or before[0], used.user + used.system
        self.memory = max(self.memory, memory / 2**20)


@contextmanager
def sampled() -> Iterator[Seen]:
    """Yield what is seen of the child processes, looked at now and then until the end of the block."""
    seen, over = Seen(), threading.Event()

    def watch() -> None:
        """Look until it is over."""
        while not over.wait(SAMPLE_SECONDS):
            seen.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def processor_seconds() -> float:
    """Return the processor time of all descendants of this process that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def documents_of(report: dict[str, Any]) -> int:
    """Return how many documents the harvest gave."""
    return sum(outcome["documents"] for outcome in report["sources"])


def print_processor(seen: Seen, total: float, documents: int) -> None:
    """Print the processor time by what it was used for; what no look saw is the last moment of each process."""
    work: dict[str, float] = dict.fromkeys(WORK.values(), 0.0)
    for name, seconds in seen.seconds.values():
        work[name] = work.get(name, 0.0) + seconds
    print(f"{'work':<20}{'processor s':>12}{'ms a document':>15}")
    for name, seconds in {**work, "not seen": total - sum(work.values()), "all": total}.items():
        print(f"{name:<20}{seconds:>12.1f}{1000 * seconds / max(1, documents):>15.1f}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def print_table(report: dict[str, Any]) -> None:
    """Print what was due, and what became of it."""
    columns = ("due", "fetched", "unchanged", "refused", "failed", "documents", "set_aside")
    print(f"{'source':<14}" + "".join(f"{column:>11}" for column in columns))
    for outcome in report["sources"]:
        print(f"{outcome['source']:<14}" + "".join(f"{outcome[column]:>11}" for column in columns))
    totals = {column: sum(outcome[column] for outcome in report["sources"]) for column in columns}
    print(f"{'all':<14}" + "".join(f"{totals[column]:>11}" for column in columns))
    for outcome in report["sources"]:
        for reason, count in outcome["reasons"].items():
            print(f"  {outcome['source']}: {count} x {reason}")
    print("mentions: " + ", ".join(f"{count} {kind}" for kind, count in sorted(report["mentions"].items())))
    print(f"alerts: {len(report['alerts'])}, delivered {report['delivered']}")
    print(f"adds up: {'yes' if report['adds_up'] else 'NO'}")


if __name__ == "__main__":
    main()
