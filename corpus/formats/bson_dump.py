"""BSON, as ``mongodump`` writes it: documents one after another (https://bsonspec.org).

Read by PyMongo's `bson`. Each document states its length, so that a bad one costs only itself;
where a length is damaged, nobody knows where the next document begins.
"""

import struct
from collections.abc import Iterator

from corpus.errors import ArticleError
from corpus.formats.source import Outcome, Source
from corpus.streams import Stream

_LEAST = 5
_LARGEST = 16 << 20
"""MongoDB's own bound (https://www.mongodb.com/docs/manual/reference/limits/)."""

_KINDS = frozenset([*range(0x01, 0x14), 0x7F, 0xFF])
_LONGEST_NAME = 200


def is_bson(head: bytes) -> bool:
    """Tell by the first bytes: a length, and the kind and the name of a first value."""
    if len(head) < _LEAST + 3 or head[4] not in _KINDS:
        return False
    (length,) = struct.unpack_from("<i", head)
    if not _LEAST <= length <= _LARGEST or (length <= len(head) and head[length - 1]):
        return False
    name, end, _ = head[5 : 5 + _LONGEST_NAME].partition(b"\0")
    try:
        return bool(end and name) and name.decode().isprintable()
    except UnicodeDecodeError:
        return False


def read(source: Source) -> Iterator[Outcome]:
    """Yield the article of each document, or why it has none."""
    import bson  # few corpora need it
    from bson.codec_options import CodecOptions, DatetimeConversion

    # Days before the year 1 and after 9999 exist in BSON, and not in Python.
    options: CodecOptions[dict[str, object]] = CodecOptions(
        tz_aware=True, datetime_conversion=DatetimeConversion.DATETIME_CLAMP
    )
    stream = Stream(source.blocks)
    offset = 0
    while start := stream.peek(4):
        length = struct.unpack("<i", start)[0] if len(start) == 4 else -1
        if not _LEAST <= length <= _LARGEST:
            reason = "no BSON document; what follows is lost, for its beginning is not known"
            yield source.origin.skipped(reason, offset=offset)
            return
        document = stream.read(length)
        if len(document) < length:
            stream.read(1)  # raises if the reason is a failure further down
            yield source.origin.skipped(
                "a BSON document that ends early; the file was cut off", offset=offset
            )
            return
        try:
            values = bson.decode(document, options)
            record = source.record(values, offset=offset)
        except ArticleError as error:
            yield source.origin.skipped(str(error), offset=offset)
        except (bson.errors.BSONError, ValueError, RecursionError, OverflowError) as error:
            yield source.origin.skipped(f"not BSON: {error}", offset=offset)
        else:
            yield record
        offset += length
