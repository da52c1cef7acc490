"""Decide which tokens are joined: scores from features, labels from scores, pyvi's rules.

Scores are summed twice over: quickly, as differences between the two labels, for all texts,
and exactly, in CRFsuite's order and for both labels, for a text in which `best_labels` finds
a decision too close to call.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from indexer.analysis.segmenter.viterbi import best_labels, reference_labels


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
