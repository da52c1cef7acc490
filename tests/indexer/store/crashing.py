"""An index whose writers are killed, and a model of what it must hold afterwards."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from corpus import Article, sample_articles
from indexer import (
    IndexMissingError,
    SearchRequest,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from tests.indexer.store import killing
from tests.indexer.store.forking import Fate, run_forked
from tests.indexer.store.states import files_of

RANDOM = "random moment"
STEPS = (killing.WRITES, killing.SYNCS, killing.RENAMES, killing.CLEANS, RANDOM)
OPERATIONS = ("build", "update", "delete", "merge")

_ARTICLES = 30
_MOST_TOMBSTONES = 10
_BIGGEST_FILE = 120_000
_MOST_EVENTS = {killing.SYNCS: 24, killing.RENAMES: 4, killing.CLEANS: 24}


@dataclass(frozen=True)
class Content:
    """What an index must hold.

    Attributes:
        versions: By id of each article, which version of it.
        tombstones: Ids that are kept out.
    """

    versions: dict[str, int] = field(default_factory=dict)
    tombstones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Outcome:
    """How a trial ended.

    Attributes:
        operation: What was being done.
        step: Where it was to be killed.
        killed: Whether it was killed before its end.
        committed: Whether its work was visible afterwards.
    """

    operation: str
    step: str
    killed: bool
    committed: bool


class CrashedIndex:
    """An index in a folder, and what it must hold.

    Args:
        folder: Folder of the index; does not exist yet.
        seed: Decides what is done, and where it is killed.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.content = Content()
        self._chance = random.Random(seed)
        self._samples = tuple(sample_articles())
        self._version = 0
        self._seconds = dict.fromkeys(OPERATIONS, 0.3)

    def trial(self, operation: str, step: str) -> Outcome:
        """Do something in a process that is killed, and check what is left.

        Raises:
            AssertionError: It is not exactly what was committed last.
        """
        work, intended = self._prepared(operation)
        generation = self.generation()
        fate = self._run(work, operation, step)
        assert not fate.error, fate.error
        committed = self.generation() != generation
        assert committed or not fate.done or intended == self.content, "a finished write is lost"
        if committed:
            self.content = intended
        self.check()
        return Outcome(operation, step, fate.killed, committed)

    def finish(self) -> None:
        """Do an update to its end, and check that nothing is left that nobody needs."""
        work, self.content = self._prepared("update" if self.generation() else "build")
        work()
        self.check()
        assert check_index(self.folder) == []
        info = index_info(self.folder)
        copies = sum(path.stat().st_size for path in self.folder.glob("generations/*"))
        assert len(list(self.folder.glob("generations/*"))) == 1
        assert sum(path.stat().st_size for path in files_of(self.folder)) - copies == (
            info.size_bytes
        )

    def generation(self) -> str:
        """Give the current generation; an empty text where there is none."""
        try:
            with open_index(self.folder) as index:
                return index.generation
        except IndexMissingError:
            return ""

    def check(self) -> None:
        """Compare the index with what it must hold: all articles, some queries, tombstones."""
        if not self.generation():
            assert not self.content.versions
            return
        versions = self.content.versions
        assert index_info(self.folder).tombstones == len(self.content.tombstones)
        with open_index(self.folder) as index:
            assert index.article_count == len(versions)
            found = index.search(SearchRequest("", size=1000))
            assert sorted(hit.article.id for hit in found.hits) == sorted(versions)
            for article_id, version in versions.items():
                assert index.article(article_id) == self._article(article_id, version)
            present = sorted(set(versions.values()))
            some = self._chance.sample(present, k=min(3, len(present)))
            for version in some:
                found = index.search(SearchRequest(f'"phiên bản v{version}"', size=1000))
                expected = {key for key, value in versions.items() if value == version}
                assert {hit.article.id for hit in found.hits} == expected

    def _run(self, work: Callable[[], object], operation: str, step: str) -> Fate:
        chance = self._chance
        if step == RANDOM:
            fate = run_forked(work, kill_after=chance.uniform(0, self._seconds[operation]))
            # Find out how long it takes: about one in three shall come to its end.
            self._seconds[operation] *= 0.96 if fate.done else 1.02
            return fate
        arm: Callable[[], None]
        if step == killing.WRITES:
            arm = partial(killing.die_in_write, int(_BIGGEST_FILE ** chance.random()))
        else:
            # Small writes ask for little, so small numbers are drawn more often.
            count = int(_MOST_EVENTS[step] ** chance.random())
            if step == killing.SYNCS:
                arm = partial(killing.die_at_sync, count, after=chance.random() < 0.5)
            else:
                arm = partial(killing.die_at_event, step, count)

        def armed_work() -> None:
            arm()
            work()

        return run_forked(armed_work)

    def _prepared(self, operation: str) -> tuple[Callable[[], object], Content]:
        """Give an operation with drawn arguments, and what the index holds after it."""
        chance = self._chance
        now = self.content
        if operation == "merge":
            return partial(optimize_index, self.folder), now
        if operation == "delete":
            ids = chance.sample(range(_ARTICLES), chance.randint(1, 4))
            gone = {str(number) for number in ids}
            bury = len(now.tombstones) < _MOST_TOMBSTONES and chance.random() < 0.2
            kept = {key: value for key, value in now.versions.items() if key not in gone}
            after = Content(kept, now.tombstones | gone if bury else now.tombstones)
            return partial(delete_articles, gone, self.folder, bury), after
        self._version += 1
        size = chance.randint(12, _ARTICLES) if operation == "build" else chance.randint(1, 6)
        ids = chance.sample(range(_ARTICLES), size)
        articles = [self._article(str(number), self._version) for number in ids]
        new = {
            article.id: self._version for article in articles if article.id not in now.tombstones
        }
        if operation == "build":
            # Without a single article there would be nothing to build.
            assert new
            return partial(build_index, articles, self.folder), Content(new, now.tombstones)
        after = Content({**now.versions, **new}, now.tombstones)
        return partial(update_index, articles, self.folder), after

    def _article(self, article_id: str, version: int) -> Article:
        sample = self._samples[int(article_id)]
        title = f"{sample.title} phiên bản v{version}"
        return dataclasses.replace(sample, id=article_id, title=title)


def run_trials(folder: Path, kills: int, seed: int) -> Sequence[Outcome]:
    """Kill writers until enough of them were killed before their end.

    Args:
        folder: An empty folder.
        kills: How many.
        seed: Decides what is done, and where.

    Raises:
        AssertionError: What is left once is not exactly what was committed last.
    """
    outcomes: list[Outcome] = []
    killed = 0
    chance = random.Random(seed)
    index = CrashedIndex(folder / "0", seed)
    while killed < kills:
        number = len(outcomes)
        if number % 50 == 49:
            index.finish()
        if number % 200 == 199:
            # A fresh folder: the very first build of an index can be killed too.
            index = CrashedIndex(folder / str(number), seed + number)
        operation = chance.choice(OPERATIONS) if index.content.versions else "build"
        outcome = index.trial(operation, STEPS[number % len(STEPS)])
        outcomes.append(outcome)
        killed += outcome.killed
    index.finish()
    return outcomes
