"""The languages of the interface: which one a reader gets, and how texts are marked for it.

The texts in the code are Vietnamese; `translations/` has them in English. Outside of a request
everything is Vietnamese.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import flask_babel
from babel.support import NullTranslations
from flask import Flask, Response, g, has_request_context, request

LANGUAGES: Final = MappingProxyType({"vi": "Tiếng Việt", "en": "English"})
"""Languages of the interface to their own names."""

PARAMETER: Final = "lang"
"""The parameter of an address that chooses a language."""

_DEFAULT: Final = "vi"


@dataclass(frozen=True, slots=True)
class _Interface:
    """The language of a page, which is found out once: a page has hundreds of texts.

    Attributes:
        language: The language.
        asked: The same where the address asks for it; `None` where it asks for none.
        translations: What gives the texts in it.
    """

    language: str
    asked: str | None
    translations: NullTranslations


_OUTSIDE: Final = _Interface(_DEFAULT, None, NullTranslations())


def gettext(text: str, /, **values: object) -> str:
    """Give a text in the language of the page, with values put in for `%(name)s`."""
    translated = str(_interface().translations.gettext(text))
    return translated % values if values else translated


def ngettext(one: str, more: str, count: int, /, **values: object) -> str:
    """Give a text in the language of the page, in the form that suits a number."""
    translated = str(_interface().translations.ngettext(one, more, count))
    return translated % values if values else translated


def mark(text: str) -> str:
    """Mark a constant as a text to translate where it is used; gives it as it is."""
    return text


def language() -> str:
    """Give the language of the page that is being made."""
    return _interface().language


def asked_language() -> str | None:
    """Give the language that the address asks for, if it does."""
    return _interface().asked


def install(app: Flask) -> None:
    """Give every page of an application the language that its reader asks for."""
    flask_babel.Babel(app, default_locale=_DEFAULT, locale_selector=language)
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.add_template_global(language, "language")
    app.add_template_global(asked_language, "asked_language")
    app.jinja_env.globals["languages"] = LANGUAGES
    app.after_request(_tell_caches)


def _interface() -> _Interface:
    if not has_request_context():
        return _OUTSIDE
    known: _Interface | None = g.get("interface")
    if known is None:
        known = g.interface = _chosen()
    return known


def _chosen() -> _Interface:
    asked = request.args.get(PARAMETER, "")
    named = asked if asked in LANGUAGES else None
    chosen = named or request.accept_languages.best_match(LANGUAGES) or _DEFAULT
    with flask_babel.force_locale(chosen):
        return _Interface(chosen, named, flask_babel.get_translations())


def _tell_caches(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
        response.vary.add("Accept-Language")
    return response
