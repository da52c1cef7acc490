"""Building, changing and opening an index by its address."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article, sample_articles
from indexer import (
    BuildError,
    ForeignFolderError,
    GenerationGoneError,
    IndexLockedError,
    IndexMissingError,
    IndexVersionError,
    RequestError,
    SearchRequest,
    build_index,
    delete_articles,
    open_index,
    optimize_index,
    update_index,
)
from indexer.engines.opensearch.address import parse_address
from indexer.engines.opensearch.claims import claimed
from indexer.engines.opensearch.connection import Connection
from indexer.engines.opensearch.lifecycle import change_meta
from tests.indexer.engines.opensearch.nodes import ROOT

ARTICLES = list(sample_articles())


def connected(address: str) -> Connection:
    return Connection(parse_address(address))


def ids(address: str, query: str = "") -> list[str]:
    with open_index(address) as index:
        return [hit.id for hit in index.search(SearchRequest(query, size=100)).hits]


def numbered(count: int, start: int = 0) -> list[Article]:
    """Articles of which no two are alike."""
    return [
        Article(id=f"id-{n}", title=f"Tin số {n}", body=(f"Chuyện thứ {n} ở làng {n * 7}.",))
        for n in range(start, start + count)
    ]


def test_answers_are_those_of_an_index_in_a_folder(address: str, tmp_path: Path) -> None:
    build_index(ARTICLES, tmp_path / "index")
    report = build_index(ARTICLES, address)
    assert report.articles == len(ARTICLES)
    asked = [
        SearchRequest("bầu cử", facets=("source", "tag", "author"), timeline="month"),
        SearchRequest("cong ty may", collapse=True, facets=("topic",)),
        SearchRequest('"giá vàng" OR tàu', sort="newest"),
        SearchRequest("chuyển đổi số", filters={"section": ("kinh-te",)}, facets=("section",)),
        SearchRequest("tr* NEAR/3 đường", facets=("source",), facet_size=2),
        SearchRequest("", sort="oldest", offset=10, size=30),
        SearchRequest("nông thôn mới", recency=0.5),
    ]
    with open_index(address) as kept, open_index(tmp_path / "index") as own:
        for request in asked:
            found, expected = kept.search(request), own.search(request)
            assert [hit.id for hit in found.hits] == [hit.id for hit in expected.hits]
            assert [hit.snippet for hit in found.hits] == [hit.snippet for hit in expected.hits]
            scores = [hit.score for hit in expected.hits]
            assert [hit.score for hit in found.hits] == pytest.approx(scores, rel=1e-5)
            assert (found.total, found.stories) == (expected.total, expected.stories)
            assert (found.facets, found.timeline) == (expected.facets, expected.timeline)
        for typed in ("bau c", "thành ph", "hoa"):
            words = [s.text for s in kept.suggest(typed)]
            assert words == [s.text for s in own.suggest(typed)]
        for article in ARTICLES[:5]:
            assert kept.story(article.id) == own.story(article.id)
            related = [hit.id for hit in kept.related(article.id)]
            assert related == [hit.id for hit in own.related(article.id)]


def test_of_articles_with_one_id_the_last_one_is_kept(address: str) -> None:
    first, second = (Article(id="a", title=title) for title in ("Tin cũ", "Tin mới"))
    report = build_index([first, *numbered(3), second], address)
    assert (report.articles, report.duplicates) == (4, 1)
    with open_index(address) as index:
        found = index.article("a")
        assert found is not None
        assert found.title == "Tin mới"
        assert index.search(SearchRequest("cũ")).total == 0


def test_a_new_generation_takes_the_place_of_the_old_one_which_stays_open(address: str) -> None:
    build_index(numbered(3), address)
    with open_index(address) as old:
        assert old.current
        build_index(numbered(5), address)
        time.sleep(1.1)  # so long it is believed
        assert not old.current
        assert old.search(SearchRequest("tin")).total == 3
        with open_index(address, generation=old.generation) as again:
            assert again.article_count == 3
    with open_index(address) as new:
        assert new.article_count == 5
        assert new.generation > old.generation


@pytest.mark.parametrize("generation", ["00000007-000001", "..", "*", "1-x", ""])
def test_a_generation_that_never_was_is_gone(address: str, generation: str) -> None:
    build_index(numbered(1), address)
    with pytest.raises(GenerationGoneError):
        open_index(address, generation=generation)


def test_update_adds_and_replaces(address: str) -> None:
    build_index(numbered(5), address)
    changed = replace(numbered(1)[0], title="Tiêu đề khác hẳn")
    report = update_index([changed, *numbered(2, start=5)], address)
    assert (report.articles, report.added, report.replaced) == (7, 2, 1)
    assert ids(address, "tiêu đề khác hẳn") == ["id-0"]
    with open_index(address) as index:
        # Terms of what was replaced are gone, and those of what is new are there.
        assert index._engine.forms("han") == ["hẳn"]
        assert index._engine.frequencies(["số", "hẳn"]) == [6, 1]
        assert index._engine.expand("số", 5).total == 1


def test_terms_that_no_article_has_any_longer_are_gone(address: str) -> None:
    build_index([*numbered(3), Article(id="x", title="Độc nhất vô nhị")], address)
    delete_articles(["x", "nowhere"], address)
    with open_index(address) as index:
        assert index.article_count == 3
        assert index._engine.forms("nhat") == []
        assert index.article("x") is None


def test_deleted_article_can_be_added_again(address: str) -> None:
    build_index(numbered(3), address)
    delete_articles(["id-2"], address)
    update_index(numbered(1, start=2), address)
    assert sorted(ids(address, "tin")) == ["id-0", "id-1", "id-2"]


def test_withdrawn_articles_stay_out_of_updates_and_rebuilds(address: str) -> None:
    build_index(numbered(3), address)
    report = delete_articles(["id-1"], address, tombstone=True)
    assert (report.deleted, report.tombstones_added, report.articles) == (1, 1, 2)
    assert update_index(numbered(3), address).withdrawn == 1
    assert build_index(numbered(3), address).articles == 2


def test_reprints_are_found_and_told_anew_after_changes(address: str) -> None:
    build_index(ARTICLES, address)
    with open_index(address) as index:
        stories = [story for a in ARTICLES if (story := index.story(a.id))]
    first, *others = [a.id for a in next(s.articles for s in stories if len(s.articles) > 1)]
    delete_articles([first], address)
    with open_index(address) as index:
        told = index.story(others[0])
        assert told is not None
        assert [article.id for article in told.articles] == others


def test_optimize_keeps_the_articles(address: str) -> None:
    build_index(numbered(5), address)
    delete_articles(["id-0"], address)
    report = optimize_index(address)
    assert report.articles == 4
    assert sorted(ids(address)) == ["id-1", "id-2", "id-3", "id-4"]


def test_parts_that_are_written_apart_are_one_corpus_in_its_order(address: str) -> None:
    corpus = [*numbered(40), replace(numbered(1)[0], title="Tin số cuối")]
    for part in ("2/3", "1/3"):
        report = build_index(corpus, address, part=part)
        assert report.parts_missing == int(part[0])
        with pytest.raises(IndexMissingError):
            open_index(address)
    report = build_index(corpus, address, part="3/3")
    assert (report.parts_missing, report.articles) == (0, 40)
    # The last article has the id of the first one, and its place is that of the last.
    expected = [f"id-{n}" for n in range(1, 40)] + ["id-0"]
    assert ids(address) == expected


@pytest.mark.parametrize("part", ["0/3", "4/3", "3", "a/b", "1/0"])
def test_part_that_has_no_meaning_is_refused(address: str, part: str) -> None:
    with pytest.raises(RequestError, match="part"):
        build_index(numbered(3), address, part=part)


def test_part_of_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="OpenSearch"):
        build_index(numbered(3), tmp_path / "index", part="1/2")


_BUILDER = """
import sys
from indexer import build_index
from tests.indexer.engines.opensearch.test_building import numbered

