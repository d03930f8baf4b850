"""Hold the two engines against each other: the same documents, the same queries, the same set of answers for each.

    ELASTICSEARCH_URL=http://127.0.0.1:9200 python -m benchmarks.agreement --documents 20000 --queries 400

Queries are drawn from the documents' own words, in eight languages and every form of the query language.
"""

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.corpus import ROLES, SITES, documents
from index_mappings.analysis import words
from watchword.document import Document
from watchword.index import Engine, parse
from watchword.index.cluster import ClusterEngine
from watchword.index.embedded import EmbeddedEngine
from watchword.settings import Settings

BATCH = 1_000
SHOWN = 5
Draw = Callable[[random.Random, Document], str]


def word_of(dice: random.Random, document: Document) -> str:
    """Return a word of the document."""
    return dice.choice(words(document.text) or ["text"])


def row_of(dice: random.Random, document: Document, length: int) -> str:
    """Return some words of the document that stand in a row."""
    found = words(document.text)
    start = dice.randrange(max(len(found) - length, 1))
    return " ".join(found[start : start + length])


def two_of(dice: random.Random, document: Document, apart: int) -> str:
    """Return two words of the document that stand near each other, in either order."""
    found = words(document.text)
    start = dice.randrange(max(len(found) - apart - 1, 1))
    pair = [found[start], found[min(start + dice.randint(1, apart), len(found) - 1)]]
    dice.shuffle(pair)
    return " ".join(pair)


def run_of(dice: random.Random, document: Document) -> str:
    """Return a run of characters of a text that is written without spaces; nothing of another."""
    return row_of(dice, document, dice.randint(1, 3)).replace(" ", "") if document.language == "zh" else ""


def misspelt(dice: random.Random, word: str) -> str:
    """Return *word* with one letter dropped, doubled or swapped."""
    place = dice.randrange(len(word))
    return dice.choice([word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:], word]) or word


def long_word(dice: random.Random, document: Document) -> str:
    """Return a word of four letters or more, where the document has one."""
    return dice.choice([w for w in words(document.text) if len(w) > 3] or ["text"])


def mention_of(dice: random.Random, document: Document) -> str:
    """Return a mention of the document as a field and value."""
    if not document.mentions:
        return "type:person"
    mention = dice.choice(document.mentions)
    chosen = [
        f"type:{mention.type}",
        f"entity:{mention.entity}",
        *(f"code:{c.partition('.')[0]}" for c in mention.codes),
    ]
    return dice.choice([*chosen, *([f"list:{mention.entity.partition(':')[0]}"] if mention.entity else [])])


FORMS: dict[str, Draw] = {
    "word": word_of,
    "two words": lambda d, doc: f"{word_of(d, doc)} {word_of(d, doc)}",
    "either": lambda d, doc: f"{word_of(d, doc)} OR {word_of(d, doc)}",
    "exclusion": lambda d, doc: f"{word_of(d, doc)} -{word_of(d, doc)}",
    "title": lambda d, doc: f"title:{word_of(d, doc)}",
    "exact": lambda d, doc: f'"{word_of(d, doc)}"',
    "phrase": lambda d, doc: f'"{row_of(d, doc, d.randint(2, 4))}"',
    "title phrase": lambda d, doc: f'title:"{row_of(d, doc, 2)}"',
    "near": lambda d, doc: f'"{two_of(d, doc, 8)}"~{d.randint(0, 8)}',
    "prefix": lambda d, doc: f"{word_of(d, doc)[:4]}*",
    "wildcard": lambda d, doc: f"{long_word(d, doc)[:2]}?{long_word(d, doc)[3:5]}*",
    "suffix": lambda d, doc: f"*{long_word(d, doc)[-4:]}",
    "wild phrase": lambda d, doc: f'"{long_word(d, doc)[:3]}* {word_of(d, doc)[:1]}*"',
    "regex": lambda d, doc: f"/{long_word(d, doc)[:3]}[a-zа-я]{{1,4}}/",
    "fuzzy 1": lambda d, doc: f"{misspelt(d, long_word(d, doc))}~1",
    "fuzzy 2": lambda d, doc: f"{misspelt(d, long_word(d, doc))}~2",
    "mention": mention_of,
    "mentions near": lambda d, doc: f'"{mention_of(d, doc)} {mention_of(d, doc)}"~{d.choice([0, 3, 15, 60])}',
    "word near": lambda d, doc: f'"{word_of(d, doc)} {mention_of(d, doc)}"~{d.choice([0, 3, 15, 60])}',
    "rows near": lambda d, doc: f'"{run_of(d, doc)} {run_of(d, doc)}"~{d.choice([0, 3, 15, 50])}',
    "row near": lambda d, doc: f'"{run_of(d, doc)} {mention_of(d, doc)}"~{d.choice([0, 3, 15, 50])}',
    "keyword": lambda _, doc: f"source:{doc.source} language:{doc.language}",
    "wild keyword": lambda d, _: f"entity:{d.choice(['un', 'item', 'EU'])}:*{d.randint(0, 99)}",
    "role": lambda d, doc: f'role:"{d.choice(ROLES)}" OR story:{doc.story}',
    "date": lambda d, doc: f"published:{{{d.randint(2020, 2023)} TO {doc.captured[:7]}]",
    "number": lambda d, _: f"words:[{d.randint(200, 300)} TO {d.randint(300, 400)}]",
    "exists": lambda d, _: d.choice(["NOT published:*", "country:* role:*", "-entity:*"]),
    "place": lambda d, _: f"geo:{d.choice(SITES)}~{d.choice([5, 50, 500])}",
    "box": lambda d, _: f"geo:[{d.randint(25, 33)},{d.randint(40, 51)} TO {d.randint(34, 45)},{d.randint(52, 130)}]",
    "tree": lambda d, doc: (
        f"({word_of(d, doc)} OR {word_of(d, doc)}^2) AND NOT ({mention_of(d, doc)} OR {word_of(d, doc)})"
    ),
}


