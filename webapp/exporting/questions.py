"""What exports and feeds ask for: the same searches as pages, but for the whole of them."""

from __future__ import annotations

from dataclasses import replace

from indexer import MatchPolicy, SearchRequest, Sort


def for_export(request: SearchRequest) -> SearchRequest:
    """Give the question of an export.

    Nobody reads to the end of a list for articles that lack a word, but a file has an end: unless
    something else was asked for, its articles have all words.
    """
    if request.match is MatchPolicy.AUTO:
        return replace(request, match=MatchPolicy.ALL)
    return request


def for_feed(request: SearchRequest) -> SearchRequest:
    """Give the question of a feed: what is new comes first, and a story comes once."""
    return replace(for_export(request), sort=Sort.NEWEST, collapse=True, offset=0)
