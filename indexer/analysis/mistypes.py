"""What fingers do: letters that are missing, doubled, swapped, or hit beside the right key."""

from __future__ import annotations

from collections.abc import Iterator

DOUBLED, SINGLE, SWAPPED, MISSING, EXTRA, NEIGHBOUR = 0.3, 0.35, 0.4, 0.5, 0.5, 0.55
"""What each slip costs; the likelier one costs less."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
ANY = VIETNAMESE + "fjwz"


def _neighbours() -> dict[str, str]:
    """For each letter those of the keys around it; rows of a keyboard stand half a key apart."""
    places = {
        letter: (2 * column + row, row)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        letter: "".join(
            other
            for other, (across, down) in places.items()
            if other != letter and abs(across - x) <= 2 and abs(down - y) <= 1
        )
        for letter, (x, y) in places.items()
    }


_NEIGHBOURS = _neighbours()


def intended(typed: str, alphabet: str) -> Iterator[tuple[str, float]]:
    """Give the texts from which one slip makes what was typed.

    Args:
        typed: Lower-case letters.
        alphabet: The letters that may be missing.

    Yields:
        A text and what the slip costs; in no order, and some texts several times.
    """
    for place, letter in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        yield before + after, DOUBLED if before.endswith(letter) else EXTRA
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], SWAPPED
        for other in _NEIGHBOURS.get(letter, ""):
            yield before + other + after, NEIGHBOUR
    for place in range(len(typed) + 1):
        for letter in alphabet:
            cost = SINGLE if typed[:place].endswith(letter) else MISSING
            yield typed[:place] + letter + typed[place:], cost
