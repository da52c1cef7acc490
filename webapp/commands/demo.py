"""`timbao demo`: the sample corpus, indexed and served."""

from __future__ import annotations

import argparse
import shlex
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from webapp.commands.console import ExitCode, fail, path_name, readable, say
from webapp.commands.index_options import add_abbreviations
from webapp.commands.serving import port_number, serve_index

_PORTS = 100


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "--dir",
        type=path_name,
        metavar="DIR",
        help="keep the index in this new folder (default: a temporary one)",
    )
    parser.add_argument(
        "--port",
        type=port_number,
        default=8000,
        help="first port to try (default: %(default)s); a taken one is passed over",
    )
    parser.add_argument("--query", metavar="Q", help="search for Q, print the results and stop")
    add_abbreviations(parser)


def run(options: argparse.Namespace) -> int:
    """Build the sample index, then search it once or serve it."""
    from corpus import sample_articles
    from indexer import (
        AbbreviationsError,
        BuildError,
        IndexMissingError,
        IndexUnusableError,
        build_index,
        index_info,
    )

    try:
        with ExitStack() as stack:
            folder = Path(
                options.dir
                or stack.enter_context(tempfile.TemporaryDirectory(prefix="timbao-demo-"))
            )
            with suppress(IndexMissingError):
                index_info(folder)
                return fail(
                    f"--dir: {folder} holds an index already; name a new folder, "
                    f"or serve that index: timbao serve --index {shlex.quote(str(folder))}",
                    ExitCode.WRONG_USE,
                )
            report = build_index(sample_articles(), folder)
            say(f"Indexed {report.articles} sample articles in {report.seconds:.1f} s: {folder}")
            if options.query is not None:
                return _search(folder, readable(options.query), options.abbreviations)
            return _serve(folder, options.port, options.abbreviations)
    except AbbreviationsError as error:
        return fail(error, ExitCode.WRONG_USE)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    except (BuildError, OSError) as error:
        return fail(error, ExitCode.BUILD_FAILED)


def _search(folder: Path, query: str, abbreviations: str | None) -> int:
    from indexer import SearchRequest, open_index
    from webapp.commands.search import answer

    with open_index(folder, abbreviations=abbreviations) as index:
        return answer(index, SearchRequest(query), as_json=False)


def _serve(folder: Path, port: int, abbreviations: str | None) -> int:
    config = {"INDEX": folder, "ABBREVIATIONS": abbreviations or "", "LOG_REQUESTS": 0}
    return serve_index(config, "127.0.0.1", port, tries=_PORTS, workers=1)
