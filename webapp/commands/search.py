"""`timbao search`: one question to an index, answered on the terminal."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from webapp.commands.console import (
    ExitCode,
    fail,
    is_styled,
    out,
    out_json,
    printable,
    readable,
    say,
)
from webapp.commands.index_options import add_abbreviations, add_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer import (
        Correction,
        Hit,
        Index,
        Passage,
        QueryError,
        RequestError,
        SearchRequest,
        SearchResult,
    )
    from webapp.matches import Match

_OPTIONS = {"published_from": "--from", "published_to": "--to", "offset": "--page"}
# Private characters that stand for a mark while lines are wrapped.
_MARK_ON, _MARK_OFF = "\ue000", "\ue001"
_LONGEST_MEND = 200
_ENOUGH = 10
"""If so many articles hold all words, nothing else is taken to have been meant."""
_BOLD, _FAINT, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_question(parser)
    parser.add_argument(
        "--size", type=int, default=10, metavar="N", help="results on a page (default: 10)"
    )
    parser.add_argument("--page", type=int, default=1, metavar="N", help="which page (default: 1)")
    parser.add_argument(
        "--timeout", type=float, metavar="S", help="give up after so many seconds (default: never)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_question(parser: argparse.ArgumentParser) -> None:
    """Describe the options that say what is looked for, and in which order."""
    parser.add_argument("query", nargs="+", metavar="QUERY", help='what to find; "" for all')
    add_index(parser)
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
        "--marks",
        choices=("auto", "exact", "free"),
        default="auto",
        help="whether a syllable also means those with more marks "
        "(default: in a query without any mark)",
    )
    parser.add_argument(
        "--no-abbreviations",
        action="store_true",
        help="do not look for abbreviations as what they stand for, nor the other way round",
    )
    add_abbreviations(parser)
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse a query with a mistake in place of reading it",
    )
    parser.add_argument(
        "--sort",
        choices=("relevance", "newest", "oldest"),
        default="relevance",
        help="order of the results (default: relevance)",
    )
    parser.add_argument(
        "--collapse",
        action="store_true",
        help="one result for each story: reprints stand behind the article that comes first",
    )


def run(options: argparse.Namespace) -> int:
    """Search, and print what was found."""
    from indexer import FACETS, AbbreviationsError, IndexUnusableError, RequestError, open_index

    if options.page < 1:
        return fail(f"--page: must be at least 1, not {options.page}", ExitCode.WRONG_USE)
    try:
        request = question(
            options,
            facets=FACETS if options.json else (),
            timeline="month" if options.json else None,
            offset=(options.page - 1) * max(options.size, 0),
            size=options.size,
            timeout=options.timeout,
        )
    except RequestError as error:
        return fail(named_as_options(error), ExitCode.WRONG_USE)
    try:
        with open_index(options.index, abbreviations=options.abbreviations) as index:
            return answer(index, request, as_json=options.json)
    except AbbreviationsError as error:
        return fail(error, ExitCode.WRONG_USE)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)


def question(options: argparse.Namespace, **wanted: Any) -> SearchRequest:
    """Make the request that options of `add_question` stand for.

    Args:
        options: The options.
        wanted: What is wanted of what is found: facets, size, and so on.

    Raises:
        RequestError: An option has no meaning.
    """
    from indexer import FACETS, SearchRequest

    return SearchRequest(
        readable(" ".join(options.query)),
        filters={name: [readable(v) for v in getattr(options, name)] for name in FACETS},
        published_from=options.first,
        published_to=options.last,
        match=options.match,
        marks=options.marks,
        abbreviations=not options.no_abbreviations,
        strict=options.strict,
        sort=options.sort,
        collapse=options.collapse,
        **wanted,
    )


def named_as_options(error: RequestError) -> str:
    """Tell of a request without meaning in the words of the command line."""
    return error.renamed({error.option: f"--{error.option}", **_OPTIONS})


def explained(error: QueryError, query: str) -> str:
    """Tell what is wrong with a query, with a caret below the place."""
    return _explained(error.message, query, error.position, error.mend)


def answer(index: Index, request: SearchRequest, *, as_json: bool) -> int:
    """Put a request to an index and print the answer.

    Returns:
        The exit code of the command.
    """
    from indexer import QueryError, SearchTimeoutError

    try:
        result = index.search(request)
        left = request.timeout and max(request.timeout - result.took_ms / 1000, 1e-9)
        corrections = _corrections(index, request.query, result, left)
    except QueryError as error:
        return fail(explained(error, request.query), ExitCode.WRONG_USE)
    except SearchTimeoutError as error:
        return fail(error, ExitCode.TIMED_OUT)
    if as_json:
        found = result.to_dict() | {"corrections": [asdict(other) for other in corrections]}
        out_json(found)
    else:
        for notice in result.notices:
            if notice.end:
                say(_explained(notice.message_en, request.query, notice.start, notice.mend))
            else:
                say(printable(notice.message_en))
        _print_result(result, request)
        _offer(corrections)
    return ExitCode.OK if result.total else ExitCode.NOTHING_FOUND


def _explained(
    message: str, query: str, position: int, mend: str | None = None, around: int = 30
) -> str:
    start = max(position - around, 0)
    shown = printable(query[start : position + around])
    # Vietnamese letters may be typed as several characters; the caret counts what is shown.
    before = unicodedata.normalize("NFC", query[start:position])
    lines = [printable(message), f"  {shown}", f"  {' ' * len(before)}^"]
    if mend and len(mend) <= _LONGEST_MEND:
        lines.append(f"  mended: {printable(mend)}")
    return "\n".join(lines)


def _corrections(
    index: Index, query: str, result: SearchResult, timeout: float | None
) -> Sequence[Correction]:
    """Find other queries that may have been meant.

    Where something is found, these are spellings that find more: `tai nạn giao thong` has most of
    its words in thousands of articles, and all of them in three.
    """
    from indexer import CorrectionKind, SearchTimeoutError

    if result.with_all >= _ENOUGH:
        return ()
    try:
        found = index.corrections(query, timeout=timeout)
    except SearchTimeoutError:
        if not result.total:
            raise
        return ()  # what was found is worth more than what else may have been meant
    return [one for one in found if not result.total or one.kind is CorrectionKind.SPELLING]


def _offer(corrections: Sequence[Correction]) -> None:
    if corrections:
        queries = (f"{printable(other.query)} ({other.count:,})" for other in corrections)
        say(f"Did you mean: {', '.join(queries)}")


def _print_result(result: SearchResult, request: SearchRequest) -> None:
    from webapp.matches import told_matches

    width = min(shutil.get_terminal_size((88, 24)).columns, 100)
    styled = is_styled(sys.stdout)
    for hit, matches in zip(result.hits, told_matches(result.hits), strict=True):
        for line in _lines(hit, width, matches, styled=styled):
            out(line)
        out()
    query = f" for {printable(request.query)}" if request.query.strip() else ""
    if not result.total:
        say(f"No article found{query}.")
        return
    first = request.offset + 1
    listed = result.stories if request.collapse else result.total
    if result.hits:
        shown = f"{first}-{request.offset + len(result.hits)} of "
    else:
        shown = "" if first <= listed else f"No results from {first} on; there are "
    counted = _counted(result.total, "article", "articles")
    if result.stories != result.total:
        about = "about " if result.stories_approximate else ""
        counted += f", {about}{_counted(result.stories, 'story', 'stories')}"
    if result.match != "all":
        which = "any" if result.match == "any" else "most"
        out(f"These hold {which} of the words; {result.with_all:,} hold all (--match all).")
    out(f"{shown}{counted}{query}, {result.took_ms:.0f} ms")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _lines(hit: Hit, width: int, matches: Sequence[Match] = (), *, styled: bool) -> list[str]:
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
    if matches:
        told = "; ".join(f"{match.typed} as {match.found}" for match in matches)
        lines.append(f"  with {printable(told)}")
    if hit.missing:
        lines.append(f"  without {', '.join(map(printable, hit.missing))}")
    if hit.others:  # named in a collapsed result only
        lines.append(f"  and {_counted(hit.similar, 'similar article', 'similar articles')}")
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
