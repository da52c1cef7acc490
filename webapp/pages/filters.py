"""The filters of a results page: facets to choose from, and chips of what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer import FACETS, Bucket, Facet, Marks
from webapp.formatting import counted, number, period, unit
from webapp.labels import facet_label, facet_value_label
from webapp.language import gettext
from webapp.url_state import SearchState


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to tick; a page has more than a hundred, so all that is shown is written here.

    Attributes:
        value: What is searched for.
        label: What is shown.
        count: How many articles have it, as it is shown.
        unit: What that counts, for those who do not see where it stands.
        stories: How many articles and stories have it, where these are fewer; empty otherwise.
        selected: Whether it is chosen.
    """

    value: str
    label: str
    count: str
    unit: str
    stories: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet as a group of checkboxes.

    Attributes:
        name: The facet, and its parameter in the address.
        label: Its heading.
        shown: Values that always show, the chosen ones among them.
        more: Values that show once asked for.
        other_values: How many values are not listed at all.
        other_articles: How many articles have one of those.
        missing: How many articles have no value.
    """

    name: str
    label: str
    shown: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]
    other_values: int
    other_articles: int
    missing: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, or a way in which the query is read.

    Attributes:
        facet: Heading of what it filters.
        label: The value that it asks for.
        without: The state in which it is gone.
    """

    facet: str
    label: str
    without: SearchState


def facet_groups(facets: Mapping[str, Facet], shown: int) -> tuple[FacetGroup, ...]:
    """Lay out the facets of a result; those that say nothing are left out.

    Args:
        facets: The facets by name.
        shown: How many values show before more are asked for.
    """
    return tuple(_group(facets[name], shown) for name in FACETS if _says_something(facets, name))


def facet_value(facet: str, bucket: Bucket) -> FacetValue:
    """Lay out one value of a facet."""
    fewer = bucket.stories != bucket.count
    return FacetValue(
        bucket.value,
        facet_value_label(facet, bucket.value),
        number(bucket.count),
        unit(bucket.count, bucket.stories),
        counted(bucket.count, bucket.stories) if fewer else "",
        bucket.selected,
    )


def chips(state: SearchState) -> tuple[Chip, ...]:
    """Give a chip for every filter in force, in the order of the facets; the period comes last."""
    found = [
        Chip(facet_label(name), facet_value_label(name, value), state.without_value(name, value))
        for name in FACETS
        for value in state.filters.get(name, ())
    ]
    return (*found, *_period_chip(state))


def _period_chip(state: SearchState) -> tuple[Chip, ...]:
    if not (state.first_day or state.last_day):
        return ()
    label = period(state.first_day, state.last_day)
    return (Chip(gettext("Thời gian"), label, state.within(None, None)),)


def reading_chips(state: SearchState) -> tuple[Chip, ...]:
    """Give a chip for each way in which a query is read or shown otherwise than usual."""
    found = []
    if state.marks is not Marks.AUTO:
        exact = state.marks is Marks.EXACT
        label = gettext("đúng như đã gõ") if exact else gettext("gõ thiếu cũng được")
        found.append(Chip(gettext("Dấu"), label, state.reading(Marks.AUTO)))
    if not state.abbreviations:
        found.append(Chip(gettext("Viết tắt"), gettext("chỉ như đã gõ"), state.abbreviating(True)))
    if not state.collapse:
        found.append(
            Chip(gettext("Bài tương tự"), gettext("hiện riêng từng bài"), state.collapsing(True))
        )
    return tuple(found)


def droppable(state: SearchState) -> tuple[Chip, ...]:
    """Give what can be dropped when nothing was found: each facet's choice whole, the period."""
    found = [
        Chip(
            facet_label(name),
            ", ".join(facet_value_label(name, value) for value in state.filters[name]),
            state.without_facet(name),
        )
        for name in FACETS
        if name in state.filters
    ]
    return (*found, *_period_chip(state))


def _says_something(facets: Mapping[str, Facet], name: str) -> bool:
    return name in facets and bool(facets[name].buckets)


def _group(facet: Facet, shown: int) -> FacetGroup:
    first: list[FacetValue] = []
    more: list[FacetValue] = []
    for rank, bucket in enumerate(facet.buckets):
        value = facet_value(facet.name, bucket)
        # One value alone is not worth a click of its own.
        fits = rank < shown or len(facet.buckets) <= shown + 1
        (first if fits or bucket.selected else more).append(value)
    return FacetGroup(
        facet.name,
        facet_label(facet.name),
        tuple(first),
        tuple(more),
        facet.other_values,
        facet.other_articles,
        facet.missing,
    )
