"""What the API answers, held against its models and against the library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from pydantic import BaseModel

from corpus import sample_articles
from indexer import FACETS, Index, SearchRequest, open_index
from tests.webapp.conftest import ODD_ARTICLES, ODD_ID
from webapp.api import answers
from webapp.api.parameters import FacetName

API = "/api/v1"


@pytest.fixture(scope="module")
def index(sample_index: Path) -> Iterator[Index]:
    with open_index(sample_index) as opened:
        yield opened


def answer_of(client: FlaskClient, address: str, model: type[BaseModel]) -> Any:
    response = client.get(f"{API}/{address}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    # Nothing is given that is not described, and nothing lacks that is.
    model.model_validate_json(response.data, strict=True, extra="forbid")
    return response.json


def test_a_search_answers_what_the_library_gives(client: FlaskClient, index: Index) -> None:
    asked = "q=nước&facet=source&facet=section&facet_size=3&by=month&size=4&offset=2"
    answer = answer_of(client, f"search?{asked}", answers.SearchAnswer)
    found = index.search(
        SearchRequest(
            "nước",
            facets=("source", "section"),
            facet_size=3,
            timeline="month",
            size=4,
            offset=2,
            collapse=True,
        )
    ).to_dict()
    for hit in answer["hits"]:
        del hit["links"]
    assert {name: answer[name] for name in found if name != "took_ms"} == {
        name: value for name, value in found.items() if name != "took_ms"
    }


def test_a_search_that_finds_nothing_offers_other_queries(
    client: FlaskClient, index: Index
) -> None:
    answer = answer_of(client, "search?q=ddường+sắtt", answers.SearchAnswer)
    assert answer["total"] == 0
    assert [one["query"] for one in answer["corrections"]] == [
        one.query for one in index.corrections("ddường sắtt")
    ]


def test_links_of_hits_lead_to_their_articles(client: FlaskClient) -> None:
    for hit in answer_of(client, "search?q=nước", answers.SearchAnswer)["hits"]:
        article = client.get(hit["links"]["article"]).json
        assert article is not None
        assert article["id"] == hit["id"]
        assert client.get(hit["links"]["page"]).status_code == 200


def test_an_article_is_given_whole(client: FlaskClient) -> None:
    for article in list(sample_articles())[:10]:
        answer = answer_of(client, f"articles/{article.id}", answers.ArticleAnswer)
        assert answer["marked"] is None
        del answer["marked"], answer["links"]
        assert answer == article.to_dict()


def test_an_article_is_given_with_the_matches_of_a_query(
    client: FlaskClient, index: Index
) -> None:
    hit = index.search(SearchRequest("nước")).hits[0]
    marked = index.mark(hit.article, "nước")
    answer = answer_of(client, f"articles/{hit.id}?q=nước", answers.ArticleAnswer)["marked"]
    assert answer["title"] == marked.title.html
    assert answer["body"] == [passage.html for passage in marked.body]
    assert "<mark>" in str(answer)


def test_odd_ids_are_reached_by_their_links(odd: FlaskClient) -> None:
    links = {
        hit["id"]: hit["links"] for hit in answer_of(odd, "search", answers.SearchAnswer)["hits"]
    }
    assert set(links) == {article.id for article in ODD_ARTICLES}
    for id_, of_hit in links.items():
        article = answer_of(odd, of_hit["article"].removeprefix(f"{API}/"), answers.ArticleAnswer)
        assert article["id"] == id_
        related = odd.get(article["links"]["related"]).json
        assert related is not None
        assert related["id"] == id_
    assert ODD_ID in links


def test_related_articles_are_those_of_the_library(client: FlaskClient, index: Index) -> None:
    id_ = index.search(SearchRequest("nước")).hits[0].id
    answer = answer_of(client, f"articles/{id_}/related?size=4", answers.RelatedAnswer)
    assert [hit["id"] for hit in answer["related"]] == [hit.id for hit in index.related(id_, 4)]


def test_suggestions_are_those_of_the_library(client: FlaskClient, index: Index) -> None:
    answer = answer_of(client, "suggest?q=duong+s&size=5", answers.SuggestAnswer)
    assert [one["text"] for one in answer["suggestions"]] == [
        one.text for one in index.suggest("duong s", 5)
    ]


# Facets


def test_a_facet_counts_as_if_nothing_of_it_were_chosen(client: FlaskClient) -> None:
    free = answer_of(client, "facets/section?q=nước&size=100", answers.FacetAnswer)
    chosen = free["values"][-1]["value"]
    narrowed = answer_of(
        client, f"facets/section?q=nước&size=100&section={chosen}", answers.FacetAnswer
    )
    assert {v["value"]: v["count"] for v in free["values"]} == {
        v["value"]: v["count"] for v in narrowed["values"]
    }
    assert [v["value"] for v in narrowed["values"] if v["selected"]] == [chosen]


def test_a_chosen_value_is_listed_even_without_articles(client: FlaskClient) -> None:
    answer = answer_of(client, "facets/section?q=nước&section=không+có", answers.FacetAnswer)
    assert answer["values"][-1] == {
        "value": "không có",
        "count": 0,
        "stories": 0,
        "selected": True,
    }


@pytest.mark.parametrize("typed", ["chính", "CHINH", "chính trị", "chinh-t"])
def test_values_are_found_by_a_part_of_their_name(client: FlaskClient, typed: str) -> None:
    answer = answer_of(client, f"facets/section?contains={typed}", answers.FacetAnswer)
    assert [one["value"] for one in answer["values"]] == ["chinh-tri"]


def test_values_that_are_not_listed_are_counted(client: FlaskClient) -> None:
    every = answer_of(client, "facets/tag?size=10000", answers.FacetAnswer)
    assert every["other_values"] == every["other_articles"] == 0
    few = answer_of(client, "facets/tag?size=2", answers.FacetAnswer)
    assert len(few["values"]) + few["other_values"] == len(every["values"])


def test_the_facets_of_the_api_are_those_of_the_library() -> None:
    assert tuple(FacetName) == FACETS


# Info


def test_info_tells_of_the_index_and_of_limits_but_not_where_it_lies(
    client: FlaskClient, index: Index, sample_index: Path
) -> None:
    answer = answer_of(client, "info", answers.InfoAnswer)
    assert answer["articles"] == index.article_count
    assert answer["generation"] == index.generation
    assert str(sample_index) not in str(answer)
    size, offset = answer["limits"]["size"], answer["limits"]["offset"]
    assert client.get(f"{API}/search?size={size}&offset={offset}").status_code == 200
    assert client.get(f"{API}/search?size={size + 1}").status_code == 400
    assert client.get(f"{API}/search?offset={offset + 1}").status_code == 400
