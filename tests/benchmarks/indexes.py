"""Building the index of each peer, once: a folder for each of them keeps it for later runs."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import Article
from indexer.analysis import RULES, AnalyzedBatch, Analyzer, Segmenter
from indexer.schema import SCHEMA_VERSION, TEXT_FIELDS, text_of
from tests.benchmarks.peers import make_peer

_BATCH = 64
_RECORD = "built.json"
_MEANING = f"{RULES}, schema {SCHEMA_VERSION}"
"""How this version cuts and stores texts: every peer must hold what the others hold."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building an index took.

    Attributes:
        seconds: Time of the peer, from the first article to the finished index.
        cpu_seconds: The same, as processor time: the fairer figure where other work takes turns.
        analysis_seconds: Time of reading and analysis, which is the same work for every peer.
        size_bytes: Size of all files.
        text_bytes: The articles' text in UTF-8: titles, leads, captions, paragraphs.
        articles: How many articles there are.
    """

    seconds: float
    analysis_seconds: float
    size_bytes: int
    text_bytes: int
    articles: int
    cpu_seconds: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the figures with what follows from them."""
        return asdict(self) | {
            "articles_per_second": round(self.articles / self.seconds),
            "size_of_text": round(self.size_bytes / self.text_bytes, 3),
        }


def built_index(
    name: str, articles: Iterable[Article], folder: Path, *, again: bool = False
) -> Built:
    """Build the index of a peer, or find it as an earlier run with the same texts left it.

    Args:
        name: Name of the peer.
        articles: The articles; read only if the index is built.
        folder: Where the index and the record of its making are kept.
        again: Build it even if it is there.
    """
    record = folder / _RECORD
    if record.exists() and not again:
        known = json.loads(record.read_text())
        if known.pop("meaning", "") == _MEANING:
            return Built(**known)
    if folder.exists():
        shutil.rmtree(folder)
    index = folder / "index"
    index.mkdir(parents=True)
    stream = _Analysis(articles)
    started, used = time.perf_counter(), time.process_time()
    make_peer(name).build(stream, index)
    seconds = time.perf_counter() - started
    cpu_seconds = time.process_time() - used
    built = Built(
        round(seconds - stream.seconds, 2),
        round(stream.seconds, 2),
        sum(file.stat().st_size for file in index.rglob("*") if file.is_file()),
        stream.text_bytes,
        stream.articles,
        round(cpu_seconds - stream.cpu_seconds, 2),
    )
    record.write_text(json.dumps(asdict(built) | {"meaning": _MEANING}, indent=2) + "\n")
    return built


class _Analysis:
    """Analysed batches of articles; measures the time that making them takes."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._source = articles
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        self.text_bytes = 0
        self.articles = 0

    def __iter__(self) -> Iterator[AnalyzedBatch]:
        analyzer = Analyzer(Segmenter())
        source = iter(self._source)
        while True:
            started, used = time.perf_counter(), time.process_time()
            batch = list(islice(source, _BATCH))
            if not batch:
                return
            analyzed = analyzer.analyze(batch)
            self.cpu_seconds += time.process_time() - used
            self.seconds += time.perf_counter() - started
            self.articles += len(batch)
            self.text_bytes += sum(map(text_bytes, batch))
            yield analyzed


def text_bytes(article: Article) -> int:
    """Measure the text of an article in UTF-8: title, lead, captions, paragraphs."""
    texts = (text for field in TEXT_FIELDS for text in text_of(article, field))
    return sum(len(text.encode()) for text in texts)
