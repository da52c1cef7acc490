import gzip
import io
import json
import logging
import os
import random
import threading
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import (
    PathError,
    RecordError,
    SkippedRecord,
    corpus_size,
    read_articles,
    read_records,
)


def jsonl(*titles: str) -> bytes:
    return "".join(json.dumps({"title": title}) + "\n" for title in titles).encode()


def titles(path: Path) -> list[str]:
    skipped: list[SkippedRecord] = []
    found = [article.title for article in read_articles(path, on_skip=skipped.append)]
    assert not skipped
    return found


def skips(path: Path) -> list[str]:
    skipped: list[SkippedRecord] = []
    list(read_articles(path, on_skip=skipped.append))
    return [str(skip).removeprefix(f"{path}{os.sep}") for skip in skipped]


def test_tree_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.jsonl").write_bytes(jsonl("1"))
    (tmp_path / "b" / "x.txt").write_text("2\nMột đoạn.")
    (tmp_path / "c.gz").write_bytes(gzip.compress(jsonl("3")))
    (tmp_path / "d").write_bytes(zstandard.compress(jsonl("4")) * 2)
    assert titles(tmp_path) == ["1", "2", "3", "4", "4"]


def test_hidden_files_and_documentation_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("x")
    for name in (".x.txt", "README.md", "README", "LICENSE.txt"):
        (tmp_path / name).write_text("Tiêu đề")
    assert titles(tmp_path) == []


def test_single_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / ".README").write_text("Tiêu đề")
    assert titles(tmp_path / ".README") == ["Tiêu đề"]


def test_path_may_be_a_string(tmp_path: Path) -> None:
    assert list(read_articles(str(tmp_path))) == []


def test_links_in_a_circle_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1")
    (tmp_path / "b").symlink_to(tmp_path, target_is_directory=True)
    assert titles(tmp_path) == ["1"]


def test_linked_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("1")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "link").symlink_to(tmp_path / "elsewhere")
    assert titles(tmp_path / "corpus") == ["1"]


def test_link_to_nothing_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "none")
    assert skips(tmp_path) == ["a.txt: cannot be read: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert skips(tmp_path) == ["pipe: not a regular file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_that_is_asked_for_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(jsonl("1"),))
    writer.start()
    assert titles(tmp_path / "pipe") == ["1"]
    writer.join()


def test_links_that_point_to_each_other_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert [skip[:18] for skip in skips(tmp_path)] == ["a: cannot be read:", "b: cannot be read:"]


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_dash_is_standard_input(compress: type[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(compress(jsonl("1", "", "3"))))
    monkeypatch.setattr("sys.stdin", piped)
    skipped: list[SkippedRecord] = []
    records = list(read_records("-", on_skip=skipped.append))
    assert [record.location for record in records] == ["standard input:1", "standard input:3"]
    assert [skip.line for skip in skipped] == [2]
    assert corpus_size("-") == 0


def test_closed_standard_input_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(RecordError, match="standard input: cannot be read: it is closed"):
        list(read_articles("-", strict=True))


def test_file_that_is_named_like_standard_input_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_bytes(jsonl("1"))
    assert titles(Path("./-").resolve()) == titles(Path()) == ["1"]


def test_files_of_other_forms_are_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert skips(tmp_path) == [
        "a.txt: is empty",
        "b.png: binary data, not text: byte 0x00 at position 8",
    ]


@pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
def test_cut_off_file_gives_what_it_has_and_the_next_is_read(
    tmp_path: Path, compress: type[bytes]
) -> None:
    whole = compress(jsonl(*map(str, range(200_000))))
    (tmp_path / "a").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "b.jsonl").write_bytes(jsonl("last"))
    skipped: list[SkippedRecord] = []
    found = [article.title for article in read_articles(tmp_path, on_skip=skipped.append)]
    assert found[-1] == "last"
    assert found[:-1] == [str(number) for number in range(len(found) - 1)]
    assert len(found) > 50_000
    assert ["ends early" in skip.reason for skip in skipped] == [True]


def test_record_says_from_where_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl("1", "2"))
    assert [record.location for record in read_records(path)] == [f"{path}:1", f"{path}:2"]


def test_bad_record_is_reported_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl("1", "", "3"))
    assert skips(tmp_path) == ["a.jsonl:2: title: is empty; an article needs a headline"]


def test_bad_record_is_logged_when_nobody_asks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl("1", ""))
    list(read_articles(tmp_path))
    assert [(r.name, r.levelno) for r in caplog.records] == [("corpus", logging.WARNING)]
    assert "a.jsonl:2: title" in caplog.text


def test_strict_reading_stops_at_the_first_bad_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl("1", "", "3"))
    articles = read_articles(tmp_path, strict=True)
    assert next(articles).title == "1"
    with pytest.raises(RecordError) as caught:
        next(articles)
    assert (caught.value.path.name, caught.value.line) == ("a.jsonl", 2)


def test_limit_counts_articles_and_not_what_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl("", "1", "", "2", "3"))
    found = read_articles(tmp_path, limit=2, on_skip=lambda _: None)
    assert [article.title for article in found] == ["1", "2"]


@pytest.mark.parametrize("name", ["none", "a\0b"])
def test_missing_corpus_is_an_error_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(PathError, match="cannot read"):
        read_articles(tmp_path / name)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([b"", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"{", b"Ngu\xe1\xbb\x93n "]),
    st.binary(max_size=200),
)
def test_any_bytes_are_read_without_a_crash(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(start + rest)
    list(read_articles(path, on_skip=lambda _: None))


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.zst"
    chance = random.Random(1)
    with path.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as stream:
        for number in range(8_000):
            record = {"title": str(number), "body": [chance.randbytes(1000).hex()]}
            stream.write(json.dumps(record).encode() + b"\n")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_articles(path)) == 8_000
        assert tracemalloc.get_traced_memory()[1] < 4 << 20  # of 16 MB
    finally:
        tracemalloc.stop()


def test_folder_that_is_left_out_is_neither_read_nor_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl("a"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.jsonl").write_bytes(jsonl("c"))
    records = read_records(tmp_path, leave_out=tmp_path / "b", strict=True)
    assert [record.article.title for record in records] == ["a"]
    assert corpus_size(tmp_path, leave_out=tmp_path / "b") == len(jsonl("a"))
