"""What is marked is what the query looks for, where it looks for it, and nothing else."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.analysis import token_spans, token_texts
from indexer.engines.query import (
    And,
    AtLeast,
    Boosted,
    Either,
    Near,
    Not,
    Phrase,
    Query,
    Synonyms,
    Term,
    Weighted,
    Within,
    shown_terms,
)
from indexer.schema import TEXT_FIELDS
from indexer.search.highlighter import Highlighter
from indexer.search.paragraphs import Paragraph
from tests.indexer import oracle
from tests.indexer import strategies as draw

A, B, C, D = map(Term, ("an", "bàn", "đa", "ban"))


def marked(query: Query, text: str, field: str = "body") -> set[int]:
    """The places of the tokens that lie in marks; each mark must begin and end with a token."""
    tokens = token_spans(text)
    marks = Highlighter(query).spans(Paragraph(field, text, *token_texts([text])))
    for start, end in marks:
        assert start in {first for first, _ in tokens}
        assert end in {last for _, last in tokens}
    return {
        place
        for place, (first, last) in enumerate(tokens)
        if any(start <= first and last <= end for start, end in marks)
    }


@settings(max_examples=500)
@given(
    st.lists(draw.syllables, max_size=12),
    st.sampled_from(TEXT_FIELDS),
    draw.trees,
)
@example(["an", "bàn", "x", "an", "bàn"], "body", Phrase((A, B), 3))
def test_marks_are_what_the_query_looks_for(words: list[str], field: str, query: Query) -> None:
    assert marked(query, " ".join(words), field) == oracle.marked(words, field, query)


@given(st.lists(draw.syllables, max_size=12), draw.trees)
def test_every_marked_syllable_is_a_form_that_the_query_asks_for(
    words: list[str], query: Query
) -> None:
    asked: set[str] = set()
    for shown in shown_terms(query):
        members = shown.part.members if isinstance(shown.part, Phrase | Near) else (shown.part,)
        for member in members:
            inner = member.members if isinstance(member, Phrase) else (member,)
            asked |= {form for word in inner for form in oracle.forms_of(word)}
    assert {words[place] for place in marked(query, " ".join(words))} <= asked


@settings(max_examples=300)
@given(st.lists(draw.syllables, max_size=12), draw.loose_phrases | draw.neighbours)
def test_a_paragraph_is_marked_exactly_if_it_matches(
    words: list[str], query: Phrase | Near
) -> None:
    assert bool(marked(query, " ".join(words))) == bool(oracle.places(words, query))


@pytest.mark.parametrize(
    ("query", "text", "places"),
    [
        pytest.param(Phrase((A, B)), "an bàn x an x bàn", {0, 1}, id="phrase as a whole"),
        pytest.param(Phrase((A, B), 1), "an x bàn an x x bàn", {0, 2}, id="phrase with slop"),
        pytest.param(Phrase((A, A), 1), "an x an x x an", {0, 2}, id="same word twice"),
        pytest.param(Near((A, B), 2), "bàn x an x x x bàn", {0, 2}, id="near"),
        pytest.param(
            Near((A, Phrase((B, C))), 2), "bàn x bàn đa x an", {2, 3, 5}, id="phrase near a word"
        ),
        pytest.param(Near((A, B), 1), "an x bàn", set(), id="not near enough"),
        pytest.param(And((A, Not(B))), "an bàn", {0}, id="excluded"),
        pytest.param(Not(Not(A)), "an", set(), id="excluded twice"),
        pytest.param(AtLeast(1, (A, B, C)), "an bàn x đa", {0, 1, 3}, id="all that is found"),
        pytest.param(Boosted(A, B), "an bàn", {0}, id="optional"),
        pytest.param(Weighted(A, 0.0), "an bàn", {0}, id="without weight"),
        pytest.param(Either((A, Phrase((B, C)))), "an bàn x bàn đa", {0, 3, 4}, id="readings"),
        pytest.param(Synonyms(("an", "án")), "an án ăn", {0, 1}, id="forms"),
        pytest.param(Term("hòa"), "hoà hòa hoa", {0, 1}, id="other spelling"),
        pytest.param(Near((Term("hòa"), A), 3), "hoà x an", {0, 2}, id="other spelling, near"),
    ],
)
def test_marked_places(query: Query, text: str, places: set[int]) -> None:
    assert marked(query, text) == places


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        (Within(("title",), A), {"title"}),
        (Within(("title", "lead"), Within(("lead", "body"), A)), {"lead"}),
        (Within(("title",), Within(("lead",), A)), set()),
        (Within(("captions",), Near((A, B), 3)), {"captions"}),
        (And((Within(("title",), A), Within(("body",), B))), {"title", "body"}),
    ],
)
def test_field_is_marked_only_where_it_is_searched(query: Query, fields: set[str]) -> None:
    assert {field for field in TEXT_FIELDS if marked(query, "an bàn", field)} == fields
