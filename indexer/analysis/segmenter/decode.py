r"""Decide which tokens are joined: the conditional random field and pyvi's rules.

CRFsuite finds the best labels by adding, for each position and label, the scores of the best
path that ends there (``crf1dc_viterbi``). With two labels only the difference between the two
scores matters. Let d[t] be that of label 1 over label 0, s[t] the same for the token alone,
and T the transition weights; then

    d[t] = s[t] + f(d[t-1]),    f(d) = max(T01, d + T11) - max(T00, d + T10)

where f changes only between the *thresholds* T00 - T10 and T01 - T11, above which the best
path to label 0 and to label 1 comes from label 1. So where d[t-1] is beyond both thresholds,
whatever came before, position t is decided locally. In pyvi's model the thresholds are 0.4
apart and hardly any position is not; the few that are form runs of two or three, which are
worked off step by step, all runs of a batch at once.

**Exactness.** The additions above are not CRFsuite's, so their rounding errors differ. But a
difference in errors can only change a decision when two numbers that are compared lie close
together; how close follows from the number of additions and their size (`_tolerance`). A text
in which that happens is decoded again by a transcription of CRFsuite (`reference_labels`),
with the same float64 additions in the same order, and so ties fall the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from indexer.analysis.segmenter.features import (
    CAPITAL,
    DIGIT,
    FIRST,
    JOINABLE,
    SECOND,
    THIRD,
    TITLE,
    UPPER,
    Features,
)
from indexer.analysis.segmenter.model import SWITCHES, Model

_UNIT_ROUNDOFF: Final = 2.0**-53

# Steps that are worth doing for all unfinished runs at once; longer runs are finished one by
# one. Real text has none.
_ARRAY_STEPS: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a batch of texts, laid end to end. No text in it is empty.

    Attributes:
        word: int32, see `Features.describe`.
        shape: uint8, see `Features.describe`.
        firsts: int64, ascending: for each text, the place of its first token.
    """

    word: npt.NDArray[np.int32]
    shape: npt.NDArray[np.uint8]
    firsts: npt.NDArray[np.int64]


