"""Which values of a facet are meant by a typed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.analysis import bare_form, tokenize


class FacetValue(NamedTuple):
    """A value as it is compared with what is typed.

    Attributes:
        text: The value.
        tokens: Its tokens.
        key: All of them as one word.
        bare: That without marks.
    """

    text: str
    tokens: tuple[str, ...]
    key: str
    bare: str

    @classmethod
    def of(cls, text: str) -> FacetValue:
        """Prepare a value, which takes much longer than to compare it."""
        tokens = _tokens(text)
        key = "".join(tokens)
        return cls(text, tokens, key, bare_form(key))


def meant(typed: str, values: Sequence[FacetValue]) -> tuple[str, ...]:
    """Give the values that are meant: those that are the typed text, else those that hold it.

    Case, spaces and punctuation do not matter (`tuổitrẻ`, `Tuổi Trẻ`), nor do marks where one of
    both has none: `nguồn:tuoitre`, `mục:thể-thao` for a section `the-thao`. `nguồn:"Tuổi Trẻ"`
    means `Tuổi Trẻ` alone if there is such a value, and otherwise `Báo Tuổi Trẻ Online` too.

    Args:
        typed: What was typed.
        values: The values of the facet.
    """
    wanted = FacetValue.of(typed)
    if not wanted.tokens:
        return ()
    # What has other letters is no match, whatever its marks.
    likely = [value for value in values if wanted.bare in value.bare]
    equal = [value for value in likely if value.bare == wanted.bare]
    if same := tuple(value.text for value in equal if _same(wanted.key, value.key)):
        return same
    return tuple(value.text for value in likely if _holds(value.tokens, wanted.tokens))


def matching(pattern: str, values: Sequence[FacetValue]) -> tuple[str, ...]:
    """Give the values that a pattern with `*` and `?` matches as a whole, under the same rules.

    Args:
        pattern: The pattern.
        values: The values of the facet.
    """
    # Wildcards are no letters, so what stands between them is normalised by itself.
    pieces = re.split(r"([*?])", pattern)
    spelled = ["".join(_tokens(piece)) if piece not in "*?" else piece for piece in pieces]
    signs = {"*": ".*", "?": "."}

    def compiled(of_piece: Callable[[str], str]) -> re.Pattern[str]:
        return re.compile("".join(signs.get(p) or re.escape(of_piece(p)) for p in spelled))

    exact, bare = compiled(str), compiled(bare_form)
    typed_bare = exact.pattern == bare.pattern
    return tuple(
        value.text
        for value in values
        if exact.fullmatch(value.key)
        or ((typed_bare or value.key == value.bare) and bare.fullmatch(value.bare))
    )


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(text))


def _same(wanted: str, other: str) -> bool:
    """Compare with marks, unless one side has none."""
    bare, other_bare = bare_form(wanted), bare_form(other)
    return other == wanted or (bare == other_bare and (wanted == bare or other == other_bare))


def _holds(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(
        all(map(_same, wanted, tokens[place:])) for place in range(len(tokens) - len(wanted) + 1)
    )
