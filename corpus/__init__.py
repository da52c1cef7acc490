"""What a news article is, and how articles are read from files.

>>> from corpus import read_articles
>>> for article in read_articles("dump.jsonl.zst"):
...     print(article.published, article.title)

Imports nothing from the other packages of the project.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from corpus.article import Article, valid_id
from corpus.errors import (
    ArticleError,
    CorpusError,
    OptionError,
    PapersError,
    PathError,
    PublicationDateError,
    RecordError,
    StreamError,
)
from corpus.publication_date import VIETNAM, Precision, PublicationDate, checked_date
from corpus.records import Origin, Record, SkippedRecord
from corpus.reports import FileReport
from corpus.urls import UrlDescription, canonical_url, describe_url

if TYPE_CHECKING:
    from corpus.inspection import ReadProgress, inspect_corpus
    from corpus.metadata import with_metadata
    from corpus.papers import Paper, PaperKind, Papers
    from corpus.provenance import Provenance, provenance_of
    from corpus.reading import corpus_size, read_articles, read_records
    from corpus.samples import sample_articles, sample_corpus_path
    from corpus.summary import CorpusSummary, CorpusTally, FileGroup, Finding, kind_of
    from corpus.topics import all_topics, topic_of

__all__ = [
    "VIETNAM",
    "Article",
    "ArticleError",
    "CorpusError",
    "CorpusSummary",
    "CorpusTally",
    "FileGroup",
    "FileReport",
    "Finding",
    "OptionError",
    "Origin",
    "Paper",
    "PaperKind",
    "Papers",
    "PapersError",
    "PathError",
    "Precision",
    "Provenance",
    "PublicationDate",
    "PublicationDateError",
    "ReadProgress",
    "Record",
    "RecordError",
    "SkippedRecord",
    "StreamError",
    "UrlDescription",
    "all_topics",
    "canonical_url",
    "checked_date",
    "corpus_size",
    "describe_url",
    "inspect_corpus",
    "kind_of",
    "provenance_of",
    "read_articles",
    "read_records",
    "sample_articles",
    "sample_corpus_path",
    "topic_of",
    "valid_id",
    "with_metadata",
]

# Who only searches need not wait until all readers are imported.
_ON_DEMAND = {
    "CorpusSummary": "corpus.summary",
    "CorpusTally": "corpus.summary",
    "FileGroup": "corpus.summary",
    "Finding": "corpus.summary",
    "Paper": "corpus.papers",
    "PaperKind": "corpus.papers",
    "Papers": "corpus.papers",
    "Provenance": "corpus.provenance",
    "ReadProgress": "corpus.inspection",
    "all_topics": "corpus.topics",
    "corpus_size": "corpus.reading",
    "inspect_corpus": "corpus.inspection",
    "kind_of": "corpus.summary",
    "provenance_of": "corpus.provenance",
    "read_articles": "corpus.reading",
    "read_records": "corpus.reading",
    "sample_articles": "corpus.samples",
    "sample_corpus_path": "corpus.samples",
    "topic_of": "corpus.topics",
    "with_metadata": "corpus.metadata",
}


def __getattr__(name: str) -> object:
    if name not in _ON_DEMAND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_ON_DEMAND[name]), name)
    return value
