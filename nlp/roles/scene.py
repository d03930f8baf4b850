"""A passage with its mentions laid over its words, and what it costs to go from one word to another."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from nlp.folding import folded
from nlp.mention import ITEM, PARTY_TYPES, PLACE, Mention
from nlp.passage import Passage
from nlp.roles.words import RoleWords, cues_in, role_words
from nlp.words import IS_HAN

# What stands between a word and its party may cost this much.
MOST = 2.0
FILLER, UNKNOWN, BREAKER, OTHER_PARTY = 0.1, 0.8, 2.5, 4.0
# A word of the goods or of a place, which may be named between the two.
NAMED = 0.05
# An adjective such as "Turkish" before "company", and the goods between an Arabic verb and its subject.
ATTRIBUTE = 0.2
RUSSIAN_ADJECTIVE = re.compile("[а-я]{4,}(?:ая|ии|ыи|ое|ои|ого|ому|ым|ую)")
ARABIC_ARTICLE = "ا"
# The longest name of a party, in words.
LONGEST_PARTY = 20
# The longest beginning of a word for goods.
MAX_GOODS = 12
# A Chinese character is less than a word.
HAN_SHARE = 0.45
# What the reason of a mention says where only a trained pipeline found it.
PIPELINE = "by the pipeline"
# Beginnings of words for goods that may be about money alone.
MONEY = re.compile("financ|credit|loan|paid|paiement|pret|pago|prestamo|финанс|кредит|платеж|оплат|تمويل|قرض|دفع")
COSTS = {
    ",": 0.3,
    "،": 0.3,
    "，": 0.3,
    "、": 0.6,
    ";": 2.5,
    "；": 2.5,
    "؛": 2.5,
    "(": 0.1,
    "（": 0.1,
    "|": 0.2,
    "\t": 0.2,
}
SENTENCE_END = re.compile(r"[.!?؟]\s|[。！？]|\n\s*\n")
ABBREVIATED = re.compile(r"(?:^|\W)(?:[^\W\d_]|[Mm]r|[Mm]rs|[Mm]s|[Dd]r|St|No|[Ss]r|[Ss]ra|гр|Co|Ltd)\.\s$")


_GOODS: "WeakKeyDictionary[Passage, list[int]]" = WeakKeyDictionary()


@lru_cache(100_000)
def is_goods(word: str) -> bool:
    """Return whether a folded *word* begins as one for goods or payments does."""
    goods = role_words().goods
    if IS_HAN.match(word):
        return word in goods
    bare = word.removeprefix("ال")
    return any(bare[:length] in goods for length in range(2, min(len(bare), MAX_GOODS) + 1))


def goods_in(passage: Passage) -> list[int]:
    """Return the numbers of the words of *passage* for goods or payments, found once a passage."""
    found = _GOODS.get(passage)
    if found is None:
        found = _GOODS[passage] = [word for word, text in enumerate(passage.words.texts) if is_goods(text)]
    return found


@dataclass(frozen=True)
class Scene:
    """A passage and its mentions; words are counted as the passage counts them."""

    passage: Passage
    mentions: list[Mention]
    known: RoleWords

    @cached_property
    def spans(self) -> dict[int, tuple[int, int]]:
        """First and last word of each mention of a party, an item or a place."""
        origins = self.passage.word_starts
        found = {}
        for index, mention in enumerate(self.mentions):
            if mention.type in PARTY_TYPES or mention.type in (ITEM, PLACE):
                first = bisect_left(origins, mention.start)
                # A mention may begin inside a word, after a conjunction that is written onto it.
                if first == len(origins) or (
                    origins[first] > mention.start and first and self._reaches(first - 1, mention)
                ):
                    first -= 1
                found[index] = (first, max(first, bisect_left(origins, mention.end) - 1))
        return found

    def _reaches(self, word: int, mention: Mention) -> bool:
        folded, words = self.passage.folded, self.passage.words
        return folded.span(words.starts[word], words.ends[word])[1] > mention.start

    @cached_property
    def owner(self) -> dict[int, int]:
        """The mention that a word lies in; a party before anything else."""
        owner: dict[int, int] = {}
        ranked = sorted(self.spans.items(), key=lambda pair: self.is_party(pair[0]))
        for index, (first, last) in ranked:
            owner.update(dict.fromkeys(range(first, last + 1), index))
        return owner

    @cached_property
    def parties(self) -> list[tuple[int, int, int]]:
        """Number, first and last word of each party, in the order of the text."""
        found = [(index, *span) for index, span in self.spans.items() if self.is_party(index)]
        return sorted(found, key=lambda party: party[1])

    def parties_near(self, first: int, last: int, reach: int) -> list[tuple[int, int, int]]:
        """Return the parties within *reach* words of words *first* to *last*."""
        begin = bisect_left(self._party_starts, first - reach - LONGEST_PARTY)
        return self.parties[begin : bisect_right(self._party_starts, last + reach)]

    @cached_property
    def _party_starts(self) -> list[int]:
        return [first for _, first, _ in self.parties]

    def is_party(self, index: int) -> bool:
        """Return whether mention *index* names a party; a pipeline also takes common words for one."""
        mention = self.mentions[index]
        return mention.type in PARTY_TYPES and not (PIPELINE in mention.reason and self._is_common(mention.text))

    def _is_common(self, text: str) -> bool:
        return folded(text).removeprefix("the ") in self.known.common or (text.islower() and not IS_HAN.search(text))

    def in_party(self, word: int) -> bool:
        """Return whether *word* lies in the name of a party."""
        return word in self._party_words

    @cached_property
    def _party_words(self) -> frozenset[int]:
        parties = {party for party, *_ in self.parties}
        return frozenset(word for word, index in self.owner.items() if index in parties)

    def sentence(self, word: int) -> int:
        """Return the number of the sentence that *word* lies in."""
        return self.passage.sentences.index(self.passage.word_starts[word])

    def is_label(self, word: int) -> bool:
        """Return whether *word* ends a label: "Consignee:" describes what follows it."""
        words = self.passage.words
        return words.folded[words.ends[word] : words.ends[word] + 2].strip().startswith((":", "："))

    def speaks_of_goods(self, word: int) -> bool:
        """Return whether the sentence of *word*, or the one before it, names an item, goods, or a payment."""
        sentence = self.sentence(word)
        return sentence in self._goods_sentences or sentence - 1 in self._goods_sentences

    def names_goods(self, word: int) -> bool:
        """Return whether the sentence of *word*, or the one before it, names goods, and not trade alone."""
        sentence = self.sentence(word)
        return sentence in self._named_goods or sentence - 1 in self._named_goods

    @cached_property
    def _named_goods(self) -> frozenset[int]:
        trade = {word for found in cues_in(self.passage) for word in range(found.first, found.last + 1)}
        items = {word for word, index in self.owner.items() if self.mentions[index].type == ITEM}
        texts, apart = self.passage.words.texts, trade | self._party_words
        goods = {word for word in goods_in(self.passage) if word not in apart and not MONEY.match(texts[word])}
        return frozenset(map(self.sentence, items | goods))

    @cached_property
    def _goods_sentences(self) -> frozenset[int]:
        items = {word for word, index in self.owner.items() if self.mentions[index].type == ITEM}
        goods = {word for word in goods_in(self.passage) if word not in self._party_words}
        return frozenset(map(self.sentence, items | goods))

    def between(self, before: int, behind: int) -> list[str]:
        """Return the words between words *before* and *behind*."""
        return list(self.passage.words.texts[before + 1 : behind])

    def cost(self, before: int, behind: int) -> float:
        """Return what stands between words *before* and *behind* costs; more than `MOST` where they are apart."""
        total = 0.0
        for word in range(before, behind):
            total += self._gap_cost(word)
            if word > before:
                total += self._word_cost(word)
            if total > MOST:
                break
        return total

    def gap(self, word: int) -> str:
        """Return the characters between *word* and the next, without those that belong to a mention."""
        folded, words = self.passage.folded, self.passage.words
        start, end = folded.origin[words.ends[word] - 1] + 1, folded.origin[words.starts[word + 1]]
        if word in self.owner and self.spans[self.owner[word]][1] == word:
            start = min(max(start, self.mentions[self.owner[word]].end), end)
        return self.passage.text[start:end]

    def _gap_cost(self, word: int) -> float:
        gap = self.gap(word)
        if SENTENCE_END.search(gap) and not self._is_abbreviated(word, gap):
            return MOST + 1
        return sum(COSTS.get(character, 0.0) for character in gap)

    def _is_abbreviated(self, word: int, gap: str) -> bool:
        return ABBREVIATED.search(self.passage.words.texts[word] + gap) is not None

    def _word_cost(self, word: int) -> float:
        text = self.passage.words.texts[word]
        owner = self.owner.get(word)
        if owner is not None:
            return OTHER_PARTY if self.is_party(owner) else NAMED
        if RUSSIAN_ADJECTIVE.fullmatch(text) or (text[0] in ARABIC_ARTICLE and is_goods(text)):
            return ATTRIBUTE
        share = HAN_SHARE if IS_HAN.match(text) else 1.0
        if text in self.known.fillers:
            return FILLER * share
        return share * (BREAKER if text in self.known.breakers else UNKNOWN)
