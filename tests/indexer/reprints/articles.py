"""Articles of made-up syllables, and what papers do to them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from corpus import Article

_INITIALS = ("b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "t", "th")
_RHYMES = ("a", "an", "ang", "ao", "ay", "ân", "en", "eo", "i", "in", "inh", "o", "ong", "ôn", "u")
SYLLABLES = tuple(initial + rhyme for initial in _INITIALS for rhyme in _RHYMES)


def syllables(chance: random.Random, count: int) -> list[str]:
    return chance.choices(SYLLABLES, k=count)


def paragraph(chance: random.Random, count: int = 80) -> str:
    return " ".join(syllables(chance, count)) + "."


def article(number: int, paragraphs: int = 5, published: str = "") -> Article:
    """An article that shares nothing with those of other numbers."""
    chance = random.Random(number)
    return told(f"{number}", [paragraph(chance) for _ in range(paragraphs)], published)


def told(article_id: str, body: Sequence[str], published: str = "") -> Article:
    title = " ".join(syllables(random.Random(article_id), 8))
    fields = {"id": article_id, "title": title, "body": list(body)}
    return Article.from_dict({**fields, "published": published} if published else fields)


def edited(text: str, share: float, chance: random.Random) -> str:
    """Replace a share of the words of a text."""
    words = text.split(" ")
    for place in chance.sample(range(len(words)), round(share * len(words))):
        words[place] = chance.choice(SYLLABLES)
    return " ".join(words)
