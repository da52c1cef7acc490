"""Articles as JSON Lines: exactly what the corpus had, so that an index can be built of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from corpus import Article

_OTHER_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")
"""Characters that are text to JSON, but at which some programs cut lines."""


def json_lines(articles: Iterable[Article]) -> Iterator[str]:
    """Write a line for each article, with all its fields."""
    for article in articles:
        line = json.dumps(article.to_dict(), ensure_ascii=False)
        yield _OTHER_LINE_ENDS.sub(_escaped, line) + "\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
