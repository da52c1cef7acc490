"""The segmenter: texts in, joined words or spans out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.analysis.segmenter.chunked import ChunkedTexts, Translation
from indexer.analysis.segmenter.decode import Decoder, Tokens
from indexer.analysis.segmenter.features import Features
from indexer.analysis.segmenter.model import Model
from indexer.analysis.segmenter.normalise import Origin, is_normalised, normalise
from indexer.analysis.segmenter.spans import SpanBatch, Spans
from indexer.analysis.segmenter.syllabify import NEWLINE, chunk_starts
from indexer.analysis.segmenter.vocabulary import Vocabulary
from indexer.errors import SegmenterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

# Characters that are worked on at once: enough to spread the cost of a NumPy call, few enough
# for the arrays to stay in the processor's cache.
_BATCH_CHARACTERS: Final = 1 << 17

_LONGEST_TEXT: Final = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A batch of texts, normalised, laid end to end with a space after each, and cut.

    Attributes:
        texts: The texts as they were given.
        origins: By number, the texts that normalisation changed.
        codes: uint32, the code points of it all.
        text_starts: int64, where each text starts in ``codes``.
        starts: int64, where each token starts in ``codes``.
        ends: int64, where it ends.
        bounds: int64, one more than there are texts: where the tokens of each text start.
        joined: bool, whether a token belongs to the same word as the one before it.
    """

    texts: Sequence[str]
    origins: dict[int, Origin]
    codes: npt.NDArray[np.uint32]
    text_starts: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    bounds: npt.NDArray[np.int64]
    joined: npt.NDArray[np.bool_]


