from pathlib import Path

from corpus import RecordError
from corpus.errors import location


def test_location_is_file_and_line() -> None:
    assert location(Path("a/b.jsonl"), 17) == "a/b.jsonl:17"


def test_location_of_a_whole_file_is_its_name() -> None:
    assert location(Path("tin.txt"), None) == "tin.txt"


def test_location_shows_unprintable_file_names_escaped() -> None:
    assert location(Path("a\udcff\nb"), 1) == "a\\udcff\\nb:1"


def test_record_error_begins_with_the_location() -> None:
    assert str(RecordError(Path("a.jsonl"), 3, "not JSON")) == "a.jsonl:3: not JSON"
