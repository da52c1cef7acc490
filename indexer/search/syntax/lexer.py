"""Typed text to tokens.

A text is cut at spaces, parentheses and double quotation marks. What is between them is a *run*:
an operator, a sign or a field with something behind it, a pattern, or a word. Signs at the ends of
a word are punctuation, and so is a run without a letter and a digit.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from indexer.analysis import PARAGRAPH_GAP, token_spans
from indexer.search.syntax.characters import (
    GAP,
    QUOTE_MARKS,
    has_lower_case,
    plain_text,
    without_marks,
)
from indexer.search.syntax.dates import RANGE, is_reversed, read_dates
from indexer.search.syntax.fields import DATE_FIELDS, LONGEST_NAME, field_of, similar_name
from indexer.search.syntax.notices import Notice, notice, replaced
from indexer.search.syntax.quotes import Quotation, find_quotations
from indexer.search.syntax.tokens import ORDINARY, Kind, Token
from indexer.search.syntax.unused import unused_operators
from indexer.search.syntax.words import (
    has_wildcard,
    may_be_pattern,
    pattern_text,
    wildcard_span,
    word_span,
)

MAX_DISTANCE: Final = PARAGRAPH_GAP - 1
"""The greatest slop of a quote and the greatest distance of `NEAR`, in words."""

HEADLINE_WORDS: Final = 8
"""A text of so many words and no grammar is a headline: its lone marks are no mistakes.

