"""Related articles: of an article cut in two, how often one half leads to the other.

    python -m tests.benchmarks.related CORPUS [--articles 20000] [--halves 500] [--seed 5]
        [--terms 10 20 30 50]

No one has said which articles are related, but the halves of one are. The first paragraphs of some
articles (with title and lead) and their last ones are indexed as two articles each, among whole
ones. The share says how often the other half is among the first five related articles.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import Article, read_articles
from indexer import build_index
from indexer.analysis import Segmenter
from indexer.engines.base import EngineRequest, Period
from indexer.engines.embedded import EmbeddedEngine
from indexer.search.assistance.relating import related_query
from indexer.store.snapshot import open_snapshot
from tests.benchmarks.machine import machine

_FEWEST_PARAGRAPHS = 6
_SIZE = 5


def halves(article: Article) -> tuple[Article, Article]:
    """Cut an article in two: the second half has no title but its first words."""
    middle = len(article.body) // 2
    rest = article.body[middle:]
    return (
        dataclasses.replace(article, id=f"{article.id}-1", body=article.body[:middle]),
        Article(id=f"{article.id}-2", title=" ".join(rest[0].split()[:8]), body=rest),
    )


def measure(corpus: Path, count: int, cut: int, seed: int, terms: Sequence[int]) -> dict[str, Any]:
    """Measure for several numbers of terms."""
    articles = list(islice(read_articles(corpus), count))
    long = [a for a in articles if len(a.body) >= _FEWEST_PARAGRAPHS]
    chosen = {a.id for a in random.Random(seed).sample(long, min(cut, len(long)))}
    figures: dict[str, Any] = {"machine": machine(), "articles": count, "halves": len(chosen)}
    with tempfile.TemporaryDirectory() as folder:
        build_index(list(_with_halves(articles, chosen)), folder)
        with open_snapshot(Path(folder)) as snapshot:
            engine = EmbeddedEngine(snapshot)
            for number in terms:
                started = time.process_time()
                found = sum(
                    _finds_other_half(engine, snapshot.segmenter, f"{article_id}-{half}", number)
                    for article_id in chosen
                    for half in (1, 2)
                )
                asked = 2 * len(chosen)
                spent = (time.process_time() - started) / asked * 1000
                figures[f"{number} terms"] = {
                    "found": round(found / asked, 3),
                    "mean CPU in ms": round(spent, 2),
                }
    return figures


def _with_halves(articles: Sequence[Article], chosen: set[str]) -> Iterator[Article]:
    for article in articles:
        if article.id in chosen:
            yield from halves(article)
        else:
            yield article


def _finds_other_half(
    engine: EmbeddedEngine, segmenter: Segmenter, article_id: str, terms: int
) -> bool:
    article = engine.article(article_id)
    assert article is not None
    query = related_query(engine, segmenter, article, terms)
    request = EngineRequest(query=query, filters={}, period=Period(), size=_SIZE + 1)
    refs = [hit.ref for hit in engine.search(request).hits]
    found = [other.id for other in engine.articles(refs) if other.id != article_id]
    other = article_id[:-1] + ("2" if article_id.endswith("1") else "1")
    return other in found[:_SIZE]


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--halves", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--terms", type=int, nargs="+", default=[10, 20, 30, 50])
    options = parser.parse_args()
    figures = measure(
        options.corpus, options.articles, options.halves, options.seed, options.terms
    )
    print(json.dumps(figures, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
