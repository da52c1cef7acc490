import gzip
import random
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus import StreamError
from corpus.streams import BLOCK, read_blocks, read_lines

Compress = Callable[[bytes], bytes]
compressions = pytest.mark.parametrize("compress", [gzip.compress, zstandard.compress])
NOISE = random.Random(1).randbytes(3 * BLOCK)


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def test_plain_file_is_read_as_it_is(tmp_path: Path) -> None:
    assert b"".join(read_blocks(stored(tmp_path, NOISE))) == NOISE


@compressions
def test_compression_is_recognised_whatever_the_name(tmp_path: Path, compress: Compress) -> None:
    assert b"".join(read_blocks(stored(tmp_path, compress(NOISE)))) == NOISE


@compressions
def test_joined_members_and_frames_are_read_to_the_end(tmp_path: Path, compress: Compress) -> None:
    content = compress(b"a\n") + compress(b"") + compress(NOISE)
    assert b"".join(read_blocks(stored(tmp_path, content))) == b"a\n" + NOISE


def test_skippable_zstandard_frame_is_passed_over(tmp_path: Path) -> None:
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    path = stored(tmp_path, skippable + zstandard.compress(b"x"))
    assert b"".join(read_blocks(path)) == b"x"


@compressions
def test_what_precedes_a_cut_is_read_before_the_error(tmp_path: Path, compress: Compress) -> None:
    blocks = read_blocks(stored(tmp_path, compress(NOISE)[: 2 * BLOCK]))
    first = next(blocks)
    with pytest.raises(StreamError, match="ends early"):
        list(blocks)
    assert len(first) >= BLOCK
    assert NOISE.startswith(first)


@pytest.mark.parametrize(
    "compress", [gzip.compress, zstandard.ZstdCompressor(write_checksum=True).compress]
)
def test_damage_is_an_error(tmp_path: Path, compress: Compress) -> None:
    content = bytearray(compress(b"".join(b"%d\n" % i for i in range(50_000))))
    content[1000:1100] = bytes(100)
    with pytest.raises(StreamError, match="damaged"):
        list(read_blocks(stored(tmp_path, bytes(content))))


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StreamError, match="No such file"):
        list(read_blocks(tmp_path / "none"))


@compressions
def test_memory_stays_flat_on_a_bomb(tmp_path: Path, compress: Compress) -> None:
    path = stored(tmp_path, compress(bytes(1 << 29)))
    tracemalloc.start()
    try:
        assert sum(map(len, read_blocks(path))) == 1 << 29
        assert tracemalloc.get_traced_memory()[1] < 300 << 20
    finally:
        tracemalloc.stop()


@given(st.lists(st.sampled_from([b"a", b"\n", b"bc", b"\r\n", b""])))
def test_lines_do_not_depend_on_where_blocks_end(blocks: list[bytes]) -> None:
    lines = b"".join(blocks).split(b"\n")
    expected = list(enumerate(lines if lines[-1] else lines[:-1], 1))
    assert list(read_lines(blocks)) == expected


@given(st.lists(st.sampled_from([b"a", b"aaaa", b"\n"])), st.integers(0, 6))
def test_only_lines_that_are_too_long_are_passed_over(blocks: list[bytes], longest: int) -> None:
    expected = [
        (number, line if line is not None and len(line) <= longest else None)
        for number, line in read_lines(blocks)
    ]
    assert list(read_lines(blocks, longest)) == expected


def test_line_without_end_is_never_held_whole() -> None:
    def blocks() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * (1 << 20)
        yield b"\nnext"

    tracemalloc.start()
    try:
        assert list(read_lines(blocks(), 4 << 20)) == [(1, None), (2, b"next")]
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
