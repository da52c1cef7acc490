"""Printed headlines, pasted as they are: each finds its article."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from corpus import Article, read_articles
from indexer import Index, SearchRequest, build_index, open_index

COUNT = 2_000
STEP = 50


@dataclass(frozen=True)
class Real:
    """Articles from all over a corpus, and an index of them."""

    articles: list[Article]
    index: Index


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    vietnews = read_articles(shared_data / "data" / "vietnews.jsonl.zst")
    articles = list(islice(vietnews, 0, COUNT * STEP, STEP))
    folder = tmp_path_factory.mktemp("headlines") / "index"
    build_index(articles, folder)
    with open_index(folder) as index:
        yield Real(articles, index)


def test_every_printed_headline_finds_its_article_first(real: Real) -> None:
    assert len(real.articles) == COUNT
    lost = []
    for article in real.articles:
        result = real.index.search(SearchRequest(article.title, size=3))
        # Some articles were printed twice, and some headlines.
        if article.id not in [hit.id for hit in result.hits]:
            lost.append(article.title)
        assert {notice.code for notice in result.notices} <= {"abbreviated", "completed"}
    assert lost == []
