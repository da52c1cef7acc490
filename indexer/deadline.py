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

    __slots__ = ("_end",)

    def __init__(self, seconds: float | None) -> None:
        self._end = float("inf") if seconds is None else time.monotonic() + seconds

    def check(self) -> None:
        """Do nothing before the deadline.

        Raises:
            SearchTimeoutError: It is over.
        """
        if time.monotonic() >= self._end:
            raise SearchTimeoutError(
                "the search was not done in time, and was ended; ask for something more "
                "selective, or allow more time"
            )

    def left(self) -> float | None:
        """Give how many seconds are left, above 0 even if it is over; `None` for ever."""
        return None if self._end == float("inf") else max(self._end - time.monotonic(), 1e-9)


NO_DEADLINE: Final = Deadline(None)
