from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Article
from indexer import AnalysisError
from indexer.analysis import Segmenter
from indexer.build.pipeline import Located, analyze_all


def test_article_that_cannot_be_analysed_is_named_by_file_and_line() -> None:
    half: Any = SimpleNamespace(id="x7", title="no other field")
    with pytest.raises(AnalysisError, match=r"^a\.jsonl:2: the article 'x7' .*AttributeError"):
        list(analyze_all([Located(half, "a.jsonl:2")], Segmenter(), processes=1))


def test_of_several_articles_the_one_that_fails_is_named() -> None:
    half: Any = SimpleNamespace(id="x7", title="no other field")
    articles = [Located(Article(title="a"), "1"), Located(half, "2")]
    with pytest.raises(AnalysisError, match=r"^2: the article 'x7'"):
        list(analyze_all(articles, Segmenter(), processes=1))


def test_stream_without_end_is_read_as_it_is_asked_for() -> None:
    endless = (Located(Article(title=f"số {n}"), str(n)) for n in count())
    analyzed = analyze_all(endless, Segmenter(), processes=1)
    assert [located.location for located in next(analyzed)[0]][:3] == ["0", "1", "2"]
