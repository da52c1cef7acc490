r"""The compiled model: what it holds, and its file.

The file is data only: nothing in it is executed on reading. It has, in this order:

- 8 bytes, ``\x93TBSEG\r\n``;
- the length of the header in bytes, uint32 little-endian;
- the header, JSON in UTF-8: ``format`` (`FORMAT`), ``pyvi`` (the version it was compiled
  from), ``source`` (SHA-256 of the files it was compiled from), ``inside`` (see `Model`) and
  ``arrays``, a list of ``name``, ``type`` (NumPy's notation, little-endian), ``shape`` and
  ``offset`` (bytes from the start of the file, a multiple of 8);
- the arrays, in C order;
- SHA-256 of all that comes before, 32 bytes.

The strings of ``words`` are stored as two arrays: ``text``, all of them end to end in UTF-8,
and ``text_ends``, where each one ends, in code points.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import struct
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from indexer.errors import ModelError

FORMAT: Final = 1
"""Version of the file layout and of what the arrays mean."""

_MAGIC: Final = b"\x93TBSEG\r\n"
_LENGTH: Final = struct.Struct("<I")
_DIGEST_SIZE: Final = hashlib.sha256().digest_size
_ALIGNMENT: Final = 8

SWITCHES: Final = (
    "bias",
    "word.isupper()",
    "word.istitle()",
    "word.isdigit()",
    "-1:word.istitle()",
    "-1:word.isupper()",
    "-1:word.bi_gram()",
    "-2:word.tri_gram()",
    "+1:word.istitle()",
    "+1:word.isupper()",
    "+1:word.bi_gram()",
    "+2:word.tri_gram()",
)
"""Attributes of pyvi's model that are on or off, in the order of `Model.switches`."""

# Type and number of dimensions of every array of the file.
_ARRAYS: Final = {
    "text": ("|u1", 1),
    "text_ends": ("<i4", 1),
    "current": ("<f8", 2),
    "previous": ("<f8", 2),
    "following": ("<f8", 2),
    "switches": ("<f8", 2),
    "transitions": ("<f8", 2),
    "pairs": ("<i4", 2),
    "triples": ("<i4", 2),
}


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """pyvi's conditional random field with two labels, and its lists of compounds.

    Weights are float64 and have one column for each label, in CRFsuite's order, which decides
    ties. An attribute that the model lacks has weight 0.

    Attributes:
        pyvi: Version of pyvi that the model was published with.
        source: SHA-256 of pyvi's files, in hexadecimal.
        words: Lower-cased syllables that the model or the lists know, sorted. Syllables are
            referred to by their place in this tuple.
        current: ``(len(words), 2)``, weights of a syllable for itself.
        previous: The same for the syllable after it (``-1:word.lower()``).
        following: The same for the syllable before it (``+1:word.lower()``).
        switches: ``(len(SWITCHES), 2)``, weights of `SWITCHES`.
        transitions: ``(2, 2)``, weight of the second label after the first.
        inside: The label that joins a syllable to the one before it, 0 or 1.
        pairs: int32 ``(n, 2)``, compounds of two syllables.
        triples: int32 ``(n, 3)``, compounds of three syllables.
    """

    pyvi: str
    source: str
    words: tuple[str, ...]
    current: npt.NDArray[np.float64]
    previous: npt.NDArray[np.float64]
    following: npt.NDArray[np.float64]
    switches: npt.NDArray[np.float64]
    transitions: npt.NDArray[np.float64]
    inside: int
    pairs: npt.NDArray[np.int32]
    triples: npt.NDArray[np.int32]

    def to_bytes(self) -> bytes:
        """The model as the content of a file. The same model always gives the same bytes."""
        return _write(self)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the model's content, in hexadecimal."""
        return self.to_bytes()[-_DIGEST_SIZE:].hex()

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """Read what `to_bytes` returned.

        Args:
            data: The whole content of a file. The arrays are views of it.

        Raises:
            ModelError: It is not a compiled model, is damaged, or has another version.
        """
        return _read(bytes(data))


