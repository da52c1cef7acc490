"""Addresses: of articles within this site, and of their originals elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import g, request, url_for
from werkzeug.routing import PathConverter

from webapp.language import PARAMETER, asked_language


class ArticleIdConverter(PathConverter):
    """Any article id as a piece of a path, and back.

    Slashes stay slashes. What browsers and servers would tidy away, an empty part or one of dots,
    gets a tilde in front, and so does a part that begins with a tilde: `a//../b` is written
    `a/~/~../b`.
    """

    regex = r"[\s\S]+"
    part_isolating = False

    def to_python(self, value: str) -> str:
        """Give the id that a path names."""
        return "/".join(part.removeprefix("~") for part in value.split("/"))

    def to_url(self, value: str) -> str:
        """Give the path of an id."""
        return super().to_url("/".join(_kept_part(part) for part in value.split("/")))


def _kept_part(part: str) -> str:
    return f"~{part}" if part in {"", ".", ".."} or part.startswith("~") else part


def page_address(
    endpoint: str, parameters: Iterable[tuple[str, str]] = (), /, **values: Any
) -> str:
    """Give the address of a page, in the language that this page's address asks for."""
    asked = asked_language()
    query = urlencode([*parameters, *([(PARAMETER, asked)] if asked else [])])
    path = url_for(endpoint, **values) if values else _path(endpoint)
    return f"{path}?{query}" if query else path


def _path(endpoint: str) -> str:
    # Most links of a page differ in their parameters only.
    known: dict[str, str] = g.setdefault("paths", {})
    if endpoint not in known:
        known[endpoint] = url_for(endpoint)
    return known[endpoint]


def address_in(language: str) -> str:
    """Give the address of the page that is being made, in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    path = url_for(request.endpoint, **(request.view_args or {})) if request.endpoint else "/"
    return f"{path}?{urlencode([*kept, (PARAMETER, language)])}"


def external_url(url: str) -> str:
    """Give an article's own address if it may be linked, else an empty text.

    Only absolute `http` and `https` addresses of a named host are; a corpus may hold anything. An
    address that looks like another one is none of them: with characters that cannot be seen or
    turn the order of others (RFC 3987, section 4.1), or with a name before an `@`.
    """
    if any(unicodedata.category(character)[0] in "CZ" for character in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return url if is_plain else ""


def host_of(url: str) -> str:
    """Give the host that an address names, without `www`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
