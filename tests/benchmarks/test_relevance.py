import json
import math
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import Analyzer, Segmenter
from tests.benchmarks.relevance.__main__ import main
from tests.benchmarks.relevance.bm25 import K1, B, Bm25
from tests.benchmarks.relevance.comparison import VARIANTS, compare
from tests.benchmarks.relevance.drawing import Draw, KnownItem, draw, first_words, without_marks
from tests.benchmarks.relevance.failures import failures
from tests.benchmarks.relevance.latency import latency
from tests.benchmarks.relevance.measures import Bootstrap, of_queries
from tests.benchmarks.relevance.systems import Found, folded_terms, word_terms

SYSTEMS = ("timbao", "folded", "words")


@pytest.fixture(scope="module")
def corpus_of_300(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    vietnews = shared_data / "data" / "vietnews.jsonl.zst"
    with zstandard.open(vietnews, "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, 300)), "utf-8")
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def figures(corpus_of_300: Path, cache: Path) -> dict[str, Any]:
    return run(corpus_of_300, cache, "first.json")


def run(corpus: Path, cache: Path, name: str) -> dict[str, Any]:
    sizes = ["--articles", "200", "--queries", "40", "--seed", "3"]
    main([str(corpus), *sizes, "--cache", str(cache), "--json", str(cache / name)])
    read: dict[str, Any] = json.loads((cache / name).read_text("utf-8"))
    return read


def test_json_holds_three_measures_for_every_system_form_and_marks(
    figures: dict[str, Any],
) -> None:
    for system in SYSTEMS:
        assert list(figures[system]) == ["full", "five"]
        for form in figures[system].values():
            assert list(form) == ["accented", "bare"]
            for measures in form.values():
                assert list(measures) == ["mrr10", "recall1", "recall10"]


def test_figures_lie_in_their_intervals(figures: dict[str, Any]) -> None:
    for system in SYSTEMS:
        for form, marks in VARIANTS:
            measures = figures[system][form][marks]
            assert 0 <= measures["recall1"] <= measures["mrr10"] <= measures["recall10"] <= 1
            for name, (low, high) in figures["intervals"][system][form][marks].items():
                assert 0 <= low <= measures[name] <= high <= 1


def test_differences_are_those_of_the_figures(figures: dict[str, Any]) -> None:
    assert list(figures["differences"]) == ["folded", "words"]
    for baseline, forms in figures["differences"].items():
        for form, marks in VARIANTS:
            for name, difference in forms[form][marks].items():
                ours, theirs = (figures[one][form][marks][name] for one in ("timbao", baseline))
                assert difference["mean"] == pytest.approx(ours - theirs, abs=2e-4)
                assert difference["low"] <= difference["mean"] <= difference["high"]


def test_marks_are_nothing_to_the_folded_baseline(figures: dict[str, Any]) -> None:
    for form in figures["folded"].values():
        assert form["accented"] == form["bare"]


def test_baselines_find_most_articles_by_their_full_titles(figures: dict[str, Any]) -> None:
    assert figures["folded"]["full"]["accented"]["recall10"] > 0.9
    assert figures["words"]["full"]["accented"]["recall10"] > 0.9


def test_same_seed_gives_the_same_figures(
    corpus_of_300: Path, cache: Path, figures: dict[str, Any]
) -> None:
    assert run(corpus_of_300, cache, "second.json") == figures


def test_latency_is_measured_for_every_kind_of_query(
    corpus_of_300: Path, cache: Path, figures: dict[str, Any]
) -> None:
    assert figures["settings"]["articles"] == 200
    drawn = draw(corpus_of_300, 200, 40, 3)
    measured = latency(cache / "articles-200-3", drawn.items, 5)
    assert (measured["articles"], measured["queries"]) == (200, 5)
    for page in measured["hits"], measured["page"]:
        for of_clock in page.values():
            assert list(of_clock) == [*map(" ".join, VARIANTS), "all"]
            for ranks in of_clock.values():
                assert 0 <= ranks["p50"] <= ranks["p95"] <= ranks["p99"]


def test_draw_depends_on_the_seed_alone(corpus_of_300: Path) -> None:
    def ids(drawn: Draw) -> list[str]:
        return [article.id for article in drawn.articles] + [item.id for item in drawn.items]

    one, same, other = (ids(draw(corpus_of_300, 50, 10, seed)) for seed in (1, 1, 2))
    assert one == same
    assert sorted(one) != sorted(other)


def test_draw_reaches_all_parts_of_the_corpus(corpus_of_300: Path) -> None:
    drawn = draw(corpus_of_300, 60, 5, 1)
    numbers = [int(article.id.rpartition("-")[2]) for article in drawn.articles]
    assert len(set(numbers)) == 60
    assert all(any(low < n <= low + 100 for n in numbers) for low in (0, 100, 200))


def test_drawn_articles_have_no_term_in_their_title(corpus_of_300: Path) -> None:
    drawn = draw(corpus_of_300, 20, 20, 1)
    analyzed = Analyzer(Segmenter()).analyze(drawn.articles)
    assert not analyzed.lengths[:, 0].any()
    assert analyzed.lengths[:, 1:].sum(axis=1).all()
    for item in drawn.items:
        assert drawn.titles[item.id] == item.title


def test_what_cannot_be_drawn_is_counted(tmp_path: Path) -> None:
    records: list[Mapping[str, object]] = [
        {"id": "1", "title": "Giá vàng tăng", "lead": "Sáng nay"},
        {"id": "1", "title": "Giá vàng giảm", "lead": "Chiều nay"},
        {"id": "2", "title": "", "lead": "Không có tiêu đề"},
        {"id": "3", "title": "***", "lead": "Tiêu đề không có chữ"},
        {"id": "4", "title": "Không có nội dung", "body": ["…"]},
        {"id": "5", "title": "Chỉ có chú thích ảnh", "captions": ["Ảnh: Minh"]},
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    drawn = draw(path, 10, 10, 1)
    assert {item.id for item in drawn.items} == {"1", "5"}
    assert drawn.read == 6
    assert drawn.left_out == {
        "id of an earlier article": 1,
        "record that gives no article": 1,
        "title without a word": 1,
        "text without a word": 1,
    }


@pytest.mark.parametrize(
    ("title", "five"),
    [
        ("Hà Nội mở tuyến đường sắt đô thị số 5", "Hà Nội mở tuyến đường sắt đô thị"),
        ("Bố Trạch: Đẩy mạnh thi đua học tập", "Bố Trạch: Đẩy mạnh thi đua học tập"),
        ("Bố Trạch: Đẩy mạnh thi đua học tập tốt", "Bố Trạch: Đẩy mạnh thi đua học tập"),
        ("Giá vàng tăng", "Giá vàng tăng"),
    ],
)
def test_five_is_cut_after_the_fifth_word(title: str, five: str) -> None:
    assert first_words(title, Segmenter().spans(title)) == five


def test_bare_queries_have_no_marks() -> None:
    item = KnownItem("1", "Đường phố Ðà Nẵng thuỷ triều", "Đường phố Ðà Nẵng")
    assert item.query("full", "bare") == "Duong pho Da Nang thuy trieu"
    assert item.query("five", "accented") == "Đường phố Ðà Nẵng"


@given(st.text())
def test_removing_marks_twice_removes_no_more(text: str) -> None:
    assert without_marks(without_marks(text)) == without_marks(text)


def test_baselines_cut_text_as_their_kind_does() -> None:
    text = "Trường đại học bách khoa, ĐÀ NẴNG (2021)."
    assert folded_terms(text) == ["truong", "dai", "hoc", "bach", "khoa", "da", "nang", "2021"]
    joined = Segmenter().join(text)
    assert word_terms(joined) == ["trường", "đại_học", "bách_khoa", "đà_nẵng", "2021"]


TERMS = st.lists(st.sampled_from("abcde"), max_size=8)


@given(documents=st.lists(TERMS, min_size=1, max_size=12), query=TERMS)
def test_bm25_ranks_by_its_formula(documents: list[list[str]], query: list[str]) -> None:
    count = len(documents)
    average = max(sum(map(len, documents)) / count, 1)

    def score(document: list[str]) -> float:
        total = 0.0
        for term in query:
            tf, df = document.count(term), sum(term in one for one in documents)
            weight = math.log(1 + (count - df + 0.5) / (df + 0.5))
            total += weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(document) / average))
        return total

    scores = np.array([score(document) for document in documents])
    matching = np.flatnonzero(scores)
    best, found = Bm25(documents).search(query, 3)
    assert found == len(matching)
    assert len(best) == min(3, len(matching))
    assert scores[best] == pytest.approx(sorted(scores[matching], reverse=True)[:3])


def test_measures_are_those_of_the_rank_of_the_one_article() -> None:
    ten = [f"other {number}" for number in range(10)]
    rankings = [["a"], [*ten[:3], "a"], [*ten[:9], "a"], [*ten, "a"], []]
    expected = [[1, 1, 1], [1 / 4, 0, 1], [1 / 10, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert of_queries(["a"] * 5, rankings).tolist() == expected


def test_intervals_are_those_of_the_mean() -> None:
    chance = np.random.default_rng(1)
    table = np.stack([chance.normal(3, 2, 400), np.full(400, 0.5)], axis=1)
    (low, same), (high, same_too) = Bootstrap(400, 1).intervals(table)
    half = 1.96 * table[:, 0].std() / math.sqrt(400)
    assert low == pytest.approx(table[:, 0].mean() - half, abs=0.05)
    assert high == pytest.approx(table[:, 0].mean() + half, abs=0.05)
    assert same == pytest.approx(0.5)
    assert same_too == pytest.approx(0.5)


def test_refused_queries_count_as_not_found() -> None:
    items = [KnownItem("1", "Một", "Một"), KnownItem("2", "Hai", "Hai")]
    answers = {
        "timbao": {variant: [Found(("1",), 1), Found((), 0, "no")] for variant in VARIANTS},
        "folded": {variant: [Found(("1",), 1), Found(("2",), 1)] for variant in VARIANTS},
    }
    compared = compare(items, answers, 1)
    assert compared["timbao"]["full"]["bare"]["mrr10"] == 0.5
    assert compared["refused"] == {"timbao": 4, "folded": 0}


def test_failures_are_the_queries_whose_article_is_not_among_the_ten() -> None:
    item = KnownItem("1", "Giá vàng tăng mạnh", "Giá vàng tăng mạnh")
    accented, bare = ("five", "accented"), ("five", "bare")
    answers = {
        "timbao": {accented: [Found(("2", "3"), 2)], bare: [Found(("1",), 1)]},
        "folded": {accented: [Found(("3", "1"), 9)], bare: [Found((), 0)]},
    }
    titles = {"1": item.title, "2": "Giá bạc", "3": "Giá đồng"}
    assert list(failures([item], answers, titles)) == [
        "five accented: Giá vàng tăng mạnh",
        "  is 1: Giá vàng tăng mạnh",
        "  rank with folded 2; 2 found",
        "  found 2: Giá bạc",
        "  found 3: Giá đồng",
    ]
