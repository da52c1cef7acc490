"""All segments of a generation, searched as one.

Articles are numbered through: those of a segment come after those of the segments before it.
Frequencies and lengths of the whole collection decide scores, so it does not matter how articles
are spread over segments. Deleted articles are never found, but they count in those figures until
a merge drops them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

import numpy as np

from corpus import Article
from indexer.columnar.combining import AtLeastPart
from indexer.columnar.deadline import NO_DEADLINE, Deadline
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
from indexer.columnar.matching import Bools, Matches, Scratch, distinct_articles
from indexer.columnar.proximity import PhrasePart
from indexer.columnar.scoring import idf, length_norms, weighted_frequencies, weighted_lengths
from indexer.columnar.segment import Segment
from indexer.engines import query
from indexer.schema import WORD_WEIGHT


class Collection:
    """Searches the segments of one generation. Threads may share it.

    Args:
        segments: The segments.
        deleted: For each of them, which articles are deleted; `None` where none is.
    """

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[Bools | None]) -> None:
        self.segments = segments
        self.deleted = deleted
        sizes = [len(segment) for segment in segments]
        self.bases = [0, *np.cumsum(sizes).tolist()]
        lengths = [weighted_lengths(segment.columns.lengths) for segment in segments]
        total = sum(float(of_segment.sum(dtype=np.float64)) for of_segment in lengths)
        average = total / self.size if self.size else 0.0
        self._norms = [length_norms(of_segment, average) for of_segment in lengths]
        self._weights = [
            {name: weighted_frequencies(g.frequencies) for name, g in segment.groups.items()}
            for segment in segments
        ]

    @property
    def size(self) -> int:
        """How many articles the segments hold, deleted ones included."""
        return int(self.bases[-1])

    def article_count(self) -> int:
        """Give the number of articles that are not deleted."""
        gone = sum(int(mask.sum()) for mask in self.deleted if mask is not None)
        return self.size - gone

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

    def match(self, node: query.Query, deadline: Deadline = NO_DEADLINE) -> Matches:
        """Find all articles that a query matches, ascending, with their scores.

        Raises:
            SearchTimeoutError: The deadline was over before that was done.
        """
        weights = _Weights(self)

        def make_part(number: int, scratch: Scratch) -> Part:
            return _Compiler(self, number, weights, scratch).part(node)

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

    def searched(self, segment: int, scratch: Scratch) -> dict[str, SearchedGroup]:
        """Give the groups of a segment with what scores need.

        Args:
            segment: Number of the segment.
            scratch: Work space of the running query.
        """
        weights, norms = self._weights[segment], self._norms[segment]
        return {
            name: SearchedGroup(group, weights[name], norms, scratch)
            for name, group in self.segments[segment].groups.items()
        }


class _Weights:
    """The idf of words in the whole collection, each computed once for a query."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._known: dict[tuple[str, tuple[bytes, ...]], float] = {}

    def weight(self, group: str, forms: tuple[bytes, ...]) -> float:
        key = group, forms
        if key not in self._known:
            holding = sum(_holding(segment, group, forms) for segment in self._collection.segments)
            self._known[key] = idf(self._collection.size, holding)
        return self._known[key]


def _holding(segment: Segment, group: str, forms: Sequence[bytes]) -> int:
    """Count the articles of a segment that hold any of several forms."""
    found = segment.groups[group]
    numbers = [number for form in forms if (number := found.terms.number(form)) is not None]
    return distinct_articles([found.postings(n).articles for n in numbers], len(segment))


class _Compiler:
    """Makes the parts of a query for one segment."""

    def __init__(
        self, collection: Collection, number: int, weights: _Weights, scratch: Scratch
    ) -> None:
        segment = collection.segments[number]
        self._size = len(segment)
        self._weights = weights
        self._scratch = scratch
        self._groups = collection.searched(number, scratch)

    def part(self, node: query.Query) -> Part:
        """Make the part of a node."""
        match node:
            case query.MatchAll():
                return AllPart(self._size)
            case query.MatchNone():
                return NonePart()
            case query.Term(text):
                return self._word("text", (text,))
            case query.Synonyms(forms):
                return self._word("text", forms)
            case query.Compound(text):
                return self._word("words", (text,), WORD_WEIGHT)
            case query.Phrase(members):
                return self._phrase(members)
            case query.And(parts):
                return AndPart([self.part(part) for part in parts])
            case query.Or(parts):
                return OrPart([self.part(part) for part in parts], self._scratch)
            case query.AtLeast(least, parts):
                return AtLeastPart(least, [self.part(part) for part in parts], self._scratch)
            case query.Not(part):
                return NotPart(self.part(part), self._size)
            case query.Boosted(required, optional):
                return BoostedPart(self.part(required), self.part(optional), self._scratch)

    def _phrase(self, members: Sequence[query.Term | query.Synonyms]) -> Part:
        words = [self._word("text", _forms(member)) for member in members]
        return PhrasePart(self._groups["text"], words)

    def _word(self, group: str, forms: Sequence[str], boost: float = 1.0) -> WordPart:
        encoded = tuple(form.encode() for form in forms)
        terms = self._groups[group].group.terms
        numbers = [number for form in encoded if (number := terms.number(form)) is not None]
        weight = self._weights.weight(group, encoded) * boost
        return WordPart(self._groups[group], numbers, weight)


def _forms(member: query.Term | query.Synonyms) -> tuple[str, ...]:
    return member.forms if isinstance(member, query.Synonyms) else (member.text,)
