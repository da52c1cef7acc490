"""pyvi's files are read as they are, and refused when they are something else."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import pickle
import re
import sys
from typing import TYPE_CHECKING

import pycrfsuite
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.analysis.segmenter.compile import PyviFiles, _crfsuite_file, compile_model
from indexer.analysis.segmenter.crfsuite import read_crfsuite
from indexer.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def files() -> PyviFiles:
    return PyviFiles.installed()


@pytest.fixture(scope="module")
def crfsuite_file(files: PyviFiles) -> bytes:
    return _crfsuite_file(files.model)


def test_weights_are_those_that_crfsuite_prints(crfsuite_file: bytes, tmp_path: Path) -> None:
    tagger = pycrfsuite.Tagger()
    with tagger.open_inmemory(crfsuite_file):
        tagger.dump(str(tmp_path / "dump"))
    dump = (tmp_path / "dump").read_text(encoding="utf-8")
    # One of the words is a newline.
    printed = re.findall(r"^  \(([01])\) (.+?) --> (\w+): ([+-]?\d+\.\d+)$", dump, re.M | re.S)
    model = read_crfsuite(crfsuite_file)
    by_name = dict(zip(model.labels, model.transitions, strict=True))
    seen = set()
    for kind, source, target, weight in printed:
        weights = model.attributes[source] if kind == "0" else by_name[source]
        assert weights[model.labels.index(target)] == pytest.approx(float(weight), abs=5.1e-7)
        if kind == "0":
            seen.add(source)
    assert seen == set(model.attributes)
    assert len(printed) == 4 + sum(w != 0 for pair in model.attributes.values() for w in pair)


def test_weights_have_more_digits_than_crfsuite_prints(crfsuite_file: bytes) -> None:
    weights = [w for pair in read_crfsuite(crfsuite_file).attributes.values() for w in pair]
    assert any(round(weight, 6) != weight for weight in weights)


def test_compounds_are_those_of_pyvi(files: PyviFiles) -> None:
    from pyvi.ViTokenizer import ViTokenizer

    model = compile_model(files)
    for compounds, expected in (
        (model.pairs, ViTokenizer.bi_grams),
        (model.triples, ViTokenizer.tri_grams),
    ):
        found = {" ".join(model.words[word] for word in entry) for entry in compounds.tolist()}
        assert found == expected


def test_nothing_that_the_pickle_names_is_run(files: PyviFiles) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return sys.exit, (3,)

    bomb = dataclasses.replace(files, model=pickle.dumps(Bomb(), protocol=2))
    with pytest.raises(ModelError, match="cannot be read"):
        compile_model(bomb)


def test_a_missing_pyvi_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelError, match="pip install pyvi"):
        PyviFiles.installed()


def test_an_unknown_attribute_is_told(files: PyviFiles) -> None:
    # The letters of a known attribute are replaced, so that all offsets stay as they are.
    changed = files.model.replace(b"+1:word.isupper()", b"+1:word.islower()")
    assert changed != files.model
    with pytest.raises(ModelError, match=re.escape("+1:word.islower()")):
        compile_model(dataclasses.replace(files, model=changed))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_crfsuite_file_is_told_or_read(
    crfsuite_file: bytes, data: st.DataObject
) -> None:
    draw = data.draw
    damaged = bytearray(crfsuite_file[: draw(st.integers(0, len(crfsuite_file)))])
    # Most of what steers reading is near the start and in the last part.
    places = st.one_of(st.integers(0, 60), st.integers(0, len(crfsuite_file)))
    if draw(st.booleans()):
        damaged = bytearray(crfsuite_file)
    for place in draw(st.lists(places, max_size=6)):
        if place < len(damaged):
            damaged[place] ^= draw(st.integers(1, 255))
    with contextlib.suppress(ModelError):
        read_crfsuite(bytes(damaged))
