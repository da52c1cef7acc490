from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import zstandard

from indexer.columnar.documents import Documents, DocumentsWriter, merge_documents
from indexer.errors import DamagedIndexError


def _written(path: Path, documents: Sequence[bytes]) -> Documents:
    with DocumentsWriter(path) as writer:
        for document in documents:
            writer.add(document)
        writer.finish()
    return Documents(path)


def _documents(count: int, what: str) -> list[bytes]:
    return [f"{what} số {n}: {n * n} người dân đi bầu cử".encode() for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 1_000, 1_001])
def test_gives_back_the_documents_that_were_written(tmp_path: Path, count: int) -> None:
    documents = _documents(count, "bài")
    assert [*_written(tmp_path / "file.tb", documents)] == documents


def test_documents_that_have_nothing_in_common_need_no_dictionary(tmp_path: Path) -> None:
    documents = [bytes([n]) for n in range(60)]
    assert [*_written(tmp_path / "file.tb", documents)] == documents


def test_a_dictionary_takes_less_than_it_saves(tmp_path: Path) -> None:
    documents = _documents(1_000, "bài")
    [dictionary] = _written(tmp_path / "file.tb", documents).dictionaries
    assert 0 < len(dictionary) < sum(map(len, documents)) / 15
    alone = sum(len(zstandard.compress(document)) for document in documents)
    with_it = _written(tmp_path / "other.tb", documents)
    frames = sum(len(with_it.frame(number)[0]) for number in range(1_000))
    assert frames + len(dictionary) < alone


def test_a_merge_goes_on_with_the_dictionary_of_the_largest_segment(tmp_path: Path) -> None:
    first = _written(tmp_path / "first.tb", _documents(1_000, "bài"))
    second = _written(tmp_path / "second.tb", _documents(800, "tin"))
    few = _written(tmp_path / "few.tb", _documents(3, "ảnh"))
    merged = _merged(tmp_path / "merged.tb", [(few, 0), (second, 100), (first, 0)])
    assert [*merged] == [*few, *[*second][100:], *first]
    assert merged.dictionaries == first.dictionaries


def test_small_segments_get_a_dictionary_when_they_are_merged(tmp_path: Path) -> None:
    documents = [_documents(40, f"bài {'rất dài ' * 20} {n}") for n in range(5)]
    parts = [_written(tmp_path / f"{n}.tb", own) for n, own in enumerate(documents)]
    assert all(part.dictionaries == [b""] for part in parts)
    merged = _merged(tmp_path / "merged.tb", [(part, 0) for part in parts])
    assert [*merged] == [document for own in documents for document in own]
    assert merged.dictionaries != [b""]


def test_nothing_of_what_a_merge_leaves_out_stays_in_the_file(tmp_path: Path) -> None:
    secret = "Nguyễn Khướu sinh năm 1999 trú tại thôn Mật"
    withdrawn = [f"{secret}, {n} lần".encode() for n in range(100)]
    path = tmp_path / "file.tb"
    source = _written(path, [*withdrawn, *_documents(1_000, "bài")])
    assert "Khướu".encode() in path.read_bytes()
    merged = _merged(tmp_path / "merged.tb", [(source, 100)])
    assert [*merged] == _documents(1_000, "bài")
    assert "Khướu".encode() not in (tmp_path / "merged.tb").read_bytes()


def _merged(path: Path, sources: Sequence[tuple[Documents, int]]) -> Documents:
    """Merge segments, each from one of its articles on."""
    merge_documents(path, [(one, np.arange(first, len(one))) for one, first in sources])
    return Documents(path)


def test_a_document_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "file.tb"
    _written(path, [b"what it says" * 10])
    content = bytearray(path.read_bytes())
    content[64:72] = bytes(8)
    path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match="article 0 cannot be read"):
        Documents(path)[0]
