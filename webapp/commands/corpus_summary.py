"""What a corpus is made of, in a few lines for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corpus import CorpusSummary, FileGroup, Finding
    from indexer import ReprintFigures

_VALUES: Final = 6
_FINDINGS: Final = 5


def counted(number: int, noun: str) -> str:
    """Give a number with a noun in its singular or plural."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def reprints_line(figures: ReprintFigures) -> str:
    """Tell how many articles are reprints, and how many stories of each size there are."""
    line = f"{figures.reprints:,}"
    if not figures.sizes:
        return line
    sizes = [
        f"{count:,} of {size:,} articles"
        for size, count in sorted(figures.sizes.items())[:_VALUES]
    ]
    noun = "story" if figures.clusters == 1 else "stories"
    line += f"; {figures.clusters:,} {noun} with several articles: {', '.join(sizes)}"
    if len(figures.sizes) > _VALUES:
        line += f", the largest of {max(figures.sizes):,}"
    return line


def summary_lines(summary: CorpusSummary) -> list[str]:
    """Tell what a corpus is made of; the most frequent values only."""
    lines = [f"articles read     {summary.articles:,}"]
    lines += [f"files             {_group(group)}" for group in summary.files[:_VALUES]]
    if more := len(summary.files) - _VALUES:
        lines += [f"                  and {more:,} other kinds"] if more > 0 else []
    filled = [
        f"{field} {_percent(summary.share(field))}"
        for field, count in summary.filled.items()
        if count and field not in ("id", "title")
    ]
    if filled:
        lines.append(f"fields filled     {', '.join(filled)}")
    for name, values in (
        ("papers", summary.papers),
        ("papers unlisted", summary.unlisted_papers),
        ("topics", summary.topics),
        ("sections", summary.sections),
    ):
        if values:
            lines.append(f"{name:17} {len(values):,}: {_frequent(values)}")
    if summary.years:
        lines.append(f"years             {_years(summary.years)}")
    return lines + finding_lines("warnings", summary.warnings)


def finding_lines(heading: str, findings: tuple[Finding, ...]) -> list[str]:
    """Tell findings with an example each; nothing if there are none."""
    if not findings:
        return []
    lines = [f"{heading:17} {sum(found.count for found in findings):,}"]
    for found in findings[:_FINDINGS]:
        lines.append(f"  {found.count:,} × {found.kind}")
        lines += [f"    such as {example}" for example in found.examples[:1]]
    if more := sum(found.count for found in findings[_FINDINGS:]):
        lines.append(f"  {more:,} for other reasons")
    return lines


def _group(group: FileGroup) -> str:
    told = " ".join(part for part in (group.form, group.encoding) if part) or "of no form known"
    sure = "" if group.confidence >= 0.9995 else f", at least {group.confidence:.1%} sure"
    mended = f", {counted(group.mended, 'record')} mended" if group.mended else ""
    return f"{group.files:,} × {told}{sure}{mended}"


def _percent(share: float) -> str:
    """Give a share so that few is not none, and most is not all."""
    if 0 < share < 0.01:
        return "<1%"
    return f"{min(share, 0.99) if share < 1 else 1:.0%}"


def _frequent(values: Mapping[str, int]) -> str:
    told = [f"{value[:60]} {count:,}" for value, count in list(values.items())[:_VALUES]]
    return ", ".join(told) + (", …" if len(values) > _VALUES else "")


def _years(years: Mapping[int, int]) -> str:
    first, last = min(years), max(years)
    if len(years) <= _VALUES:
        return ", ".join(f"{year} {count:,}" for year, count in years.items())
    best = max(years, key=years.__getitem__)
    return f"{first} to {last}, most in {best} ({years[best]:,})"
