"""The languages of the interface: which one a reader gets, and how texts are marked for it.

The texts in the code are Vietnamese; `translations/` has them in English. Outside of a request
everything is Vietnamese.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import flask_babel
from flask import Flask, Response, request

LANGUAGES: Final = MappingProxyType({"vi": "Tiếng Việt", "en": "English"})
"""Languages of the interface to their own names."""

PARAMETER: Final = "lang"
"""The parameter of an address that chooses a language."""

_DEFAULT: Final = "vi"


def gettext(text: str, /, **values: object) -> str:
    """Give a text in the language of the page, with values put in for `%(name)s`."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, more: str, count: int, /, **values: object) -> str:
    """Give a text in the language of the page, in the form that suits a number."""
    return str(flask_babel.ngettext(one, more, count, **values))


def mark(text: str) -> str:
    """Mark a constant as a text to translate where it is used; gives it as it is."""
    return text


def language() -> str:
    """Give the language of the page that is being made."""
    locale = flask_babel.get_locale()
    return str(locale.language) if locale else _DEFAULT


def asked_language() -> str | None:
    """Give the language that the address asks for, if it does."""
    asked = request.args.get(PARAMETER, "")
    return asked if asked in LANGUAGES else None


def install(app: Flask) -> None:
    """Give every page of an application the language that its reader asks for."""
    flask_babel.Babel(app, default_locale=_DEFAULT, locale_selector=_chosen)
    app.add_template_global(language, "language")
    app.add_template_global(asked_language, "asked_language")
    app.jinja_env.globals["languages"] = LANGUAGES
    app.after_request(_tell_caches)


def _chosen() -> str:
    return asked_language() or request.accept_languages.best_match(LANGUAGES) or _DEFAULT


def _tell_caches(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
        response.vary.add("Accept-Language")
    return response
