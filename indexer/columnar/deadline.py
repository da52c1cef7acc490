"""A moment by which a search must have ended.

Nothing interrupts a search from outside: signals reach the main thread only. So whatever may take
long asks the clock now and then, between the parts of a query and between the slices of a long
list, and gives up by an exception that passes through everything.
"""

from __future__ import annotations

import time
from typing import Final

from indexer.errors import SearchTimeoutError


class Deadline:
    """A point in time.

    Args:
        seconds: How long from now; `None` is for ever.
    """

    __slots__ = ("_end", "_seconds")

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._end = float("inf") if seconds is None else time.monotonic() + seconds

    def check(self) -> None:
        """Do nothing before the deadline.

        Raises:
            SearchTimeoutError: It is over.
        """
        if time.monotonic() >= self._end:
            raise SearchTimeoutError(
                f"the search was not done after {self._seconds:g} seconds, and was ended; "
                "ask for something more selective, or allow more time"
            )


NO_DEADLINE: Final = Deadline(None)
