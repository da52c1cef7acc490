"""Walking through everything that a search finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Article, PublicationDate, sample_articles
from indexer import (
    GenerationGoneError,
    Index,
    IndexUnusableError,
    QueryError,
    SearchRequest,
    build_index,
    open_index,
    update_index,
)

WORDS = ("cảng", "biển", "tàu", "bến", "hàng", "sông")
MANY = 700
"""More than twice as many articles as are put in order twice."""

QUERIES = (
    "cảng biển",
    "cang bien tau",
    "tàu",
    "bến OR hàng",
    "cảng -sông",
    "",
    "sông hàng bến cảng",
)


def _numbered(number: int) -> Article:
    chosen = [word for place, word in enumerate(WORDS) if number >> place & 1]
    text = " ".join(chosen * (1 + number % 3)) or "đất"
    known = PublicationDate.of_day(2000 + number % 20, 1 + number % 12, 1 + number % 28)
    return Article(
        id=f"bai-{number}",
        title=f"Bài {number}",
        body=(text, " ".join(chosen)),
        source=f"Báo {number % 3}",
        published=known if number % 5 else None,
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("many") / "index"
    build_index(map(_numbered, range(MANY - 50)), folder)
    update_index(map(_numbered, range(MANY - 50, MANY)), folder)
    with open_index(folder) as index:
        yield index


def _paged(index: Index, **options: Any) -> list[str]:
    found: list[str] = []
    while True:
        request = SearchRequest(**options, offset=len(found), size=93)
        page = index.search(request).hits
        if not page:
            return found
        found += [hit.id for hit in page]


@settings(max_examples=40)
@given(
    query=st.sampled_from(QUERIES),
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    match=st.sampled_from(["auto", "all", "most", "any"]),
    filters=st.sampled_from([{}, {"source": ("Báo 1",)}]),
    marks=st.sampled_from(["auto", "free"]),
)
def test_a_scan_gives_what_all_pages_give_in_their_order(
    many: Index, query: str, sort: str, match: str, filters: dict[str, list[str]], marks: str
) -> None:
    options: dict[str, Any] = {
        "query": query,
        "sort": sort,
        "match": match,
        "filters": filters,
        "marks": marks,
    }
    paged = _paged(many, **options)
    scan = many.scan(SearchRequest(**options))
    ids = [article.id for article in scan]
    assert ids == paged
    assert scan.total == len(ids) == len(set(ids))
    assert scan.match == many.search(SearchRequest(**options)).match


@pytest.mark.parametrize("offset", [1, 299, 300, 301, 699, 700, 5_000])
def test_a_scan_begins_at_the_offset(many: Index, offset: int) -> None:
    everything = [article.id for article in many.scan(SearchRequest("bài"))]
    assert len(everything) == MANY
    scan = many.scan(SearchRequest("bài", offset=offset))
    assert [article.id for article in scan] == everything[offset:]
    assert scan.total == MANY


def test_a_scan_reads_articles_as_they_are_asked_for(many: Index) -> None:
    scan = many.scan(SearchRequest("bài", size=0))
    assert next(iter(scan)).title.startswith("Bài")
    assert len(list(scan)) == MANY - 1


def test_a_scan_refuses_a_query_before_anything_is_read(many: Index) -> None:
    with pytest.raises(QueryError):
        many.scan(SearchRequest("?"))
    with pytest.raises(QueryError):
        many.scan(SearchRequest('"cảng', strict=True))


def test_a_scan_tells_how_the_query_was_read(many: Index) -> None:
    assert [notice.code for notice in many.scan(SearchRequest('"cảng')).notices] == [
        "unclosed_quote"
    ]


def test_a_scan_stays_in_its_generation(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index(sample_articles(), folder)
    with open_index(folder) as index:
        scan = index.scan(SearchRequest())
        first = next(iter(scan))
        build_index([Article(title="Bài duy nhất")], folder)
        assert len({first.id, *(article.id for article in scan)}) == scan.total > 1


def test_a_scan_ends_with_an_error_where_the_index_was_closed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build_index(map(_numbered, range(120)), folder)
    index = open_index(folder)
    scan = index.scan(SearchRequest())
    next(iter(scan))
    index.close()
    with pytest.raises(IndexUnusableError, match="closed"):
        list(scan)


# Generations by name


def test_a_replaced_generation_is_opened_by_its_name_while_somebody_has_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "index"
    build_index([Article(title="Bài cũ")], folder)
    with open_index(folder) as old:
        build_index([Article(title="Bài mới")], folder)
        with open_index(folder, generation=old.generation) as again:
            assert again.generation == old.generation
            assert not again.current
            assert [hit.title for hit in again.search(SearchRequest()).hits] == ["Bài cũ"]
        name = old.generation
    build_index([Article(title="Bài mới nhất")], folder)
    with pytest.raises(GenerationGoneError, match="open the current one"):
        open_index(folder, generation=name)


@pytest.mark.parametrize("name", ["../manifest", "000001", "x" * 500, "000001-00000000", "\0"])
def test_a_generation_that_never_was_is_gone(tmp_path: Path, name: str) -> None:
    build_index([Article(title="Bài")], tmp_path / "index")
    with pytest.raises(GenerationGoneError):
        open_index(tmp_path / "index", generation=name)
