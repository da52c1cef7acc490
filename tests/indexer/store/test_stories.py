"""The stories of an index, through builds, updates, deletions and merges."""

import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Article, sample_articles
from indexer import (
    DamagedIndexError,
    ReprintFigures,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from indexer.as_whoosh import whoosh_index
from indexer.store.snapshot import open_snapshot
from tests.indexer.reprints.articles import article, told

Stories = dict[str, str]


def stories_at(folder: Path) -> Stories:
    """Give for each article that is not the earliest of its story the id of the one that is."""
    with open_snapshot(folder) as snapshot:
        earliest = snapshot.earliest()
        assert earliest is not None
        ids = [
            segment.article(number).id
            for segment in snapshot.segments
            for number in range(len(segment))
        ]
        gone = np.concatenate(
            [
                np.zeros(len(segment), bool) if deleted is None else deleted
                for segment, deleted in zip(snapshot.segments, snapshot.deleted, strict=True)
            ]
        )
        later = np.flatnonzero(earliest != np.arange(len(ids)))
        assert not gone[later].any()
        assert not gone[earliest[later]].any()
        return {ids[number]: ids[earliest[number]] for number in later.tolist()}


def living_at(folder: Path) -> list[Article]:
    """Give the articles of an index in their order."""
    with open_snapshot(folder) as snapshot:
        return [
            segment.article(number)
            for segment, deleted in zip(snapshot.segments, snapshot.deleted, strict=True)
            for number in range(len(segment))
            if deleted is None or not deleted[number]
        ]


def rebuilt(articles: Iterable[Article]) -> Stories:
    with tempfile.TemporaryDirectory() as folder:
        build_index(articles, Path(folder))
        return stories_at(Path(folder))


A = article(1, published="2021-04-08")
COPY = told("copy", A.body, "2021-04-09")
CUT = told("cut", A.body[:3], "2021-04")
B = article(2)


def test_the_reprints_of_the_sample_corpus_are_found_and_nothing_else(tmp_path: Path) -> None:
    articles = list(sample_articles())
    build_index(articles, tmp_path)
    titles = {one.id: one.title.split(":")[0] for one in articles}
    found = {titles[id_]: titles[first] for id_, first in stories_at(tmp_path).items()}
    assert found == {
        "Một huyện miền Trung quyết giảm thời gian chờ của dân xuống 20 phút": "Lệ Sơn",
        "Dân vùng mặn Bến Tre trả 120.000 đồng cho một khối nước ngọt": (
            "Mặn vào sâu 68 km, hơn 14.000 hộ dân Thạnh Lợi thiếu nước ngọt"
        ),
        "Lạc bước ở đầm Hạ Cảnh mùa nước cạn": "Về đầm Hạ Cảnh nghe tiếng nước rút",
        "Tới đầm phá miền Trung, ăn cá kình nấu khế": "Về đầm Hạ Cảnh nghe tiếng nước rút",
        "Ảnh nhiệt và thuật toán giúp kiểm lâm đến trước ngọn lửa": (
            "Máy bay không người lái canh lửa cho rừng khộp"
        ),
        "Tôm hùm đến lứa mà bè vẫn vắng người mua": (
            "Hơn 300 tấn tôm hùm chờ người mua giữa mùa bão"
        ),
        "Bữa sáng 15.000 đồng để công nhân TPHCM khoẻ hơn": (
            "Công nhân TP.HCM mất sức khỏe vì bữa ăn qua loa"
        ),
    }


def test_the_earliest_is_by_the_first_day_known(tmp_path: Path) -> None:
    build_index([COPY, A, CUT, B], tmp_path)
    assert stories_at(tmp_path) == {"copy": "cut", "1": "cut"}


def test_an_earlier_article_that_comes_later_takes_over(tmp_path: Path) -> None:
    build_index([COPY, A, B], tmp_path)
    assert stories_at(tmp_path) == {"copy": "1"}
    update_index([CUT], tmp_path)
    assert stories_at(tmp_path) == {"copy": "cut", "1": "cut"}


def test_when_the_earliest_is_deleted_the_next_one_takes_over(tmp_path: Path) -> None:
    build_index([COPY, A, CUT, B], tmp_path)
    delete_articles(["cut"], tmp_path)
    assert stories_at(tmp_path) == {"copy": "1"}
    delete_articles(["1"], tmp_path)
    assert stories_at(tmp_path) == {}


def test_an_article_that_was_rewritten_leaves_its_story(tmp_path: Path) -> None:
    build_index([A, COPY, B], tmp_path)
    update_index([told("copy", article(7).body)], tmp_path)
    assert stories_at(tmp_path) == {}


def test_a_merge_keeps_stories(tmp_path: Path) -> None:
    build_index([B, *(article(n) for n in range(20, 40)), A], tmp_path)
    update_index([COPY], tmp_path)
    update_index([CUT], tmp_path)
    delete_articles([B.id], tmp_path)
    before = stories_at(tmp_path)
    optimize_index(tmp_path)
    assert stories_at(tmp_path) == before == {"copy": "cut", "1": "cut"}


def test_a_writer_of_whoosh_keeps_stories(tmp_path: Path) -> None:
    build_index([A, B], tmp_path)
    writer = whoosh_index(tmp_path).writer()
    writer.add_document(id="copy", title="Hai", body="\n\n".join(A.body))
    writer.commit()
    assert stories_at(tmp_path) == {"copy": "1"}


def test_two_articles_printed_as_one_do_not_weld_two_stories(tmp_path: Path) -> None:
    both = told("both", (*A.body, *B.body))
    build_index([A, B, both, COPY], tmp_path)
    assert stories_at(tmp_path) == {"copy": "1", "both": "1"}


_POOL: Sequence[Article] = [
    version
    for number in range(4)
    for base in [article(100 + number, paragraphs=3)]
    for version in (
        base,
        told(f"{number}-a", base.body, "2020-05-01"),
        told(f"{number}-b", base.body[:2], "2020-04"),
        told(f"{number}-c", (*base.body, article(200 + number).body[0]), "2020-04-30"),
        told(f"{number}-d", (*base.body, *article(100 + (number + 1) % 4, 3).body)),
    )
]
_BY_ID = {one.id: one for one in _POOL}
_changes = st.lists(
    st.one_of(
        st.tuples(st.just("update"), st.sets(st.sampled_from(sorted(_BY_ID)), min_size=1)),
        # The id stays, and the text is another one.
        st.tuples(st.just("replace"), st.sets(st.sampled_from(sorted(_BY_ID)), max_size=3)),
        st.tuples(st.just("delete"), st.sets(st.sampled_from(sorted(_BY_ID)), max_size=5)),
        st.tuples(st.just("optimize"), st.just(frozenset[str]())),
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sets(st.sampled_from(sorted(_BY_ID)), min_size=1), _changes, st.randoms())
def test_after_any_changes_stories_are_those_of_a_rebuild(
    first: set[str], changes: list[tuple[str, set[str]]], chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_index([_BY_ID[one] for one in sorted(first)], folder)
        for kind, ids in changes:
            named = sorted(ids)
            chance.shuffle(named)
            if kind == "update":
                update_index([_BY_ID[one] for one in named], folder)
            elif kind == "replace":
                other = chance.sample(_POOL, len(named))
                texts = zip(named, other, strict=True)
                update_index([told(one, text.body) for one, text in texts], folder)
            elif kind == "delete":
                kept = {one.id for one in living_at(folder)} - ids
                if kept:
                    delete_articles(named, folder)
            else:
                optimize_index(folder)
        assert stories_at(folder) == rebuilt(living_at(folder))
        assert check_index(folder) == []


def test_reports_and_info_tell_how_many_reprints_there_are(tmp_path: Path) -> None:
    report = build_index([A, B, COPY], tmp_path)
    assert report.reprints == ReprintFigures(1, 1, {2: 1})
    assert report.to_dict()["reprints"] == {"clusters": 1, "reprints": 1, "sizes": {2: 1}}
    other = told("other", B.body)
    assert update_index([CUT, other], tmp_path).reprints == ReprintFigures(2, 3, {2: 1, 3: 1})
    assert index_info(tmp_path).reprints == ReprintFigures(2, 3, {2: 1, 3: 1})


def test_an_index_without_reprints_tells_none_and_its_updates_too(tmp_path: Path) -> None:
    assert build_index([A], tmp_path, reprints=False).reprints is None
    assert update_index([COPY], tmp_path).reprints is None
    delete_articles(["1"], tmp_path)
    optimize_index(tmp_path)
    assert index_info(tmp_path).reprints is None
    assert check_index(tmp_path) == []


def test_stories_of_another_generation_are_damage(tmp_path: Path) -> None:
    build_index([A, B, COPY], tmp_path / "one")
    build_index([A, COPY, B], tmp_path / "two")
    (one,) = (tmp_path / "one" / "stories").iterdir()
    (two,) = (tmp_path / "two" / "stories").iterdir()
    one.write_bytes(two.read_bytes())
    with pytest.raises(DamagedIndexError, match="is not the file that was written"):
        open_index(tmp_path / "one")
    assert len(check_index(tmp_path / "one")) == 1
