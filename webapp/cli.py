"""The `timbao` command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from webapp.commands import demo, index, search, serve
from webapp.commands.console import (
    EXIT_CODES,
    ExitCode,
    close_output,
    fail,
    prepare_streams,
)

_EXAMPLES = """\
examples:
  timbao demo
  timbao index articles.jsonl.zst more/ --index var/index
  timbao search "bầu cử đại biểu" --index var/index --from 2021-04 --to 2021-05
  timbao search "công ty" --index var/index --source "Tin Ven Biển" --sort newest --json
  timbao serve --index var/index --port 8080

"""

_COMMANDS = (
    (index, "index", "build an index from a corpus"),
    (search, "search", "search an index"),
    (serve, "serve", "serve the search page of an index"),
    (demo, "demo", "index the sample corpus and serve it"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Its arguments; those of the process if none are given.

    Returns:
        The exit code; see `ExitCode`.
    """
    prepare_streams()
    options = _parser().parse_args(argv)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:
        close_output()
        return ExitCode.OUTPUT_CLOSED
    except KeyboardInterrupt:
        return fail("interrupted", ExitCode.INTERRUPTED)
    return code


class _Version(argparse.Action):
    """Prints the version; looks it up only when asked, since that takes time."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("timbao")
        except PackageNotFoundError:
            number = "(not installed)"
        print(f"timbao {number}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="timbao",
        description="Full-text search over a corpus of Vietnamese news.",
        epilog=_EXAMPLES + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module, name, summary in _COMMANDS:
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
