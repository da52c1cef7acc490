"""The index that the page searches, replaced by its next generation while requests run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from indexer import AbbreviationsError, Index, IndexUnusableError, open_index

_log = logging.getLogger(__name__)


class _Opened:
    """An open index, the number of requests that use it, and whether it has been replaced."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.users = 0
        self.retired = False


class LiveIndex:
    """Lends the newest generation of an index to requests.

    A request keeps the generation that it was lent until its end; an older generation is closed
    when its last request gives it back. Where the newer one cannot be opened, the older one goes
    on serving.

    Args:
        directory: Folder of the index.
        abbreviations: A file of abbreviations, read again with each generation.

    Raises:
        IndexUnusableError: There is no usable index.
        AbbreviationsError: The file of abbreviations cannot be read.
    """

    def __init__(self, directory: str | Path, abbreviations: str | Path | None = None) -> None:
        self._directory = Path(directory)
        self._abbreviations = abbreviations
        self._opened = self._open()
        self._lock = Lock()
        self._renewal = Lock()

    @contextmanager
    def lend(self) -> Iterator[Index]:
        """Lend the newest generation for the time of a request."""
        opened = self._take()
        try:
            if not opened.index.current and self._renew():
                self._give_back(opened)
                opened = self._take()
            yield opened.index
        finally:
            self._give_back(opened)

    def warm(self) -> None:
        """Do once what makes the first question of its kind slow: tables are built by then."""
        with self.lend() as index:
            index.corrections("tim bao")
            index.suggest("tim b")

    def close(self) -> None:
        """Close the index once its last request has ended."""
        with self._lock:
            opened = self._opened
            opened.retired = True
            unused = not opened.users
        if unused:
            opened.index.close()

    def _open(self) -> _Opened:
        return _Opened(open_index(self._directory, abbreviations=self._abbreviations))

    def _take(self) -> _Opened:
        with self._lock:
            self._opened.users += 1
            return self._opened

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            unused = opened.retired and not opened.users
        if unused:
            opened.index.close()

    def _renew(self) -> bool:
        # One request opens the next generation; the others go on with the one that is there.
        if not self._renewal.acquire(blocking=False):
            return False
        try:
            fresh = self._open()
        except (IndexUnusableError, AbbreviationsError) as error:
            _log.warning("the index was replaced by one that cannot be opened: %s", error)
            return False
        else:
            with self._lock:
                old, self._opened = self._opened, fresh
                old.retired = True
                unused = not old.users
            if unused:
                old.index.close()
            return True
        finally:
            self._renewal.release()
