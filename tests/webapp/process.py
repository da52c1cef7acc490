"""The command as a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": ""}
COMMAND = [sys.executable, "-m", "webapp.cli"]


def timbao(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=ENVIRONMENT | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def started(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def serving(index: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A server at a free port that logs no requests: nobody would read that much."""
    quiet = ("--set", "LOG_REQUESTS=0")
    return started("serve", "--index", index, "--port", "0", *quiet, *arguments, **environment)


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    [address] = re.findall(r"http://\S+", process.stdout.readline())
    return str(address)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
