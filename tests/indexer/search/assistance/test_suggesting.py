import random
import shutil
from collections.abc import Sequence
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, read_articles
from indexer import (
    Index,
    SearchRequest,
    SuggestionKind,
    build_index,
    delete_articles,
    open_index,
    optimize_index,
    update_index,
)
from indexer.analysis import bare_form, beginnings, can_complete, tokenize
from indexer.store.snapshot import open_snapshot


def shown(index: Index, typed: str, size: int = 8) -> list[str]:
    return [suggestion.text for suggestion in index.suggest(typed, size)]


def make(folder: Path, titles: Sequence[str], body: str = "") -> Path:
    build_index([Article(id=str(n), title=t, body=(body,)) for n, t in enumerate(titles)], folder)
    return folder


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real") / "index"
    build_index(
        list(islice(read_articles(shared_data / "data" / "vietnews.jsonl.zst"), 400)), folder
    )
    return folder


@pytest.mark.parametrize("typed", ["", "   ", "?!", "x" * 5_000])
def test_nothing_is_suggested_where_nothing_is_typed(sample_index: Index, typed: str) -> None:
    assert list(sample_index.suggest(typed)) == []


def test_no_more_is_suggested_than_asked_for(sample_index: Index) -> None:
    for size in range(5):
        assert len(sample_index.suggest("t", size)) == size


@given(typed=st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáạ AB.,\"'-\u0301", max_size=12))
def test_suggestions_have_the_typed_syllables(sample_index: Index, typed: str) -> None:
    tokens = list(tokenize(typed))
    for suggestion in sample_index.suggest(typed):
        words = [bare_form(token.text) for token in tokenize(suggestion.text)]
        *whole, last = (bare_form(token.text) for token in tokens)
        begun = [bare_form(one) for one in beginnings(typed[tokens[-1].start : tokens[-1].end])]
        runs = [words[n : n + len(tokens)] for n in range(len(words) - len(tokens) + 1)]
        assert any(
            run[:-1] == whole and (run[-1] == last or run[-1].startswith(tuple(begun)))
            for run in runs
        )


def test_marks_are_free_where_none_are_typed(tmp_path: Path) -> None:
    with open_index(make(tmp_path / "index", ["Đường phố đêm", "Dương Phổ"])) as index:
        assert {"Đường phố đêm", "Dương Phổ"} <= set(shown(index, "duong ph"))


def test_typed_marks_bind(tmp_path: Path) -> None:
    with open_index(make(tmp_path / "index", ["Đường phố đêm", "Dương Phổ"])) as index:
        assert "Dương Phổ" not in shown(index, "đuong ph")
        assert "Đường phố đêm" in shown(index, "đuong ph")
        assert "Đường phố đêm" not in shown(index, "dương ph")


def test_exact_marks_come_first(tmp_path: Path) -> None:
    titles = ["Công ty máy móc", "Công ty máy kéo", "Công ty may mặc"]
    with open_index(make(tmp_path / "index", titles)) as index:
        found = shown(index, "công ty may", 12)
        assert found.index("Công ty may mặc") < found.index("Công ty máy móc")


def test_a_space_ends_the_last_syllable(tmp_path: Path) -> None:
    with open_index(make(tmp_path / "index", ["Hoa hồng", "Hoan nghênh đội bạn"])) as index:
        assert "Hoan nghênh đội bạn" in shown(index, "hoa")
        assert "Hoan nghênh đội bạn" not in shown(index, "hoa ")


def test_a_later_word_of_a_title_may_be_typed(tmp_path: Path) -> None:
    with open_index(make(tmp_path / "index", ["Hải Phòng đón tàu ở cảng nước sâu"])) as index:
        title = "Hải Phòng đón tàu ở cảng nước sâu"
        assert title in shown(index, "cảng nước s")
        assert title not in shown(index, "cang sau")