Of printed headlines, 5 % are shorter.
"""

_WORD_OPERATORS = {
    **dict.fromkeys(("AND", "VÀ"), Kind.AND),
    **dict.fromkeys(("OR", "HOẶC"), Kind.OR),
    **dict.fromkeys(("NOT", "KHÔNG"), Kind.NOT),
}
_NEAR = re.compile("(?:NEAR|GẦN)(?:/(.*))?")
_NUMBER = re.compile("[0-9]+")

_RUN = re.compile(f"[^{GAP}(){QUOTE_MARKS}]+")
_FIELD = re.compile(f"([^:]{{1,{LONGEST_NAME}}}):")
_SLOP = re.compile(r"~([0-9]+)(?!\w)")
_LONE_STAR = re.compile(r"(?<=\w)\*(?!\*)")
_EMPTY_QUOTE = re.compile(f"[{QUOTE_MARKS}][{QUOTE_MARKS}{GAP}]*")
_SINGLE_MARK = re.compile("['‘’`´]")


class Lexer:
    """Cuts one text.

    Args:
        text: What `visible` gave of what was typed.
        operators: Whether words in capitals may be operators; by default if the text has
            lower-case letters.

    Attributes:
        text: What was typed.
        tokens: Its tokens, ascending by place.
        notices: Its mistakes, in no order.
    """

    def __init__(self, text: str, *, operators: bool | None = None) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.notices: list[Notice] = []
        self._doubts: list[Notice] = []
        self._unused_operators: list[tuple[int, int]] = []
        self._plain = plain_text(text)
        self._operators = has_lower_case(text) if operators is None else operators
        quotations = find_quotations(self._plain)
        self._quotations = quotations.of_start
        self._lone_marks = quotations.lone
        self._glued_at = -1
        self._cut()
        if not self.is_headline():
            self.notices += self._doubts
            self._note_lone_marks()
            self.notices += unused_operators(text, self._unused_operators, self.tokens)

    def is_headline(self) -> bool:
        """Tell whether the text is so long, and so free of grammar, that it was pasted."""
        return (
            all(token.kind in ORDINARY for token in self.tokens)
            and len(token_spans(self.text)) >= HEADLINE_WORDS
        )

    def _cut(self) -> None:
        plain, place = self._plain, 0
        while place < len(plain):
            if quotation := self._quotations.get(place):
                place = self._quotation(quotation)
            elif plain[place] in "()":
                kind = Kind.OPEN if plain[place] == "(" else Kind.CLOSE
                self._add(kind, place, place + 1, glued=place == self._glued_at)
                place += 1
            elif run := _RUN.match(plain, place):
                place = self._run(place, run.end())
            else:
                place += 1

    def _add(
        self, kind: Kind, start: int, end: int, *, number: int | None = None, glued: bool = False
    ) -> None:
        text = self.text[start:end]
        self.tokens.append(Token(kind, start, end, text, number=number, glued=glued))

    def _note(self, code: str, start: int, end: int, by: str | None = None, **values: str) -> None:
        mend = None if by is None else replaced(self.text, start, end, by)
        values.setdefault("part", self.text[start:end].strip())
        self.notices.append(notice(code, start, end, mend, **values))

    # Quotation marks

    def _quotation(self, quotation: Quotation) -> int:
        start, end = quotation.start, quotation.end
        inside = slice(quotation.inside, quotation.close)
        glued = start == self._glued_at
        slop = None
        if self._plain[end : end + 1] == "~":
            if number := _SLOP.match(self._plain, end):
                slop = self._number(number[1], 0, end, number.end())
                end = number.end()
            else:
                self._note("bad_slop", end, end + 1, "")
        for star in _LONE_STAR.finditer(self._plain[inside]):
            place = quotation.inside + star.start()
            self._note("ignored_wildcard", place, place + 1, "", part=self.text[start:end])
        text = without_marks(self.text[inside])
        self.tokens.append(Token(Kind.QUOTE, start, end, text, number=slop, glued=glued))
        return end

    def _number(self, digits: str, least: int, start: int, end: int) -> int:
        number = int(digits)
        used = min(max(number, least), MAX_DISTANCE)
        if used != number:
            part = self.text[start:end]
            mend = replaced(self.text, start, end, part[: -len(digits)] + str(used))
            self.notices.append(
                notice(
                    "distance_out_of_range",
                    start,
                    end,
                    mend,
                    part=part.strip(),
                    least=least,
                    most=MAX_DISTANCE,
                    used=used,
                )
            )
        return used

    def _note_lone_marks(self) -> None:
        # Who also uses single marks has mixed both kinds; behind a number a mark means inches.
        if _SINGLE_MARK.search(self.text):
            return
        for start, end in self._lone_marks:
            if self._plain[start - 1 : start].isdigit():
                continue
            opens = self._plain[end : end + 1].strip() != ""
            closed = self.text.rstrip() + '"'
            mend = closed if opens else replaced(self.text, start, end)
            self.notices.append(notice("unclosed_quote", start, end, mend))

    # Runs

    def _run(self, start: int, end: int) -> int:
        glued = start == self._glued_at
        run = self._plain[start:end]
        if run.isalnum() and not run.isupper():
            self._add(Kind.WORD, start, end, glued=glued)
            return end
        if not glued and (sign := self._sign(start, end)):
            start, glued = sign, True
            if start == end:
                return end
        if self._plain[start:end].startswith("\\"):
            self._word(start, end, glued=glued, escaped=True)
            return end
        if not glued and self._operator(start, end):
            return end
        if behind := self._field(start, end, glued=glued):
            return behind
        self._word(start, end, glued=glued)
        return end

    def _sign(self, start: int, end: int) -> int | None:
        """Add the sign with which a run begins, and give the place of what it is about."""
        sign, behind = self._plain[start], start + 1
        if sign not in "+-" or (start and self._plain[start - 1] not in GAP + "("):
            return None
        if behind == end:
            about = behind in self._quotations or self._plain[behind : behind + 1] == "("
        else:
            about = self._plain[behind:end].lstrip("\\")[:1].isalpha()
        if not about:
            return None
        self._add(Kind.PLUS if sign == "+" else Kind.MINUS, start, behind)
        self._glued_at = behind
        return behind

    def _operator(self, start: int, end: int) -> bool:
        name = unicodedata.normalize("NFC", self._plain[start:end])
        kind, near = _WORD_OPERATORS.get(name), _NEAR.fullmatch(name)
        if kind is None and near is None:
            return False
        if not self._operators or (near is not None and near[1] is None):
            self._unused_operators.append((start, end))
        elif kind is not None:
            self._add_operator(kind, start, end)
            return True
        elif near is not None and _NUMBER.fullmatch(near[1]):
            distance = self._number(near[1], 1, start, end)
            self._add_operator(Kind.NEAR, start, end, distance)
            return True
        else:
            self._note("bad_distance", start, end)
        return False

    def _add_operator(self, kind: Kind, start: int, end: int, number: int | None = None) -> None:
        first, last = word_span(self.text, start, end)
        self._add(kind, first, last, number=number)

    # Words and patterns

    def _word(self, start: int, end: int, *, glued: bool, escaped: bool = False) -> None:
        first, last = word_span(self.text, start, end)
        if first < last and (
            escaped or not self._pattern((start, end), (first, last), glued=glued)
        ):
            self._add(Kind.WORD, first, last, glued=glued)

    def _pattern(self, run: tuple[int, int], word: tuple[int, int], *, glued: bool) -> bool:
        first, last = wildcard_span(self._plain, run, word)
        plain, typed = self._plain[first:last], self.text[first:last]
        if not has_wildcard(plain):
            return False
        if not may_be_pattern(plain):
            if "*" in plain:
                doubt = notice("ignored_wildcard", first, last, None, part=typed)
                self._doubts.append(doubt)
            return False
        text = pattern_text(typed, plain)
        self.tokens.append(Token(Kind.PATTERN, first, last, text, glued=glued))
        return True

    # Fields

    def _field(self, start: int, end: int, *, glued: bool) -> int | None:
        """Read a run as a field and what is in it; give the place behind, or `None`."""
        found = _FIELD.match(self._plain, start, end)
        if found is None:
            return None
        value = found.end()
        name = self.text[start : value - 1]
        if word_span(name, 0, len(name)) != (0, len(name)):
            return None
        field = field_of(name)
        if field is None:
            similar = similar_name(name) if self._plain[value : value + 1].isalnum() else None
            if similar:
                mend = replaced(self.text, start, value - 1, similar)
                wrong = notice("unknown_field", start, end, mend, part=name, name=similar)
                self.notices.append(wrong)
            return None
        if field in DATE_FIELDS:
            return self._dates(field, start, value, end, glued=glued)
        token = Token(Kind.FIELD, start, value, name, field=field, glued=glued)
        if value == end:
            if end in self._quotations or self._plain[end : end + 1] == "(":
                self.tokens.append(token)
                self._glued_at = end
                return end
        elif self._plain[value].isalnum() or self._plain[value:end].lstrip("*")[:1].isalnum():
            self.tokens.append(token)
            self._word(value, end, glued=True)
            return end
        self._doubt_field(field, start, value, end)
        return None

    def _doubt_field(self, field: str, start: int, value: int, end: int) -> None:
        """Note a field that has nothing directly behind it, unless a newspaper printed it."""
        code, part = "empty_field", self.text[start:value]
        quote = _EMPTY_QUOTE.match(self._plain, end)
        behind = _RUN.match(self._plain, self._behind_gap(end))
        if value < end or (behind is None and not self._quotations.get(self._behind_gap(end))):
            stop = quote.end() if quote else value
            mend = replaced(self.text, start, stop)
        else:
            # `Nguồn: Tuổi Trẻ` is what headlines and captions print.
            written = behind[0] if behind else ""
            if field in DATE_FIELDS and read_dates(field, written) is None:
                return
            code = "spaced_field"
            mend = self.text[:value] + self.text[self._behind_gap(end) :]
        self._doubts.append(notice(code, start, value, mend, part=part))

    def _behind_gap(self, place: int) -> int:
        return len(self._plain) - len(self._plain[place:].lstrip(GAP))

    def _dates(self, field: str, start: int, value: int, end: int, *, glued: bool) -> int | None:
        written = self._plain[value:end]
        if value == end and (quotation := self._quotations.get(end)):
            written, end = self._plain[quotation.inside : quotation.close].strip(), quotation.end
        elif value == end and self._plain[end : end + 1] != "(":
            self._doubt_field(field, start, value, end)
            return None
        dates = None if GAP in written else read_dates(field, written)
        if dates is None:
            self._note("bad_date", start, end)
            return None
        if is_reversed(dates):
            dates = dates[1], dates[0]
            before, _, after = written.partition(RANGE)
            self._note("reversed_dates", value, end, f"{after}{RANGE}{before}")
        text = self.text[start:value] + written
        text = text[slice(*word_span(text, 0, len(text)))]
        self.tokens.append(Token(Kind.DATES, start, end, text, dates=dates, glued=glued))
        return end
