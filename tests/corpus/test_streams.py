import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import StreamError
from corpus.streams import BLOCK, Growth, Progress, Stream, open_stream, read_lines


def failing(*pieces: bytes) -> Iterator[bytes]:
    yield from pieces
    raise StreamError("broken")


def test_file_is_read_as_it_is(tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    (tmp_path / "a").write_bytes(content)
    with open_stream(tmp_path / "a", None) as (stream, _):
        assert b"".join(stream.blocks()) == content


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with (
        pytest.raises(StreamError, match="No such file"),
        open_stream(tmp_path / "none", None),
    ):
        pass


@given(st.lists(st.binary(min_size=1, max_size=5)), st.lists(st.integers(0, 9)))
def test_looking_ahead_takes_nothing_away(pieces: list[bytes], sizes: list[int]) -> None:
    stream = Stream(pieces)
    read = b""
    for size in sizes:
        seen = stream.peek(size)
        assert seen == stream.read(size)
        read += seen
        assert len(seen) == size or read == b"".join(pieces)
    assert read + b"".join(stream.blocks()) == b"".join(pieces)


def test_what_precedes_a_failure_is_read_before_it() -> None:
    stream = Stream(failing(b"ab", b"c"))
    assert stream.peek(9) == b"abc"
    assert stream.read(2) == b"ab"
    assert stream.read(2) == b"c"
    with pytest.raises(StreamError, match="broken"):
        stream.read(1)


def test_what_is_left_unread_is_told_at_the_end(tmp_path: Path) -> None:
    counts: list[int] = []
    (tmp_path / "a").write_bytes(bytes(3 * BLOCK))
    with open_stream(tmp_path / "a", counts.append) as (stream, _):
        stream.peek(1)
        assert counts == [BLOCK]
    assert counts == [BLOCK, 2 * BLOCK]


def test_what_is_read_twice_is_told_once() -> None:
    counts: list[int] = []
    progress = Progress(10, counts.append)
    for _ in range(3):
        progress.count(6)
    assert counts == [6, 4]


def test_growth_without_measure_is_ended() -> None:
    progress = Progress(None, None)
    piece = bytes(32 << 20)
    assert sum(map(len, Growth(progress).watch([piece] * 8))) == 256 << 20
    progress.count(1 << 20)
    with pytest.raises(StreamError, match="1,000 times"):
        list(Growth(progress).watch([piece] * 40))


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
