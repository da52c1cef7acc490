"""The syntax tree of a query: what was typed, before any index gives it a meaning.

Every node knows where it stands in the typed text (`start`, and `end` after its last character).
Places do not count when nodes are compared: trees are equal when they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus import PublicationDate


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int = field(default=0, kw_only=True, compare=False)
    end: int = field(default=0, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class Word(_Placed):
    """One run of letters, digits and the signs inside it, as typed: `Covid-19`, `TP.HCM`, `3,5`.

    It may hold several tokens of `indexer.analysis.tokenize`. It holds none only where it is the
    whole query and the query has no letter and no digit.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Pattern(_Placed):
    """A word with places left open: `*` stands for any letters or none, `?` for one letter.

    Wildcards are ASCII here, however they were typed; the rest is as typed.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Quoted(_Placed):
    """Words between quotation marks.

    Attributes:
        text: What was typed between the marks, each run of spaces, quotation marks and
            backslashes as one space, without those at its ends.
        slop: How many words more the phrase may span, 0 to `MAX_DISTANCE`; `None` if not typed.
    """

    text: str
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Near(_Placed):
    """Two words or phrases at most `distance` (1 to `MAX_DISTANCE`) apart, in any order.

    Quotes in it have no slop.
    """

    left: Word | Quoted
    right: Word | Quoted
    distance: int


@dataclass(frozen=True, slots=True)
class Sequence(_Placed):
    """Parts typed one after the other; how many must match is the search's policy.

    Parts that are `Required` or `Excluded`, phrases, fields, dates and groups bind by themselves.
    """

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(_Placed):
    """All parts must match; no part is an `And` itself."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(_Placed):
    """At least one part must match; no part is an `Or` itself."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(_Placed):
    """What the part matches does not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Required(_Placed):
    """A part with `+` before it: it must match, whatever the policy."""

    part: Node


@dataclass(frozen=True, slots=True)
class Excluded(_Placed):
    """A part with `-` before it: it must not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class InField(_Placed):
    """A part that is looked for in one field.

    Attributes:
        field: One of `indexer.schema.TEXT_FIELDS` or `indexer.schema.FACETS`.
        part: A `Word`, `Pattern`, `Quoted`, or whatever stood in parentheses; no `InField` and no
            `Published` is in it.
    """

    field: str
    part: Node


@dataclass(frozen=True, slots=True)
class Published(_Placed):
    """Articles published between two dates, both included; `None` is an open end.

    At least one end is given. A date that is a month or a year stands for all of it.
    """

    first: PublicationDate | None
    last: PublicationDate | None


Node = (
    Word
    | Pattern
    | Quoted
    | Near
    | Sequence
    | And
    | Or
    | Not
    | Required
    | Excluded
    | InField
    | Published
)

Leaf = Word | Pattern | Quoted | Published


def leaves(node: Node) -> Iterator[Leaf]:
    """Give the words, patterns, quotes and dates of a tree in the order in which they stand."""
    match node:
        case Sequence(parts) | And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | Required(part) | Excluded(part) | InField(_, part):
            yield from leaves(part)
        case Near(left, right):
            yield left
            yield right
        case _:
            yield node
