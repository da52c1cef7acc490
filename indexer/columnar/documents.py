"""The stored articles of a segment: compressed one by one, so that one is read for itself.

Each article is a Zstandard frame, made with a dictionary that is trained on articles of the same
segment: a single news article is too short to compress well without one. A dictionary holds
passages of the articles that it was trained on, so it goes when one of them is dropped. A merge
writes one dictionary; files of earlier versions may hold several.

Arrays, with N articles:

| array | items | what |
|---|---|---|
| `frames` | bytes | the frames, one after the other |
| `frame_ends` | N | where each of them ends |
| `dictionary` | N | number of its dictionary |
| `dictionaries` | bytes | the dictionaries, one after the other |
| `dictionary_ends` | few | where each of them ends; an empty one means none |
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from threading import local
from typing import Self

import numpy as np
import zstandard

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.postings import Ints
from indexer.columnar.terms import smallest_unsigned
from indexer.errors import DamagedIndexError

_KIND = "stored articles"
_LEVEL = 6
"""With a dictionary 4 and 5 give no smaller frames than 3; 6 gives 8 % less for 45 µs an article,
a twentieth of what indexing it takes, and 19 another 12 % for twenty times that."""

_SAMPLES, _SAMPLE_BYTES = 1_000, 8_000_000
"""What a dictionary is trained on: so many articles, or bytes of them, are held until then."""

_DICTIONARY_BYTES, _DICTIONARY_SHARE = 200_000, 16
"""A dictionary takes so many bytes, but no larger part of what it is trained on. With 112 KiB
articles take 4 % more, with 400 KB 2 % less."""

_SEGMENT_BYTES, _PART_BYTES = 1_024, 8
"""A dictionary consists of segments of so many bytes, chosen by how often their parts of so many
bytes occur. To try out other lengths, as Zstandard else does, takes four times as long and saves
half a percent."""

_FEWEST_SAMPLES = 50
_LARGEST_ARTICLE = 1 << 28


class DocumentsWriter:
    """Writes the stored articles of a new segment.

    Args:
        path: A file that does not exist yet.
        dictionary: What to compress with; trained on the first articles if none is given.
    """

    def __init__(self, path: Path, dictionary: bytes = b"") -> None:
        self._writer = ContainerWriter(path, _KIND)
        self._frames = self._writer.sink("frames", "u1")
        self._waiting: list[bytes | bytearray | memoryview[int]] = []
        self._waiting_bytes = 0
        self._compressor: zstandard.ZstdCompressor | None = None
        self._lengths = array("Q")
        self._dictionary = b""
        if dictionary:
            self._use(dictionary)

    def add(self, document: bytes) -> None:
        """Compress and write an article."""
        if self._compressor is None:
            self._waiting.append(document)
            self._waiting_bytes += len(document)
            if len(self._waiting) == _SAMPLES or self._waiting_bytes >= _SAMPLE_BYTES:
                self._begin()
            return
        self._put(self._compressor.compress(document))

    def copy(self, source: Documents, numbers: Iterable[int]) -> None:
        """Take over articles of another segment, as they are where the dictionary is the same."""
        for number in numbers:
            frame, dictionary = source.frame(number)
            if self._dictionary and source.dictionaries[dictionary] == self._dictionary:
                self._put(frame)
            else:
                self.add(source[number])

    def finish(self) -> None:
        """Complete the file and bring it to the disk."""
        if self._compressor is None and self._waiting:
            self._begin()
        self._frames.__exit__(None, None, None)
        ends = np.cumsum(np.array(self._lengths, np.int64))
        self._writer.add("frame_ends", ends.astype(smallest_unsigned(_last(ends))))
        self._writer.add("dictionary", np.zeros(len(self._lengths), np.uint8))
        self._writer.add("dictionaries", np.frombuffer(self._dictionary, np.uint8))
        self._writer.add("dictionary_ends", np.array([len(self._dictionary)], np.uint32))
        self._writer.finish({})

    def close(self) -> None:
        """Close the file, finished or not."""
        self._writer.close()

    def _begin(self) -> None:
        """Train the dictionary on what waits, and write it."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        content = b""
        if len(waiting) >= _FEWEST_SAMPLES:
            try:
                size = min(_DICTIONARY_BYTES, self._waiting_bytes // _DICTIONARY_SHARE)
                content = zstandard.train_dictionary(
                    size, waiting, k=_SEGMENT_BYTES, d=_PART_BYTES
                ).as_bytes()
            except zstandard.ZstdError:
                content = b""  # samples that have nothing in common
        compressor = self._use(content)
        for document in waiting:
            self._put(compressor.compress(document))

    def _use(self, content: bytes) -> zstandard.ZstdCompressor:
        self._dictionary = content
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=_dictionary(content), write_dict_id=False
        )
        return self._compressor

    def _put(self, frame: bytes) -> None:
        self._frames.append(np.frombuffer(frame, np.uint8))
        self._lengths.append(len(frame))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Documents(Sequence[bytes]):
    """The stored articles of a segment, by article number. Threads may share it.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        container = Container(path, _KIND)
        self.container = container
        self._frames = container["frames"]
        self._ends = container.ends("frame_ends", len(self._frames))
        container.same_length("frame_ends", "dictionary")
        # A dictionary concerns many articles, and is small enough to be looked at as a whole.
        for fault in container.array_faults("dictionaries"):
            raise DamagedIndexError(fault)
        data = container["dictionaries"].tobytes()
        ends = container.ends("dictionary_ends", len(data)).tolist()
        self._dictionary = container.codes("dictionary", len(ends))
        self.dictionaries = [data[start:end] for start, end in pairwise([0, *ends])]
        self._dictionary_data = [_dictionary(content) for content in self.dictionaries]
        self._threads = local()

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        """Read an article."""
        frame, dictionary = self.frame(number)
        try:
            if zstandard.frame_content_size(frame) > _LARGEST_ARTICLE:
                raise zstandard.ZstdError("its length is beyond all reason")  # noqa: TRY301
            return self._decompressor(dictionary).decompress(frame, _LARGEST_ARTICLE)
        except zstandard.ZstdError as error:
            raise DamagedIndexError(
                f"{self.container.path}: article {number} cannot be read ({error}); "
                "build the index again"
            ) from error

    def frame(self, number: int) -> tuple[bytes, int]:
        """Give the compressed article, and the number of its dictionary."""
        start = int(self._ends[number - 1]) if number else 0
        return self._frames[start : int(self._ends[number])].tobytes(), int(
            self._dictionary[number]
        )

    def _decompressor(self, dictionary: int) -> zstandard.ZstdDecompressor:
        """Give this thread's decompressor: they must not be shared."""
        try:
            own: dict[int, zstandard.ZstdDecompressor] = self._threads.decompressors
        except AttributeError:
            own = self._threads.decompressors = {}
        if dictionary not in own:
            own[dictionary] = zstandard.ZstdDecompressor(
                dict_data=self._dictionary_data[dictionary]
            )
        return own[dictionary]


def merge_documents(path: Path, sources: Sequence[tuple[Documents, Ints]]) -> None:
    """Write the articles that are kept of several segments, or of one.

    Args:
        path: A file that does not exist yet.
        sources: The articles of each segment, and the numbers of those that are kept.
    """
    largest, kept = max(sources, key=lambda source: len(source[1]))
    dictionary = b""
    if len(kept) == len(largest) and len(largest.dictionaries) == 1:
        (dictionary,) = largest.dictionaries
    with DocumentsWriter(path, dictionary) as writer:
        for documents, numbers in sources:
            writer.copy(documents, numbers.tolist())
        writer.finish()


def _dictionary(content: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(content) if content else None


def _last(ends: Ints) -> int:
    return int(ends[-1]) if len(ends) else 0
