"""`timbao export`, as a process of its own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from corpus import read_articles
from indexer import SearchRequest, open_index
from tests.webapp.process import timbao


def test_everything_that_a_search_finds_is_written_in_its_order(
    sample_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "found.jsonl"
    done = timbao("export", "nước", "--index", sample_index, "-o", path)
    assert (done.returncode, done.stdout) == (0, "")
    with open_index(sample_index) as index:
        expected = index.search(SearchRequest("nước", size=1000))
    assert [article.id for article in read_articles(path)] == [hit.id for hit in expected.hits]
    assert f"{expected.total} articles" in done.stderr
    assert list(tmp_path.iterdir()) == [path]


def test_standard_output_takes_it_too(sample_index: Path) -> None:
    done = timbao(
        *("export", "", "--index", sample_index, "--section", "y-te"),
        *("--sort", "oldest", "--format", "csv"),
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["section"] for row in rows} == {"y-te"}
    days = [row["published"] for row in rows if row["published"]]
    assert days == sorted(days)


def test_a_table_for_spreadsheets_has_a_byte_order_mark(
    sample_index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "found.csv"
    timbao("export", "nước", "--index", sample_index, "--format", "csv", "--bom", "-o", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,title,")


def test_nothing_found_writes_no_file(sample_index: Path, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    done = timbao("export", "xyzzyx", "--index", sample_index, "-o", path)
    assert done.returncode == 1
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_told(sample_index: Path, tmp_path: Path) -> None:
    done = timbao(
        "export", "nước", "--index", sample_index, "-o", tmp_path / "none" / "found.jsonl"
    )
    assert done.returncode == 74
    assert "cannot write" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["?"], ['"nước', "--strict"], ["nước", "--from", "2021", "--to", "2020"]]
)
def test_a_wrong_question_is_refused(sample_index: Path, arguments: list[str]) -> None:
    done = timbao("export", *arguments, "--index", sample_index)
    assert (done.returncode, done.stdout) == (2, "")


def test_lines_are_the_articles_of_the_index(sample_index: Path) -> None:
    done = timbao("export", "dân vận", "--index", sample_index)
    with open_index(sample_index) as index:
        for line in done.stdout.splitlines():
            found = json.loads(line)
            article = index.article(found["id"])
            assert article is not None
            assert found == article.to_dict()
