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


def test_answers_have_the_headers_that_the_document_names(
    client: FlaskClient, document: Any
) -> None:
    asked = {
        "search": "/search?q=nước&size=2",
        "suggest": "/suggest?q=nu",
        "facet": "/facets/source",
        "info": "/info",
        "export": "/export?q=nước",
    }
    for item in document["paths"].values():
        operation = item["get"]
        if address := asked.get(operation["operationId"]):
            with client.get(API + address) as response:
                named = operation["responses"]["200"]["headers"]
                assert set(named) <= set(response.headers.keys()), address
                tag = {"If-None-Match": response.headers["ETag"]}
            unchanged = client.get(API + address, headers=tag)
            assert set(operation["responses"]["304"]["headers"]) <= set(unchanged.headers.keys())


def test_the_document_says_where_the_application_is_mounted(client: FlaskClient) -> None:
    mounted = client.get(f"{API}/openapi.json", environ_overrides={"SCRIPT_NAME": "/bao"}).json
    assert mounted is not None
    assert mounted["servers"] == [{"url": "/bao"}]


def test_the_page_shows_every_endpoint_parameter_and_model(
    client: FlaskClient, document: Any
) -> None:
    html = client.get(f"{API}/docs").text
    for path, item in document["paths"].items():
        assert f"<code>GET {path}</code>" in html
        for parameter in item["get"].get("parameters", ()):
            place = f"{item['get']['operationId']}-{parameter['name']}"
            assert len(re.findall(f'(?:input|select) id="{place}"', html)) == 1
    for name, model in document["components"]["schemas"].items():
        assert f'id="model-{name}"' in html
        for member in model.get("properties", ()):
            assert f"<code>{member}</code>" in html
    linked = set(re.findall(r'href="#([^"]+)"', html))
    assert linked <= set(re.findall(r'id="([^"]+)"', html))


def test_importing_the_application_does_not_import_the_api() -> None:
    code = "import sys, webapp.app; print({'pydantic', 'flask_openapi'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "set()\n", done.stderr
