"""How well reprints are found among real articles, and at what cost.

Run from the root of the project::

    python -m tests.benchmarks.reprints [CORPUS] [--articles N] [--half tuning|test]
        [--of-each N] [--show N] [--json FILE]

The corpus is vietnews, or another one. It is split by the order of its articles into a half on
which the rules were made and a half for the figures. To it are added reprints of articles drawn by
seed: retitled; cut to 60 %; with a paragraph of another article; with 5 % of the words replaced;
joined with another article; and two series in which only a part of the reprint is from its
source: its opening, or paragraphs from anywhere.

Counted are pairs of a reprint and an article that was not made. A joined article counts as found
with one of its two sources, and the two must not be one story. All pairs of untouched articles in
a story are *merges*; whether they are true must be read: `--show` prints some, drawn by seed, of
those that are not the same text word for word.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Article, read_articles
from indexer import build_index
from indexer.analysis import Analyzer, Segmenter
from indexer.columnar.sketches import SketchesWriter
from indexer.reprints.comparing import DIFFERENT
from indexer.reprints.grouping import stories
from indexer.store.clustering import find_stories
from indexer.store.snapshot import open_snapshot
from indexer.store.stories import Stories
from indexer.store.transaction import begin_writing
from tests.benchmarks.corpora import VIETNEWS
from tests.benchmarks.machine import machine
from tests.benchmarks.reprinting import KINDS, PAPERS_KINDS, Reprint, make_reprints

SEED = 11
_SAMPLED = 2_000
_NEARLY_SAME = 250
"""Shares (in 255ths of the longer text) from which on a merge need not be read."""


@dataclass(frozen=True)
class Found:
    """What was found in an index.

    Attributes:
        story: By id, the earliest article of the story.
        alone: The same, if the reprints that were made had not been there.
        shares: The pairs that share enough, with the share of the longer one, in 255ths.
        figures: What it took.
    """

    story: dict[str, str]
    alone: dict[str, str]
    shares: dict[tuple[str, str], int]
    figures: dict[str, float]


def find(articles: Sequence[Article], made: Sequence[Reprint]) -> Found:
    """Build an index of articles and reprints, and find its stories."""
    reprints = [reprint.article for reprint in made]
    everything = [*articles, *reprints]
    ids = np.array([one.id for one in everything])
    figures = {"sampling, ms an article": _sampling_time(articles[:_SAMPLED])}
    with tempfile.TemporaryDirectory() as folder:
        build_index(everything, folder, processes=2, reprints=False)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with begin_writing(Path(folder)) as transaction:
            assert transaction.current is not None
            used, started = time.process_time(), time.perf_counter()
            file = find_stories(transaction, transaction.current.segments)
            figures["finding, ms an article"] = (
                (time.process_time() - used) / len(everything) * 1000
            )
            figures["finding, seconds"] = time.perf_counter() - started
            assert file is not None
            found = Stories(Path(folder) / "stories" / file.name, len(everything))
            figures["stories, bytes an article"] = file.bytes / len(everything)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        figures["peak before finding, MB"] = before / 1e3
        figures["peak with finding, MB"] = after / 1e3
        with open_snapshot(Path(folder)) as snapshot:
            size = sum(segment.sketches.container.size for segment in snapshot.segments)
            figures["samples, bytes an article"] = size / len(everything)
    compared = found.compared()
    figures["pairs compared, for each article"] = len(compared.firsts) / len(everything)
    untouched = compared.chosen(compared.seconds < len(articles))
    alone = stories(untouched, np.zeros(len(everything), np.int64))
    same = compared.chosen(compared.outcomes != DIFFERENT)
    pairs = zip(ids[same.firsts].tolist(), ids[same.seconds].tolist(), strict=True)
    names = ids.tolist()
    return Found(
        dict(zip(names, ids[found.earliest].tolist(), strict=True)),
        dict(zip(names, ids[alone].tolist(), strict=True)),
        dict(zip(pairs, same.shares.tolist(), strict=True)),
        figures,
    )


def _sampling_time(articles: Sequence[Article]) -> float:
    """Give the milliseconds that samples take for each article."""
    analyzer, writer, seconds = Analyzer(Segmenter()), SketchesWriter(), 0.0
    numbers: dict[str, int] = {}
    for start in range(0, len(articles), 64):
        batch = analyzer.analyze(articles[start : start + 64])
        vocabulary = batch.groups["text"].vocabulary
        mapped = np.array([numbers.setdefault(term, len(numbers)) for term in vocabulary])
        used = time.process_time()
        writer.add(batch, mapped)
        seconds += time.process_time() - used
    return seconds / max(1, len(articles)) * 1000


def scores(found: Found, made: Sequence[Reprint]) -> dict[str, dict[str, float]]:
    """Give precision, recall and F1 of each kind, and of the kinds of papers together."""
    members: dict[str, list[str]] = {}
    reprints = {reprint.article.id for reprint in made}
    for one, first in found.story.items():
        if one not in reprints:
            members.setdefault(first, []).append(one)
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    total = Counter(reprint.kind for reprint in made)
    for reprint in made:
        mates = members.get(found.story[reprint.article.id], [])
        right[reprint.kind] += any(source in mates for source in reprint.sources)
        of_sources = {found.alone[source] for source in reprint.sources}
        # Only one of two joined articles, and whatever is its reprint, may be there.
        groups = {found.alone[mate] for mate in mates}
        if reprint.kind not in PAPERS_KINDS:
            groups.discard(found.alone[reprint.other])
        wrong[reprint.kind] += len(groups - of_sources) + max(0, len(groups & of_sources) - 1)
    for counter in right, wrong, total:
        counter["all kinds of papers"] = sum(counter[kind] for kind in PAPERS_KINDS)
    return {
        kind: _score(right[kind], wrong[kind], total[kind])
        for kind in ("all kinds of papers", *KINDS)
    }


def _score(right: int, wrong: int, total: int) -> dict[str, float]:
    precision, recall = right / max(1, right + wrong), right / max(1, total)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": precision, "recall": recall, "F1": f1, "made": total}


def merges(found: Found, articles: Sequence[Article]) -> list[tuple[str, str, int | None]]:
    """Give the pairs of untouched articles in a story; the share is known of compared pairs."""
    groups: dict[str, list[str]] = {}
    for one in articles:
        groups.setdefault(found.alone[one.id], []).append(one.id)
    return [
        (*pair, found.shares.get(pair))
        for group in groups.values()
        for pair in combinations(group, 2)
    ]


def show(pairs: Sequence[tuple[str, str, int | None]], articles: Sequence[Article]) -> None:
    """Print pairs of articles, to be read."""
    by_id = {one.id: one for one in articles}
    for first, second, share in pairs:
        told = "only by way of others" if share is None else f"{share / 255:.0%} of the longer one"
        print(f"\n{first} and {second}: {told}")
        for one in by_id[first], by_id[second]:
            print(f"  {one.title} | {one.lead[:120]} | {' '.join(one.body)[:300]}")


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Measure, and print merges if they shall be shown."""
    every = list(islice(read_articles(options.corpus), options.articles))
    articles = every[0 if options.half == "tuning" else 1 :: 2]
    made = make_reprints(articles, options.of_each, SEED)
    found = find(articles, made)
    merged = merges(found, articles)
    near = [pair for pair in merged if pair[2] is None or pair[2] < _NEARLY_SAME]
    chosen = random.Random(SEED).sample(near, min(options.show, len(near)))
    show(chosen, articles)
    welds = sum(
        found.story[one] == found.story[other]
        for reprint in made
        for one, other in combinations(reprint.sources, 2)
    )
    return {
        "machine": machine(),
        "corpus": str(Path(options.corpus).name),
        "half": options.half,
        "articles": len(articles),
        "reprints made": len(made),
        "scores": scores(found, made),
        "stories welded by joined articles": welds,
        "merges of untouched articles": {
            "pairs": len(merged),
            "of these not nearly the same": len(near),
            "articles merged": sum(found.alone[one.id] != one.id for one in articles),
        },
        "cost": found.figures,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", default=VIETNEWS)
    parser.add_argument("--articles", type=int, help="read at most N articles of the corpus")
    parser.add_argument("--half", choices=("tuning", "test"), default="test")
    parser.add_argument("--of-each", type=int, default=200, help="reprints of each kind")
    parser.add_argument("--show", type=int, default=0, help="print N merges, to be read")
    parser.add_argument("--json", type=Path, help="write the figures to a file")
    options = parser.parse_args()
    figures = measure(options)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"\n{figures['articles']:,} articles, {figures['half']} half of {figures['corpus']}")
    for kind, score in figures["scores"].items():
        told = "  ".join(f"{name} {score[name]:.3f}" for name in ("precision", "recall", "F1"))
        print(f"  {kind:28} {told}  of {score['made']:.0f}")
    for name in ("merges of untouched articles", "cost"):
        print(name)
        for key, value in figures[name].items():
            print(
                f"  {key:36} {value:,.3f}" if isinstance(value, float) else f"  {key:36} {value:,}"
            )
    print("stories welded by joined articles:", figures["stories welded by joined articles"])


if __name__ == "__main__":
    main()
