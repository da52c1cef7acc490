"""One run: the same queries to all systems, measured."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.relevance.drawing import FORMS, MARKS, KnownItem
from tests.benchmarks.relevance.measures import MEASURES, Bootstrap, Floats, of_queries
from tests.benchmarks.relevance.systems import Found, System

BASE = "timbao"
VARIANTS = tuple((form, marks) for form in FORMS for marks in MARKS)
"""Every form of the queries with and without marks."""

Answers = Mapping[str, Mapping[tuple[str, str], Sequence[Found]]]
"""By system and variant, the answer to each query."""


def ask(systems: Mapping[str, System], items: Sequence[KnownItem]) -> Answers:
    """Put all queries to all systems."""
    answers: dict[str, dict[tuple[str, str], list[Found]]] = {}
    for name, find in systems.items():
        print(f"{len(VARIANTS) * len(items):,} queries to {name}", file=sys.stderr)
        answers[name] = {
            (form, marks): [find(item.query(form, marks)) for item in items]
            for form, marks in VARIANTS
        }
    return answers


def compare(items: Sequence[KnownItem], answers: Answers, seed: int) -> dict[str, Any]:
    """Measure the answers.

    Returns:
        For each system the figures by form and marks. Beside them `intervals`, the ends of the
        95 % interval of each figure; `differences`, by baseline how much this project's figures
        are above its, with the interval of the paired difference; `totals`, the median number
        of matches; and `refused`, how many queries a system did not accept.
    """
    wanted = [item.id for item in items]
    bootstrap = Bootstrap(len(items), seed)
    figures = {
        name: {
            variant: of_queries(wanted, [answer.ids for answer in found])
            for variant, found in of_system.items()
        }
        for name, of_system in answers.items()
    }
    return {
        name: _nested({variant: _means(table) for variant, table in of_system.items()})
        for name, of_system in figures.items()
    } | {
        "intervals": {
            name: _nested({v: _ends(bootstrap.intervals(table)) for v, table in of_system.items()})
            for name, of_system in figures.items()
        },
        "differences": {
            name: _nested(
                {
                    v: _difference(figures[BASE][v] - table, bootstrap)
                    for v, table in theirs.items()
                }
            )
            for name, theirs in figures.items()
            if not name.startswith(BASE)
        },
        "totals": {
            name: _nested(
                {v: statistics.median(one.total for one in found) for v, found in of_one.items()}
            )
            for name, of_one in answers.items()
        },
        "refused": {
            name: sum(bool(one.refusal) for found in of_one.values() for one in found)
            for name, of_one in answers.items()
        },
    }


def _means(table: Floats) -> dict[str, float]:
    return dict(zip(MEASURES, table.mean(axis=0).round(4).tolist(), strict=True))


def _ends(intervals: Floats) -> dict[str, list[float]]:
    return dict(zip(MEASURES, intervals.T.round(4).tolist(), strict=True))


def _difference(table: Floats, bootstrap: Bootstrap) -> dict[str, dict[str, float]]:
    low, high = bootstrap.intervals(table).round(4).tolist()
    means = table.mean(axis=0).round(4).tolist()
    return {
        name: {"mean": means[column], "low": low[column], "high": high[column]}
        for column, name in enumerate(MEASURES)
    }


def _nested(by_variant: Mapping[tuple[str, str], Any]) -> dict[str, dict[str, Any]]:
    return {
        form: {marks: by_variant[form, marks] for marks in MARKS if (form, marks) in by_variant}
        for form in FORMS
    }
