from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import zstandard

from indexer.columnar.documents import Documents, DocumentsWriter
from indexer.errors import DamagedIndexError


def _written(path: Path, documents: Sequence[bytes]) -> Documents:
    with DocumentsWriter(path) as writer:
        for document in documents:
            writer.add(document)
        writer.finish()
    return Documents(path)


def _documents(count: int, what: str) -> list[bytes]:
    return [f"{what} số {n}: {n * n} người dân đi bầu cử".encode() for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 49, 50, 2_000, 2_001])
def test_gives_back_the_documents_that_were_written(tmp_path: Path, count: int) -> None:
    documents = _documents(count, "bài")
    assert [*_written(tmp_path / "file.tb", documents)] == documents


def test_documents_that_have_nothing_in_common_need_no_dictionary(tmp_path: Path) -> None:
    documents = [bytes([n]) for n in range(60)]
    assert [*_written(tmp_path / "file.tb", documents)] == documents


def test_a_dictionary_takes_less_than_it_saves(tmp_path: Path) -> None:
    documents = _documents(1_000, "bài")
    [dictionary] = _written(tmp_path / "file.tb", documents).dictionaries
    assert 0 < len(dictionary) < sum(map(len, documents)) / 30
    alone = sum(len(zstandard.compress(document)) for document in documents)
    with_it = _written(tmp_path / "other.tb", documents)
    frames = sum(len(with_it.frame(number)[0]) for number in range(1_000))
    assert frames + len(dictionary) < alone


def test_copies_keep_their_dictionaries_and_share_equal_ones(tmp_path: Path) -> None:
    first = _written(tmp_path / "first.tb", _documents(1_000, "bài"))
    second = _written(tmp_path / "second.tb", _documents(1_000, "tin"))
    few = _written(tmp_path / "few.tb", _documents(3, "ảnh"))
    with DocumentsWriter(tmp_path / "merged.tb") as writer:
        writer.copy(first, [0, 7])
        writer.copy(second, [99])
        writer.copy(few, [0, 1, 2])
        writer.copy(first, [8])
        writer.finish()
    merged = Documents(tmp_path / "merged.tb")
    assert [*merged] == [first[0], first[7], second[99], *few, first[8]]
    assert len(merged.dictionaries) == 3


def test_a_document_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "file.tb"
    _written(path, [b"what it says" * 10])
    content = bytearray(path.read_bytes())
    content[64:72] = bytes(8)
    path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match="article 0 cannot be read"):
        Documents(path)[0]
