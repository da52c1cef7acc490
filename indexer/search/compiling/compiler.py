"""The syntax tree of a query to engine queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.analysis import Abbreviations, Token, tokenize
from indexer.deadline import NO_DEADLINE, Deadline
from indexer.engines import query as q
from indexer.errors import QueryError
from indexer.schema import FACETS
from indexer.search.compiling import notices
from indexer.search.compiling.abbreviated import Placed, in_other_words
from indexer.search.compiling.compiled import Compiled
from indexer.search.compiling.facet_values import matching, meant
from indexer.search.compiling.patterns import expanded
from indexer.search.compiling.quoted import taken_apart
from indexer.search.compiling.runs import Run, groups, pieces
from indexer.search.compiling.vocabulary import Vocabulary
from indexer.search.compiling.wanted import Wanted
from indexer.search.marks import Marks, MarksReader
from indexer.search.ranking import Forms, Plan, Word
from indexer.search.syntax import MAX_NOTICES, Notice, Parsed, nodes

_LONGEST_BARE_COMPOUND: Final = 3
"""In syllables; few compounds are longer."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a query is compiled.

    Attributes:
        marks: How typed syllables are read.
        abbreviations: What words are also looked for as.
    """

    marks: Marks = Marks.AUTO
    abbreviations: Abbreviations | None = None


def compile_query(
    parsed: Parsed, options: Options, vocabulary: Vocabulary, deadline: Deadline = NO_DEADLINE
) -> Compiled:
    """Compile a query.

    Args:
        parsed: The query; an empty one matches everything.
        options: How.
        vocabulary: What the index has.
        deadline: When it must be done.

    Raises:
        SearchTimeoutError: The deadline was over before that was done.
        QueryError: A pattern stands for too many words, or there is nothing to search for.
    """
    return _Compiler(parsed, options, vocabulary, deadline).compiled()


class _Compiler:
    def __init__(
        self, parsed: Parsed, options: Options, vocabulary: Vocabulary, deadline: Deadline
    ) -> None:
        root = parsed.root
        self._root = root
        self._text = parsed.text
        self._vocabulary = vocabulary
        self._deadline = deadline
        self._expansions: dict[str, Forms] = {}
        self._notices: list[Notice] = []
        self._wanted = Wanted()
        terms = [token.text for text in _texts(root) for token in tokenize(text)]
        self._marks = MarksReader(options.marks, terms, vocabulary.forms)
        self._read: dict[str, Forms] = {}
        self._abbreviations = options.abbreviations

    def compiled(self) -> Compiled:
        root = self._root
        parts = root.parts if isinstance(root, nodes.Sequence) else (root,) if root else ()
        free: list[Word] = []
        binding: list[q.Query] = []
        apart = self._nowhere(parts)
        for piece in pieces(parts, apart):
            match piece:
                case list():
                    free += self._free_run(piece)
                case nodes.Pattern():
                    free.append(self._free_pattern(piece))
                case _:
                    binding.append(self._required(piece))
        if root is not None and not free and not binding:
            raise QueryError(
                "the query has no letter and no digit to search for",
                length=len(self._text),
                message_vi="Trong câu tìm không có chữ cái hay chữ số nào.",
                part=self._text,
            )
        plan = Plan(
            words=tuple(free),
            binding=tuple(dict.fromkeys(binding)),
            optional=self._compounds(),
            rows=self._wanted.rows(),
            bare=self._marks.bare,
        )
        return Compiled(plan, self._wanted.words(), tuple(self._notices[:MAX_NOTICES]))

    def _compounds(self) -> tuple[q.Query, ...]:
        """Give the words of several syllables that only add to a score."""
        vocabulary = self._vocabulary
        if not self._marks.bare:
            # Punctuation is nothing that was asked for, and so it must not decide what words are.
            texts = self._wanted.texts()
            found = [compound for text in texts for compound in vocabulary.compounds(text)]
            return tuple(map(q.Compound, dict.fromkeys(found)))
        rows = dict.fromkeys(
            "_".join(terms[first : first + size])
            for terms in self._wanted.terms()
            for size in range(2, _LONGEST_BARE_COMPOUND + 1)
            for first in range(len(terms) - size + 1)
        )
        # A text without marks is not cut into words: all that its neighbours may be counts alike.
        of_rows = (tuple(vocabulary.bare_compounds(row)) for row in rows)
        return tuple(q.Compounds(forms) for forms in of_rows if forms)

    def _required(self, node: nodes.Node) -> q.Query:
        """Compile a part that must match."""
        match node:
            case nodes.Word():
                return self._required_parts((node,))
            case nodes.Pattern():
                return _word(self._expanded(node))
            case nodes.Quoted(_, slop):
                return self._phrase(node, slop or 0)
            case nodes.Near(left, right, distance):
                sides = tuple(self._side(side) for side in (left, right))
                return q.Near(sides, distance)
            case nodes.Sequence(parts):
                return self._required_parts(parts)
            case nodes.And(parts):
                return _all(self._apart(part) for part in parts)
            case nodes.Or(parts):
                return _any(self._choices(parts))
            case nodes.Required(part):
                return self._required(part)
            case nodes.Not(part) | nodes.Excluded(part):
                return q.Not(self._silent(part))
            case nodes.InField(field, part) if field in FACETS:
                return self._value(field, part)
            case nodes.InField(field, part):
                self._wanted.field = field
                within = q.Within((field,), self._apart(part))
                self._wanted.field = None
                return within
            case nodes.Published(first, last):
                return q.Published(
                    first.first_day if first else None, last.last_day if last else None
                )

    def _required_parts(self, parts: Sequence[nodes.Node]) -> q.Query:
        """Compile parts that stand next to each other and must all match."""
        words: list[Word] = []
        others: list[q.Query] = []
        for piece in pieces(parts):
            if isinstance(piece, list):
                words += self._free_run(piece)
            else:
                others.append(self._required(piece))
        return _all([*(word.node for word in words), *others])

    def _apart(self, node: nodes.Node) -> q.Query:
        """Compile a part whose words are not next to those before and after it."""
        self._wanted.begin_row()
        compiled = self._required(node)
        self._wanted.begin_row()
        return compiled

    def _choices(self, parts: Sequence[nodes.Node]) -> list[q.Query]:
        """Compile parts of which one is enough."""
        choices = []
        self._wanted.begin_choice()
        for part in parts:
            self._wanted.begin_part()
            choices.append(self._apart(part))
        self._wanted.end_choice()
        return choices

    def _silent(self, node: nodes.Node) -> q.Query:
        """Compile a part that is not wanted, and means only what it says."""
        wanted, self._wanted = self._wanted, Wanted()
        known, self._abbreviations = self._abbreviations, None
        compiled = self._required(node)
        self._wanted, self._abbreviations = wanted, known
        self._wanted.begin_row()
        return compiled

    # Words

    def _place(self, node: nodes.Word | nodes.Quoted, start: int, end: int) -> tuple[int, int]:
        """Give where a part of a node's text stands in the query."""
        # In a quotation, spaces and marks may not be as typed; then it is the whole of it.
        found = self._text.find(node.text, node.start, node.end)
        return (found + start, found + end) if found >= 0 else (node.start, node.end)

    def _forms(self, token: Token, node: nodes.Word | nodes.Quoted) -> Forms:
        forms = self._read.get(token.text)
        if forms is None:
            self._deadline.check()
            reading = self._marks.read(token.text)
            forms = self._read[token.text] = reading.forms
            if reading.completed:
                place = self._place(node, token.start, token.end)
                typed = node.text[token.start : token.end]
                self._notices.append(notices.completed(typed, forms, *place))
        return forms

    def _free_run(self, run: Run) -> list[Word]:
        """Compile free words that are typed next to each other, and what means the same."""
        words = []
        for node in run:
            if isinstance(node, nodes.Quoted):
                self._notices.append(notices.phrase_nowhere(node.text, node.start, node.end))
            words += self._free_words(node)
        return self._said(words)

    def _free_words(self, node: nodes.Word | nodes.Quoted) -> list[Placed]:
        """Compile a typed text, of which each word or joined name is free by itself."""
        words = []
        for group in groups(node.text):
            row = tuple(self._forms(token, node) for token in group)
            self._wanted.add(node.text, group, row)
            first, last = group[0].start, group[-1].end
            word = Word(node.text[first:last], _in_a_row(row), (row,))
            words.append(Placed(word, *self._place(node, first, last)))
        return words

    def _said(self, words: Sequence[Placed]) -> list[Word]:
        """Let words that stand next to each other also match what means the same."""
        if self._abbreviations is None:
            return [placed.word for placed in words]
        said = in_other_words(words, self._abbreviations, bare=self._marks.bare)
        self._wanted.add_alternatives(said.alternatives)
        self._notices += said.notices
        return said.words

    def _phrase(
        self, node: nodes.Word | nodes.Quoted, slop: int = 0
    ) -> q.Term | q.Synonyms | q.Phrase:
        tokens = list(tokenize(node.text))
        row = tuple(self._forms(token, node) for token in tokens)
        for token, forms in zip(tokens, row, strict=True):
            self._wanted.add(node.text, [token], (forms,))
        return _in_a_row(row, slop)

    def _nowhere(self, parts: Sequence[nodes.Node]) -> Sequence[nodes.Quoted]:
        """Give the phrases that are taken apart, as no article has them with the words beside."""
        phrases = {
            part: _in_a_row(tuple(map(self._silently, tokenize(part.text))), part.slop or 0)
            for part in parts
            if isinstance(part, nodes.Quoted)
        }
        if not phrases:
            return ()

        def words_beside(apart: Sequence[nodes.Quoted]) -> list[q.Query]:
            runs = (piece for piece in pieces(parts, apart) if isinstance(piece, list))
            return [word.node for run in runs for word in self._silent_words(run)]

        return taken_apart(phrases, words_beside, self._found)

    def _silent_words(self, run: Run) -> list[Word]:
        """Compile words that are typed next to each other, only to ask for them."""
        words = []
        for group in (group for node in run for group in groups(node.text)):
            row = tuple(map(self._silently, group))
            text = " ".join(token.text for token in group)
            words.append(Placed(Word(text, _in_a_row(row), (row,)), 0, 0))
        if self._abbreviations is None:
            return [placed.word for placed in words]
        return in_other_words(words, self._abbreviations, bare=self._marks.bare).words

    def _silently(self, token: Token) -> Forms:
        """Give the forms of a token only to ask for it."""
        return self._marks.read(token.text).forms

    def _side(self, node: nodes.Word | nodes.Quoted) -> q.Term | q.Synonyms | q.Phrase:
        self._wanted.begin_row()
        side = self._phrase(node)
        self._wanted.begin_row()
        return side

    # Patterns

    def _free_pattern(self, node: nodes.Pattern) -> Word:
        forms = self._expanded(node)
        return Word(node.text, _word(forms), ((forms,),))

    def _expanded(self, node: nodes.Pattern) -> Forms:
        """Give all terms that a pattern stands for."""
        forms = self._expansions.get(node.text)
        if forms is None:
            self._deadline.check()
            others = sum(map(len, self._expansions.values()))
            forms = expanded(node, self._vocabulary, others, bare=self._marks.bare)
            self._expansions[node.text] = forms
        self._wanted.add_pattern(node.text, forms)
        return forms

    def _found(self, query: q.Query) -> bool:
        """Tell whether any article matches."""
        return self._vocabulary.found(query, self._deadline.left())

    # Values of facets

    def _value(self, facet: str, node: nodes.Node) -> q.Query:
        """Compile what is wanted of a facet."""
        self._deadline.check()
        match node:
            case nodes.And(parts):
                return _all(self._value(facet, part) for part in parts)
            case nodes.Or(parts):
                return _any(self._value(facet, part) for part in parts)
            case nodes.Not(part) | nodes.Excluded(part):
                return q.Not(self._value(facet, part))
            case nodes.Required(part):
                return self._value(facet, part)
            case nodes.Sequence(parts) if not all(isinstance(part, nodes.Word) for part in parts):
                return _all(self._value(facet, part) for part in parts)
        typed = " ".join(text for text in _texts(node))
        known = self._vocabulary.values(facet)
        wildcards = isinstance(node, nodes.Pattern)
        values = matching(typed, known) if wildcards else meant(typed, known)
        if not values:
            self._notices.append(notices.no_value(facet, typed, node.start, node.end))
            return q.MatchNone()
        return q.HasValue(facet, values)


