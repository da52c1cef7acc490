"""The page, the API and the command line over an index that OpenSearch keeps."""

import json

import pytest

from corpus import sample_articles
from indexer import build_index, update_index
from tests.indexer.engines.opensearch.nodes import ROOT, Node
from webapp import create_app
from webapp.cli import main


@pytest.fixture(scope="module")
def address(node: Node) -> str:
    place = f"opensearch://{node.host}/surface"
    build_index(list(sample_articles()), place)
    return place


def test_page_and_api_answer(address: str) -> None:
    client = create_app({"INDEX": address, "TESTING": True}).test_client()
    page = client.get("/?q=bầu+cử")
    assert page.status_code == 200
    assert "<mark" in page.text
    answer = client.get("/api/v1/search?q=bầu+cử").get_json()
    assert answer["total"] > 3
    assert answer["stories_approximate"] is False
    assert client.get(f"/api/v1/articles/{answer['hits'][0]['id']}").status_code == 200


def test_cursor_reads_on(address: str) -> None:
    client = create_app({"INDEX": address, "TESTING": True}).test_client()
    first = client.get("/api/v1/search?q=&size=5").get_json()
    second = client.get(f"/api/v1/search?q=&size=5&cursor={first['cursor']}").get_json()
    ids = [hit["id"] for hit in (*first["hits"], *second["hits"])]
    assert len(set(ids)) == 10


def test_commands_take_an_address(node: Node, capsys: pytest.CaptureFixture[str]) -> None:
    own = f"opensearch://{node.host}/commands"
    corpus = str(ROOT / "corpus" / "samples")
    assert main(["index", corpus, "--index", own, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 72
    assert main(["search", "bầu cử", "--index", own]) == 0
    assert main(["export", "bầu cử", "--index", own, "--format", "jsonl"]) == 0
    assert main(["suggest", "bau c", "--index", own]) == 0
    capsys.readouterr()
    assert main(["info", own, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["articles"], set(told["parts"])) == (72, {"articles", "terms"})
    assert main(["check", own]) == 0
    assert "no fault" in capsys.readouterr().out
    assert main(["optimize", own]) == 0
    assert update_index(list(sample_articles())[:2], own).replaced == 2
    assert main(["search", "bầu cử", "--index", f"opensearch://{node.host}/nowhere"]) == 3
    assert "timbao index" in capsys.readouterr().err
    assert main(["search", "bầu cử", "--index", "opensearch://"]) == 3


@pytest.mark.parametrize("part", ["4/3", "x"])
def test_part_that_has_no_meaning_is_wrong_use(
    address: str, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = str(ROOT / "corpus" / "samples")
    assert main(["index", corpus, "--index", address, "--part", part]) == 2
    assert "--part" in capsys.readouterr().err
