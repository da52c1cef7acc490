"""What every engine must give to those who walk through everything that it finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer.engines.base import Sort
from indexer.engines.query import Synonyms, Term
from indexer.errors import SearchTimeoutError
from tests.indexer import strategies as draw
from tests.indexer.asking import article, request
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.strategies import few_examples


class ScanningContract(BuiltEngines):
    """The tests."""

    @few_examples
    @given(
        articles=draw.corpora(),
        sort=st.sampled_from(Sort),
        offset=st.integers(0, 5),
        filtered=st.booleans(),
    )
    def test_a_scan_gives_the_hits_that_pages_give(
        self, articles: list[Article], sort: Sort, offset: int, filtered: bool
    ) -> None:
        filters = {"source": (articles[0].source,)} if filtered and articles else {}
        asked = request(Synonyms(draw.SYLLABLES), sort=sort, offset=offset, filters=filters)
        with self.build(articles) as engine:
            assert tuple(engine.scan(asked)) == engine.search(asked).hits

    def test_a_scan_is_not_bounded_by_the_size_of_the_request(self) -> None:
        with self.build([article(number) for number in range(5)]) as engine:
            assert len(list(engine.scan(request(Term("an"), size=0)))) == 5

    def test_a_scan_has_to_be_in_order_in_its_time(self) -> None:
        with self.build([article(0)]) as engine, pytest.raises(SearchTimeoutError):
            engine.scan(request(Term("an"), timeout=1e-9))
