"""That a dump of any size is read in the same memory, and how fast.

Run from the root of the project::

    python -m tests.benchmarks.streaming [--articles N] [--forms FORM ...] [--json FILE]

Records of the sample corpus, with a number and a paragraph of noise so that no two are alike,
are written to a file of each form, and read in a process of its own; the process tells its
greatest resident memory after a tenth of the articles and at the end.
"""

from __future__ import annotations

import argparse
import bz2
import contextlib
import csv
import gzip
import io
import json
import lzma
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any, cast

import bson
import zstandard

from corpus import sample_articles
from tests.benchmarks.machine import machine
from tests.corpus.text.encoders import ENCODERS

_READ = """
import json, re, sys, time
from corpus import read_records
def peak():
    # Not getrusage, which counts what the parent had at the fork.
    return int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) / 1000
wanted, count, early, skipped = int(sys.argv[2]), 0, 0, []
started = time.perf_counter()
for record in read_records(sys.argv[1], on_skip=skipped.append):
    count += 1
    if count == wanted // 10:
        early = peak()
print(json.dumps({
    "read": count, "skipped": len(skipped), "seconds": time.perf_counter() - started,
    "peak MB after a tenth": early, "peak MB": peak(),
}))
"""


def records(count: int) -> Iterator[dict[str, object]]:
    """Articles in the shape of a dump."""
    chance = random.Random(1)
    articles = list(sample_articles())
    for number, article in enumerate(islice(cycle(articles), count)):
        noise = f"{number} {chance.randbytes(60).hex()}"
        yield {
            "id": number,
            "title": article.title,
            "sapo": article.lead,
            "body": "".join(f"<p>{text}</p>" for text in (*article.body, noise)),
            "source": article.source,
            "publish": {"$date": "2018-02-04T22:15:07Z"},
        }


def _lines(file: IO[bytes], count: int) -> None:
    for record in records(count):
        file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def _shell(file: IO[bytes], count: int) -> None:
    for record in records(count):
        text = json.dumps(record, ensure_ascii=False, indent="\t")
        date = '{\n\t\t"$date": "2018-02-04T22:15:07Z"\n\t}'
        file.write(text.replace(date, 'ISODate("2018-02-04T22:15:07Z")').encode() + b"\n")


def _array(file: IO[bytes], count: int) -> None:
    file.write(b"[")
    for number, record in enumerate(records(count)):
        file.write(b",\n" if number else b"\n")
        file.write(json.dumps(record, ensure_ascii=False).encode())
    file.write(b"\n]")


def _bson(file: IO[bytes], count: int) -> None:
    for record in records(count):
        file.write(bson.encode(record))


def _csv(file: IO[bytes], count: int) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, ["id", "title", "sapo", "body", "source", "publish"])
    writer.writeheader()
    for record in records(count):
        writer.writerow(record | {"publish": "2018-02-04T22:15:07Z"})
    text.detach()


def _tcvn3(file: IO[bytes], count: int) -> None:
    for record in records(count):
        line = json.dumps(record, ensure_ascii=False).lower()
        with contextlib.suppress(ValueError):
            file.write(ENCODERS["TCVN3"](line) + b"\n")


def _tar_gz(file: IO[bytes], count: int) -> None:
    with (
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        for number, record in enumerate(records(count)):
            content = json.dumps(record).encode()
            info = tarfile.TarInfo(f"{number // 1000}/{number}.json")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
            archive.members = []  # type: ignore[attr-defined]


def _zip(file: IO[bytes], count: int) -> None:
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.jsonl", "w", force_zip64=True) as member,
    ):
        _lines(member, count)


def _through(open_file: Callable[[IO[bytes]], Any]) -> Callable[[IO[bytes], int], None]:
    def write(file: IO[bytes], count: int) -> None:
        with open_file(file) as packed:
            _lines(cast("IO[bytes]", packed), count)

    return write


FORMS: dict[str, Callable[[IO[bytes], int], None]] = {
    "jsonl": _lines,
    "jsonl.zst": _through(lambda file: zstandard.ZstdCompressor().stream_writer(file)),
    "jsonl.gz": _through(lambda file: gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1)),
    "jsonl.bz2": _through(lambda file: bz2.BZ2File(file, "wb")),
    "jsonl.xz": _through(lambda file: lzma.LZMAFile(file, "wb", preset=0)),  # noqa: SIM115
    "zip": _zip,
    "tar.gz of files": _tar_gz,
    "array": _array,
    "shell": _shell,
    "bson": _bson,
    "csv": _csv,
    "tcvn3": _tcvn3,
}


def measure(form: str, articles: int, folder: Path) -> dict[str, float]:
    """Write one form, and read it in a process of its own."""
    path = folder / "dump"
    started = time.perf_counter()
    with path.open("wb") as file:
        FORMS[form](file, articles)
    written = time.perf_counter() - started
    command = [sys.executable, "-c", _READ, str(path), str(articles)]
    done = subprocess.run(command, capture_output=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    figures |= {"MB": path.stat().st_size / 1e6, "seconds to write": written}
    path.unlink()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure reading at flat memory.")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=list(FORMS))
    parser.add_argument("--folder", type=Path, help="where to write the dumps (some gigabytes)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    figures: dict[str, Any] = {"machine": machine(), "articles": options.articles, "forms": {}}
    print("| form | MB | articles | skipped | articles/s | peak MB after a tenth | peak MB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for form in options.forms:
            row = figures["forms"][form] = measure(form, options.articles, Path(folder))
            print(
                f"| {form} | {row['MB']:,.0f} | {row['read']:,} | {row['skipped']:,} "
                f"| {row['read'] / row['seconds']:,.0f} | {row['peak MB after a tenth']:.0f} "
                f"| {row['peak MB']:.0f} |",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
