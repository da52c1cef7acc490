"""Drawing articles and queries: the same seed over the same corpus gives the same draw."""

from __future__ import annotations

import dataclasses
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article, read_articles
from indexer.analysis import Segmenter, Spans

FORMS = ("full", "five")
"""The title as printed, and its first five words."""

MARKS = ("accented", "bare")
"""As it is, and with all tone marks and diacritics removed."""

NO_TITLE = "—"
"""Stands where an article must have a title: no letter and no digit, so no term either."""

_WORDS = 5
_MARK = re.compile("[\u0300-\u036f]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_D_WITH_STROKE = str.maketrans("đĐðÐ", "dDdD")


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An article that is looked for by its title.

    Attributes:
        id: Id of the article.
        title: Its title, as printed.
        five: The title up to the end of its fifth word as pyvi counts them, for which a sign of
            punctuation is a word, too; all of it where it has no more.
    """

    id: str
    title: str
    five: str

    def query(self, form: str, marks: str) -> str:
        """Give the text to search for, by one of `FORMS` and one of `MARKS`."""
        text = {"full": self.title, "five": self.five}[form]
        return {"accented": text, "bare": without_marks(text)}[marks]


@dataclass(frozen=True, slots=True)
class Draw:
    """What a seed draws from a corpus.

    Attributes:
        articles: The articles, their titles replaced by `NO_TITLE`.
        titles: The titles by id.
        items: Those of the articles that are looked for.
        read: How many articles and bad records the corpus holds.
        left_out: How many of them could not be drawn, by reason.
    """

    articles: Sequence[Article]
    titles: Mapping[str, str]
    items: Sequence[KnownItem]
    read: int
    left_out: Mapping[str, int]


def draw(corpus: Path, articles: int, queries: int, seed: int) -> Draw:
    """Draw articles evenly from a whole corpus in one pass, and queries from the articles.

    An article that has no word in its title or in its text cannot be looked for; it is not drawn
    but counted, as are records that give no article and articles with the id of an earlier one.

    Args:
        corpus: Anything that `corpus.read_articles` reads.
        articles: How many articles to draw; all, if there are fewer.
        queries: How many of them to look for; all, if there are fewer.
        seed: Seed of the draw.
    """
    left_out: Counter[str] = Counter()
    chance = random.Random(seed)
    reservoir: list[Article] = []
    ids: set[str] = set()

    def count_skipped(_: object) -> None:
        left_out["record that gives no article"] += 1

    for article in read_articles(corpus, on_skip=count_skipped):
        if reason := _unfit(article, ids):
            left_out[reason] += 1
            continue
        ids.add(article.id)
        # Algorithm R: after n articles each of them is in the reservoir with equal chance.
        if len(reservoir) < articles:
            reservoir.append(article)
        elif (place := chance.randrange(len(ids))) < articles:
            reservoir[place] = article
    wanted = random.Random(f"queries {seed}").sample(reservoir, min(queries, len(reservoir)))
    spans = Segmenter().spans_many([article.title for article in wanted])
    return Draw(
        articles=[dataclasses.replace(article, title=NO_TITLE) for article in reservoir],
        titles={article.id: article.title for article in reservoir},
        items=[
            KnownItem(article.id, article.title, first_words(article.title, of_title))
            for article, of_title in zip(wanted, spans, strict=True)
        ],
        read=len(ids) + left_out.total(),
        left_out=left_out,
    )


def texts_of(article: Article) -> tuple[str, ...]:
    """Give lead, body and captions of an article as one field of paragraphs."""
    return (article.lead, *article.body, *article.captions)


def first_words(text: str, spans: Spans, count: int = _WORDS) -> str:
    """Cut a text after its first words."""
    ends = spans.word_ends
    return text[: ends[count - 1]] if len(ends) > count else text


def has_word(text: str) -> bool:
    """Tell whether a text has a letter or a digit."""
    return _LETTER_OR_DIGIT.search(text) is not None


def without_marks(text: str) -> str:
    """Take all tone marks and diacritics off a text; `đ` becomes `d`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
    return unicodedata.normalize("NFC", _MARK.sub("", decomposed))


def _unfit(article: Article, ids: set[str]) -> str:
    if article.id in ids:
        return "id of an earlier article"
    if not has_word(article.title):
        return "title without a word"
    if not any(map(has_word, texts_of(article))):
        return "text without a word"
    return ""
