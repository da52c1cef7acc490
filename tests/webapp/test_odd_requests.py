"""Odd queries, of which none may be a fault of ours, at what schemathesis does not ask."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

odd = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"()-+*?~:/<>&\0\u202e\u0301đế'),
    max_size=60,
)
nested = st.builds(
    lambda inner, depth: "(" * depth + inner + ")" * depth, odd, st.integers(0, 400)
)
long = st.builds(lambda part, times: part * times, odd, st.integers(1, 200))


@pytest.mark.parametrize(
    "path", ["/feed.atom", "/opensearch-suggest", "/api/v1/export", "/api/v1/search", "/"]
)
@settings(max_examples=60)
@given(query=odd | nested | long)
def test_an_odd_query_is_answered_or_refused(app: Flask, path: str, query: str) -> None:
    response = app.test_client().get(path, query_string={"q": query})
    assert response.status_code in {200, 302, 400, 414}
