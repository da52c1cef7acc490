"""Read the binary model files of CRFsuite.

CRFsuite can print a model as text, but it rounds the weights to six decimals and does not
escape names (one of pyvi's is a newline); the file has everything as it is. The layout
(``crf1d_model.c`` and ``cqdb.c`` of CRFsuite 0.12; all integers are little-endian uint32, all
offsets count from the start of the file unless said otherwise):

- a header of 48 bytes: ``lCRF``, file size, ``FOMC``, version 100, number of features (unused),
  of labels, of attributes, then the offsets of the features, the labels, the attributes, the
  label references and the attribute references;
- features: ``FEAT``, size, count, then for each one type, source, target label and weight
  (float64), 20 bytes;
- labels and attributes, each a CQDB: ``CQDB``, size, flags, byte-order mark, count, and the
  offset of an array of ``count`` offsets (both from the start of the CQDB); a record is the
  number, the length of the string with its NUL, and the string. The hash tables are skipped;
- references, for each label (``LFRF``: its transitions) and each attribute (``AFRF``: its
  weights): size and count, an array of offsets, and at each a list of feature numbers with
  its length before it.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from indexer.errors import ModelError

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_CQDB = struct.Struct("<4s5I")
_FEATURE = struct.Struct("<IIId")
_UINT32 = struct.Struct("<I")
_VERSION = 100
_BYTE_ORDER = 0x62445371


@dataclass(frozen=True, slots=True)
class CrfModel:
    """A linear-chain conditional random field of first order.

    Attributes:
        labels: Names, by number.
        transitions: ``transitions[i][j]``, the weight of label ``j`` after label ``i``.
        attributes: Attribute name to its weight for each label.
    """

    labels: tuple[str, ...]
    transitions: tuple[tuple[float, ...], ...]
    attributes: dict[str, tuple[float, ...]]


def read_crfsuite(data: bytes) -> CrfModel:
    """Read a model file of CRFsuite.

    Args:
        data: The whole file.

    Raises:
        ModelError: It is not such a file, or it is damaged.
    """
    try:
        return _read(data)
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ModelError(f"this CRFsuite model is damaged: {error}") from error


def _read(data: bytes) -> CrfModel:
    magic, size, kind, version, _, n_labels, n_attributes, *offsets = _HEADER.unpack_from(data)
    if magic != b"lCRF" or kind != b"FOMC" or version != _VERSION:
        raise ModelError("this is not a first-order CRFsuite model of version 100")
    if size != len(data):
        raise ModelError(f"this CRFsuite model has {len(data)} bytes instead of {size}")
    at_features, at_labels, at_attributes, at_label_refs, at_attribute_refs = offsets
    labels = _strings(data, at_labels, n_labels)
    names = _strings(data, at_attributes, n_attributes)

    def weights(at_refs: int, magic: bytes, number: int) -> tuple[float, ...]:
        by_label = [0.0] * n_labels
        seen: set[int] = set()
        for feature in _references(data, at_refs, magic, number):
            at = at_features + _CHUNK.size + _FEATURE.size * feature
            _, _, target, weight = _FEATURE.unpack_from(data, at)
            if target in seen:  # the order of summation would matter
                raise ModelError("this CRFsuite model has two weights where one is expected")
            if not math.isfinite(weight):
                raise ModelError("this CRFsuite model has a weight that is not a number")
            seen.add(target)
            by_label[target] = weight
        return tuple(by_label)

    return CrfModel(
        labels=tuple(labels),
        transitions=tuple(weights(at_label_refs, b"LFRF", i) for i in range(n_labels)),
        attributes={name: weights(at_attribute_refs, b"AFRF", i) for i, name in enumerate(names)},
    )


def _strings(data: bytes, start: int, count: int) -> list[str]:
    """Read the strings of the CQDB that starts at ``start``, by number."""
    magic, _, _, byte_order, n_strings, at_strings = _CQDB.unpack_from(data, start)
    if magic != b"CQDB" or byte_order != _BYTE_ORDER or n_strings < count:
        raise ModelError("the names in this CRFsuite model are damaged")
    strings = []
    for number in range(count):
        (offset,) = _UINT32.unpack_from(data, start + at_strings + _UINT32.size * number)
        at = start + offset + 2 * _UINT32.size
        end = data.find(b"\0", at)
        if end < 0:
            raise ModelError("a name in this CRFsuite model has no end")
        strings.append(data[at:end].decode("utf-8"))
    return strings


def _references(data: bytes, start: int, magic: bytes, number: int) -> tuple[int, ...]:
    """Read the feature numbers of one label or attribute."""
    found, _, count = _CHUNK.unpack_from(data, start)
    if found != magic or number >= count:
        raise ModelError("the references in this CRFsuite model are damaged")
    (offset,) = _UINT32.unpack_from(data, start + _CHUNK.size + _UINT32.size * number)
    (length,) = _UINT32.unpack_from(data, offset)
    if offset + _UINT32.size * (length + 1) > len(data):
        raise ModelError("the references in this CRFsuite model are damaged")
    features: tuple[int, ...] = struct.unpack_from(f"<{length}I", data, offset + _UINT32.size)
    return features
