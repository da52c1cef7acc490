"""What decoding looks at: the features of tokens and their weights as tables.

pyvi describes each token to CRFsuite by attributes (``ViTokenizer.word2features``): the
token in lower case, its two neighbours in lower case, three facts about its letters and two
about each neighbour's, and whether it makes up a known compound of two or three syllables
with those before or after it. All of this follows from two small numbers for each token, its
*word* and its *shape*, so that the weights of a whole batch are found by indexing.

A word is a row of the tables here. With ``n`` words in the model, rows 0 to ``n - 1`` are
those; rows ``n`` to ``2n - 1`` are the same as attributes but in no compound, see
`Features.describe`; the last row, ``2n``, is any other word, and all zero.
"""

from __future__ import annotations

import string
from typing import Final

import numpy as np
import numpy.typing as npt

from indexer.analysis.segmenter.model import SWITCHES, Model
from indexer.errors import ModelError

# Bits of a shape. What the model sees of a token's letters:
UPPER: Final = 1
TITLE: Final = 2
DIGIT: Final = 4
# What pyvi's rules look at after decoding: whether the token may be joined to another at
# all, and whether its first letter is a capital.
JOINABLE: Final = 8
CAPITAL: Final = 16
N_SHAPES: Final = 32

_SHAPES: Final = np.arange(N_SHAPES, dtype=np.uint8)

# The largest table of pairs that a model may ask for, in bytes. pyvi's needs 2 million.
_LARGEST_PAIR_TABLE: Final = 1 << 26

FIRST: Final = 1
SECOND: Final = 2
THIRD: Final = 4


class Features:
    """The tables of one model; read-only, and safe to share between threads.

    Weights here are differences: the weight for label 1 less that for label 0. The sum of
    differences is not bit for bit the difference of CRFsuite's sums; `bound` tells how large
    the sums may get, from which follows how far they can be apart.

    Attributes:
        current: float64, for each word, what it adds to its own score.
        previous: float64, for each word, what it adds to the score of the token after it.
        following: float64, for each word, what it adds to the score of the token before it.
        current_shape: float64, for each shape, what it adds to its own score; bias included.
        previous_shape: float64, the same for the token after it.
        following_shape: float64, the same for the token before it.
        pair_before: Weight of making up a pair with the token before.
        pair_after: Weight of making up a pair with the token after.
        triple_before: Weight of being the third of a triple.
        triple_after: Weight of being the first of a triple.
        bound: No label's score of a token, and no sum of some of its terms, is further from
            zero than this; nor is any transition weight.
        pair_row: int32, for each word, where its row of `pair_bits` starts.
        pair_column: int32, for each word, its column in `pair_bits`.
        pair_bits: uint8, a matrix of bits laid out by rows: whether the first word (row) and
            the second (column) are a pair. Row 0 and column 0 are words in no pair.
        triple_role: uint8, for each word, whether it is the `FIRST`, `SECOND` or `THIRD` of
            any triple.
        triple_keys: int64, sorted; see `triple_key`.
    """

    def __init__(self, model: Model) -> None:
        """Lay out the tables.

        Raises:
            ModelError: The model's list of pairs would take too much memory.
        """
        n_words = len(model.words)
        self._n_words = n_words
        self._numbers = {word: number for number, word in enumerate(model.words)}

        self.current = _by_word(model.current)
        self.previous = _by_word(model.previous)
        self.following = _by_word(model.following)

        weights = (model.switches[:, 1] - model.switches[:, 0]).tolist()
        switches = dict(zip(SWITCHES, weights, strict=True))
        upper, title, digit = ((_SHAPES & bit) != 0 for bit in (UPPER, TITLE, DIGIT))
        self.current_shape = (
            switches["bias"]
            + switches["word.isupper()"] * upper
            + switches["word.istitle()"] * title
            + switches["word.isdigit()"] * digit
        )
        self.previous_shape = (
            switches["-1:word.istitle()"] * title + switches["-1:word.isupper()"] * upper
        )
        self.following_shape = (
            switches["+1:word.istitle()"] * title + switches["+1:word.isupper()"] * upper
        )
        self.pair_before: float = switches["-1:word.bi_gram()"]
        self.pair_after: float = switches["+1:word.bi_gram()"]
        self.triple_before: float = switches["-2:word.tri_gram()"]
        self.triple_after: float = switches["+2:word.tri_gram()"]
        self.bound = float(
            sum(
                np.abs(table).max(initial=0.0)
                for table in (model.current, model.previous, model.following)
            )
            + np.abs(model.switches).max(axis=1).sum()
            + np.abs(model.transitions).max()
        )

        self._lay_out_pairs(model.pairs)
        self.triple_role = np.zeros(2 * n_words + 1, np.uint8)
        for role, words in zip((FIRST, SECOND, THIRD), model.triples.T, strict=True):
            self.triple_role[words] |= role
        self.triple_keys = np.unique(self.triple_key(*model.triples.T))

    def _lay_out_pairs(self, pairs: npt.NDArray[np.int32]) -> None:
        n_rows = 2 * self._n_words + 1
        firsts, rows = np.unique(pairs[:, 0], return_inverse=True)
        seconds, columns = np.unique(pairs[:, 1], return_inverse=True)
        columns = columns + 1
        row_size = len(seconds) // 8 + 1
        if (len(firsts) + 1) * row_size > _LARGEST_PAIR_TABLE:
            raise ModelError("this segmentation model lists more pairs than can be used")
        self.pair_row = np.zeros(n_rows, np.int32)
        self.pair_row[firsts] = np.arange(1, len(firsts) + 1) * row_size
        self.pair_column = np.zeros(n_rows, np.int32)
        self.pair_column[seconds] = np.arange(1, len(seconds) + 1)
        self.pair_bits = np.zeros((len(firsts) + 1) * row_size, np.uint8)
        bits = np.left_shift(1, columns & 7).astype(np.uint8)
        np.bitwise_or.at(self.pair_bits, (rows + 1) * row_size + (columns >> 3), bits)

    def triple_key(
        self,
        first: npt.NDArray[np.int32],
        second: npt.NDArray[np.int32],
        third: npt.NDArray[np.int32],
    ) -> npt.NDArray[np.int64]:
        """Make one number of the words of a triple."""
        base = np.int64(self._n_words)
        return (first * base + second) * base + third

    def describe(self, token: str) -> tuple[int, int]:
        """The word and the shape of a token.

        CRFsuite's strings end at the first NUL, so a token with a NUL has the weights of
        what comes before it. Compounds are compared in Python, where strings have no end:
        there such a token is in none.
        """
        lower = token.lower()
        head, nul, _ = lower.partition("\0")
        word = self._numbers.get(head)
        if word is None:
            word = 2 * self._n_words
        elif nul:
            word += self._n_words
        first = token[0]
        shape = (
            UPPER * token.isupper()
            | TITLE * token.istitle()
            | DIGIT * token.isdigit()
            # A test for a substring, as in pyvi.
            | JOINABLE * (token not in string.punctuation and not first.isdigit())
            | CAPITAL * first.istitle()
        )
        return word, shape


def _by_word(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    differences = weights[:, 1] - weights[:, 0]
    return np.concatenate([differences, differences, [0.0]])
