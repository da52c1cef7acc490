"""Patterns match what they say, and look only at what begins as they do."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.patterns import Pattern
from indexer.columnar.terms import TermDictionary, write_terms
from tests.indexer.columnar.small_indexes import IN_MEMORY

texts = st.text("aăb.đ", max_size=5)


def dictionary(terms: Sequence[str]) -> TermDictionary:
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        path = Path(folder) / "terms.tb"
        with ContainerWriter(path, "terms") as writer:
            write_terms(writer, "terms", sorted(term.encode() for term in terms))
            writer.finish({})
        return TermDictionary.load(Container(path, "terms"), "terms")


@given(
    st.lists(texts, unique=True, max_size=30), st.lists(st.text("aăb.đ*?", max_size=6), max_size=9)
)
def test_pattern_finds_what_it_matches(terms: list[str], patterns: list[str]) -> None:
    known = dictionary(terms)
    for pattern in patterns:
        found = [known[number].decode() for number in Pattern(pattern).among(known).tolist()]
        expected = [term for term in terms if fnmatchcase(term, pattern)]
        assert found == sorted(expected, key=str.encode), pattern


@given(st.lists(texts, unique=True, min_size=1, max_size=30), st.data())
def test_terms_read_at_once_are_those_read_one_by_one(
    terms: list[str], data: st.DataObject
) -> None:
    known = dictionary(terms)
    place = st.integers(0, len(terms))
    start, stop = sorted((data.draw(place), data.draw(place)))
    assert known.in_range(range(start, stop)) == [known[n] for n in range(start, stop)]


@pytest.mark.parametrize("pattern", ["*x" * 20 + "y", "x?" * 200 + "*y", "*" * 500 + "y"])
def test_no_pattern_takes_long(pattern: str) -> None:
    assert len(Pattern(pattern).among(dictionary(["x" * 50_000]))) == 0
