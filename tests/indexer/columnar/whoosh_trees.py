"""Random Whoosh query trees over the fields of small indexes."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st
from whoosh import query
from whoosh.query.spans import SpanNear2

from indexer.columnar.whoosh_queries import AtLeast, GroupPhrase, SynonymGroup
from indexer.schema import TEXT_FIELDS
from tests.indexer.columnar.small_indexes import COMPOUNDS, SOURCES, SYLLABLES, TAGS

_fields = st.sampled_from(TEXT_FIELDS)
_words = st.sampled_from((*SYLLABLES, "khác"))
_boosts = st.sampled_from((1.0, 1.0, 0.5, 2.0))
_slops = st.integers(1, 4)
_days = st.none() | st.datetimes(
    datetime.fromisoformat("2018-01-01"), datetime.fromisoformat("2022-01-01")
)

_terms = st.builds(query.Term, _fields, _words, _boosts)
_groups = st.builds(
    SynonymGroup, st.just("body"), st.lists(_words, min_size=1, max_size=3), st.just(1.0)
)


def _spans(field: str) -> st.SearchStrategy[query.Query]:
    terms = st.builds(query.Term, st.just(field), _words)
    return st.builds(
        SpanNear2,
        st.lists(terms, min_size=2, max_size=3),
        slop=_slops,
        ordered=st.booleans(),
        mindist=st.integers(1, 2),
    )


_constant = st.booleans()

leaves: st.SearchStrategy[query.Query] = st.one_of(
    _terms,
    _terms,
    st.builds(
        query.Term, _fields.map(lambda name: f"{name}_words"), st.sampled_from(COMPOUNDS), _boosts
    ),
    st.builds(query.Term, st.just("source"), st.sampled_from((*SOURCES, "x")), _boosts),
    st.builds(query.Term, st.just("tag"), st.sampled_from(TAGS), _boosts),
    st.builds(query.Term, st.just("id"), st.sampled_from(("0-0", "1-1", "x")), _boosts),
    st.builds(
        query.Phrase, _fields, st.lists(_words, min_size=1, max_size=3), _slops, boost=_boosts
    ),
    _fields.flatmap(_spans),
    st.builds(query.Prefix, _fields, st.sampled_from(("b", "bầ", "x")), _boosts, _constant),
    st.builds(query.Wildcard, _fields, st.sampled_from(("b?", "*a", "c*")), _boosts, _constant),
    st.builds(query.Regex, _fields, st.just("b.*u"), _boosts, st.just(False)),
    st.builds(query.FuzzyTerm, _fields, _words, _boosts, st.just(1), st.just(0), _constant),
    st.builds(
        query.TermRange, _fields, _words, _words, st.booleans(), st.booleans(), _boosts, _constant
    ),
    st.builds(
        query.DateRange,
        st.sampled_from(("published", "first_day", "last_day")),
        _days,
        _days,
        st.booleans(),
        st.booleans(),
        _boosts,
    ),
    st.builds(query.NumericRange, st.just("precision"), st.integers(1, 4), st.integers(1, 4)),
    st.builds(
        query.Every,
        st.sampled_from((None, "body", "title_words", "source", "tag", "id", "published")),
        _boosts,
    ),
    st.just(query.NullQuery),
    _groups,
    st.builds(
        GroupPhrase, st.lists(_groups, min_size=2, max_size=3), _slops, st.booleans(), _boosts
    ),
)


def _compounds(children: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
    # Whoosh forgets the boost of a compound of one query.
    several = st.lists(children, min_size=2, max_size=4)
    return st.one_of(
        st.builds(query.And, several, _boosts),
        st.builds(query.Or, several, _boosts),
        st.builds(query.And, st.lists(children, min_size=1, max_size=1)),
        st.builds(query.Or, st.lists(children, max_size=1)),
        st.builds(query.DisjunctionMax, several, _boosts),
        st.builds(query.Not, children),
        st.builds(query.AndNot, children, children),
        st.builds(query.AndMaybe, children, children),
        st.builds(query.Require, children, children),
        st.builds(query.ConstantScoreQuery, children, st.sampled_from((0.5, 1.0, 3.0))),
        st.builds(AtLeast, st.integers(1, 4), several, _boosts),
    )


trees = st.recursive(leaves, _compounds, max_leaves=8)
