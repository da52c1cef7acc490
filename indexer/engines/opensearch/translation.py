"""Query trees in OpenSearch's own language, with the scores of the product.

The score is BM25F over weighted frequencies:

    tf    = sum over fields f of  weight(f) × frequency of the word in f
    score = idf × (k1 + 1) × tf / (tf + k1 × (1 - b + b × length / average length))

OpenSearch's `combined_fields` has the same form, but keeps lengths in one byte, and takes the
rarity of a group of forms from its most frequent form. So the parts are computed here as they are
meant: the similarity of a field is the bare frequency, sums of it are tf, and a script makes the
score of it. How rare words are in the whole index, all shards of it, comes from `statistics`;
`dfs_query_then_fetch` would know of terms only, not of groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from indexer.engines import query
from indexer.engines.base import Period
from indexer.engines.opensearch.documents import is_term, term_key
from indexer.engines.opensearch.mapping import ALL, FREQUENCY_UNIT
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS, WORD_WEIGHT, WORDS_SUFFIX

Dsl = dict[str, Any]

K1: Final = 1.2
B: Final = 0.75

NOTHING: Final[Dsl] = {"match_none": {}}
EVERYTHING: Final[Dsl] = {"bool": {"filter": [{"match_all": {}}]}}
"""All articles, with the score 0."""

SCORE: Final = (
    "params.weight * _score / (_score + params.k * (params.flat + params.slope * "
    "doc['length'].value))"
)

MOST_FORMS: Final = 256
"""Of a word with more forms (a pattern) it counts that an article has it, and not how often: every
form would be a clause, of which OpenSearch allows 1,024 in a query by default."""

Near = tuple[query.Near, tuple[str, ...]]
"""Nearness, and the fields in which it is looked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """Forms that count as one word.

    Attributes:
        forms: Terms, each once; none that cannot be in an index.
        suffix: `""` for syllables, `WORDS_SUFFIX` for compounds.
    """

    forms: tuple[str, ...]
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known before a query can be translated.

    Attributes:
        idf: How much each group of forms tells.
        average_length: Of all articles.
        near: What stands for each nearness that OpenSearch cannot say.
    """

    idf: Mapping[Group, float]
    average_length: float
    near: Mapping[Near, Dsl]


NOTHING_KNOWN: Final = Known({}, 1.0, {})


def groups_of(asked: query.Query) -> Iterator[Group]:
    """Give the groups of forms whose rarity a query's scores need."""
    match asked:
        case query.Term() | query.Synonyms() | query.Compound() | query.Compounds():
            yield group_of(asked)
        case query.Phrase(members) | query.Near(members):
            for member in members:
                yield from groups_of(member)
        case query.And(parts) | query.Or(parts) | query.Either(parts) | query.AtLeast(_, parts):
            for part in parts:
                yield from groups_of(part)
        case query.Boosted(required, optional):
            yield from groups_of(required)
            yield from groups_of(optional)
        case query.Weighted(part) | query.Within(_, part):
            yield from groups_of(part)


def nears_of(
    asked: query.Query, fields: tuple[str, ...] = TEXT_FIELDS
) -> Iterator[tuple[query.Near, tuple[str, ...]]]:
    """Give every nearness in a query, and the fields in which it is looked for."""
    match asked:
        case query.Near():
            yield asked, fields
        case query.And(parts) | query.Or(parts) | query.Either(parts) | query.AtLeast(_, parts):
            for part in parts:
                yield from nears_of(part, fields)
        case query.Boosted(required, optional):
            yield from nears_of(required, fields)
            yield from nears_of(optional, fields)
        case query.Weighted(part) | query.Not(part):
            yield from nears_of(part, fields)
        case query.Within(own, part):
            yield from nears_of(part, both(fields, own))


def group_of(word: query.Term | query.Synonyms | query.Compound | query.Compounds) -> Group:
    """Give the forms of a word."""
    match word:
        case query.Term(text):
            return _group((text,), "")
        case query.Synonyms(forms):
            return _group(forms, "")
        case query.Compound(text):
            return _group((text,), WORDS_SUFFIX)
        case query.Compounds(forms):
            return _group(forms, WORDS_SUFFIX)


