from collections.abc import Iterator

import pytest

from corpus import Article
from indexer import build_index
from indexer.engines.embedded import EmbeddedEngine
from indexer.search.compiling import EngineVocabulary, Vocabulary
from indexer.store.snapshot import open_snapshot

ARTICLES = (
    Article(
        title="Đường phố đương đại, dương cầm và duong",
        body=("Công ty may mua máy may ở cảng Hòa Bình của anh Hoàng.", "Hoa nở trên đường phố."),
        source="Tuổi Trẻ",
        section="the-thao",
    ),
    Article(
        title="Người Việt Nam viết về TP.HCM trong mùa Covid-19",
        body=("Ủy ban nhân dân phục vụ nhân dân. Giá xăng tăng 3,5 lần trên xa lộ.",),
        source="VnExpress",
        section="thời sự",
    ),
)


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vocabulary]:
    """The words and values of a real index of `ARTICLES`."""
    folder = tmp_path_factory.mktemp("words") / "index"
    build_index(ARTICLES, folder)
    snapshot = open_snapshot(folder)
    engine = EmbeddedEngine(snapshot)
    yield EngineVocabulary(engine, lambda: snapshot.segmenter)
    engine.close()
