import pickle
from pathlib import Path

import pytest

from corpus import ArticleError, CorpusError, PapersError, RecordError
from corpus.errors import location


def test_location_is_file_and_line() -> None:
    assert location(Path("a/b.jsonl"), 17) == "a/b.jsonl:17"


def test_location_of_a_whole_file_is_its_name() -> None:
    assert location(Path("tin.txt"), None) == "tin.txt"


def test_location_shows_unprintable_file_names_escaped() -> None:
    assert location(Path("a\udcff\nb"), 1) == "a\\udcff\\nb:1"


def test_record_error_begins_with_the_location() -> None:
    assert str(RecordError(Path("a.jsonl"), 3, "not JSON")) == "a.jsonl:3: not JSON"


@pytest.mark.parametrize(
    "error",
    [
        ArticleError("title", "is empty"),
        RecordError(Path("a.jsonl"), 3, "not JSON", member="b.jsonl", offset=7),
        PapersError("two papers have one name", Path("papers.tsv"), 4),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_that_comes_out_of_another_process_says_all_that_it_said(
    error: CorpusError,
) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
