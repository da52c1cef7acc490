"""`timbao related`: the articles that are like one."""

from __future__ import annotations

import argparse

from webapp.commands.console import (
    ExitCode,
    fail,
    out,
    out_json,
    positive,
    printable,
    readable,
    say,
)
from webapp.commands.index_options import add_index


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("id", metavar="ID", help="id of the article")
    add_index(parser)
    parser.add_argument(
        "--size", type=positive, default=5, metavar="N", help="how many at most (default: 5)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Print related articles, the most similar first."""
    from indexer import IndexUnusableError, open_index

    article_id = readable(options.id)
    try:
        with open_index(options.index) as index:
            known = index.article(article_id) is not None
            related = index.related(article_id, options.size)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    if options.json:
        found = {"id": article_id, "related": [hit.to_dict() for hit in related]}
        out_json(found)
    for hit in () if options.json else related:
        day = hit.published.isoformat()[:10] if hit.published else "undated"
        out(" · ".join(printable(part) for part in (hit.title, hit.source, day, hit.id) if part))
    if not known:
        say(f"No article has the id {printable(article_id)}.")
    elif not related and not options.json:
        say("No article is like this one.")
    return ExitCode.OK if related else ExitCode.NOTHING_FOUND
