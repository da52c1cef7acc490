"""What holds of real articles, whatever is typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, read_articles
from indexer import Index, SearchRequest, build_index, open_index
from indexer.analysis import tokenize
from indexer.schema import TEXT_FIELDS, text_of

ARTICLES = 300


@dataclass
class Corpus:
    articles: list[Article]
    index: Index


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    path = shared_data / "data" / "vietnews.jsonl.zst"
    articles = list(islice(read_articles(path), ARTICLES))
    folder = tmp_path_factory.mktemp("real")
    build_index(articles, folder)
    with open_index(folder) as index:
        yield Corpus(articles, index)


def without_marks(text: str) -> str:
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))
    return bare.replace("đ", "d").replace("Đ", "D")


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("match", ["all", "auto"])
@pytest.mark.parametrize("marked", [True, False], ids=["with marks", "bare"])
def test_every_run_of_syllables_finds_its_article(
    data: st.DataObject, real: Corpus, match: str, marked: bool
) -> None:
    article = data.draw(st.sampled_from(real.articles))
    fields = [field for field in TEXT_FIELDS if text_of(article, field)]
    field = data.draw(st.sampled_from(fields))
    paragraphs = [text for text in text_of(article, field) if list(tokenize(text))]
    text = data.draw(st.sampled_from(paragraphs))
    tokens = list(tokenize(text))
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, min(first + 20, len(tokens) - 1)))
    # Quotation marks would make a phrase, which is another matter.
    run = " ".join(re.split('["“”„«»]', text[tokens[first].start : tokens[last].end]))
    query = run if marked else without_marks(run)
    found = real.index.search(SearchRequest(query, match=match, size=ARTICLES))
    assert article.id in [hit.id for hit in found.hits]


@settings(max_examples=30)
@given(data=st.data())
def test_pages_put_together_give_every_hit_once(data: st.DataObject, real: Corpus) -> None:
    title = data.draw(st.sampled_from(real.articles)).title
    query = title if data.draw(st.booleans()) else without_marks(title)
    match = data.draw(st.sampled_from(["auto", "all", "most", "any"]))
    size = data.draw(st.integers(15, ARTICLES))
    whole = real.index.search(SearchRequest(query, match=match, size=ARTICLES))
    pages = [
        real.index.search(SearchRequest(query, match=match, offset=offset, size=size))
        for offset in range(0, whole.total, size)
    ]
    ids = [hit.id for page in pages for hit in page.hits]
    assert ids == [hit.id for hit in whole.hits]
    assert len(set(ids)) == whole.total
    assert {page.total for page in pages} <= {whole.total}


@settings(max_examples=30)
@given(data=st.data())
def test_second_pass_changes_neither_total_nor_set(data: st.DataObject, real: Corpus) -> None:
    title = data.draw(st.sampled_from(real.articles)).title
    match = data.draw(st.sampled_from(["all", "most", "any"]))
    ranked = real.index.search(SearchRequest(title, match=match, size=ARTICLES))
    by_date = real.index.search(SearchRequest(title, match=match, size=ARTICLES, sort="newest"))
    assert ranked.total == by_date.total == len(ranked.hits)
    assert {hit.id for hit in ranked.hits} == {hit.id for hit in by_date.hits}
    missing = {hit.id: hit.missing for hit in by_date.hits}
    assert {hit.id: hit.missing for hit in ranked.hits} == missing


@settings(max_examples=30)
@given(data=st.data())
def test_another_word_raises_the_total_only_where_that_is_announced(
    data: st.DataObject, real: Corpus
) -> None:
    title = data.draw(st.sampled_from(real.articles)).title
    words = [token.text for token in tokenize(title)]
    length = data.draw(st.integers(1, len(words)))
    shorter, longer = (
        real.index.search(SearchRequest(" ".join(words[:count]), size=1))
        for count in (length - 1, length)
    )
    assert longer.total <= shorter.total or longer.match == "most"
