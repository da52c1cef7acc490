"""Reading in a process of its own, whose memory and time are limited by the system."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_READ = """
import json, re, resource, sys
limit = int(sys.argv[2]) << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from corpus import read_records
skipped = []
def skip(record):
    if len(skipped) < 100 or record.reason not in {other.reason for other in skipped}:
        skipped.append(record)
titles = [record.article.title for record in read_records(sys.argv[1], on_skip=skip)]
peak = int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) >> 10
print(json.dumps({"titles": titles, "skipped": [str(s) for s in skipped], "peak_mib": peak}))
"""


def read_bounded(
    path: Path | str, mebibytes: int = 700, seconds: int = 120, **options: Any
) -> dict[str, Any]:
    """Read a corpus; fail if it takes more memory or time than that."""
    if sys.platform != "linux":
        pytest.skip("the address space is limited in this way on Linux only")
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path), str(mebibytes)],
        capture_output=True,
        timeout=seconds,
        cwd=Path(__file__).parents[2],
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result
