"""The Flask application that knows the API.

The API is declared once, by the typed signatures of its endpoints: flask-openapi checks requests
against them and makes the OpenAPI document of them.
"""

from __future__ import annotations

from typing import NoReturn

from flask_openapi import OpenAPI
from pydantic import ValidationError

from webapp.api import conditional, description, endpoints, sharing
from webapp.api.answers import Problem
from webapp.api.problems import ProblemError
from webapp.api.versions import version

_ABOUT = (
    "Search in a corpus of Vietnamese news. Parameters of a search are those of the address of "
    "the search page. Everything is read only, and every error is a problem of RFC 9457."
)


def make_application(import_name: str) -> OpenAPI:
    """Make an application to which `install` can add the API.

    Args:
        import_name: The module whose templates and static files it serves.
    """
    app = OpenAPI(
        import_name,
        info={"title": "timbao", "version": version(), "description": _ABOUT},
        validation_error_status=400,
        validation_error_model=Problem,
        validation_error_callback=_refuse,
        doc_ui=False,
    )
    app.openapi_version = "3.1.1"
    return app


def install(app: OpenAPI) -> None:
    """Add the API to an application that has its settings and its index."""
    app.url_map.converters["api_id"] = endpoints.ApiIdConverter
    conditional.install(app)
    sharing.install(app)
    app.register_api(endpoints.blueprint)
    app.register_blueprint(description.blueprint)


def _refuse(error: ValidationError) -> NoReturn:
    told = []
    for one in error.errors(include_url=False, include_context=False):
        name = str(one["loc"][0]) if one["loc"] else ""
        message = one["msg"].removeprefix("Value error, ")
        if one["type"] == "extra_forbidden":
            message = "is no parameter of this endpoint"
        told.append({"parameter": name, "message": message})
    names = ", ".join(dict.fromkeys(one["parameter"] for one in told))
    detail = f"{names}: {told[0]['message']}" if len(told) == 1 else f"Mend {names}."
    raise ProblemError("invalid-parameters", detail, {"errors": told}) from error
