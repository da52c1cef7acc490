"""`timbao info`: what an index consists of."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from webapp.commands.console import ExitCode, fail, out, out_json, path_name, readable_size
from webapp.commands.corpus_summary import reprints_line

if TYPE_CHECKING:
    from indexer import IndexInfo


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "index", type=path_name, metavar="DIR", help="folder of the index, or its address"
    )
    parser.add_argument("--json", action="store_true", help="print everything as a JSON object")


def run(options: argparse.Namespace) -> int:
    """Describe the index."""
    from indexer import IndexUnusableError, index_info

    try:
        info = index_info(options.index)
    except IndexUnusableError as error:
        return fail(error, ExitCode.INDEX_UNUSABLE)
    if options.json:
        out_json(info.to_dict())
    else:
        _describe(info)
    return ExitCode.OK


def _describe(info: IndexInfo) -> None:
    out(f"articles    {info.articles:,}")
    out(f"deleted     {info.deleted:,}")
    out(f"tombstones  {info.tombstones:,}")
    out(f"generation  {info.generation}, {info.created}")
    out(f"schema      {info.schema_version}")
    out(f"analyzer    {info.analyzer}")
    out(f"model       {info.model}")
    out(f"size        {readable_size(info.size_bytes)}")
    if info.reprints is None:
        out("reprints    not looked for")
    else:
        out(f"reprints    {reprints_line(info.reprints)}")
    out(f"segments    {len(info.segments):,}")
    for segment in info.segments:
        size = readable_size(segment.size_bytes)
        out(
            f"  {segment.name}  {segment.articles:,} articles, {segment.deleted:,} deleted, {size}"
        )
    out("bytes by part, and for each article")
    for part, count in info.parts.items():
        if count:
            out(f"  {part:26} {count:>15,} {info.bytes_per_article(part):>12,.1f}")
