from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.terms import TermDictionary, write_terms

_texts = st.text(alphabet="abđưới ", max_size=4).map(str.encode)
_dictionaries = st.sets(_texts).map(sorted)


@given(terms=_dictionaries, asked=_texts)
def test_finds_the_terms_that_it_holds_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, terms: list[bytes], asked: bytes
) -> None:
    dictionary = _written(tmp_path_factory.mktemp("terms"), terms)
    assert list(dictionary) == terms
    assert [dictionary[number] for number in range(len(terms))] == terms
    assert [dictionary.number(term) for term in terms] == list(range(len(terms)))
    assert (dictionary.number(asked) is not None) == (asked in terms)


@given(terms=_dictionaries, prefix=_texts)
def test_gives_the_terms_that_begin_with_a_prefix(
    tmp_path_factory: pytest.TempPathFactory, terms: list[bytes], prefix: bytes
) -> None:
    dictionary = _written(tmp_path_factory.mktemp("terms"), terms)
    found = [dictionary[number] for number in dictionary.prefix_range(prefix)]
    assert found == [term for term in terms if term.startswith(prefix)]


def _written(folder: Path, terms: list[bytes]) -> TermDictionary:
    with ContainerWriter(folder / "file.tb", "terms") as writer:
        write_terms(writer, "terms", terms)
        writer.finish({})
    return TermDictionary.load(Container(folder / "file.tb", "terms"), "terms")