def _write(model: Model) -> bytes:
    text = "".join(model.words)
    contents = {
        "text": np.frombuffer(text.encode("utf-8"), np.uint8),
        "text_ends": np.cumsum([len(word) for word in model.words], dtype=np.int32),
        "current": model.current,
        "previous": model.previous,
        "following": model.following,
        "switches": model.switches,
        "transitions": model.transitions,
        "pairs": model.pairs,
        "triples": model.triples,
    }
    arrays: list[dict[str, Any]] = []
    blocks: list[bytes] = []
    end = 0
    for name, (kind, _) in _ARRAYS.items():
        array = np.ascontiguousarray(contents[name], dtype=kind)
        block = array.tobytes()
        block += bytes(-len(block) % _ALIGNMENT)
        arrays.append({"name": name, "type": kind, "shape": array.shape, "offset": end})
        blocks.append(block)
        end += len(block)
    # Offsets count from the start of the file, and so depend on the length of the header,
    # which is padded to a fixed size to break the circle.
    size = 256 * (len(arrays) + 2)
    start = len(_MAGIC) + _LENGTH.size + size
    size += -start % _ALIGNMENT
    start += -start % _ALIGNMENT
    for entry in arrays:
        entry["offset"] += start
    header = {
        "format": FORMAT,
        "pyvi": model.pyvi,
        "source": model.source,
        "inside": model.inside,
        "arrays": arrays,
    }
    head = json.dumps(header, sort_keys=True).encode("ascii").ljust(size)
    content = b"".join([_MAGIC, _LENGTH.pack(len(head)), head, *blocks])
    return content + hashlib.sha256(content).digest()


def _read(data: bytes) -> Model:
    if data[: len(_MAGIC)] != _MAGIC:
        raise ModelError("this is not a compiled segmentation model")
    content_size = len(data) - _DIGEST_SIZE
    head_start = len(_MAGIC) + _LENGTH.size
    if content_size < head_start:
        raise ModelError("this segmentation model is cut short")
    if hashlib.sha256(memoryview(data)[:content_size]).digest() != data[content_size:]:
        raise ModelError("this segmentation model is damaged: its checksum does not match")
    (head_size,) = _LENGTH.unpack_from(data, len(_MAGIC))
    # The checksum finds accidents. What follows holds also against a file made up to harm:
    # whatever gets through can give wrong words, but no access out of bounds.
    try:
        header = json.loads(data[head_start : min(head_start + head_size, content_size)])
        if header["format"] != FORMAT:
            raise ModelError(
                f"this segmentation model has format {header['format']}, not {FORMAT}: "
                "compile it again, or build the index that holds it again"
            )
        arrays = _arrays(data, header["arrays"], content_size)
        model = Model(
            pyvi=str(header["pyvi"]),
            source=str(header["source"]),
            inside=header["inside"],
            words=_words(arrays.pop("text"), arrays.pop("text_ends")),
            **arrays,
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ModelError(f"this segmentation model has a damaged header: {error}") from error
    _check(model)
    return model


def _arrays(data: bytes, entries: list[dict[str, Any]], end: int) -> dict[str, Any]:
    """Map the arrays that the header lists; they must be the expected ones, in bounds."""
    arrays: dict[str, Any] = {}
    for entry in entries:
        kind, dimensions = _ARRAYS[entry["name"]]
        shape = entry["shape"]
        offset = entry["offset"]
        if entry["type"] != kind or len(shape) != dimensions or entry["name"] in arrays:
            raise ValueError(f"array {entry['name']} has an unexpected type or shape")
        if not all(type(number) is int and number >= 0 for number in (*shape, offset)):
            raise ValueError(f"array {entry['name']} has a size that is not a natural number")
        count = 1
        for length in shape:
            count *= length
        if offset % _ALIGNMENT or offset + count * np.dtype(kind).itemsize > end:
            raise ValueError(f"array {entry['name']} is out of bounds")
        arrays[entry["name"]] = np.frombuffer(data, kind, count, offset).reshape(shape)
    if len(arrays) != len(_ARRAYS):
        raise ValueError("arrays are missing")
    return arrays


def _words(text: npt.NDArray[np.uint8], ends: npt.NDArray[np.int32]) -> tuple[str, ...]:
    joined = text.tobytes().decode("utf-8")
    bounds = [0, *ends.tolist()]
    if bounds[-1] != len(joined) or bounds != sorted(bounds):
        raise ValueError("the word list is damaged")
    words = tuple(joined[start:end] for start, end in itertools.pairwise(bounds))
    if len(set(words)) != len(words):
        raise ValueError("the word list has a word twice")
    return words


def _check(model: Model) -> None:
    """Check what the shapes and the values must satisfy for decoding to be safe."""
    n_words = len(model.words)
    for weights, rows in (
        (model.current, n_words),
        (model.previous, n_words),
        (model.following, n_words),
        (model.switches, len(SWITCHES)),
        (model.transitions, 2),
    ):
        # The limit keeps every sum finite.
        if weights.shape != (rows, 2) or not (np.abs(weights) < 1e100).all():
            raise ModelError("this segmentation model is damaged: its weights make no sense")
    for compounds, length in ((model.pairs, 2), (model.triples, 3)):
        if compounds.shape[1] != length or (
            compounds.size and not 0 <= compounds.min() <= compounds.max() < n_words
        ):
            raise ModelError("this segmentation model is damaged: its lists make no sense")
    if type(model.inside) is not int or model.inside not in (0, 1):
        raise ModelError("this segmentation model is damaged: its labels make no sense")
