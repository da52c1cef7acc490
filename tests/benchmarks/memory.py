"""What memory processes have of their own, looked at while they work."""

from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path

_LOOK_EVERY = 0.2


class OwnMemory(threading.Thread):
    """Looks at the memory of this process and its children, again and again.

    Own memory is private and shared anonymous memory (RssAnon and RssShmem of /proc), without the
    files that are mapped.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self._reading = 0
        self._all_reading = 0
        self._finishing = 0

    def run(self) -> None:
        """Look until it is over."""
        while not self._over.wait(_LOOK_EVERY):
            children = multiprocessing.active_children()
            own = _own(os.getpid())
            if children:
                self._reading = max(self._reading, own)
                every = own + sum(_own(child.pid) for child in children if child.pid)
                self._all_reading = max(self._all_reading, every)
            else:
                self._finishing = max(self._finishing, own)

    def stop(self) -> None:
        """Make an end."""
        self._over.set()
        self.join()

    def peaks(self) -> dict[str, int]:
        """Give the most that was seen, in megabytes (10^6 bytes)."""
        return {
            "while articles are read, the build": round(self._reading / 1e6),
            "while articles are read, with its workers": round(self._all_reading / 1e6),
            "after that, or without workers": round(self._finishing / 1e6),
        }


def _own(process: int) -> int:
    """Give the private and shared anonymous memory of a process, in bytes."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(
        int(line.split()[1]) * 1024 for line in lines if line.startswith(("RssAnon:", "RssShmem:"))
    )
