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
    PathError,
    PublicationDateError,
    RecordError,
    StreamError,
)
from corpus.publication_date import VIETNAM, Precision, PublicationDate
from corpus.reading import corpus_size, read_articles, read_records
from corpus.records import Record, SkippedRecord
from corpus.samples import sample_articles, sample_corpus_path
from corpus.urls import UrlDescription, canonical_url, describe_url

__all__ = [
    "VIETNAM",
    "Article",
    "ArticleError",
    "CorpusError",
    "PathError",
    "Precision",
    "PublicationDate",
    "PublicationDateError",
    "Record",
    "RecordError",
    "SkippedRecord",
    "StreamError",
    "UrlDescription",
    "canonical_url",
    "corpus_size",
    "describe_url",
    "read_articles",
    "read_records",
    "sample_articles",
    "sample_corpus_path",
]
