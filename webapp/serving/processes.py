"""gunicorn: several processes that answer, and one that looks after them.

The looking-after process loads all modules and then forks, so that these are in memory once. Each
answering process opens the index for itself: a lease on a generation that was taken before the
fork would be held by all of them, until the last one has ended. The files are mapped, so their
pages are in memory once as well.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http import message
from gunicorn.workers.gthread import ThreadWorker

from indexer import AbbreviationsError, IndexUnusableError
from webapp.api.problems import MEDIA_TYPE
from webapp.app import create_app
from webapp.operations.metrics import FOLDER
from webapp.operations.warming import warm
from webapp.security import HEADERS

if TYPE_CHECKING:
    from webapp.live_index import LiveIndex

_log = logging.getLogger(__name__)

_LONGEST_LINE = 65_536
"""In bytes, of an address and of a header, which may be the address of the page before.

Much more than any query that is answered: that one is too long is told by the page and the API.
"""

_GRACE_SECONDS = 30
"""How long requests that run may take to end once the server is told to stop."""

_KEEPALIVE_SECONDS = 5

_PATIENCE_SECONDS = 2
"""After how long a process that found no index looks again."""


def serve(
    config: Mapping[str, Any],
    sockets: list[socket.socket],
    *,
    workers: int,
    threads: int,
    ready: Callable[[], None],
) -> int:
    """Answer requests until Ctrl-C or SIGTERM; running requests are completed.

    Args:
        config: What `create_app` takes.
        sockets: They listen; they are closed at the end.
        workers: How many processes answer.
        threads: How many requests each of them answers at a time.
        ready: Called once, in the process that can answer first.

    Returns:
        0, or the exit code of a process that could not begin.
    """
    # gunicorn takes no more than this for a limit.
    message.MAX_REQUEST_LINE = _LONGEST_LINE  # type: ignore[misc]
    util.write_error = _refuse
    looking_after = os.getpid()
    server = _Server(config, sockets, workers=workers, threads=threads, ready=ready)
    code: object = 1
    try:
        gc.collect()
        # What is there by now is never collected: a page that is written to is no longer shared.
        gc.freeze()
        _Arbiter(server).run()
    except SystemExit as end:
        code = end.code
    finally:
        if os.getpid() != looking_after:
            # Only one process clears up what was there before the others.
            _leave(code)
    return code if isinstance(code, int) else 0


def _refuse(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:  # noqa: ARG001
    """Answer what is no request of HTTP: with our headers, and without repeating any of it."""
    problem = {"type": "about:blank", "title": reason, "status": status_int}
    body = json.dumps(problem).encode()
    headers = {
        "Connection": "close",
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **HEADERS,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    util.write_nonblock(sock, f"HTTP/1.1 {status_int} {reason}\r\n{lines}\r\n".encode() + body)


def _leave(code: object) -> NoReturn:
    os._exit(code if isinstance(code, int) else int(code is not None))


class _Arbiter(Arbiter):
    """Looks after the others.

    Ctrl-C, and a terminal that is closed, let running requests end, as SIGTERM does. There is
    nothing to load anew: a new index is found without being told, and settings are arguments.
    """

    def handle_int(self) -> None:
        self.handle_term()

    def handle_hup(self) -> None:
        self.handle_term()

    def handle_usr2(self) -> None:
        # Its arguments would be run again, and find their port taken.
        return


class _Worker(ThreadWorker):
    """Answers; a Ctrl-C, which reaches all processes of a terminal, is for the arbiter."""

    def init_signals(self) -> None:
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Server(BaseApplication):
    """What gunicorn asks for: its settings, and an application for each process."""

    def __init__(
        self,
        config: Mapping[str, Any],
        sockets: list[socket.socket],
        *,
        workers: int,
        threads: int,
        ready: Callable[[], None],
    ) -> None:
        self._config = config
        self._sockets = sockets
        self._workers = workers
        self._threads = threads
        self._ready = ready
        self._live: LiveIndex | None = None
        self._worker: ThreadWorker | None = None
        # Whoever reads the one byte of it tells that the server is ready.
        self._turn, give = os.pipe()
        os.set_blocking(self._turn, False)
        os.write(give, b"1")
        os.close(give)
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": [f"fd://{one.detach()}" for one in self._sockets],
            "worker_class": _Worker,
            "workers": self._workers,
            "threads": self._threads,
            "keepalive": _KEEPALIVE_SECONDS,
            "graceful_timeout": _GRACE_SECONDS,
            "limit_request_line": _LONGEST_LINE,
            "limit_request_field_size": _LONGEST_LINE,
            # Whose word is taken is a setting of ours.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "timbao",
            "post_fork": self._forked,
            "post_worker_init": self._begin,
            "child_exit": _forget,
            "worker_exit": self._end,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def _forked(self, _arbiter: Arbiter, worker: ThreadWorker) -> None:
        self._worker = worker

    def load(self) -> Any:
        # Runs in each answering process.
        app = self._made()
        warm(app)
        self._live = app.extensions["timbao"]
        return app

    def _made(self) -> Any:
        """Make the application, once the index can be opened.

        A process that takes the place of one that died may find an index that cannot be. Others
        may still answer from what they have open, and gunicorn would stop them all if it ended.
        """
        worker = self._worker
        while True:
            try:
                return create_app(self._config)
            except (IndexUnusableError, AbbreviationsError) as error:
                _log.error("a process waits for an index: %s", error)
            for _ in range(_PATIENCE_SECONDS * 10):
                time.sleep(0.1)
                if worker is not None:
                    worker.notify()
                    if not worker.alive:
                        sys.exit(0)

    def _begin(self, _worker: ThreadWorker) -> None:
        try:
            first = os.read(self._turn, 1)
        except BlockingIOError:
            first = b""
        if first:
            self._ready()

    def _end(self, _arbiter: Arbiter, _worker: ThreadWorker) -> None:
        if self._live is not None:
            self._live.close()


def _forget(_arbiter: Arbiter, worker: ThreadWorker) -> None:
    """Drop the numbers of a process that has ended, but for what it has counted."""
    if os.environ.get(FOLDER):
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
