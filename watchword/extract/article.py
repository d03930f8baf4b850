"""The article: which blocks of a page are what it says, and which are furniture around it.

Each block gets a score: prose counts for it; links, scraps and legal notices against it. What stands close behind the
headline counts more than what comes after many links. The article is the container whose blocks sum to the most; inside
it, boxes that are named or shaped like furniture are taken out again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watchword.extract.blocks import HEADINGS, Block, Outline
from watchword.extract.cues import DECK
from watchword.extract.scoring import demote_furniture, demote_sections, score_block

DIGITS = re.compile(r"\d")
NOT_LETTERS = re.compile(r"[\W_]+")
WORDS = re.compile(r"\w+")
# What a box of links costs the container around it, in letters of prose.
MAX_BOX_COST = 150.0
# After so many letters of furniture, prose counts half: it belongs to something else.
FAR = 400.0
# Between the headline and the article stand the date and the authors, in a few short lines.
LEAD_IN_BLOCKS = 8
MAX_LEAD_IN_LETTERS = 200
# Some pages put them below the article, or above the headline.
LEAD_OUT_BLOCKS = 4
# A dateline opens a paragraph within so many letters.
MAX_DATE_LINE = 60
# A box behind links belongs to the article where it holds this share of the prose that the main box holds.
STRANGER_SHARE = 0.3
# Letters of links that separate a box from the article.
STRANGER_LINKS = 60
# A lead says at least so much, in letters.
MIN_LEAD = 60.0
# A headline is shorter, in letters.
MAX_HEADLINE = 400


@dataclass(frozen=True)
class Article:
    """The text of a page's article, and the short texts around it that may say when and by whom, the nearest first."""

    text: str
    around: list[str]


def find_article(outline: Outline, titles: Sequence[str] = ()) -> Article:
    """Return the article of the page *outline*; *titles* are what the markup gives as its headline."""
    if not outline.blocks:
        return Article("", [])
    scores = [score_block(b) for b in outline.blocks]
    demote_furniture(outline, scores)
    headline = find_headline(outline, scores, titles)
    demote_sections(outline, scores, headline)
    near = weigh_by_distance(outline, scores, headline)
    chosen = choose_container(outline, near)
    if chosen < 0:
        return Article("", [])
    kept = keep_blocks(outline, scores, chosen, headline)
    whole = find_lead(outline, scores, kept, headline) + kept
    return Article("\n\n".join(outline.blocks[i].text for i in whole), texts_around(outline, kept, headline))


def texts_around(outline: Outline, kept: list[int], headline: int) -> list[str]:
    """Return the short texts around the blocks *kept*: between headline and article, then behind it, then its start.

    A paragraph of the article counts with its first words, where a date line stands.
    """
    if not kept:
        return []
    blocks = outline.blocks
    first = max(0, kept[0] - LEAD_IN_BLOCKS) if headline < 0 or headline > kept[0] else headline
    before = [b.text for b in reversed(blocks[first : kept[0]])]
    opening = [blocks[i].text[:MAX_DATE_LINE] for i in kept[:2]]
    lines = [line for i in kept[:LEAD_IN_BLOCKS] for line in blocks[i].text.split("\n")]
    opening += [line for line in lines if len(line) < MAX_DATE_LINE]
    behind = blocks[kept[-1] + 1 : kept[-1] + 1 + LEAD_OUT_BLOCKS]
    after = [b.text for b in behind if b.linked < b.weight * 0.9]
    above = [b.text for b in reversed(blocks[max(0, first - LEAD_OUT_BLOCKS) : first])]
    return [t for t in (*before, *opening, *after, *above) if len(t) < MAX_LEAD_IN_LETTERS]


def letters(text: str) -> str:
    """Return the letters and digits of *text*, lower case."""
    return NOT_LETTERS.sub("", text.lower())


def find_headline(outline: Outline, scores: list[float], titles: Sequence[str]) -> int:
    """Return the index of the block that is the headline, -1 where there is none.

    It repeats the title of the page; of several that do, it is the one with the most prose close behind it.
    """
    wanted = [(letters(t), set(WORDS.findall(t.lower()))) for t in titles if len(letters(t)) > 3]
    short = [(i, b) for i, b in enumerate(outline.blocks) if b.weight < MAX_HEADLINE]
    found = [i for i, b in short if any(is_title(b.text, title, words) for title, words in wanted)]
    found = found or [i for i, b in short if b.tag == "h1" and b.linked < b.weight * 0.5]

    def strength(i: int) -> tuple[float, int]:
        """Return how well block *i* would do as the headline; of equals the first is taken."""
        block = outline.blocks[i]
        trust = {"h1": 1.5}.get(block.tag, 1.3 if block.tag in HEADINGS else 1.0)
        return prose_behind(outline, scores, i) * trust, -i

    return max(found, key=strength, default=-1)


def is_title(text: str, title: str, words: set[str]) -> bool:
    """Say whether *text* is the *title*, given as its letters and its *words*, or most of it."""
    own = letters(text)
    if own == title or (len(own) >= max(8, len(title) * 0.4) and own in title):
        return True
    if len(title) >= 12 and len(own) < len(title) * 2 and title in own:
        return True
    shared = set(WORDS.findall(text.lower()))
    return len(shared) > 3 and len(shared & words) >= max(len(shared) * 0.7, len(words) * 0.5)


