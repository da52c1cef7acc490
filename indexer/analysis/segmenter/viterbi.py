r"""The best labels of a sequence, as CRFsuite finds them, for whole batches at once.

CRFsuite finds the best labels by adding, for each position and label, the scores of the best
path that ends there (``crf1dc_viterbi``). With two labels only the difference between the two
scores matters. Let d[t] be that of label 1 over label 0, s[t] the same for the token alone,
and T the transition weights; then

    d[t] = s[t] + f(d[t-1]),    f(d) = max(T01, d + T11) - max(T00, d + T10)

where f changes only between the *thresholds* T00 - T10 and T01 - T11, above which the best
path to label 0 and to label 1 comes from label 1. So where d[t-1] is beyond both thresholds,
whatever came before, position t is decided locally. In pyvi's model the thresholds are 0.4
apart, and in news one position in a hundred is not decided so; these form runs of one or two,
which are worked off step by step, all runs of a batch at once.

**Exactness.** The additions above are not CRFsuite's, so their rounding errors differ. But a
difference in errors can only change a decision when two numbers that are compared lie close
together; how close follows from the number of additions and their size (`_tolerance`). Where
that happens `best_labels` says so, and the caller falls back on `reference_labels`, a
transcription of CRFsuite with the same float64 additions in the same order, in which ties
fall the same way.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

_UNIT_ROUNDOFF: Final = 2.0**-53

# Steps that are worth doing for all unfinished runs at once; longer runs are finished one by
# one. Real text has none.
_ARRAY_STEPS: Final = 32


def best_labels(
    scores: npt.NDArray[np.float64],
    firsts: npt.NDArray[np.int64],
    lasts: npt.NDArray[np.int64],
    transitions: npt.NDArray[np.float64],
    bound: float,
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    """Find the best labels of a batch of sequences.

    Args:
        scores: For each position, the score of label 1 less that of label 0.
        firsts: First position of each sequence, ascending.
        lasts: Last position of each sequence.
        transitions: ``(2, 2)``, weight of the second label after the first.
        bound: No label's score and no transition weight is further from zero than this.

    Returns:
        Whether each position has label 1; and the positions of decisions that rounding may
        have reversed. The labels of a sequence without any such position are CRFsuite's.
    """
    (t00, t01), (t10, t11) = transitions.tolist()
    above0, above1 = t00 - t10, t01 - t11  # the thresholds

    def step(d: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        stepped: npt.NDArray[np.float64] = np.maximum(t01, d + t11) - np.maximum(t00, d + t10)
        return stepped

    # Positions whose predecessor's difference is not known beyond the thresholds are open:
    # they wait for its exact value.
    least, most = min(t01 - t00, t11 - t10), max(t01 - t00, t11 - t10)
    high = scores + least > max(above0, above1)
    low = scores + most < min(above0, above1)
    is_first = np.zeros(len(scores), np.bool_)
    is_first[firsts] = True
    is_open = np.zeros(len(scores) + 1, np.bool_)
    is_open[1:-1] = ~(high | low | is_first)[:-1] & ~is_first[1:]
    d = scores.copy()
    d[1:] += np.where(high[:-1], t11 - t10, t01 - t00) * ~(is_open[1:-1] | is_first[1:])
    # A predecessor that is first is known to the full, but is not always beyond them.
    seconds = firsts[firsts < lasts] + 1
    d[seconds] = scores[seconds] + step(d[seconds - 1])

    now = np.flatnonzero(is_open[:-1] & ~np.append(False, is_open[:-2]))
    longest = 1
    while len(now) and longest < _ARRAY_STEPS:
        d[now] = scores[now] + step(d[now - 1])
        now = now[is_open[now + 1]] + 1
        longest += 1
    for start in now.tolist():
        position = start
        while is_open[position]:
            d[position] = scores[position] + step(d[position - 1])
            position += 1
        longest = max(longest, _ARRAY_STEPS + position - start)

    label_if_0 = d > above0  # the label that best precedes label 0 at the next position
    label_if_1 = d > above1
    decided = label_if_0 == label_if_1
    decided[lasts] = True
    labels = label_if_0
    labels[lasts] = d[lasts] > 0.0
    # Between the thresholds a label follows from the next one: it is the same when label 1
    # has the lower threshold, and the other one when label 0 has.
    open_ends = np.flatnonzero(~decided)
    anchors = np.flatnonzero(decided)
    anchor = anchors[np.searchsorted(anchors, open_ends)]
    labels[open_ends] = labels[anchor]
    if above0 < above1:
        labels[open_ends] ^= ((anchor - open_ends) & 1).astype(np.bool_)

    length = int((lasts - firsts).max()) + 1
    tolerance = _tolerance(bound, length, longest)
    near = np.minimum(np.abs(d - above0), np.abs(d - above1))
    near[lasts] = np.abs(d[lasts])
    return labels, np.flatnonzero(near <= tolerance)


def _tolerance(bound: float, length: int, longest: int) -> float:
    """How far a difference here may be from that of CRFsuite's sums.

    CRFsuite's sums grow to ``2 * bound * length`` in size. Each step adds two terms to each
    of two sums, and each addition errs by at most the unit roundoff times the size of the
    sum. The score of a token is itself a sum of at most 15 terms, here and there. When both
    labels have the same predecessor, the errors up to there are the same in both sums and
    leave the difference; so they pile up only along an open run. Doubled, for the
    comparisons and for terms of second order.

    Args:
        bound: See `best_labels`.
        length: Positions in the longest sequence.
        longest: Steps in the longest open run.
    """
    step = 4.0 * (2.0 * bound * length) + 4.0 * 15.0 * bound
    return 2.0 * _UNIT_ROUNDOFF * step * (longest + 2)


def reference_labels(states: list[list[float]], transitions: list[list[float]]) -> list[bool]:
    """Find the best labels of one sequence: CRFsuite's ``crf1dc_viterbi`` for two labels.

    Python's floats are IEEE 754 doubles, as are CRFsuite's; the additions and comparisons
    are the same, in the same order.

    Args:
        states: Scores of both labels at each position.
        transitions: Weight of the second label after the first.

    Returns:
        Whether each position has label 1.
    """
    (t00, t01), (t10, t11) = transitions
    best0, best1 = states[0]
    back: list[tuple[bool, bool]] = []
    for state0, state1 in states[1:]:
        from0, from1 = best0 + t00, best1 + t10
        to0 = from0 < from1
        best_to0 = from1 if to0 else from0
        from0, from1 = best0 + t01, best1 + t11
        to1 = from0 < from1
        best_to1 = from1 if to1 else from0
        best0, best1 = best_to0 + state0, best_to1 + state1
        back.append((to0, to1))
    label = best0 < best1
    labels = [label]
    for came_from in reversed(back):
        label = came_from[label]
        labels.append(label)
    labels.reverse()
    return labels
