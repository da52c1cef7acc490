"""The version of timbao that answers."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version


@cache
def version() -> str:
    """Give the version of the installed package; `0` where it only lies in the path."""
    try:
        return installed_version("timbao")
    except PackageNotFoundError:
        return "0"
