"""`timbao inspect`: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus import sample_corpus_path
from indexer import build_index
from webapp.cli import main


def test_a_corpus_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(sample_corpus_path())]) == 0
    told = capsys.readouterr().out
    for line in (
        r"articles read +72",
        r"files +72 × plain text UTF-8",
        r"fields filled +lead 100%, .*published \d\d%",
        r"papers +10: ",
        r"topics +\d+: Kinh tế \d+",
        r"years +2016 to 2025",
        r"papers unlisted +10: ",
        r"reprints +7; 6 stories with several articles: 5 of 2 articles, 1 of 3 articles",
    ):
        assert re.search(line, told), line
    assert "warnings" not in told


def test_a_corpus_is_described_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("kop;bron;body\nThủ tướng;NLĐ;Quốc hội họp\n;x;y\n".encode("utf-16"))
    options = ["--map", "title=kop", "--map", "source=bron", "--json"]
    assert main(["inspect", str(path), *options]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"][0]["encoding"] == "UTF-16-LE"
    assert told["papers"] == {"Người Lao Động": 1}
    assert told["skipped"][0]["count"] == 1
    assert told["filled"]["lead"] == 0


def test_what_is_skipped_is_told_with_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Một"}\n{"title": ""}\n', "utf-8")
    assert main(["inspect", str(path)]) == 0
    told = capsys.readouterr().out
    assert "records skipped   1\n  1 × title: is empty\n" in told
    assert f"    such as {path}:2: title: is empty" in told


@pytest.mark.parametrize(
    "arguments", [["/does/not/exist"], ["--encoding", "ABC", "."], ["--map", "titel=x", "."]]
)
def test_wrong_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", *arguments]) == 2
    assert capsys.readouterr().err.startswith("timbao: ")


def test_reprints_are_those_that_a_build_finds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(sample_corpus_path()), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["reprints"]
    built = build_index(sample_corpus_path(), tmp_path / "index").to_dict()["reprints"]
    assert told == json.loads(json.dumps(built))


def test_reprints_are_not_looked_for_where_nobody_wants_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["inspect", str(sample_corpus_path()), "--no-reprints", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reprints"] is None
