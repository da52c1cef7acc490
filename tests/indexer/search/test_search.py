import html
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, PublicationDate, sample_articles
from indexer import (
    Hit,
    Index,
    QueryError,
    SearchRequest,
    SearchTimeoutError,
    build_index,
    open_index,
)
from indexer.analysis import Abbreviations, bare_form, normal_form, tokenize
from indexer.search import MAX_SIZE

SAMPLES = list(sample_articles())
QUERIES = (
    "bầu cử đại biểu",
    "dân vận khéo",
    "duong",
    "suc khoe cong nhan",
    "Covid-19",
    '"nông thôn mới"',
    "hòa giải",
    "TP.HCM",
    "của",
)


def paragraphs_of(article: Article) -> tuple[str, ...]:
    return tuple(filter(None, (article.title, article.lead, *article.body, *article.captions)))


@st.composite
def runs(draw: st.DrawFn) -> tuple[Article, str]:
    """An article of the samples, and one to six syllables of it as they were printed."""
    article = draw(st.sampled_from(SAMPLES))
    text = draw(st.sampled_from(paragraphs_of(article)))
    tokens = list(tokenize(text))
    first = draw(st.integers(0, len(tokens) - 1))
    last = draw(st.integers(first, min(first + 5, len(tokens) - 1)))
    return article, text[tokens[first].start : tokens[last].end]


def ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(SearchRequest(query, size=MAX_SIZE)).hits]


@settings(max_examples=150)
@given(run=runs())
def test_run_of_syllables_with_its_marks_finds_its_article(
    sample_index: Index, run: tuple[Article, str]
) -> None:
    article, text = run
    assert article.id in ids(sample_index, text)


@settings(max_examples=150)
@given(run=runs())
def test_run_of_syllables_without_marks_finds_its_article(
    sample_index: Index, run: tuple[Article, str]
) -> None:
    article, text = run
    bare = " ".join(bare_form(token.text) for token in tokenize(text))
    assert article.id in ids(sample_index, bare)


@settings(max_examples=50)
@given(run=runs())
def test_quoted_run_of_syllables_finds_its_article(
    sample_index: Index, run: tuple[Article, str]
) -> None:
    article, text = run
    words = " ".join(token.text for token in tokenize(text))
    assert article.id in ids(sample_index, f"“{words}”")


@pytest.mark.parametrize("query", QUERIES)
def test_decomposed_query_finds_the_same(sample_index: Index, query: str) -> None:
    assert ids(sample_index, unicodedata.normalize("NFD", query)) == ids(sample_index, query)


def test_typed_marks_bind(sample_index: Index) -> None:
    bare, marked = ids(sample_index, "duong"), ids(sample_index, "đường")
    assert set(marked) < set(bare)


def test_empty_query_lists_the_newest_first(sample_index: Index) -> None:
    found = sample_index.search(SearchRequest(size=100))
    newest = sample_index.search(SearchRequest(size=100, sort="newest"))
    assert found.hits == newest.hits
    assert found.total == len(SAMPLES)


def test_query_with_nothing_to_search_for_is_an_error(sample_index: Index) -> None:
    with pytest.raises(QueryError):
        sample_index.search(SearchRequest("?!"))


def test_page_of_no_hits_still_counts(sample_index: Index) -> None:
    found = sample_index.search(SearchRequest(size=0, facets=("source",)))
    assert (found.total, found.hits, len(found.facets["source"].buckets)) == (72, (), 10)


def test_unknown_article_is_none(sample_index: Index) -> None:
    assert sample_index.article("no such id") is None


# Snippets


def passages_of(hits: Sequence[Hit]) -> list[tuple[Article, str, str]]:
    return [
        (hit.article, passage.text, passage.html)
        for hit in hits
        for passage in hit.snippet.passages
    ]


@pytest.fixture(params=QUERIES)
def found(request: pytest.FixtureRequest, sample_index: Index) -> tuple[str, tuple[Hit, ...]]:
    hits = sample_index.search(SearchRequest(request.param, size=100)).hits
    assert hits
    return request.param, hits


def test_passage_is_a_substring_of_one_paragraph(found: tuple[str, tuple[Hit, ...]]) -> None:
    for article, text, _ in passages_of(found[1]):
        assert any(text in paragraph for paragraph in paragraphs_of(article))


def test_html_of_a_passage_without_its_markup_is_its_text(
    found: tuple[str, tuple[Hit, ...]],
) -> None:
    for _, text, marked in passages_of(found[1]):
        assert html.unescape(re.sub("</?mark>", "", marked)) == text


def test_marks_cover_whole_tokens_of_the_query(found: tuple[str, tuple[Hit, ...]]) -> None:
    query, hits = found
    typed = [token.text for token in tokenize(query)]
    bare = all(word == bare_form(word) for word in typed)
    readings = Abbreviations.load().readings(typed)
    otherwise = [token for reading in readings for token in reading.alternative]
    wanted = {*typed, *(map(bare_form, otherwise) if bare else otherwise)}
    for hit in hits:
        for passage in (hit.headline, *hit.snippet.passages):
            starts = {token.start for token in tokenize(passage.text)}
            ends = {token.end for token in tokenize(passage.text)}
            for start, end in passage.marks:
                assert start in starts
                assert end in ends
                for token in tokenize(passage.text[start:end]):
                    assert (bare_form(token.text) if bare else token.text) in wanted


def test_every_hit_shows_why_it_was_found(found: tuple[str, tuple[Hit, ...]]) -> None:
    for hit in found[1]:
        assert any(passage.marks for passage in (hit.headline, *hit.snippet.passages))


