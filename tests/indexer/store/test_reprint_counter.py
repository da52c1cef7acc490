"""Counting reprints without an index."""

import random
from pathlib import Path

import pytest

from corpus import Article
from indexer import BuildError, ReprintCounter, ReprintFigures, build_index
from tests.indexer.reprints.articles import article, told


def counted(articles: list[Article]) -> ReprintFigures:
    with ReprintCounter() as counter:
        for one in articles:
            counter.add(one)
        return counter.figures()


def corpus_with_reprints(chance: random.Random) -> list[Article]:
    articles = [article(number) for number in range(120)]
    for number in chance.sample(range(120), 30):
        body = articles[number].body[: chance.randrange(2, 6)]
        articles.append(told(f"copy {number} {len(articles)}", body))
    chance.shuffle(articles)
    return articles


@pytest.mark.parametrize("seed", range(3))
def test_it_counts_what_a_build_counts(tmp_path: Path, seed: int) -> None:
    articles = corpus_with_reprints(random.Random(seed))
    found = counted(articles)
    assert found == build_index(articles, tmp_path).reprints
    assert found.reprints > 20


def test_of_several_articles_with_one_id_the_last_one_counts(tmp_path: Path) -> None:
    articles = [article(1), told("copy", article(1).body), told("copy", article(2).body)]
    assert (
        counted(articles) == build_index(articles, tmp_path).reprints == ReprintFigures(0, 0, {})
    )


def test_no_article_is_no_reprint() -> None:
    assert counted([]) == ReprintFigures(0, 0, {})


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    counted([article(1)])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indexer.columnar.documents.DocumentsWriter.add", full)
    with ReprintCounter() as counter:
        counter.add(article(1))
        with pytest.raises(BuildError, match="TMPDIR"):
            counter.figures()
