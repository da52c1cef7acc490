"""`create_app`: the web application as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, url_for
from jinja2 import pass_context
from jinja2.runtime import Context

from indexer import Sort
from webapp import formatting, language, security
from webapp.assets import Assets
from webapp.error_pages import show_error
from webapp.labels import facet_value_label
from webapp.links import ArticleIdConverter, address_in, external_url, host_of, page_address
from webapp.live_index import LiveIndex
from webapp.operations import compression, deadline, health, limits, metrics, request_log
from webapp.pages import about, article, citation, facet_values, guide, search
from webapp.settings import checked_settings
from webapp.url_state import SearchState


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the web application that searches one index.

    Args:
        config: Values for `webapp.settings.SETTINGS`, and for Flask. `INDEX` must be there.

    Raises:
        IndexUnusableError: `INDEX` holds no usable index.
        AbbreviationsError: The file `ABBREVIATIONS` cannot be read.
        ValueError: A setting is missing or has no meaning.
    """
    # Who imports this module need not have the API, whose models take time to import.
    from webapp.api import application as api
    from webapp.feeds import endpoints as feeds

    settings = checked_settings(config)
    app = api.make_application(__name__)
    app.config.update(settings)
    app.url_map.converters["article_id"] = ArticleIdConverter
    # An article's id may hold double slashes.
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    live = app.extensions["timbao"] = LiveIndex(
        settings["INDEX"],
        settings["ABBREVIATIONS"] or None,
        kept=settings["KEPT_GENERATIONS"],
        kept_seconds=settings["KEPT_SECONDS"],
    )
    # Before a request, the first one that is installed runs first, after it the last one.
    deadline.install(app)
    compression.install(app)
    request_log.install(app)
    metrics.install(app, live)
    security.install(app)
    language.install(app)
    Assets(app)
    app.register_blueprint(search.blueprint)
    app.register_blueprint(article.blueprint)
    app.register_blueprint(feeds.blueprint)
    app.register_blueprint(health.blueprint)
    api.install(app)
    app.register_blueprint(about.blueprint)
    app.register_blueprint(guide.blueprint)
    app.register_blueprint(citation.blueprint)
    app.register_blueprint(facet_values.blueprint)
    limits.install(app)
    app.register_error_handler(Exception, show_error)
    for name in (
        *("number", "articles", "stories", "counted", "unit", "duration"),
        *("day", "day_in_vietnam", "published", "period", "span"),
    ):
        app.add_template_filter(_for_each_reader(getattr(formatting, name)), name)
    app.add_template_filter(external_url, "external_url")
    app.add_template_filter(host_of, "host_of")
    app.add_template_global(facet_value_label, "facet_value_label")
    app.add_template_global(page_address, "page_address")
    app.add_template_global(address_in, "address_in")
    app.add_template_global(_search_address, "search_address")
    app.add_template_global(_article_address, "article_address")
    app.add_template_global(_export_address, "export_address")
    app.add_template_global(_feed_address, "feed_address")
    app.add_template_global(facet_values.values_address, "values_address")
    return app


def _for_each_reader(write: Callable[..., str]) -> Callable[..., str]:
    """Make a filter of what speaks the reader's language.

    Without a context Jinja would work out the filter of a constant once, in whatever language
    the template is compiled.
    """

    @pass_context
    def written(_context: Context, *values: Any, **options: Any) -> str:
        return write(*values, **options)

    return written


def _search_address(state: SearchState) -> str:
    return page_address("search.results", state.parameters())


def _article_address(article_id: str, state: SearchState) -> str:
    return page_address("article.article", state.parameters(), article_id=article_id)


def _export_address(state: SearchState, form: str) -> str:
    parameters = [*state.whole().parameters(), ("format", form)]
    if form == "csv":
        # Whoever follows a link opens the table in a spreadsheet.
        parameters.append(("bom", "1"))
    return f"{url_for('api.export')}?{urlencode(parameters)}"


def _feed_address(state: SearchState) -> str:
    query_string = state.whole().sorted_by(Sort.RELEVANCE).query_string()
    return url_for("feeds.feed") + (f"?{query_string}" if query_string else "")
