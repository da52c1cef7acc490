"""The options of commands that read a corpus."""

from __future__ import annotations

import argparse

from webapp.commands.console import path_name


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """Describe the files to read."""
    parser.add_argument(
        "corpus",
        type=path_name,
        nargs="+",
        metavar="CORPUS",
        help="files and folders, or - for standard input: articles as text, JSON, BSON, CSV, "
        "Parquet, HTML or WARC, also compressed or in archives (zip, tar)",
    )


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Describe how they are read."""
    parser.add_argument(
        "--map",
        type=_mapping,
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="the records' name for a field, where it is not to be guessed: title=headline; "
        "may be given several times",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="the encoding of all texts, where it is not to be recognised: UTF-8, UTF-16-LE, "
        "UTF-16-BE, TCVN3, VNI, VISCII or Windows-1258",
    )


def _mapping(text: str) -> tuple[str, str]:
    field, _, name = text.partition("=")
    if not field or not name:
        raise argparse.ArgumentTypeError(f"{text!r} must be of the form FIELD=NAME")
    return field, name
