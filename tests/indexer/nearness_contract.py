"""How near is near, for every engine."""

from typing import Any

import pytest

from corpus import Article
from indexer.engines.query import FARTHEST, Near, Phrase, Query, Synonyms, Term
from tests.indexer.asking import article, ids, request
from tests.indexer.built_engines import BuiltEngines

AN, BAN, DA = Term("an"), Term("bàn"), Term("đa")


class NearnessContract(BuiltEngines):
    """The tests."""

    @pytest.mark.parametrize(
        "fields",
        [
            {"body": ("an", "bàn")},
            {"lead": "an", "body": ("bàn",)},
            {"captions": ("an", "bàn")},
            {"title": "an", "lead": "bàn"},
        ],
    )
    def test_phrase_spans_no_two_paragraphs_or_fields(self, fields: dict[str, Any]) -> None:
        with self.build([Article(**{"title": "khác", **fields})]) as engine:
            assert engine.search(request(Phrase((Term("an"), Term("bàn"))))).total == 0

    def test_phrase_needs_its_words_in_their_order(self) -> None:
        with self.build([article(0, "an bàn"), article(1, "bàn an")]) as engine:
            found = engine.search(request(Phrase((Term("an"), Term("bàn")))))
            assert ids(engine, found) == ["id-0"]

    @pytest.mark.parametrize(
        ("text", "query", "found"),
        [
            ("an x bàn x đa", Phrase((AN, BAN, DA), 2), True),
            ("an x bàn x đa", Phrase((AN, BAN, DA), 1), False),
            ("an bàn an x bàn", Phrase((AN, AN, BAN), 2), True),
            ("an an x bàn", Phrase((AN, BAN), 1), True),
            ("bàn an", Phrase((AN, BAN), FARTHEST), False),
            ("an x", Phrase((AN, AN), 5), False),
            ("bàn x an", Near((AN, BAN), 2), True),
            ("bàn x an", Near((AN, BAN), 1), False),
            ("an x đa x bàn", Near((AN, BAN, DA), 2), True),
            ("an x x đa x bàn", Near((AN, BAN, DA), 2), False),
            ("an bàn x đa", Near((DA, Phrase((AN, BAN))), 2), True),
            ("an bàn x x đa", Near((DA, Phrase((AN, BAN))), 2), False),
            ("bàn an x đa", Near((DA, Phrase((AN, BAN))), 2), False),
            ("an x an", Near((AN, AN), 2), True),
            ("an x an", Near((AN, AN), 1), False),
            ("an x", Near((AN, AN), 2), False),
            ("an bàn", Near((AN, Synonyms(("an", "bàn"))), 2), True),
            ("an x", Near((AN, Synonyms(("an", "bàn"))), 2), False),
            ("an bàn x", Near((Phrase((AN, BAN)), BAN), 3), False),
            ("an bàn x bàn", Near((Phrase((AN, BAN)), BAN), 3), True),
            ("bàn an bàn x", Near((Phrase((AN, BAN)), BAN), 3), True),
            ("an bàn đa x", Near((Phrase((AN, BAN)), Phrase((BAN, DA))), 3), False),
            ("an an bàn", Near((AN, AN, BAN), 1), True),
            ("an bàn", Near((AN, AN, BAN), 1), False),
            ("đa an đa bàn", Near((Phrase((AN, BAN)), DA), FARTHEST), False),
        ],
    )
    def test_nearness_is_counted_in_other_words(
        self, text: str, query: Query, found: bool
    ) -> None:
        with self.build([article(0, text)]) as engine:
            assert engine.search(request(query)).total == found

    @pytest.mark.parametrize("query", [Phrase((AN, BAN), FARTHEST), Near((AN, BAN), FARTHEST)])
    def test_nearness_spans_no_two_paragraphs_or_fields(self, query: Query) -> None:
        texts = [article(0, "an", body=("bàn",)), article(1, body=("an", "bàn"))]
        texts.append(article(2, " ".join(["an", *["x"] * (FARTHEST - 1), "bàn"])))
        with self.build(texts) as engine:
            assert ids(engine, engine.search(request(query))) == ["id-2"]
