"""What browsers ask for to search here."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def _description(client: FlaskClient) -> ET.Element:
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    return ET.fromstring(response.data)


@pytest.mark.parametrize("path", ["/", "/?q=nước", "/nowhere", "/?q=%3F"])
def test_every_page_leads_to_the_description(client: FlaskClient, path: str) -> None:
    assert (
        '<link rel="search" href="/opensearch.xml" type="application/opensearchdescription+xml"'
        in client.get(path).text
    )


def test_names_are_as_short_as_the_standard_wants(client: FlaskClient) -> None:
    root = _description(client)
    assert root.tag == f"{NAMESPACE}OpenSearchDescription"
    assert 0 < len(root.findtext(f"{NAMESPACE}ShortName") or "") <= 16
    assert 0 < len(root.findtext(f"{NAMESPACE}Description") or "") <= 1024


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/atom+xml", "application/x-suggestions+json"]
)
def test_every_template_answers_with_its_type(client: FlaskClient, media_type: str) -> None:
    templates = {
        url.attrib["type"]: url.attrib["template"]
        for url in _description(client).iterfind(f"{NAMESPACE}Url")
    }
    address = templates[media_type].replace("{searchTerms}", "n%C6%B0%E1%BB%9Bc")
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == media_type


def test_suggestions_repeat_what_was_typed(client: FlaskClient) -> None:
    typed, found = json.loads(client.get("/opensearch-suggest?q=duong+s").data)
    assert typed == "duong s"
    assert "đường sắt" in found
    assert json.loads(client.get("/opensearch-suggest").data) == ["", []]
