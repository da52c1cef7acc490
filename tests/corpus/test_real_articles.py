from itertools import islice
from pathlib import Path

from corpus import SkippedRecord, read_articles, read_records


def test_seed_article_has_all_its_parts(shared_data: Path) -> None:
    (article,) = read_articles(shared_data / "seed", strict=True)
    assert article.title.startswith("Bố Trạch: Đẩy mạnh phong trào thi đua 'Dân vận khéo'")
    assert article.lead.startswith("Chiều 8-4, UBND huyện Bố Trạch")
    assert len(article.body) == 5
    assert len(article.captions) == 1
    assert article.captions[0] not in article.body
    assert article.authors == ("Hương Trà",)
    assert article.source == "Quảng Bình"
    assert article.section == "chinh-tri"
    assert str(article.published) == "2021-04"


def test_large_corpus_gives_an_article_for_every_line(shared_data: Path) -> None:
    records = read_records(shared_data / "data" / "vietnews.jsonl.zst", strict=True)
    lines = [(record.line, record.article.id[:6]) for record in islice(records, 2000)]
    assert lines == [(number, "train-") for number in range(1, 2001)]


def test_hardly_any_article_of_a_large_corpus_is_suspected_of_damage(shared_data: Path) -> None:
    records = read_records(shared_data / "data" / "vietnews.jsonl.zst", strict=True)
    suspected = [
        record.article.id
        for record in islice(records, 17_000, 20_000)
        if any("damaged" in warning for warning in record.warnings)
    ]
    assert suspected == ["train-017166", "train-018065"]  # both have U+FFFD


def test_titles_with_addresses_are_read(shared_data: Path) -> None:
    skipped: list[SkippedRecord] = []
    path = shared_data / "data" / "danes.jsonl"
    articles = list(read_articles(path, on_skip=skipped.append))
    assert len(articles) == 2031
    assert [(skip.line, skip.reason[:6]) for skip in skipped] == [(30, "title:")]
    assert articles[0].lead.startswith("Kia K3")
    assert articles[0].tags == ("Công nghệ", "Giao thông")
    assert articles[0].section == "video"
    assert str(articles[0].published) == "2021-10-03"
