from itertools import pairwise

import pytest
from hypothesis import given, settings

from corpus import Article
from indexer.analysis import PARAGRAPH_GAP, RULES, AnalyzedBatch, Analyzer, Segmenter
from indexer.schema import TEXT_FIELDS
from tests.indexer import strategies as draw

BODY = TEXT_FIELDS.index("body")


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Segmenter())


def terms_of(
    batch: AnalyzedBatch, group: str, field: int, article: int = 0
) -> list[tuple[int, str]]:
    """Position and term of each occurrence in one field of one article."""
    found = batch.groups[group]
    here = (found.fields == field) & (found.articles == article)
    numbers = found.terms[here].tolist()
    return list(
        zip(
            found.positions[here].tolist(), map(found.vocabulary.__getitem__, numbers), strict=True
        )
    )


@settings(max_examples=50)
@given(articles=draw.corpora(max_size=3))
def test_positions_ascend_within_an_article(analyzer: Analyzer, articles: list[Article]) -> None:
    batch = analyzer.analyze(articles)
    for article in range(len(articles)):
        positions = [p for f in range(4) for p, _ in terms_of(batch, "text", f, article)]
        assert all(a < b for a, b in pairwise(positions))


@settings(max_examples=50)
@given(articles=draw.corpora(max_size=3))
def test_batch_gives_the_terms_of_its_articles_one_by_one(
    analyzer: Analyzer, articles: list[Article]
) -> None:
    together = analyzer.analyze(articles)
    for number, article in enumerate(articles):
        alone = analyzer.analyze([article])
        for group in ("text", "words"):
            for field in range(len(TEXT_FIELDS)):
                assert terms_of(together, group, field, number) == terms_of(alone, group, field)


@settings(max_examples=50)
@given(articles=draw.corpora(max_size=3))
def test_lengths_and_starts_are_those_of_the_syllables(
    analyzer: Analyzer, articles: list[Article]
) -> None:
    batch = analyzer.analyze(articles)
    for number in range(len(articles)):
        for field in range(len(TEXT_FIELDS)):
            found = terms_of(batch, "text", field, number)
            assert batch.lengths[number, field] == len(found)
            assert not found or batch.field_starts[number, field] == found[0][0]


def test_paragraphs_are_a_gap_apart(analyzer: Analyzer) -> None:
    batch = analyzer.analyze([Article(title="a", body=("một hai", "ba"))])
    first = 1 + PARAGRAPH_GAP
    assert terms_of(batch, "text", BODY) == [
        (first, "một"),
        (first + 1, "hai"),
        (first + 2 + PARAGRAPH_GAP, "ba"),
    ]


@pytest.mark.parametrize(
    "paragraph", ["Việt Nam vô địch", "Ca Covid-19 ở TP.HCM", "Ngày 12/4/2021"]
)
def test_compound_is_made_of_the_syllables_at_its_position(
    analyzer: Analyzer, paragraph: str
) -> None:
    batch = analyzer.analyze([Article(title="a", body=("mở đầu", paragraph))])
    at = dict(terms_of(batch, "text", BODY))
    words = terms_of(batch, "words", BODY)
    assert words
    for first, word in words:
        syllables = word.split("_")
        assert [at.get(first + step) for step in range(len(syllables))] == syllables


def test_joined_tokens_are_a_compound(analyzer: Analyzer) -> None:
    assert "covid_19" in analyzer.compounds("ca Covid-19 mới")


def test_decomposed_text_has_the_same_compounds(analyzer: Analyzer) -> None:
    assert analyzer.compounds("Vie\u0323\u0302t Nam vo\u0302 di\u0323ch") == analyzer.compounds(
        "Vi\u1ec7t Nam v\u00f4 d\u1ecbch"
    )


def test_field_of_signs_alone_has_no_terms(analyzer: Analyzer) -> None:
    batch = analyzer.analyze([Article(title="!!!")])
    assert not len(batch.groups["text"].terms)


def test_rules_are_those_of_indexes_that_exist() -> None:
    """Who changes what a token is changes the name of the rules, and this test."""
    assert RULES == "syllables-3"