class Segmenter:
    """Finds the words of Vietnamese text, as pyvi does.

    The result for a text depends on nothing but the text and the model. A segmenter may be
    shared between threads, and pickled; it is cheap to make again from `to_bytes` in another
    process. Memory is bounded by ``memory_limit``, by a multiple of the longest text, and by
    what is returned. A text of more than 2,147,483,647 characters raises `SegmenterError`.

    Example:
        >>> Segmenter().join("Trường đại học bách khoa Hà Nội")
        'Trường đại_học bách_khoa Hà_Nội'
    """

    def __init__(
        self,
        model: Model | None = None,
        *,
        cache_folder: Path | None = None,
        memory_limit: int = 1 << 26,
    ) -> None:
        """Load a model: by default, that of the installed pyvi.

        Args:
            model: A compiled model. Without one, pyvi's is compiled, if that has not been
                done yet.
            cache_folder: Where to keep the compiled model, in place of the platform's folder
                for caches (`indexer.analysis.segmenter.cache.default_folder`).
            memory_limit: Bytes that the memory of chunks seen may take. It affects the speed
                and nothing else.

        Raises:
            ModelError: pyvi is not installed, or its model is not of the expected kind.
        """
        if model is None:
            # Here, because readers of an index never compile.
            from indexer.analysis.segmenter.cache import cached_model

            model = cached_model(cache_folder)
        self._model = model
        self._memory_limit = memory_limit
        self._features = Features(model)
        self._decoder = Decoder(model, self._features)
        self._vocabulary = Vocabulary(self._features)

    @classmethod
    def from_bytes(cls, data: bytes, *, memory_limit: int = 1 << 26) -> Segmenter:
        """Make a segmenter of what `to_bytes` returned. Needs no pyvi.

        Raises:
            ModelError: The data is not a compiled model, is damaged, or of another version.
        """
        return cls(Model.from_bytes(data), memory_limit=memory_limit)

    @classmethod
    def from_file(cls, path: Path, *, memory_limit: int = 1 << 26) -> Segmenter:
        """Make a segmenter of a file that `to_file` wrote. Needs no pyvi.

        Raises:
            ModelError: The file is not a compiled model, is damaged, or of another version.
            OSError: It cannot be read.
        """
        return cls.from_bytes(path.read_bytes(), memory_limit=memory_limit)

    def to_bytes(self) -> bytes:
        """The compiled model, as data. The same model always gives the same bytes."""
        return self._model.to_bytes()

    def to_file(self, path: Path) -> None:
        """Write the compiled model to a file, replacing it at once if it exists.

        Raises:
            OSError: It cannot be written.
        """
        from indexer.analysis.segmenter.cache import write_atomically

        write_atomically(path, self.to_bytes())

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the compiled model: two segmenters with the same one cut alike."""
        return self._model.fingerprint

    def join(self, text: str) -> str:
        """Cut one text, exactly as ``pyvi.ViTokenizer.tokenize`` does.

        Returns:
            The tokens of the normalised text, with ``_`` between those of one word and a
            space between others. A text without tokens is returned as it is.
        """
        return self.join_many([text])[0]

    def join_many(self, texts: Iterable[str]) -> list[str]:
        """Do what `join` does for each text; much faster than one by one."""
        return [line for batch in _batches(texts) for line in _join(self._cut(batch))]

    def spans(self, text: str) -> Spans:
        """Find the tokens and words of one text, as offsets into it."""
        return self.spans_many([text])[0]

    def spans_many(self, texts: Iterable[str]) -> SpanBatch:
        """Do what `spans` does for each text; much faster than one by one."""
        return SpanBatch.concatenate([_spans(self._cut(batch)) for batch in _batches(texts)])

    def spans_of(self, texts: ChunkedTexts, translation: Translation) -> SpanBatch:
        """Do what `spans_many` does for texts that are cut into chunks already.

        Args:
            texts: The texts, all of which are worked on at once.
            translation: What `translation` returned. It holds for one numbering of chunks.
        """
        if not texts.texts or not is_normalised(texts.whole):
            return self.spans_many(texts.texts)
        if translation.vocabulary.size > self._memory_limit:
            translation.renew(Vocabulary(self._features))
        numbers = translation.of(texts)
        normalised = _Normalised(texts.texts, texts.texts, {}, texts.whole, texts.codes)
        return _spans(self._decoded(normalised, texts.places, numbers, translation.vocabulary))

    def translation(self) -> Translation:
        """Give what `spans_of` wants."""
        return Translation(Vocabulary(self._features))

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.to_bytes(), self._memory_limit)

    def _cut(self, texts: list[str]) -> _Cut:
        normalised = _normalised(texts)
        vocabulary = self._vocabulary
        chunks = normalised.whole.split()
        numbers = np.fromiter(map(vocabulary.__getitem__, chunks), np.int64, len(chunks))
        cut = self._decoded(normalised, chunk_starts(normalised.codes), numbers, vocabulary)
        if vocabulary.size > self._memory_limit:
            self._vocabulary = Vocabulary(self._features)
        return cut

    def _decoded(
        self,
        normalised: _Normalised,
        places: npt.NDArray[np.int64],
        numbers: npt.NDArray[np.int64],
        vocabulary: Vocabulary,
    ) -> _Cut:
        """Cut texts whose chunks are known.

        Args:
            normalised: The texts.
            places: Where each chunk starts in them.
            numbers: The number of each chunk in the vocabulary.
            vocabulary: The vocabulary.
        """
        codes = normalised.codes
        lengths = np.fromiter(map(len, normalised.normal), np.int64, len(normalised.normal))
        text_starts = np.cumsum(lengths + 1) - (lengths + 1)
        if NEWLINE in normalised.whole:
            newlines = np.flatnonzero(codes == ord(NEWLINE))
            at = np.searchsorted(places, newlines)
            numbers = np.insert(numbers, at, vocabulary[NEWLINE])
            places = np.insert(places, at, newlines)
        columns = vocabulary.columns()

        count = columns.count[numbers]
        end = np.cumsum(count, dtype=np.int64)
        total = int(end[-1]) if len(end) else 0
        token = np.repeat(columns.first[numbers] - (end - count), count) + np.arange(total)
        place = np.repeat(places, count)
        starts = place + columns.starts[token]
        bounds = np.append(np.searchsorted(starts, text_starts), total)
        joined = self._decoder.joined(
            Tokens(
                word=columns.word[token],
                shape=columns.shape[token],
                firsts=bounds[:-1][bounds[:-1] < bounds[1:]],
            )
        )
        return _Cut(
            texts=normalised.texts,
            origins=normalised.origins,
            codes=codes,
            text_starts=text_starts,
            starts=starts,
            ends=place + columns.ends[token],
            bounds=bounds,
            joined=joined,
        )


class _Normalised(NamedTuple):
    """Texts in Normalisation Form C.

    Attributes:
        texts: The texts as they were given.
        normal: Them, normalised.
        origins: By number, the texts that normalisation changed.
        whole: All of them, laid end to end with a space after each.
        codes: uint32, its code points.
    """

    texts: Sequence[str]
    normal: Sequence[str]
    origins: dict[int, Origin]
    whole: str
    codes: npt.NDArray[np.uint32]


def _normalised(texts: list[str]) -> _Normalised:
    if max(map(len, texts)) > _LONGEST_TEXT:
        raise SegmenterError(f"a text has more than {_LONGEST_TEXT} characters")
    origins: dict[int, Origin] = {}
    normal = texts
    # A space neither combines with what precedes it nor with what follows, so the whole
    # is normalised exactly when each of the texts is.
    whole = " ".join([*texts, ""])
    if not is_normalised(whole):
        normal = texts.copy()
        for number, text in enumerate(texts):
            if not is_normalised(text):
                normal[number], origins[number] = normalise(text)
        whole = " ".join([*normal, ""])
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), "<u4")
    return _Normalised(texts, normal, origins, whole, codes)


def _restore(cls: type[Segmenter], data: bytes, memory_limit: int) -> Segmenter:
    return cls.from_bytes(data, memory_limit=memory_limit)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Group texts so that each group has a bounded number of characters, or is one text."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _BATCH_CHARACTERS:
            yield batch
            batch = []
            size = 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield batch


def _join(cut: _Cut) -> Iterator[str]:
    """Write each text with its tokens joined or set apart."""
    # Every token is copied with the character after it (the last text is followed by a
    # space), which is then overwritten by the separator.
    sizes = cut.ends - cut.starts + 1
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    source = np.repeat(cut.starts - (ends - sizes), sizes) + np.arange(total)
    codes = cut.codes[source]
    codes[ends[:-1] - 1] = np.where(cut.joined[1:], ord("_"), ord(" "))
    written = codes.tobytes().decode("utf-32-le", "surrogatepass")
    edges = np.append(0, ends)[cut.bounds].tolist()
    for number, text in enumerate(cut.texts):
        start, end = edges[number], edges[number + 1]
        yield written[start : end - 1] if start < end else text


def _spans(cut: _Cut) -> SpanBatch:
    """Translate positions in the batch into offsets in each original text."""
    shift = np.repeat(cut.text_starts, np.diff(cut.bounds))
    starts = (cut.starts - shift).astype(np.int32)
    ends = (cut.ends - shift).astype(np.int32)
    for number, origin in cut.origins.items():
        tokens = slice(cut.bounds[number], cut.bounds[number + 1])
        starts[tokens] = origin.starts[starts[tokens]]
        ends[tokens] = origin.ends[ends[tokens] - 1]
    return SpanBatch(starts, ends, cut.joined, cut.bounds)
