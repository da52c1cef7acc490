"""SQLite FTS5, with side tables for what is counted.

Settings, from <https://www.sqlite.org/fts5.html>:

- a contentless table (section 4.4.3): the articles are stored once, in a table of their own;
- `detail=full` (4.6), which phrases need; `columnsize=1` (4.5), which keeps `bm25` fast;
- the ascii tokenizer (4.3.2) takes every non-ASCII character as part of a token, so with `_` as a
  token character it cuts our tokens at the spaces, and nowhere else;
- `optimize` (6.7) merges the index into one b-tree at the end.

A lone `_` between paragraphs keeps phrases within one. Pages are mapped (`mmap_size`), so that a
read is not a copy. Columns are weighted by `bm25` as the product weights them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

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

_FILE = "index.sqlite"
_WEIGHTS = ", ".join(str(TEXT_WEIGHTS[name]) for name in TEXT_FIELDS) + f", {WORD_WEIGHT}"
_PAGE_CACHE_KB = 256 * 1024
_MAPPED_BYTES = 8 << 30
_STORED = "SELECT stored FROM article WHERE number = ?"

_TABLES = f"""
CREATE VIRTUAL TABLE search USING fts5(
    {", ".join(TEXT_FIELDS)}, words,
    content='', detail=full, columnsize=1, tokenize="ascii tokenchars '_'"
);
CREATE TABLE article (number INTEGER PRIMARY KEY, stored TEXT);
CREATE TABLE published (number INTEGER PRIMARY KEY, day INTEGER, month INTEGER);
CREATE TABLE name (code INTEGER PRIMARY KEY, facet TEXT, value TEXT, UNIQUE (facet, value));
""" + "".join(
    f"CREATE TABLE {facet} (number INTEGER, code INTEGER, PRIMARY KEY (number, code)) "
    "WITHOUT ROWID;\n"
    for facet in FACETS
)


class Fts5Peer:
    """SQLite's full-text table, one connection."""

    name = "fts5"
    setting = f"SQLite {sqlite3.sqlite_version}, contentless, detail=full, mmap"

    def build(self, batches: Iterable[AnalyzedBatch], folder: Path) -> None:
        """Write one database in one transaction."""
        with sqlite3.connect(folder / _FILE) as connection:
            connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KB}")
            connection.executescript(_TABLES)
            connection.execute("BEGIN")
            codes: dict[tuple[str, str], int] = {}
            marks = ", ".join("?" * (len(TEXT_FIELDS) + 2))
            for number, given in enumerate(tokenized(batches), 1):
                article = given.article
                texts = [" _ ".join(given.fields[name]) for name in TEXT_FIELDS]
                columns = f"rowid, {', '.join(TEXT_FIELDS)}, words"
                connection.execute(
                    f"INSERT INTO search ({columns}) VALUES ({marks})",
                    (number, *texts, given.words),
                )
                connection.execute(
                    "INSERT INTO article VALUES (?, ?)", (number, stored_form(article))
                )
                dates = (number, day_of(article), month_of(article))
                connection.execute("INSERT INTO published VALUES (?, ?, ?)", dates)
                for facet in FACETS:
                    rows = [
                        (number, codes.setdefault((facet, value), len(codes)))
                        for value in facet_values(article, facet)
                    ]
                    connection.executemany(f"INSERT INTO {facet} VALUES (?, ?)", rows)
            names = [(code, facet, value) for (facet, value), code in codes.items()]
            connection.executemany("INSERT INTO name VALUES (?, ?, ?)", names)
            connection.execute("INSERT INTO search (search) VALUES ('optimize')")
            connection.commit()
            connection.execute("ANALYZE")
        connection.close()

    def open(self, folder: Path) -> Fts5Searcher:
        """Open the database."""
        return Fts5Searcher(folder / _FILE)


