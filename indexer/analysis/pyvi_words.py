"""Words of a text as pyvi sees them."""

from __future__ import annotations

import unicodedata


def compound_spans(text: str) -> list[tuple[int, int]]:
    """Give the spans of the words of several syllables that pyvi finds.

    Args:
        text: A text; spans count its characters. One that is not in NFC yields no spans, since
            pyvi's tokens then stand elsewhere.
    """
    from pyvi import ViTokenizer  # takes seconds: only builds and first queries pay

    if not unicodedata.is_normalized("NFC", text):
        return []
    _, parts = ViTokenizer.ViTokenizer.sylabelize(text)
    if not parts:
        return []
    joined = ViTokenizer.tokenize(text)
    spans = []
    place = written = 0
    start = end = -1
    for part in parts:
        place = text.index(part, place)
        # What stands between two parts of pyvi's output is its verdict: one sign, `_` or a space.
        if written and joined[written - 1] == "_":
            end = place + len(part)
        else:
            if end > 0:
                spans.append((start, end))
            start, end = place, -1
        place += len(part)
        written += len(part) + 1
    if end > 0:
        spans.append((start, end))
    return spans
