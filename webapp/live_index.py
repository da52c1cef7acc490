"""The index that the page searches, replaced by its next generation while requests run."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final
from weakref import ref

from flask import current_app

from indexer import (
    AbbreviationsError,
    GenerationGoneError,
    Index,
    IndexerError,
    IndexUnusableError,
    SearchRequest,
    open_index,
)

_log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 1.0
"""How often to look whether there is a newer generation."""


def live_index() -> LiveIndex:
    """Give the index of the application that answers the running request."""
    live: LiveIndex = current_app.extensions["timbao"]
    return live


class _Opened:
    """An open index, the number of requests that use it, and since when it is replaced."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.users = 0
        self.replaced: float | None = None
        self.retired = False

    def unused(self) -> bool:
        return self.retired and not self.users


class LiveIndex:
    """Lends generations of an index to requests: the newest, or one that was replaced lately.

    A newer generation is opened, and searched once, in the background: no request waits for it.
    A request keeps the generation that it was lent until its end. A generation that was replaced
    stays open for a while, for those who have read a part of a result; then it is closed, as soon
    as its last request gives it back. Where the newer one cannot be opened or searched, the older
    one goes on serving.

    Args:
        directory: Folder of the index, or its address.
        abbreviations: A file of abbreviations, read again with each generation.
        kept: How many replaced generations stay open at most, the latest ones.
        kept_seconds: How long each of them does.

    Raises:
        IndexUnusableError: There is no usable index.
        AbbreviationsError: The file of abbreviations cannot be read.
    """

    def __init__(
        self,
        directory: str | Path,
        abbreviations: str | Path | None = None,
        *,
        kept: int = 3,
        kept_seconds: float = 600,
    ) -> None:
        # An address stays as it is: a path would lose one of its slashes.
        self._directory = directory
        self._abbreviations = abbreviations
        self._kept_at_most = kept
        self._kept_seconds = kept_seconds
        self._opened = self._open()
        self._kept: dict[str, _Opened] = {}
        self._lock = Lock()
        self._renewal = Lock()
        self._trouble: Exception | None = None
        self._watch: Thread | None = None
        self._over = Event()

    @property
    def trouble(self) -> Exception | None:
        """Why the newest generation cannot be used; `None` where it is, or will be."""
        return self._trouble

    @contextmanager
    def lend(self, generation: str | None = None) -> Iterator[Index]:
        """Lend a generation for the time of a request.

        Args:
            generation: Name of the generation that is wanted, which may come from anywhere; the
                newest one by default. Another process may have been the one that lent it before:
                as long as any of them keeps it, all of them can open it.

        Raises:
            GenerationGoneError: There is no such generation, or none any more.
        """
        opened = self._take()
        try:
            if generation not in {None, opened.index.generation}:
                assert generation is not None  # noqa: S101 - mypy does not see it in the set
                older = self._take_kept(generation)
                self._give_back(opened)
                opened = older
            yield opened.index
        finally:
            self._give_back(opened)

    def warm(self) -> None:
        """Do once what makes the first question of its kind slow.

        Raises:
            IndexerError: The index cannot be searched.
        """
        with self.lend() as index:
            _warm(index)

    def renew(self) -> None:
        """Open the newest generation if there is a newer one, and close what was kept too long.

        Requests go on meanwhile.
        """
        with self._renewal:
            with self._lock:
                unused = self._retire(self._outdated())
            _close(unused)
            if self._opened.index.current:
                self._trouble = None
                return
            try:
                fresh = self._open()
                try:
                    _warm(fresh.index)
                except BaseException:
                    fresh.index.close()
                    raise
            except (IndexerError, OSError) as error:
                if str(error) != str(self._trouble):
                    _log.warning("a newer index cannot be used: %s", error)
                self._trouble = error
                return
            self._trouble = None
            with self._lock:
                old, self._opened = self._opened, fresh
                unused = self._keep(old)
                # A cursor of another process, which was faster, may have had it opened before.
                if early := self._kept.get(fresh.index.generation):
                    unused += self._retire([early])
            _close(unused)

    def close(self) -> None:
        """Close all generations, each once its last request has ended."""
        self._over.set()
        # What is being opened is closed as well.
        with self._renewal, self._lock:
            unused = self._retire([self._opened, *self._kept.values()])
        _close(unused)

    def _open(self, generation: str | None = None) -> _Opened:
        return _Opened(
            open_index(self._directory, abbreviations=self._abbreviations, generation=generation)
        )

    def _take(self) -> _Opened:
        with self._lock:
            if self._watch is None and not self._over.is_set():
                # Not before: the processes of a server are forked once this is made.
                self._watch = Thread(target=_look, args=(ref(self), self._over), daemon=True)
                self._watch.start()
            self._opened.users += 1
            return self._opened

    def _take_kept(self, generation: str) -> _Opened:
        with self._lock:
            if known := self._kept.get(generation):
                known.users += 1
                return known
        try:
            opened = self._open(generation)
        except GenerationGoneError:
            raise
        except (IndexUnusableError, AbbreviationsError) as error:
            raise GenerationGoneError(str(error)) from error
        with self._lock:
            opened.users += 1
            unused = self._keep(opened)
        _close(unused)
        return opened

    def _keep(self, opened: _Opened) -> list[_Opened]:
        """Keep a replaced generation; give those that can be closed in its place."""
        opened.replaced = time.monotonic()
        other = self._kept.pop(opened.index.generation, None)
        self._kept[opened.index.generation] = opened
        # Names begin with their number. One that was opened again does not displace later ones.
        too_many = [self._kept[name] for name in sorted(self._kept)[: -self._kept_at_most]]
        return self._retire([*too_many, *([other] if other else [])])

    def _outdated(self) -> list[_Opened]:
        oldest = time.monotonic() - self._kept_seconds
        return [one for one in self._kept.values() if (one.replaced or 0) < oldest]

    def _retire(self, some: list[_Opened]) -> list[_Opened]:
        """Keep some generations no longer; give those that nobody uses."""
        for one in some:
            one.retired = True
            if self._kept.get(one.index.generation) is one:
                del self._kept[one.index.generation]
        return [one for one in some if one.unused()]

    def _give_back(self, opened: _Opened) -> None:
        with self._lock:
            opened.users -= 1
            unused = opened.unused()
        if unused:
            opened.index.close()


def _look(live: ref[LiveIndex], over: Event) -> None:
    """Look for newer generations until it is over, or nobody has the index any more."""
    while not over.wait(_LOOK_SECONDS):
        one = live()
        if one is None:
            return
        try:
            one.renew()
        except Exception:  # noqa: BLE001 - it is logged, and the next look may succeed
            _log.exception("cannot look for a newer index")
        del one


def _warm(index: Index) -> None:
    # With marks: such queries need the segmentation model.
    index.search(SearchRequest("tìm báo"))
    index.corrections("tim bao")
    index.suggest("tim b")


def _close(unused: list[_Opened]) -> None:
    for one in unused:
        one.index.close()
