"""`timbao inspect`: what a corpus is made of, without building an index of it."""

from __future__ import annotations

import argparse

from webapp.commands.console import ExitCode, fail, out, out_json
from webapp.commands.corpus_options import add_corpus, add_reading_options
from webapp.commands.corpus_summary import finding_lines, summary_lines


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    add_corpus(parser)
    add_reading_options(parser)
    parser.add_argument("--limit", type=_positive, metavar="N", help="read at most N articles")
    parser.add_argument("--json", action="store_true", help="print the summary as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Read the corpus, and tell what is in it."""
    from corpus import OptionError, PathError, inspect_corpus
    from webapp.commands.progress import progress_display

    try:
        with progress_display() as display:
            summary = inspect_corpus(
                options.corpus,
                limit=options.limit,
                field_map=dict(options.map),
                encoding=options.encoding,
                on_progress=display.show,
            )
    except (OptionError, PathError) as error:
        return fail(error, ExitCode.WRONG_USE)
    if options.json:
        out_json(summary.to_dict())
        return ExitCode.OK
    for line in summary_lines(summary):
        out(line)
    for line in finding_lines("records skipped", summary.skipped):
        out(line)
    return ExitCode.OK


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
