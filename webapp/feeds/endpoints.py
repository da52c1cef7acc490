"""Feeds of searches, and what browsers ask for to search here."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from flask import Blueprint, Response, current_app, request, url_for

from corpus import Article
from indexer import Index, Sort
from webapp.api.conditional import unless_known
from webapp.api.problems import ProblemError, problem_response
from webapp.exporting import for_feed
from webapp.feeds import atom
from webapp.feeds.opensearch import MEDIA_TYPE, SUGGESTIONS_TYPE, opensearch_description
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.url_state import SearchState, read_state

blueprint = Blueprint("feeds", __name__)

_SUGGESTIONS: Final = 8
_LONGEST_PREFIX: Final = 200
_DAY: Final = 86_400


@blueprint.errorhandler(Exception)
def _tell(error: Exception) -> Response:
    return problem_response(error, _typed())


def _typed() -> str:
    return unicodedata.normalize("NFC", request.args.get("q", "").strip())


@blueprint.get("/feed.atom")
def feed() -> Response:
    """Give the newest articles of the search that the address names, like that of a page."""
    state, problems = read_state(request.args)
    if problems:
        told = [{"parameter": one.parameter, "message": one.message} for one in problems]
        raise ProblemError("invalid-parameters", told[0]["message"], {"errors": told})
    with live_index().lend() as index:
        return unless_known(index, lambda: _feed(index, state.whole().sorted_by(Sort.NEWEST)))


def _feed(index: Index, state: SearchState) -> Response:
    asked = for_feed(state.request(page_size=0, facets=()))
    found = index.scan(replace(asked, timeout=seconds_left()))
    query_string = state.query_string()
    written = atom.atom_feed(
        atom.Feed(
            name=query_string,
            title=f"tìm báo: {state.query}" if state.query else "tìm báo",
            updated=index.created,
            address=_with(url_for("feeds.feed", _external=True), query_string),
            page=_with(url_for("search.results", _external=True), query_string),
            entries=_entries(islice(found, current_app.config["FEED_SIZE"])),
        )
    )
    return Response(written, mimetype=atom.MEDIA_TYPE)


def _entries(articles: Iterator[Article]) -> Iterator[atom.Entry]:
    for article in articles:
        if article.published is None:
            # They come last, and an entry has to have a date.
            return
        page = url_for("article.article", article_id=article.id, _external=True)
        yield atom.Entry(article, article.published, page)


def _with(address: str, query_string: str) -> str:
    return f"{address}?{query_string}" if query_string else address


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to browsers."""
    written = opensearch_description(
        search=url_for("search.results", _external=True),
        suggest=url_for("feeds.suggestions", _external=True),
        feed=url_for("feeds.feed", _external=True),
        icon=url_for("static", filename="icon.svg", _external=True),
        address=url_for("feeds.opensearch", _external=True),
    )
    response = Response(written, mimetype=MEDIA_TYPE)
    response.headers["Cache-Control"] = f"max-age={_DAY}"
    return response


@blueprint.get("/opensearch-suggest")
def suggestions() -> Response:
    """Give suggestions in the form that browsers ask for (OpenSearch Suggestions 1.1)."""
    typed = _typed()
    prefix = unicodedata.normalize("NFC", request.args.get("q", ""))[:_LONGEST_PREFIX]

    def answer() -> Response:
        suggested = index.suggest(prefix, _SUGGESTIONS, timeout=seconds_left())
        found = [suggestion.text for suggestion in suggested]
        body = json.dumps([typed, found], ensure_ascii=False)
        return Response(body, mimetype=SUGGESTIONS_TYPE)

    with live_index().lend() as index:
        return unless_known(index, answer)
