"""Scoring: how much each block of a page looks like prose, by its own words, its box and the headings before it."""

import re
from itertools import accumulate

from watchword.extract.blocks import Block, Outline
from watchword.extract.cues import COMMENT_HEADING, COMMENTS, CONTENT, FURNITURE, RELATED_HEADING, count_notices

SENTENCE = re.compile(r"[.!?…。！？؟;；:：][\s\"'”’»）)\]]*(?:\s|$)|[。！？；]|[,،，、].*[,،，、]", re.DOTALL)
# A box that holds more than this share of the page's prose is not furniture, whatever its name says.
FURNITURE_SHARE = 0.5
# So may a box whose name speaks of comments, since readers often write more than the author.
COMMENTS_SHARE = 0.9
# Letters below which a block is a scrap unless its neighbours are prose.
SCRAP = 40
# A notice of rights or a request has one of its phrases in so many letters, and is no essay.
LETTERS_PER_NOTICE = 300
MAX_NOTICE = 3000
# The shortest news item has about so many letters; comments cannot begin before them.
MIN_ARTICLE = 150.0
# A heading of comments or of related pages is short.
MAX_CUE_LETTERS = 70


def score_block(block: Block) -> float:
    """Return how much *block* looks like prose: its weight where it does, below zero where it does not."""
    plain = block.weight - block.linked
    density = block.linked / block.weight
    if density > 0.5:
        return -20.0 - min(block.linked, 100) * 0.5
    if block.weight < MAX_NOTICE and count_notices(block.text) > block.weight // LETTERS_PER_NOTICE:
        return -30.0
    if block.weight < SCRAP:
        return 5.0 if block.tag == "p" and SENTENCE.search(block.text) else -8.0
    score = plain * (1 - density)
    if not SENTENCE.search(block.text):
        score *= 0.3
    return score


def demote_furniture(outline: Outline, scores: list[float]) -> None:
    """Put the blocks of boxes that are named as furniture below zero in *scores*."""
    prose = list(accumulate((max(s, 0.0) for s in scores), initial=0.0))
    total = prose[-1] or 1.0
    for node in outline.nodes:
        share = (prose[node.end] - prose[node.start]) / total
        if node.end > node.start and is_furniture(node.tag, node.names, share):
            for i in range(node.start, node.end):
                scores[i] = min(scores[i], -abs(scores[i]) * 0.2 - 5)


def is_furniture(tag: str, names: str, share: float) -> bool:
    """Say whether a box with this *tag*, these *names* and this *share* of the page's prose is not the article."""
    if tag in ("footer", "aside", "figure", "figcaption"):
        return share < FURNITURE_SHARE
    if not names or tag in ("html", "body"):
        return False
    if COMMENTS.search(names) and not CONTENT.search(names):
        return share < COMMENTS_SHARE
    return share < (0.2 if CONTENT.search(names) else FURNITURE_SHARE) and bool(FURNITURE.search(names))


def demote_sections(outline: Outline, scores: list[float], headline: int) -> None:
    """Put what follows a heading of comments or of related pages below zero in *scores*."""
    seen = 0.0
    for index in range(headline + 1, len(outline.blocks)):
        block = outline.blocks[index]
        seen += max(scores[index], 0.0)
        if block.weight > MAX_CUE_LETTERS:
            continue
        if is_comment_heading(block) and seen > MIN_ARTICLE:
            demote(scores, index, outline.nodes[box_around(outline, index)].end)
        elif RELATED_HEADING.match(block.text):
            scores[index] = -20.0
            demote(scores, index, end_of_links(outline, index))


def is_comment_heading(block: Block) -> bool:
    """Say whether *block* heads the comments of readers, and is no tab or link that leads to them."""
    return block.tag != "li" and block.linked < block.weight * 0.5 and bool(COMMENT_HEADING.match(block.text))


def demote(scores: list[float], start: int, end: int) -> None:
    """Put the *scores* from *start* to *end* below zero."""
    for i in range(start, end):
        scores[i] = min(scores[i], -abs(scores[i]) * 0.2 - 10)


def box_around(outline: Outline, index: int) -> int:
    """Return the innermost node around block *index* that holds more than it and its own line."""
    for node in outline.ancestors(outline.blocks[index].node):
        if outline.nodes[node].end - index > 3:
            return node
    return 0


def end_of_links(outline: Outline, index: int) -> int:
    """Return where the run of links and scraps ends that begins at block *index*, inside the box of its heading."""
    end = outline.nodes[box_around(outline, index)].end
    for i in range(index + 1, end):
        block = outline.blocks[i]
        if block.linked < block.weight * 0.3 and block.weight > SCRAP * 2:
            return i
    return end
