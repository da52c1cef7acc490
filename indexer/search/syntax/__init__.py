"""The query grammar: typed text to a syntax tree and back. Knows no index and no engine.

>>> parse('giá vàng -"thế giới" ngày:2021').root

Reading order: `nodes` (the tree), `characters` (one form for signs), `quotes` (which marks belong
together), `fields` and `dates` (what may stand before and behind a colon), `words` (words and
patterns), `tokens` and `lexer` (text to tokens), `structure` (tokens to a sentence), `notices`
(what is wrong with a text), `unused` (what looks like an operator), `disjoint` (dates that exclude
each other), `explain` (the tree to text) and `parser` (a text to its tree). The grammar is in the
README of `indexer.search`.
"""

from indexer.search.syntax.characters import visible
from indexer.search.syntax.explain import Language, explain
from indexer.search.syntax.fields import FIELD_NAMES
from indexer.search.syntax.lexer import MAX_DISTANCE
from indexer.search.syntax.nodes import (
    And,
    Excluded,
    InField,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Published,
    Quoted,
    Required,
    Sequence,
    Word,
    leaves,
)
from indexer.search.syntax.notices import MESSAGES, Notice, NoticeKind
from indexer.search.syntax.parser import MAX_NOTICES, MAX_QUERY_LENGTH, Parsed, parse
from indexer.search.syntax.structure import MAX_DEPTH

__all__ = [
    "FIELD_NAMES",
    "MAX_DEPTH",
    "MAX_DISTANCE",
    "MAX_NOTICES",
    "MAX_QUERY_LENGTH",
    "MESSAGES",
    "And",
    "Excluded",
    "InField",
    "Language",
    "Leaf",
    "Near",
    "Node",
    "Not",
    "Notice",
    "NoticeKind",
    "Or",
    "Parsed",
    "Pattern",
    "Published",
    "Quoted",
    "Required",
    "Sequence",
    "Word",
    "explain",
    "leaves",
    "parse",
    "visible",
]
