"""The postings of one term in one field of a segment, as Whoosh's matchers see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from whoosh.matching import LeafMatcher, Matcher, NullMatcher, ReadTooFar

from indexer.columnar.whoosh_view.fields import FieldPostings

_PAST_THE_END: Final = 1 << 62
_COUNTED: Final = frozenset({"weight", "frequency"})


class ColumnMatcher(LeafMatcher):
    """Steps through postings.

    Whoosh may skip what cannot come among the best where a matcher promises that its bounds of
    quality hold. Some of its own matchers break that promise, so this one never makes it: then
    Whoosh looks at everything, and finds all.

    Args:
        term: Field and term.
        postings: Their postings, without deleted articles.
        scorer: Scores a posting; without one, the weight is the score.
    """

    def __init__(self, term: tuple[str, bytes], postings: FieldPostings, scorer: Any) -> None:
        self._term = term
        self._postings = postings
        self._articles: list[int] = postings.articles.tolist()
        self._frequencies: list[int] = postings.frequencies.tolist()
        self._place = 0
        self.scorer = scorer

    def is_active(self) -> bool:
        """Tell whether there is a current posting."""
        return self._place < len(self._articles)

    def reset(self) -> None:
        """Return to the first posting."""
        self._place = 0

    def copy(self) -> Matcher:
        """Give another matcher that stands where this one does."""
        other = ColumnMatcher(self._term, self._postings, self.scorer)
        other._place = self._place
        return other

    def replace(self, minquality: float = 0) -> Matcher:  # noqa: ARG002 - Whoosh's signature
        """Give a simpler matcher where there is one."""
        return self if self.is_active() else NullMatcher()

    def id(self) -> int:
        """Give the article of the current posting."""
        # Whoosh's AndNotMatcher asks for it after the end.
        return self._articles[self._place] if self.is_active() else _PAST_THE_END

    def next(self) -> None:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh's signature
        """Go to the first posting whose article is not before a given one."""
        if not self.is_active():
            raise ReadTooFar
        articles = self._articles
        while self._place < len(articles) and articles[self._place] < id:
            self._place += 1

    def all_ids(self) -> Iterator[int]:
        """Give the articles of the current posting and all after it."""
        return iter(self._articles[self._place :])

    def weight(self) -> float:
        """Give how often the term stands in the field of the current article."""
        return float(self._frequencies[self._place])

    def score(self) -> float:
        """Give the score of the current posting."""
        return float(self.scorer.score(self)) if self.scorer else self.weight()

    def supports(self, astype: str) -> bool:
        """Tell whether `value_as` can give something."""
        return astype in _COUNTED or (
            astype == "positions" and self._postings.positions is not None
        )

    def value(self) -> bytes:
        """Give nothing: postings are columns, not encoded values."""
        return b""

    def value_as(self, astype: str) -> Any:
        """Give the weight, frequency or positions of the current posting."""
        if astype == "positions" and self._postings.positions is not None:
            return self._postings.positions(self._place)
        if astype == "frequency":
            return self._frequencies[self._place]
        if astype == "weight":
            return self.weight()
        raise ValueError(f"{self._term[0]} has no {astype}")

    def all_items(self) -> Iterator[tuple[int, bytes]]:
        """Give each article with an empty value."""
        return ((article, b"") for article in self.all_ids())

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        """Give each article with a value, and come to the end."""
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def supports_block_quality(self) -> bool:
        """Promise nothing."""
        return False

    def max_quality(self) -> float:
        """Give a score that no posting exceeds."""
        if self.scorer:
            return float(self.scorer.max_quality())
        return float(max(self._frequencies, default=0))

    def block_quality(self) -> float:
        """Give the same: all postings are one block."""
        return self.max_quality()

    def block_max_weight(self) -> float:
        """Give the greatest weight."""
        return float(max(self._frequencies, default=0))
