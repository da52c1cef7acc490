"""The file of a compiled model survives everything but damage."""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis import Segmenter
from indexer.analysis.segmenter.model import Model
from indexer.errors import IndexerError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "Trường đại học bách khoa Hà Nội, vô tuyến truyền hình."


@pytest.fixture(scope="module")
def content(segmenter: Segmenter) -> bytes:
    return segmenter.to_bytes()


def sealed(content: bytes) -> bytes:
    """Put a checksum under content that had another one, or none."""
    return content + hashlib.sha256(content).digest()


def edited(content: bytes, edit: Callable[[dict[str, Any]], None]) -> bytes:
    """Change the header and keep everything in place."""
    (size,) = struct.unpack_from("<I", content, 8)
    header = json.loads(content[12 : 12 + size])
    edit(header)
    head = json.dumps(header).encode().ljust(size)
    assert len(head) == size
    return sealed(content[:12] + head + content[12 + size : -32])


def test_reading_gives_back_what_was_written(segmenter: Segmenter, content: bytes) -> None:
    again = Segmenter.from_bytes(content)
    assert again.join(TEXT) == segmenter.join(TEXT)
    assert again.to_bytes() == content
    assert again.fingerprint == segmenter.fingerprint == content[-32:].hex()


def test_a_file_can_be_written_and_read(
    segmenter: Segmenter, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "segmenter.model"
    segmenter.to_file(path)
    segmenter.to_file(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]
    assert Segmenter.from_file(path).join(TEXT) == segmenter.join(TEXT)


def test_the_arrays_cannot_be_written_to(content: bytes) -> None:
    model = Model.from_bytes(content)
    with pytest.raises(ValueError, match="read-only"):
        model.transitions[0, 0] = 1.0


@pytest.mark.parametrize("data", [b"", b"\x93", b"GIF89a" * 100, b"\x93TBSEG\r\n", bytes(100)])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ModelError):
        Segmenter.from_bytes(data)


@given(st.data())
def test_a_file_cut_short_is_refused(content: bytes, data: st.DataObject) -> None:
    with pytest.raises(ModelError):
        Segmenter.from_bytes(content[: data.draw(st.integers(0, len(content) - 1))])


@given(st.data())
def test_a_flipped_bit_is_noticed(content: bytes, data: st.DataObject) -> None:
    damaged = bytearray(content)
    damaged[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ModelError):
        Segmenter.from_bytes(bytes(damaged))


def test_errors_belong_to_the_tree() -> None:
    assert issubclass(ModelError, IndexerError)


def test_another_version_is_told(content: bytes) -> None:
    with pytest.raises(ModelError, match="format 2, not 1"):
        Segmenter.from_bytes(edited(content, lambda header: header.update(format=2)))


def _array(header: dict[str, Any], name: str) -> dict[str, Any]:
    return next(entry for entry in header["arrays"] if entry["name"] == name)


@pytest.mark.parametrize(
    "edit",
    [
        lambda header: header.pop("arrays"),
        lambda header: header.update(arrays=7),
        lambda header: header.update(arrays=[]),
        lambda header: header.update(inside=2),
        lambda header: header.update(inside=True),
        lambda header: header["arrays"].pop(),
        lambda header: header["arrays"].append(header["arrays"][0]),
        lambda header: header["arrays"].append({"name": "more"}),
        lambda header: _array(header, "pairs").update(type="<i8"),
        lambda header: _array(header, "pairs").update(type="|O"),
        lambda header: _array(header, "pairs").update(offset=-8),
        lambda header: _array(header, "pairs").update(offset=1),
        lambda header: _array(header, "pairs").update(offset=1 << 70),
        lambda header: _array(header, "pairs").update(shape=[1 << 40, 2]),
        lambda header: _array(header, "pairs").update(shape=[-1, 2]),
        lambda header: _array(header, "pairs").update(shape=[2.0, 2]),
        lambda header: _array(header, "pairs").update(shape=[3, 3]),
        lambda header: _array(header, "pairs").update(shape=4),
        lambda header: _array(header, "current").update(shape=[3, 2]),
        lambda header: _array(header, "transitions").update(shape=[1, 2]),
        lambda header: _array(header, "text_ends").update(shape=[5]),
        lambda header: _array(header, "text").update(shape=[5]),
        lambda header: _array(header, "text_ends").update(
            offset=_array(header, "pairs")["offset"]
        ),
        # Weights read as numbers of words.
        lambda header: _array(header, "pairs").update(
            offset=_array(header, "current")["offset"], shape=[50, 2]
        ),
    ],
)
def test_a_forged_header_is_refused(
    content: bytes, edit: Callable[[dict[str, Any]], None]
) -> None:
    with pytest.raises(ModelError):
        Segmenter.from_bytes(edited(content, edit))


def test_a_header_that_is_no_header_is_refused(content: bytes) -> None:
    for head in (b"[" * 3000, b"null", b"{", b"\xff", b'"a"', b"[]"):
        (size,) = struct.unpack_from("<I", content, 8)
        forged = content[:12] + head.ljust(size)[:size] + content[12 + size : -32]
        with pytest.raises(ModelError):
            Segmenter.from_bytes(sealed(forged))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_forged_file_is_refused_or_harmless(content: bytes, data: st.DataObject) -> None:
    """Whatever passes the checksum may give wrong words, but nothing worse."""
    forged = bytearray(content[:-32])
    places = st.one_of(st.integers(0, 3000), st.integers(0, len(forged) - 1))
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        forged[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ModelError):
        assert Segmenter.from_bytes(sealed(bytes(forged))).join(TEXT).replace("_", " ")


def test_pairs_that_would_fill_the_memory_are_refused() -> None:
    n = 50_000
    zeros = np.zeros((n, 2))
    model = Model(
        pyvi="0",
        source="",
        words=tuple(map(str, range(n))),
        current=zeros,
        previous=zeros,
        following=zeros,
        switches=np.zeros((12, 2)),
        transitions=np.zeros((2, 2)),
        inside=1,
        pairs=np.repeat(np.arange(n, dtype=np.int32)[:, None], 2, axis=1),
        triples=np.zeros((0, 3), np.int32),
    )
    with pytest.raises(ModelError, match="more pairs"):
        Segmenter(Model.from_bytes(model.to_bytes()))
