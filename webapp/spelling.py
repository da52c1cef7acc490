"""How texts are compared where neither case nor marks count."""

from __future__ import annotations

import unicodedata


def bare(text: str) -> str:
    """Give a text in lower case and without marks."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
