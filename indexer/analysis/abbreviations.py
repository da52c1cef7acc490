"""Abbreviations, both ways: `UBND` and *Ủy ban nhân dân* are looked for when either is typed.

They are kept as they are cut into tokens, so that spellings that differ only in capitals and signs
(`TP.HCM`, `Tp. HCM`) are one. The list that comes with the package is `abbreviations.tsv`, which
also says how such a file is written; a user may add one of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from indexer.analysis.spelling import bare_form
from indexer.analysis.tokenizer import tokenize
from indexer.errors import AbbreviationsError

MOST_TOKENS = 12
"""The longest form that an abbreviation can stand for, in tokens."""

_AMBIGUOUS = "?"
_COLUMNS = 2

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms that mean the same.

    Attributes:
        text: As it is written in the file.
        tokens: Its tokens, in their normal forms.
        is_ambiguous: Whether it has other meanings, so that it must not stand in for the others.
    """

    text: str
    tokens: Tokens
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One line of a file: forms that mean the same.

    Attributes:
        short: The abbreviations; at least one.
        full: What they stand for; may be empty.
    """

    short: tuple[Form, ...]
    full: tuple[Form, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """All forms."""
        return self.short + self.full


class Reading(NamedTuple):
    """Another way to say a run of tokens.

    Attributes:
        first: The first token of the run.
        last: The end of the run, one after its last token.
        alternative: The tokens that mean the same.
    """

    first: int
    last: int
    alternative: Tokens


class Abbreviations:
    """A list of abbreviations to look up.

    Args:
        entries: The abbreviations. What several of them say of one form is taken together.
    """

    def __init__(self, entries: Iterable[Abbreviation]) -> None:
        self.entries = tuple(entries)
        meant: defaultdict[Tokens, dict[Tokens, None]] = defaultdict(dict)
        for entry in self.entries:
            for form in entry.forms:
                others = (other for other in entry.forms if not other.is_ambiguous)
                meant[form.tokens] |= dict.fromkeys(other.tokens for other in others)
        self._exact = _lookup(meant, bare=False)
        self._bare = _lookup(meant, bare=True)

    @classmethod
    def load(cls, extra: Path | None = None) -> Abbreviations:
        """Read the list of the package.

        Args:
            extra: A file of the user, in the same format; it adds to the list.

        Raises:
            AbbreviationsError: The user's file cannot be read, or a line of it is no abbreviation.
        """
        own = files("indexer.analysis") / "abbreviations.tsv"
        entries = parse_abbreviations(own.read_text("utf-8"), own.name)
        if extra is None:
            return cls(entries)
        try:
            text = extra.read_text("utf-8-sig")
        except OSError as error:
            raise AbbreviationsError(f"{extra}: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise AbbreviationsError(f"{extra}:{line}: not UTF-8; save it as UTF-8") from error
        return cls((*entries, *parse_abbreviations(text, str(extra))))

    def readings(self, tokens: Sequence[str], *, bare: bool | None = None) -> list[Reading]:
        """Find abbreviations, and what can be abbreviated, in a query.

        Of runs that overlap the longest is read, of equally long ones the first.

        Args:
            tokens: The query's tokens, in their normal forms.
            bare: Whether they are typed without marks, so that `hdnd` is also HĐND; if `None`,
                it is seen from the tokens.

        Returns:
            All other ways to say the runs that were found, ascending by run. The alternatives
            have their marks, also if the tokens have none.
        """
        if bare is None:
            bare = all(token == bare_form(token) for token in tokens)
        lookup = self._bare if bare else self._exact
        runs = [
            (first, first + len(form))
            for first, token in enumerate(tokens)
            for form in lookup.get(token, {})
            if tuple(tokens[first : first + len(form)]) == form
        ]
        taken: set[int] = set()
        readings = []
        for first, last in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
            if taken.isdisjoint(range(first, last)):
                taken.update(range(first, last))
                found = lookup[tokens[first]][tuple(tokens[first:last])]
                readings += [Reading(first, last, alternative) for alternative in found]
        return sorted(readings, key=lambda reading: reading.first)


def parse_abbreviations(text: str, name: str) -> Iterator[Abbreviation]:
    """Read the abbreviations of a file.

    Args:
        text: What is in the file.
        name: Name of the file, for errors.

    Raises:
        AbbreviationsError: A line is no abbreviation; says which, why and how to mend it.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                yield _abbreviation(line)
            except ValueError as error:
                raise AbbreviationsError(f"{name}:{number}: {error}") from error


def _abbreviation(line: str) -> Abbreviation:
    columns = line.rstrip().split("\t")
    if len(columns) > _COLUMNS:
        raise ValueError(f"{len(columns)} columns; write abbreviations, one tab, long forms")
    short = tuple(_forms(columns[0]))
    full = tuple(_forms(columns[1])) if len(columns) == _COLUMNS else ()
    if any(form.is_ambiguous for form in full):
        raise ValueError("only an abbreviation can have a question mark before it")
    found = Abbreviation(short, full)
    tokens = [form.tokens for form in found.forms]
    if len(tokens) < 2:
        raise ValueError("one form alone; set others apart by semicolons, or long forms by a tab")
    if len(set(tokens)) < len(tokens):
        raise ValueError("two forms that are the same but for capitals and signs; leave one out")
    return found


def _forms(column: str) -> Iterator[Form]:
    for part in column.split(";"):
        text = part.strip()
        spelled = text.removeprefix(_AMBIGUOUS)
        tokens = tuple(token.text for token in tokenize(spelled))
        if not tokens:
            raise ValueError(f"{text!r} has no letter and no digit")
        if len(tokens) > MOST_TOKENS:
            raise ValueError(f"{text!r} has {len(tokens)} words; {MOST_TOKENS} are possible")
        yield Form(spelled, tokens, text != spelled)


def _lookup(
    meant: Mapping[Tokens, Iterable[Tokens]], *, bare: bool
) -> Mapping[str, Mapping[Tokens, Sequence[Tokens]]]:
    """Arrange forms by their first token, each with what else it can be said by."""
    found: defaultdict[str, dict[Tokens, list[Tokens]]] = defaultdict(dict)
    for form, others in meant.items():
        key = tuple(map(bare_form, form)) if bare else form
        known = found[key[0]].setdefault(key, [])
        known += [other for other in others if other != form and other not in known]
    return found
