"""`timbao search`: one question to an index, answered on the terminal."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from webapp.commands.console import (
    ExitCode,
    fail,
    is_styled,
    is_utf8,
    out,
    path_name,
    printable,
    readable,
    say,
)

if TYPE_CHECKING:
    from indexer import Hit, Index, Passage, QueryError, SearchRequest, SearchResult

_OPTIONS = {"published_from": "--from", "published_to": "--to", "offset": "--page"}
# Private characters that stand for a mark while lines are wrapped.
_MARK_ON, _MARK_OFF = "\ue000", "\ue001"
_BOLD, _FAINT, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("query", nargs="+", metavar="QUERY", help='what to find; "" for all')
    parser.add_argument(
        "--index", type=path_name, required=True, metavar="DIR", help="folder of the index"
    )
    for name, what in (
        ("source", "paper"),
        ("topic", "topic"),
        ("section", "section of a paper"),
        ("author", "author"),
        ("tag", "key word"),
        ("credited", "paper or agency that is credited"),
        ("photographer", "photographer"),
    ):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar=name[0].upper(),
            help=f"only this {what}; given several times: any of them",
        )
    parser.add_argument(
        "--from",
        dest="first",
        metavar="D",
        help="published on or after: 2021-04-08, 2021-04 or 2021",
    )
    parser.add_argument("--to", dest="last", metavar="D", help="published on or before")
    parser.add_argument(
        "--match",
        choices=("auto", "all", "most", "any"),
        default="auto",
        help="how many words an article must hold (default: all where that gives 10, else most)",
    )
    parser.add_argument(
        "--sort",
        choices=("relevance", "newest", "oldest"),
        default="relevance",
        help="order of the results (default: relevance)",
    )
    parser.add_argument(
        "--size", type=int, default=10, metavar="N", help="results on a page (default: 10)"
    )
    parser.add_argument("--page", type=int, default=1, metavar="N", help="which page (default: 1)")
    parser.add_argument(
        "--timeout", type=float, metavar="S", help="give up after so many seconds (default: never)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Search, and print what was found."""
    from indexer import FACETS, IndexUnusableError, RequestError, SearchRequest, open_index

    if options.page < 1:
        return fail(f"--page: must be at least 1, not {options.page}", ExitCode.WRONG_USE)
    try:
        request = SearchRequest(
            readable(" ".join(options.query)),
            filters={name: [readable(v) for v in getattr(options, name)] for name in FACETS},
            published_from=options.first,
            published_to=options.last,
            facets=FACETS if options.json else (),
            timeline="month" if options.json else None,
            match=options.match,
            sort=options.sort,
            offset=(options.page - 1) * max(options.size, 0),
            size=options.size,
            timeout=options.timeout,
        )
    except RequestError as error:
        return fail(
            error.renamed({error.option: f"--{error.option}", **_OPTIONS}), ExitCode.WRONG_USE
        )
    try:
        with open_index(options.index) as index:
            return answer(index, request, as_json=options.json)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)


def answer(index: Index, request: SearchRequest, *, as_json: bool) -> int:
    """Put a request to an index and print the answer.

    Returns:
        The exit code of the command.
    """
    from indexer import QueryError, SearchTimeoutError

    try:
        result = index.search(request)
    except QueryError as error:
        return fail(_explained(error, request.query), ExitCode.WRONG_USE)
    except SearchTimeoutError as error:
        return fail(error, ExitCode.TIMED_OUT)
    if as_json:
        out(json.dumps(result.to_dict(), ensure_ascii=not is_utf8(sys.stdout)))
    else:
        _print_result(result, request)
    return ExitCode.OK if result.total else ExitCode.NOTHING_FOUND


def _explained(error: QueryError, query: str, around: int = 30) -> str:
    start = max(error.position - around, 0)
    shown = printable(query[start : error.position + around])
    # Vietnamese letters may be typed as several characters; the caret counts what is shown.
    caret = " " * (error.position - start) + "^"
    return f"{error.message}\n  {shown}\n  {caret}"


def _print_result(result: SearchResult, request: SearchRequest) -> None:
    width = min(shutil.get_terminal_size((88, 24)).columns, 100)
    styled = is_styled(sys.stdout)
    for hit in result.hits:
        for line in _lines(hit, width, styled=styled):
            out(line)
        out()
    query = f" for {printable(request.query)}" if request.query.strip() else ""
    if not result.total:
        say(f"No article found{query}.")
        return
    first = request.offset + 1
    if result.hits:
        shown = f"{first}-{request.offset + len(result.hits)} of "
    else:
        shown = "" if first <= result.total else f"No results from {first} on; there are "
    articles = "article" if result.total == 1 else "articles"
    if result.match != "all":
        which = "any" if result.match == "any" else "most"
        out(f"These hold {which} of the words; {result.with_all:,} hold all (--match all).")
    out(f"{shown}{result.total:,} {articles}{query}, {result.took_ms:.0f} ms")


def _lines(hit: Hit, width: int, *, styled: bool) -> list[str]:
    from webapp.excerpts import excerpts

    title = printable(hit.title)
    about = " · ".join(
        printable(part)
        for part in (
            hit.source,
            hit.section,
            hit.published.isoformat()[:10] if hit.published else "undated",
        )
        if part
    )
    snippet = " ".join(
        f"{excerpt.before}{_marked(excerpt.passage)}{excerpt.after}" for excerpt in excerpts(hit)
    )
    lines = [f"{_BOLD}{title}{_PLAIN}" if styled else title]
    lines.append(f"{_FAINT}{about}{_PLAIN}" if styled else about)
    lines.extend(textwrap.wrap(snippet, width - 2, initial_indent="  ", subsequent_indent="  "))
    if hit.missing:
        lines.append(f"  without {', '.join(map(printable, hit.missing))}")
    if hit.url:
        lines.append(f"  {printable(hit.url)}")
    on, off = (_BOLD, _PLAIN) if styled else ("", "")
    return [line.replace(_MARK_ON, on).replace(_MARK_OFF, off) for line in lines]


def _marked(passage: Passage) -> str:
    parts = []
    written = 0
    text = printable(passage.text).replace(_MARK_ON, " ").replace(_MARK_OFF, " ")
    for start, end in passage.marks:
        parts += [text[written:start], _MARK_ON, text[start:end], _MARK_OFF]
        written = end
    return "".join((*parts, text[written:]))
