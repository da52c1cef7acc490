from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import (
    Article,
    CorpusTally,
    FileReport,
    Origin,
    PublicationDate,
    SkippedRecord,
    kind_of,
)
from corpus.article import FIELD_NAMES
from corpus.summary import EXAMPLES


def test_fields_are_counted_where_they_are_filled() -> None:
    tally = CorpusTally()
    tally.article(Article(title="a", lead="b"))
    tally.article(Article(title="a", source="Tuổi Trẻ", topic="Thể thao"))
    summary = tally.summary()
    assert tuple(summary.filled) == FIELD_NAMES
    assert (summary.share("title"), summary.share("lead"), summary.share("body")) == (1, 0.5, 0)
    assert (summary.papers, summary.topics) == ({"Tuổi Trẻ": 1}, {"Thể thao": 1})


def test_papers_that_are_not_listed_are_told_apart_with_their_counts() -> None:
    tally = CorpusTally()
    for source in ("Sông Hương Nhật Báo", "Tuổi Trẻ", "Phố Thị", "Sông Hương Nhật Báo", ""):
        tally.article(Article(title="a", source=source))
    summary = tally.summary()
    unlisted = [("Sông Hương Nhật Báo", 2), ("Phố Thị", 1)]
    assert list(summary.unlisted_papers.items()) == unlisted
    assert summary.papers["Tuổi Trẻ"] == 1
    assert summary.to_dict()["unlisted_papers"] == dict(unlisted)


def test_years_are_those_of_vietnam_in_order_of_time() -> None:
    tally = CorpusTally()
    for text in ("2021", "2019-12-31T18:00:00Z", "2021-04"):
        tally.article(Article(title="a", published=PublicationDate.parse(text)))
    assert list(tally.summary().years.items()) == [(2020, 1), (2021, 2)]


def test_reasons_that_differ_by_a_value_only_are_one_finding_with_first_examples() -> None:
    tally = CorpusTally()
    for line in range(1, EXAMPLES + 4):
        tally.skipped(SkippedRecord(Path("a"), line, f"url: 'x{line}' must begin with http://"))
    tally.skipped(SkippedRecord(Path("a"), 90, "title: is empty"))
    first, second = tally.summary().skipped
    assert (first.kind, first.count) == ("url: … must begin with http://", EXAMPLES + 3)
    assert first.examples[0] == "a:1: url: 'x1' must begin with http://"
    assert len(first.examples) == EXAMPLES
    assert second.examples == ("a:90: title: is empty",)


def test_warnings_are_told_with_the_place_of_their_article() -> None:
    tally = CorpusTally()
    tally.article(Article(title="a"), "a.csv:7", ("published: 'X' is not a date",))
    (found,) = tally.summary().warnings
    assert found.examples == ("a.csv:7: published: 'X' is not a date",)


def test_files_of_one_form_and_encoding_are_one_group() -> None:
    tally = CorpusTally()
    for name, encoding, confidence in (("a", "TCVN3", 1.0), ("b", "TCVN3", 0.99), ("c", "", 1.0)):
        origin = Origin(Path(name))
        tally.file(
            FileReport(
                origin=origin,
                form="CSV",
                encoding=encoding,
                confidence=confidence,
                mended={"x": 2},
                articles=3,
            )
        )
    legacy, other = tally.summary().files
    assert (legacy.encoding, legacy.files, legacy.articles, legacy.mended) == ("TCVN3", 2, 6, 4)
    assert legacy.confidence == 0.99
    assert legacy.first.startswith("a: CSV; TCVN3")
    assert other.files == 1


def test_different_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.summary._MOST_VALUES", 3)
    monkeypatch.setattr("corpus.summary._MOST_FINDINGS", 3)
    tally = CorpusTally()
    for letter in "abcdeabc":
        tally.article(Article(title="a", section=letter), "x", (f"kind {letter}",))
    summary = tally.summary()
    assert summary.sections == {"a": 2, "b": 2, "c": 2}
    assert {found.kind: found.count for found in summary.warnings}["other reasons"] == 2


def test_a_summary_of_nothing_is_one() -> None:
    summary = CorpusTally().summary()
    assert summary.articles == 0
    assert summary.share("title") == 0
    assert summary.to_dict()["files"] == []


@given(st.text(max_size=300))
def test_kinds_are_short(reason: str) -> None:
    assert len(kind_of(reason)) <= 80
