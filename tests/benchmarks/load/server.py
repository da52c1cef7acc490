"""The server that is measured: its processes, their memory, and changes of its index."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_COMMAND = (sys.executable, "-m", "webapp.cli")
_STOP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    Attributes:
        host: Its name and port.
        process: The process that looks after the others.
    """

    host: str
    process: subprocess.Popen[str]

    def pids(self) -> list[int]:
        """Give all its processes."""
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]


@contextmanager
def served(folder: Path, options: Sequence[str]) -> Iterator[Server]:
    """Serve an index for a while, as `timbao serve` does.

    Args:
        folder: Folder of the index.
        options: Further options of the command.
    """
    command = [*_COMMAND, "serve", "--index", str(folder), "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    try:
        assert process.stdout
        [address] = re.findall(r"http://\S+", process.stdout.readline())
        yield Server(urlsplit(address).netloc, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=_STOP_SECONDS)


def memory(server: Server) -> dict[str, float]:
    """Measure the memory of all processes together, in megabytes.

    A page that several have is counted once: each has its part of it (PSS). `own` are pages that
    belong to no file, `of files` those of the index and of programs that are in memory now.
    """
    totals = {"Pss": 0, "Pss_Anon": 0, "Pss_File": 0}
    for pid in server.pids():
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in totals:
                totals[name] += int(rest.split()[0])
    names = {"Pss": "all", "Pss_Anon": "own", "Pss_File": "of files"}
    return {names[name]: round(size / 1024, 1) for name, size in totals.items()}


def change(folder: Path, corpus: Path, *, whole: bool) -> subprocess.CompletedProcess[str]:
    """Build an index anew, or add to it, in a process of its own.

    Args:
        folder: Folder of the index.
        corpus: What is built or added.
        whole: Whether it is built anew.
    """
    update = () if whole else ("--update",)
    return subprocess.run(
        [*_COMMAND, "index", str(corpus), "--index", str(folder), *update],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
