"""The languages of the interface: which one a reader gets, and how texts are marked for it.

The texts in the code are Vietnamese; `translations/` has them in English. Outside of a request
everything is Vietnamese.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import flask_babel
from babel.support import NullTranslations
from flask import Flask, Response, request

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
_current: Final[ContextVar[_Interface]] = ContextVar("interface", default=_OUTSIDE)
"""That of the request that is answered; to ask Flask for it a thousand times takes a while."""


def gettext(text: str, /, **values: object) -> str:
    """Give a text in the language of the page, with values put in for `%(name)s`."""
    translated = str(_current.get().translations.gettext(text))
    return translated % values if values else translated


def ngettext(one: str, more: str, count: int, /, **values: object) -> str:
    """Give a text in the language of the page, in the form that suits a number."""
    translated = str(_current.get().translations.ngettext(one, more, count))
    return translated % values if values else translated


def mark(text: str) -> str:
    """Mark a constant as a text to translate where it is used; gives it as it is."""
    return text


def language() -> str:
    """Give the language of the page that is being made."""
    return _current.get().language


def asked_language() -> str | None:
    """Give the language that the address asks for, if it does."""
    return _current.get().asked


def install(app: Flask) -> None:
    """Give every page of an application the language that its reader asks for."""
    flask_babel.Babel(app, default_locale=_DEFAULT, locale_selector=language)
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.add_template_global(language, "language")
    app.add_template_global(asked_language, "asked_language")
    app.jinja_env.globals["languages"] = LANGUAGES
    app.before_request(_choose)
    app.after_request(_tell_caches)
    app.teardown_request(_forget)


def _choose() -> None:
    _current.set(_chosen())


def _forget(_error: BaseException | None) -> None:
    _current.set(_OUTSIDE)


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
