"""`timbao inspect`: what a corpus is made of, without building an index of it."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from webapp.commands.console import ExitCode, fail, out, out_json
from webapp.commands.corpus_options import add_corpus, add_reading_options
from webapp.commands.corpus_summary import finding_lines, reprints_line, summary_lines


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_corpus(parser)
    add_reading_options(parser)
    parser.add_argument("--limit", type=_positive, metavar="N", help="read at most N articles")
    parser.add_argument(
        "--no-reprints",
        action="store_true",
        help="do not count which articles are reprints, which takes most of the time",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Read the corpus, and tell what is in it."""
    from contextlib import ExitStack

    from corpus import OptionError, PathError, inspect_corpus
    from indexer import BuildError, ReprintCounter
    from webapp.commands.progress import progress_display

    try:
        with ExitStack() as stack:
            counter = None if options.no_reprints else stack.enter_context(ReprintCounter())
            display = stack.enter_context(progress_display())
            summary = inspect_corpus(
                options.corpus,
                limit=options.limit,
                field_map=dict(options.map),
                encoding=options.encoding,
                on_progress=display.show,
                on_article=counter.add if counter else None,
            )
            reprints = counter.figures() if counter else None
    except (OptionError, PathError) as error:
        return fail(error, ExitCode.WRONG_USE)
    except BuildError as error:
        return fail(error, ExitCode.BUILD_FAILED)
    if options.json:
        out_json({**summary.to_dict(), "reprints": reprints and asdict(reprints)})
        return ExitCode.OK
    for line in summary_lines(summary):
        out(line)
    if reprints is not None:
        out(f"reprints          {reprints_line(reprints)}")
    for line in finding_lines("records skipped", summary.skipped):
        out(line)
    return ExitCode.OK


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
