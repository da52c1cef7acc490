import json
from pathlib import Path

from corpus import Article
from indexer import build_index, update_index


def test_a_build_tells_what_its_corpus_is_made_of(tmp_path: Path) -> None:
    corpus = tmp_path / "a.jsonl"
    records = [
        {"title": "Một", "source": "NLĐ", "section": "the-thao", "date": "2021-04-08"},
        {"title": "Hai", "source": "Người lao động", "date": "31/2/2021"},
        {"title": ""},
    ]
    corpus.write_text("\n".join(map(json.dumps, records)), "utf-8")
    report = build_index([corpus, Article(title="Ba")], tmp_path / "index")
    made_of = report.corpus
    assert made_of.articles == 3
    assert made_of.papers == {"Người Lao Động": 2}
    assert (made_of.topics, made_of.years) == ({"Thể thao": 1}, {2021: 1})
    assert [(group.form, group.articles) for group in made_of.files] == [("JSON Lines", 2)]
    assert [found.count for found in made_of.skipped] == [1]
    assert made_of.warnings[0].examples[0].startswith(f"{corpus}:2: published: ")
    told = json.loads(json.dumps(report.to_dict()))["corpus"]
    assert told == json.loads(json.dumps(made_of.to_dict()))


def test_an_update_tells_what_was_added_only(tmp_path: Path) -> None:
    build_index([Article(id="1", title="Một", source="A")], tmp_path / "index")
    report = update_index([Article(id="2", title="Hai", source="B")], tmp_path / "index")
    assert report.articles == 2
    assert report.corpus.papers == {"B": 1}
