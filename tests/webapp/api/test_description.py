"""The OpenAPI document, and the page that shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from tests.webapp.process import ENVIRONMENT

API = "/api/v1"


@pytest.fixture
def document(client: FlaskClient) -> Any:
    return client.get(f"{API}/openapi.json").json


def test_the_document_is_of_openapi_3_1(document: Any) -> None:
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    assert set(document["paths"]) == {
        f"{API}/{path}"
        for path in (
            *("search", "suggest", "articles/{id}", "articles/{id}/related", "facets/{name}"),
            *("info", "export"),
        )
    }


def test_every_schema_of_the_document_is_json_schema(document: Any) -> None:
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        assert "nullable" not in str(schema)


def test_every_reference_of_the_document_leads_somewhere(document: Any) -> None:
    referred = set(re.findall(r"'#/components/schemas/(\w+)'", str(document)))
    assert referred <= set(document["components"]["schemas"])


def test_every_parameter_and_every_answer_is_described(document: Any) -> None:
    for path, item in document["paths"].items():
        operation = item["get"]
        assert operation["summary"], path
        assert operation["description"], path
        assert all(parameter["description"] for parameter in operation.get("parameters", ()))
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (path, status)


def test_the_page_of_the_api_has_no_script_and_no_style_inside_it(client: FlaskClient) -> None:
    response = client.get(f"{API}/docs")
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", response.text)
    loaded = re.findall(r'<(?:link|script)[^>]*(?:href|src)="([^"]*)"', response.text)
    assert len(loaded) == 5
    for address in loaded:
        assert address.startswith("/")
        with client.get(address) as file:
            assert file.status_code == 200


def test_only_the_files_of_the_page_are_served(client: FlaskClient) -> None:
    for name in ("__init__.py", "..%2F__init__.py", "css/swagger-ui.css", "swagger-ui.js.map"):
        assert client.get(f"{API}/docs/{name}").status_code == 404


def test_importing_the_application_does_not_import_the_api() -> None:
    code = "import sys, webapp.app; print({'pydantic', 'flask_openapi'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "set()\n", done.stderr
