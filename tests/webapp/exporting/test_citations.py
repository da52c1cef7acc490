"""Records for reference managers, and the line in which an article is cited."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, PublicationDate
from tests.webapp.test_search_page import links
from webapp.exporting.csl_json import csl_json
from webapp.exporting.ris import ris_record
from webapp.pages.citation import plain_citation

ARTICLE = Article(
    id="42",
    title="Đường sắt đô thị chạy thử",
    lead="Tàu chạy từ sáng.",
    authors=("Nguyễn Văn Út", "Lê Hoài"),
    source="Tin Ven Biển",
    url="https://tinvenbien.example/42",
    tags=("đường sắt",),
    published=PublicationDate.of_day(2021, 4, 8),
)
DATES = [
    (PublicationDate.of_day(2021, 4, 8), "2021/04/08/", [2021, 4, 8]),
    (PublicationDate.of_month(2021, 4), "2021/04//", [2021, 4]),
    (PublicationDate.of_year(2021), "2021///", [2021]),
]


def _fields(record: str) -> list[tuple[str, str]]:
    lines = record.removesuffix("\r\n").split("\r\n")
    return [(line[:2], line[6:]) for line in lines if line[2:6] == "  - "]


def test_a_record_of_ris_holds_what_an_article_is_cited_by() -> None:
    fields = _fields(ris_record(ARTICLE))
    assert fields[0] == ("TY", "NEWS")
    assert fields[-1] == ("ER", "")
    assert [value for tag, value in fields if tag == "AU"] == ["Nguyễn Văn Út", "Lê Hoài"]
    assert {("TI", ARTICLE.title), ("T2", "Tin Ven Biển"), ("DA", "2021/04/08/")} <= set(fields)


@given(st.text(min_size=1), st.text())
def test_no_text_makes_a_field_of_its_own_in_ris(author: str, lead: str) -> None:
    article = Article(title="Một", lead=lead, authors=(f"A\r\nTY  - {author}",))
    record = ris_record(article)
    lines = record.split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert sum(line.startswith("TY") for line in lines) == 1


@pytest.mark.parametrize(("published", "ris", "csl"), DATES)
def test_dates_are_as_exact_as_they_are_known(
    published: PublicationDate, ris: str, csl: list[int]
) -> None:
    article = Article(title="Một", published=published)
    assert ("DA", ris) in _fields(ris_record(article))
    [item] = json.loads(csl_json(article))
    assert item["issued"] == {"date-parts": [csl]}


def test_an_item_of_csl_keeps_vietnamese_names_whole() -> None:
    [item] = json.loads(csl_json(ARTICLE))
    assert item["author"] == [{"literal": "Nguyễn Văn Út"}, {"literal": "Lê Hoài"}]
    assert item["container-title"] == "Tin Ven Biển"
    assert item["type"] == "article-newspaper"


def test_a_citation_names_only_what_is_known() -> None:
    assert plain_citation(ARTICLE) == (
        "Nguyễn Văn Út, Lê Hoài. “Đường sắt đô thị chạy thử”. Tin Ven Biển, 8/4/2021. "
        "https://tinvenbien.example/42"
    )
    assert plain_citation(Article(title="Một")) == "“Một”. Không rõ ngày."


@pytest.mark.parametrize(
    ("label", "media_type", "start"),
    [
        ("BibTeX", "application/x-bibtex", "@"),
        ("RIS", "application/x-research-info-systems", "TY"),
        ("CSL-JSON", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_every_article_can_be_cited_by_a_file(
    client: FlaskClient, odd: FlaskClient, label: str, media_type: str, start: str
) -> None:
    for searched in (client, odd):
        for address, _ in links(searched.get("/").text):
            if address.startswith("/bai/"):
                found = {text: href for href, text in links(searched.get(address).text)}
                response = searched.get(found[label])
                assert response.mimetype == media_type
                assert response.text.startswith(start)
                assert response.headers["Content-Disposition"].startswith("attachment; ")


def test_what_is_not_there_cannot_be_cited(client: FlaskClient) -> None:
    assert client.get("/trich-dan/ris/khong-co").status_code == 404
    assert client.get("/trich-dan/word/khong-co").status_code == 404
