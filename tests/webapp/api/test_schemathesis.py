"""Requests drawn from the OpenAPI document, and what it promises of the answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.webapp.process import ENVIRONMENT, address_of, serving

FOLDER = Path(__file__).parent
EXAMPLES = 15
"""Random requests to each endpoint, besides those that cover the document."""

SECONDS = 240


def test_the_running_api_keeps_what_its_document_promises(
    sample_index: Path, tmp_path: Path
) -> None:
    server = serving(sample_index)
    try:
        document = f"{address_of(server)}api/v1/openapi.json"
        command = [
            *(sys.executable, "-m", "schemathesis.cli"),
            *("--config-file", str(FOLDER / "schemathesis.toml")),
            *("run", document, "--max-examples", str(EXAMPLES), "--seed", "1"),
            *("--checks", "all", "--continue-on-failure", "--no-color"),
            # Ours knows which of the requests that the document allows have no meaning.
            *("--exclude-checks", "positive_data_acceptance"),
        ]
        hooks = {"SCHEMATHESIS_HOOKS": "tests.webapp.api.schemathesis_checks"}
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=os.environ | ENVIRONMENT | hooks,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: 7" in done.stdout
