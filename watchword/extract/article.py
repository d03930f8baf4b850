"""The article: which blocks of a page are what it says, and which are furniture around it.

Each block gets a score: prose counts for it, links and scraps against it. The article is the container whose blocks sum
to the most; inside it, boxes that are named or shaped like furniture are taken out again.
"""

import re
from dataclasses import dataclass
from itertools import accumulate

from watchword.extract.blocks import HEADINGS, Block, Outline

FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentar\w*|koment\w*|disqus\w*|discuss\w*|respond|repl(?:y|ies)|shar(?:e|es|ing|er)\w*"
    r"|social\w*|related\w*|relat|similar|recommend\w*|popular\w*|trending|mostread|most|sidebar\w*|aside|foot|footer\w*"
    r"|nav\w*|menu\w*|breadcrumbs?|crumbs?|toolbar|tools|promo\w*|ad|ads|advert\w*|banner\w*|sponsor\w*|newsletter\w*"
    r"|subscri\w*|signup|login|register|cookies?|consent|gdpr|popup|modal|overlay|tags?|keywords|pagination|pager"
    r"|widgets?|polls?|vot(?:e|es|ing)|rating\w*|ranking|print|caption\w*|credits?|copyright|bio|teasers?|readmore"
    r"|archive|latest|feedback|outbrain|taboola|gallery|slideshow|carousel|byline|meta|masthead|search|hidden|rss"
    r"|bookmarks?|addthis|sns|links?|linkbox)(?=$|[\s_-]|\d)"
)
CONTENT = re.compile(r"(?:^|[\s_-])(?:article|story|content|entry|post|text|body|main|news|articlebody|hentry)")
SENTENCE = re.compile(r"[.!?…。！？؟;；:：]|[,،，、].*[,،，、]")
# A box that holds more than this share of the page's prose is not furniture, whatever its name says.
FURNITURE_SHARE = 0.5


# Between the headline and the article stand the date and the authors, in a few short lines.
LEAD_IN_BLOCKS = 8
MAX_LEAD_IN_LETTERS = 200


@dataclass(frozen=True)
class Article:
    """The text of a page's article, and the short texts just before it, the nearest first."""

    text: str
    lead_in: list[str]


@dataclass(frozen=True)
class Scored:
    """An outline with the score of each block; `sums[i]` is the sum of the scores before block *i*."""

    outline: Outline
    scores: list[float]
    sums: list[float]
    prose: list[float]

    def score(self, node: int) -> float:
        """Return the sum of the scores in *node*."""
        found = self.outline.nodes[node]
        return self.sums[found.end] - self.sums[found.start]


def score_block(block: Block) -> float:
    """Return how much *block* looks like prose: its weight where it does, below zero where it does not."""
    plain = block.weight - block.linked
    density = block.linked / block.weight
    if density > 0.5:
        return -20.0 - min(block.linked, 100) * 0.5
    if block.weight < 40:
        return 5.0 if SENTENCE.search(block.text) and block.tag == "p" else -8.0
    score = plain * (1 - density)
    if not SENTENCE.search(block.text):
        score *= 0.3
    return score


def score_outline(outline: Outline) -> Scored:
    """Return *outline* with its blocks scored, blocks in boxes that are named as furniture below zero."""
    scores = [score_block(b) for b in outline.blocks]
    prose = list(accumulate((max(s, 0.0) for s in scores), initial=0.0))
    total = prose[-1] or 1.0
    for node in outline.nodes:
        share = (prose[node.end] - prose[node.start]) / total
        if node.end > node.start and share < FURNITURE_SHARE and is_furniture(node.tag, node.names):
            for i in range(node.start, node.end):
                scores[i] = -abs(scores[i]) * 0.2 - 5
    return Scored(outline, scores, list(accumulate(scores, initial=0.0)), prose)


def is_furniture(tag: str, names: str) -> bool:
    """Say whether a box with this *tag* and these *names* announces something other than the article."""
    return tag in ("footer", "aside", "figure", "figcaption", "form") or bool(names and FURNITURE.search(names))


def choose_container(scored: Scored) -> int:
    """Return the node whose blocks sum to the most, the innermost of equals; -1 where nothing is prose."""
    best, best_score = -1, 0.0
    for index in range(len(scored.outline.nodes)):
        score = scored.score(index)
        if score >= best_score and score > 0:
            best, best_score = index, score
    return best


def find_article(outline: Outline, title: str = "") -> Article:
    """Return the article of the page *outline*, whose headline is *title*."""
    scored = score_outline(outline)
    chosen = choose_container(scored)
    if chosen < 0:
        return Article("", [])
    node = outline.nodes[chosen]
    kept = [i for i in range(node.start, node.end) if keep(scored, i)]
    while kept and scored.scores[kept[0]] < 0:
        kept.pop(0)
    while kept and scored.scores[kept[-1]] < 0:
        kept.pop()
    texts = [outline.blocks[i].text for i in kept]
    before = outline.blocks[max(0, kept[0] - LEAD_IN_BLOCKS) : kept[0] + 2] if kept else []
    return Article("\n\n".join(texts), [b.text for b in reversed(before) if len(b.text) < MAX_LEAD_IN_LETTERS])


def keep(scored: Scored, index: int) -> bool:
    """Say whether block *index*, inside the chosen container, belongs to the article."""
    block = scored.outline.blocks[index]
    if scored.scores[index] >= 0:
        return True
    if block.tag in HEADINGS:
        return block.linked < block.weight * 0.5
    return scored.scores[index] > -9 and block.linked == 0 and block.tag in ("p", "li", "blockquote", "td", "pre")