def _texts(node: nodes.Node | None) -> list[str]:
    """Give the typed texts of a tree, but for those that name values of facets."""
    match node:
        case None | nodes.Published():
            return []
        case nodes.Word(text) | nodes.Pattern(text) | nodes.Quoted(text):
            return [text]
        case nodes.Near(left, right):
            return [left.text, right.text]
        case nodes.Sequence(parts) | nodes.And(parts) | nodes.Or(parts):
            return [text for part in parts for text in _texts(part)]
        case nodes.InField(field, _) if field in FACETS:
            return []
        case nodes.Not(part) | nodes.Required(part) | nodes.Excluded(part):
            return _texts(part)
        case nodes.InField(_, part):
            return _texts(part)


def _word(forms: Forms) -> q.Term | q.Synonyms:
    return q.Term(forms[0]) if len(forms) == 1 else q.Synonyms(forms)


def _in_a_row(terms: Sequence[Forms], slop: int = 0) -> q.Term | q.Synonyms | q.Phrase:
    members = tuple(map(_word, terms))
    return q.Phrase(members, slop) if len(members) > 1 else members[0]


def _all(parts: Iterable[q.Query]) -> q.Query:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else q.And(distinct)


def _any(parts: Iterable[q.Query]) -> q.Query:
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else q.Or(distinct)
