"""Properties of searches over real articles, with pieces of these articles as queries."""

import dataclasses
import html
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, read_articles
from indexer import Hit, Index, SearchRequest, build_index, open_index
from indexer.analysis import Abbreviations, bare_form, tokenize

COUNT = 400
OPERATORS = {"AND", "OR", "NOT", "NEAR", "VÀ", "HOẶC", "KHÔNG"}


@dataclasses.dataclass(frozen=True)
class RealArticles:
    """Some articles, and an index of them."""

    articles: Sequence[Article]
    index: Index


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealArticles]:
    vietnews = islice(read_articles(shared_data / "data" / "vietnews.jsonl.zst"), COUNT)
    # Each has a source of its own, so that one can ask whether it is among the matches.
    articles = [dataclasses.replace(article, source=article.id) for article in vietnews]
    folder = tmp_path_factory.mktemp("real") / "index"
    build_index(articles, folder)
    with open_index(folder) as index:
        yield RealArticles(articles, index)


def paragraphs_of(article: Article) -> tuple[str, ...]:
    return tuple(filter(None, (article.title, article.lead, *article.body, *article.captions)))


@st.composite
def runs(draw: st.DrawFn) -> tuple[int, tuple[int, int, int]]:
    """The number of an article; and numbers that choose a paragraph, a syllable, a length."""
    chosen = draw(st.tuples(st.integers(0, 999), st.integers(0, 999), st.integers(1, 8)))
    return draw(st.integers(0, COUNT - 1)), chosen


def syllables_of_run(article: Article, chosen: tuple[int, int, int]) -> list[str]:
    """Give syllables that stand one after another in an article, as they were printed."""
    paragraphs = [text for text in paragraphs_of(article) if next(tokenize(text), None)]
    text = paragraphs[chosen[0] % len(paragraphs)]
    tokens = list(tokenize(text))
    first = chosen[1] % len(tokens)
    return [text[token.start : token.end] for token in tokens[first : first + chosen[2]]]


def as_query(syllables: Sequence[str]) -> str:
    """Put syllables together so that none of them is an operator of the query language."""
    return " ".join(one.lower() if one in OPERATORS else one for one in syllables)


def without_marks(syllables: Sequence[str]) -> str:
    return " ".join(bare_form(token.text) for token in tokenize(" ".join(syllables)))


def search(real: RealArticles, query: str) -> tuple[Hit, ...]:
    return real.index.search(SearchRequest(query)).hits


def finds(real: RealArticles, query: str, article: Article) -> bool:
    result = real.index.search(SearchRequest(query, filters={"source": [article.id]}))
    return [hit.id for hit in result.hits] == [article.id]


@settings(max_examples=150)
@given(run=runs())
def test_run_of_syllables_with_its_marks_finds_its_article(
    real: RealArticles, run: tuple[int, tuple[int, int, int]]
) -> None:
    article = real.articles[run[0]]
    assert finds(real, as_query(syllables_of_run(article, run[1])), article)


@settings(max_examples=150)
@given(run=runs())
def test_run_of_syllables_without_marks_finds_its_article(
    real: RealArticles, run: tuple[int, tuple[int, int, int]]
) -> None:
    article = real.articles[run[0]]
    assert finds(real, without_marks(syllables_of_run(article, run[1])), article)


@settings(max_examples=100)
@given(number=st.integers(0, COUNT - 1))
def test_printed_title_finds_its_article(real: RealArticles, number: int) -> None:
    article = real.articles[number]
    assert finds(real, article.title, article)


@settings(max_examples=100)
@given(run=runs(), bare=st.booleans())
def test_passages_without_their_markup_are_substrings_of_the_article(
    real: RealArticles, run: tuple[int, tuple[int, int, int]], bare: bool
) -> None:
    syllables = syllables_of_run(real.articles[run[0]], run[1])
    hits = search(real, without_marks(syllables) if bare else as_query(syllables))
    assert hits
    for hit in hits:
        assert unmarked(hit.headline.html) == hit.article.title
        for passage in hit.snippet.passages:
            written = unmarked(passage.html)
            assert written == passage.text
            assert any(written in paragraph for paragraph in paragraphs_of(hit.article))


@settings(max_examples=100)
@given(run=runs(), bare=st.booleans())
def test_marks_cover_whole_syllables_that_are_spellings_of_the_query(
    real: RealArticles, run: tuple[int, tuple[int, int, int]], bare: bool
) -> None:
    syllables = syllables_of_run(real.articles[run[0]], run[1])
    query = without_marks(syllables) if bare else as_query(syllables)
    for hit in search(real, query):
        for passage in (hit.headline, *hit.snippet.passages):
            check_marks(passage.text, passage.marks, query)


@settings(max_examples=60)
@given(number=st.integers(0, COUNT - 1), run=runs())
def test_marks_of_a_whole_article_are_those_of_the_query_and_change_no_text(
    real: RealArticles, number: int, run: tuple[int, tuple[int, int, int]]
) -> None:
    article = real.articles[number]
    query = as_query(syllables_of_run(real.articles[run[0]], run[1]))
    marked = real.index.mark(article, query)
    passages = (marked.title, marked.lead, *marked.body, *marked.captions)
    shown = [passage for passage in passages if passage]
    assert tuple(unmarked(passage.html) for passage in shown) == paragraphs_of(article)
    for passage in shown:
        check_marks(passage.text, passage.marks, query)


ABBREVIATIONS = Abbreviations.load()


def unmarked(markup: str) -> str:
    return html.unescape(re.sub("</?mark>", "", markup))


def check_marks(text: str, marks: Sequence[tuple[int, int]], query: str) -> None:
    """Assert that marks begin and end where syllables do, and hold spellings of the query's."""
    typed = [token.text for token in tokenize(query)]
    bare = all(one == bare_form(one) for one in typed)
    said_otherwise = {t for r in ABBREVIATIONS.readings(typed) for t in r.alternative}
    wanted = {*typed, *(map(bare_form, said_otherwise) if bare else said_otherwise)}
    tokens = list(tokenize(text))
    assert {start for start, _ in marks} <= {token.start for token in tokens}
    assert {end for _, end in marks} <= {token.end for token in tokens}
    for start, end in marks:
        for token in tokens:
            if start <= token.start < end:
                assert (bare_form(token.text) if bare else token.text) in wanted
