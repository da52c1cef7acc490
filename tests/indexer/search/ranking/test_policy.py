import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.query import And, AtLeast, Boosted, Compound, MatchAll, Not, Or, Phrase, Term
from indexer.search.ranking import MatchPolicy, Plan, Word, compose
from indexer.search.ranking.policy import least_words

DECIDED = (MatchPolicy.ALL, MatchPolicy.MOST, MatchPolicy.ANY)


def word(text: str) -> Word:
    return Word(text, Term(text), (((text,),),))


A, B, C, D, E = map(word, "abcde")


@given(st.integers(0, 500))
def test_most_is_60_percent_and_all_of_up_to_three(words: int) -> None:
    least = least_words(words, MatchPolicy.MOST)
    assert least >= 0.6 * words
    assert least <= words
    assert least == words if words <= 3 else least < words
    assert least - 1 < 0.6 * words or least == 3


def test_auto_is_no_number_of_words() -> None:
    with pytest.raises(ValueError, match="choice"):
        least_words(4, MatchPolicy.AUTO)


@pytest.mark.parametrize("policy", DECIDED)
def test_plan_of_nothing_matches_everything(policy: MatchPolicy) -> None:
    assert compose(Plan(), policy) == MatchAll()


@pytest.mark.parametrize("policy", DECIDED)
def test_what_binds_is_demanded_under_every_policy(policy: MatchPolicy) -> None:
    phrase, not_x = Phrase((Term("x"), Term("y"))), Not(Term("z"))
    query = compose(Plan((A, B, C, D, E), binding=(phrase, not_x)), policy)
    assert isinstance(query, And)
    assert query.parts[:2] == (phrase, not_x)


def test_policies_differ_in_how_many_words_they_demand() -> None:
    nodes = tuple(map(Term, "abcde"))
    plan = Plan((A, B, C, D, E))
    assert compose(plan, MatchPolicy.ALL) == And(nodes)
    assert compose(plan, MatchPolicy.MOST) == AtLeast(3, nodes)
    assert compose(plan, MatchPolicy.ANY) == Or(nodes)


def test_word_that_is_typed_twice_counts_once() -> None:
    plan = Plan((A, B, A, A, B, C))
    assert [w.text for w in plan.distinct_words()] == ["a", "b", "c"]
    assert compose(plan, MatchPolicy.MOST) == And(tuple(map(Term, "abc")))


def test_optional_parts_demand_nothing() -> None:
    plan = Plan((A,), optional=(Compound("x_y"),))
    assert compose(plan, MatchPolicy.ALL) == Boosted(Term("a"), Or((Compound("x_y"),)))
