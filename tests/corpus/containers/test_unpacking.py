import gzip
import io
import json
import os
import random
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import corpus_size, read_records
from tests.corpus.bounded import read_bounded


def line(title: str) -> bytes:
    return json.dumps({"title": title}).encode() + b"\n"


def tarred(members: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return file.getvalue()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(path: Path) -> tuple[list[str], list[str]]:
    """Where which title was found, and what was skipped; without the folder."""
    skipped: list[str] = []
    records = read_records(path, on_skip=lambda skip: skipped.append(str(skip)))
    found = [f"{record.location} {record.article.title}" for record in records]
    folder = f"{path.parent}{os.sep}"
    return [each.removeprefix(folder) for each in found], [
        each.removeprefix(folder) for each in skipped
    ]


def stored(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


MEMBERS = {"a.jsonl": line("1") + line("2"), "muc/b.txt": "3\nMột đoạn.".encode()}
FOUND = ["x!a.jsonl:1 1", "x!a.jsonl:2 2", "x!muc/b.txt:1 3"]


@pytest.mark.parametrize(
    "content",
    [
        tarred(MEMBERS),
        tarred(MEMBERS, tarfile.USTAR_FORMAT),
        tarred(MEMBERS, tarfile.GNU_FORMAT),
        gzip.compress(tarred(MEMBERS)),
        zstandard.compress(tarred(MEMBERS)),
        zipped(MEMBERS),
        zipped(MEMBERS, zipfile.ZIP_STORED),
        zipped(MEMBERS, zipfile.ZIP_BZIP2),
        zipped(MEMBERS, zipfile.ZIP_LZMA),
        gzip.compress(zipped(MEMBERS)),
    ],
    ids=["pax", "ustar", "gnu", "tar.gz", "tar.zst", "zip", "stored", "bzip2", "lzma", "zip.gz"],
)
def test_members_are_read_in_order_whatever_the_name_of_the_archive(
    tmp_path: Path, content: bytes
) -> None:
    assert read(stored(tmp_path, "x", content)) == (FOUND, [])


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_in_tar_are_whole(tmp_path: Path, form: int) -> None:
    name = "/".join(["thư mục"] * 40) + "/a.jsonl"
    found, _ = read(stored(tmp_path, "x", tarred({name: line("1"), "b": line("2")}, form)))
    assert found == [f"x!{name}:1 1", "x!b:1 2"]


def test_archives_in_archives_and_compressed_members_are_read(tmp_path: Path) -> None:
    inner = zipped({"b.jsonl.zst": zstandard.compress(line("1"))})
    outer = tarred({"in.zip": inner, "c.txt.gz": gzip.compress(b"2")})
    assert read(stored(tmp_path, "x.tar.gz", gzip.compress(outer))) == (
        ["x.tar.gz!in.zip!b.jsonl.zst:1 1", "x.tar.gz!c.txt.gz:1 2"],
        [],
    )


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path) -> None:
    names = ["../../out.jsonl", "/etc/passwd", "a/../b.jsonl"]
    for pack in (tarred, zipped):
        found, skipped = read(stored(tmp_path, "x", pack({name: line("1") for name in names})))
        assert found == [f"x!{name}:1 1" for name in names]
        assert not skipped
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_hidden_members_and_documentation_are_passed_over(tmp_path: Path) -> None:
    members = {"README.md": b"Read me", ".git/x.txt": b"x", "__MACOSX/._a": b"x", "a": line("1")}
    for pack in (tarred, zipped):
        assert read(stored(tmp_path, "x", pack(members))) == (["x!a:1 1"], [])


def test_links_and_devices_in_tar_are_reported_and_not_followed(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE),
            ("b", tarfile.LNKTYPE),
            ("c", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    found, skipped = read(stored(tmp_path, "x", file.getvalue()))
    assert not found
    assert [skip[:8] for skip in skipped] == ["x!a: a s", "x!b: a h", "x!c: a p"]


def test_bad_member_costs_only_itself(tmp_path: Path) -> None:
    members = {"a.jsonl": b"{\n" + line("1"), "b.png": b"\x89PNG\0", "c.jsonl": line("2")}
    for pack in (tarred, zipped):
        found, skipped = read(stored(tmp_path, "x", pack(members)))
        assert found == ["x!a.jsonl:2 1", "x!c.jsonl:1 2"]
        assert [skip.split(": ")[0] for skip in skipped] == ["x!a.jsonl:1", "x!b.png"]


def test_encrypted_member_is_reported(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": line("1")}, zipfile.ZIP_STORED))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    _, skipped = read(stored(tmp_path, "x", bytes(content)))
    assert skipped == ["x!a: encrypted, which is not read; unpack the archive"]


def test_damaged_member_of_a_zip_costs_only_itself(tmp_path: Path) -> None:
    content = zipped({"a": line("1"), "b": line("2")}, zipfile.ZIP_STORED)
    found, skipped = read(stored(tmp_path, "x", content.replace(b'"1"', b'"7"', 1)))
    assert found[-1] == "x!b:1 2"
    assert skipped[0].startswith("x!a: the zip archive is damaged: Bad CRC-32")


def test_archive_that_was_cut_off_gives_what_it_has(tmp_path: Path) -> None:
    content = tarred({"a": line("1"), "b": line("2") * 1000, "c": line("3")})
    found, skipped = read(stored(tmp_path, "x", content[:4000]))
    assert found[0] == "x!a:1 1"
    assert [skip for skip in skipped if "ends early" in skip]


def test_office_document_is_named(tmp_path: Path) -> None:
    content = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})
    _, skipped = read(stored(tmp_path, "x.docx", content))
    assert skipped == ["x.docx: an office document or a book; save it as text, HTML or CSV"]


@pytest.mark.parametrize("pack", [tarred, zipped])
def test_empty_archive_is_reported(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    _, skipped = read(stored(tmp_path, "x", pack({})))
    assert len(skipped) == 1


def test_layers_without_end_are_given_up(tmp_path: Path) -> None:
    content = line("1")
    for _ in range(9):
        content = gzip.compress(content)
    _, skipped = read(stored(tmp_path, "x", content))
    assert skipped == ["x: packed more than 8 times over; unpack it"]


@pytest.mark.parametrize("pack", [tarred, zipped])
def test_progress_of_an_archive_adds_up_to_its_size(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    noise = random.Random(1).randbytes(1 << 20)
    path = stored(tmp_path, "x", pack({"a": noise, "b": line("1"), "c": noise}))
    counts: list[int] = []
    list(read_records(path, on_bytes=counts.append, on_skip=lambda _: None))
    assert sum(counts) == corpus_size(path)


# Hostile archives


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_bomb_is_read_in_little_memory(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "x", "w", method) as archive:
        for name in "ab":
            with archive.open(f"{name}.jsonl", "w") as member:
                for _ in range(16):
                    member.write(b"{" + b" " * (1 << 22))
    result = read_bounded(tmp_path / "x")
    assert [skip[-40:] for skip in result["skipped"]] == [
        "longer than 32 MiB; is this one object a line?"[-40:]
    ] * 2


def test_nested_bomb_is_ended(tmp_path: Path) -> None:
    # Each archive holds 32 times the one below; what is inside stands for a TiB.
    content = gzip.compress(b" " * (1 << 25))
    for _ in range(3):
        content = gzip.compress(tarred({f"{n}.gz": content for n in range(32)}))
    assert len(content) < 1 << 16
    result = read_bounded(stored(tmp_path, "x", content))
    assert any("1,000 times" in skip for skip in result["skipped"])
    assert result["peak_mib"] < 300


def test_long_extended_header_of_a_tar_is_not_held(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 33
    path = tmp_path / "x"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        file.write(bytes(1 << 20))
    result = read_bounded(path)
    assert "a header of 8,589,934,592 bytes" in result["skipped"][0]


def test_zip_that_claims_a_huge_directory_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"a": line("1")}))
    end = content.index(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 12, 0x7FFFFFFF)
    padded = bytes(content[:end]) + bytes(1 << 20) + bytes(content[end:])
    result = read_bounded(stored(tmp_path, "x", padded))
    assert len(result["skipped"]) == 1


def test_line_of_a_gigabyte_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "x.zst"
    with path.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as stream:
        stream.write(line("1") + b"{")
        for _ in range(1000):
            stream.write(b"x" * (1 << 20))
        stream.write(b"\n" + line("2"))
    result = read_bounded(path)
    assert result["titles"] == ["1"] or result["titles"] == ["1", "2"]
    assert len(result["skipped"]) == 1
    assert result["peak_mib"] < 300


SAMPLES = [
    tarred(MEMBERS),
    tarred(MEMBERS, tarfile.GNU_FORMAT),
    zipped(MEMBERS),
    zipped(MEMBERS, zipfile.ZIP_LZMA),
    gzip.compress(tarred({"b.zip": zipped(MEMBERS)})),
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    st.sampled_from(SAMPLES),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=4),
)
def test_damaged_archives_are_read_without_a_crash(
    tmp_path: Path, sample: bytes, length: float, flips: list[tuple[float, int]]
) -> None:
    content = bytearray(sample)
    for place, value in flips:
        content[int(place * len(content))] ^= value
    path = stored(tmp_path, "x", bytes(content[: round(length * len(content))]))
    list(read_records(path, on_skip=lambda _: None))
