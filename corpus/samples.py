"""The sample corpus that comes with the package: invented articles of invented papers."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from corpus.article import Article
from corpus.errors import PathError
from corpus.reading import read_articles


def sample_corpus_path() -> Path:
    """Return the folder of the sample corpus.

    Raises:
        PathError: If the package was installed without it, or into a zip file.
    """
    folder = files("corpus") / "samples"
    if not isinstance(folder, Path) or not folder.is_dir():
        raise PathError(f"no sample corpus at {folder}; install the package into a folder")
    return folder


def sample_articles() -> Iterator[Article]:
    """Return the articles of the sample corpus.

    Raises:
        PathError: As `sample_corpus_path` does.
        RecordError: If a file of it is damaged.
    """
    return read_articles(sample_corpus_path(), strict=True)
