"""Odd queries in a small number; `tests.benchmarks.fuzz` asks ten thousand."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.webapp.odd_queries import odd_queries

ADDRESSES = ("/", "/api/v1/search", "/api/v1/suggest", "/feed.atom")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_odd_query_is_a_fault_of_ours(app: Flask, address: str) -> None:
    client = app.test_client()
    statuses = {
        client.get(address, query_string={"q": query}).status_code
        for query in odd_queries(150, seed=3)
    }
    assert statuses <= {200, 302, 400, 414}


@pytest.mark.parametrize("raw", ["%", "%FF", "%C3", "%00", "%ED%A0%80", "%F4%90%80%80", "a%zz"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/bai/x"])
def test_bytes_that_are_no_text_are_no_fault(app: Flask, address: str, raw: str) -> None:
    response = app.test_client().get(f"{address}?q={raw}&source={raw}&{raw}={raw}")
    assert response.status_code in {200, 302, 400, 404}