@pytest.fixture
def odd(tmp_path: Path) -> Index:
    """Two odd articles: one of HTML, one decomposed."""
    script = Article(
        id="html",
        title='<script>alert("đường")</script> & <mark>',
        body=("<b>đường</b> &amp; phố",),
    )
    decomposed = Article(
        id="nfd",
        title=unicodedata.normalize("NFD", "Thành phố hoà bình"),
        body=(unicodedata.normalize("NFD", "Người dân Việt Nam yêu hoà bình."),),
    )
    build_index([script, decomposed], tmp_path)
    return open_index(tmp_path)


def test_html_in_an_article_is_escaped(odd: Index) -> None:
    with odd:
        (hit,) = odd.search(SearchRequest("đường")).hits
    assert hit.headline.html == (
        "&lt;script&gt;alert(&quot;<mark>đường</mark>&quot;)&lt;/script&gt; &amp; &lt;mark&gt;"
    )
    assert hit.snippet.html == "&lt;b&gt;<mark>đường</mark>&lt;/b&gt; &amp;amp; phố"


@pytest.mark.parametrize("query", ["hòa bình", "hoà bình", "hoa binh", "ho\u0300a bi\u0300nh"])
def test_decomposed_article_is_found_and_shown_as_it_was_written(odd: Index, query: str) -> None:
    with odd:
        (hit,) = odd.search(SearchRequest(query)).hits
    (passage,) = hit.snippet.passages
    assert passage.text == hit.article.body[0]
    ((start, end),) = passage.marks
    assert normal_form(passage.text[start:end].split()[0]) == "hòa"


def test_snippet_of_a_paragraph_of_one_word_takes_no_time(tmp_path: Path) -> None:
    build_index(Article(title="a", body=("an " * 20_000,)), tmp_path)
    with open_index(tmp_path) as index:
        started = perf_counter()
        index.search(SearchRequest("an"))
        assert perf_counter() - started < 5


def test_whole_article_is_marked(sample_index: Index) -> None:
    hit = sample_index.search(SearchRequest("dân vận")).hits[0]
    marked = sample_index.mark(hit.article, "dân vận")
    assert marked.title.text == hit.article.title
    assert tuple(passage.text for passage in marked.body) == hit.article.body
    assert any(passage.marks for passage in marked.body)


def test_empty_query_marks_nothing(sample_index: Index) -> None:
    assert sample_index.mark(SAMPLES[0], "").title.marks == ()


# As JSON


def test_result_as_json_has_the_documented_fields(sample_index: Index) -> None:
    asked = SearchRequest("bầu cử", facets=("source",), timeline="month")
    result = json.loads(json.dumps(sample_index.search(asked).to_dict()))
    assert list(result) == [
        *(
            "query",
            "total",
            "stories",
            "stories_approximate",
            "took_ms",
            "match",
            "with_all",
            "with_most",
            "notices",
        ),
        *("understood", "hits", "facets", "timeline", "timeline_coarser", "timeline_undated"),
    ]
    assert list(result["hits"][0]) == [
        *("id", "title", "url", "source", "section", "published", "score", "snippet", "missing"),
        *("reasons", "earliest", "similar", "others"),
    ]
    assert list(result["hits"][0]["reasons"][0]) == ["word", "kind", "found", "field"]
    assert list(result["facets"]["source"][0]) == ["value", "count", "stories"]
    assert list(result["timeline"][0]) == ["start", "count", "stories"]


def test_published_in_json_is_as_exact_as_it_is_known(tmp_path: Path) -> None:
    dates = (PublicationDate.of_year(2021), PublicationDate.of_month(2021, 4), None)
    build_index([Article(title=str(d), published=d) for d in dates], tmp_path)
    with open_index(tmp_path) as index:
        hits = index.search(SearchRequest(sort="oldest")).to_dict()["hits"]
    assert [hit["published"] for hit in hits] == ["2021", "2021-04", None]


def test_a_search_is_given_up_when_its_time_is_over(sample_index: Index) -> None:
    with pytest.raises(SearchTimeoutError, match="ask for something more selective"):
        sample_index.search(SearchRequest("đường", timeout=1e-9))
    assert sample_index.search(SearchRequest("đường", timeout=60)).total


def test_reading_many_patterns_is_within_the_timeout_too(sample_index: Index) -> None:
    letters = "bcdghklmnpqrstvx"
    query = " ".join(f"{first}{second}*" for first in letters for second in "aeiouy" * 4)
    with pytest.raises(SearchTimeoutError):
        sample_index.search(SearchRequest(query, timeout=0.02))


HELP: dict[str, Callable[[Index, float], object]] = {
    "suggest": lambda index, timeout: index.suggest("đường s", timeout=timeout),
    "corrections": lambda index, timeout: index.corrections("đường sắtt", timeout=timeout),
    "mark": lambda index, timeout: index.mark(SAMPLES[0], "đường", timeout=timeout),
    "related": lambda index, timeout: index.related(SAMPLES[0].id, timeout=timeout),
}


@pytest.mark.parametrize("ask", HELP.values(), ids=HELP)
def test_what_helps_beside_a_search_is_given_up_when_its_time_is_over(
    sample_index: Index, ask: Callable[[Index, float], object]
) -> None:
    with pytest.raises(SearchTimeoutError, match="ask for something more selective"):
        ask(sample_index, 1e-9)
    assert ask(sample_index, 60)


def test_an_article_is_marked_as_the_search_read_the_query(sample_index: Index) -> None:
    hit = sample_index.search(SearchRequest("duong")).hits[0]
    read = sample_index.mark(hit.article, "duong")
    exact = sample_index.mark(hit.article, "duong", marks="exact")
    assert any(passage.marks for passage in (read.title, *read.body))
    assert not any(passage.marks for passage in (exact.title, *exact.body))
