"""Damaged and hostile files of every form, read as users read them."""

import bz2
import gzip
import json
import lzma
import random
import re
import struct
from collections.abc import Callable
from pathlib import Path

import bson
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import read_records
from tests.corpus.bounded import read_bounded
from tests.corpus.containers.test_unpacking import tarred, zipped
from tests.corpus.formats.pages import JSON_LD, OPEN_GRAPH, page
from tests.corpus.formats.test_parquet_table import TABLE
from tests.corpus.formats.test_warc import PAGE
from tests.corpus.text.encoders import ENCODERS

RECORD = {"title": "Đà Nẵng nhắn tin", "body": "<p>Một</p><p>hai</p>", "publish": "5/2/2018"}
LINES = (json.dumps(RECORD, ensure_ascii=False) + "\n").encode() * 3
TEXT = "đảo xa bầu cử\n\nsáng 16-5, cử tri đảo xa đi bầu sớm.\n\nđoạn thứ nhất.\n\nhết.\n"
SAMPLES = {
    "lines": LINES,
    "shell": b'{\n\t"title" : "a",\n\t"publish" : ISODate("2018-02-04T22:15:07Z")\n}\n' * 2,
    "array": json.dumps([RECORD] * 3, indent=1).encode(),
    "bson": bson.encode(RECORD) * 3,
    "csv": 'Tiêu đề;Nội dung\nA;"b\nc"\nD;e\n'.encode(),
    "parquet": TABLE,
    "html": page(JSON_LD + OPEN_GRAPH).encode(),
    "warc": PAGE,
    "utf-16": TEXT.encode("utf-16"),
    **{name: encode(TEXT) for name, encode in ENCODERS.items()},
    "tar": tarred({"a": LINES, "b.txt": TEXT.encode()}),
    "zip": zipped({"a": LINES, "b.txt": TEXT.encode()}),
}
LAYERS: list[Callable[[bytes], bytes]] = [
    bytes,
    gzip.compress,
    zstandard.compress,
    bz2.compress,
    lzma.compress,
]


def read(path: Path) -> tuple[int, int]:
    skipped: list[str] = []
    count = sum(1 for _ in read_records(path, on_skip=lambda skip: skipped.append(str(skip))))
    return count, len(skipped)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.__module__)
def test_every_form_is_read_in_every_compression(
    tmp_path: Path, name: str, layer: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(layer(SAMPLES[name]))
    count, skipped = read(path)
    assert count
    assert skipped == (1 if name == "parquet" else 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
@given(
    st.sampled_from(list(SAMPLES.values())),
    st.sampled_from(LAYERS[:2]),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=4)), max_size=5),
)
def test_damaged_files_give_articles_and_skipped_records_only(
    tmp_path: Path,
    sample: bytes,
    layer: Callable[[bytes], bytes],
    length: float,
    changes: list[tuple[float, bytes]],
) -> None:
    content = bytearray(sample)
    for place, value in changes:
        at = int(place * len(content))
        content[at : at + len(value)] = value
    path = tmp_path / "x"
    path.write_bytes(layer(bytes(content[: round(length * len(content))])))
    read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.sampled_from([b"", b"{", b"[{", b"PAR1", b"WARC/1.0\r\n", b"<html>", b"title,body\n"])
    | st.sampled_from([b"\x1f\x8b", b"PK\x03\x04", b"BZh91AY&SY", b"\xfd7zXZ\0", b"\xff\xfe"])
    | st.sampled_from([b"\x40\0\0\0\x02title\0", b"%PDF-", b"\x28\xb5\x2f\xfd", b"\0a\0b"]),
    st.binary(max_size=400),
)
def test_any_bytes_give_articles_and_skipped_records_only(
    tmp_path: Path, start: bytes, rest: bytes
) -> None:
    path = tmp_path / "x"
    path.write_bytes(start + rest)
    read(path)


def test_real_dump_with_damage_is_read(tmp_path: Path, shared_data: Path) -> None:
    record = (shared_data / "data" / "baomoi-record.txt").read_bytes()
    chance = random.Random(1)
    for _ in range(60):
        content = bytearray(record * 3)
        for _ in range(chance.randrange(1, 5)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        (tmp_path / "x").write_bytes(content)
        count, skipped = read(tmp_path / "x")
        assert count + skipped >= 1


# What would take memory or time without a bound, in a process that has not much of either


MIB = 1 << 20
HOSTILE: dict[str, tuple[bytes, bytes, int]] = {
    "a text of JSON": (b'{"title": "', b"x" * MIB, 300),
    "an array of JSON": (b'[{"title": "', b"x" * MIB, 300),
    "open brackets": (b"", b"[" * MIB, 100),
    "open braces": (b"[", b'{"a":' * (MIB // 5), 100),
    "lines of braces": (b"", b"{\n" * (MIB // 2), 10),
    "a cell of CSV": (b'title,body\na,"', b"x\n" * (MIB // 2), 10),
    "a row of CSV": (b"title,body\n", b"x," * (MIB // 2), 100),
    "a page": (b"<html>", b"<p>" * (MIB // 4), 40),
    "a text": (b"T\n", b"x " * (MIB // 2), 40),
    "a header of WARC": (b"WARC/1.0\r\n", b"x" * MIB, 100),
    "a record of WARC": (b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\n", b"x" * MIB, 300),
    "a document of BSON": (struct.pack("<i", 16 * MIB) + b"\x02title\0", b"x" * MIB, 100),
    "a line in TCVN3": (ENCODERS["TCVN3"](TEXT), ENCODERS["TCVN3"]("đường ") * (MIB // 8), 60),
    "UTF-16": (b"\xff\xfe", b"x\0" * (MIB // 2), 100),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_read_in_bounded_memory_and_time(tmp_path: Path, name: str) -> None:
    start, piece, times = HOSTILE[name]
    path = tmp_path / "x.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(start)
        for _ in range(times):
            file.write(piece)
    result = read_bounded(path, mebibytes=1500, seconds=300)
    assert result["skipped"]
    assert all(re.search(r"[a-z]", skip) for skip in result["skipped"])
    assert result["peak_mib"] < 500
