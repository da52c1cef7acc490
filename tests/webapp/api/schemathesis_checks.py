"""What schemathesis checks besides its own. The process that runs it imports this."""

from __future__ import annotations

from typing import Any

import schemathesis

MEANINGS = ("#invalid-query", "#invalid-cursor")


@schemathesis.check
def refused_for_its_meaning_only(
    _ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """A request that its schema allows is refused only for what no schema can say.

    That is: a query without any word, a cursor that nobody gave, a period that ends before it
    begins.
    """
    meta = case.meta
    if meta is None or meta.generation.mode is not schemathesis.GenerationMode.POSITIVE:
        return
    if response.status_code == 400:
        problem = response.json()
        reversed_period = "comes after" in problem["detail"]
        assert problem["type"].endswith(MEANINGS) or reversed_period, problem
