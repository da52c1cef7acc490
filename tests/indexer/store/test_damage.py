import os
import pickle
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Article, PublicationDate
from indexer import (
    DamagedIndexError,
    build_index,
    check_index,
    delete_articles,
    index_info,
    open_index,
    optimize_index,
    update_index,
)
from indexer.columnar.container import Container
from indexer.columnar.container_writer import ContainerWriter
from tests.indexer.store.states import files_of, state_of

Articles = Sequence[Article]


def test_an_undamaged_index_has_no_faults(index_folder: Path) -> None:
    assert check_index(index_folder) == []


def test_every_file_cut_anywhere_is_found_when_the_index_is_opened(index_folder: Path) -> None:
    chance = random.Random(5)
    for path in files_of(index_folder):
        whole = path.read_bytes()
        for length in {0, 1, 31, 32, len(whole) - 1, *chance.sample(range(len(whole)), 5)}:
            path.write_bytes(whole[:length])
            with pytest.raises(DamagedIndexError):
                open_index(index_folder)
        path.write_bytes(whole)
    assert check_index(index_folder) == []


def test_every_missing_file_is_found_when_the_index_is_opened(index_folder: Path) -> None:
    for path in files_of(index_folder):
        whole = path.read_bytes()
        path.unlink()
        with pytest.raises(DamagedIndexError, match="timbao index"):
            open_index(index_folder)
        assert check_index(index_folder)
        path.write_bytes(whole)


def test_a_file_of_another_segment_is_found_when_the_index_is_opened(index_folder: Path) -> None:
    first, second = sorted(index_folder.glob("segments/*/words.tb"))[:2]
    first.write_bytes(second.read_bytes())
    # Which file shows it depends on which of the two segments has more words.
    with pytest.raises(DamagedIndexError, match=r"words?(-readings)?\.tb"):
        open_index(index_folder)


def test_every_changed_bit_is_found_by_the_check(index_folder: Path) -> None:
    chance = random.Random(6)
    for path in files_of(index_folder):
        whole = path.read_bytes()
        # The first bytes are a header; the last ones a directory, or a checksum.
        places = {0, 6, 7, 8, 16, 24, 28, 31, 33, len(whole) - 1}
        for place in places | set(chance.sample(range(len(whole)), 3)):
            changed = bytearray(whole)
            changed[min(place, len(whole) - 1)] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            assert check_index(index_folder), f"{path.name}: byte {place}"
        path.write_bytes(whole)


def test_the_check_names_the_file_and_the_array(index_folder: Path) -> None:
    path = next(index_folder.glob("segments/*/text.tb"))
    changed = bytearray(path.read_bytes())
    changed[64] ^= 1
    path.write_bytes(changed)
    (fault,) = check_index(index_folder)
    assert str(path) in fault
    assert "'terms.bytes'" in fault


def test_changed_bytes_never_end_in_more_than_wrong_answers_or_a_clear_error(
    index_folder: Path, articles: Articles
) -> None:
    chance = random.Random(7)
    arrays = sorted(index_folder.glob("segments/*/*.tb"))
    for _ in range(60):
        path = chance.choice(arrays)
        whole = path.read_bytes()
        changed = bytearray(whole)
        for place in chance.choices(range(len(whole)), k=chance.choice((1, 8, 64))):
            changed[place] = chance.randrange(256)
        path.write_bytes(changed)
        try:
            with open_index(index_folder) as index:
                state_of(index)
                for article in articles[::10]:
                    index.article(article.id)
        except DamagedIndexError:
            pass
        assert check_index(index_folder) or changed == whole
        path.write_bytes(whole)


def test_changed_suggestions_never_end_in_more_than_wrong_answers_or_a_clear_error(
    index_folder: Path, articles: Articles
) -> None:
    chance = random.Random(9)
    path = max(index_folder.glob("segments/*/suggestions.tb"), key=lambda p: p.stat().st_size)
    whole = path.read_bytes()
    for _ in range(60):
        changed = bytearray(whole)
        for place in chance.choices(range(64, len(whole) * 9 // 10), k=chance.choice((1, 8, 64))):
            changed[place] = chance.randrange(256)
        path.write_bytes(changed)
        try:
            with open_index(index_folder) as index:
                for typed in ("t", "đ", "thu tuong ", articles[0].title):
                    index.suggest(typed)
                    index.corrections(typed)
        except DamagedIndexError:
            pass
        path.write_bytes(whole)


def test_merging_a_damaged_segment_is_an_error_that_leaves_the_index(index_folder: Path) -> None:
    chance = random.Random(8)
    before = index_info(index_folder).generation
    for path in sorted(index_folder.glob("segments/*/*.tb")):
        whole = path.read_bytes()
        for _ in range(3):
            changed = bytearray(whole)
            changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            path.write_bytes(changed)
            with pytest.raises(DamagedIndexError, match=path.stem):
                optimize_index(index_folder)
        path.write_bytes(whole)
    assert index_info(index_folder).generation == before
    assert check_index(index_folder) == []


class Bomb:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._path),)


def test_nothing_in_a_folder_is_unpickled(
    index_folder: Path, articles: Articles, tmp_path: Path
) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "exploded"))
    for path in files_of(index_folder):
        whole = path.read_bytes()
        path.write_bytes(bomb)
        for use in (
            lambda: open_index(index_folder),
            lambda: index_info(index_folder),
            lambda: update_index(articles[3], index_folder),
            lambda: delete_articles([articles[3].id], index_folder),
            lambda: optimize_index(index_folder),
        ):
            with pytest.raises(DamagedIndexError):
                use()
        assert check_index(index_folder)
        path.write_bytes(whole)
    assert check_index(index_folder) == []
    assert not (tmp_path / "exploded").exists()


def test_a_rebuild_mends_whatever_the_manifest_names(
    index_folder: Path, articles: Articles
) -> None:
    for path in index_folder.glob("*/*"):
        if path.parent.name == "models":
            path.write_bytes(b"damaged")
        if path.parent.name == "segments":
            (path / "text.tb").write_bytes(b"damaged")
    build_index(articles[3:], index_folder)
    assert check_index(index_folder) == []


@pytest.mark.parametrize(("array", "item"), [("precision", 5), ("precision", 3), ("first_day", 0)])
def test_dates_that_no_article_has_are_found_when_the_index_is_opened(
    tmp_path: Path, array: str, item: int
) -> None:
    dated = array != "precision" or item > 4
    published = PublicationDate.of_year(2020) if dated else None
    build_index([Article(title="tin", published=published)], tmp_path / "index")
    (path,) = (tmp_path / "index").glob("segments/*/columns.tb")
    container = Container(path)
    place, size = container._entries[array]["offset"], container[array].nbytes
    container.release()
    changed = bytearray(path.read_bytes())
    changed[place : place + size] = item.to_bytes(size, "little")
    path.write_bytes(changed)
    with pytest.raises(DamagedIndexError, match="dates"):
        open_index(tmp_path / "index")


def test_a_container_whose_directory_leads_out_of_the_file_is_refused(tmp_path: Path) -> None:
    with ContainerWriter(tmp_path / "file", "test") as writer:
        writer.add("numbers", np.arange(3, dtype=np.uint32))
        writer._arrays["numbers"]["size"] = 1 << 40
        writer.finish({})
    with pytest.raises(DamagedIndexError, match="outside"):
        Container(tmp_path / "file")
