"""What reading damaged columns ends in, told as damage.

Opening checks what is cheap to check, and `check_index` reads everything; between the two, a byte
that was changed on the disk can lead an array operation astray. NumPy then refuses an index or a
shape, a text is no UTF-8, a frame does not unpack: never worse, since every offset into a file is
checked when it is opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import zstandard

from corpus import CorpusError
from indexer.errors import DamagedIndexError

_SYMPTOMS = (
    ArithmeticError,
    AttributeError,
    CorpusError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    zstandard.ZstdError,
)


@contextlib.contextmanager
def guarded(directory: Path) -> Iterator[None]:
    """Turn the symptoms of damaged columns into one error.

    Args:
        directory: Folder of the index.

    Raises:
        DamagedIndexError: Something could not be read.
    """
    try:
        yield
    except _SYMPTOMS as error:
        raise DamagedIndexError(
            f"the index in {directory} cannot be read as it was written "
            f"({type(error).__name__}: {error}). See what is damaged: timbao check "
            f"{directory}"
        ) from error
