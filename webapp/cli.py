"""The `timbao` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from webapp.commands.console import (
    EXIT_CODES,
    ExitCode,
    OutputError,
    discard,
    fail,
    flush_output,
    out,
    prepare_streams,
    stopped_by_signals,
)

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_EXAMPLES = """\
examples:
  timbao demo
  timbao index articles.jsonl.zst more/ --index var/index
  timbao inspect articles.jsonl.zst
  timbao search "bầu cử đại biểu" --index var/index --from 2021-04 --to 2021-05
  timbao search "công ty" --index var/index --source "Tin Ven Biển" --sort newest --json
  timbao export "dân vận" --index var/index --format csv -o dan-van.csv
  timbao suggest "duong s" --index var/index
  timbao index today.jsonl --index var/index --update
  timbao delete --index var/index --ids withdrawn.txt --tombstone
  timbao serve --index var/index --port 8080

"""

_COMMANDS = {
    "index": "build an index from a corpus, or add to one",
    "inspect": "tell what a corpus is made of, without building an index",
    "search": "search an index",
    "export": "write everything that a search finds to a file",
    "suggest": "complete what somebody begins to type",
    "related": "tell which articles are like one",
    "delete": "delete articles from an index",
    "optimize": "merge an index into one segment without deleted articles",
    "check": "read every byte of an index, and tell what is damaged",
    "info": "tell what an index consists of",
    "serve": "serve the search page of an index",
    "demo": "index the sample corpus and serve it",
}
_SERVING = {"serve", "demo"}
"""Commands that are meant to be stopped."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Its arguments; those of the process if none are given.

    Returns:
        The exit code; see `ExitCode`.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    with stopped_by_signals():
        prepare_streams()
        try:
            return _run(arguments)
        except BrokenPipeError:
            discard(sys.stdout)
            return ExitCode.OUTPUT_CLOSED
        except OutputError as error:
            discard(sys.stdout)
            return fail(error, ExitCode.OUTPUT_FAILED)
        except KeyboardInterrupt:
            if _SERVING.intersection(arguments[:1]):
                return ExitCode.OK
            return fail("interrupted", ExitCode.INTERRUPTED)
        finally:
            try:
                sys.stderr.flush()
            except OSError:
                discard(sys.stderr)


def _run(arguments: Sequence[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    finally:
        # Also when argparse has printed its help and leaves.
        flush_output()


class _Version(argparse.Action):
    """Prints the version; looks it up only when asked, since that takes time."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("timbao")
        except PackageNotFoundError:
            number = "(not installed)"
        out(f"timbao {number}")
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """A parser whose help fails as results do where it cannot be written."""

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        if file is None:
            out(self.format_help().rstrip("\n"))
        else:
            super().print_help(file)


def _parser() -> argparse.ArgumentParser:
    # The commands are imported here, so that a signal meanwhile is handled already.
    from webapp.commands import (
        check,
        delete,
        demo,
        export,
        index,
        info,
        inspect,
        optimize,
        related,
        search,
        serve,
        suggest,
    )

    parser = _Parser(
        prog="timbao",
        description="Full-text search over a corpus of Vietnamese news.",
        epilog=_EXAMPLES + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    modules = (
        index,
        inspect,
        search,
        export,
        suggest,
        related,
        delete,
        optimize,
        check,
        info,
        serve,
        demo,
    )
    for module, (name, summary) in zip(modules, _COMMANDS.items(), strict=True):
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
