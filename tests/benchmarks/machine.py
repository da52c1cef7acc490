"""What the figures of a benchmark were measured on."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path


def machine() -> dict[str, str | int]:
    """Describe the machine and the day of a run."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the reader's day, for the record
        "processor": names[0] if names else platform.processor(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
