"""The server of Windows, which runs everywhere."""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.webapp.process import ENVIRONMENT, address_of

_SERVE = """
import sys
from webapp.serving import server
server.HAS_PROCESSES = False
from webapp.cli import main
sys.exit(main(["serve", "--index", sys.argv[1], "--port", "0"]))
"""


def test_one_process_answers_and_stops_when_told(sample_index: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(sample_index)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with urllib.request.urlopen(f"{address_of(process)}?q=duong", timeout=30) as response:
        assert response.status == 200
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert errors.startswith('{"time"')
