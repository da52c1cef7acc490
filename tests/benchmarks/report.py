"""The figures of the search benchmark as tables for a terminal or a README."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def print_report(figures: dict[str, Any]) -> None:
    """Print the figures that `search.measure` gives."""
    on = figures["machine"]
    print(f"{on['date']}, {on['processor']}, {on['cores']} cores, Python {on['python']}")
    print(
        f"{figures['articles']:,} articles of {figures['corpus']}; metadata {figures['metadata']}"
    )
    for name, setting in figures["peers"].items():
        print(f"  {name}: {setting}")
    for name, reason in figures["not installed"].items():
        print(f"  {name}: not installed ({reason})")
    print()
    indexes, memory = figures["indexes"], figures["memory in MB"]
    rows = [
        (
            "",
            "write, s",
            "CPU",
            "analysis, s",
            "size, MB",
            "of text",
            "private, MB",
            "after",
            "mapped",
        )
    ]
    for name, used in memory.items():
        built = indexes.get(name)
        made: tuple[str, ...] = ("",) * 5
        if built:
            made = (
                f"{built['seconds']:.0f}",
                f"{built['cpu_seconds']:.0f}" if built["cpu_seconds"] is not None else "–",
                f"{built['analysis_seconds']:.0f}",
                f"{built['size_bytes'] / 1e6:.0f}",
                f"{built['size_of_text']:.2f}",
            )
        rows.append(
            (
                name,
                *made,
                *(
                    f"{used.get(key, 0):.0f}"
                    for key in ("private, at rest", "private, after queries", "mapped")
                ),
            )
        )
    print_table(rows)
    for title, clock in (
        ("ms", "milliseconds"),
        ("ms of CPU", "cpu milliseconds"),
        ("ms of CPU, ten articles read", "cpu milliseconds with articles"),
    ):
        print(f"\n{title}: p50 / p95 / p99, and how many times as long as timbao")
        times = figures[clock]
        kinds = list(times["timbao"])
        cells = [
            [kind, *(_cell(of_peer.get(kind)) for of_peer in times.values())] for kind in kinds
        ]
        print_table([["", *times], *cells])
    print(f"\ndisagreements: {len(figures['disagreements'])}")
    for difference in figures["disagreements"][:20]:
        print(f"  {difference}")


def _cell(figures: dict[str, float] | None) -> str:
    if not figures:
        return "–"
    *ranks, times = figures.values()
    return " / ".join(f"{one:.2f}" for one in ranks) + f"  ×{times:.2f}"


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of cells as a Markdown table; the first row is its head."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for place, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("| " + " | ".join(cells) + " |")
        if not place:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
