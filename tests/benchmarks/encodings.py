"""How surely encodings are recognised, and that nothing is lost in them.

Run from the root of the project::

    python -m tests.benchmarks.encodings [CORPUS] [--articles N] [--json FILE]

The articles are taken evenly from the whole corpus. Of each, the title, the first paragraph and
all of it are put into each encoding of before Unicode that can hold them, and recognised again.
*Precision*: of what was recognised, how much became the right text. *Recall*: of all, how much
was recognised. What is refused is neither wrong nor right: its user is asked. A text of ASCII
letters only is the same in all encodings, and is left out. In UTF-8 and UTF-16 nothing may be
taken for something else, and no article may be mended: that runs over all articles.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus import Article, read_articles
from corpus.text.detection import detect, encoding_named
from corpus.text.mending import mend
from tests.benchmarks.corpora import VIETNEWS
from tests.benchmarks.machine import machine
from tests.corpus.text.encoders import ENCODERS

LENGTHS = ("title", "paragraph", "article")


def texts_of(article: Article) -> dict[str, str]:
    """The texts of three lengths that an article gives."""
    return {
        "title": article.title,
        "paragraph": article.body[0] if article.body else article.lead,
        "article": "\n".join((article.title, article.lead, *article.body)),
    }


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def measure(articles: Iterable[Article], every: int) -> dict[str, Any]:
    """Measure all of it.

    Args:
        articles: The articles.
        every: Of how many articles one is put into each encoding.
    """
    found: dict[tuple[str, str], Counter[str]] = {
        (name, length): Counter() for name in ENCODERS for length in LENGTHS
    }
    alarms: Counter[str] = Counter()
    total = 0
    for number, article in enumerate(articles):
        total += 1
        texts = texts_of(article)
        alarms["mended"] += bool(mend([article.title, article.lead, *article.body]).was)
        for text in texts.values():
            alarms["UTF-8 not recognised"] += detect(text.encode()).encoding != "UTF-8"
        if number % every:
            continue
        for codec in ("UTF-16-LE", "UTF-16-BE"):
            alarms[f"{codec} not recognised"] += (
                detect(texts["article"].encode(codec)).encoding != codec
            )
        for name in ENCODERS:
            for length, text in texts.items():
                count(found[name, length], name, text)
        if total % 10_000 < every:
            print(f"{total:,} articles", file=sys.stderr)
    return {
        "machine": machine(),
        "articles": total,
        "articles in each encoding": (total + every - 1) // every,
        "encodings": {
            name: {length: _figures(found[name, length]) for length in LENGTHS}
            for name in ENCODERS
        },
        "false alarms in all articles": dict(alarms),
    }


def count(counts: Counter[str], name: str, text: str) -> None:
    """Put a text into an encoding, recognise and read it, and note what came of it."""
    try:
        data = ENCODERS[name](text)
    except ValueError:
        counts["cannot hold"] += 1
        return
    counts["held"] += 1
    counts["round trip"] += nfc(encoding_named(name).decode(data)) == nfc(text)
    if data.isascii():
        counts["ASCII"] += 1
        return
    detected = detect(data)
    if not detected.encoding:
        counts["refused"] += 1
    elif detected.encoding in ENCODERS:
        # Where two encodings give the same text, either is right.
        right = nfc(encoding_named(detected.encoding).decode(data)) == nfc(text)
        counts["right" if right else "wrong"] += 1
    else:
        counts["wrong"] += 1


def _figures(counts: Counter[str]) -> dict[str, float]:
    told = counts["right"] + counts["wrong"]
    return {
        "texts": counts["held"],
        "cannot hold": counts["cannot hold"],
        "ASCII": counts["ASCII"],
        "round trip": counts["round trip"] / max(1, counts["held"]),
        "precision": counts["right"] / max(1, told),
        "recall": counts["right"] / max(1, told + counts["refused"]),
        "wrong": counts["wrong"],
        "refused": counts["refused"],
    }


def print_report(figures: dict[str, Any]) -> None:
    on = figures["machine"]
    print(f"{on['date']}, {on['processor']}, {on['cores']} cores, Python {on['python']}")
    print(f"{figures['articles']:,} articles, {figures['articles in each encoding']:,} encoded\n")
    print("| encoding | length | texts | cannot hold | round trip | precision | recall | wrong |")
    print("|---|---|---|---|---|---|---|---|")
    for name, lengths in figures["encodings"].items():
        for length, row in lengths.items():
            print(
                f"| {name} | {length} | {row['texts']:,} | {row['cannot hold']:,} "
                f"| {row['round trip']:.4%} | {row['precision']:.3%} | {row['recall']:.2%} "
                f"| {row['wrong']} |"
            )
    print("\nfalse alarms:", figures["false alarms in all articles"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the recognition of encodings.")
    parser.add_argument("corpus", type=Path, nargs="?", default=VIETNEWS)
    parser.add_argument("--articles", type=int, default=5_000, help="to put into each encoding")
    parser.add_argument("--limit", type=int, help="articles to read at all")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    length = options.limit or sum(1 for _ in read_articles(options.corpus))
    articles = read_articles(options.corpus, limit=options.limit)
    figures = measure(articles, max(1, length // options.articles))
    print_report(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
