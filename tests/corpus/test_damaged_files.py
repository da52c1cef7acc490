from pathlib import Path

import pytest

from corpus import SkippedRecord, read_articles, read_records
from tests.corpus.bounded import read_bounded
from tests.corpus.text.encoders import ENCODERS


def test_nul_costs_only_its_line(tmp_path: Path) -> None:
    lines = [f'{{"title": "Tin số {number}"}}'.encode() for number in range(10)]
    lines[3] = b"x\0y"
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    skipped: list[SkippedRecord] = []
    assert len(list(read_articles(tmp_path, on_skip=skipped.append))) == 9
    assert [skip.line for skip in skipped] == [4]


@pytest.mark.parametrize(
    "record",
    [
        '{"title": "T", "source": "Báo %s"}',
        '{"title": "T", "body": "<p>Bão và lũ</p><img src=\'data:image/jpeg;base64,%s\'>"}',
        '{"title": "T", %s: 1}',
        '{"title": "T", "tags": "a%sb", "authors": "a%sb"}',
    ],
)
@pytest.mark.parametrize("row", ["iVBORwOKGgo" * 100_000, " " * 1_000_000])
def test_long_row_is_passed_over_once(tmp_path: Path, record: str, row: str) -> None:
    # To begin anew at each of its characters would take hours.
    path = tmp_path / "a.jsonl"
    path.write_text(record.replace("%s", row) + '\n{"title": "U"}\n', "utf-8")
    assert read_bounded(path, seconds=60)["titles"][-1] == "U"


def test_array_with_other_values_gives_its_records(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[1, 2, "x", null, {"title": "T"}, true, {"title": "U"}]')
    assert [article.title for article in read_articles(tmp_path)] == ["T", "U"]


def test_damaged_text_is_read_with_a_warning_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"title": "Hà Nội"}\n{"title": "T", "body": "tử tù ThỠ“sứt†vừa bị"}\n', "utf-8"
    )
    whole, damaged = read_records(path)
    assert whole.warnings == ()
    assert (damaged.line, len(damaged.warnings)) == (2, 1)
    assert damaged.warnings[0].startswith("text: may be damaged: ")


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII", "Windows-1258"])
def test_line_in_another_encoding_is_converted_with_a_warning(tmp_path: Path, name: str) -> None:
    title = (
        "Khởi tố nhóm đối tượng xông vào trụ sở giải cứu bạn, làm hỏng cửa kính của công an huyện"
    )
    good = [f'{{"title": "Thủ tướng gặp gỡ cử tri thành phố {n}"}}'.encode() for n in range(5)]
    legacy = ENCODERS[name](f'{{"title": "{title}"}}')
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([*good, legacy]))
    *others, converted = read_records(path)
    assert not any(record.warnings for record in others)
    assert converted.article.title == title
    assert converted.warnings == (
        f"text: converted from {name}, while the rest of the file is UTF-8",
    )
    assert converted.location == f"{path}:6"
