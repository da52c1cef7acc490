"""The options of commands that open an index."""

from __future__ import annotations

import argparse

from webapp.commands.console import path_name


def add_index(parser: argparse.ArgumentParser) -> None:
    """Describe the option that names the index."""
    parser.add_argument(
        "--index",
        type=path_name,
        required=True,
        metavar="DIR",
        help="folder of the index, or its address: opensearch://host:9200/news",
    )


def add_abbreviations(parser: argparse.ArgumentParser) -> None:
    """Describe the option that names a file of abbreviations."""
    parser.add_argument(
        "--abbreviations",
        type=path_name,
        metavar="FILE",
        help="abbreviations that are known besides those that come with timbao",
    )
