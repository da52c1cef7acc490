"""tantivy through its Python package, in two layouts.

`tantivy` has a field for each part of an article, each weighted in the query, as its own query
parser does with default fields and boosts. `tantivy-flat` puts all parts into one field and gives
up the weights: less than the other peers do, but the fastest that it can be.

Settings, from <https://docs.rs/tantivy> and <https://tantivy-py.readthedocs.io>:

- fast fields for everything that is counted or sorted by; facets and months are terms
  aggregations over them, in one `aggregate` call;
- one indexing thread with enough memory for one segment, since a search visits segments one after
  the other;
- the total is read from the aggregation: with `count=False` the search for the first ten may skip
  documents that cannot be among them (block-max WAND).

The values of a field lie one position apart, so that a phrase does not span paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tantivy as library

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.engines import query as q
from indexer.engines.base import EngineRequest, Sort
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS, WORD_WEIGHT, facet_values
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS
from tests.benchmarks.peers.base import (
    Answer,
    day_of,
    from_stored,
    month_of,
    stored_form,
    tokenized,
)

_HEAP_BYTES = 3_000_000_000
_MOST_MONTHS = 10_000
_FLAT = "text"


class TantivyPeer:
    """One segment, searched by one thread."""

    def __init__(self, *, flat: bool = False) -> None:
        self.name = "tantivy-flat" if flat else "tantivy"
        self.setting = f"{version('tantivy')}, one segment, fast fields" + (
            ", one text field without weights" if flat else ""
        )
        self._fields = (_FLAT,) if flat else TEXT_FIELDS

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Write one segment."""
        index = self._index(folder)
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for given in tokenized(batches):
            article = given.article
            document = library.Document()
            for name in TEXT_FIELDS:
                for paragraph in given.fields[name]:
                    document.add_text(name if name in self._fields else _FLAT, paragraph)
            document.add_text("words", given.words)
            document.add_text("stored", stored_form(article))
            document.add_unsigned("day", day_of(article))
            document.add_unsigned("month", month_of(article))
            for facet in FACETS:
                for value in facet_values(article, facet):
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> TantivySearcher:
        """Open the index."""
        index = self._index(folder)
        index.reload()
        return TantivySearcher(index, self._fields)

    def _index(self, folder: Path) -> library.Index:
        builder = library.SchemaBuilder()
        for name in (*self._fields, "words"):
            builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
        builder.add_text_field("stored", stored=True, tokenizer_name="raw", index_option="basic")
        for name in "day", "month":
            builder.add_unsigned_field(name, indexed=True, fast=True)
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        index = library.Index(builder.build(), path=str(folder))
        analyzer = library.TextAnalyzerBuilder(library.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", analyzer)
        return index


class TantivySearcher:
    """An open index."""

    def __init__(self, index: library.Index, fields: Sequence[str]) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._fields = fields

    def prepare(self, request: EngineRequest) -> Callable[[], Any]:
        """Make the query objects of a search."""
        matching = self._query(request.query)
        conditions = {
            facet: library.Query.term_set_query(self._schema, facet, list(values))
            for facet, values in request.filters.items()
        }
        first, last = request.period.first, request.period.last
        if first is not None and last is not None:
            conditions["period"] = library.Query.range_query(
                self._schema,
                "day",
                library.FieldType.Unsigned,
                first.toordinal(),
                last.toordinal(),
            )
        kept = _filtered(matching, conditions.values())
        counts: dict[str, Any] = {
            facet: {"terms": {"field": facet, "size": request.facet_size}} for facet in FACETS
        }
        counts["months"] = {"terms": {"field": "month", "size": _MOST_MONTHS}}
        # A facet ignores its own filter, which takes a pass of its own.
        sideways = [
            (
                {facet: counts.pop(facet)},
                _filtered(matching, [c for name, c in conditions.items() if name != facet]),
            )
            for facet in request.filters
        ]
        order: dict[str, Any] = {}
        if request.sort is not Sort.RELEVANCE:
            newest = request.sort is Sort.NEWEST
            order = {
                "order_by_field": "day",
                "order": library.Order.Desc if newest else library.Order.Asc,
            }
        searcher = self._searcher

        def search() -> Any:
            page = searcher.search(kept, limit=request.size, count=False, **order)
            found = searcher.aggregate(kept, counts)
            for of_facet, query in sideways:
                found |= searcher.aggregate(query, of_facet)
            return [address for _, address in page.hits], found

        return search

    def articles(self, outcome: tuple[list[Any], Any]) -> list[Article]:
        """Read the articles of the page."""
        read = self._searcher.doc
        return [from_stored(str(read(address).get_first("stored"))) for address in outcome[0]]

    def answer(self, outcome: tuple[list[Any], Any]) -> Answer:
        """Make an outcome comparable."""
        _, found = outcome
        months = {int(b["key"]): b["doc_count"] for b in found["months"]["buckets"]}
        facets = {
            facet: [(bucket["key"], bucket["doc_count"]) for bucket in found[facet]["buckets"]]
            for facet in FACETS
        }
        ids = tuple(article.id for article in self.articles(outcome))
        return Answer(sum(months.values()), ids, facets, months)

    def _query(self, node: q.Query) -> library.Query:
        should, must = library.Occur.Should, library.Occur.Must
        match node:
            case q.Term(text):
                return self._in_fields(
                    lambda name: [library.Query.term_query(self._schema, name, text, "freq")]
                )
            case q.Synonyms(forms):
                return self._in_fields(
                    lambda name: [
                        library.Query.term_query(self._schema, name, form, "freq")
                        for form in forms
                    ]
                )
            case q.Compound(text):
                word = library.Query.term_query(self._schema, "words", text, "freq")
                return library.Query.boost_query(word, WORD_WEIGHT)
            case q.Phrase(members):
                texts: list[Any] = [m.text for m in members if isinstance(m, q.Term)]
                return self._in_fields(
                    lambda name: [library.Query.phrase_query(self._schema, name, texts)]
                )
            case q.And(parts):
                return library.Query.boolean_query([(must, self._query(p)) for p in parts])
            case q.Or(parts):
                return library.Query.boolean_query([(should, self._query(p)) for p in parts])
            case q.Boosted(required, optional):
                return library.Query.boolean_query(
                    [(must, self._query(required)), (should, self._query(optional))]
                )
        raise NotImplementedError(node)

    def _in_fields(self, of_field: Callable[[str], Sequence[library.Query]]) -> library.Query:
        """Look for something in any field."""
        several = []
        for name in self._fields:
            weight = TEXT_WEIGHTS.get(name, 1.0)
            several += [
                query if weight == 1.0 else library.Query.boost_query(query, weight)
                for query in of_field(name)
            ]
        if len(several) == 1:
            return several[0]
        return library.Query.boolean_query([(library.Occur.Should, query) for query in several])


def _filtered(matching: library.Query, conditions: Iterable[library.Query]) -> library.Query:
    must = library.Occur.Must
    parts = [(must, matching)]
    # Conditions decide what matches, and add nothing to the score.
    parts += [(must, library.Query.const_score_query(c, 0.0)) for c in conditions]
    return library.Query.boolean_query(parts) if len(parts) > 1 else matching
