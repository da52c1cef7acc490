import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import StreamError
from corpus.text.transcoding import ENCODINGS, to_utf_8
from tests.corpus.text.encoders import ENCODERS

TEXT = "tiếng Việt\nđường phố ở Huế\r\n\nhết"


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("name", ["TCVN3", "VNI", "VISCII"])
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_it_does_not_depend_on_where_blocks_end(name: str, size: int) -> None:
    assert b"".join(to_utf_8(cut(ENCODERS[name](TEXT), size), name)).decode() == TEXT


@pytest.mark.parametrize("name", ["UTF-8", "UTF-16-LE", "UTF-16-BE"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_unicode_loses_its_mark_only(name: str, mark: str) -> None:
    assert b"".join(to_utf_8([(mark + TEXT).encode(name)], name)).decode() == TEXT


def test_lines_that_are_utf_8_are_kept() -> None:
    data = ENCODERS["TCVN3"]("đường\n") + "phố\n".encode()
    assert b"".join(to_utf_8([data], "TCVN3")).decode() == "đường\nphố\n"


def test_line_without_end_is_not_held() -> None:
    blocks = (ENCODERS["VNI"]("một ") * (1 << 16) for _ in range(20))
    size = 0
    for piece in to_utf_8(blocks, "VNI"):
        assert len(piece) < 8 << 20
        size += len(piece)
    assert size == 20 * (1 << 16) * len("một ".encode())


@pytest.mark.parametrize("data", [b"a\0b", b"\x00\xd8a\0"])
def test_damaged_utf_16_is_an_error(data: bytes) -> None:
    with pytest.raises(StreamError, match="UTF-16-LE text is damaged"):
        list(to_utf_8([data], "UTF-16-LE"))


@given(st.sampled_from(ENCODINGS[3:]), st.lists(st.binary(max_size=50)))
def test_any_bytes_become_utf_8_with_as_many_lines(name: str, blocks: list[bytes]) -> None:
    text = b"".join(to_utf_8(blocks, name)).decode()
    assert text.count("\n") == b"".join(blocks).count(b"\n")
