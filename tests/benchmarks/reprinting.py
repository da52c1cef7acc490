"""What papers do to the articles of others, done to real ones by seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus import Article

SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Which part of a reprint is from its source, in the series of shares."""

_LEAST_SYLLABLES = 150


@dataclass(frozen=True)
class Reprint:
    """A reprint that was made.

    Attributes:
        article: It.
        kind: How it was made.
        sources: Ids of what it was made of; a story may have only one of them.
        other: Id of the article that the rest is from, which may be in the story, too.
    """

    article: Article
    kind: str
    sources: tuple[str, ...]
    other: str


def make_reprints(articles: Sequence[Article], of_each: int, seed: int) -> list[Reprint]:
    """Make reprints of some articles, each article being used once.

    Args:
        articles: What to draw from.
        of_each: How many to make of each kind.
        seed: Seed of the draw.
    """
    chance = random.Random(seed)
    long = [one for one in articles if _length(one) >= _LEAST_SYLLABLES and len(one.body) > 2]
    chance.shuffle(long)
    drawn = iter(long)
    made = []
    for kind, make in KINDS.items():
        for number in range(of_each):
            first, second = next(drawn), next(drawn)
            article = replace(make(first, second, chance), id=f"{kind} {number}")
            used = (first.id, second.id) if kind == "joined" else (first.id,)
            made.append(Reprint(article, kind, used, second.id))
    return made


def _length(article: Article) -> int:
    return sum(len(paragraph.split()) for paragraph in article.body)


def _retitled(first: Article, second: Article, _: random.Random) -> Article:
    return replace(first, title=second.title)


def _cut(first: Article, _: Article, __: random.Random) -> Article:
    return replace(first, body=_words(first.body, 0.6 * _length(first)))


def _added(first: Article, second: Article, chance: random.Random) -> Article:
    place = chance.randrange(len(first.body) + 1)
    paragraph = max(second.body, key=len)
    return replace(first, body=(*first.body[:place], paragraph, *first.body[place:]))


def _edited(share: float) -> Callable[[Article, Article, random.Random], Article]:
    """Exchange a share of the words."""

    def make(first: Article, second: Article, chance: random.Random) -> Article:
        others = " ".join(second.body).split()

        def edit(text: str) -> str:
            return " ".join(
                chance.choice(others) if chance.random() < share else word for word in text.split()
            )

        return replace(first, lead=edit(first.lead), body=tuple(map(edit, first.body)))

    return make


def _headless(first: Article, _: Article, __: random.Random) -> Article:
    return replace(first, lead="", body=first.body[1:])


def _joined(first: Article, second: Article, _: random.Random) -> Article:
    return replace(first, body=(*first.body, second.lead or second.title, *second.body))


def _opening(share: float) -> Callable[[Article, Article, random.Random], Article]:
    """Begin as the source does, and go on with another text."""

    def make(first: Article, second: Article, _: random.Random) -> Article:
        size = min(_length(first), _length(second))
        ours = _words(second.body, (1 - share) * size)
        return replace(second, lead="", body=(*_words(first.body, share * size), *ours))

    return make


def _anywhere(share: float) -> Callable[[Article, Article, random.Random], Article]:
    """Take paragraphs of the source in their order, with those of another text between them."""

    def make(first: Article, second: Article, chance: random.Random) -> Article:
        size = min(_length(first), _length(second))
        body = [*_words(second.body, (1 - share) * size)]
        place = 0
        for paragraph in _some(first.body, share * size, chance):
            place = chance.randrange(place, len(body) + 1)
            body.insert(place, paragraph)
            place += 1
        return replace(second, lead="", body=tuple(body))

    return make


def _some(body: Sequence[str], words: float, chance: random.Random) -> Sequence[str]:
    """Take paragraphs by chance, in their order, up to a number of words."""
    order = list(range(len(body)))
    chance.shuffle(order)
    taken, left = {}, words
    for place in order:
        cut = _words([body[place]], left)
        if cut:
            taken[place] = cut[0]
            left -= len(cut[0].split())
    return [taken[place] for place in sorted(taken)]


def _words(body: Sequence[str], words: float) -> tuple[str, ...]:
    """Cut a body after a number of words."""
    kept, left = [], round(words)
    for paragraph in body:
        if left <= 0:
            break
        own = paragraph.split()[:left]
        left -= len(own)
        kept.append(" ".join(own))
    return tuple(kept)


KINDS: dict[str, Callable[[Article, Article, random.Random], Article]] = {
    "retitled": _retitled,
    "cut to 60 %": _cut,
    "paragraph added": _added,
    "5 % of words edited": _edited(0.05),
    "joined": _joined,
    "10 % of words edited": _edited(0.1),
    "15 % of words edited": _edited(0.15),
    "without its first paragraph": _headless,
    **{f"opening, {share:.0%} shared": _opening(share) for share in SHARES},
    **{f"anywhere, {share:.0%} shared": _anywhere(share) for share in SHARES},
}
"""How reprints are made; the series of shares come last."""

PAPERS_KINDS = tuple(KINDS)[:5]
"""Those that count towards the overall figures."""