def test_a_title_comes_with_its_article(tmp_path: Path) -> None:
    with open_index(make(tmp_path / "index", ["Giá vàng lập đỉnh", "Sông Mê Kông"])) as index:
        (title,) = (s for s in index.suggest("sông mê k") if s.kind is SuggestionKind.TITLE)
        assert (title.article_id, title.text) == ("1", "Sông Mê Kông")
        assert all(
            s.article_id is None for s in index.suggest("s") if s.kind is not SuggestionKind.TITLE
        )


def test_an_article_in_the_place_of_a_title_is_not_suggested(tmp_path: Path) -> None:
    folder = make(tmp_path / "index", ["Sông Hồng " + "mùa nước nổi " * 100, "Sông Hồng cạn"])
    with open_index(folder) as index:
        assert "Sông Hồng cạn" in shown(index, "sông hồng")
        assert max(map(len, shown(index, "sông hồng", 50))) < 100


def test_a_title_printed_twice_is_one_suggestion(tmp_path: Path) -> None:
    with open_index(
        make(tmp_path / "index", ["Giá vàng lập đỉnh!", "Giá vàng lập đỉnh!"])
    ) as index:
        titles = [s for s in index.suggest("giá v", 20) if s.kind is SuggestionKind.TITLE]
        assert [title.count for title in titles] == [2]


def test_the_more_frequent_word_comes_first(tmp_path: Path) -> None:
    body = "bầu cử bầu cử bầu cử bầu bí"
    with open_index(make(tmp_path / "index", ["Tin"], body)) as index:
        found = shown(index, "bau ")
        assert found.index("bầu cử") < found.index("bầu bí")


def test_titles_of_deleted_articles_are_never_suggested(tmp_path: Path) -> None:
    titles = [f"Sông Mê Kông mùa nước nổi {number}" for number in range(9)]
    folder = make(tmp_path / "index", titles)
    delete_articles(["4"], folder)
    with open_index(folder) as index:
        found = shown(index, "sông mê kông mùa", 50)
    assert set(titles) - set(found) == {titles[4]}


def test_words_that_only_deleted_articles_had_are_not_suggested_once_it_is_optimized(
    real: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(real, folder)
    with open_index(folder) as index:
        withdrawn = [hit.id for hit in index.search(SearchRequest('"tiền sự"', size=50)).hits]
        assert 1 < len(withdrawn) < 50
        assert "tiền sự" in words(index, "tiền s")
    delete_articles(withdrawn, folder)
    optimize_index(folder)
    with open_index(folder) as index:
        found = words(index, "tiền s")
        assert "tiền sự" not in found
        assert found
        for word in found:
            assert index.search(SearchRequest(f'"{word}"')).total > 0


def words(index: Index, typed: str) -> list[str]:
    found = index.suggest(typed, 20)
    return [one.text for one in found if one.kind is not SuggestionKind.TITLE]


def test_segments_are_answered_together(tmp_path: Path) -> None:
    folder = make(tmp_path / "index", [f"Bầu cử ở xã {n}" for n in "abcdefgh"], "bầu cử " * 3)
    update_index([Article(id="new", title="Bầu cử sớm", body=("bầu cử",))], folder)
    with open_index(folder) as index:
        found = index.suggest("bầu c", 20)
        assert index.suggest("bầu cử sớ")[0].article_id == "new"
    (word,) = (s for s in found if s.kind is SuggestionKind.WORD and s.text.lower() == "bầu cử")
    assert word.count == 8 * 4 + 2


def test_every_beginning_of_a_real_title_suggests_it_in_the_end(real: Path) -> None:
    chance = random.Random(2)
    with open_index(real) as index, open_snapshot(real) as snapshot:
        (segment,) = snapshot.segments
        for number in chance.sample(range(len(segment)), 40):
            title = segment.article(number).title
            start = chance.choice([t.start for t in tokenize(title)][:3])
            typed = title[start:]
            for text in (typed, bare_form(typed.lower())):
                assert title in shown(index, text)


def test_suggested_words_are_those_of_real_articles(real: Path) -> None:
    with open_index(real) as index:
        for suggestion in index.suggest("công a", 20):
            tokens = [token.text for token in tokenize(suggestion.text)]
            assert any(
                first == "công" and can_complete("a", second) for first, second in pairwise(tokens)
            )
