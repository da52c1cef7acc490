"""What is known of each article of a segment: id, lengths, facets, date.

Arrays, with N articles (F text fields; one set of facet arrays for each facet):

| array | items | what |
|---|---|---|
| `ids.bytes`, `ids.ends` | N | the ids, sorted |
| `id_articles` | N | the article of each id |
| `lengths` | N × F | syllables of each text field |
| `field_starts` | N × F | position of the first syllable of each text field |
| `FACET.values.bytes`, `….ends` | V | the values of a facet, sorted |
| `FACET.codes` | all values of all articles | number of the value |
| `FACET.ends` | N | where in `FACET.codes` the values of an article end |
| `date_start` | N | start of the publication date, in seconds since 1970 UTC |
| `first_day`, `last_day` | N | its Vietnam days, as `date.toordinal` counts |
| `precision` | N | 1 year, 2 month, 3 day, 4 time; 0 no date |
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import Article
from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from indexer.columnar.facet_column import FacetColumn
from indexer.columnar.postings import Ints
from indexer.columnar.terms import TermDictionary, smallest_unsigned, write_terms
from indexer.errors import DamagedIndexError
from indexer.schema import FACETS, TEXT_FIELDS, facet_values

Bools = NDArray[np.bool_]

_KIND = "columns"
_DATES = ("date_start", "first_day", "last_day", "precision")
_LAST_DAY = date.max.toordinal()
UNDATED = 0
_EXACTEST = 4
_SEARCH_COST = 100
"""How many times as long finding one id takes as passing over one."""


class Columns:
    """The columns of a segment.

    Args:
        path: The file.

    Attributes:
        lengths: Syllables by article and text field.
        field_starts: Position of the first syllable by article and text field.
        facets: By name.
        date_start, first_day, last_day, precision: As the module describes them.

    Raises:
        DamagedIndexError: The file cannot be read, or an array leads out of another one.
    """

    def __init__(self, path: Path) -> None:
        container = Container(path, _KIND)
        self.container = container
        per_article = [f"{facet}.ends" for facet in FACETS]
        size = container.same_length("id_articles", "ids.ends", *_DATES, *per_article)
        self._ids = TermDictionary.load(container, "ids")
        self._id_articles = container.codes("id_articles", size)
        self.lengths = container["lengths"].reshape(-1, len(TEXT_FIELDS))
        self.field_starts = container["field_starts"].reshape(-1, len(TEXT_FIELDS))
        self.facets = {facet: FacetColumn(container, facet) for facet in FACETS}
        self.date_start = container["date_start"]
        self.first_day = container["first_day"]
        self.last_day = container["last_day"]
        self.precision = container["precision"]
        if int(self.precision.max(initial=0)) > _EXACTEST:
            raise DamagedIndexError(f"{path} has dates that are known in no way there is")
        undated = self.precision == UNDATED
        if not np.all(undated | ((self.first_day > 0) & (self.first_day <= self.last_day))):
            raise DamagedIndexError(f"{path} has dates that end before they begin")
        if len(self.lengths) != size or len(self.field_starts) != size:
            raise DamagedIndexError(f"{path} has lengths of more or fewer articles than dates")
        for days in self.first_day, self.last_day:
            if size and not 0 <= int(days.min()) <= int(days.max()) <= _LAST_DAY:
                raise DamagedIndexError(f"{path} has days outside of the calendar")

    def __len__(self) -> int:
        return len(self.lengths)

    def article_number(self, article_id: str) -> int | None:
        """Give the number of an article by its id."""
        place = self._ids.number(article_id.encode())
        return None if place is None else int(self._id_articles[place])

    def overlaps(self, articles: Ints, first: date | None, last: date | None) -> Bools:
        """Tell for each article whether its publication date overlaps a span of Vietnam days.

        Args:
            articles: The articles.
            first: First day of the span; `None` leaves this end open.
            last: Last day, likewise. An undated article overlaps only what is open at both ends.
        """
        if first is None and last is None:
            return np.ones(len(articles), dtype=bool)
        inside: Bools = self.precision[articles] != UNDATED
        if first is not None:
            inside &= self.last_day[articles] >= first.toordinal()
        if last is not None:
            inside &= self.first_day[articles] <= last.toordinal()
        return inside

    def article_numbers(self, ids: Collection[str]) -> Ints:
        """Give the numbers of those of some articles that are in the segment.

        Args:
            ids: Their ids, each once.
        """
        if len(ids) * _SEARCH_COST < len(self):
            found = (self.article_number(article_id) for article_id in ids)
            return np.array([number for number in found if number is not None], np.int64)
        wanted = {article_id.encode() for article_id in ids}
        places = [place for place, own in enumerate(self._ids) if own in wanted]
        numbers: Ints = self._id_articles[places].astype(np.int64)
        return numbers

    def ids(self) -> list[bytes]:
        """Give the ids of all articles, by article number."""
        by_number = [b""] * len(self)
        for number, article_id in zip(self._id_articles.tolist(), self._ids, strict=True):
            by_number[number] = article_id
        return by_number


class ColumnsWriter:
    """Collects the columns of a new segment: a few numbers for each article."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._lengths: list[Ints] = []
        self._field_starts: list[Ints] = []
        self._values: list[dict[bytes, int]] = [{} for _ in FACETS]
        # Numbers of a million articles, which would take four times as much as objects.
        self._codes = [array("q") for _ in FACETS]
        self._ends = [array("q") for _ in FACETS]
        self._dates = array("q")

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, articles: Sequence[Article], lengths: Ints, field_starts: Ints) -> None:
        """Add some articles.

        Args:
            articles: The articles.
            lengths: Syllables by article and text field.
            field_starts: Position of the first syllable by article and text field.
        """
        for article in articles:
            self._ids.append(article.id.encode())
            for column, facet in enumerate(FACETS):
                values = facet_values(article, facet)
                self._add_values(column, [value.encode() for value in values])
            self._dates.extend(_date_row(article))
        self._lengths.append(lengths.astype(np.uint32))
        self._field_starts.append(field_starts.astype(np.uint32))

    def copy(self, source: Columns, numbers: Ints) -> None:
        """Take over articles of another segment."""
        ids = source.ids()
        self._ids += [ids[number] for number in numbers.tolist()]
        for column, facet in enumerate(FACETS):
            values = list(source.facets[facet].values)
            owners, codes = source.facets[facet].pairs(numbers)
            of_article = np.split(codes, np.cumsum(np.bincount(owners, minlength=len(numbers))))
            for own in of_article[: len(numbers)]:
                self._add_values(column, [values[code] for code in own.tolist()])
        dates = source.date_start, source.first_day, source.last_day, source.precision
        rows = np.stack([column[numbers].astype(np.int64) for column in dates], axis=1)
        self._dates.frombytes(rows.tobytes())
        self._lengths.append(source.lengths[numbers].astype(np.uint32))
        self._field_starts.append(source.field_starts[numbers].astype(np.uint32))

    def write(self, path: Path) -> None:
        """Write the file, and bring it to the disk."""
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        with ContainerWriter(path, _KIND) as writer:
            write_terms(writer, "ids", [self._ids[number] for number in order])
            writer.add("id_articles", np.array(order, np.uint32))
            for name, parts in ("lengths", self._lengths), ("field_starts", self._field_starts):
                rows = np.concatenate([*parts, np.empty((0, len(TEXT_FIELDS)), np.uint32)])
                writer.add(name, rows.astype(smallest_unsigned(_largest(rows))).ravel())
            for column, facet in enumerate(FACETS):
                self._write_facet(writer, facet, column)
            dates = np.array(self._dates, np.int64).reshape(-1, 4)
            writer.add("date_start", dates[:, 0])
            writer.add("first_day", dates[:, 1].astype(np.int32))
            writer.add("last_day", dates[:, 2].astype(np.int32))
            writer.add("precision", dates[:, 3].astype(np.uint8))
            writer.finish({"articles": len(self)})

    def _add_values(self, column: int, values: Sequence[bytes]) -> None:
        known = self._values[column]
        self._codes[column].extend([known.setdefault(value, len(known)) for value in values])
        self._ends[column].append(len(self._codes[column]))

    def _write_facet(self, writer: ContainerWriter, facet: str, column: int) -> None:
        known = self._values[column]
        values = sorted(known)
        ranks = np.zeros(len(values), np.int64)
        ranks[[known[value] for value in values]] = np.arange(len(values))
        write_terms(writer, f"{facet}.values", values)
        codes = ranks[np.array(self._codes[column], np.int64)]
        writer.add(f"{facet}.codes", codes.astype(smallest_unsigned(max(0, len(values) - 1))))
        ends = np.array(self._ends[column], np.int64)
        writer.add(f"{facet}.ends", ends.astype(smallest_unsigned(_largest(ends))))


def _date_row(article: Article) -> tuple[int, int, int, int]:
    published = article.published
    if published is None:
        return 0, 0, 0, UNDATED
    return (
        int(published.start.timestamp()),
        published.first_day.toordinal(),
        published.last_day.toordinal(),
        int(published.precision),
    )


def _largest(numbers: Ints) -> int:
    return int(numbers.max()) if numbers.size else 0
