"""What every engine knows for completions, corrections and related articles."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from indexer.analysis import can_complete, normal_form
from indexer.engines.completions import SuggestionKind, Typed
from tests.indexer import strategies as draw
from tests.indexer.asking import article
from tests.indexer.built_engines import BuiltEngines
from tests.indexer.strategies import few_examples


class CompletingContract(BuiltEngines):
    """The tests."""

    def test_frequencies_know_compounds(self) -> None:
        with self.build([article(0, "bầu cử"), article(1, "bầu bí")]) as engine:
            assert list(engine.frequencies(["bầu", "bầu_cử"])) == [2, 1]

    def test_frequent_pairs_are_counted(self) -> None:
        texts = [article(n, "bầu cử đại biểu") for n in range(20)]
        with self.build(texts) as engine:
            asked = [("bầu", "cử"), ("cử", "bầu"), ("cử", "đại"), ("cử", "biểu"), ("cử", "x")]
            met, reversed_, between, apart, missing = engine.pair_counts(asked)
        assert min(met, between) >= 10
        assert reversed_ == apart == missing == 0

    @few_examples
    @given(
        articles=draw.corpora(),
        begun=st.sampled_from(("a", "b", "đ", "bà", "")),
        typed=draw.syllables,
    )
    def test_completions_have_what_is_typed(
        self, articles: list[Article], begun: str, typed: str
    ) -> None:
        asked = Typed(((typed,),), (begun,) if begun else ())
        titles = {a.id: a.title.split() for a in articles}
        with self.build(articles) as engine:
            found = engine.completions(asked, 50, 50)
        for completion in found:
            words = [normal_form(word) for word in completion.text.split()]
            runs = [words[n:] for n in range(len(words)) if words[n] == typed]
            assert any(not begun or (len(run) > 1 and can_complete(begun, run[1])) for run in runs)
            if completion.kind is SuggestionKind.TITLE:
                assert titles[completion.article_id] == completion.text.split()
        expected = {
            article_id
            for article_id, words in titles.items()
            if any(
                word == typed and (not begun or (rest and can_complete(begun, rest[0])))
                for word, *rest in (words[n:] for n in range(len(words)))
            )
        }
        assert {c.article_id for c in found if c.kind is SuggestionKind.TITLE} == expected

    def test_no_more_completions_are_given_than_asked_for(self) -> None:
        texts = [article(n, f"bầu cử {n} ban bố") for n in range(9)]
        with self.build(texts) as engine:
            for words, titles in product((0, 1, 3), repeat=2):
                found = engine.completions(Typed((), ("b",)), words, titles)
                of_titles = [c for c in found if c.kind is SuggestionKind.TITLE]
                assert len(of_titles) == titles
                assert len(found) - titles <= words

    @few_examples
    @given(articles=draw.corpora(min_size=2, repeated_ids=True))
    def test_titles_of_superseded_articles_are_not_given(self, articles: list[Article]) -> None:
        last = {a.id: place for place, a in enumerate(articles)}
        superseded = [place for place, a in enumerate(articles) if last[a.id] != place]
        with self.build(articles, superseded) as engine:
            found = engine.completions(Typed((), ("a",)), 0, 50)
        assert {(c.article_id, c.text) for c in found} <= {
            (article_id, articles[place].title) for article_id, place in last.items()
        }