class Fts5Searcher:
    """One connection; the matches of a search are kept in a temporary table in memory."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        for pragma in (
            f"mmap_size = {_MAPPED_BYTES}",
            f"cache_size = -{_PAGE_CACHE_KB}",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(
            "CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY, rank REAL, kept INTEGER)"
        )
        self._connection = connection

    def prepare(self, request: EngineRequest) -> Callable[[], Any]:
        """Write the statements of a search."""
        expression = _expression(request.query)
        conditions = {"period": _in_period(request)} | {
            facet: _has_value(facet, values) for facet, values in request.filters.items()
        }
        conditions = {name: text for name, text in conditions.items() if text}
        by_relevance = request.sort is Sort.RELEVANCE
        rank = f"bm25(search, {_WEIGHTS})" if by_relevance else "0"
        fill = f"INSERT INTO hit SELECT rowid, {rank}, 1 FROM search WHERE search MATCH ?"
        masks = [
            f"UPDATE hit SET kept = kept | {2 << place} WHERE {condition}"
            for place, condition in enumerate(conditions.values())
        ]
        every = (1 << (len(conditions) + 1)) - 1
        # A facet ignores its own filter.
        needed = {
            facet: every & ~(2 << list(conditions).index(facet)) if facet in conditions else every
            for facet in FACETS
        }
        direction = "DESC" if request.sort is Sort.NEWEST else "ASC"
        page = (
            f"SELECT number FROM hit WHERE kept = {every} ORDER BY rank, number "
            f"LIMIT {request.size}"
            if by_relevance
            else f"SELECT number FROM hit JOIN published USING (number) WHERE kept = {every} "
            f"ORDER BY day {direction}, number LIMIT {request.size}"
        )
        run = self._connection.execute

        def search() -> Any:
            run("DELETE FROM hit")
            run(fill, (expression,))
            for mask in masks:
                run(mask)
            total = run(f"SELECT count(*) FROM hit WHERE kept = {every}").fetchone()[0]
            numbers = run(page).fetchall()
            facets = {
                facet: run(
                    f"SELECT value, amount FROM (SELECT code, count(*) AS amount FROM hit "
                    f"JOIN {facet} USING (number) WHERE kept & {needed[facet]} = {needed[facet]} "
                    f"GROUP BY code) JOIN name USING (code) ORDER BY amount DESC, value "
                    f"LIMIT {request.facet_size}"
                ).fetchall()
                for facet in FACETS
            }
            months = run(
                "SELECT month, count(*) FROM hit JOIN published USING (number) "
                f"WHERE kept = {every} GROUP BY month"
            ).fetchall()
            return total, numbers, facets, months

        return search

    def articles(self, outcome: tuple[int, list[Any], Any, Any]) -> list[Article]:
        """Read the articles of the page."""
        read = self._connection.execute
        rows = [read(_STORED, number).fetchone() for number in outcome[1]]
        return [from_stored(stored) for (stored,) in rows]

    def answer(self, outcome: tuple[int, list[Any], Any, Any]) -> Answer:
        """Make an outcome comparable."""
        total, _, facets, months = outcome
        ids = tuple(article.id for article in self.articles(outcome))
        return Answer(total, ids, facets, dict(months))


def _expression(node: q.Query) -> str:
    match node:
        case q.Term(text) | q.Compound(text):
            return f'"{text}"'
        case q.Synonyms(forms):
            return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"
        case q.Phrase(members):
            texts = [member.text for member in members if isinstance(member, q.Term)]
            return '"' + " ".join(texts) + '"'
        case q.And(parts):
            return "(" + " AND ".join(map(_expression, parts)) + ")"
        case q.Or(parts):
            return "(" + " OR ".join(map(_expression, parts)) + ")"
        case q.Boosted(required, optional):
            # There is no "and maybe": an alternative that always holds brings the optional words
            # into the expression, and so into the score, without demanding them.
            always = required.parts[0] if isinstance(required, q.And) else required
            return (
                f"({_expression(required)} AND ({_expression(always)} OR {_expression(optional)}))"
            )
    raise NotImplementedError(node)


def _in_period(request: EngineRequest) -> str:
    first, last = request.period.first, request.period.last
    if first is None or last is None:
        return ""
    return (
        "(SELECT day FROM published WHERE published.number = hit.number) "
        f"BETWEEN {first.toordinal()} AND {last.toordinal()}"
    )


def _has_value(facet: str, values: Iterable[str]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return (
        f"EXISTS (SELECT 1 FROM {facet} JOIN name USING (code) "
        f"WHERE {facet}.number = hit.number AND value IN ({quoted}))"
    )
