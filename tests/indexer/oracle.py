"""What an engine must answer, found by looking at every article: slow, plain, and right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from corpus import Article, Precision
from indexer.engines.base import EngineRequest, Interval, Period, Sort
from indexer.engines.query import (
    And,
    AtLeast,
    Boosted,
    Compound,
    Compounds,
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
from indexer.schema import TEXT_FIELDS, text_of

Fields = frozenset[str]
ALL_FIELDS: Fields = frozenset(TEXT_FIELDS)

_NEEDED = {
    Interval.YEAR: Precision.YEAR,
    Interval.MONTH: Precision.MONTH,
    Interval.DAY: Precision.DAY,
}


def paragraphs_of(article: Article, fields: Fields = ALL_FIELDS) -> list[list[str]]:
    """The syllables of every paragraph; those of the drawn articles are apart by spaces."""
    return [text.split() for field in fields for text in text_of(article, field)]


def fields_of(article: Article) -> list[list[list[str]]]:
    """The syllables of every paragraph of every text field."""
    return [[text.split() for text in text_of(article, field)] for field in TEXT_FIELDS]


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
        case "topic":
            return [article.topic] if article.topic else []
        case "credited":
            return article.credited
        case "photographer":
            return article.photographers
    raise KeyError(facet)


def matches(article: Article, query: Query, fields: Fields = ALL_FIELDS) -> bool:
    """Tell whether a query matches an article, if its words are looked for in some fields."""
    match query:
        case MatchAll():
            return True
        case MatchNone():
            return False
        case Term() | Synonyms() | Phrase() | Near():
            return any(places(words, query) for words in paragraphs_of(article, fields))
        case HasValue(facet, values):
            return bool(set(values) & set(values_of(article, facet)))
        case Published(first, last):
            return in_period(article, Period(first, last))
        case And(parts):
            return all(matches(article, part, fields) for part in parts)
        case Or(parts) | Either(parts):
            return any(matches(article, part, fields) for part in parts)
        case AtLeast(least, parts):
            return sum(matches(article, part, fields) for part in parts) >= least
        case Not(part):
            return not matches(article, part, fields)
        case Boosted(part, _) | Weighted(part, _):
            return matches(article, part, fields)
        case Within(own, part):
            return matches(article, part, fields.intersection(own))
        case Compound() | Compounds():
            raise NotImplementedError("the segmenter decides what is a compound")


def places(words: Sequence[str], part: Term | Synonyms | Phrase | Near) -> set[int]:
    """The places of the words of a paragraph that are what a part of a query looks for."""
    match part:
        case Term() | Synonyms():
            return {place for place, word in enumerate(words) if word in forms_of(part)}
        case Phrase():
            return {place for found in _stretches(words, part) for place in found}
        case Near(members, distance):
            found = [
                (min(stretch), max(stretch), number)
                for number, member in enumerate(members)
                for stretch in _stretches(words, member)
            ]
            return {
                place
                for piece in _pieces(sorted(found), distance)
                if _stand_apart(piece, len(members))
                for start, end, _ in piece
                for place in range(start, end + 1)
            }


def marked(
    words: Sequence[str], field: str, query: Query, fields: Fields = ALL_FIELDS
) -> set[int]:
    """The places of the words of a paragraph that a reader expects to see marked."""
    match query:
        case Term() | Synonyms() | Phrase() | Near():
            return places(words, query) if field in fields else set()
        case And(parts) | Or(parts) | Either(parts) | AtLeast(_, parts):
            return {place for part in parts for place in marked(words, field, part, fields)}
        case Boosted(part, _) | Weighted(part, _):
            return marked(words, field, part, fields)
        case Within(own, part):
            return marked(words, field, part, fields.intersection(own))
        case _:
            return set()


def forms_of(word: Term | Synonyms) -> tuple[str, ...]:
    """The forms of a word."""
    return word.forms if isinstance(word, Synonyms) else (word.text,)


def _stretches(words: Sequence[str], part: Term | Synonyms | Phrase) -> Iterator[tuple[int, ...]]:
    """All choices of a place for each member of a phrase that its docstring allows."""
    members, slop = (part.members, part.slop) if isinstance(part, Phrase) else ((part,), 0)
    for chosen in product(*(sorted(places(words, member)) for member in members)):
        in_order = list(chosen) == sorted(set(chosen))
        others = max(chosen) - min(chosen) + 1 - len(members)
        if in_order and others <= slop:
            yield chosen


def _stand_apart(piece: Sequence[tuple[int, int, int]], members: int) -> bool:
    """Whether all members are in a piece, and of each two one ends before the other begins."""
    of_each = [[found for found in piece if found[2] == number] for number in range(members)]
    return all(of_each) and all(
        any(a[1] < b[0] or b[1] < a[0] for a, b in product(one, other))
        for one, other in combinations(of_each, 2)
    )


def _pieces(
    found: Sequence[tuple[int, int, int]], distance: int
) -> Iterator[list[tuple[int, int, int]]]:
    """A row of (first, last, number), cut where one begins too far after all before it."""
    piece: list[tuple[int, int, int]] = []
    for one in found:
        if piece and one[0] - max(last for _, last, _ in piece) > distance:
            yield piece
            piece = []
        piece.append(one)
    if piece:
        yield piece


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


def told(articles: Sequence[Article], stories: Sequence[int]) -> dict[str, str]:
    """The story of each article by its id: the id of the earliest one."""
    return {a.id: articles[story].id for a, story in zip(articles, stories, strict=True)}


def members(
    articles: Sequence[Article], story_of: Mapping[str, str], article_id: str
) -> list[str]:
    """The ids of a story: the earliest article, then the others by date."""
    story = story_of[article_id]
    own = [a for a in articles if story_of[a.id] == story]
    others = [a.id for a in by_date(own, Sort.OLDEST) if a.id != story]
    return [story, *others]