def both(fields: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Give the fields that are in both, in the order of the schema."""
    return tuple(field for field in TEXT_FIELDS if field in fields and field in others)


class Translator:
    """Translates queries.

    Args:
        known: What has to be known for it.
        scored: Whether scores are wanted; else all are 0.
    """

    def __init__(self, known: Known, *, scored: bool = True) -> None:
        self._known = known
        self._scored = scored
        self._k = K1
        self._flat = 1 - B
        self._slope = B / (known.average_length or 1.0)

    def translate(
        self,
        asked: query.Query,
        fields: tuple[str, ...] = TEXT_FIELDS,
        weight: float = 1.0,
    ) -> Dsl:
        """Translate a query.

        Args:
            asked: The query.
            fields: The text fields in which its words are looked for.
            weight: What its scores are multiplied by.
        """
        match asked:
            case query.MatchAll():
                return EVERYTHING
            case query.MatchNone():
                return NOTHING
            case query.Term() | query.Synonyms() | query.Compound() | query.Compounds():
                return self._word(group_of(asked), fields, weight)
            case query.Phrase(members):
                return self._together(phrase(asked, fields), members, fields, weight)
            case query.Near(members):
                nearness = self._known.near[asked, fields]
                return self._together(nearness, members, fields, weight)
            case query.HasValue(facet, values):
                return _unscored(has_value(facet, values))
            case query.Published(first, last):
                return _unscored(in_period(Period(first, last)))
            case query.And(parts):
                if not parts:
                    return EVERYTHING
                return {"bool": {"must": self._all(parts, fields, weight)}}
            case query.Or(parts):
                return any_of(self._all(parts, fields, weight))
            case query.Either(parts):
                if not parts:
                    return NOTHING
                return {"dis_max": {"queries": self._all(parts, fields, weight)}}
            case query.AtLeast(least, parts):
                if least > len(parts):
                    return NOTHING
                return any_of(self._all(parts, fields, weight), least)
            case query.Not(part):
                inner = Translator(self._known, scored=False).translate(part, fields)
                return _unscored({"bool": {"must_not": [inner]}})
            case query.Boosted(required, optional):
                needed = self.translate(required, fields, weight)
                if not self._scored:
                    return needed
                wanted = self.translate(optional, fields, weight)
                return {"bool": {"must": [needed], "should": [wanted]}}
            case query.Weighted(part, factor):
                return self.translate(part, fields, weight * factor)
            case query.Within(own, part):
                return self.translate(part, both(fields, own), weight)

    def _all(
        self, parts: Iterable[query.Query], fields: tuple[str, ...], weight: float
    ) -> list[Dsl]:
        return [self.translate(part, fields, weight) for part in parts]

    def _together(
        self,
        matching: Dsl,
        members: Iterable[query.Term | query.Synonyms | query.Phrase],
        fields: tuple[str, ...],
        weight: float,
    ) -> Dsl:
        """What stands together scores what its words score."""
        if not self._scored or matching == NOTHING:
            return _unscored(matching)
        words = [
            word
            for member in members
            for word in (member.members if isinstance(member, query.Phrase) else (member,))
        ]
        return {"bool": {"filter": [matching], "should": self._all(words, fields, weight)}}

    def _word(self, group: Group, fields: tuple[str, ...], weight: float) -> Dsl:
        matching = holds(group, fields)
        if matching == NOTHING:
            return NOTHING
        if not self._scored or weight == 0:
            return _unscored(matching)
        if fields == TEXT_FIELDS:
            names = {ALL + group.suffix: 1 / FREQUENCY_UNIT}
        else:
            names = {field + group.suffix: TEXT_WEIGHTS[field] for field in fields}
        if len(group.forms) > MOST_FORMS:
            frequency = {"constant_score": {"filter": matching}}
            return self._scripted(frequency, group, weight)
        frequency = any_of(
            [
                {"term": {name: {"value": term_key(form), "boost": boost}}}
                for form in group.forms
                for name, boost in names.items()
            ]
        )
        return self._scripted(frequency, group, weight)

    def _scripted(self, frequency: Dsl, group: Group, weight: float) -> Dsl:
        part = WORD_WEIGHT if group.suffix else 1.0
        parameters = {
            "weight": weight * part * self._known.idf[group] * (K1 + 1),
            "k": self._k,
            "flat": self._flat,
            "slope": self._slope,
        }
        script = {"source": SCORE, "params": parameters}
        return {"script_score": {"query": frequency, "script": script}}


def holds(group: Group, fields: tuple[str, ...] = TEXT_FIELDS) -> Dsl:
    """Give what articles match that hold any of some forms in any of some fields."""
    if not group.forms or not fields:
        return NOTHING
    keys = [term_key(form) for form in group.forms]
    if fields == TEXT_FIELDS:
        return {"terms": {ALL + group.suffix: keys}}
    return any_of([{"terms": {field + group.suffix: keys}} for field in fields])


def phrase(asked: query.Phrase, fields: tuple[str, ...]) -> Dsl:
    """Give what articles match in which words stand one after the other."""
    groups = [group_of(member) for member in asked.members]
    if not fields or not all(group.forms for group in groups):
        return NOTHING
    needed = [holds(group, fields) for group in dict.fromkeys(groups)]
    if len(groups) == 1:
        return needed[0]
    if not asked.slop and all(len(group.forms) == 1 for group in groups):
        text = " ".join(term_key(group.forms[0]) for group in groups)
        placed = [{"match_phrase": {field: {"query": text}}} for field in fields]
    else:
        placed = [
            in_order([span_of(group, field) for group in groups], asked.slop) for field in fields
        ]
    return {"bool": {"filter": [*needed, any_of(placed)]}}


def in_order(members: Sequence[Dsl], others: int) -> Dsl:
    """Give the spans in which some spans stand one after the other.

    Intervals would say the same; but they multiply out the forms of several words.

    Args:
        members: The spans.
        others: How many words may lie between them altogether.
    """
    return {"span_near": {"clauses": list(members), "slop": others, "in_order": True}}


def span_of(group: Group, field: str) -> Dsl:
    """Give the spans of a word in a field."""
    return any_span([{"span_term": {field: term_key(form)}} for form in group.forms])


def any_span(spans: list[Dsl]) -> Dsl:
    """Give all of some spans."""
    return spans[0] if len(spans) == 1 else {"span_or": {"clauses": spans}}


def possible_values(values: Iterable[str]) -> list[str]:
    """Give those of some texts that an article may have as a value: half a character is none."""
    return [value for value in values if value.isprintable() and value]


def has_value(facet: str, values: Iterable[str]) -> Dsl:
    """Give what articles match that have any of some values."""
    spelled = possible_values(values)
    return {"terms": {facet: spelled}} if spelled else NOTHING


def in_period(period: Period) -> Dsl:
    """Give what articles match whose date overlaps a period."""
    bounds: list[Dsl] = []
    if period.first is not None:
        bounds.append({"range": {"last_day": {"gte": period.first.toordinal()}}})
    if period.last is not None:
        bounds.append({"range": {"first_day": {"lte": period.last.toordinal()}}})
    return {"bool": {"filter": bounds}} if bounds else {"match_all": {}}


def any_of(parts: list[Dsl], least: int = 1) -> Dsl:
    """Give what articles match that match so many of some parts; their scores are added up."""
    if not parts:
        return NOTHING
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": parts, "minimum_should_match": least}}


def _unscored(matching: Dsl) -> Dsl:
    return matching if matching == NOTHING else {"bool": {"filter": [matching]}}


def _group(forms: Iterable[str], suffix: str) -> Group:
    return Group(tuple(form for form in dict.fromkeys(forms) if is_term(form)), suffix)
