"""Our query trees to Whoosh's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whoosh import query as whoosh_query

from indexer.engines import query
from indexer.engines.embedded.phrases import PhraseQuery
from indexer.schema import TEXT_FIELDS, TEXT_WEIGHTS, WORD_WEIGHT, WORDS_SUFFIX


def compile_query(node: query.Query) -> whoosh_query.Query:
    """Give the Whoosh query that matches what a node of ours does."""
    match node:
        case query.MatchAll():
            return whoosh_query.Every()
        case query.MatchNone():
            return whoosh_query.NullQuery
        case query.Term(text):
            return _in_any_field(lambda field: _term(field, text))
        case query.Synonyms(forms):
            return _in_any_field(
                lambda field: whoosh_query.Or([_term(field, form) for form in forms])
            )
        case query.Phrase(members):
            return _in_any_field(lambda field: _phrase(field, members))
        case query.Compound(text):
            return whoosh_query.Or(
                [
                    whoosh_query.Term(
                        field + WORDS_SUFFIX, text, boost=TEXT_WEIGHTS[field] * WORD_WEIGHT
                    )
                    for field in TEXT_FIELDS
                ]
            )
        case query.And(parts):
            return whoosh_query.And([compile_query(part) for part in parts])
        case query.Or(parts):
            return whoosh_query.Or([compile_query(part) for part in parts])
        case query.Not(part):
            return whoosh_query.Not(compile_query(part))
        case query.Boosted(required, optional):
            return whoosh_query.AndMaybe(compile_query(required), compile_query(optional))


def _in_any_field(part: Callable[[str], whoosh_query.Query]) -> whoosh_query.Query:
    return whoosh_query.Or([part(field) for field in TEXT_FIELDS])


def _term(field: str, text: str) -> whoosh_query.Query:
    return whoosh_query.Term(field, text, boost=TEXT_WEIGHTS[field])


def _phrase(field: str, members: Sequence[query.Term | query.Synonyms]) -> whoosh_query.Query:
    forms = [
        member.forms if isinstance(member, query.Synonyms) else (member.text,)
        for member in members
    ]
    return PhraseQuery(field, forms, boost=TEXT_WEIGHTS[field])
