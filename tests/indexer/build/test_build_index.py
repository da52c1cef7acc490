import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from corpus import Article, RecordError, SkippedRecord
from indexer import (
    BuildError,
    BuildProgress,
    Index,
    RequestError,
    SearchRequest,
    build_index,
    open_index,
)

ENOUGH_FOR_PROCESSES = 320


def many(count: int = ENOUGH_FOR_PROCESSES) -> list[Article]:
    return [
        Article(id=str(n), title=f"Bài số {n}", body=(f"Đường hoa dài {n % 7} km.",), source="A")
        for n in range(count)
    ]


def titles(index: Index) -> list[str]:
    """All titles in the order of the corpus, since none of the articles has a date."""
    return [hit.title for hit in index.search(SearchRequest(size=1000)).hits]


def write_lines(path: Path, *records: object) -> Path:
    lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with an index of one article, titled `cũ`."""
    folder = tmp_path / "index"
    build_index(Article(id="old", title="cũ"), folder)
    return folder


def assert_is_as_before(folder: Path) -> None:
    """The old index is searched, and nothing of a failed build is left beside it."""
    with open_index(folder) as index:
        assert titles(index) == ["cũ"]
        assert [entry.stem for entry in (folder / "generations").iterdir()] == [index.generation]
        assert len(list((folder / "segments").iterdir())) == 1


@pytest.fixture(scope="module")
def by_processes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Indexes of the same articles, built by one process and by two."""
    folders = {processes: tmp_path_factory.mktemp("processes") for processes in (1, 2)}
    for processes, folder in folders.items():
        build_index(many(), folder, processes=processes)
    return folders


@pytest.mark.parametrize("processes", [1, 2])
def test_order_of_the_corpus_is_kept(by_processes: dict[int, Path], processes: int) -> None:
    with open_index(by_processes[processes]) as index:
        assert titles(index) == [article.title for article in many()]


def test_processes_change_nothing_in_the_answers(by_processes: dict[int, Path]) -> None:
    answers = []
    for folder in by_processes.values():
        with open_index(folder) as index:
            found = index.search(SearchRequest("đường hoa", facets=("source",), size=400))
            answers.append((found.total, found.hits, found.facets))
    assert answers[0] == answers[1]


def test_last_article_of_an_id_is_kept(tmp_path: Path) -> None:
    articles = [Article(id="1", title="đầu"), Article(id="2", title="hai")]
    build_index([*articles, Article(id="1", title="cuối")], tmp_path)
    with open_index(tmp_path) as index:
        assert titles(index) == ["hai", "cuối"]


def test_replaced_article_is_not_found(tmp_path: Path) -> None:
    build_index([Article(id="1", title="đầu"), Article(id="1", title="cuối")], tmp_path)
    with open_index(tmp_path) as index:
        assert index.search(SearchRequest("đầu")).total == 0


def test_report_lists_duplicates_with_both_places(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", *({"id": "1", "title": t} for t in "abc"))
    report = build_index(file, tmp_path / "index")
    assert (report.articles, report.duplicates) == (1, 2)
    assert [(d.id, d.replaced, d.kept) for d in report.duplicate_examples] == [
        ("1", f"{file}:1", f"{file}:2"),
        ("1", f"{file}:2", f"{file}:3"),
    ]


def test_parts_of_all_kinds_are_read_in_their_order(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", {"title": "tệp"})
    folder = tmp_path / "folder"
    folder.mkdir()
    write_lines(folder / "b.jsonl", {"title": "thư mục"})
    build_index([Article(title="bài"), file, str(folder)], tmp_path / "index")
    with open_index(tmp_path / "index") as index:
        assert titles(index) == ["bài", "tệp", "thư mục"]


def test_limit_bounds_the_articles(tmp_path: Path) -> None:
    assert build_index(many(9), tmp_path, limit=5).articles == 5


@pytest.mark.parametrize(("option", "value"), [("processes", 0), ("limit", 0), ("limit", -1)])
def test_number_without_meaning_is_refused_by_its_name(
    tmp_path: Path, option: str, value: int
) -> None:
    options: dict[str, int] = {option: value}
    with pytest.raises(RequestError, match=option):
        build_index(many(1), tmp_path / "index", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "index").exists()


def test_skipped_records_are_counted_with_file_and_line(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", {"title": "a"}, "{broken", {"title": ""})
    skipped: list[SkippedRecord] = []
    report = build_index(file, tmp_path / "index", on_skip=skipped.append)
    assert (report.articles, report.skipped) == (1, 2)
    assert [(r.path, r.line) for r in report.skipped_examples] == [(file, 2), (file, 3)]
    assert tuple(skipped) == report.skipped_examples


def test_strict_build_stops_at_the_first_bad_record(old: Path, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", {"title": "a"}, "{broken")
    with pytest.raises(RecordError, match=r"a\.jsonl:2"):
        build_index(file, old, strict=True)
    assert_is_as_before(old)


def test_empty_corpus_is_an_error_and_leaves_the_old_index(old: Path) -> None:
    with pytest.raises(BuildError, match="no article"):
        build_index([], old)
    assert_is_as_before(old)


def test_corpus_of_bad_records_tells_how_many_were_skipped(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", {"title": ""}, {"title": ""})
    with pytest.raises(BuildError, match=r"records skipped 2, the first at .+a\.jsonl:1: title"):
        build_index(file, tmp_path / "index")


def test_progress_counts_articles_up_to_the_last(tmp_path: Path) -> None:
    seen: list[BuildProgress] = []
    build_index(many(200), tmp_path, on_progress=seen.append)
    counts = [progress.articles for progress in seen]
    assert len(counts) > 2
    assert counts == sorted(set(counts))
    assert counts[-1] == 200


def test_size_of_the_report_is_that_of_the_files(tmp_path: Path) -> None:
    report = build_index(many(3), tmp_path)
    folders = (tmp_path / "segments", tmp_path / "stories", tmp_path / "models")
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    files.append(tmp_path / "manifest.json")
    assert report.size_bytes == sum(file.stat().st_size for file in files)


def kill_a_worker(_progress: BuildProgress) -> None:
    for worker in multiprocessing.active_children():
        assert worker.pid
        with suppress(ProcessLookupError):  # it has died of the signal before
            os.kill(worker.pid, signal.SIGKILL)


def test_death_of_a_worker_ends_the_build_and_leaves_the_old_index(old: Path) -> None:
    with pytest.raises(BuildError, match="worker"):
        build_index(many(1500), old, processes=2, on_progress=kill_a_worker)
    assert_is_as_before(old)


def interrupt(_progress: BuildProgress) -> None:
    raise KeyboardInterrupt


def fail(_progress: BuildProgress) -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("stop", [interrupt, fail])
def test_error_in_a_callback_leaves_the_old_index(
    old: Path, stop: Callable[[BuildProgress], None]
) -> None:
    with pytest.raises((KeyboardInterrupt, ZeroDivisionError)):
        build_index(many(3), old, on_progress=stop)
    assert_is_as_before(old)


def test_no_worker_outlives_a_build_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as held:
        build_index(many(), tmp_path, processes=2, on_progress=fail)
    assert held.tb  # whoever logs the error keeps what it refers to
    assert multiprocessing.active_children() == []
