from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.errors import DamagedIndexError

_DTYPES = st.sampled_from(["u1", "u2", "u4", "u8", "i4", "i8"])


@given(data=st.data())
def test_gives_back_the_arrays_that_were_written(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("container") / "file.tb"
    written = {
        f"array{number}": data.draw(arrays.arrays(data.draw(_DTYPES), st.integers(0, 20)))
        for number in range(data.draw(st.integers(0, 4)))
    }
    with ContainerWriter(path, "test") as writer:
        for name, array in written.items():
            writer.add(name, array)
        writer.finish({"some": "thing"})
    container = Container(path, "test")
    assert container.meta == {"some": "thing"}
    assert not list(container.faults())
    for name, array in written.items():
        np.testing.assert_array_equal(container[name], array)
        assert container[name].dtype == array.dtype


def test_an_array_written_in_pieces_is_the_whole_array(tmp_path: Path) -> None:
    whole = np.arange(700_000, dtype=np.uint32)  # several blocks of the checksum
    with ContainerWriter(tmp_path / "file.tb", "test") as writer:
        with writer.sink("numbers", "u4") as sink:
            for piece in np.array_split(whole, 7):
                sink.append(piece)
        writer.finish({})
    container = Container(tmp_path / "file.tb", "test")
    np.testing.assert_array_equal(container["numbers"], whole)
    assert not list(container.faults())


def test_every_array_begins_at_a_multiple_of_64(tmp_path: Path) -> None:
    with ContainerWriter(tmp_path / "file.tb", "test") as writer:
        for number in range(5):
            writer.add(f"a{number}", np.arange(number + 1, dtype=np.uint8))
        writer.finish({})
    container = Container(tmp_path / "file.tb", "test")
    starts = [container[f"a{number}"].__array_interface__["data"][0] for number in range(5)]
    assert {(start - starts[0]) % 64 for start in starts} == {0}


def test_arrays_cannot_be_written_to(tmp_path: Path) -> None:
    array = _one_array(tmp_path / "file.tb")["numbers"]
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_names_the_array_whose_bytes_changed(tmp_path: Path) -> None:
    path = tmp_path / "file.tb"
    _one_array(path)
    content = bytearray(path.read_bytes())
    content[64] ^= 1
    path.write_bytes(content)
    assert ["numbers" in fault for fault in Container(path, "test").faults()] == [True]


@pytest.mark.parametrize("length", [0, 7, 31, 32, 100, -1])
def test_refuses_a_file_that_was_cut(tmp_path: Path, length: int) -> None:
    path = tmp_path / "file.tb"
    _one_array(path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(DamagedIndexError):
        Container(path, "test")


def test_refuses_a_file_of_another_kind(tmp_path: Path) -> None:
    _one_array(tmp_path / "file.tb")
    with pytest.raises(DamagedIndexError, match="should hold something else"):
        Container(tmp_path / "file.tb", "something else")


def test_refuses_to_give_an_array_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndexError, match="no array 'other'"):
        _one_array(tmp_path / "file.tb")["other"]


def _one_array(path: Path) -> Container:
    with ContainerWriter(path, "test") as writer:
        writer.add("numbers", np.arange(100, dtype=np.uint16))
        writer.finish({})
    return Container(path, "test")
