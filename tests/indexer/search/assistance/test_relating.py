from pathlib import Path

import pytest

from corpus import Article
from indexer import Index, SearchRequest, build_index, delete_articles, open_index, update_index
from tests.indexer.reprinted import open_told

TEXTS = {
    "vàng 1": "Giá vàng miếng lập đỉnh, người dân xếp hàng mua vàng ở tiệm.",
    "vàng 2": "Tiệm vàng đông khách, giá vàng miếng tăng mạnh trong tuần.",
    "lúa 1": "Nông dân Cà Mau lo mặn vào sâu, lúa chết khô trên ruộng.",
    "lúa 2": "Mặn vào sâu, ruộng lúa ở Cà Mau cháy khô, nông dân bỏ vụ.",
}
ELSE = ["Trận bóng đá chiều nay hòa.", "Trường làng khai giảng sớm.", "Xe buýt đổi tuyến."] * 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = [Article(id=name, title="Tin", body=(text,)) for name, text in TEXTS.items()]
    articles += [Article(id=f"khác {n}", title="Tin", body=(text,)) for n, text in enumerate(ELSE)]
    build_index(articles, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("topic", ["vàng", "lúa"])
def test_the_article_that_shares_rare_words_comes_first(folder: Path, topic: str) -> None:
    with open_index(folder) as index:
        assert index.related(f"{topic} 1")[0].id == f"{topic} 2"


def test_an_article_is_not_related_to_itself(sample_index: Index) -> None:
    asked = _any_id(sample_index)
    found = [hit.id for hit in sample_index.related(asked, 50)]
    assert found
    assert asked not in found


def _any_id(index: Index) -> str:
    return index.search(SearchRequest("")).hits[0].id


def test_no_more_are_given_than_asked_for(sample_index: Index) -> None:
    for size in range(4):
        assert len(sample_index.related(_any_id(sample_index), size)) <= size


def test_an_article_that_is_not_there_has_no_relatives(folder: Path) -> None:
    with open_index(folder) as index:
        assert list(index.related("không có")) == []


def test_a_deleted_article_is_related_to_nothing(folder: Path) -> None:
    delete_articles(["vàng 2"], folder)
    with open_index(folder) as index:
        assert "vàng 2" not in [hit.id for hit in index.related("vàng 1", 50)]
        assert list(index.related("vàng 2")) == []


def test_reprints_of_an_article_are_not_among_those_related_to_it(folder: Path) -> None:
    with open_told(folder, {"vàng 2": "vàng 1"}) as index:
        for own in ("vàng 1", "vàng 2"):
            found = [hit.id for hit in index.related(own, 50)]
            assert "vàng 1" not in found
            assert "vàng 2" not in found


def test_of_a_story_that_is_related_one_article_is_given(folder: Path) -> None:
    # A word that a tenth of all articles hold relates nothing.
    fillers = [Article(id=f"thêm {n}", title="Tin") for n in range(10)]
    update_index([Article(id="vàng 3", title="Tin", body=(TEXTS["vàng 2"],)), *fillers], folder)
    with open_told(folder, {}) as index:
        assert {hit.id for hit in index.related("vàng 1", 2)} == {"vàng 2", "vàng 3"}
    with open_told(folder, {"vàng 3": "vàng 2"}) as index:
        first, *others = index.related("vàng 1", 50)
        assert first.id in {"vàng 2", "vàng 3"}
        assert not {"vàng 2", "vàng 3"}.intersection(hit.id for hit in others)
