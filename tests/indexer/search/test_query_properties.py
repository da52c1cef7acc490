"""What holds of every query over real articles."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus import Article, read_articles
from indexer import Hit, Index, QueryError, SearchRequest, SearchResult, build_index, open_index
from indexer.analysis import bare_form, spellings, tokenize
from indexer.schema import TEXT_FIELDS, text_of
from tests.indexer.search.syntax.typed_texts import typed_texts

COUNT = 120
OPERATORS = {"and", "or", "not", "và", "hoặc", "không"}


@dataclass(frozen=True)
class Real:
    """Some articles, the tokens of each by its id, and an index of them."""

    articles: Sequence[Article]
    tokens: dict[str, frozenset[str]]
    index: Index


def tokens_of(article: Article) -> frozenset[str]:
    texts = (text for field in TEXT_FIELDS for text in text_of(article, field))
    return frozenset(token.text for text in texts for token in tokenize(text))


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    vietnews = shared_data / "data" / "vietnews.jsonl.zst"
    articles = list(islice(read_articles(vietnews), COUNT))
    folder = tmp_path_factory.mktemp("properties") / "index"
    build_index(articles, folder)
    with open_index(folder) as index:
        yield Real(articles, {article.id: tokens_of(article) for article in articles}, index)


def ask(real: Real, query: str, **options: object) -> SearchResult:
    return real.index.search(SearchRequest(query, **{"size": COUNT, **options}))  # type: ignore[arg-type]


def ids(hits: Sequence[Hit]) -> set[str]:
    return {hit.id for hit in hits}


def drawn_words(data: st.DataObject, real: Real, most: int = 6, least: int = 1) -> list[str]:
    """Some words that stand one after the other in an article, as terms."""
    article = data.draw(st.sampled_from(real.articles))
    paragraphs = [list(tokenize(text)) for text in (article.title, article.lead, *article.body)]
    tokens = data.draw(st.sampled_from([found for found in paragraphs if len(found) >= least]))
    first = data.draw(st.integers(0, len(tokens) - least))
    size = data.draw(st.integers(least, most))
    return [token.text for token in tokens[first : first + size]]


def drawn_spelling(data: st.DataObject, terms: Sequence[str]) -> str:
    """The same words as somebody else may type them."""
    text = " ".join(data.draw(st.sampled_from(sorted(spellings(term)))) for term in terms)
    letters = data.draw(st.sampled_from((str.lower, str.title, str.upper)))
    # In capitals, some words are operators.
    text = text.lower() if OPERATORS.intersection(terms) else letters(text)
    if data.draw(st.booleans()):
        text = text.replace("Đ", "Ð").replace("đ", "ð")
    form = data.draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
    return unicodedata.normalize(form, text)  # type: ignore[arg-type]


def without_marks(terms: Sequence[str]) -> str:
    return " ".join(map(bare_form, terms))


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("shape", ["{}", '"{}"', "-{}", "+({})", "sapo:({})", '"{}" và'])
def test_all_spellings_of_a_query_find_the_same_in_the_same_order(
    data: st.DataObject, real: Real, shape: str
) -> None:
    terms = drawn_words(data, real)
    other = drawn_spelling(data, terms)
    options = {"match": data.draw(st.sampled_from(["auto", "all", "any"])), "size": 50}
    expected = ask(real, shape.format(" ".join(terms)), **options)
    found = ask(real, shape.format(other), **options)
    assert found.total == expected.total
    assert [(hit.id, hit.score) for hit in found.hits] == [
        (hit.id, hit.score) for hit in expected.hits
    ]


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("bare", [False, True], ids=["marked", "bare"])
def test_another_word_raises_the_total_only_where_that_is_announced(
    data: st.DataObject, real: Real, bare: bool
) -> None:
    terms = drawn_words(data, real) + drawn_words(data, real, most=1)
    # A word that has the only marks of a query makes another query of it.
    query = without_marks if bare else " ".join
    assume(bare or terms[0] != bare_form(terms[0]))
    before = ask(real, query(terms[:-1]), size=0)
    after = ask(real, query(terms), size=0)
    assert after.total <= before.total or after.match != "all" or after.notices


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("bare", [False, True], ids=["marked", "bare"])
def test_freer_marks_find_all_that_stricter_ones_do(
    data: st.DataObject, real: Real, bare: bool
) -> None:
    terms = drawn_words(data, real, most=3)
    query = without_marks(terms) if bare else " ".join(terms)
    exact, auto, free = (
        ids(ask(real, query, match="all", marks=marks).hits) for marks in ("exact", "auto", "free")
    )
    assert exact <= auto <= free


@settings(max_examples=60)
@given(data=st.data(), bare=st.booleans())
def test_fewer_words_demanded_are_never_fewer_hits(
    data: st.DataObject, real: Real, bare: bool
) -> None:
    terms = drawn_words(data, real, most=10)
    query = without_marks(terms) if bare else " ".join(terms)
    found = [ask(real, query, match=match) for match in ("all", "most", "any")]
    totals = [result.total for result in found]
    assert totals == sorted(totals)
    assert ids(found[0].hits) <= ids(found[1].hits) <= ids(found[2].hits)


@settings(max_examples=60)
@given(data=st.data())
def test_operators_are_what_they_say(data: st.DataObject, real: Real) -> None:
    first, second = (drawn_words(data, real, most=1)[0] for _ in range(2))
    holds = {
        word: {one for one, tokens in real.tokens.items() if word in tokens}
        for word in (first, second)
    }
    a, b = holds[first], holds[second]
    everything = set(real.tokens)
    options = {"marks": "exact", "abbreviations": False}

    def found(query: str) -> set[str]:
        return ids(ask(real, query.format(a=first, b=second), **options).hits)

    assume(not (first + second).isdecimal())
    assert found("{a} AND {b} lower OR {a} VÀ {b}") == a & b
    assert found("({a}) OR ({b})") == a | b
    assert found("{a} +{b}") == a & b
    assert found("{a} AND NOT {b}") == a - b
    assert found("+{a} -({b})") == a - b
    assert found("-({a}) -({b})") == everything - a - b
    assert found("NOT ({a} OR {b})") == everything - a - b


@settings(max_examples=60)
@given(data=st.data(), slop=st.integers(0, 3))
def test_phrases_hold_their_words_in_their_order(
    data: st.DataObject, real: Real, slop: int
) -> None:
    terms = drawn_words(data, real, most=4)
    found = ids(ask(real, f'"{" ".join(terms)}"~{slop}', marks="exact").hits)
    exact = {
        article.id
        for article in real.articles
        for field in TEXT_FIELDS
        for text in text_of(article, field)
        if f" {' '.join(terms)} " in f" {' '.join(token.text for token in tokenize(text))} "
    }
    assert exact == found if slop == 0 else exact <= found
    assert all(set(terms) <= real.tokens[one] for one in found)


@settings(max_examples=60)
@given(data=st.data())
def test_fields_are_where_a_word_is_looked_for(data: st.DataObject, real: Real) -> None:
    (term,) = drawn_words(data, real, most=1)
    for name, field in ("tiêu-đề", "title"), ("sapo", "lead"), ("nội-dung", "body"):
        expected = {
            article.id
            for article in real.articles
            if any(term == t.text for text in text_of(article, field) for t in tokenize(text))
        }
        found = ask(real, f"{name}:({term})", marks="exact", abbreviations=False)
        assert ids(found.hits) == expected


@settings(max_examples=60)
@given(data=st.data(), bare=st.booleans(), match=st.sampled_from(["auto", "all", "most", "any"]))
def test_missing_words_are_those_whose_reason_is_that_they_are_missing(
    data: st.DataObject, real: Real, bare: bool, match: str
) -> None:
    article = data.draw(st.sampled_from(real.articles))
    pieces = [text.split() for text in (article.title, article.lead)]
    mixed = data.draw(st.permutations([piece for words in pieces for piece in words[:8]]))
    query = " ".join(mixed[: data.draw(st.integers(1, 12))]).lower()
    query = "".join(" " if sign in '"“”()+' else sign for sign in query).replace(" -", " ")
    if bare:
        query = without_marks([token.text for token in tokenize(query)])
    assume(any(map(str.isalnum, query)))
    for hit in ask(real, query, match=match, size=40).hits:
        lacks = [reason.typed for reason in hit.reasons if reason.kind == "missing"]
        assert sorted(lacks) == sorted(hit.missing)


@settings(max_examples=200)
@given(
    text=typed_texts,
    marks=st.sampled_from(["auto", "exact", "free"]),
    match=st.sampled_from(["auto", "all", "most", "any"]),
    strict=st.booleans(),
)
def test_any_text_is_answered_or_refused_at_its_place_in_bounded_time(
    real: Real, text: str, marks: str, match: str, strict: bool
) -> None:
    started = perf_counter()
    answer = answered(real, text, marks=marks, match=match, strict=strict, size=10)
    if isinstance(answer, QueryError):
        assert 0 <= answer.position <= answer.position + answer.length <= len(text)
        assert answer.message
        assert answer.message_vi
    else:
        places = [(notice.start, notice.end) for notice in answer.notices]
        assert all(0 <= start < end <= len(text) for start, end in places)
        understood = ask(real, answer.understood, marks=marks, match=match, size=10)
        assert (understood.total, ids(understood.hits)) == (answer.total, ids(answer.hits))
    assert perf_counter() - started < 5


def answered(real: Real, query: str, **options: object) -> SearchResult | QueryError:
    try:
        return ask(real, query, **options)
    except QueryError as refusal:
        return refusal


def told_of(hit: Hit) -> tuple[object, ...]:
    """What a reader sees of a hit, but for how a word was typed."""
    passages = (hit.headline, *hit.snippet.passages)
    return hit.id, hit.missing != (), [(passage.text, passage.marks) for passage in passages]


@settings(max_examples=100)
@given(data=st.data(), shape=st.sampled_from(["{}", '"{}"', "+({})", "sapo:({})", "({}) OR xyz"]))
def test_all_spellings_of_a_query_are_marked_at_the_same_places(
    data: st.DataObject, real: Real, shape: str
) -> None:
    terms = drawn_words(data, real)
    plain = ask(real, shape.format(" ".join(terms)), size=20)
    other = ask(real, shape.format(drawn_spelling(data, terms)), size=20)
    assert list(map(told_of, other.hits)) == list(map(told_of, plain.hits))


@settings(max_examples=100)
@given(data=st.data(), way=st.sampled_from(["spelled otherwise", "bare"]), in_field=st.booleans())
def test_reasons_are_what_stands_in_the_article(
    data: st.DataObject, real: Real, way: str, in_field: bool
) -> None:
    terms = drawn_words(data, real)
    query = without_marks(terms) if way == "bare" else drawn_spelling(data, terms)
    result = ask(real, f"sapo:({query})" if in_field else query, size=20, abbreviations=False)
    bare = all(term == bare_form(term) for term in terms) or way == "bare"
    for hit in result.hits:
        texts = text_of(hit.article, "lead") if in_field else shown_texts(hit.article)
        written = {
            unicodedata.normalize("NFC", text[token.start : token.end]).lower(): token.text
            for text in texts
            for token in tokenize(text)
        }
        for reason in hit.reasons:
            assert reason.field == ("lead" if in_field else None)
            (typed,) = (token.text for token in tokenize(reason.typed))
            as_typed = unicodedata.normalize("NFC", reason.typed).lower()
            match reason.kind:
                case "exact":
                    assert as_typed in written
                case "spelling":
                    assert {written[found] for found in reason.found} == {typed}
                    assert as_typed not in written
                case "marks":
                    assert bare
                    assert {bare_form(written[found]) for found in reason.found} == {typed}
                    assert typed not in written.values()
                case _:
                    assert reason.kind == "missing"
                    assert typed not in written.values()


def shown_texts(article: Article) -> list[str]:
    return [text for field in TEXT_FIELDS for text in text_of(article, field)]
