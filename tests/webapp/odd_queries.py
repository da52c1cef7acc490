"""Queries that nobody means: long, nested, of control characters, markup, marks and bidi."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_WORDS = ("đường", "duong", "phố", "Hà Nội", "TP.HCM", "3,5", "Covid-19", "a", "ế", "iPhone")
_SIGNS = "\"“”()[]{}+-–*?~^:/\\<>=&|!#%;,.'`$@_"
_OPERATORS = ("AND", "OR", "NOT", "và", "hoặc", "không", "NEAR", "~3", "title:", "source:", "x:y:")
_MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "javascript:alert(1)",
    "data:text/html,<b>",
    "{{7*7}}",
    "{% raw %}",
    "${7*7}",
    "%s%n%x",
    "' OR 1=1 --",
    "../../etc/passwd",
    "<!--",
    "]]>",
    "&#0;",
)
_INVISIBLE = "".join(map(chr, (*range(32), 0x7F, 0x80, 0x85, 0xA0, 0xAD, 0x34F, 0xFEFF, 0xFFFD)))
_BIDI = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u2028"
_MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u20dd\ufe0f"
_FAR = "中文ру العربية עברית ไทย 한국어 𝔘𝔫𝔦 👩‍👩‍👧 🇻🇳 ﷽ ǅ ß İ ﬁ Ω ½ ² Ⅷ ①"


def odd_queries(count: int, seed: int) -> Iterator[str]:
    """Draw queries.

    Args:
        count: How many.
        seed: Seed of the draw.
    """
    draw = _Draw(random.Random(seed))
    for _ in range(count):
        yield draw.query()


class _Draw:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._parts: tuple[Callable[[], str], ...] = (
            lambda: chance.choice(_WORDS),
            lambda: chance.choice(_OPERATORS),
            lambda: chance.choice(_MARKUP),
            lambda: self._some(_SIGNS, 6),
            lambda: self._some(_INVISIBLE, 4),
            lambda: self._some(_BIDI, 4),
            lambda: chance.choice("aeiouyđ") + self._some(_MARKS, 8),
            lambda: self._some(_FAR, 6),
            self._any_character,
        )
        self._shapes = (self._mixed, self._mixed, self._nested, self._long, self._patterns)

    def query(self) -> str:
        return self._chance.choice(self._shapes)()

    def _some(self, letters: str, most: int) -> str:
        return "".join(self._chance.choices(letters, k=self._chance.randint(1, most)))

    def _any_character(self) -> str:
        number = self._chance.randrange(0x110000 - 0x800)
        return chr(number if number < 0xD800 else number + 0x800)

    def _mixed(self) -> str:
        parts = (self._chance.choice(self._parts)() for _ in range(self._chance.randint(1, 12)))
        return self._chance.choice(("", " ")).join(parts)

    def _nested(self) -> str:
        depth = int(10 ** self._chance.uniform(0, 3))
        begin, end = self._chance.choice(
            (("(", ")"), ('("', '")'), ("(a OR ", ")"), ("NOT (", ")"), ("[", "]"), ("-(", ""))
        )
        return begin * depth + self._mixed() + end * self._chance.choice((depth, depth - 1, 0))

    def _long(self) -> str:
        times = int(10 ** self._chance.uniform(0, 3.5))
        return (self._mixed() + self._chance.choice(("", " "))) * max(1, times // 10)

    def _patterns(self) -> str:
        count = self._chance.randint(1, 20)
        stems = self._chance.choices((*"abcdeghiklmnopqrstuvxyđ", "th", "", "ng"), k=count)
        sign = self._chance.choice(("*", "?", "**", "*?", "~"))
        return " ".join(self._chance.choice((stem + sign, sign + stem)) for stem in stems)
