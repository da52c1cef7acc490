"""Stock Whoosh: its own codec, columns for everything that is counted or sorted by.

Settings, from <https://whoosh.readthedocs.io/en/latest/batch.html> and `facets.html` there: a
large `limitmb` and one commit make one segment; sortable fields have columns, over which
`groupedby` counts with the map type `Count`. One process: with `procs=2` the writer loses
documents when a worker dies.

Fields with several values have no column in Whoosh, and an overlapping facet without one reads
all postings of its field for each search. So tags have columns of their own, first, second and so
on, whose counts are added up: much faster, and possible as no drawn article has more than four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import whoosh
from whoosh import fields, query, sorting
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import FileStorage

from corpus import Article
from indexer.analysis import AnalyzedBatch
from indexer.engines import query as q
from indexer.engines.base import EngineRequest, Sort
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS, WORD_WEIGHT, facet_values
from tests.benchmarks.corpora import DRAWN_FACETS as FACETS
from tests.benchmarks.peers.base import (
    Answer,
    TokenizedArticle,
    day_of,
    from_stored,
    month_of,
    stored_form,
    tokenized,
    top,
)

_LIMIT_MB = 1024
_GAP = 64
COLUMNS = {facet: (facet,) for facet in FACETS} | {"tag": ("tag0", "tag1", "tag2", "tag3")}
"""The columns of each facet."""


class _Spaces(Analyzer):
    """Cuts at spaces; a line break is the gap between paragraphs."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=True)
        position = 0
        for paragraph in value.split("\n"):
            for text in paragraph.split():
                token.text = text
                token.boost = 1.0
                token.pos = position
                token.stopped = False
                yield token
                position += 1
            position += _GAP


class WhooshPeer:
    """The pure-Python engine with its stock codec."""

    name = "whoosh"
    setting = f"{'.'.join(map(str, whoosh.__version__))}, stock codec, one segment, columns"

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Write one segment."""
        self.write(tokenized(batches), folder)

    def write(self, articles: Iterable[TokenizedArticle], folder: Path) -> None:
        """Write one segment of articles that are cut into tokens."""
        schema = fields.Schema(
            stored=fields.STORED(),
            day=fields.NUMERIC(int, sortable=True),
            month=fields.NUMERIC(int, sortable=True),
            words=fields.TEXT(analyzer=_Spaces(), phrase=False),
            **{name: fields.TEXT(analyzer=_Spaces()) for name in TEXT_FIELDS},
            **{name: fields.ID(sortable=True) for names in COLUMNS.values() for name in names},
        )
        index = FileStorage(str(folder)).create_index(schema)
        writer = index.writer(limitmb=_LIMIT_MB)
        for given in articles:
            article = given.article
            values = {
                name: value
                for facet in FACETS
                for name, value in zip(COLUMNS[facet], facet_values(article, facet), strict=False)
            }
            writer.add_document(
                stored=stored_form(article),
                day=day_of(article),
                month=month_of(article),
                words=given.words,
                **{name: "\n".join(given.fields[name]) for name in TEXT_FIELDS},
                **values,
            )
        writer.commit()

    def open(self, folder: Path) -> WhooshSearcher:
        """Open the index, its files mapped."""
        return WhooshSearcher(FileStorage(str(folder)).open_index().searcher())


class WhooshSearcher:
    """An open searcher."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def prepare(self, request: EngineRequest) -> Callable[[], Any]:
        """Make the query objects of a search."""
        matching = _query(request.query)
        conditions: dict[str, Any] = {
            facet: query.Or([query.Term(c, value) for c in COLUMNS[facet] for value in values])
            for facet, values in request.filters.items()
        }
        first, last = request.period.first, request.period.last
        if first is not None and last is not None:
            conditions["period"] = query.NumericRange("day", first.toordinal(), last.toordinal())
        order = None
        if request.sort is not Sort.RELEVANCE:
            order = sorting.FieldFacet("day", reverse=request.sort is Sort.NEWEST)
        own = set(request.filters)
        # A facet ignores its own filter, which takes a search of its own.
        sideways = [
            (facet, _all([c for name, c in conditions.items() if name != facet])) for facet in own
        ]
        kept = _all(list(conditions.values()))
        searcher = self._searcher

        def search() -> Any:
            groups = _groups([facet for facet in FACETS if facet not in own])
            groups.add_facet("month", _counted("month"))
            results = searcher.search(
                matching, limit=request.size, filter=kept, sortedby=order, groupedby=groups
            )
            # Where it groups, Whoosh collects everything and leaves the limit to its caller.
            page = [hit.docnum for hit in islice(results, request.size)]
            facets = {f: _merged(results, f, request.facet_size) for f in FACETS if f not in own}
            for facet, others in sideways:
                more = searcher.search(
                    matching, limit=1, filter=others, groupedby=_groups([facet])
                )
                facets[facet] = _merged(more, facet, request.facet_size)
            return len(results), page, facets, results.groups("month")

        return search

    def articles(self, outcome: tuple[int, list[int], Any, Any]) -> list[Article]:
        """Read the articles of the page."""
        read = self._searcher.stored_fields
        return [from_stored(read(number)["stored"]) for number in outcome[1]]

    def answer(self, outcome: tuple[int, list[int], Any, Any]) -> Answer:
        """Make an outcome comparable."""
        total, _, facets, months = outcome
        ids = tuple(article.id for article in self.articles(outcome))
        return Answer(total, ids, facets, dict(months))


def _counted(column: str) -> sorting.FieldFacet:
    return sorting.FieldFacet(column, maptype=sorting.Count)


def _groups(facets: Iterable[str]) -> sorting.Facets:
    groups = sorting.Facets()
    for facet in facets:
        for column in COLUMNS[facet]:
            groups.add_facet(column, _counted(column))
    return groups


def _merged(results: Any, facet: str, size: int) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for column in COLUMNS[facet]:
        counts.update(results.groups(column))
    counts.pop("", None)
    return top(counts, size)


def _all(conditions: list[Any]) -> Any:
    return query.And(conditions) if conditions else None


def _query(node: q.Query) -> Any:
    match node:
        case q.Term(text):
            return query.Or([query.Term(f, text, boost=TEXT_WEIGHTS[f]) for f in TEXT_FIELDS])
        case q.Synonyms(forms):
            return query.Or(
                [query.Term(f, form, boost=TEXT_WEIGHTS[f]) for f in TEXT_FIELDS for form in forms]
            )
        case q.Compound(text):
            return query.Term("words", text, boost=WORD_WEIGHT)
        case q.Phrase(members):
            texts = [member.text for member in members if isinstance(member, q.Term)]
            return query.Or([query.Phrase(f, texts, boost=TEXT_WEIGHTS[f]) for f in TEXT_FIELDS])
        case q.And(parts):
            return query.And([_query(part) for part in parts])
        case q.Or(parts):
            return query.Or([_query(part) for part in parts])
        case q.Boosted(required, optional):
            return query.AndMaybe(_query(required), _query(optional))
    raise NotImplementedError(node)
