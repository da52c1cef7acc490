"""Which values of a facet are meant by a typed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.analysis import bare_form, tokenize


def meant(typed: str, values: Sequence[str]) -> tuple[str, ...]:
    """Give the values that are meant: those that are the typed text, else those that hold it.

    Case, spaces and punctuation do not matter (`tuổitrẻ`, `Tuổi Trẻ`), nor do marks where one of
    both has none: `nguồn:tuoitre`, `mục:thể-thao` for a section `the-thao`. `nguồn:"Tuổi Trẻ"`
    means `Tuổi Trẻ` alone if there is such a value, and otherwise `Báo Tuổi Trẻ Online` too.

    Args:
        typed: What was typed.
        values: The values of the facet.
    """
    wanted = _tokens(typed)
    same = _comparison("".join(wanted))
    if equal := tuple(value for value in values if same("".join(_tokens(value)))):
        return equal
    of_each = [_comparison(token) for token in wanted]
    return tuple(value for value in values if wanted and _holds(_tokens(value), of_each))


def matching(pattern: str, values: Sequence[str]) -> tuple[str, ...]:
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
        value
        for value in values
        if exact.fullmatch(key := "".join(_tokens(value)))
        or ((typed_bare or key == bare_form(key)) and bare.fullmatch(bare_form(key)))
    )


def _tokens(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def _comparison(wanted: str) -> Callable[[str], bool]:
    """Compare with marks, unless one side has none."""
    bare = bare_form(wanted)

    def same(other: str) -> bool:
        if other == wanted:
            return True
        return (wanted == bare or other == bare_form(other)) and bare_form(other) == bare

    return same


def _holds(tokens: Sequence[str], wanted: Sequence[Callable[[str], bool]]) -> bool:
    return any(
        all(same(token) for same, token in zip(wanted, tokens[place:], strict=False))
        for place in range(len(tokens) - len(wanted) + 1)
    )
