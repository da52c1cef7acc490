import bz2
import gzip
import lzma
import random
from collections.abc import Callable
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus import StreamError
from corpus.containers.compression import recognise_compression
from corpus.streams import BLOCK, Stream

Compress = Callable[[bytes], bytes]
COMPRESSIONS: dict[str, Compress] = {
    "gzip": gzip.compress,
    "Zstandard": zstandard.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}
compressions = pytest.mark.parametrize("compress", COMPRESSIONS.values(), ids=list(COMPRESSIONS))
NOISE = random.Random(1).randbytes(3 * BLOCK)


def pieces(data: bytes) -> list[bytes]:
    compression = recognise_compression(data[:16])
    assert compression
    return list(compression.decompress(Stream([data])))


@pytest.mark.parametrize("name", COMPRESSIONS)
def test_compression_is_recognised_by_its_first_bytes(name: str) -> None:
    compression = recognise_compression(COMPRESSIONS[name](NOISE)[:16])
    assert compression
    assert compression.name == name


@pytest.mark.parametrize("head", [b"", b"BZh", b"BZhat is", b"{", b"PK\x03\x04", b"\x1f"])
def test_other_bytes_are_not_compressed(head: bytes) -> None:
    assert recognise_compression(head) is None


@compressions
def test_joined_members_frames_and_streams_are_read_to_the_end(compress: Compress) -> None:
    content = compress(b"a\n") + compress(b"") + compress(NOISE)
    assert b"".join(pieces(content)) == b"a\n" + NOISE


def test_padding_between_xz_streams_is_passed_over() -> None:
    content = lzma.compress(b"a") + bytes(1 << 15) + lzma.compress(b"b") + bytes(4)
    assert b"".join(pieces(content)) == b"ab"


def test_skippable_zstandard_frame_is_passed_over() -> None:
    skippable = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
    assert b"".join(pieces(skippable + zstandard.compress(b"x"))) == b"x"


@compressions
def test_what_precedes_a_cut_is_read_before_the_error(compress: Compress) -> None:
    data = compress(NOISE * 4)
    compression = recognise_compression(data[:16])
    assert compression
    stream = Stream(compression.decompress(Stream([data[: len(data) - 100]])))
    begun = stream.read(BLOCK)
    with pytest.raises(StreamError, match="ends early"):
        list(stream.blocks())
    assert len(begun) == BLOCK
    assert NOISE.startswith(begun)


@pytest.mark.parametrize(
    "compress",
    [
        gzip.compress,
        bz2.compress,
        lzma.compress,
        zstandard.ZstdCompressor(write_checksum=True).compress,
    ],
)
def test_damage_is_an_error(compress: Compress) -> None:
    data = bytearray(compress(b"".join(b"%d\n" % i for i in range(50_000))))
    data[1000:1100] = bytes(100)
    with pytest.raises(StreamError, match="damaged"):
        pieces(bytes(data))


def test_xz_that_asks_for_gigabytes_is_refused() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 29}]
    data = lzma.compress(b"a", filters=filters, check=lzma.CHECK_CRC32)
    with pytest.raises(StreamError, match="Memory usage limit"):
        pieces(data)


@given(st.sampled_from(list(COMPRESSIONS.values())), st.binary(max_size=200), st.data())
def test_damaged_data_gives_nothing_but_a_stream_error(
    compress: Compress, content: bytes, draw: st.DataObject
) -> None:
    data = bytearray(compress(content))
    place = draw.draw(st.integers(0, len(data) - 1))
    data[place] ^= draw.draw(st.integers(1, 255))
    if compression := recognise_compression(bytes(data[:16])):
        with suppress(StreamError):
            b"".join(compression.decompress(Stream([bytes(data)])))
