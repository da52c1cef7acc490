"""Compile the model that pyvi publishes into a `Model`.

The model lies in the installed pyvi package: ``models/pyvi3.pkl``, a pickled object of
scikit-learn's kind around a model file of CRFsuite, and ``models/words.txt``, a word list.
Neither pyvi nor scikit-learn is imported to read them: of the pickle only the bytes of the
model file are wanted, and every class it names is replaced by an inert one.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import io
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from indexer.analysis.segmenter.crfsuite import CrfModel, read_crfsuite
from indexer.analysis.segmenter.model import SWITCHES, Model
from indexer.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

COMPILER: Final = 1
"""Version of this compiler; what another version has compiled is not used."""

_CURRENT: Final = "word.lower():"
_PREVIOUS: Final = "-1:word.lower():"
_FOLLOWING: Final = "+1:word.lower():"
_INSIDE: Final = "I_W"


@dataclass(frozen=True, slots=True)
class PyviFiles:
    """The files of an installed pyvi that a model is compiled from.

    Attributes:
        version: pyvi's version.
        model: Content of ``models/pyvi3.pkl``.
        words: Content of ``models/words.txt``.
    """

    version: str
    model: bytes
    words: bytes

    @classmethod
    def installed(cls) -> PyviFiles:
        """Read the files of the pyvi that is installed here.

        Raises:
            ModelError: pyvi is not installed, or lacks the files.
        """
        spec = importlib.util.find_spec("pyvi")
        if spec is None or not spec.submodule_search_locations:
            raise ModelError("pyvi is not installed: install it with `pip install pyvi`")
        folder = Path(spec.submodule_search_locations[0]) / "models"
        try:
            return cls(
                version=importlib.metadata.version("pyvi"),
                model=(folder / "pyvi3.pkl").read_bytes(),
                words=(folder / "words.txt").read_bytes(),
            )
        except (OSError, importlib.metadata.PackageNotFoundError) as error:
            raise ModelError(f"the installed pyvi has no model: {error}") from error

    @property
    def digest(self) -> str:
        """SHA-256 of the content of the files, in hexadecimal."""
        lengths = f"{len(self.model)},{len(self.words)};".encode("ascii")
        return hashlib.sha256(lengths + self.model + self.words).hexdigest()


def compile_model(files: PyviFiles) -> Model:
    """Compile pyvi's model.

    Raises:
        ModelError: The files are not what pyvi 0.1.1 publishes, or of another kind: then
            decoding would not give what pyvi gives.
    """
    crf = read_crfsuite(_crfsuite_file(files.model))
    if len(crf.labels) != 2 or _INSIDE not in crf.labels:
        raise ModelError(f"pyvi {files.version} has a model with labels {crf.labels}")
    _check_attributes(crf, files.version)
    pairs, triples = _compounds(files.words)
    words = sorted(
        {
            name.removeprefix(prefix)
            for name in crf.attributes
            for prefix in (_CURRENT, _PREVIOUS, _FOLLOWING)
            if name.startswith(prefix)
        }.union(*pairs, *triples)
    )
    ids = {word: number for number, word in enumerate(words)}
    return Model(
        pyvi=files.version,
        source=files.digest,
        words=tuple(words),
        current=_weights(crf, [_CURRENT + word for word in words]),
        previous=_weights(crf, [_PREVIOUS + word for word in words]),
        following=_weights(crf, [_FOLLOWING + word for word in words]),
        switches=_weights(crf, SWITCHES),
        transitions=np.array(crf.transitions, np.float64),
        inside=crf.labels.index(_INSIDE),
        pairs=_numbers(pairs, 2, ids),
        triples=_numbers(triples, 3, ids),
    )


def _check_attributes(crf: CrfModel, version: str) -> None:
    for name in crf.attributes:
        if name not in SWITCHES and not name.startswith((_CURRENT, _PREVIOUS, _FOLLOWING)):
            raise ModelError(f"pyvi {version} has a model with an unknown attribute: {name!r}")


def _weights(crf: CrfModel, names: list[str] | tuple[str, ...]) -> npt.NDArray[np.float64]:
    absent = (0.0, 0.0)
    rows = [crf.attributes.get(name, absent) for name in names]
    return np.array(rows, np.float64).reshape(len(names), 2)


def _compounds(words: bytes) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Split the word list as pyvi does: at newlines, then at single spaces."""
    entries = {tuple(line.split(" ")) for line in words.decode("utf-8").split("\n")}
    return (
        sorted(entry for entry in entries if len(entry) == 2),
        sorted(entry for entry in entries if len(entry) == 3),
    )


def _numbers(
    compounds: list[tuple[str, ...]], length: int, ids: dict[str, int]
) -> npt.NDArray[np.int32]:
    rows = [[ids[word] for word in compound] for compound in compounds]
    return np.array(rows, np.int32).reshape(len(compounds), length)


class _Inert:
    """Stands for any class or function that a pickle names; it keeps its state, no more."""

    def __new__(cls, *_args: object) -> _Inert:  # noqa: PYI034 (pickle may call it as a function)
        return object.__new__(cls)

    def __init__(self, *_args: object) -> None:
        self.state: Any = None

    def __setstate__(self, state: object) -> None:
        self.state = state


def _latin1(text: str, _encoding: str) -> bytes:
    """What ``_codecs.encode`` does where protocol 2 uses it: to store bytes."""
    return text.encode("latin-1")


class _InertUnpickler(pickle.Unpickler):
    """Loads no class and calls no function of anybody's."""

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        return _latin1 if (module, name) == ("_codecs", "encode") else _Inert


def _crfsuite_file(pickled: bytes) -> bytes:
    """Take the model file out of pyvi's pickle (``sklearn_crfsuite._fileresource``)."""
    try:
        estimator = _InertUnpickler(io.BytesIO(pickled)).load()
        data = estimator.state["modelfile"].state["__FILE_RESOURCE_DATA__"]
    except Exception as error:  # unpickling damaged data raises almost anything
        raise ModelError(f"pyvi's model cannot be read: {error}") from error
    if not isinstance(data, bytes):
        raise ModelError("pyvi's model holds no CRFsuite file")
    return data
