import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Article
from indexer import AnalysisError
from indexer.analysis import Analyzer, Segmenter
from indexer.build.pipeline import Located, analyze_all


def test_article_that_cannot_be_analysed_is_named_by_file_and_line() -> None:
    half: Any = SimpleNamespace(id="x7", title="no other field")
    with pytest.raises(AnalysisError, match=r"^a\.jsonl:2: the article 'x7' .*AttributeError"):
        list(analyze_all([Located(half, "a.jsonl:2")], Analyzer(Segmenter()), processes=1))


def test_of_several_articles_the_one_that_fails_is_named() -> None:
    half: Any = SimpleNamespace(id="x7", title="no other field")
    articles = [Located(Article(title="a"), "1"), Located(half, "2")]
    with pytest.raises(AnalysisError, match=r"^2: the article 'x7'"):
        list(analyze_all(articles, Analyzer(Segmenter()), processes=1))


def test_stream_without_end_is_read_as_it_is_asked_for() -> None:
    endless = (Located(Article(title=f"số {n}"), str(n)) for n in count())
    analyzed = analyze_all(endless, Analyzer(Segmenter()), processes=1)
    assert [located.location for located in next(analyzed)[0]][:3] == ["0", "1", "2"]


BUILD = """
import sys
from corpus import Article
from indexer import build_index

if __name__ == "__main__":
    articles = (Article(id=str(n), title=f"số {n}", body=("dài " * 500,)) for n in range(10**9))
    build_index(articles, sys.argv[1], processes=2, on_progress=lambda _: print(flush=True))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_workers_end_with_the_process_of_the_build(tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(BUILD)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, str(script), str(tmp_path / "index")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as building:
        assert building.stdout
        building.stdout.readline()
        workers = children(building.pid)
        assert len(workers) >= 2
        building.kill()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").is_dir() for pid in workers):
        assert time.monotonic() < deadline, "a worker is still there"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    return [
        int(name)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for name in (task / "children").read_text().split()
    ]
