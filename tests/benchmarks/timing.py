"""Timing queries over several peers, turn by turn, and what the times say."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

Run = Callable[[], Any]
Runs = Mapping[str, Mapping[int, Run]]
"""By peer, what answers each query; a peer may lack queries."""

Readers = Mapping[str, Callable[[Any], Any]]
"""By peer, what reads the articles of what a run gave; a peer whose runs do so has none."""

Times = dict[str, dict[int, list[float]]]
"""By peer and query, the milliseconds of each round."""


class Timed(NamedTuple):
    """Times of the same rounds by two clocks.

    Attributes:
        wall: What somebody waits.
        cpu: What this process used of the processors: nearly the same on an idle machine, and the
            fairer measure where other work takes turns with it.
        wall_read: What somebody waits who reads the articles, too.
        cpu_read: What is used for both.
    """

    wall: Times
    cpu: Times
    wall_read: Times
    cpu_read: Times


_SLOW_SECONDS = 20.0
"""A peer whose warm-up takes longer is timed in one round only."""


def warm_up(runs: Runs) -> tuple[dict[str, dict[int, Any]], set[str]]:
    """Run every query once.

    Returns:
        The outcomes, by peer and query; and the peers that are slow.
    """
    outcomes: dict[str, dict[int, Any]] = {}
    slow = set()
    for name, of_peer in runs.items():
        started = time.perf_counter()
        outcomes[name] = {number: run() for number, run in of_peer.items()}
        if time.perf_counter() - started > _SLOW_SECONDS:
            slow.add(name)
    return outcomes, slow


def time_rounds(runs: Runs, rounds: int, slow: set[str], readers: Readers | None = None) -> Timed:
    """Time all queries, each peer its own in a row, and peer after peer in every round.

    So a peer finds its data and its code in the processor's caches as it would in a server of its
    own, and not what another peer left there. Each round begins with another peer.

    Args:
        runs: What answers the queries.
        rounds: How often to ask each of them.
        slow: Peers that are asked once.
        readers: What reads articles after each run.
    """
    times = Timed(*(_no_times(runs) for _ in Timed._fields))
    readers = readers or {}
    names = list(runs)
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            if turn and name in slow:
                continue
            gc.collect()
            outcomes = {}
            for number, run in runs[name].items():
                started, used = time.perf_counter(), time.process_time()
                outcomes[number] = run()
                times.cpu[name][number].append((time.process_time() - used) * 1000)
                times.wall[name][number].append((time.perf_counter() - started) * 1000)
            for number, outcome in outcomes.items():
                started, used = time.perf_counter(), time.process_time()
                if name in readers:
                    readers[name](outcome)
                cpu = (time.process_time() - used) * 1000
                wall = (time.perf_counter() - started) * 1000
                times.cpu_read[name][number].append(times.cpu[name][number][-1] + cpu)
                times.wall_read[name][number].append(times.wall[name][number][-1] + wall)
    return times


def _no_times(runs: Runs) -> Times:
    return {name: {number: [] for number in of_peer} for name, of_peer in runs.items()}


def percentiles(times: Mapping[int, Sequence[float]]) -> dict[str, float]:
    """Give p50, p95 and p99 in milliseconds over all rounds of some queries."""
    every = [one for of_query in times.values() for one in of_query]
    return {f"p{rank}": round(float(np.percentile(every, rank)), 3) for rank in (50, 95, 99)}


def ratio(times: Mapping[int, Sequence[float]], to: Mapping[int, Sequence[float]]) -> float:
    """Give the geometric mean of the ratios of median times, query by query."""
    both = sorted(set(times) & set(to))
    logs = [math.log(statistics.median(times[n]) / statistics.median(to[n])) for n in both]
    return round(math.exp(statistics.fmean(logs)), 3)


def summary(times: Times, kinds: Sequence[str], base: str) -> dict[str, Any]:
    """Give percentiles and ratios of each peer, by class of queries and over all.

    Args:
        times: The times.
        kinds: The class of each query.
        base: The peer that the others are compared with.
    """
    result: dict[str, Any] = {}
    for name, of_peer in times.items():
        result[name] = {}
        for kind in (*dict.fromkeys(kinds), "all"):
            chosen = {n: t for n, t in of_peer.items() if kind in ("all", kinds[n])}
            if chosen:
                result[name][kind] = percentiles(chosen) | {
                    f"times {base}": ratio(chosen, times[base])
                }
    return result