def queries(number: int, sample: list[Document], seed: int) -> Iterator[tuple[str, str]]:
    """Yield form and query, all forms in turn."""
    dice = random.Random(seed)
    forms = list(FORMS)
    told: set[str] = set()
    for index in range(number * 20):
        form = forms[index % len(forms)]
        query = FORMS[form](dice, dice.choice(sample))
        if query not in told and readable(query):
            told.add(query)
            yield form, query


def readable(query: str) -> bool:
    """Say whether the query language takes *query*: drawn at random, some ask for the same word twice, say."""
    from watchword.errors import UsageError

    try:
        parse(query)
    except UsageError:
        return False
    return True


def fill(engine: Engine, number: int) -> float:
    """Index *number* documents; return the seconds that it took."""
    started = time.monotonic()
    rest = documents(number)
    while batch := list(islice(rest, BATCH)):
        refused = engine.add(batch)
        assert not refused, refused
    engine.refresh()
    return time.monotonic() - started


def main() -> None:
    """Fill both engines, ask both everything, and print a table of the forms and every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sample = list(islice(documents(asked.documents), 0, asked.documents, 17))
    with tempfile.TemporaryDirectory() as folder:
        embedded = EmbeddedEngine(Path(folder) / "index")
        alias = f"agreement-{os.getpid()}"
        cluster = ClusterEngine(Settings(elasticsearch_url=os.environ["ELASTICSEARCH_URL"], elasticsearch_index=alias))
        try:
            print(f"filled in {fill(embedded, asked.documents):.0f} s and {fill(cluster, asked.documents):.0f} s")
            compare(embedded, cluster, list(islice(queries(asked.queries, sample, asked.seed), asked.queries)))
        finally:
            cluster.drop()
            cluster.close()


def compare(embedded: Engine, cluster: Engine, drawn: list[tuple[str, str]]) -> None:
    """Ask both engines each query, and print how many give the same set of documents."""
    same: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for form, query in drawn:
        one, other = set(embedded.matching(query)), set(cluster.matching(query))
        found[form] += len(one)
        same[form] += one == other
        if one != other:
            print(
                f"DIFFERENT {form}: {query!r}: {len(one)} and {len(other)}; "
                f"only embedded {sorted(one - other)[:SHOWN]}, only cluster {sorted(other - one)[:SHOWN]}"
            )
    number = Counter(form for form, _ in drawn)
    print(f"{'form':<16}{'queries':>8}{'same':>6}{'documents found':>18}")
    for form in FORMS:
        print(f"{form:<16}{number[form]:>8}{same[form]:>6}{found[form]:>18,}")
    print(f"{'all':<16}{len(drawn):>8}{same.total():>6}{found.total():>18,}")


if __name__ == "__main__":
    main()
