"""Values of facets are counted and found however many of them an article has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from corpus import Article
from indexer.columnar.facet_column import FacetColumn
from tests.indexer.columnar.small_indexes import write_segment

MANY = 300
"""More values than a byte numbers: a row has room for four of them then, and for eight before."""


def tags_of(number: int, values: int) -> tuple[str, ...]:
    """From no tag to eleven, so that some articles have more than a row has room for."""
    return tuple(f"thẻ {(number * 7 + step * 13) % values}" for step in range(number % 12))


@pytest.fixture(params=[20, MANY], ids=["few values", "many values"])
def tagged(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[FacetColumn, list[set[str]]]:
    articles = [
        Article(title="a", id=f"{number:03}", tags=tags_of(number, request.param))
        for number in range(120)
    ]
    column = write_segment(tmp_path / "segment", articles).columns.facets["tag"]
    return column, [set(article.tags) for article in articles]


@pytest.mark.parametrize("step", [1, 5, 119])
def test_values_of_some_articles_are_counted(
    tagged: tuple[FacetColumn, list[set[str]]], step: int
) -> None:
    column, tags = tagged
    some = np.arange(0, len(tags), step)
    found = column.of(some)
    expected = Counter(tag for number in some for tag in tags[number])
    *counts, missing = found.counts().tolist()
    counted = zip(column.values, counts, strict=True)
    assert {value.decode(): count for value, count in counted if count} == expected
    assert missing == sum(not tags[number] for number in some)


@pytest.mark.parametrize("step", [1, 5, 119])
def test_articles_with_any_of_some_values_are_found(
    tagged: tuple[FacetColumn, list[set[str]]], step: int
) -> None:
    column, tags = tagged
    some = np.arange(0, len(tags), step)
    wanted = {"thẻ 3", "thẻ 17", "no tag"}
    expected = [bool(tags[number] & wanted) for number in some]
    assert column.holds(some, sorted(wanted)).tolist() == expected


def test_no_article_has_a_value_of_a_facet_without_values(
    tmp_path: Path,
) -> None:
    segment = write_segment(tmp_path / "plain", [Article(title="a", id=str(n)) for n in range(3)])
    found = segment.columns.facets["tag"].of(np.arange(3))
    assert found.counts().tolist() == [3]
    assert not found.having(np.zeros(0, dtype=bool)).any()
