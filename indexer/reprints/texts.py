"""From paragraphs to what is compared of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from corpus import Article
from indexer.analysis.chunks import ChunkTokens
from indexer.reprints.comparing import MOST_OPENING, OPENING_SHARE, WIDTH, Text
from indexer.reprints.sampling import COMPARED_FIELDS
from indexer.reprints.shingles import shingles, syllable_hashes
from indexer.schema import TEXT_FIELDS, text_of

_FIELDS = tuple(TEXT_FIELDS[number] for number in COMPARED_FIELDS)


class TextReader:
    """Cuts articles into what is compared of them. Not to be shared by threads.

    Args:
        tokens: Cuts texts into tokens.
    """

    def __init__(self, tokens: ChunkTokens) -> None:
        self._tokens = tokens

    def read(self, articles: Sequence[Article]) -> Iterator[Text]:
        """Give the text of each article."""
        paragraphs: list[str] = []
        owners: list[int] = []
        is_body: list[bool] = []
        for number, article in enumerate(articles):
            for field in _FIELDS:
                texts = text_of(article, field)
                paragraphs += texts
                owners += [number] * len(texts)
                is_body += [field == "body" or not article.body] * len(texts)
        tokens = self._tokens.cut([*paragraphs, *(article.title for article in articles)])
        forms, terms = self._tokens.forms(tokens.terms)
        of_titles = tokens.bounds[len(paragraphs) :].tolist()
        titles = _titles([forms[place] for place in terms[of_titles[0] :].tolist()], of_titles)
        terms = terms[: of_titles[0]]
        lengths = np.diff(tokens.bounds[: len(paragraphs) + 1])
        of_token = np.repeat(np.array(owners, np.int64), lengths)
        has_digit = np.array([_has_digit(form) for form in forms], dtype=bool)[terms]
        in_body = np.repeat(np.array(is_body, dtype=bool), lengths)
        hashes, places = shingles(syllable_hashes(forms)[terms], of_token, WIDTH)
        with_digit = np.zeros(len(places), dtype=bool)
        for offset in range(WIDTH):
            with_digit |= has_digit[places + offset]
        bounds = np.searchsorted(of_token[places], np.arange(len(articles) + 1))
        for number in range(len(articles)):
            first, end = int(bounds[number]), int(bounds[number + 1])
            # The body comes last.
            of_body = int(np.count_nonzero(in_body[places[first:end]]))
            opening = end - first - of_body
            # Copies, since one text that is kept would keep those of all articles.
            yield Text(
                hashes[first:end].copy(),
                with_digit[first:end].copy(),
                slice(opening, opening + min(MOST_OPENING, round(OPENING_SHARE * of_body))),
                *titles[number],
            )


def _titles(forms: Sequence[str], bounds: Sequence[int]) -> list[tuple[tuple[str, ...], ...]]:
    """Give the syllables without digits of each title, and those with digits.

    Args:
        forms: The syllables of all titles.
        bounds: Where each title begins, counted as the first one is, and where the last one ends.
    """
    return [
        tuple(
            tuple(
                form
                for form in forms[start - bounds[0] : end - bounds[0]]
                if _has_digit(form) == wanted
            )
            for wanted in (False, True)
        )
        for start, end in pairwise(bounds)
    ]


def _has_digit(form: str) -> bool:
    return any(map(str.isdigit, form))
