"""All segments of a generation, searched as one.

Articles are numbered through: those of a segment come after those of the segments before it.
Frequencies and lengths of the whole collection decide scores, so it does not matter how articles
are spread over segments. Deleted articles are never found, and count in none of those figures.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.columnar.combining import AtLeastPart, GreatestPart
from indexer.columnar.evaluation import (
    AllPart,
    AndPart,
    BoostedPart,
    NonePart,
    NotPart,
    OrPart,
    Part,
    SearchedGroup,
    WordPart,
)
from indexer.columnar.field_parts import ColumnPart, FieldWordPart
from indexer.columnar.frequency_tables import KEPT_BYTES, FrequencyTables
from indexer.columnar.matching import Bools, Floats, Matches, Scratch
from indexer.columnar.proximity import Nearness, NearPart, PhrasePart
from indexer.columnar.scoring import weighted_frequencies, weighted_lengths, weighted_norms
from indexer.columnar.segment import Segment
from indexer.columnar.vocabulary import Vocabulary
from indexer.columnar.words import Deleted, Words
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines import query
from indexer.errors import DamagedIndexError
from indexer.schema import TEXT_FIELDS, WORD_WEIGHT

Fields = tuple[int, ...]

_ALL_FIELDS: Fields = tuple(range(len(TEXT_FIELDS)))


class Collection:
    """Searches the segments of one generation. Threads may share it.

    Args:
        segments: The segments.
        deleted: For each of them, which articles are deleted; `None` where none is.
        stories: For each article the earliest article of its story: its own number where it is
            that, has no reprint, or is deleted. `None` where no article has a reprint.

    Attributes:
        vocabulary: The terms of the text fields.
        gone: For each segment its deleted articles; `None` where none is.
        stories: For each article the earliest one of its story.

    Raises:
        DamagedIndexError: The stories are not those of these articles.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        deleted: Sequence[Bools | None],
        stories: NDArray[np.uint32] | None = None,
    ) -> None:
        self.segments = segments
        self.deleted = deleted
        self.gone = [None if mask is None else Deleted(mask) for mask in deleted]
        self.vocabulary = Vocabulary(segments, self.gone)
        sizes = [len(segment) for segment in segments]
        self.bases = [0, *np.cumsum(sizes).tolist()]
        lengths = [weighted_lengths(segment.columns.lengths) for segment in segments]
        total = sum(
            float((own if mask is None else own[~mask]).sum(dtype=np.float64))
            for own, mask in zip(lengths, deleted, strict=True)
        )
        living = self.article_count()
        average = total / living if living else 0.0
        self._norms = [weighted_norms(of_segment, average) for of_segment in lengths]
        if stories is None:
            stories = np.arange(self.size, dtype=np.uint32)
        if stories.shape != (self.size,) or int(stories.max(initial=0)) >= max(1, self.size):
            raise DamagedIndexError("the stories are not those of the articles")
        self.stories = stories
        self._words = Words(segments, self.gone, living)
        self._weights: dict[tuple[int, str, Fields], Floats] = {}
        self._tables: dict[tuple[int, str], FrequencyTables] = {}

    @property
    def size(self) -> int:
        """How many articles the segments hold, deleted ones included."""
        return int(self.bases[-1])

    def article_count(self) -> int:
        """Give the number of articles that are not deleted."""
        return self.size - sum(len(gone.numbers) for gone in self.gone if gone is not None)

    def article(self, number: int) -> Article:
        """Give an article by its number."""
        segment = bisect_right(self.bases, number) - 1
        return self.segments[segment].article(number - self.bases[segment])

    def article_number(self, article_id: str) -> int | None:
        """Give the number of an article by its id."""
        for segment, base, deleted in zip(
            self.segments, self.bases[:-1], self.deleted, strict=True
        ):
            number = segment.columns.article_number(article_id)
            if number is not None and (deleted is None or not deleted[number]):
                return int(base) + number
        return None

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """Give for each of some terms how many articles hold it.

        Args:
            terms: Syllables, and compounds with `_` between their syllables.
        """
        named = [("words" if "_" in term else "text", term) for term in terms]
        if any(deleted is not None for deleted in self.deleted):
            words = self.words()
            return [words.holding(group, (term,)) for group, term in named]
        held = [0] * len(terms)
        for segment in self.segments:
            for place, (name, term) in enumerate(named):
                group = segment.groups[name]
                number = group.terms.number(term.encode("utf-8", "surrogatepass"))
                if number is not None:
                    first, end = group.posting_range(number)
                    held[place] += end - first
        return held

    def match(self, node: query.Query, deadline: Deadline = NO_DEADLINE) -> Matches:
        """Find all articles that a query matches, ascending, with their scores.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        words = self.words()

        def make_part(number: int, scratch: Scratch) -> Part:
            return _Compiler(self, number, words, scratch).part(node)

        return self.evaluate(make_part, deadline)

    def evaluate(
        self, make_part: Callable[[int, Scratch], Part], deadline: Deadline = NO_DEADLINE
    ) -> Matches:
        """Find all articles of the parts that a query has in the segments.

        Args:
            make_part: Makes the part for a segment by its number, given a work space for it.
            deadline: When it must be done.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        found = []
        for number, (base, deleted) in enumerate(zip(self.bases[:-1], self.deleted, strict=True)):
            scratch = Scratch(len(self.segments[number]), deadline)
            articles, scores = make_part(number, scratch).matches()
            if deleted is not None:
                alive = ~deleted[articles]
                articles, scores = articles[alive], scores[alive]
            found.append(Matches(articles + base if base else articles, scores))
        deadline.check()
        if len(found) == 1:
            return found[0]
        return Matches(
            np.concatenate([matches.articles for matches in found] or [np.empty(0, np.int64)]),
            np.concatenate([matches.scores for matches in found] or [np.empty(0, np.float32)]),
        )

    def words(self) -> Words:
        """Give what looks up words."""
        return self._words

    def searched(self, segment: int, name: str, fields: Fields, scratch: Scratch) -> SearchedGroup:
        """Give a group of a segment with what scores need.

        Args:
            segment: Number of the segment.
            name: Name of the group.
            fields: Numbers of the fields that count; the others have no weight.
            scratch: Work space of the running query.
        """
        group = self.segments[segment].groups[name]
        key = segment, name, fields
        weights = self._weights.get(key)
        if weights is None:
            weights = self._weights[key] = weighted_frequencies(group.frequencies, fields)
        # Words are seldom looked for in some fields only; there they are not worth tables.
        tables = None
        if fields == _ALL_FIELDS:
            tables = self._tables.get((segment, name))
            if tables is None:
                share = len(self.segments[segment]) / max(1, self.size)
                kept_bytes = int(KEPT_BYTES * share)
                tables = FrequencyTables(len(self.segments[segment]), weights, kept_bytes)
                tables = self._tables.setdefault((segment, name), tables)
        return SearchedGroup(group, weights, self._norms[segment], scratch, tables)


