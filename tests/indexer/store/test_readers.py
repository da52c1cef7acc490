import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import Article
from indexer import (
    BuildProgress,
    IndexLockedError,
    build_index,
    check_index,
    delete_articles,
    open_index,
    optimize_index,
    update_index,
)
from indexer.store.transaction import begin_writing
from tests.indexer.store.states import QUERIES, answer_of, state_at, state_of

Articles = Sequence[Article]


def fail(_: BuildProgress) -> None:
    raise ZeroDivisionError


def test_threads_that_share_an_index_get_the_answers_of_one_alone(index_folder: Path) -> None:
    with open_index(index_folder) as alone:
        expected = {query: answer_of(alone, query) for query in QUERIES}
    work = list(QUERIES) * 30
    with open_index(index_folder) as shared, ThreadPoolExecutor(8) as pool:
        # The first queries meet an index whose caches are all empty.
        barrier = threading.Barrier(8)
        list(pool.map(lambda _: barrier.wait(), range(8)))
        answers = list(pool.map(lambda query: answer_of(shared, query), work))
    assert answers == [expected[query] for query in work]


def test_threads_read_articles_of_one_index_at_once(
    index_folder: Path, articles: Articles
) -> None:
    wanted = list(articles[1:60]) * 10
    with open_index(index_folder) as index, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda article: index.article(article.id), wanted))
    assert found == wanted


def test_a_reader_is_untouched_by_what_writers_do_behind_it(
    index_folder: Path, articles: Articles
) -> None:
    with open_index(index_folder) as index:
        before = state_of(index)
        update_index(articles[60:], index_folder)
        delete_articles([article.id for article in articles[:30]], index_folder)
        optimize_index(index_folder)
        build_index(articles[:5], index_folder)
        assert not index.current
        assert state_of(index) == before
        assert index.article(articles[40].id) == articles[40]
    assert state_at(index_folder) != before


def test_the_files_of_a_reader_stay_until_it_is_closed(
    index_folder: Path, articles: Articles
) -> None:
    with open_index(index_folder):
        old = set((index_folder / "segments").iterdir())
        build_index(articles[:5], index_folder)
        assert old < set((index_folder / "segments").iterdir())
    update_index(articles[5], index_folder)
    assert not old & set((index_folder / "segments").iterdir())


def test_without_readers_only_the_current_generation_stays(
    index_folder: Path, articles: Articles
) -> None:
    build_index(articles[:5], index_folder)
    for folder in "generations", "segments", "models", "tombstones":
        assert len(list((index_folder / folder).iterdir())) == 1
    assert list((index_folder / "deletions").iterdir()) == []


def test_a_reader_that_was_killed_holds_nothing(index_folder: Path, articles: Articles) -> None:
    program = (
        "import sys, time\n"
        "from indexer import open_index\n"
        "index = open_index(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", program, str(index_folder)]
    old = set((index_folder / "segments").iterdir())
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as child:
        assert child.stdout
        assert child.stdout.readline() == b"open\n"
        build_index(articles[:5], index_folder)
        assert old < set((index_folder / "segments").iterdir())
        os.kill(child.pid, signal.SIGKILL)
    update_index(articles[5], index_folder)
    assert not old & set((index_folder / "segments").iterdir())


def test_readers_that_open_while_writers_replace_always_find_a_whole_generation(
    tmp_path: Path, articles: Articles
) -> None:
    build_index(articles[:12], tmp_path / "index")
    stop = threading.Event()

    def read() -> set[int]:
        counts = set()
        while not stop.is_set():
            with open_index(tmp_path / "index") as index:
                total = answer_of(index, "")[0]
                assert total == index.article_count
                counts.add(total)
        return counts

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for round_ in range(6):
                delete_articles([articles[round_].id], tmp_path / "index")
                update_index(articles[round_], tmp_path / "index")
                optimize_index(tmp_path / "index")
        finally:
            stop.set()
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {11, 12}


def test_a_second_writer_is_told_who_writes(index_folder: Path, articles: Articles) -> None:
    with begin_writing(index_folder):
        for write in (
            lambda: update_index(articles[:1], index_folder),
            lambda: build_index(articles[:1], index_folder),
            lambda: delete_articles([articles[1].id], index_folder),
            lambda: optimize_index(index_folder),
        ):
            with pytest.raises(IndexLockedError, match=f"process {os.getpid()} on "):
                write()
    assert check_index(index_folder) == []


def test_the_lock_is_free_after_a_failed_write(index_folder: Path, articles: Articles) -> None:
    with pytest.raises(ZeroDivisionError):
        update_index(articles[3:4], index_folder, on_progress=fail)
    assert update_index(articles[3:4], index_folder).replaced == 1


def test_a_failed_write_leaves_no_files(index_folder: Path, articles: Articles) -> None:
    before = set(index_folder.rglob("*"))
    with pytest.raises(ZeroDivisionError):
        update_index(articles[3:5], index_folder, on_progress=fail)
    assert set(index_folder.rglob("*")) == before
