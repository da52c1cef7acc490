"""The queries that did not find their article, for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.benchmarks.relevance.comparison import BASE, Answers
from tests.benchmarks.relevance.drawing import KnownItem
from tests.benchmarks.relevance.systems import SIZE

_SHOWN = 3


def failures(
    items: Sequence[KnownItem], answers: Answers, titles: Mapping[str, str]
) -> Iterator[str]:
    """Describe each query whose article is not on this project's first page.

    Args:
        items: What was looked for.
        answers: What was found.
        titles: The titles of all articles, by id.

    Yields:
        Lines: the query, the article, its rank with the baselines, and the titles found first.
    """
    for (form, marks), found in answers[BASE].items():
        for number, (item, answer) in enumerate(zip(items, found, strict=True)):
            if item.id in answer.ids:
                continue
            ranks = (
                f"{name} {_rank(item.id, of_system[form, marks][number].ids)}"
                for name, of_system in answers.items()
                if name != BASE
            )
            yield f"{form} {marks}: {item.query(form, marks)}"
            yield f"  is {item.id}: {item.title}"
            yield f"  rank with {', '.join(ranks)}; {answer.refusal or f'{answer.total} found'}"
            yield from (f"  found {one}: {titles[one]}" for one in answer.ids[:_SHOWN])


def _rank(wanted: str, ids: Sequence[str]) -> str:
    return str(ids.index(wanted) + 1) if wanted in ids else f"> {SIZE}"