class Decoder:
    """Decodes batches of tokens with one model. Keeps no state between calls."""

    def __init__(self, model: Model, features: Features) -> None:
        self._model = model
        self._features = features
        self._transitions = model.transitions.tolist()

    def joined(self, tokens: Tokens) -> npt.NDArray[np.bool_]:
        """Whether each token belongs to the same word as the one before it."""
        labels = self.labels(tokens)
        inside = labels if self._model.inside else ~labels
        joinable = (tokens.shape & JOINABLE) != 0
        # A capital starts a word, unless it follows a capital.
        capital = (tokens.shape & CAPITAL) != 0
        inside &= joinable
        inside[1:] &= joinable[:-1] & (capital[:-1] | ~capital[1:])
        inside[tokens.firsts] = False
        return inside

    def labels(self, tokens: Tokens) -> npt.NDArray[np.bool_]:
        """CRFsuite's label of each token: whether it is label 1."""
        if not len(tokens.word):
            return np.zeros(0, np.bool_)
        pairs, triples = self._compounds(tokens)
        scores = self._differences(tokens, pairs, triples)
        lasts = np.append(tokens.firsts[1:], len(scores)) - 1
        labels, doubtful = best_labels(
            scores, tokens.firsts, lasts, self._model.transitions, self._features.bound
        )
        for text in np.unique(np.searchsorted(tokens.firsts, doubtful, "right") - 1).tolist():
            part = slice(int(tokens.firsts[text]), int(lasts[text]) + 1)
            states = self._states(
                tokens.word[part], tokens.shape[part], pairs[part], triples[part]
            )
            labels[part] = reference_labels(states.tolist(), self._transitions)
        return labels

    def _compounds(self, tokens: Tokens) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Whether each token starts a compound of two, and of three, within its text."""
        features = self._features
        word = tokens.word
        lasts = tokens.firsts[1:] - 1
        pairs = np.zeros(len(word), np.bool_)
        column = features.pair_column[word[1:]]
        bits = features.pair_bits[features.pair_row[word[:-1]] + (column >> 3)]
        pairs[:-1] = (bits >> (column & 7).astype(np.uint8)) & 1
        pairs[lasts] = False
        triples = np.zeros(len(word), np.bool_)
        role = features.triple_role[word]
        possible = np.flatnonzero(
            (role[:-2] & FIRST) & ((role[1:-1] & SECOND) >> 1) & ((role[2:] & THIRD) >> 2)
        )
        keys = features.triple_key(word[possible], word[possible + 1], word[possible + 2])
        place = np.searchsorted(features.triple_keys, keys)
        found = features.triple_keys.take(place, mode="clip") == keys
        triples[possible[found]] = True
        triples[lasts] = False
        triples[np.maximum(lasts - 1, 0)] = False
        return pairs, triples

    def _differences(
        self,
        tokens: Tokens,
        pairs: npt.NDArray[np.bool_],
        triples: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.float64]:
        """Score of label 1 less that of label 0 for each token alone, nearly."""
        features = self._features
        word, shape, firsts = tokens.word, tokens.shape, tokens.firsts
        scores = features.current[word]
        scores += features.current_shape[shape]
        before = features.previous[word[:-1]] + features.previous_shape[shape[:-1]]
        before += features.pair_before * pairs[:-1]
        before[firsts[1:] - 1] = 0.0
        after = features.following[word[1:]] + features.following_shape[shape[1:]]
        after += features.pair_after * pairs[:-1]
        after[firsts[1:] - 1] = 0.0
        scores[1:] += before
        scores[:-1] += after
        thirds = np.flatnonzero(triples)
        scores[thirds] += features.triple_after
        scores[thirds + 2] += features.triple_before
        return scores

    def _states(
        self,
        word: npt.NDArray[np.int32],
        shape: npt.NDArray[np.uint8],
        pairs: npt.NDArray[np.bool_],
        triples: npt.NDArray[np.bool_],
    ) -> npt.NDArray[np.float64]:
        """Scores of both labels for each token of one text, to the bit.

        ``crf1dt_state_score`` adds the weights of the attributes in the order in which pyvi
        lists them, starting from zero. An attribute that is off adds zero there, and here.

        Returns:
            float64, one row for each token and one column for each label.
        """
        model = self._model
        switches = dict(zip(SWITCHES, model.switches, strict=True))
        n_words = len(model.words)
        row = np.where(word < n_words, word, word - n_words)  # n_words: no word of the model
        zero = np.zeros((1, 2))
        current, previous, following = (
            np.concatenate([table, zero])[row]
            for table in (model.current, model.previous, model.following)
        )
        upper, title, digit = (((shape & bit) != 0)[:, None] for bit in (UPPER, TITLE, DIGIT))
        pair, triple = pairs[:, None], triples[:, None]
        states = np.zeros((len(word), 2))
        states += switches["bias"]
        states += current
        states += switches["word.isupper()"] * upper
        states += switches["word.istitle()"] * title
        states += switches["word.isdigit()"] * digit
        states[1:] += previous[:-1]
        states[1:] += switches["-1:word.istitle()"] * title[:-1]
        states[1:] += switches["-1:word.isupper()"] * upper[:-1]
        states[1:] += switches["-1:word.bi_gram()"] * pair[:-1]
        states[2:] += switches["-2:word.tri_gram()"] * triple[:-2]
        states[:-1] += following[1:]
        states[:-1] += switches["+1:word.istitle()"] * title[1:]
        states[:-1] += switches["+1:word.isupper()"] * upper[1:]
        states[:-1] += switches["+1:word.bi_gram()"] * pair[:-1]
        states[:-2] += switches["+2:word.tri_gram()"] * triple[:-2]
        return states


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
