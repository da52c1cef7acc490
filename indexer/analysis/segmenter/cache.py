"""Keep the compiled model between runs.

The file's name tells what it was compiled from and by which compiler, so nothing ever needs
to be invalidated. It is written under another name and renamed, so that two processes that
compile at once do not disturb each other: both write the same content. A file that cannot be
read, or is damaged, is written again; where none can be written, the model is compiled anew
by each process, which takes a fraction of a second.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from indexer.analysis.segmenter.compile import COMPILER, PyviFiles, compile_model
from indexer.analysis.segmenter.model import FORMAT, Model
from indexer.errors import ModelError


def default_folder() -> Path | None:
    r"""Where this platform keeps a user's caches; None when the user has no home.

    ``$XDG_CACHE_HOME/timbao`` or ``~/.cache/timbao`` (XDG Base Directory Specification),
    ``~/Library/Caches/timbao`` on macOS, ``%LOCALAPPDATA%\timbao\Cache`` on Windows.
    """
    try:
        if sys.platform == "win32":
            local = os.environ.get("LOCALAPPDATA")
            return (Path(local) if local else Path.home() / "AppData/Local") / "timbao/Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library/Caches/timbao"
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        # The specification tells to ignore a relative path.
        return (given if given.is_absolute() else Path.home() / ".cache") / "timbao"
    except RuntimeError:
        return None


def cached_model(folder: Path | None = None) -> Model:
    """The model of the installed pyvi, compiled once.

    Args:
        folder: Where to keep it, in place of `default_folder`. Created when missing.

    Raises:
        ModelError: pyvi is not installed or its model is not the expected kind.
    """
    files = PyviFiles.installed()
    folder = folder or default_folder()
    if folder is None:
        return compile_model(files)
    name = f"segmenter-pyvi-{files.version}-{files.digest[:16]}-{COMPILER}.{FORMAT}.model"
    path = folder / name
    with contextlib.suppress(OSError, ModelError):
        model = Model.from_bytes(path.read_bytes())
        if (model.pyvi, model.source) == (files.version, files.digest):
            return model
    model = compile_model(files)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, model.to_bytes())
    return model


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees a part of it.

    Raises:
        OSError: It cannot be written; what was there before still is.
    """
    descriptor, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
