"""Small indexes of few distinct syllables, drawn by Hypothesis."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from indexer.analysis import Analyzer, Segmenter
from indexer.columnar.collection import Collection
from indexer.columnar.inversion import RUN_OCCURRENCES
from indexer.columnar.segment import Segment, SegmentWriter

SYLLABLES = ("bầu", "cử", "hòa", "giải", "a", "ba", "bà")
COMPOUNDS = ("bầu_cử", "hòa_giải")
SOURCES = ("Báo A", "Báo B")
TAGS = ("một", "hai", "ba")

_texts = st.lists(st.sampled_from(SYLLABLES), max_size=6).map(" ".join)
_paragraphs = st.lists(_texts, max_size=3)
_dates = st.none() | st.one_of(
    st.builds(PublicationDate.of_year, st.integers(2019, 2021)),
    st.builds(PublicationDate.of_month, st.just(2020), st.integers(1, 12)),
    st.builds(PublicationDate.of_day, st.just(2020), st.integers(1, 3), st.integers(1, 28)),
    st.integers(-2_000_000_000, 3_000_000_000).map(
        lambda second: PublicationDate.at(datetime.fromtimestamp(second, UTC))
    ),
)


IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where to write hundreds of indexes, as each file waits for the disk."""


class SmallIndex(NamedTuple):
    """Articles by segment, and which of them are deleted."""

    segments: list[list[Article]]
    deleted: list[list[bool]]


@st.composite
def small_indexes(draw: st.DrawFn, largest: int = 6) -> SmallIndex:
    segments: list[list[Article]] = []
    deleted: list[list[bool]] = []
    for number in range(draw(st.integers(1, 3))):
        count = draw(st.integers(0 if number else 1, largest))
        segments.append([draw(_articles(f"{number}-{place}")) for place in range(count)])
        deleted.append([draw(st.integers(0, 4)) == 0 for _ in range(count)])
    return SmallIndex(segments, deleted)


def _articles(article_id: str) -> st.SearchStrategy[Article]:
    return st.builds(
        Article,
        id=st.just(article_id),
        title=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join),
        lead=_texts,
        captions=_paragraphs,
        body=_paragraphs,
        source=st.sampled_from(("", *SOURCES)),
        tags=st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
        published=_dates,
    )


@cache
def analyzer() -> Analyzer:
    return Analyzer(Segmenter())


def write_segment(
    folder: Path, articles: Sequence[Article], run_occurrences: int = RUN_OCCURRENCES
) -> Segment:
    """Write articles, a few at a time, into a new folder."""
    folder.mkdir()
    writer = SegmentWriter(folder, run_occurrences)
    for start in range(0, len(articles), 3):
        writer.add(analyzer().analyze(articles[start : start + 3]))
    writer.finish()
    return Segment(folder)


@contextmanager
def written(index: SmallIndex) -> Iterator[Collection]:
    """Write an index, and open it."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        segments = [
            write_segment(Path(folder) / str(number), articles)
            for number, articles in enumerate(index.segments)
        ]
        deleted = [np.array(mask, dtype=bool) if any(mask) else None for mask in index.deleted]
        yield Collection(segments, deleted)
