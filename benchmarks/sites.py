"""Measure finding sites, places and coordinates: quality on the labelled texts, and time on real ones.

python -m benchmarks.sites
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.corpus import texts
from nlp.coordinates import find_coordinates
from nlp.mention import Mention
from nlp.passage import Passage
from nlp.places import find_places
from nlp.sites import all_sites, find_sites

LABELLED = Path(__file__).parents[1] / "tests" / "quality" / "sites"
FINDERS: dict[str, Callable[[Passage], Iterator[Mention]]] = {
    "sites": find_sites,
    "places": find_places,
    "coordinates": find_coordinates,
}
# A text of 700 words in characters; Chinese words are shorter.
CHARACTERS = {"zh": 1_200}
USUAL_CHARACTERS = 4_500
PASSAGES = 40


def main() -> None:
    """Print what was measured."""
    start = time.process_time()
    print(f"{len(all_sites())} sites read in {(time.process_time() - start) * 1000:.0f} ms\n")
    print("labelled  texts  names  found  wrong")
    for path in sorted(LABELLED.glob("*.jsonl")):
        print(f"{path.stem:>8}  {'  '.join(f'{n:>5}' for n in judge(path))}")
    print("\nmilliseconds a text of 700 words")
    print("language  texts  " + "  ".join(f"{name:>11}" for name in FINDERS))
    for language, passages in sorted(samples().items()):
        times = "  ".join(f"{clock(find, passages):>11.2f}" for find in FINDERS.values())
        print(f"{language:>8}  {len(passages):>5}  {times}")


def judge(path: Path) -> tuple[int, int, int, int]:
    """Return the number of texts, of labelled names, and of sites found rightly and wrongly."""
    entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = wanted = wrong = 0
    for entry in entries:
        sites = [site for _, site in entry["sites"]]
        ids = [str(m.entity).removeprefix("site:") for m in find_sites(Passage(entry["text"], path.stem))]
        wanted += len(sites)
        wrong += sum(site not in sites for site in ids)
        found += sum(min(ids.count(site), sites.count(site)) for site in set(sites))
    return len(entries), wanted, found, wrong


def samples() -> dict[str, list[Passage]]:
    """Return passages of about 700 words by language, from the real texts."""
    joined: dict[str, str] = defaultdict(str)
    for language, text in texts():
        if len(joined[language]) < PASSAGES * USUAL_CHARACTERS:
            joined[language] += text + "\n"
    return {language: cut(text, language) for language, text in joined.items()}


def cut(text: str, language: str) -> list[Passage]:
    """Return *text* in passages, each with its folded copy and its words already made."""
    size = CHARACTERS.get(language, USUAL_CHARACTERS)
    passages = [Passage(text[at : at + size], language) for at in range(0, len(text) - size + 1, size)][:PASSAGES]
    for passage in passages:
        len(passage.words)
    return passages


def clock(find: Callable[[Passage], Iterator[Mention]], passages: list[Passage]) -> float:
    """Return the milliseconds of processor time that *find* takes for one of *passages*."""
    list(find(passages[0]))
    start = time.process_time()
    for passage in passages:
        list(find(passage))
    return (time.process_time() - start) * 1000 / len(passages)


if __name__ == "__main__":
    main()
