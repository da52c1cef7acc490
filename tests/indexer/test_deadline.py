"""A search ends by its deadline, wherever it is and in whatever thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from whoosh import query
from whoosh.query.spans import SpanFirst

from corpus import Article
from indexer import SearchTimeoutError
from indexer.columnar.collection import Collection
from indexer.columnar.whoosh_queries import AtLeast, WhooshEvaluator
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines.query import MatchAll, Or, Phrase, Term
from tests.indexer.columnar.small_indexes import SmallIndex, written


@pytest.fixture(scope="module")
def collection() -> Iterator[Collection]:
    articles = [Article(id=str(n), title="tổ hòa giải", body=("a b a b",)) for n in range(300)]
    with written(SmallIndex([articles], [[False] * len(articles)])) as collection:
        yield collection


def test_nothing_happens_before_the_deadline() -> None:
    Deadline(60).check()


def test_what_is_left_is_never_nothing_and_for_ever_is_no_number() -> None:
    assert Deadline(None).left() is None
    assert 50 < (Deadline(60).left() or 0) <= 60
    assert (Deadline(0).left() or 0) > 0
    NO_DEADLINE.check()


def test_what_is_over_tells_what_to_do() -> None:
    with pytest.raises(SearchTimeoutError, match="more selective, or allow more time"):
        Deadline(0).check()


@pytest.mark.parametrize(
    "node", [Term("tổ"), Phrase((Term("hòa"), Term("giải"))), Or((Term("a"),)), MatchAll()]
)
def test_ends_a_query_of_the_product(collection: Collection, node: Term) -> None:
    with pytest.raises(SearchTimeoutError):
        collection.match(node, Deadline(0))


@pytest.mark.parametrize(
    "asked",
    [
        query.Term("title", "tổ"),
        query.Phrase("body", ["a", "b"]),
        query.Every(),
        AtLeast(2, [query.Term("body", "a"), query.Term("body", "b")]),
        SpanFirst(query.Term("body", "a")),
    ],
)
def test_ends_a_query_of_whoosh(collection: Collection, asked: query.Query) -> None:
    with pytest.raises(SearchTimeoutError):
        WhooshEvaluator(collection).match(asked, Deadline(0))


def test_interrupts_a_long_query_in_the_middle_in_any_thread(collection: Collection) -> None:
    long = query.Or([query.Phrase("body", ["a", "b"], boost=n + 1.0) for n in range(20_000)])
    evaluator = WhooshEvaluator(collection)

    def seconds_until_interrupted() -> float:
        started = time.monotonic()
        with pytest.raises(SearchTimeoutError):
            evaluator.match(long, Deadline(0.05))
        return time.monotonic() - started

    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(seconds_until_interrupted) for _ in range(2)]
        # The whole query would take far longer; most of this is waiting for the other thread.
        assert max(run.result() for run in runs) < 5


def test_a_query_after_one_that_was_ended_is_answered_in_full(collection: Collection) -> None:
    evaluator = WhooshEvaluator(collection)
    phrase = query.Phrase("body", ["a", "b"])
    with pytest.raises(SearchTimeoutError):
        evaluator.match(phrase, Deadline(0))
    assert len(evaluator.match(phrase).articles) == 300
