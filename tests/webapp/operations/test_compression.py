from __future__ import annotations

import gzip
import io
import re

import pytest
import zstandard

from tests.webapp.operations.conftest import Making

_ADDRESSES = [
    "/?q=duong",
    "/api/v1/search?q=duong",
    "/api/v1/export?format=csv",
    "/feed.atom",
    "/static/style.css",
]


def _timeless(data: bytes) -> str:
    return re.sub('"took_ms": [0-9.]+|(dưới )?[0-9]+ ms', "", data.decode())


def _plain(data: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read()


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
@pytest.mark.parametrize("address", _ADDRESSES)
def test_an_answer_is_the_same_in_fewer_bytes(make: Making, address: str, encoding: str) -> None:
    client = make().test_client()
    with (
        client.get(address) as plain,
        client.get(address, headers={"Accept-Encoding": encoding}) as small,
    ):
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in small.headers["Vary"]
        assert len(small.data) < len(plain.data)
        assert _timeless(_plain(small.data, encoding)) == _timeless(plain.data)


@pytest.mark.parametrize("address", ["/api/v1/search?q=duong", "/static/style.css"])
def test_a_tag_holds_for_compressed_answers(make: Making, address: str) -> None:
    client = make().test_client()
    asking = {"Accept-Encoding": "zstd"}
    with client.get(address, headers=asking) as first:
        tag = first.headers["ETag"]
    with client.get(address, headers={**asking, "If-None-Match": tag}) as again:
        assert again.status_code == 304
        assert not again.data


def test_part_of_a_file_is_part_of_it_as_it_is(make: Making) -> None:
    client = make().test_client()
    asking = {"Range": "bytes=100-799", "Accept-Encoding": "zstd"}
    with (
        client.get("/static/style.css") as whole,
        client.get("/static/style.css", headers=asking) as part,
    ):
        assert part.status_code == 206
        assert "Content-Encoding" not in part.headers
        assert part.data == whole.data[100:800]


def test_compression_can_be_left_to_another_server(make: Making) -> None:
    client = make(COMPRESSION=0).test_client()
    response = client.get("/?q=duong", headers={"Accept-Encoding": "zstd, gzip"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("address", _ADDRESSES)
def test_no_answer_has_a_secret_that_its_length_could_betray(make: Making, address: str) -> None:
    with make().test_client().get(address) as response:
        assert "Set-Cookie" not in response.headers
