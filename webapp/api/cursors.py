"""Where somebody stopped reading a result.

A cursor names the generation in which the reading began, a place in the order of the result, and
the search that it belongs to. It is not secret, and nothing is trusted that it says: a generation
is one that there is or it is gone, and a place is a number. The order of a result is the same
whenever a generation is asked, so pages from one place to the next have every match exactly once.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

from webapp.url_state import SearchState

_FORM: Final = re.compile(r"1\.(0|[1-9][0-9]{0,9})\.([0-9a-z-]{1,60})\.([0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a result.

    Attributes:
        position: How many hits come before.
        generation: The generation in which they do.
        search: Which search it is, as `fingerprint` gives it.
    """

    position: int
    generation: str
    search: str

    def __str__(self) -> str:
        text = f"1.{self.position}.{self.generation}.{self.search}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a cursor.

        Raises:
            ValueError: It is none.
        """
        try:
            padded = text + "=" * (-len(text) % 4)
            decoded = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        except (binascii.Error, UnicodeError) as error:
            raise ValueError("is no cursor") from error
        found = _FORM.fullmatch(decoded)
        if not found:
            raise ValueError("is no cursor")
        cursor = cls(int(found[1]), found[2], found[3])
        if str(cursor) != text:
            raise ValueError("is no cursor")
        return cursor


def fingerprint(state: SearchState, *, strict: bool) -> str:
    """Give a short name of a search, by which a cursor knows it."""
    told = f"{state.query_string()} {strict}"
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()
