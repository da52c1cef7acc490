"""What a news article is, and how articles are read from files.

>>> from corpus import read_articles
>>> for article in read_articles("dump.jsonl.zst"):
...     print(article.published, article.title)

Imports nothing from the other packages of the project.
"""

from corpus.article import Article
from corpus.errors import (
    ArticleError,
    CorpusError,
    PapersError,
    PathError,
    PublicationDateError,
    RecordError,
    StreamError,
)
from corpus.metadata import with_metadata
from corpus.papers import Paper, PaperKind, Papers
from corpus.provenance import Provenance, provenance_of
from corpus.publication_date import VIETNAM, Precision, PublicationDate, checked_date
from corpus.reading import corpus_size, read_articles, read_records
from corpus.records import Record, SkippedRecord
from corpus.samples import sample_articles, sample_corpus_path
from corpus.topics import all_topics, topic_of
from corpus.urls import UrlDescription, canonical_url, describe_url

__all__ = [
    "VIETNAM",
    "Article",
    "ArticleError",
    "CorpusError",
    "Paper",
    "PaperKind",
    "Papers",
    "PapersError",
    "PathError",
    "Precision",
    "Provenance",
    "PublicationDate",
    "PublicationDateError",
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
    "provenance_of",
    "read_articles",
    "read_records",
    "sample_articles",
    "sample_corpus_path",
    "topic_of",
    "with_metadata",
]
