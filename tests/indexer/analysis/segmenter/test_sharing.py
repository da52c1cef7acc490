"""A segmenter can be shared, sent, and kept for long."""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.analysis import Segmenter
from indexer.analysis.segmenter.features import Features
from indexer.analysis.segmenter.model import Model
from indexer.analysis.segmenter.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[4]
JOINED = "Trường đại_học bách_khoa Hà_Nội"


def unbounded(count: int) -> Iterator[str]:
    """Texts whose every chunk is new."""
    for number in range(count):
        yield f"đại học {number}, xã hội x{number}y Ngân{number}, a@b{number}.vn"


def test_a_reader_needs_neither_pyvi_nor_what_it_pulls_in(
    segmenter: Segmenter, tmp_path: Path
) -> None:
    path = tmp_path / "segmenter.model"
    segmenter.to_file(path)
    program = """
import importlib.abc, pathlib, sys

class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise AssertionError(f"{name} was imported")

blocked = {"pyvi", "sklearn", "scipy", "sklearn_crfsuite", "pycrfsuite", "joblib", "pandas"}
sys.meta_path.insert(0, Blocker())
from indexer.analysis import Segmenter
segmenter = Segmenter.from_file(pathlib.Path(sys.argv[1]))
sys.stdout.buffer.write(segmenter.join("Trường đại học bách khoa Hà Nội").encode())
segmenter.spans("e\\u0302")
assert not blocked & {name.partition(".")[0] for name in sys.modules}
assert "pickle" not in dir(sys.modules["indexer.analysis.segmenter.model"])
assert "indexer.analysis.segmenter.compile" not in sys.modules
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == JOINED


def test_compiling_does_not_import_pyvi_either(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys; from indexer.analysis import Segmenter;"
        "Segmenter(cache_folder=pathlib.Path(sys.argv[1]));"
        "assert not {'pyvi', 'sklearn', 'scipy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(tmp_path)], cwd=ROOT, check=True
    )


def test_pickling_keeps_the_model_and_not_the_memory(segmenter: Segmenter) -> None:
    segmenter.join_many(unbounded(2000))
    sent = pickle.dumps(segmenter)
    assert len(sent) < len(segmenter.to_bytes()) + 500
    again = pickle.loads(sent)
    assert again.join("Trường đại học bách khoa Hà Nội") == JOINED
    assert again.fingerprint == segmenter.fingerprint


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_worker_processes_give_the_same(segmenter: Segmenter, method: str) -> None:
    if sys.platform == "win32" and method == "fork":
        pytest.skip("this platform cannot fork")
    texts = list(unbounded(50))
    with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
        assert pool.submit(segmenter.join_many, texts).result() == segmenter.join_many(texts)


def test_threads_may_share_a_segmenter(segmenter: Segmenter) -> None:
    texts = list(unbounded(3000))
    expected = segmenter.join_many(texts)
    shared = Segmenter.from_bytes(segmenter.to_bytes(), memory_limit=100_000)
    barrier = threading.Barrier(4)

    def work(number: int) -> list[str]:
        barrier.wait()
        found = [""] * len(texts)
        for step in range(0, len(texts), 50):  # each thread starts elsewhere
            at = (step + number * 750) % len(texts)
            found[at : at + 50] = shared.join_many(texts[at : at + 50])
        return found

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(work, range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert all(found == expected for found in results)


def test_memory_stays_bounded_on_an_unbounded_vocabulary(segmenter: Segmenter) -> None:
    limit = 1 << 20
    bounded = Segmenter.from_bytes(segmenter.to_bytes(), memory_limit=limit)
    tracemalloc.start(1)
    try:
        before, _ = tracemalloc.get_traced_memory()
        for _ in bounded.spans_many(unbounded(20_000)):
            pass
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 2 * limit


@pytest.mark.parametrize("limit", [0, 10_000, 1 << 30])
def test_the_limit_does_not_affect_the_result(segmenter: Segmenter, limit: int) -> None:
    limited = Segmenter.from_bytes(segmenter.to_bytes(), memory_limit=limit)
    texts = list(unbounded(300)) * 2
    assert [limited.join(text) for text in texts] == segmenter.join_many(texts)


@pytest.mark.parametrize("ending", ["ngã", "ngã" * 200, "!?" * 100, "😀" * 50], ids=len)
def test_memory_of_a_vocabulary_is_not_underestimated(segmenter: Segmenter, ending: str) -> None:
    features = Features(Model.from_bytes(segmenter.to_bytes()))
    tracemalloc.start(1)
    try:
        vocabulary = Vocabulary(features)
        before, _ = tracemalloc.get_traced_memory()
        for number in range(3000):
            vocabulary[f"{number}{ending}"]
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < vocabulary.size
