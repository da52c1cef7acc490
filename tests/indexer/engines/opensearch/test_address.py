"""Addresses and credentials; nothing here needs a node."""

import subprocess
import sys
from pathlib import Path

import pytest

from indexer import IndexUnusableError, build_index
from indexer.engines.opensearch.address import (
    KEY,
    PASSWORD,
    USER,
    Address,
    Credentials,
    is_address,
    parse_address,
)
from indexer.engines.opensearch.documents import document_id, term_key
from tests.indexer.engines.opensearch.nodes import ROOT


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("opensearch://host:9201/news", Address(("host:9201",), "news", False)),
        ("opensearch://host/news", Address(("host:9200",), "news", False)),
        ("opensearch+tls://a:1,b:2/news-2", Address(("a:1", "b:2"), "news-2", True)),
        ("opensearch://[::1]:9200/n", Address(("[::1]:9200",), "n", False)),
    ],
)
def test_address_names_hosts_index_and_encryption(text: str, address: Address) -> None:
    assert is_address(text)
    assert parse_address(text) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        *("opensearch://", "opensearch://host", "opensearch://host/", "opensearch:///news"),
        *("opensearch://host/News", "opensearch://host/a/b", "opensearch://host/*"),
        *("opensearch://host:99999/n", "opensearch://ho st/n", "opensearch://a,,b/n"),
        *("opensearch://user:secret@host/n", "opensearch://host/_all", "opensearch://host/a,b"),
    ],
)
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(IndexUnusableError, match="opensearch://host:9200/news"):
        parse_address(text)


@pytest.mark.parametrize("place", ["var/index", Path("opensearch:/host/n"), "http://host/n", ""])
def test_a_folder_is_no_address(place: str | Path) -> None:
    assert not is_address(place)


def test_credentials_come_from_the_environment() -> None:
    found = Credentials.of_environment({USER: "reader", PASSWORD: "secret"})
    assert (found.user, found.password, found.key) == ("reader", "secret", "")


@pytest.mark.parametrize("known", [{USER: "reader"}, {KEY: "abc"}])
def test_credentials_do_not_travel_unencrypted_to_another_machine(known: dict[str, str]) -> None:
    credentials = Credentials.of_environment(known)
    with pytest.raises(IndexUnusableError, match="not encrypted"):
        credentials.check(parse_address("opensearch://127.0.0.1:9200,far:9200/news"))
    credentials.check(parse_address("opensearch://127.0.0.1:9200/news"))
    credentials.check(parse_address("opensearch+tls://far:9200/news"))


@pytest.mark.parametrize("article_id", ["x" * 200, "đ" * 200, "𝔘" * 200, "_all", "#1", "a/b c"])
def test_ids_of_documents_are_apart_and_short_enough(article_id: str) -> None:
    name = document_id(article_id)
    assert len(name.encode()) <= 512
    assert not name.startswith("_")
    assert name not in {document_id(article_id + "1"), document_id(name)} or name == article_id


def test_long_terms_are_short_enough_and_apart() -> None:
    long = "đ" * 70_000
    assert len(term_key(long).encode()) < 32_766
    assert term_key(long) != term_key(long + "đ")
    assert term_key("đường") == "đường"


def test_nothing_of_it_is_imported_for_an_index_in_a_folder(tmp_path: Path) -> None:
    build_index(ROOT / "corpus/samples", tmp_path / "index")
    told = (
        "import sys; from indexer import open_index, SearchRequest;"
        f"index = open_index({str(tmp_path / 'index')!r}); index.search(SearchRequest('bầu cử'));"
        "print([n for n in sys.modules if n.startswith(('opensearchpy', 'urllib3',"
        " 'indexer.engines.opensearch.'))])"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT)
    assert found.stdout.strip() == "['indexer.engines.opensearch.address']"


def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(IndexUnusableError, match=r"timbao\[opensearch\]"):
        build_index([], "opensearch://127.0.0.1:9200/news")
