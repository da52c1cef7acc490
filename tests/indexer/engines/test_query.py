"""What no engine could answer is no query, and what is shown of one is what it looks for."""

from collections.abc import Callable
from math import inf, nan

import pytest

from indexer.engines.query import (
    FARTHEST,
    And,
    Compound,
    Either,
    HasValue,
    Near,
    Not,
    Phrase,
    Published,
    Query,
    Shown,
    Term,
    Weighted,
    Within,
    shown_terms,
)
from indexer.schema import TEXT_FIELDS

A, B = Term("an"), Term("bàn")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Phrase(()), "a phrase needs a word"),
        (lambda: Phrase((A, B), -1), "from 0 to 63, not -1"),
        (lambda: Phrase((A, B), FARTHEST + 1), "from 0 to 63, not 64"),
        (lambda: Near((), 1), "nearness needs a word"),
        (lambda: Near((A, B), 0), "from 1 to 63, not 0"),
        (lambda: Near((A, B), FARTHEST + 1), "from 1 to 63, not 64"),
        (lambda: Near((A, Phrase((A, B), 1)), 3), "must have no slop"),
        (lambda: HasValue("title", ("x",)), "no facet 'title'"),
        (lambda: Within(("source",), A), "no text field 'source'"),
        (lambda: Weighted(A, -0.5), "not -0.5"),
        (lambda: Weighted(A, nan), "not nan"),
        (lambda: Weighted(A, inf), "not inf"),
    ],
)
def test_impossible_query_is_refused(make: Callable[[], Query], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_parts_are_shown_with_the_fields_in_which_they_are_looked_for() -> None:
    query = And(
        (
            A,
            Within(("title", "lead"), Either((B, Within(("lead", "body"), Weighted(A, 0.5))))),
            Not(B),
            Compound("an_bàn"),
            HasValue("tag", ("x",)),
            Published(),
        )
    )
    assert list(shown_terms(query)) == [
        Shown(A, frozenset(TEXT_FIELDS)),
        Shown(B, frozenset({"title", "lead"})),
        Shown(A, frozenset({"lead"})),
    ]