def prose_behind(outline: Outline, scores: list[float], start: int) -> float:
    """Return the prose that follows block *start*, the less the further it is."""
    near = weigh_by_distance(outline, scores, start, limit=60)
    return sum(s for s in near[start + 1 : start + 60] if s > 0)


def weigh_by_distance(outline: Outline, scores: list[float], headline: int, limit: int | None = None) -> list[float]:
    """Return *scores* with prose weakened by the furniture between it and the *headline*, and before the headline."""
    if headline < 0:
        return list(scores)
    near = [s * 0.2 if s > 0 else s for s in scores]
    junk = 0.0
    end = len(scores) if limit is None else min(len(scores), headline + limit)
    for i in range(headline + 1, end):
        if scores[i] < -8:
            junk += outline.blocks[i].weight
        near[i] = scores[i] / (1 + junk / FAR) if scores[i] > 0 else scores[i]
    return near


def choose_container(outline: Outline, scores: list[float]) -> int:
    """Return the node whose blocks sum to the most, the innermost of equals; -1 where nothing is prose.

    A box of furniture inside a node costs it no more than `MAX_BOX_COST`, however many links it holds.
    """
    sums = [0.0] * len(outline.nodes)
    for block, score in zip(outline.blocks, scores, strict=True):
        if block.node >= 0:
            sums[block.node] += score
    for index in range(len(outline.nodes) - 1, 0, -1):
        parent = outline.nodes[index].parent
        if parent >= 0:
            sums[parent] += max(sums[index], -MAX_BOX_COST)
    best = max(range(len(sums)), key=lambda i: (sums[i], i), default=-1)
    return best if best >= 0 and sums[best] > 0 else -1


def keep_blocks(outline: Outline, scores: list[float], chosen: int, headline: int) -> list[int]:
    """Return the indexes of the blocks in the container *chosen* that are the article."""
    node = outline.nodes[chosen]
    first = headline + 1 if node.start <= headline < node.end - 1 else node.start
    prose = [i for i in range(first, node.end) if scores[i] > 0]
    prose = prose or [i for i in range(node.start, node.end) if scores[i] > 0]
    prose = drop_strangers(outline, scores, prose)
    if not prose:
        return []
    homes = {home(outline, i) for i in prose}
    wanted = set(prose)
    return [i for i in range(prose[0], prose[-1] + 1) if i in wanted or keep_scrap(outline, scores, i, homes)]


def find_lead(outline: Outline, scores: list[float], kept: list[int], headline: int) -> list[int]:
    """Return the prose between the *headline* and the first of *kept*: a lead that stands in a box of its own."""
    if headline < 0 or not kept or kept[0] - headline > LEAD_IN_BLOCKS:
        return []
    return [i for i in range(headline + 1, kept[0]) if scores[i] >= MIN_LEAD and is_lead(outline, outline.blocks[i])]


def is_lead(outline: Outline, block: Block) -> bool:
    """Say whether *block* is a sentence of prose, not a line of names and dates, and no deck of the headline."""
    if block.linked or len(DIGITS.findall(block.text)) > block.weight * 0.1 or "|" in block.text:
        return False
    node = outline.nodes[block.node]
    return not DECK.search(f"{node.names} {outline.nodes[node.parent].names}")


def drop_strangers(outline: Outline, scores: list[float], prose: list[int]) -> list[int]:
    """Return *prose* without the runs of it that stand in other boxes than most of it, behind furniture.

    Boxes that introduce other pages hold a sentence each and links.
    """
    mass: dict[int, float] = {}
    for i in prose:
        mass[home(outline, i)] = mass.get(home(outline, i), 0.0) + scores[i]
    if not mass:
        return prose
    core = max(mass, key=lambda n: mass[n])
    start, end = outline.nodes[core].start, outline.nodes[core].end
    kept = []
    for i in prose:
        inside = start <= i < end
        if (
            inside
            or mass[home(outline, i)] > mass[core] * STRANGER_SHARE
            or not furniture_between(outline, scores, i, start, end)
        ):
            kept.append(i)
    return kept


def furniture_between(outline: Outline, scores: list[float], index: int, start: int, end: int) -> bool:
    """Say whether links stand between block *index* and the stretch from *start* to *end*."""
    between = range(index + 1, start) if index < start else range(end, index)
    return sum(outline.blocks[i].weight for i in between if scores[i] < -8) > STRANGER_LINKS


def home(outline: Outline, index: int) -> int:
    """Return the node in which the paragraph *index* stands beside others."""
    block = outline.blocks[index]
    node = outline.nodes[block.node]
    return node.parent if node.tag not in ("div", "td", "section", "article", "body") else block.node


def keep_scrap(outline: Outline, scores: list[float], index: int, homes: set[int]) -> bool:
    """Say whether the short block *index* belongs to the article: a subheading, or a line among its paragraphs."""
    block = outline.blocks[index]
    if block.linked > block.weight * 0.5 or scores[index] < -9:
        return False
    place = home(outline, index)
    return block.tag in HEADINGS or place in homes or outline.nodes[place].parent in homes
