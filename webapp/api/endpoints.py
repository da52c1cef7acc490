"""The endpoints of the API."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, abort, current_app, request, url_for
from flask_openapi import APIBlueprint

from indexer import (
    FACETS,
    MAX_FACET_SIZE,
    GenerationGoneError,
    Hit,
    Index,
    MarkedArticle,
)
from webapp.api import answers
from webapp.api.conditional import unless_known
from webapp.api.cursors import Cursor, fingerprint
from webapp.api.exports import export_contents, exported
from webapp.api.facets import facet_answer
from webapp.api.parameters import (
    MAX_OFFSET,
    MAX_QUERY,
    MAX_SIZE,
    ArticleParameters,
    ArticlePath,
    ExportParameters,
    FacetParameters,
    FacetPath,
    Parameters,
    RelatedParameters,
    SearchParameters,
    SuggestParameters,
)
from webapp.api.problems import MEDIA_TYPE, ProblemError, problem_response
from webapp.api.versions import version
from webapp.exporting import for_export
from webapp.links import ArticleIdConverter
from webapp.live_index import live_index
from webapp.operations.deadline import seconds_left
from webapp.url_state import MAX_VALUES

PREFIX: Final = "/api/v1"
_Responses = dict[str | int, Any]
_LISTS: Final = frozenset({*FACETS, "facet"})

blueprint = APIBlueprint(
    "api",
    __name__,
    url_prefix=PREFIX,
    abp_tags=[{"name": "Articles"}],
    operation_id_callback=lambda name, **_: name,
)


class ApiIdConverter(ArticleIdConverter):
    """An article id in a path behind which more may come: `a/related` is written `a/~related`."""

    def to_url(self, value: str) -> str:
        """Give the path of an id."""
        path = super().to_url(value)
        before, slash, last = path.rpartition("/")
        return f"{before}{slash}~{last}" if last == "related" else path


def _problem(*statuses: int) -> _Responses:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"content": content} for status in statuses}


_UNCHANGED: Final[_Responses] = {304: {"description": "What `If-None-Match` names is still right"}}
_USUAL: Final[_Responses] = {**_UNCHANGED, **_problem(400, 413, 414, 429, 500, 503)}


@blueprint.before_request
def _refuse_repeated() -> None:
    repeated = [
        name for name in request.args if name not in _LISTS and len(request.args.getlist(name)) > 1
    ]
    if repeated:
        told = [{"parameter": name, "message": "is given several times"} for name in repeated]
        raise ProblemError(
            "invalid-parameters", f"{', '.join(repeated)}: given several times", {"errors": told}
        )


@blueprint.errorhandler(Exception)
def _tell(error: Exception) -> Response:
    typed = request.args.get("q", "").strip()
    return problem_response(error, unicodedata.normalize("NFC", typed))


def _json(data: Mapping[str, Any]) -> Response:
    return Response(json.dumps(data, ensure_ascii=False), mimetype="application/json")


def _newest(answer: Callable[[Index], Mapping[str, Any]]) -> Response:
    with live_index().lend() as index:
        return unless_known(index, lambda: _json(answer(index)))


@blueprint.get(
    "/search",
    summary="Search",
    description="Articles that match, with snippets, facets and a timeline.",
    responses={200: answers.SearchAnswer, **_USUAL, **_problem(410)},
)
def search(query: SearchParameters) -> Response:
    """Answer a search, from its beginning, from an offset, or from a cursor on."""
    cursor = _cursor(query)
    restart = {"restart": _with(query, cursor=None, offset=0)}
    try:
        with live_index().lend(cursor.generation if cursor else None) as index:
            return unless_known(index, lambda: _page(index, query, cursor))
    except GenerationGoneError as error:
        raise ProblemError(
            "expired-cursor", "Begin again: the index has changed since.", restart
        ) from error


def _cursor(query: SearchParameters) -> Cursor | None:
    if query.cursor is None:
        return None
    try:
        cursor = Cursor.parse(query.cursor)
    except ValueError as error:
        raise ProblemError("invalid-cursor", "This is no cursor of this API.") from error
    if query.offset:
        raise ProblemError("invalid-cursor", "Give a cursor or an offset, not both.")
    if cursor.search != _fingerprint(query):
        raise ProblemError("invalid-cursor", "This is the cursor of another search.")
    return cursor


def _fingerprint(query: SearchParameters) -> str:
    return fingerprint(query.state(), strict=query.strict == "1")


def _page(index: Index, query: SearchParameters, cursor: Cursor | None) -> Response:
    asked = query.request(
        timeout=seconds_left(),
        size=query.size,
        offset=cursor.position if cursor else query.offset,
        facets=tuple(map(str, query.facet)),
        facet_size=query.facet_size,
        timeline=query.by,
    )
    found = index.search(asked)
    listed = found.stories if asked.collapse else found.total
    if cursor and cursor.position >= max(listed, 1):
        raise ProblemError("invalid-cursor", "The cursor leads behind the end of the result.")
    after = asked.offset + len(found.hits)
    following = None
    if found.hits and after < listed:
        following = str(Cursor(after, index.generation, _fingerprint(query)))
    following_page = _with(query, cursor=following, offset=0) if following else None
    corrections = () if found.total else index.corrections(asked.query, timeout=seconds_left())
    response = _json(
        {
            **found.to_dict(),
            "hits": _hits(found.hits),
            "corrections": [asdict(correction) for correction in corrections],
            "generation": index.generation,
            "cursor": following,
            "links": {"self": request.full_path.rstrip("?"), "next": following_page},
        }
    )
    if following_page:
        response.headers["Link"] = f'<{following_page}>; rel="next"'
    return response


def _with(query: Parameters, **changed: Any) -> str:
    """Give the address of the same question with some parameters changed."""
    state = query.model_copy(update=changed)
    written = state.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    query_string = urlencode(written, doseq=True)
    return f"{request.path}?{query_string}" if query_string else request.path


def _hits(hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
    return [
        {
            **hit.to_dict(),
            "links": {
                "article": url_for("api.article", id=hit.id),
                "page": url_for("article.article", article_id=hit.id),
            },
        }
        for hit in hits
    ]


@blueprint.get(
    "/suggest",
    summary="Suggest",
    description="Titles, words and phrases that begin as what is typed.",
    responses={200: answers.SuggestAnswer, **_USUAL},
)
def suggest(query: SuggestParameters) -> Response:
    """Complete what somebody is typing."""

    def answer(index: Index) -> dict[str, Any]:
        prefix = unicodedata.normalize("NFC", query.q)
        found = index.suggest(prefix, query.size, timeout=seconds_left())
        return {"prefix": prefix, "suggestions": [asdict(one) for one in found]}

    return _newest(answer)


@blueprint.get(
    "/articles/<api_id:id>",
    summary="Article",
    description="A whole article, and what a query finds in it.",
    responses={200: answers.ArticleAnswer, **_USUAL, **_problem(404)},
)
def article(path: ArticlePath, query: ArticleParameters) -> Response:
    """Give an article."""

    def answer(index: Index) -> dict[str, Any]:
        found = index.article(path.id)
        if found is None:
            abort(404)
        typed = unicodedata.normalize("NFC", query.q.strip())
        marked = None
        if typed:
            marked = index.mark(
                found,
                typed,
                marks=query.marks,
                abbreviations=query.abbr == "1",
                timeout=seconds_left(),
            )
        links = {
            "self": url_for("api.article", id=found.id),
            "related": url_for("api.related", id=found.id),
            "page": url_for("article.article", article_id=found.id),
        }
        return {**found.to_dict(), "marked": _marked(marked), "links": links}

    return _newest(answer)


def _marked(marked: MarkedArticle | None) -> dict[str, Any] | None:
    if marked is None:
        return None
    return {
        "title": marked.title.html,
        "lead": marked.lead.html if marked.lead else None,
        "body": [passage.html for passage in marked.body],
        "captions": [passage.html for passage in marked.captions],
    }


@blueprint.get(
    "/articles/<api_id:id>/related",
    summary="Related articles",
    description="The articles that share most distinctive words with one.",
    responses={200: answers.RelatedAnswer, **_USUAL, **_problem(404)},
)
def related(path: ArticlePath, query: RelatedParameters) -> Response:
    """Give the articles that are like one."""

    def answer(index: Index) -> dict[str, Any]:
        if index.article(path.id) is None:
            abort(404)
        found = tuple(index.related(path.id, query.size, timeout=seconds_left()))
        return {"id": path.id, "related": _hits(found)}

    return _newest(answer)


@blueprint.get(
    "/facets/<name>",
    summary="Values of a facet",
    description="The values of a facet among the articles that match, most frequent first. The "
    "counts ignore what is chosen in the facet itself.",
    responses={200: answers.FacetAnswer, **_USUAL, **_problem(404)},
)
def facet(path: FacetPath, query: FacetParameters) -> Response:
    """Give the values of a facet, all or those that contain something."""
    name = str(path.name)

    def answer(index: Index) -> dict[str, Any]:
        asked = query.request(
            timeout=seconds_left(),
            size=0,
            facets=(name,),
            facet_size=MAX_FACET_SIZE if query.contains else query.size,
        )
        return facet_answer(index.search(asked).facets[name], query.contains, query.size)

    return _newest(answer)


@blueprint.get(
    "/info",
    summary="What is searched",
    description="The state of the index, and what no request may exceed.",
    responses={200: answers.InfoAnswer, **_USUAL},
)
def info() -> Response:
    """Describe the index and the limits."""
    settings = current_app.config

    def answer(index: Index) -> dict[str, Any]:
        return {
            "name": "timbao",
            "version": version(),
            "articles": index.article_count,
            "generation": index.generation,
            "created": index.created.isoformat(),
            "facets": list(FACETS),
            "limits": {
                "query_characters": MAX_QUERY,
                "size": MAX_SIZE,
                "offset": MAX_OFFSET,
                "values": MAX_VALUES,
                "export_articles": settings["EXPORT_LIMIT"] or None,
                "cursor_seconds": settings["KEPT_SECONDS"],
            },
        }

    return _newest(answer)


@blueprint.get(
    "/export",
    summary="Export",
    description="Everything that a search finds, as a file that is written while it is read. "
    "`X-Total-Count` tells how many articles are found, `X-Exported-Count` how many of them the "
    "file has; they differ only where the server has a limit, and the name of the file says so.",
    responses={200: {"content": export_contents()}, **_USUAL},
)
def export(query: ExportParameters) -> Response:
    """Give all articles that match as a file."""
    asked = for_export(query.request(timeout=seconds_left()))
    return exported(live_index(), asked, query.format, bom=query.bom == "1")