class _Compiler:
    """Makes the parts of a query for one segment."""

    def __init__(
        self, collection: Collection, number: int, words: Words, scratch: Scratch
    ) -> None:
        self._collection = collection
        self._number = number
        self._columns = collection.segments[number].columns
        self._size = len(self._columns)
        self._words = words
        self._scratch = scratch
        self._together: dict[tuple[query.Query, Fields, float], Part] = {}

    def part(self, node: query.Query, fields: Fields = _ALL_FIELDS, boost: float = 1.0) -> Part:
        """Make the part of a node.

        Args:
            node: The node.
            fields: Numbers of the fields in which its words are looked for, ascending.
            boost: Factor of its scores.
        """
        match node:
            case query.MatchAll():
                return AllPart(self._size)
            case query.MatchNone():
                return NonePart()
            case query.Term() | query.Synonyms():
                return self._word("text", _forms(node), fields, boost)
            case query.Compound(text):
                return self._word("words", (text,), fields, WORD_WEIGHT * boost)
            case query.Compounds(forms):
                return self._word("words", forms, fields, WORD_WEIGHT * boost)
            case query.Phrase() | query.Near():
                # Each word of what can be abbreviated may be found by the same abbreviation.
                key = node, fields, boost
                if key not in self._together:
                    self._together[key] = self._near(node, fields, boost)
                return self._together[key]
            case query.HasValue(facet, values):
                column = self._columns.facets[facet]
                return ColumnPart(lambda some: column.holds(some, values), self._size)
            case query.Published(first, last):
                return ColumnPart(
                    lambda some: self._columns.overlaps(some, first, last), self._size
                )
            case query.And(parts):
                several = self._several(parts, fields, boost)
                return AndPart(several) if several else AllPart(self._size)
            case query.Or(parts):
                return OrPart(self._several(parts, fields, boost), self._scratch)
            case query.Either(parts):
                return GreatestPart(self._several(parts, fields, boost), self._scratch)
            case query.AtLeast(least, parts):
                return AtLeastPart(least, self._several(parts, fields, boost), self._scratch)
            case query.Not(part):
                return NotPart(self.part(part, fields), self._size)
            case query.Boosted(required, optional):
                return BoostedPart(
                    self.part(required, fields, boost),
                    self.part(optional, fields, boost),
                )
            case query.Weighted(part, weight):
                return self.part(part, fields, boost * weight)
            case query.Within(names, part):
                wanted = {TEXT_FIELDS.index(name) for name in names}
                return self.part(part, tuple(f for f in fields if f in wanted), boost)

    def _near(self, node: query.Phrase | query.Near, fields: Fields, boost: float) -> Part:
        group = self._group("text", fields)
        match node:
            case query.Phrase(members, slop):
                words = self._members(members, fields, boost)
                nearness = Nearness(slop + 1, fields=_unless_all(fields), others=slop)
                return PhrasePart(group, words, nearness)
            case query.Near(members, distance):
                rows = [self._members(_row(member), fields, boost) for member in members]
                return NearPart(group, rows, distance, _unless_all(fields))

    def _several(self, nodes: Sequence[query.Query], fields: Fields, boost: float) -> list[Part]:
        return [self.part(node, fields, boost) for node in nodes]

    def _members(
        self, members: Sequence[query.Term | query.Synonyms], fields: Fields, boost: float
    ) -> list[WordPart]:
        return [self._word("text", _forms(member), fields, boost) for member in members]

    def _word(self, group: str, forms: tuple[str, ...], fields: Fields, boost: float) -> WordPart:
        word = self._words.look_up(group, forms)
        kind = WordPart if fields == _ALL_FIELDS else FieldWordPart
        return kind(self._group(group, fields), word.forms[self._number], word.idf * boost)

    def _group(self, name: str, fields: Fields) -> SearchedGroup:
        return self._collection.searched(self._number, name, fields, self._scratch)


def _forms(member: query.Term | query.Synonyms) -> tuple[str, ...]:
    return member.forms if isinstance(member, query.Synonyms) else (member.text,)


def _row(
    member: query.Term | query.Synonyms | query.Phrase,
) -> tuple[query.Term | query.Synonyms, ...]:
    return member.members if isinstance(member, query.Phrase) else (member,)


def _unless_all(fields: Fields) -> Fields | None:
    return None if fields == _ALL_FIELDS else fields
