"""What a corpus is made of: counted while it is read, told when that is done.

A `CorpusTally` is fed with what the reading yields and reports; its `summary` is a value that can
be shown or written as JSON. Memory is bounded, whatever the corpus holds.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.article import FIELD_NAMES, Article
from corpus.papers import Papers
from corpus.records import SkippedRecord
from corpus.reports import FileReport

EXAMPLES = 5
"""How many places are named for each finding."""

_MOST_VALUES = 10_000
_MOST_FINDINGS = 200
_OTHERS = "other reasons"

_VALUE = re.compile(
    r"""
    '(?: [^'\\] | \\. )*' (?!\w)  # what `repr` quotes
    | "(?: [^"\\] | \\. )*"
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9][0-9,.:-]*(?: [0-9][0-9,.:-]*)*")


def kind_of(reason: str, length: int = 80) -> str:
    """Give what is the same in the reasons of all records with the same fault.

    Args:
        reason: Why a record gave no article, or what is doubtful about it.
        length: The most characters of the answer.

    >>> kind_of("published: 'hôm qua' is not a date; write 2021, 2021-04 or 2021-04-08")
    'published: … is not a date'
    """
    kind = _NUMBER.sub("…", _VALUE.sub("…", reason).split("; ")[0])
    return kind if len(kind) <= length else kind[: length - 1] + "…"


@dataclass(frozen=True, slots=True)
class Finding:
    """What many records have in common: why they were skipped, or what is doubtful.

    Attributes:
        kind: What it is, without the values of single records; see `kind_of`.
        count: How often it was found.
        examples: The first `EXAMPLES`, each with its place.
    """

    kind: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The files of one form and encoding.

    Attributes:
        form: Their form, such as ``CSV``; empty if they are in none that is read.
        encoding: The encoding of their text; empty for forms that are no text.
        files: How many there are.
        articles: How many articles they gave.
        skipped: How many of their records gave none.
        confidence: The least probability of the encoding among them, from 0 to 1.
        mended: How many records had text that was decoded wrongly before.
        boilerplate: How many paragraphs were left out as boilerplate.
        first: The first of them, with all that its `FileReport` says.
    """

    form: str
    encoding: str
    files: int
    articles: int
    skipped: int
    confidence: float
    mended: int
    boilerplate: int
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSummary:
    """What a corpus is made of.

    Counts of values are ordered by how frequent they are, years by time. Of each at most 10,000
    different values are told apart.

    Attributes:
        articles: How many articles were read.
        files: The files by form and encoding, the most frequent first.
        skipped: Why records gave no article, the most frequent reason first.
        warnings: What is doubtful about the metadata of articles, likewise.
        filled: For each field how many articles have it.
        papers: How many articles each paper published.
        unlisted_papers: Those of them that `Papers` does not know; their names stay as they
            are, and other spellings of them count as other papers.
        topics: How many articles have each topic.
        sections: How many articles stand in each section.
        years: How many articles are from each year.
    """

    articles: int
    files: tuple[FileGroup, ...]
    skipped: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    filled: Mapping[str, int]
    papers: Mapping[str, int]
    unlisted_papers: Mapping[str, int]
    topics: Mapping[str, int]
    sections: Mapping[str, int]
    years: Mapping[int, int]

    def share(self, field: str) -> float:
        """Return which part of the articles has a field, from 0 to 1."""
        return self.filled[field] / self.articles if self.articles else 0.0

    def to_dict(self) -> dict[str, Any]:
        """Give the summary as JSON-ready data; fields by their shares."""
        return {
            "articles": self.articles,
            "files": [asdict(group) for group in self.files],
            "skipped": [asdict(finding) for finding in self.skipped],
            "warnings": [asdict(finding) for finding in self.warnings],
            "filled": {field: round(self.share(field), 4) for field in self.filled},
            "papers": dict(self.papers),
            "unlisted_papers": dict(self.unlisted_papers),
            "topics": dict(self.topics),
            "sections": dict(self.sections),
            "years": {str(year): count for year, count in self.years.items()},
        }


class CorpusTally:
    """Counts what is read.

    Hand `skipped` and `file` to `read_records` as ``on_skip`` and ``on_file``, and call `article`
    with what it yields.
    """

    def __init__(self) -> None:
        self._articles = 0
        self._filled = Counter(dict.fromkeys(FIELD_NAMES, 0))
        self._papers: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()
        self._sections: Counter[str] = Counter()
        self._years: Counter[int] = Counter()
        self._skipped = _Findings()
        self._warnings = _Findings()
        self._files: dict[tuple[str, str], FileGroup] = {}

    def article(
        self, article: Article, location: str = "", warnings: tuple[str, ...] = ()
    ) -> None:
        """Count an article.

        Args:
            article: The article.
            location: Where it stands.
            warnings: What is doubtful about it.
        """
        self._articles += 1
        for name in FIELD_NAMES:
            if getattr(article, name):
                self._filled[name] += 1
        for counter, value in (
            (self._papers, article.source),
            (self._topics, article.topic),
            (self._sections, article.section),
        ):
            if value and (value in counter or len(counter) < _MOST_VALUES):
                counter[value] += 1
        if article.published:
            self._years[article.published.first_day.year] += 1
        for warning in warnings:
            self._warnings.add(warning, f"{location}: {warning}")

    def skipped(self, record: SkippedRecord) -> None:
        """Count a record that gave no article."""
        self._skipped.add(record.reason, str(record))

    def file(self, report: FileReport) -> None:
        """Count a file."""
        key = (report.form, report.encoding)
        old = self._files.get(key) or FileGroup(*key, 0, 0, 0, 1.0, 0, 0, str(report))
        self._files[key] = FileGroup(
            *key,
            files=old.files + 1,
            articles=old.articles + report.articles,
            skipped=old.skipped + report.skipped,
            confidence=min(old.confidence, report.confidence),
            mended=old.mended + sum(report.mended.values()),
            boilerplate=old.boilerplate + report.boilerplate,
            first=old.first,
        )

    def summary(self) -> CorpusSummary:
        """Return what was counted so far."""
        papers = dict(self._papers.most_common())
        known = Papers.known()
        return CorpusSummary(
            articles=self._articles,
            files=tuple(sorted(self._files.values(), key=lambda group: -group.files)),
            skipped=self._skipped.most_common(),
            warnings=self._warnings.most_common(),
            filled=dict(self._filled),
            papers=papers,
            unlisted_papers={name: n for name, n in papers.items() if not known.find(name)},
            topics=dict(self._topics.most_common()),
            sections=dict(self._sections.most_common()),
            years=dict(sorted(self._years.items())),
        )


class _Findings:
    """Reasons by their kinds, with the first examples of each."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}

    def add(self, reason: str, example: str) -> None:
        kind = kind_of(reason)
        if kind not in self._counts and len(self._counts) >= _MOST_FINDINGS:
            kind = _OTHERS
        self._counts[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < EXAMPLES:
            examples.append(example)

    def most_common(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(kind, count, tuple(self._examples[kind]))
            for kind, count in self._counts.most_common()
        )
