"""What the command says of a query, and the commands `suggest` and `related`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus import Article
from indexer import build_index
from tests.webapp.process import timbao
from webapp.cli import main

ARTICLES = (
    Article(id="1", title="Đường sắt mới", body=("Đường sắt qua phố được mở.",), source="Báo A"),
    Article(id="2", title="Đường sắt cũ", body=("Đường sắt qua phố được sửa.",)),
    Article(id="3", title="Họp", body=("UBND tỉnh họp về kĩ thuật.",)),
    Article(id="4", title="Xe", body=("HTX Tân Phú có xe mới.",)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("help") / "index"
    build_index(ARTICLES, folder)
    return folder


def run(folder: Path, *arguments: str) -> int:
    return main([*arguments, "--index", str(folder)])


def test_a_mistake_is_told_with_its_place_and_mend(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "search", 'sắt "đường') == 0
    shown = capsys.readouterr()
    assert "1-2 of 2 articles" in shown.out
    message, query, caret, mended = shown.err.splitlines()
    assert message.startswith("This quotation mark has no other half")
    assert (query, caret) == ('  sắt "đường', "      ^")
    assert mended == '  mended: sắt "đường"'


def test_the_caret_stands_below_its_place_in_decomposed_letters(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(folder, "search", 'sa\u0306\u0301t "\u0111ường')
    assert "\n      ^\n" in capsys.readouterr().err


def test_a_strict_search_refuses_a_mistake(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "search", 'sắt "đường', "--strict") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "timbao: This quotation mark" in shown.err


def test_marks_are_read_as_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "search", "duong sat") == 0
    assert run(folder, "search", "duong sat", "--marks", "exact") == 1
    assert run(folder, "search", "đường sat", "--marks", "free") == 0
    capsys.readouterr()


def test_abbreviations_are_looked_up_unless_told_not_to(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "search", "ủy ban nhân dân") == 0
    shown = capsys.readouterr()
    assert "  with ủy ban nhân dân as ubnd" in shown.out.splitlines()
    assert "was also searched for as “ubnd”" in shown.err
    assert run(folder, "search", "ủy ban nhân dân", "--no-abbreviations") == 1


def test_abbreviations_of_a_file_are_known(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("HTX\thợp tác xã\n", "utf-8")
    assert run(folder, "search", "hợp tác xã", "--abbreviations", str(own)) == 0
    assert "as htx" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [("search", "x"), ("serve", "--port", "0"), ("demo", "--query", "x")]
)
def test_a_wrong_file_of_abbreviations_is_named_with_its_line(
    folder: Path, tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("HTX\n", "utf-8")
    where = [] if command[0] == "demo" else ["--index", str(folder)]
    assert main([*command, *where, "--abbreviations", str(own)]) == 2
    assert "own.tsv:1: " in capsys.readouterr().err


def test_other_queries_are_offered_where_nothing_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "search", "dduwowngf sawts") == 1
    assert "Did you mean: đường sắt (2)" in capsys.readouterr().err
    assert run(folder, "search", "dduwowngf sawts", "--json") == 1
    [correction] = json.loads(capsys.readouterr().out)["corrections"]
    assert correction == {"query": "đường sắt", "kind": "input method", "count": 2}


def test_spelling_that_finds_more_is_offered_where_few_articles_hold_all_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = [
        Article(id=str(n), title="Tai nạn giao thông", body=(f"Vụ {n}.",)) for n in range(40)
    ]
    slip = Article(id="slip", title="Tai nạn giao thong", body=("Trên đường.",))
    build_index([*articles, slip], tmp_path / "index")
    assert run(tmp_path / "index", "search", "tai nạn giao thong", "--match", "most") == 0
    assert "Did you mean: tai nạn giao thông (40)" in capsys.readouterr().err
    assert run(tmp_path / "index", "search", "tai nạn giao thông") == 0
    assert "Did you mean" not in capsys.readouterr().err


def test_json_has_notices_and_reasons_and_says_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "search", '"ky thuat', "--json") == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    found = json.loads(shown.out)
    notices = [(notice["code"], notice["kind"]) for notice in found["notices"]]
    assert notices == [("unclosed_quote", "mistake")]
    told = {"word": "ky", "kind": "marks", "found": ["kĩ"], "field": None}
    assert found["hits"][0]["reasons"][0] == told
    assert found["corrections"] == []


def test_suggestions_complete_what_is_typed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "suggest", "duong s", "--size", "3") == 0
    lines = capsys.readouterr().out.splitlines()
    assert 0 < len(lines) <= 3
    assert all(line.lower().startswith("đường s") for line in lines)
    for line in lines:
        assert line.endswith(" · title") or re.search(r" · found about [\d,]+ times$", line)
    assert run(folder, "suggest", "duong s", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["prefix"] == "duong s"
    assert set(found["suggestions"][0]) == {"text", "kind", "count", "article_id"}


def test_nothing_to_suggest_is_exit_code_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "suggest", "xyzzyx") == 1
    assert "Nothing begins like xyzzyx" in capsys.readouterr().err


def test_related_articles_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "related", "2") == 0
    assert capsys.readouterr().out.splitlines()[0] == "Đường sắt mới · Báo A · undated · 1"
    assert run(folder, "related", "2", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["id"], found["related"][0]["id"]) == ("2", "1")


def test_an_unknown_article_has_no_related_ones(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "related", "none") == 1
    assert "No article has the id none." in capsys.readouterr().err


@pytest.mark.parametrize("command", ["suggest", "related"])
def test_commands_that_help_need_an_index_and_a_sensible_number(
    tmp_path: Path, command: str
) -> None:
    assert timbao(command, "x", "--index", tmp_path / "none").returncode == 3
    done = timbao(command, "x", "--index", tmp_path, "--size", "0")
    assert (done.returncode, "is not a number from 1 to 1000" in done.stderr) == (2, True)
