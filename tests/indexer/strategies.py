"""What Hypothesis draws: small articles of few syllables, dates of all precisions, queries."""

from datetime import date, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from corpus import VIETNAM, Article, PublicationDate
from indexer.engines.base import Period
from indexer.engines.query import (
    FARTHEST,
    And,
    AtLeast,
    Boosted,
    Either,
    HasValue,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Or,
    Phrase,
    Published,
    Query,
    Synonyms,
    Term,
    Weighted,
    Within,
)
from indexer.schema import FACETS, TEXT_FIELDS

SYLLABLES = ("an", "án", "ăn", "ban", "bàn", "đa")
BARE = {"an": "an", "án": "an", "ăn": "an", "ban": "ban", "bàn": "ban", "đa": "da"}
"""The syllables without their marks."""

VALUES = ("A", "B", "C", "Đ")

few_examples = settings(
    max_examples=15,
    deadline=None,
    # One contract is run by several classes, one for each engine.
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
)
"""For tests whose every example builds an index."""

syllables = st.sampled_from(SYLLABLES)
paragraphs = st.lists(syllables, min_size=1, max_size=6).map(" ".join)
days = st.dates(date(2020, 11, 1), date(2021, 2, 28))
dates = st.one_of(
    st.none(),
    st.integers(2020, 2021).map(PublicationDate.of_year),
    days.map(lambda day: PublicationDate.of_month(day.year, day.month)),
    days.map(lambda day: PublicationDate.of_day(day.year, day.month, day.day)),
    st.builds(
        lambda day, hour: PublicationDate.at(
            datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)
        ),
        days,
        st.integers(0, 23),
    ),
)
periods = st.builds(
    lambda a, b: Period(min(a, b), max(a, b)) if a and b else Period(a, b),
    st.none() | days,
    st.none() | days,
)
values = st.sampled_from(VALUES)
filters = st.dictionaries(
    st.sampled_from(FACETS),
    st.lists(values | st.just("found nowhere"), min_size=1, max_size=2, unique=True).map(tuple),
    max_size=2,
)


@st.composite
def corpora(
    draw: st.DrawFn, min_size: int = 1, max_size: int = 8, repeated_ids: bool = False
) -> list[Article]:
    """Lists of articles, whose ids are apart unless repeated ones are asked for."""
    size = draw(st.integers(min_size, max_size))
    numbers = st.integers(0, 3) if repeated_ids else None
    return [
        Article(
            id=f"id-{draw(numbers) if numbers is not None else place}",
            title=draw(paragraphs),
            lead=draw(st.just("") | paragraphs),
            body=tuple(draw(st.lists(paragraphs, max_size=3))),
            captions=tuple(draw(st.lists(paragraphs, max_size=1))),
            source=draw(st.just("") | values),
            section=draw(st.just("") | values),
            authors=tuple(draw(st.lists(values, max_size=3, unique=True))),
            tags=tuple(draw(st.lists(values, max_size=3, unique=True))),
            topic=draw(st.just("") | values),
            photographers=tuple(draw(st.lists(values, max_size=2, unique=True))),
            credited=tuple(draw(st.lists(values, max_size=2, unique=True))),
            published=draw(dates),
        )
        for place in range(size)
    ]


@st.composite
def told(draw: st.DrawFn, min_size: int = 4) -> tuple[list[Article], list[int]]:
    """Lists of articles, and for each of them the place of the earliest one of its story."""
    articles = draw(corpora(min_size=min_size))
    size = len(articles)
    labels = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    stories = [[place for place in range(size) if labels[place] == own] for own in labels]
    earliest = {own: draw(st.sampled_from(stories[labels.index(own)])) for own in set(labels)}
    return articles, [earliest[own] for own in labels]


terms = st.builds(Term, syllables | st.just("missing"))
synonyms = st.builds(Synonyms, st.lists(syllables, min_size=2, max_size=3, unique=True).map(tuple))
_words = st.lists(terms | synonyms, min_size=1, max_size=3).map(tuple)
phrases = st.builds(Phrase, _words)
loose_phrases = st.builds(Phrase, _words, st.integers(0, 4) | st.just(FARTHEST))
neighbours = st.builds(
    Near,
    st.lists(terms | synonyms | phrases, min_size=1, max_size=3).map(tuple),
    st.integers(1, 4) | st.just(FARTHEST),
)
valued = st.builds(
    HasValue,
    st.sampled_from(FACETS),
    st.lists(values | st.just("found nowhere"), max_size=2).map(tuple),
)
published = periods.map(lambda period: Published(period.first, period.last))
leaves: st.SearchStrategy[Query] = terms | synonyms | phrases | loose_phrases | neighbours


def _parts(children: st.SearchStrategy[Query]) -> st.SearchStrategy[tuple[Query, ...]]:
    return st.lists(children, min_size=1, max_size=3).map(tuple)


def conjunctions(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(And, _parts(children))


def disjunctions(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(Or, _parts(children))


def least_matches(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(AtLeast, st.integers(1, 4), _parts(children))


def negations(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(Not, children)


def boosted(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(Boosted, children, children)


def readings(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(Either, _parts(children))


def weighted(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    return st.builds(Weighted, children, st.sampled_from((0.0, 0.3, 0.5, 2.0)))


def within(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    fields = st.lists(st.sampled_from(TEXT_FIELDS), max_size=3).map(tuple)
    return st.builds(Within, fields, children)


trees: st.SearchStrategy[Query] = st.recursive(
    leaves | valued | published | st.just(MatchAll()) | st.just(MatchNone()),
    lambda children: st.one_of(
        conjunctions(children),
        disjunctions(children),
        least_matches(children),
        negations(children),
        boosted(children),
        readings(children),
        weighted(children),
        within(children),
    ),
    max_leaves=6,
)
