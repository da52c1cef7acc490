"""tar archives, read from front to back: the members in their order, nothing held.

The POSIX form and the long names of GNU tar (POSIX.1-2017, ``pax``, "ustar Interchange
Format"; GNU tar manual, "Basic Tar Format"). The standard library's `tarfile` keeps every
member's header and reads extended headers whole, however long they claim to be; with input
that nobody vouches for, memory would have no bound.
"""

from collections.abc import Iterator
from typing import NamedTuple

from corpus.errors import StreamError
from corpus.streams import BLOCK, Stream

_RECORD = 512
_LONGEST_EXTENDED_HEADER = 1 << 20
_FILES = b"0\x007"
_LINKS = {b"1": "a hard link", b"2": "a symbolic link"}
_OTHERS = {b"3": "a device", b"4": "a device", b"6": "a pipe", b"S": "a file with holes"}


class Member(NamedTuple):
    """A file in an archive.

    Attributes:
        name: Its name, only ever shown.
        stream: Its bytes, to be read before the next member is asked for.
        refusal: Why it is not read, if so.
    """

    name: str
    stream: Stream
    refusal: str = ""


def is_tar(head: bytes) -> bool:
    """Tell by the first 512 bytes, whose checksum no other form has."""
    return len(head) >= _RECORD and bool(head[0]) and _checksum_fits(head[:_RECORD])


def tar_members(stream: Stream) -> Iterator[Member]:
    """Yield the files of an archive; folders are passed over.

    Raises:
        StreamError: The archive is damaged or ends early.
    """
    name = ""
    size: int | None = None
    holes = False
    while header := _next_header(stream):
        kind = header[156:157]
        data = _Data(stream, _number(header[124:136]))
        if kind in (b"x", b"L", b"g", b"K"):
            content = data.whole()
            if kind == b"L":
                name = _text(content)
            elif kind == b"x":
                records = _pax_records(content)
                name = records.get("path", name)
                size = _pax_size(records, size)
                holes = any(key.startswith("GNU.sparse.") for key in records)
            continue
        if size is not None:
            data = _Data(stream, size)
        name = name or _name(header)
        if kind not in (b"5", b"D", b"V", b"M", b"N"):
            yield Member(name, Stream(data), _refusal(kind, holes))
        data.pass_over()
        name, size, holes = "", None, False


class _Data:
    """The bytes of one member, and the padding behind them."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream = stream
        self._left = length
        self._padding = -length % _RECORD

    def __iter__(self) -> Iterator[bytes]:
        while self._left:
            piece = self._stream.read(min(BLOCK, self._left))
            if not piece:
                raise _cut_off()
            self._left -= len(piece)
            yield piece

    def whole(self) -> bytes:
        """Return all of it, of an extended header."""
        if self._left > _LONGEST_EXTENDED_HEADER:
            raise StreamError(f"the tar archive is damaged: a header of {self._left:,} bytes")
        content = b"".join(self)
        self.pass_over()
        return content

    def pass_over(self) -> None:
        """Read on to the next header."""
        for _ in self:
            pass
        while self._padding:
            piece = self._stream.read(self._padding)
            if not piece:
                return  # the last member's padding is needed by nobody
            self._padding -= len(piece)


def _next_header(stream: Stream) -> bytes | None:
    header = stream.read(_RECORD)
    if len(header) < _RECORD:
        stream.read(1)  # raises if the reason is a failure further down
        if header.strip(b"\0"):
            raise _cut_off()
        return None
    if not header.strip(b"\0"):
        for _ in stream.blocks():  # after the end: padding, but its checksums are verified
            pass
        return None
    if not _checksum_fits(header):
        raise StreamError("the tar archive is damaged: a header has a wrong checksum")
    return header


def _checksum_fits(header: bytes) -> bool:
    try:
        stated = _number(header[148:156])
    except StreamError:
        return False
    return stated == 8 * 0x20 + sum(header[:148]) + sum(header[156:])


def _number(field: bytes) -> int:
    """Read an octal number, or one in base 256, as GNU tar writes sizes from 8 GiB on."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    try:
        if b"_" in digits or digits[:1] in (b"-", b"+"):
            raise ValueError  # noqa: TRY301 - `int` takes more than tar does
        return int(digits or b"0", 8)
    except ValueError as error:
        raise StreamError("the tar archive is damaged: a header with a bad number") from error


def _name(header: bytes) -> str:
    name = _text(header[:100])
    prefix = _text(header[345:500]) if header[257:263] == b"ustar\0" else ""
    return f"{prefix}/{name}" if prefix else name


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _pax_records(content: bytes) -> dict[str, str]:
    """Read lines of the form ``LENGTH KEY=VALUE``; stop at what is not of this form."""
    records: dict[str, str] = {}
    while content:
        length, _, _ = content[:20].partition(b" ")
        if not length.isdigit() or not len(length) < int(length) <= len(content):
            break
        record, content = content[: int(length)], content[int(length) :]
        key, _, value = record[len(length) + 1 : -1].partition(b"=")
        records[_text(key)] = _text(value)
    return records


def _pax_size(records: dict[str, str], size: int | None) -> int | None:
    stated = records.get("size", "")
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 20 else size


def _refusal(kind: bytes, holes: bool) -> str:
    if kind in _LINKS:
        return f"{_LINKS[kind]}; what it points to is read where it lies itself"
    if kind in _OTHERS or holes:
        return f"{_OTHERS.get(kind, 'a file with holes')}, which is not read"
    if kind not in _FILES:
        return "of a kind that is not read"
    return ""


def _cut_off() -> StreamError:
    return StreamError("the tar archive ends early; the file was cut off")
