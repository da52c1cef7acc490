"""`timbao index`, as a process of its own."""

from __future__ import annotations

import json
import re
import signal
import time
from pathlib import Path

import pytest

from corpus import sample_corpus_path
from indexer import open_index
from tests.indexer.reprints.articles import article, told
from tests.webapp.process import started, timbao


def test_an_index_is_built_and_reported(tmp_path: Path) -> None:
    done = timbao("index", sample_corpus_path(), "--index", tmp_path / "i", "--processes", "1")
    assert done.returncode == 0, done.stderr
    for line in (
        r"articles indexed +\d+",
        r"records skipped +0",
        r"time +[\d.]+ s",
        r"speed +\d+ articles/s",
        r"size +[\d.]+ [kM]B",
    ):
        assert re.search(line, done.stdout)
    with open_index(tmp_path / "i") as index:
        assert index.article_count > 60


def test_fields_and_encoding_may_be_named_and_what_was_read_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "a.csv"
    corpus.write_text("kop;noi_dung\nMột;Hai\n", encoding="utf-8")
    done = timbao(
        *("index", corpus, "--index", tmp_path / "i", "--processes", "1"),
        *("--map", "title=kop", "--encoding", "UTF-8"),
    )
    assert done.returncode == 0, done.stderr
    assert f"Read {corpus}: CSV; UTF-8; noi_dung as body, kop as title\n" in done.stderr
    for wrong in (("--map", "titel=kop"), ("--map", "kop"), ("--encoding", "ABC")):
        done = timbao("index", corpus, "--index", tmp_path / "j", *wrong)
        assert done.returncode == 2
        assert not (tmp_path / "j" / "manifest.json").exists()


def test_what_a_build_skips_is_counted_by_reason_with_examples(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    good = json.dumps({"id": "1", "title": "Một", "body": ["Hai."]})
    corpus.write_text(f'{good}\n{{"title": ""}}\nnot json\n{good}\n', encoding="utf-8")
    done = timbao("index", corpus, "--index", tmp_path / "i", "--processes", "1", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["articles"], report["skipped"], report["duplicates"]) == (1, 2, 1)
    assert "Skipped 2 records" in done.stderr
    assert f"{corpus}:3: " in done.stderr
    strict = timbao("index", corpus, "--index", tmp_path / "s", "--processes", "1", "--strict")
    assert strict.returncode == 4
    assert f"{corpus}:2: " in strict.stderr
    assert not (tmp_path / "s" / "manifest.json").exists()


def test_reasons_are_grouped_by_field_and_fault_and_examples_are_limited(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    bad = [
        json.dumps({"title": "Một", "body": ["Hai."], "url": f"trang '{n}' xưa"})
        for n in range(25)
    ]
    good = json.dumps({"id": "1", "title": "Một", "body": ["Hai."]})
    corpus.write_text("\n".join((good, *bad)), encoding="utf-8")
    done = timbao("index", corpus, "--index", tmp_path / "i", "--processes", "1")
    assert done.returncode == 0
    assert "  25 × url: … must begin with http:// or https://\n" in done.stderr
    assert done.stderr.count(f"{corpus}:") == 20
    assert done.stderr.endswith("  and 5 more\n")


def test_a_build_without_any_article_tells_what_it_skipped(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text('{"title": ""}\n', encoding="utf-8")
    done = timbao("index", corpus, "--index", tmp_path / "i", "--processes", "1")
    assert done.returncode == 4
    assert "Skipped 1 record:" in done.stderr
    assert f"{corpus}:1: title: is empty" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["/does/not/exist", "--index", "i"], 2),
        (["corpus", "--index", "i", "--limit", "0"], 2),
        (["corpus", "--index", "i", "--processes", "0"], 2),
        (["corpus", "--index", "."], 3),
    ],
)
def test_a_build_that_cannot_begin_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Tiêu đề\n\nĐoạn một.\n", encoding="utf-8")
    done = timbao("index", *arguments)
    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("timbao: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_the_old_index(
    copied_index: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    corpus = tmp_path / "many.jsonl"
    with corpus.open("w", encoding="utf-8") as file:
        for n in range(20_000):
            body = [f"Đoạn văn số {n} về bầu cử đại biểu hội đồng nhân dân các cấp."] * 8
            file.write(json.dumps({"id": str(n), "title": f"Bài {n}", "body": body}) + "\n")
    with open_index(copied_index) as index:
        before = index.generation
    process = started("index", corpus, "--index", copied_index, "--processes", "1")
    time.sleep(3)
    process.send_signal(stop)
    time.sleep(0.01)
    process.send_signal(stop)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "untouched" in errors
    assert "Traceback" not in errors
    with open_index(copied_index) as index:
        assert index.generation == before


def test_reprints_are_told_by_builds_and_by_info(tmp_path: Path) -> None:
    one = article(1)
    corpus = tmp_path / "a.jsonl"
    records = [told(name, one.body).to_dict() for name in ("a", "b", "c")]
    records += [told("d", article(2).body).to_dict()]
    corpus.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    line = "2; 1 story with several articles: 1 of 3 articles\n"
    done = timbao("index", corpus, "--index", tmp_path / "i", "--processes", "1")
    assert f"reprints          {line}" in done.stdout
    assert f"reprints    {line}" in timbao("info", tmp_path / "i").stdout


def test_reprints_need_not_be_looked_for(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    corpus.write_text(json.dumps(told("a", article(1).body).to_dict()), encoding="utf-8")
    options = ("--index", tmp_path / "i", "--processes", "1", "--json")
    done = timbao("index", corpus, *options, "--no-reprints")
    assert json.loads(done.stdout)["reprints"] is None
    assert "reprints    not looked for" in timbao("info", tmp_path / "i").stdout
    updated = timbao("index", corpus, *options, "--update")
    assert json.loads(updated.stdout)["reprints"] is None
    refused = timbao("index", corpus, *options, "--update", "--no-reprints")
    assert (refused.returncode, refused.stdout) == (2, "")


def test_an_index_in_its_own_corpus_is_left_out_and_told_once(tmp_path: Path) -> None:
    corpus = tmp_path / "own"
    corpus.mkdir()
    (corpus / "a.jsonl").write_text('{"title": "Tin trong ngày"}\n', encoding="utf-8")
    command = ("index", corpus, "--index", corpus / "idx", "--processes", "1", "--json")
    assert "Skipped" not in timbao(*command).stderr
    again = timbao(*command, "--strict")
    assert again.returncode == 0
    assert again.stderr.count("it is left out") == 1
    assert json.loads(again.stdout)["articles"] == 1
    assert json.loads(again.stdout)["skipped"] == 0