def told(progress):
    print(progress.articles, flush=True)

build_index(numbered(4_000), sys.argv[1], on_progress=told)
"""


def test_build_that_is_killed_goes_on_without_loss_or_duplicate(address: str) -> None:
    command = [sys.executable, "-c", _BUILDER, address]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as builder:
        assert builder.stdout is not None
        for line in builder.stdout:
            if int(line) >= 1_500:
                builder.kill()
                break
    with pytest.raises(IndexMissingError):
        open_index(address)
    written: list[int] = []
    report = build_index(
        numbered(4_000), address, on_progress=lambda progress: written.append(progress.articles)
    )
    assert report.articles == 4_000
    assert report.duplicates == 0
    assert written[0] > 1_000  # it did not begin anew
    with open_index(address) as index:
        assert index.search(SearchRequest("tin số")).total == 4_000


def test_build_of_another_corpus_does_not_go_on_with_a_part_of_the_first(address: str) -> None:
    with pytest.raises(BuildError):
        build_index(_stopping(numbered(600)), address)
    build_index(numbered(3, start=1_000), address)
    assert len(ids(address)) == 3


def _stopping(articles: list[Article]) -> Iterator[Article]:
    yield from articles
    raise BuildError("stopped")


@pytest.mark.parametrize("aliased", [False, True])
def test_name_of_something_else_is_refused_before_anything_is_written(
    address: str, aliased: bool
) -> None:
    connection = connected(address)
    name = connection.address.name
    own = f"{name}-theirs-5" if aliased else name
    connection.request("PUT", f"/{own}", {"aliases": {name: {}}} if aliased else {})
    with pytest.raises(ForeignFolderError, match="left as it is"):
        build_index(numbered(2), address)
    assert list(connection.request("GET", f"/{name}*/_settings")) == [own]


def test_generation_itself_cannot_be_built_anew(address: str) -> None:
    build_index(numbered(2), address)
    with pytest.raises(ForeignFolderError, match="another name"):
        build_index(numbered(2), f"{address}-00000001")
    assert len(ids(address)) == 2


def test_second_writer_is_refused(address: str) -> None:
    build_index(numbered(3), address)
    connection = connected(address)
    index = next(iter(connection.request("GET", f"/_alias/{connection.address.name}")))
    holds = claimed(connection, index, "changes")
    with holds, pytest.raises(IndexLockedError, match=str(os.getpid())):
        update_index(numbered(1), address)
    update_index(numbered(1), address)


def test_an_empty_corpus_builds_nothing(address: str) -> None:
    build_index(numbered(2), address)
    with pytest.raises(BuildError, match="no article"):
        build_index([], address)
    assert len(ids(address)) == 2


def test_pattern_of_many_words_finds_all_of_them(address: str) -> None:
    words = [Article(id=f"w-{n}", title=f"x{n:04}") for n in range(1_500)]
    build_index(words, address, reprints=False)
    with open_index(address) as index:
        assert index.search(SearchRequest("x*")).total == 1_500


def test_nothing_there_is_told(address: str) -> None:
    with pytest.raises(IndexMissingError, match="timbao index"):
        open_index(address)


@pytest.mark.parametrize(
    ("change", "message"),
    [({"mapping": 99}, "another version"), ({"model": "0" * 64}, "another model")],
)
def test_index_of_another_version_or_model_is_refused(
    address: str, change: dict[str, object], message: str
) -> None:
    build_index(numbered(2), address)
    connection = connected(address)
    index = next(iter(connection.request("GET", f"/_alias/{connection.address.name}")))
    change_meta(connection, index, **change)
    with pytest.raises(IndexVersionError, match=message):
        open_index(address)
    with pytest.raises(IndexVersionError, match=message):
        update_index(numbered(1), address)
