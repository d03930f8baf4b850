"""Reading: a text in; its language, mentions, roles and relations out. A pure function of text and knowledge."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from nlp.mention import LanguagePart, Mention, Reading, Relation
from nlp.overlaps import cut_before_items, settle, without_items_in_names
from nlp.passage import Passage

if TYPE_CHECKING:
    from nlp.names import Artifact

Correction = Callable[[Mention], Mention | None]

# A longer text is read in pieces of about this many characters, so that no finder needs memory by the book.
PIECE_CHARACTERS = 200_000
# Language is decided on this many stretches, spread over the text: a long one may begin in another language, as a
# translation with a foreign title page does.
SAMPLES, SAMPLE_CHARACTERS = 5, 300


@dataclass(frozen=True)
class Reader:
    """Reads texts with one state of knowledge; `digest` names that knowledge.

    `pipelines` maps a language to the spaCy pipeline that finds names in it. Each of `corrections` returns a mention
    as an analyst wants it, or None for one that was rejected.
    """

    parties: "Artifact | None" = None
    pipelines: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    digest: str = ""

    def read(self, text: str, language: str | None = None) -> Reading:
        """Return what *text* says; *language* overrides what is identified."""
        from nlp.language import identify

        known = language or identify(sample(text)).language
        mentions: list[Mention] = []
        relations: list[Relation] = []
        rejected: list[Mention] = []
        stretches: list[LanguagePart] = []
        for start, piece in pieces(text):
            passage = Passage(piece, known)
            found, related, dismissed = self._read_piece(passage)
            relations += [_move_relation(r, start, len(mentions)) for r in related]
            mentions += [_move(m, start) for m in found]
            rejected += [_move(m, start) for m in dismissed]
            stretches += [LanguagePart(p.start + start, p.end + start, p.language or known) for p in passage.parts]
        return Reading(known, tuple(mentions), tuple(relations), tuple(_merged(stretches)), tuple(rejected))

    def _read_piece(self, passage: Passage) -> tuple[list[Mention], list[Relation], list[Mention]]:
        from nlp.items import find_items
        from nlp.relations import find_relations
        from nlp.roles import assign_roles, find_by_role, without_role_words
        from nlp.sites import rejected_sites

        items = find_items(passage)
        found = cut_before_items(chain(items.mentions, self._names(passage)))
        known = settle(self._corrected(without_role_words(passage, found)))
        together = settle([*known, *self._corrected(find_by_role(passage, known))])
        mentions = assign_roles(passage, without_items_in_names(together))
        dismissed = [*items.rejected, *rejected_sites(passage)]
        return mentions, find_relations(passage, mentions), sorted(dismissed, key=lambda mention: mention.start)

    def _names(self, passage: Passage) -> Iterator[Mention]:
        from nlp.coordinates import find_coordinates
        from nlp.identifiers import find_identifiers
        from nlp.individuals import find_individuals
        from nlp.organisations import find_organisations
        from nlp.places import find_places
        from nlp.sites import find_sites
        from nlp.vessels import find_vessels

        if self.parties is not None:
            from nlp.names import find_parties

            yield from find_parties(passage, self.parties)
        named = (find_sites, find_identifiers, find_coordinates, find_places)
        parties = (find_organisations, find_individuals, find_vessels)
        for find in (*named, *parties):
            yield from find(passage)
        if passage.language in self.pipelines:
            from nlp.models import find_named

            yield from find_named(passage, self.pipelines)

    def _corrected(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        for mention in mentions:
            kept: Mention | None = mention
            for correct in self.corrections:
                kept = kept and correct(kept)
            if kept is not None:
                yield kept


def sample(text: str) -> str:
    """Return stretches of *text* from its beginning to its end, or the whole of a short one."""
    step = len(text) // SAMPLES
    if step <= SAMPLE_CHARACTERS:
        return text
    return "\n".join(text[start : start + SAMPLE_CHARACTERS] for start in range(0, step * SAMPLES, step))


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield *text* cut at line ends into pieces of at most `PIECE_CHARACTERS`, each with where it starts."""
    start = 0
    while start < len(text):
        end = start + PIECE_CHARACTERS
        if end < len(text):
            newline = text.rfind("\n", start + PIECE_CHARACTERS // 2, end)
            end = newline + 1 if newline > 0 else end
        yield start, text[start:end]
        start = end


def _merged(parts: Iterable[LanguagePart]) -> Iterator[LanguagePart]:
    """Yield *parts* with those of one language that a cut between pieces has parted as one."""
    before: LanguagePart | None = None
    for part in parts:
        if before and before.language == part.language:
            before = replace(before, end=part.end)
            continue
        if before:
            yield before
        before = part
    if before:
        yield before


def _move(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by) if by else mention


def _move_relation(relation: Relation, by: int, mentions_before: int) -> Relation:
    def index(of: int | None) -> int | None:
        return None if of is None else of + mentions_before

    return replace(
        relation,
        start=relation.start + by,
        end=relation.end + by,
        source=relation.source + mentions_before,
        target=index(relation.target),
        item=index(relation.item),
    )
