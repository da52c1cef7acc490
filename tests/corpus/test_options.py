"""How a whole corpus is read: field maps, encodings, reports."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import FileReport, OptionError, SkippedRecord, read_articles, read_records
from tests.corpus.text.encoders import ENCODERS

TEXT = "đảo xa bầu cử\n\nsáng 16-5, cử tri đảo xa đi bầu sớm.\n\nđoạn thứ nhất.\n\nhết.\n"


def reports(path: Path, **options: object) -> list[FileReport]:
    found: list[FileReport] = []
    list(read_records(path, on_file=found.append, on_skip=lambda _: None, **options))  # type: ignore[arg-type]
    return found


def test_map_names_what_cannot_be_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"kop": "a", "inhoud": {"tekst": "b"}}')
    (article,) = read_articles(path, field_map={"title": "kop", "body": "inhoud.tekst"})
    assert (article.title, article.body) == ("a", ("b",))


def test_wrong_map_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="'titel': it is no field"):
        read_articles(tmp_path, field_map={"titel": "a"})


def test_what_was_guessed_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Tiêu đề,Nội dung\na,b\nc\n")
    (report,) = reports(tmp_path)
    assert (report.form, report.encoding, report.confidence) == ("CSV", "UTF-8", 1.0)
    assert report.names == {"title": "Tiêu đề", "body": "Nội dung"}
    assert (report.articles, report.skipped) == (1, 1)
    assert str(report) == f"{tmp_path}/a.csv: CSV; UTF-8; Tiêu đề as title, Nội dung as body"


@pytest.mark.parametrize("name", ENCODERS)
def test_encoding_is_recognised_and_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_bytes(ENCODERS[name](TEXT))
    (report,) = reports(tmp_path)
    assert report.encoding == name
    assert report.confidence > 0.999
    assert report.articles == 1


def test_ambiguous_encoding_is_refused_and_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ENCODERS["TCVN3"]("đảo xa"))
    (report,) = reports(path)
    assert (report.encoding, report.articles, report.skipped) == ("", 0, 1)
    skipped: list[SkippedRecord] = []
    list(read_articles(path, on_skip=skipped.append))
    assert "in no encoding for sure" in skipped[0].reason
    (article,) = read_articles(path, encoding="TCVN3")
    assert article.title == "đảo xa"


def test_unknown_encoding_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="'ABC' is no encoding that is read: UTF-8, UTF-16-LE"):
        read_articles(tmp_path, encoding="ABC")


def test_lines_of_other_encodings_in_a_file_of_utf_8_are_read(tmp_path: Path) -> None:
    title = "sáng nay cử tri đảo xa đi bầu cử sớm ở nhiều điểm"
    lines = [json.dumps({"title": title}, ensure_ascii=False).encode()] * 3
    lines.append(b'{"title": "' + ENCODERS["VNI"](title) + b'"}')
    lines.append(b'{"title": "' + ENCODERS["VNI"]("ở") + b'"}')
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    skipped: list[SkippedRecord] = []
    titles = [article.title for article in read_articles(path, on_skip=skipped.append)]
    assert titles == [title] * 4
    assert [skip.line for skip in skipped] == [5]


def test_each_file_is_reported_with_its_place_in_the_archive(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x.txt", ENCODERS["TCVN3"](TEXT))
        archive.writestr("y.png", b"\x89PNG\0")
    first, second = reports(tmp_path)
    assert (first.origin.member, first.encoding, first.articles) == ("x.txt", "TCVN3", 1)
    assert str(second) == f"{tmp_path}/a.zip!y.png: of no form that is read"


def test_file_that_is_not_read_to_its_end_is_reported_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "a"}\n{"title": "b"}\n')
    (report,) = reports(tmp_path, limit=1)
    assert report.articles == 1


def test_danes_is_whole(shared_data: Path) -> None:
    (report,) = reports(shared_data / "data" / "danes.jsonl")
    assert report.names == {"lead": "description", "tags": "topics"}
    assert (report.articles, report.skipped, report.mended) == (2031, 1, {})


def test_searching_imports_no_reader() -> None:
    code = "import corpus, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"bson", "ftfy", "pyarrow", "trafilatura", "warcio", "corpus.reading"}


def test_reading_text_imports_no_library_of_another_form(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Hà Nội", "body": "<p>a</p>"}')
    code = "import corpus, sys; list(corpus.read_articles(sys.argv[1])); print(*sys.modules)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert not set(done.stdout.split()) & {"bson", "ftfy", "pyarrow", "trafilatura", "warcio"}
