"""The command, as a process of its own: what it prints, and how it ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from indexer import open_index
from tests.webapp.process import ENVIRONMENT, address_of, free_port, started, timbao
from webapp.cli import main


@pytest.mark.parametrize(
    "command",
    [
        "index",
        "search",
        "export",
        "suggest",
        "related",
        "delete",
        "optimize",
        "check",
        "info",
        "serve",
        "demo",
    ],
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "exit codes:" in capsys.readouterr().out


def test_the_help_has_examples_and_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "timbao search" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("timbao ")


def test_a_search_imports_neither_flask_nor_the_segmenter(sample_index: Path) -> None:
    code = (
        "import sys; from webapp.cli import main; main(sys.argv[1:]);"
        "unwanted = {'flask', 'flask_openapi', 'pydantic', 'waitress', 'tqdm', 'pyvi', 'scipy',"
        " 'sklearn'};"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "search", "duong", "--index", sample_index],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_search_prints_one_json_object(sample_index: Path) -> None:
    done = timbao("search", "dân vận khéo", "--index", sample_index, "--size", "2", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["query"] == "dân vận khéo"
    assert found["total"] >= len(found["hits"]) == 2
    assert set(found["hits"][0]) == {
        "id",
        "title",
        "url",
        "source",
        "section",
        "published",
        "score",
        "snippet",
        "missing",
        "reasons",
        "earliest",
        "similar",
        "others",
    }
    assert set(found["facets"]) == {
        *("source", "topic", "section", "author", "tag", "credited", "photographer"),
    }
    assert {"value", "count", "stories"} == set(found["facets"]["source"][0])
    assert {"start", "count", "stories"} == set(found["timeline"][0])
    assert found["took_ms"] > 0


def test_a_search_prints_title_paper_date_passage_and_address(sample_index: Path) -> None:
    done = timbao("search", "dân vận khéo", "--index", sample_index)
    assert done.returncode == 0
    assert "Sông Hương Nhật Báo · chinh-tri · 2021-04" in done.stdout
    assert "Dân vận khéo" in done.stdout
    assert "http://www.songhuongnhatbao.example/" in done.stdout
    assert "\x1b" not in done.stdout
    assert re.search(
        r"1-\d+ of \d+ articles(, \d+ stories)? for dân vận khéo, \d+ ms", done.stdout
    )


def test_filters_sort_and_pages_reach_the_index(sample_index: Path) -> None:
    options: list[str | Path] = [
        "--index",
        sample_index,
        "--json",
        "--section",
        "chinh-tri",
        "--section",
        "y-te",
    ]
    options += ["--from", "2018", "--to", "2023-06", "--sort", "oldest", "--size", "3"]
    first, second = (
        json.loads(timbao("search", "", *options, "--page", n).stdout)["hits"] for n in ("1", "2")
    )
    assert {hit["section"] for hit in first + second} <= {"chinh-tri", "y-te"}
    dates = [hit["published"] for hit in first + second]
    assert dates == sorted(dates)
    assert "2018" <= dates[0] <= dates[-1] < "2023-07"
    assert not {hit["id"] for hit in first} & {hit["id"] for hit in second}


def test_nothing_found_is_exit_code_1(sample_index: Path) -> None:
    done = timbao("search", "xyzzyx", "--index", sample_index)
    assert (done.returncode, done.stdout) == (1, "")
    assert "No article found for xyzzyx" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["?!"], "no letter"),
        (["đường " * 1_667], "10,002 characters"),
        (["x", "--from", "yesterday"], "--from: "),
        (["x", "--to", "2021-02-30"], "--to: "),
        (["x", "--size", "-1"], "--size: "),
        (["x", "--size", "5000"], "--size: "),
        (["x", "--page", "0"], "--page: "),
        (["x", "--sort", "best"], "--sort"),
        (["x", "--from", "2022", "--to", "2021"], "--from: "),
    ],
)
def test_wrong_use_is_exit_code_2_and_told_in_a_few_lines(
    sample_index: Path, arguments: list[str], told: str
) -> None:
    done = timbao("search", *arguments, "--index", sample_index)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_search_that_takes_too_long_is_given_up(sample_index: Path) -> None:
    done = timbao("search", "đường", "--index", sample_index, "--timeout", "1e-9")
    assert done.returncode == 5
    assert "was not done in time" in done.stderr


def test_the_message_of_an_exchanged_period_names_both_options(sample_index: Path) -> None:
    done = timbao("search", "x", "--from", "2021", "--to", "2020", "--index", sample_index)
    assert "--from: 2021-01-01 comes after --to, 2020-12-31" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["index", "", "--index", "i"],
        ["index", "x", "", "--index", "i"],
        ["index", ".", "--index", ""],
        ["search", "x", "--index", ""],
        ["search", "x", "--index", "i", "--abbreviations", ""],
        ["suggest", "x", "--index", ""],
        ["related", "x", "--index", ""],
        ["serve", "--index="],
        ["delete", "--index", "", "--ids", "x"],
        ["delete", "--index", "x", "--ids", ""],
        ["optimize", ""],
        ["check", ""],
        ["info", ""],
        ["demo", "--query", "x", "--dir", ""],
    ],
)
def test_an_empty_path_is_wrong_use(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "is empty" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["search", "x"], ["serve"]])
def test_no_index_is_exit_code_3(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear all")
    for folder in ("none", "other"):
        done = timbao(*command, "--index", tmp_path / folder)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("timbao: ")
        assert len(done.stderr.splitlines()) <= 2


def test_output_that_nobody_reads_ends_quietly(sample_index: Path) -> None:
    process = started("search", "", "--index", sample_index, "--size", "1000")
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == ""
    assert process.wait(60) in {0, 141}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("command", ["search '' --index {}", "check {}", "--help"])
@pytest.mark.parametrize("output", [">/dev/full", ">&-", ">&- 2>&- <&-", ">/dev/full 2>/dev/full"])
def test_output_that_cannot_be_written_is_told(
    sample_index: Path, command: str, output: str
) -> None:
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            f'"$0" -m webapp.cli {command.format(sample_index)} {output}',
            sys.executable,
        ],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 74, done.stderr
    if "2>" not in output:
        assert done.stderr.startswith("timbao: cannot write to standard output")
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_terminal_of_another_encoding_gets_an_answer(
    sample_index: Path, as_json: list[str]
) -> None:
    done = timbao(
        "search",
        "dân vận",
        "--index",
        sample_index,
        *as_json,
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    if as_json:
        assert json.loads(done.stdout)["query"] == "dân vận"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_serves_the_samples_and_leaves_nothing_behind(
    tmp_path: Path, stop: signal.Signals
) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        process = started("demo", "--port", str(port), TMPDIR=str(tmp_path))
        address = address_of(process)
        assert f":{port}/" not in address
        with urllib.request.urlopen(address, timeout=30) as response:
            assert response.status == 200
            assert "tìm báo" in response.read().decode()
        process.send_signal(stop)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["demo", "search"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_a_command_is_imported_ends_it_quietly(
    command: str, stop: signal.Signals
) -> None:
    code = (
        "import os, sys; import webapp.cli as cli;"
        "cli._parser = lambda: os.kill(os.getpid(), int(sys.argv.pop()));"
        "sys.exit(cli.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command, str(int(stop))],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
    )
    expected = (0, "") if command == "demo" else (130, "timbao: interrupted\n")
    assert (done.returncode, done.stderr) == expected


def test_the_demo_answers_one_query_and_ends(tmp_path: Path) -> None:
    found = timbao("demo", "--query", "dan van kheo", "--dir", tmp_path / "kept")
    assert found.returncode == 0, found.stderr
    assert "Dân vận khéo" in found.stdout
    assert (tmp_path / "kept").is_dir()


def test_the_demo_replaces_no_index(copied_index: Path) -> None:
    with open_index(copied_index) as index:
        before = index.generation
    done = timbao("demo", "--query", "x", "--dir", copied_index)
    assert done.returncode == 2
    assert "holds an index already" in done.stderr
    with open_index(copied_index) as index:
        assert index.generation == before


def test_a_port_in_use_is_told(sample_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = timbao("serve", "--index", sample_index, "--port", port)
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_server_answers_and_stops_when_told(sample_index: Path) -> None:
    process = started("serve", "--index", sample_index, "--port", "0")
    with urllib.request.urlopen(address_of(process), timeout=30) as response:
        assert response.status == 200
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert [json.loads(line)["status"] for line in errors.splitlines()] == [200]


def test_a_setting_without_meaning_is_wrong_use(sample_index: Path) -> None:
    for given in ("NONE=1", "PAGE_SIZE=x", "PAGE_SIZE", "RATE_LIMIT=often"):
        done = timbao("serve", "--index", sample_index, "--port", "0", "--set", given)
        assert done.returncode == 2
        assert given.partition("=")[0] in done.stderr
        assert "Traceback" not in done.stderr
