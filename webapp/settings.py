"""What can be configured in the web application: one table."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Setting:
    """One configurable value.

    Attributes:
        name: Its key in the configuration.
        default: Its value where nothing is given; `None` where it must be given.
        help: What it does.
        least: The least value of a number.
        most: The greatest value of a number; `None` where there is none.
    """

    name: str
    default: str | int | None
    help: str
    least: int = 1
    most: int | None = None

    def check(self, value: object) -> None:
        """Check a value.

        Raises:
            ValueError: It has no meaning; the message names the setting.
        """
        if value is None:
            raise ValueError(f"{self.name} must be set: {self.help}")
        if not isinstance(self.default, int):
            return
        most = self.most if self.most is not None else sys.maxsize
        if not (isinstance(value, int) and self.least <= value <= most):
            to = "" if self.most is None else f" to {self.most}"
            raise ValueError(f"{self.name} must be a number from {self.least}{to}, not {value!r}")


def _switch(name: str, default: int, told: str) -> Setting:
    return Setting(name, default, told, least=0, most=1)


SETTINGS: Final = (
    Setting("INDEX", None, "Folder of the index that is searched; must be given."),
    Setting(
        "ABBREVIATIONS", "", "File of abbreviations that are known besides those of the package."
    ),
    Setting("PAGE_SIZE", 10, "Results on one page, from 1 to 100.", most=100),
    Setting("FACET_SIZE", 20, "Values that a facet lists, the most frequent ones."),
    Setting("FACET_SHOWN", 6, "Values of a facet that show before “Thêm” is opened."),
    Setting("MAX_BARS", 400, "Most bars that a timeline draws before it takes wider ones."),
    Setting("FEED_SIZE", 50, "Articles of a feed, the newest ones."),
    Setting("EXPORT_LIMIT", 0, "Most articles of an export; 0 for all that are found.", least=0),
    Setting("SEARCH_SECONDS", 10, "Seconds that the searches of one request may take."),
    Setting("QUERY_LENGTH", 2_000, "Most characters of a query text, up to 2000.", most=2_000),
    Setting(
        "RATE_LIMIT", "", "Most requests of one reader, as `60 per minute`; each process counts."
    ),
    Setting(
        "TRUSTED_PROXIES", 0, "Servers before this one whose `X-Forwarded-…` are true.", least=0
    ),
    _switch(
        "COMPRESSION", 1, "Whether answers are compressed, where no server before this one does."
    ),
    _switch("METRICS", 0, "Whether `/metrics` tells Prometheus of requests and of the index."),
    _switch("LOG_REQUESTS", 1, "Whether each request is a line of JSON in the log."),
    _switch("LOG_QUERIES", 0, "Whether that line has the query text."),
    Setting(
        "KEPT_GENERATIONS", 3, "Replaced states of the index that cursors of the API can name."
    ),
    Setting("KEPT_SECONDS", 600, "Seconds for which each of them is kept."),
    Setting(
        "CORS_ORIGINS", "", "Sites whose scripts may read the API, set apart by spaces; `*`: all."
    ),
)
"""Every setting of `create_app`."""


def checked_settings(config: Mapping[str, Any] | None) -> dict[str, Any]:
    """Fill in the defaults, and check what was given.

    Args:
        config: Values by name. Names that are not in `SETTINGS` are kept for Flask.

    Raises:
        ValueError: A value is missing or has no meaning; the message names the setting.
    """
    given = dict(config or {})
    for setting in SETTINGS:
        setting.check(given.setdefault(setting.name, setting.default))
    return given


def read_assignment(text: str) -> tuple[str, str | int]:
    """Read a setting as it is given on a command line.

    Args:
        text: `NAME=VALUE`.

    Returns:
        The name and its value.

    Raises:
        ValueError: There is no such setting, or the value has no meaning for it.
    """
    name, sign, value = text.partition("=")
    known = {setting.name: setting for setting in SETTINGS}
    if not sign or name not in known:
        raise ValueError(f"{text!r} is not NAME=VALUE; the names are {', '.join(known)}")
    setting = known[name]
    is_number = isinstance(setting.default, int) and value.isascii() and value.isdigit()
    read = int(value) if is_number else value
    setting.check(read)
    return name, read
