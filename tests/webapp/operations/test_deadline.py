from __future__ import annotations

import pytest

from tests.webapp.operations.conftest import Making


@pytest.mark.parametrize("path", ["/", "/?q=dan+van", "/?q=khongcochunay"])
def test_a_page_whose_time_is_over_says_so(make: Making, path: str) -> None:
    app = make()
    app.config["SEARCH_SECONDS"] = 1e-9
    response = app.test_client().get(path)
    assert response.status_code == 503
    assert "Tìm quá lâu" in response.text
    assert response.headers["Retry-After"] == "5"
    assert 'role="search"' in response.text


def test_searches_of_one_request_share_their_time(
    make: Making, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer import Index, SearchRequest, SearchResult

    given: list[float] = []
    search = Index.search

    def noting(self: Index, asked: SearchRequest) -> SearchResult:
        assert asked.timeout is not None
        given.append(asked.timeout)
        return search(self, asked)

    monkeypatch.setattr(Index, "search", noting)
    # Nothing is found, so what to drop is tried.
    make(SEARCH_SECONDS=7).test_client().get("/?q=khongcochunay&source=x&topic=y")
    assert len(given) > 2
    assert given == sorted(given, reverse=True)
    assert given[0] < 7
