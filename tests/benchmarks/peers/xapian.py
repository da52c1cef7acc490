"""Xapian, as Debian packages it (`apt-get install python3-xapian`).

Settings, from <https://getting-started-with-xapian.readthedocs.io> (weighting of fields, facets,
range queries) and <https://xapian.org/docs/facets.html>:

- one posting list for each syllable, whose frequency within an article is weighted by field when
  it is indexed: title twice, as frequencies are whole numbers;
- a value slot for each facet, counted by `ValueCountMatchSpy` while matching; tags have four
  slots whose counts are added up, since a spy in Python is called back for every match;
- boolean terms for filters, sortable values for days, one commit, then `compact`.

The package is made for Debian's Python; it can be imported by another one of the same version.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.engines import query as q
from indexer.engines.base import EngineRequest, Sort
from indexer.schema import TEXT_FIELDS, WORD_WEIGHT, facet_values
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS
from tests.benchmarks.peers.base import (
    Answer,
    day_of,
    from_stored,
    month_of,
    stored_form,
    tokenized,
    top,
)

try:
    import xapian as library
except ImportError:
    # After everything else, so that nothing but Xapian comes from there.
    sys.path.append("/usr/lib/python3/dist-packages")
    import xapian as library

_GAP = 64
_DAY, _MONTH = 0, 1
_SLOTS = {"source": (2,), "section": (3,), "author": (4,), "tag": (5, 6, 7, 8)}
_WDF = {name: 2 if name == "title" else 1 for name in TEXT_FIELDS}
_WORD = "XW"
_CHECK_ALL = 1 << 30


class XapianPeer:
    """The C++ library through its Python bindings."""

    name = "xapian"
    setting = f"{library.version_string()}, one posting list for a word, value slots, compacted"

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Write a database, and compact it."""
        written = folder / "written"
        database = library.WritableDatabase(str(written), library.DB_CREATE_OR_OPEN)
        for given in tokenized(batches):
            article = given.article
            document = library.Document()
            position = 0
            for name in TEXT_FIELDS:
                for paragraph in given.fields[name]:
                    for term in paragraph.split():
                        position += 1
                        document.add_posting(term, position, _WDF[name])
                    position += _GAP
            for word in given.words.split():
                document.add_term(_WORD + word, 1)
            for facet in FACETS:
                for slot, value in zip(_SLOTS[facet], facet_values(article, facet), strict=False):
                    document.add_value(slot, value)
                    document.add_boolean_term(_boolean(facet, value))
            document.add_value(_DAY, library.sortable_serialise(day_of(article)))
            document.add_value(_MONTH, str(month_of(article)))
            document.set_data(stored_form(article))
            database.add_document(document)
        database.commit()
        database.compact(str(folder / "compact"))
        database.close()
        for file in written.iterdir():
            file.unlink()
        written.rmdir()

    def open(self, folder: Path) -> XapianSearcher:
        """Open the compacted database."""
        return XapianSearcher(library.Database(str(folder / "compact")))


class XapianSearcher:
    """An open database."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def prepare(self, request: EngineRequest) -> Callable[[], Any]:
        """Make the query objects of a search."""
        matching = _query(request.query)
        conditions = {
            facet: library.Query(library.Query.OP_OR, [_boolean(facet, value) for value in values])
            for facet, values in request.filters.items()
        }
        first, last = request.period.first, request.period.last
        if first is not None and last is not None:
            conditions["period"] = library.Query(
                library.Query.OP_VALUE_RANGE,
                _DAY,
                library.sortable_serialise(first.toordinal()),
                library.sortable_serialise(last.toordinal()),
            )
        own = set(request.filters)
        kept = _filtered(matching, conditions.values())
        # A facet ignores its own filter, which takes a search of its own.
        sideways = [
            (facet, _filtered(matching, [c for n, c in conditions.items() if n != facet]))
            for facet in own
        ]

        def search() -> Any:
            spied = [facet for facet in FACETS if facet not in own]
            enquire = library.Enquire(self._database)
            enquire.set_query(kept)
            if request.sort is not Sort.RELEVANCE:
                enquire.set_sort_by_value(_DAY, request.sort is Sort.NEWEST)
            spies = _spies(enquire, spied)
            months = library.ValueCountMatchSpy(_MONTH)
            enquire.add_matchspy(months)
            page = enquire.get_mset(0, request.size, _CHECK_ALL)
            numbers = [match.docid for match in page]
            facets = {facet: _merged(spies[facet], request.facet_size) for facet in spied}
            for facet, query in sideways:
                enquire = library.Enquire(self._database)
                enquire.set_query(query)
                enquire.set_weighting_scheme(library.BoolWeight())
                more = _spies(enquire, [facet])
                enquire.get_mset(0, 0, _CHECK_ALL)
                facets[facet] = _merged(more[facet], request.facet_size)
            counts = {int(item.term): item.termfreq for item in months.values()}
            return page.get_matches_estimated(), numbers, facets, counts

        return search

    def articles(self, outcome: tuple[int, list[int], Any, Any]) -> list[Article]:
        """Read the articles of the page."""
        read = self._database.get_document
        return [from_stored(read(number).get_data()) for number in outcome[1]]

    def answer(self, outcome: tuple[int, list[int], Any, Any]) -> Answer:
        """Make an outcome comparable."""
        total, _, facets, months = outcome
        return Answer(
            total, tuple(article.id for article in self.articles(outcome)), facets, months
        )


def _boolean(facet: str, value: str) -> str:
    return f"X{facet.upper()}:{value}"


def _spies(enquire: Any, facets: Iterable[str]) -> dict[str, list[Any]]:
    spies = {
        facet: [library.ValueCountMatchSpy(slot) for slot in _SLOTS[facet]] for facet in facets
    }
    for several in spies.values():
        for spy in several:
            enquire.add_matchspy(spy)
    return spies


def _merged(spies: list[Any], size: int) -> list[tuple[str, int]]:
    if len(spies) == 1:
        return [(item.term.decode(), item.termfreq) for item in spies[0].top_values(size)]
    counts: Counter[str] = Counter()
    for spy in spies:
        counts.update({item.term.decode(): item.termfreq for item in spy.values()})
    return top(counts, size)


def _filtered(matching: Any, conditions: Iterable[Any]) -> Any:
    for condition in conditions:
        matching = library.Query(library.Query.OP_FILTER, matching, condition)
    return matching


def _query(node: q.Query) -> Any:
    kind = library.Query
    match node:
        case q.Term(text):
            return kind(text)
        case q.Synonyms(forms):
            return kind(kind.OP_SYNONYM, list(forms))
        case q.Compound(text):
            return kind(kind.OP_SCALE_WEIGHT, kind(_WORD + text), WORD_WEIGHT)
        case q.Phrase(members):
            texts = [member.text for member in members if isinstance(member, q.Term)]
            return kind(kind.OP_PHRASE, texts, len(texts))
        case q.And(parts):
            return kind(kind.OP_AND, [_query(part) for part in parts])
        case q.Or(parts):
            return kind(kind.OP_OR, [_query(part) for part in parts])
        case q.Boosted(required, optional):
            return kind(kind.OP_AND_MAYBE, _query(required), _query(optional))
    raise NotImplementedError(node)
