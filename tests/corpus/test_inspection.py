import json
from pathlib import Path

import pytest

from corpus import PathError, ReadProgress, inspect_corpus, sample_corpus_path


def test_sample_corpus_is_whole() -> None:
    summary = inspect_corpus(sample_corpus_path())
    (group,) = summary.files
    assert (group.form, group.encoding, group.files) == ("plain text", "UTF-8", summary.articles)
    assert (summary.skipped, summary.warnings) == ((), ())
    assert summary.unlisted_papers == summary.papers
    assert summary.share("topic") == 1


def test_several_parts_are_told_together_up_to_the_limit(tmp_path: Path) -> None:
    for name in "ab":
        lines = [json.dumps({"title": f"{name}{n}"}) for n in range(3)]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    parts = [tmp_path / "a", tmp_path / "b"]
    assert inspect_corpus(parts).articles == 6
    assert inspect_corpus(parts, limit=4).articles == 4


def test_what_is_skipped_and_what_is_doubtful_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": ""}\n{"title": "Một", "date": "1/1/2999"}\n', "utf-8")
    summary = inspect_corpus(path)
    assert [found.kind for found in summary.skipped] == ["title: is empty"]
    (found,) = summary.warnings
    assert found.examples[0].startswith(f"{path}:2: published: ")
    json.dumps(summary.to_dict())


def test_missing_corpus_is_told_at_once() -> None:
    with pytest.raises(PathError):
        inspect_corpus("/does/not/exist")


def test_progress_is_told_along_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"title": "Bài {n}"}}\n' for n in range(2_500)), "utf-8")
    told: list[ReadProgress] = []
    inspect_corpus([path], on_progress=told.append)
    assert [progress.articles for progress in told] == [1_000, 2_000]
    fractions = [progress.fraction or 0 for progress in told]
    assert 0 < fractions[0] <= fractions[1] <= 1
