"""Which of the packages that provide `whoosh` is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Final

from indexer.errors import WhooshPackageError

TESTED: Final[Mapping[str, str]] = {"whoosh3": "3.54.0", "whoosh-reloaded": "2.7.5"}
"""The packages, and the versions of them, that this project was tested with."""

_KNOWN: Final = (*TESTED, "whoosh", "whoosh-ng", "whoosh2", "whooshy")
_WANTED: Final = f"whoosh3=={TESTED['whoosh3']}"


def verify_whoosh() -> None:
    """Make sure that `whoosh` comes from one package, and from one that was tested.

    Raises:
        WhooshPackageError: It does not; says what to uninstall and to install.
    """
    check_packages(installed_packages())


def installed_packages() -> dict[str, str]:
    """Give the version of each installed package that provides `whoosh`, by its name."""
    found = _versions(_KNOWN)
    # Looking through all packages takes a fifth of a second.
    return found or _versions(metadata.packages_distributions().get("whoosh", ()))


def check_packages(installed: Mapping[str, str]) -> None:
    """Make sure that what is installed is one package that was tested.

    Args:
        installed: Version by name of each package that provides `whoosh`.

    Raises:
        WhooshPackageError: It is not.
    """
    if not installed:
        raise WhooshPackageError(
            f"Whoosh is not installed as a package; run: pip install {_WANTED}"
        )
    if len(installed) > 1:
        names = " ".join(sorted(installed))
        raise WhooshPackageError(
            f"several packages that provide `whoosh` are installed over each other ({names}). "
            f"Run: pip uninstall {names}; then: pip install {_WANTED}"
        )
    ((name, version),) = installed.items()
    if TESTED.get(name) != version:
        tested = " or ".join(f"{known} {wanted}" for known, wanted in TESTED.items())
        raise WhooshPackageError(
            f"`whoosh` comes from {name} {version}, and this project needs {tested}. "
            f"Run: pip uninstall {name}; then: pip install {_WANTED}"
        )


def _versions(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        found[re.sub(r"[-_.]+", "-", name).lower()] = version
    return found
