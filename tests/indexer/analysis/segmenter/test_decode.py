"""Decoding gives CRFsuite's labels, also where scores tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyvi import ViTokenizer

from indexer.analysis import Segmenter
from indexer.analysis.segmenter import decode, viterbi
from indexer.analysis.segmenter.compile import PyviFiles, _crfsuite_file, compile_model
from indexer.analysis.segmenter.model import SWITCHES, Model
from indexer.analysis.segmenter.viterbi import best_labels, reference_labels
from tests.indexer.analysis.segmenter.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

# Small integers tie often; near them, sums round differently in different orders.
SCORE = st.one_of(
    st.integers(-3, 3).map(float),
    st.integers(-3, 3).map(lambda n: n + 1e-13),
    st.integers(-30, 30).map(lambda n: n / 10),
    st.floats(-8, 8),
)
SEQUENCES = st.lists(st.lists(st.tuples(SCORE, SCORE), min_size=1, max_size=90), min_size=1)
TRANSITIONS = st.tuples(SCORE, SCORE, SCORE, SCORE).map(lambda t: np.reshape(t, (2, 2)))


def decode_batch(
    sequences: list[list[tuple[float, float]]], transitions: npt.NDArray[np.float64]
) -> tuple[list[list[bool]], set[int]]:
    lengths = np.array([len(sequence) for sequence in sequences])
    ends = np.cumsum(lengths)
    states = np.array([state for sequence in sequences for state in sequence])
    bound = max(np.abs(states).max(), np.abs(transitions).max())
    labels, doubtful = best_labels(
        states[:, 1] - states[:, 0], ends - lengths, ends - 1, transitions, bound
    )
    parts = [part.tolist() for part in np.split(labels, ends[:-1])]
    return parts, set(np.searchsorted(ends, doubtful, "right").tolist())


@settings(max_examples=1000, deadline=None)
@given(SEQUENCES, TRANSITIONS)
def test_labels_without_doubt_are_those_of_the_reference(
    sequences: list[list[tuple[float, float]]], transitions: npt.NDArray[np.float64]
) -> None:
    found, doubtful = decode_batch(sequences, transitions)
    for number, sequence in enumerate(sequences):
        if number not in doubtful:
            states = [list(state) for state in sequence]
            assert found[number] == reference_labels(states, transitions.tolist())


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0.5, 8), min_size=1, max_size=90), st.booleans())
def test_sequences_far_from_any_tie_are_not_doubted(sizes: list[float], repulsive: bool) -> None:
    states = [(0.0, size * (-1) ** number) for number, size in enumerate(sizes)]
    transitions = np.zeros((2, 2))
    transitions[0, int(repulsive)] = 0.01
    assert decode_batch([states], transitions)[1] == set()


@pytest.mark.parametrize(("t00", "t01"), [(4.0, 0.0), (0.0, 4.0)])
def test_long_runs_between_the_thresholds_are_followed(t00: float, t01: float) -> None:
    # No position is decided locally: the last one decides all.
    rng = np.random.default_rng(7)
    scores = rng.normal(0.0, 1e-3, 500)
    states = [(0.0, score) for score in scores.tolist()]
    transitions = np.array([[t00, t01], [t01, t00]])
    found, doubtful = decode_batch([states, states[:100]], transitions)
    assert not doubtful
    for part, length in zip(found, (500, 100), strict=True):
        expected = reference_labels([list(s) for s in states[:length]], transitions.tolist())
        assert part == expected


@pytest.fixture(scope="module")
def files() -> PyviFiles:
    return PyviFiles.installed()


@pytest.fixture(scope="module")
def tagger(files: PyviFiles) -> Iterator[pycrfsuite.Tagger]:
    tagger = pycrfsuite.Tagger()
    content = _crfsuite_file(files.model)  # the tagger does not keep it alive
    with tagger.open_inmemory(content):
        yield tagger


@pytest.fixture(scope="module")
def model(files: PyviFiles) -> Model:
    return compile_model(files)


@settings(max_examples=500, deadline=None)
@given(values=st.lists(st.one_of(SCORE, st.floats(-1, 1)), min_size=1, max_size=200))
def test_the_reference_is_what_crfsuite_does(
    tagger: pycrfsuite.Tagger, model: Model, values: list[float]
) -> None:
    # CRFsuite multiplies a weight by the value of its attribute, so that any score can be
    # given to any position.
    bias = model.switches[SWITCHES.index("bias")]
    states = [[float(weight * value) for weight in bias] for value in values]
    labels = reference_labels(states, model.transitions.tolist())
    names = tagger.labels()
    assert [names[label] for label in labels] == tagger.tag([{"bias": v} for v in values])


@pytest.fixture
def doubter(model: Model, monkeypatch: pytest.MonkeyPatch) -> Segmenter:
    """A segmenter that leaves every decision to the reference."""
    monkeypatch.setattr(viterbi, "_tolerance", lambda *_: np.inf)
    return Segmenter(model)


def test_the_reference_alone_gives_what_pyvi_gives(doubter: Segmenter) -> None:
    @settings(max_examples=300, deadline=None)
    @given(texts())
    def check(text: str) -> None:
        assert doubter.join(text) == ViTokenizer.tokenize(text)

    check()


def test_exact_scores_add_up_to_the_bit(model: Model, doubter: Segmenter) -> None:
    # The sums of ``crf1dt_state_score``, over the attributes that pyvi itself makes.
    text = "Ngày 27/3 , trường Đại học Bách khoa HÀ NỘI xã hội chủ nghĩa , vô tuyến truyền hình"
    _, tokens = ViTokenizer.ViTokenizer.sylabelize(text)
    features = ViTokenizer.ViTokenizer.sent2features(tokens, is_training=False)
    expected = []
    for items in features:
        sums = [0.0, 0.0]
        for name, value in items.items():
            key = f"{name}:{value}" if isinstance(value, str) else name
            scale = 1.0 if isinstance(value, str) else float(value)
            for label, weight in enumerate(_weights(model, key)):
                sums[label] += weight * scale
        expected.append(sums)
    seen: list[list[list[float]]] = []

    def spy(states: list[list[float]], transitions: list[list[float]]) -> list[bool]:
        seen.append(states)
        return reference_labels(states, transitions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decode, "reference_labels", spy)
        doubter.join(text)
    assert seen == [expected]


def _weights(model: Model, attribute: str) -> list[float]:
    if attribute in SWITCHES:
        return list(model.switches[SWITCHES.index(attribute)])
    table = {"word": model.current, "-1:word": model.previous, "+1:word": model.following}
    name, _, word = attribute.partition(".lower():")
    return list(table[name][model.words.index(word)]) if word in model.words else [0.0, 0.0]
