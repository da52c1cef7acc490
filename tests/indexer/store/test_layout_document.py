"""The document of the file layout, read as another program's author would read it."""

import itertools
import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
import zstandard

from corpus import Article
from indexer import open_index
from indexer.schema import FACETS
from tests.indexer.store.states import files_of

README = (Path(__file__).parents[3] / "indexer" / "columnar" / "README.md").read_text("utf-8")


def container(path: Path) -> tuple[dict[str, Any], bytes]:
    """Read a container by nothing but the document."""
    data = path.read_bytes()
    magic, length, offset, directory_crc, header_crc = struct.unpack("<8sQQII", data[:32])
    assert magic == b"TIMBAO\x00\x01"
    assert length == len(data)
    assert zlib.crc32(data[offset:]) == directory_crc
    assert zlib.crc32(data[:28]) == header_crc
    return json.loads(data[offset:]), data


def integers(path: Path, name: str) -> list[int]:
    directory, data = container(path)
    entry = directory["arrays"][name]
    size = int(entry["dtype"][1:])
    bytes_ = data[entry["offset"] : entry["offset"] + entry["size"] * size]
    codes = {"u1": "B", "u2": "H", "u4": "I", "u8": "Q", "i4": "i", "i8": "q"}
    return list(struct.unpack(f"<{entry['size']}{codes[entry['dtype']]}", bytes_))


def test_the_document_names_every_array_with_its_type(finished_index: Path) -> None:
    for path in files_of(finished_index):
        if path.suffix != ".tb":
            continue
        directory, _ = container(path)
        assert f"`{directory['kind']}`" in README
        for name, entry in directory["arrays"].items():
            general = re.sub(rf"^({'|'.join(FACETS)})\.", "FACET.", name)
            general = general.replace(".values.ends", ".values.bytes")
            rows = [line for line in README.splitlines() if f"`{general}`" in line]
            assert rows, name
            assert any("smallest" in row or entry["dtype"] in row for row in rows), name


def test_the_document_names_every_key_of_the_manifest(finished_index: Path) -> None:
    manifest = json.loads((finished_index / "manifest.json").read_text())
    for key in [*manifest, *manifest["segments"][0], *manifest["model"]]:
        assert f"`{key}`" in README


@pytest.mark.parametrize("number", [0, 7])
def test_an_article_can_be_read_by_the_document(finished_index: Path, number: int) -> None:
    manifest = json.loads((finished_index / "manifest.json").read_text())
    path = finished_index / "segments" / manifest["segments"][0]["name"] / "documents.tb"
    frame_ends = [0, *integers(path, "frame_ends")]
    dictionary_ends = [0, *integers(path, "dictionary_ends")]
    which = integers(path, "dictionary")[number]
    frame = bytes(integers(path, "frames")[frame_ends[number] : frame_ends[number + 1]])
    content = bytes(integers(path, "dictionaries"))
    content = content[dictionary_ends[which] : dictionary_ends[which + 1]]
    reader = zstandard.ZstdDecompressor(zstandard.ZstdCompressionDict(content))
    article = Article.from_dict(json.loads(reader.decompress(frame)))
    with open_index(finished_index) as index:
        deleted = integers(
            finished_index / "deletions" / manifest["segments"][0]["deletions"]["name"],
            "articles",
        )
        assert index.article(article.id) == (None if number in deleted else article)


def test_the_articles_of_a_word_can_be_read_by_the_document(finished_index: Path) -> None:
    manifest = json.loads((finished_index / "manifest.json").read_text())
    folder = finished_index / "segments" / manifest["segments"][1]["name"]
    path = folder / "text.tb"
    text, ends = bytes(integers(path, "terms.bytes")), [0, *integers(path, "terms.ends")]
    terms = [text[start:end].decode() for start, end in itertools.pairwise(ends)]
    assert terms == sorted(terms, key=str.encode)
    place = terms.index("của")
    posting_ends = [0, *integers(path, "posting_ends")]
    articles = integers(path, "articles")[posting_ends[place] : posting_ends[place + 1]]
    assert articles == sorted(set(articles))
    assert max(articles) < manifest["segments"][1]["articles"]
