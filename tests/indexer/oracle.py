"""What an engine must answer, found by looking at every article: slow, plain, and right."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from corpus import Article, Precision
from indexer.engines.base import EngineRequest, Interval, Period, Sort
from indexer.engines.query import (
    And,
    AtLeast,
    Boosted,
    Compound,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Synonyms,
    Term,
)

_NEEDED = {
    Interval.YEAR: Precision.YEAR,
    Interval.MONTH: Precision.MONTH,
    Interval.DAY: Precision.DAY,
}


def paragraphs_of(article: Article) -> list[list[str]]:
    """The syllables of every paragraph; those of the drawn articles are apart by spaces."""
    texts = [article.title, article.lead, *article.captions, *article.body]
    return [text.split() for text in texts]


def values_of(article: Article, facet: str) -> Sequence[str]:
    """The values of an article in one facet."""
    match facet:
        case "author":
            return article.authors
        case "tag":
            return article.tags
        case "source":
            return [article.source] if article.source else []
        case "section":
            return [article.section] if article.section else []
    raise KeyError(facet)


def matches(article: Article, query: Query) -> bool:
    """Tell whether a query matches an article."""
    match query:
        case MatchAll():
            return True
        case MatchNone():
            return False
        case Term() | Synonyms():
            return any(_is(query, word) for words in paragraphs_of(article) for word in words)
        case Phrase(members):
            return any(
                all(_is(m, w) for m, w in zip(members, words[place:], strict=False))
                for words in paragraphs_of(article)
                for place in range(len(words) - len(members) + 1)
            )
        case And(parts):
            return all(matches(article, part) for part in parts)
        case Or(parts):
            return any(matches(article, part) for part in parts)
        case AtLeast(least, parts):
            return sum(matches(article, part) for part in parts) >= least
        case Not(part):
            return not matches(article, part)
        case Boosted(required, _):
            return matches(article, required)
        case Compound():
            raise NotImplementedError("the segmenter decides what is a compound")


def _is(wanted: Term | Synonyms, word: str) -> bool:
    return word in (wanted.forms if isinstance(wanted, Synonyms) else (wanted.text,))


def in_period(article: Article, period: Period) -> bool:
    """Tell whether the publication date overlaps a period."""
    if period == Period():
        return True
    published = article.published
    if published is None:
        return False
    first = period.first or date.min
    last = period.last or date.max
    return published.first_day <= last and first <= published.last_day


def passes(article: Article, filters: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether an article has an accepted value in every filtered facet."""
    return all(set(wanted) & set(values_of(article, name)) for name, wanted in filters.items())


def kept(articles: Iterable[Article], request: EngineRequest) -> list[Article]:
    """The articles that a request finds, in the order of the corpus."""
    return [
        article
        for article in articles
        if matches(article, request.query)
        and passes(article, request.filters)
        and in_period(article, request.period)
    ]


def counted(articles: Iterable[Article], request: EngineRequest, facet: str) -> list[Article]:
    """The articles among which the values of a facet are counted: its own filter is ignored."""
    others = {name: wanted for name, wanted in request.filters.items() if name != facet}
    return [
        article
        for article in articles
        if matches(article, request.query)
        and passes(article, others)
        and in_period(article, request.period)
    ]


def by_date(articles: Iterable[Article], sort: Sort) -> list[Article]:
    """The articles in an order by date: undated ones last, equal ones as in the corpus."""
    dated = [article for article in articles if article.published]
    undated = [article for article in articles if not article.published]
    sign = -1 if sort is Sort.NEWEST else 1
    dated.sort(key=lambda a: sign * a.published.start.timestamp() if a.published else 0)
    return dated + undated


def bars(articles: Iterable[Article], interval: Interval) -> tuple[dict[date, int], int, int]:
    """Counts by bar, of what is dated less exactly, and of what is undated."""
    counts: Counter[date] = Counter()
    coarser = undated = 0
    for article in articles:
        if article.published is None:
            undated += 1
        elif article.published.precision < _NEEDED[interval]:
            coarser += 1
        else:
            day = article.published.first_day
            if interval is not Interval.DAY:
                day = day.replace(day=1)
            if interval is Interval.YEAR:
                day = day.replace(month=1)
            counts[day] += 1
    return dict(counts), coarser, undated
