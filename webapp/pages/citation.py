"""How an article is cited, and files for reference managers."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, abort

from corpus import Article
from webapp.exporting import bibtex_entry, csl_json, ris_record
from webapp.formatting import published
from webapp.links import external_url
from webapp.live_index import live_index

blueprint = Blueprint("citation", __name__)

FORMATS: Final = {
    "bibtex": ("BibTeX", "application/x-bibtex", ".bib", bibtex_entry),
    "ris": ("RIS", "application/x-research-info-systems", ".ris", ris_record),
    "csl": ("CSL-JSON", "application/vnd.citationstyles.csl+json", ".json", csl_json),
}
"""Format to its name, media type, suffix and writer."""


@blueprint.get("/trich-dan/<any({}):form>/<article_id:article_id>".format(",".join(FORMATS)))
def citation(form: str, article_id: str) -> Response:
    """Give the record of an article as a file."""
    with live_index().lend() as index:
        article = index.article(article_id)
    if article is None:
        abort(404)
    _, media_type, suffix, write = FORMATS[form]
    response = Response(write(article), content_type=f"{media_type}; charset=utf-8")
    name = quote(article_id, safe="")[:100]
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}{suffix}"
    return response


def plain_citation(article: Article) -> str:
    """Cite an article in a line: who, what, where, when, and its address."""
    authors = ", ".join(article.authors)
    when = published(article.published)
    where = f"{article.source}, {when}" if article.source else f"{when[0].upper()}{when[1:]}"
    cited = f"“{article.title}”. {where}."
    address = external_url(article.url)
    return " ".join(part for part in (f"{authors}." if authors else "", cited, address) if part)
