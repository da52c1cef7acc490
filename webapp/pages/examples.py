"""Examples of every form of a query, made of what an index holds, so that they find something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer import Index, SearchRequest, Sort
from webapp.labels import facet_value_label
from webapp.language import gettext
from webapp.spelling import bare
from webapp.url_state import SearchState

_TITLES: Final = 12
_PAIRS_TRIED: Final = 16
_FACETS: Final = ("source", "section", "author", "tag")
_SPARE: Final = ("đường phố", "học sinh", "mưa lũ")
_WORDS: Final = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,})*")


@dataclass(frozen=True, slots=True)
class Example:
    """One form of a query.

    Attributes:
        query: A query that has it.
        meaning: What it finds.
        state: The search for it.
        total: How many articles that finds.
    """

    query: str
    meaning: str
    state: SearchState
    total: int


@dataclass(frozen=True, slots=True)
class Topic:
    """Forms that belong together."""

    heading: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Material:
    pairs: tuple[str, str, str]
    values: dict[str, str]
    month: str
    year: str


def topics(index: Index) -> tuple[Topic, ...]:
    """Give every form of a query with an example from the newest articles of an index."""
    material = _material(index)
    return tuple(
        Topic(heading, tuple(_example(index, *form) for form in forms))
        for heading, forms in _forms(material)
    )


def _example(index: Index, query: str, meaning: str) -> Example:
    total = index.search(SearchRequest(query, size=0)).total
    return Example(query, meaning, SearchState(query), total)


def _material(index: Index) -> _Material:
    newest = index.search(
        SearchRequest(sort=Sort.NEWEST, size=_TITLES, facets=_FACETS, facet_size=1)
    )
    titles = [hit.title for hit in newest.hits]
    day = next((hit.published.first_day for hit in newest.hits if hit.published), None)
    values = {
        name: facet.buckets[0].value for name, facet in newest.facets.items() if facet.buckets
    }
    return _Material(
        _pairs(index, titles),
        values,
        f"{day.year}-{day.month:02}" if day else "2021-04",
        str(day.year) if day else "2021",
    )


def _pairs(index: Index, titles: Sequence[str]) -> tuple[str, str, str]:
    """Give three pairs of marked words of titles, the first two of one title where there is one.

    Pairs that many articles have are preferred.
    """
    by_title = [tuple(dict.fromkeys(_neighbours(title))) for title in titles]
    tried = list(dict.fromkeys(pair for pairs in by_title for pair in pairs))[:_PAIRS_TRIED]
    counts = {pair: index.search(SearchRequest(f'"{pair}"', size=0)).total for pair in tried}
    tried.sort(key=lambda pair: -counts[pair])
    chosen: list[str] = []
    for pair in tried:
        together = [other for other in tried if any({pair, other} <= {*p} for p in by_title)]
        if second := _apart(together, [pair]):
            chosen = [pair, second]
            break
    while other := _apart(tried, chosen):
        chosen.append(other)
    first, second, third, *_ = (*chosen, *_SPARE)
    return first, second, third


def _apart(pairs: Sequence[str], chosen: Sequence[str]) -> str | None:
    """Give the first pair that shares no word with those that are chosen."""
    words = {word for pair in chosen for word in pair.split()}
    return next((pair for pair in pairs if words.isdisjoint(pair.split())), None)


def _neighbours(title: str) -> Iterator[str]:
    for run in _WORDS.findall(title):
        words = run.split()
        for one, other in pairwise(words):
            # Words in capitals could be operators, and a name is no good example of a word.
            if one.islower() and other.islower() and bare(one) != one and bare(other) != other:
                yield f"{one} {other}"


def _forms(made: _Material) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    a, b, c = made.pairs
    one, other = a.split()
    yield (
        gettext("Chữ và dấu"),
        [
            (a, gettext("các chữ này, ở bất cứ đâu trong bài; nếu quá ít bài có đủ thì hầu hết")),
            (bare(a), gettext("không dấu: mọi cách đọc, như %(words)s", words=a)),
            (f'"{a}"', gettext("nguyên cụm, liền nhau")),
            (f'"{a}"~2', gettext("như trên, nhưng có thể chen thêm hai tiếng")),
            (f"{one} GẦN/5 {other}", gettext("cách nhau nhiều nhất năm tiếng, trước sau tùy ý")),
            (f"{one}*", gettext("mọi chữ bắt đầu như vậy; dấu ? thay cho đúng một chữ cái")),
            ("UBND", gettext("chữ viết tắt: cả dạng đầy đủ, và ngược lại")),
        ],
    )
    yield (
        gettext("Kết hợp"),
        [
            (f"{a} HOẶC {b}", gettext("một trong hai, hoặc cả hai")),
            (f"{a} VÀ {b}", gettext("cả hai; viết hoa VÀ, HOẶC, KHÔNG, hoặc AND, OR, NOT")),
            (f"{a} KHÔNG {c}", gettext("có phần trước, không có mọi chữ của phần sau")),
            (f'{a} -"{c}"', gettext("có phần trước, không có cụm sau dấu trừ")),
            (f'+{one} "{b}"', gettext("chữ sau dấu cộng nhất định phải có")),
            (f"({a} HOẶC {b}) -{c.split()[0]}", gettext("dấu ngoặc gộp các phần lại")),
        ],
    )
    yield (
        gettext("Ở đâu trong bài"),
        [
            (f"tiêu-đề:{one}", gettext("trong tiêu đề")),
            (f'tiêu-đề:"{a}"', gettext("nguyên cụm trong tiêu đề")),
            (f"sapo:{one}", gettext("trong đoạn mở đầu")),
            (f"nội-dung:{one}", gettext("trong nội dung; ảnh: chú-thích:")),
        ],
    )
    kinds = {
        "source": ("nguồn", gettext("của báo này")),
        "section": ("mục", gettext("trong chuyên mục này")),
        "author": ("tác-giả", gettext("của tác giả này")),
        "tag": ("thẻ", gettext("có thẻ này")),
    }
    yield (
        gettext("Báo, mục, ngày"),
        [
            *(
                (f'{field}:"{facet_value_label(name, made.values[name])}"', meaning)
                for name, (field, meaning) in kinds.items()
                if name in made.values
            ),
            (f"ngày:{made.month}", gettext("đăng trong tháng này")),
            (f"từ:{made.year}", gettext("từ đầu năm này")),
            (f"{one} đến:{made.month}", gettext("đến hết tháng này")),
        ],
    )
