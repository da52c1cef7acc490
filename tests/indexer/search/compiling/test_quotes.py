"""Quotes in longer queries, which bind only where they stand with the other words."""

from collections.abc import Iterator

import pytest

from corpus import Article
from indexer import Index, SearchRequest, build_index, open_index

ARTICLES = (
    Article(id="street", title="Hoa nở trên đường phố Hà Nội"),
    Article(id="road", title="Kẹt xe trên xa lộ Bắc Nam"),
    Article(id="both", title="Hai chuyện", body=("đại ca giang hồ", "Hà Nội và Quang Rambo")),
    Article(id="one", title="Bắt vụ Hà Nội", body=("đại ca giang hồ ở vụ Hà Nội",)),
    Article(id="two", title="Bắt vụ Hà Nội", body=("Quang Rambo ở vụ Hà Nội",)),
    Article(id="said", title="Lãnh đạo tỉnh nói về dự án cảng biển", body=("sẽ làm đến cùng",)),
    Article(id="other", title="Lãnh đạo tỉnh nói", body=("quyết tâm cao độ với dự án",)),
    Article(
        id="spelled", title="Ủy ban nhân dân ta", body=("trồng cây gây rừng ở khu vườn xuân",)
    ),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("quotes")
    build_index(ARTICLES, folder)
    with open_index(folder) as opened:
        yield opened


def found(index: Index, text: str) -> tuple[set[str], list[str]]:
    """The articles that a text finds, and the parts of it that were taken apart."""
    result = index.search(SearchRequest(text))
    parts = [text[n.start : n.end] for n in result.notices if n.code == "phrase_nowhere"]
    return {hit.id for hit in result.hits}, parts


def test_quote_binds_where_it_stands_with_the_other_words(index: Index) -> None:
    assert found(index, '"đường phố" hoa') == ({"street"}, [])


def test_quote_that_stands_nowhere_with_the_other_words_is_taken_apart(index: Index) -> None:
    text = '"lộ trên" xe kẹt'
    assert found(index, text) == ({"road"}, ['"lộ trên"'])


def test_quote_in_a_headline_that_stands_with_most_of_its_words_only_is_taken_apart(
    index: Index,
) -> None:
    text = 'lãnh đạo tỉnh nói về dự án cảng biển "quyết tâm"'
    assert found(index, text) == ({"said", "other"}, ['"quyết tâm"'])


def test_quote_beside_few_words_binds_where_it_stands_with_most_of_them(index: Index) -> None:
    assert found(index, 'lãnh đạo tỉnh biển "quyết tâm"') == ({"other"}, [])


def test_quote_binds_where_an_article_has_it_and_all_the_other_words(index: Index) -> None:
    assert found(index, 'lãnh đạo tỉnh nói dự án "quyết tâm"') == ({"other"}, [])


def test_quote_after_a_plus_is_never_taken_apart(index: Index) -> None:
    assert found(index, 'lãnh đạo tỉnh nói về dự án cảng biển +"quyết tâm"') == ({"other"}, [])


def test_quote_by_itself_is_not_taken_apart(index: Index) -> None:
    assert found(index, '"lộ trên"') == (set(), [])


def test_quotes_that_stand_nowhere_together_are_all_taken_apart(index: Index) -> None:
    ids, apart = found(index, 'bắt vụ Hà Nội "giang hồ" "Quang Rambo"')
    assert apart == ['"giang hồ"', '"Quang Rambo"']
    assert ids


def test_words_of_a_quote_that_is_taken_apart_stand_beside_the_next_one(index: Index) -> None:
    text = 'lãnh đạo tỉnh nói dự án "không có" "quyết tâm"'
    ids, apart = found(index, text)
    assert apart == ['"không có"', '"quyết tâm"']
    assert "said" in ids


def test_quote_binds_beside_an_abbreviation_that_its_article_spells_out(index: Index) -> None:
    text = '"gây rừng" UBND ta trồng cây khu vườn'
    assert found(index, text) == ({"spelled"}, [])
