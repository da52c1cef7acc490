"""The figures of the relevance benchmark as tables for a terminal or a README."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.relevance.comparison import BASE, VARIANTS
from tests.benchmarks.relevance.latency import ALL, BUDGET, PAGES
from tests.benchmarks.relevance.measures import MEASURES
from tests.benchmarks.report import print_table

TARGETS = {
    ("folded", "full", "accented"): 0.16,
    ("folded", "full", "bare"): 0.14,
    ("folded", "five", "accented"): 0.24,
    ("folded", "five", "bare"): 0.20,
    ("words", "full", "accented"): 0.03,
    ("words", "five", "accented"): 0.06,
}
"""How far this project's mean reciprocal rank shall be above that of a baseline."""


def print_report(figures: dict[str, Any]) -> None:
    """Print what `__main__` measured."""
    on, settings = figures["machine"], figures["settings"]
    print(f"{on['date']}, {on['processor']}, {on['cores']} cores, Python {on['python']}")
    print(
        f"{settings['articles']:,} of {settings['read']:,} articles of {settings['corpus']}, "
        f"{settings['queries']:,} queries, seed {settings['seed']}; "
        "k1 and b of the baselines {}, {}".format(*settings["k1 and b of the baselines"])
    )
    for reason, count in settings["left out"].items():
        print(f"  left out: {reason}: {count:,}")
    for name, count in figures["refused"].items():
        if count:
            print(f"  refused by {name}: {count:,} queries")
    print("\nMRR@10 [95 %] / recall@1 / recall@10, and the median number of matches")
    systems = list(figures["intervals"])
    print_table(
        [["", *systems]]
        + [
            [f"{form} {marks}", *(_quality(figures, name, form, marks) for name in systems)]
            for form, marks in VARIANTS
        ]
    )
    if baselines := list(figures["differences"]):
        print(f"\nMRR@10 of {BASE} above that of the baselines [95 % of the paired difference]")
        print_table(
            [["", *baselines]]
            + [
                [f"{form} {marks}", *(_above(figures, name, form, marks) for name in baselines)]
                for form, marks in VARIANTS
            ]
        )
    if "latency" in figures:
        _print_latency(figures["latency"])


def _quality(figures: dict[str, Any], name: str, form: str, marks: str) -> str:
    means = figures[name][form][marks]
    low, high = figures["intervals"][name][form][marks]["mrr10"]
    mrr10, *others = (means[measure] for measure in MEASURES)
    rest = " / ".join(f"{mean:.3f}" for mean in others)
    total = figures["totals"][name][form][marks]
    return f"{mrr10:.3f} [{low:.3f}, {high:.3f}] / {rest}  {total:,.0f}"


def _above(figures: dict[str, Any], name: str, form: str, marks: str) -> str:
    one = figures["differences"][name][form][marks]["mrr10"]
    text = f"{one['mean']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}]"
    target = TARGETS.get((name, form, marks))
    if target is None:
        return text
    return f"{text}  target {target:+.2f}: {'met' if one['mean'] >= target else 'missed'}"


def _print_latency(figures: dict[str, Any]) -> None:
    budget = ", ".join(f"{rank} {limit:.0f} ms" for rank, limit in BUDGET.items())
    print(f"\n{figures['articles']:,} articles, {figures['queries']:,} queries of each kind")
    print(f"ms (of CPU): p50 / p95 / p99; budget {budget}")
    kinds = [*(f"{form} {marks}" for form, marks in VARIANTS), ALL]
    rows = [[kind, *(_times(figures[page], kind) for page in PAGES)] for kind in kinds]
    print_table([["", *PAGES], *rows])


def _times(of_page: dict[str, Any], kind: str) -> str:
    wall, cpu = of_page["milliseconds"][kind], of_page["cpu milliseconds"][kind]
    over = [rank for rank, limit in BUDGET.items() if wall[rank] > limit]
    return (
        f"{' / '.join(f'{one:.1f}' for one in wall.values())}"
        f" ({' / '.join(f'{one:.1f}' for one in cpu.values())})"
        f"  {'over: ' + ', '.join(over) if over else 'within'}"
    )
