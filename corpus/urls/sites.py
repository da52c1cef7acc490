"""What is known of single sites; see `sites.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Sites:
    """What is known of single sites.

    Attributes:
        stamps_that_count: Domains whose article numbers look like times and are none.
        month_before_day: Domains that write the month before the day in a number of 18 digits.
        folders_of_all: For a domain, the folders that all of its articles stand in.
    """

    stamps_that_count: frozenset[str]
    month_before_day: frozenset[str]
    folders_of_all: Mapping[str, frozenset[str]]

    def counts_in_stamps(self, host: str) -> bool:
        """Tell whether article numbers of a host that look like times are none."""
        return any(domain in self.stamps_that_count for domain in _domains(host))

    def writes_month_before_day(self, host: str) -> bool:
        """Tell whether numbers of a host hold the month before the day; else it may be behind."""
        return any(domain in self.month_before_day for domain in _domains(host))

    def is_folder_of_all(self, host: str, folder: str) -> bool:
        """Tell whether a folder says nothing of an article of the host."""
        return any(folder in self.folders_of_all.get(domain, ()) for domain in _domains(host))


@lru_cache(maxsize=1)
def known_sites() -> Sites:
    """Return what the package knows of single sites."""
    table = tomllib.loads((files("corpus.urls") / "sites.toml").read_text("utf-8"))
    return Sites(
        frozenset(table["stamps_that_count"]),
        frozenset(table["month_before_day"]),
        {domain: frozenset(names) for domain, names in table["folders_of_all"].items()},
    )


def _domains(host: str) -> list[str]:
    """Return a host and the domains that it is a part of."""
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
