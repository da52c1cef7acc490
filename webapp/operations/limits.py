"""How long a query may be, and how many requests one reader may make."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer import QueryError
from webapp.api.sharing import is_for_machines
from webapp.formatting import number

UNCOUNTED: Final = frozenset({"static", "health.alive", "health.ready", "metrics.metrics"})
"""Endpoints without a limit: for whoever looks after the server, and what pages are made of."""


def install(app: Flask) -> None:
    """Limit requests as the settings say.

    Raises:
        ValueError: `RATE_LIMIT` has no meaning.
    """
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.before_request(_refuse_long)
    if limit := app.config["RATE_LIMIT"]:
        _limit_rate(app, limit)


def check_length(query: str) -> None:
    """Refuse a query that is longer than the settings allow.

    Raises:
        QueryError: It is.
    """
    longest: int = current_app.config["QUERY_LENGTH"]
    if len(query) > longest:
        raise QueryError(
            f"the query has {len(query):,} characters; at most {longest:,} are possible here",
            position=longest,
            length=len(query) - longest,
            message_vi=f"Câu tìm dài {number(len(query))} ký tự; ở đây chỉ nhận tối đa "
            f"{number(longest)} ký tự.",
        )


def _refuse_long() -> None:
    # The page says so in place.
    if is_for_machines():
        check_length(request.args.get("q", ""))


def _limit_rate(app: Flask, limit: str) -> None:
    # It takes long to import, and most servers have no such limit.
    from flask_limiter import Limiter
    from flask_limiter.util import get_remote_address
    from limits import parse_many

    try:
        parse_many(limit)
    except ValueError as error:
        raise ValueError(f"RATE_LIMIT must be like '60 per minute', not {limit!r}") from error
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    limiter = Limiter(get_remote_address, application_limits=[limit], headers_enabled=True)
    limiter.request_filter(lambda: request.endpoint in UNCOUNTED)
    limiter.init_app(app)
