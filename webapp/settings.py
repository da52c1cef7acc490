"""What can be configured in the web application: one table."""

from __future__ import annotations

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
    """

    name: str
    default: str | int | None
    help: str
    least: int = 1


SETTINGS: Final = (
    Setting("INDEX", None, "Folder of the index that is searched; must be given."),
    Setting(
        "ABBREVIATIONS", "", "File of abbreviations that are known besides those of the package."
    ),
    Setting("PAGE_SIZE", 10, "Results on one page, from 1 to 100."),
    Setting("FACET_SIZE", 20, "Values that a facet lists, the most frequent ones."),
    Setting("FACET_SHOWN", 6, "Values of a facet that show before “Thêm” is opened."),
    Setting("MAX_BARS", 400, "Most bars that a timeline draws before it takes wider ones."),
    Setting("FEED_SIZE", 50, "Articles of a feed, the newest ones."),
    Setting("EXPORT_LIMIT", 0, "Most articles of an export; 0 for all that are found.", least=0),
    Setting("SEARCH_SECONDS", 10, "Seconds that a search for the API or a feed may take."),
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
        value = given.setdefault(setting.name, setting.default)
        if value is None:
            raise ValueError(f"{setting.name} must be set: {setting.help}")
        least = setting.least
        if isinstance(setting.default, int) and not (isinstance(value, int) and value >= least):
            raise ValueError(f"{setting.name} must be a number from {least}, not {value!r}")
    if given["PAGE_SIZE"] > 100:
        raise ValueError(f"PAGE_SIZE must be at most 100, not {given['PAGE_SIZE']}")
    return given
