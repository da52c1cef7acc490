"""Tokens that can stand as they do: after this, every sequence of tokens is a sentence.

Parentheses without their other half, empty and too deep ones are taken out; a field in a field,
and an operator that has nothing to join, become words. So the parser has no errors to handle, and
no text makes it recurse deeply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from indexer.search.syntax.notices import Notice, notice, replaced
from indexer.search.syntax.tokens import (
    JOINING,
    OPERAND_ENDS,
    OPERAND_STARTS,
    OPERATORS,
    SIGNS,
    Kind,
    Token,
)

MAX_DEPTH: Final = 20
"""How many parentheses and negations may lie inside each other."""


def sound_tokens(
    text: str, tokens: Sequence[Token], *, headline: bool
) -> tuple[list[Token], list[Notice]]:
    """Make a sentence of tokens.

    Args:
        text: What was typed.
        tokens: Its tokens as the lexer cut them.
        headline: Whether lone parentheses are no mistakes.

    Returns:
        The tokens of a sentence, none of an empty one, and what was wrong.
    """
    lone = _lone_parentheses(tokens)
    noted = () if headline else sorted(lone)
    notices = [_lone_parenthesis(text, tokens, place) for place in noted]
    kept = _groups(text, tokens, lone, notices)
    _check_what_follows(text, kept, notices)
    _check_what_precedes(text, kept, notices)
    return kept, notices


def _lone_parentheses(tokens: Sequence[Token]) -> set[int]:
    open_places: list[int] = []
    lone: set[int] = set()
    for place, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            open_places.append(place)
        elif token.kind is Kind.CLOSE:
            if open_places:
                open_places.pop()
            else:
                lone.add(place)
    return lone.union(open_places)


def _lone_parenthesis(text: str, tokens: Sequence[Token], place: int) -> Notice:
    token = tokens[place]
    if token.kind is Kind.CLOSE:
        mend = replaced(text, token.start, token.end)
        return notice("unopened_parenthesis", token.start, token.end, mend)
    if any(behind.kind not in (Kind.OPEN, Kind.CLOSE) for behind in tokens[place + 1 :]):
        mend = text.rstrip() + ")"
    else:
        # Nothing is in it, and nothing is left for a field or a sign before it.
        while tokens[place].glued and place and tokens[place - 1].kind in (*SIGNS, Kind.FIELD):
            place -= 1
        mend = replaced(text, tokens[place].start, len(text))
    return notice("unclosed_parenthesis", token.start, token.end, mend)


def _groups(
    text: str, tokens: Sequence[Token], lone: set[int], notices: list[Notice]
) -> list[Token]:
    """Give the tokens without bad groups, bad fields, and the signs and fields of bad groups."""
    kept: list[Token] = []
    # Of each open group: whether it is kept, its depth, and whether a field is about it.
    groups = [(True, 0, False)]
    negations = 0
    for place, token in enumerate(tokens):
        _, depth, in_field = groups[-1]
        if token.kind is Kind.OPEN:
            if place in lone:
                _drop_prefix(text, kept, token, None)
                continue
            about = in_field or bool(token.glued and kept and kept[-1].kind is Kind.FIELD)
            fits = depth + negations < MAX_DEPTH
            if fits:
                groups.append((True, depth + negations + 1, about))
                kept.append(token)
            else:
                groups.append((False, depth + negations, about))
                _drop_prefix(text, kept, token, None)
                _note_depth(token, notices)
            negations = 0
        elif token.kind is Kind.CLOSE:
            if place in lone:
                continue
            is_kept, _, _ = groups.pop()
            if is_kept and kept[-1].kind is Kind.OPEN:
                _drop_prefix(text, kept, kept.pop(), notices)
            elif is_kept:
                kept.append(token)
            negations = 0
        elif token.kind is Kind.NOT:
            if depth + negations < MAX_DEPTH:
                negations += 1
                kept.append(token)
            else:
                _note_depth(token, notices)
                kept.append(replace(token, kind=Kind.WORD))
        elif in_field and token.kind in (Kind.FIELD, Kind.DATES):
            part = text[token.start : token.end]
            notices.append(notice("nested_field", token.start, token.end, None, part=part))
            _drop_sign(kept, token)
            kept.append(replace(token, kind=Kind.WORD, glued=False))
            negations = 0
        else:
            if token.glued and not (kept and kept[-1].kind in (*SIGNS, Kind.FIELD)):
                token = replace(token, glued=False)
            kept.append(token)
            if token.kind not in (*SIGNS, Kind.FIELD):
                negations = 0
    return kept


def _drop_sign(kept: list[Token], token: Token) -> None:
    if token.glued and kept and kept[-1].kind in SIGNS:
        kept.pop()


def _drop_prefix(text: str, kept: list[Token], token: Token, notices: list[Notice] | None) -> None:
    """Take out the sign before a group that is dropped; make a word of the field before it."""
    if not (token.glued and kept):
        return
    if kept[-1].kind is Kind.FIELD:
        token = kept.pop()
        _drop_sign(kept, token)
        kept.append(replace(token, kind=Kind.WORD, glued=False))
        if notices is not None:
            part = text[token.start : token.end]
            notices.append(notice("empty_field", token.start, token.end, None, part=part))
    else:
        _drop_sign(kept, token)


def _note_depth(token: Token, notices: list[Notice]) -> None:
    if not any(other.code == "too_deep" for other in notices):
        notices.append(notice("too_deep", token.start, token.end, None, most=MAX_DEPTH))


# Operators


def _check_what_follows(text: str, tokens: list[Token], notices: list[Notice]) -> None:
    behind: Token | None = None
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind is Kind.NEAR:
            if behind is None or not _may_be_near(behind):
                _make_word(text, tokens, place, "near_sides", notices)
        elif token.kind in OPERATORS and (behind is None or behind.kind not in OPERAND_STARTS):
            _make_word(text, tokens, place, "dangling_operator", notices)
        behind = tokens[place]


def _check_what_precedes(text: str, tokens: list[Token], notices: list[Notice]) -> None:
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if token.kind is Kind.NEAR:
            in_field = place > 1 and tokens[place - 2].kind is Kind.FIELD and before is not None
            if before is None or not _may_be_near(before) or (in_field and before.glued):
                _make_word(text, tokens, place, "near_sides", notices)
        elif token.kind in JOINING and (before is None or before.kind not in OPERAND_ENDS):
            _make_word(text, tokens, place, "dangling_operator", notices)


def _may_be_near(token: Token) -> bool:
    return token.kind is Kind.WORD or (token.kind is Kind.QUOTE and token.number is None)


def _make_word(
    text: str, tokens: list[Token], place: int, code: str, notices: list[Notice]
) -> None:
    token = tokens[place]
    mend = replaced(text, token.start, token.end)
    notices.append(notice(code, token.start, token.end, mend, part=token.text))
    tokens[place] = replace(token, kind=Kind.WORD)
