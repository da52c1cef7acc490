import json
import unicodedata
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, ArticleError, Precision, PublicationDate

NFD = unicodedata.normalize("NFD", "Hoà giải ở cơ sở")


def refusal(**values: Any) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        Article(**({"title": "t"} | values))
    return caught.value


def test_article_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Article(title="t").title = "u"  # type: ignore[misc]


def test_title_alone_is_enough() -> None:
    assert Article(title="Bầu cử").body == ()


@pytest.mark.parametrize("title", ["", "  \n\u00a0", "\x00"])
def test_empty_title_is_refused(title: str) -> None:
    assert str(refusal(title=title)) == "title: is empty; an article needs a headline"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 5),
        ("lead", None),
        ("body", "một đoạn"),
        ("body", [1]),
        ("captions", {"a"}),
        ("authors", "Hương Trà"),
        ("source", ["Quảng Bình"]),
        ("url", 5),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://a.vn/x"),
        ("url", "baoquangbinh.vn/x"),
        ("url", "http://"),
        ("url", "http:///x"),
        ("url", "http://[::1/x"),
        ("url", "http://a.vn:99999/"),
        ("url", "http://tuoitre.vn@evil.example/"),
        ("url", "http://a.vn/a b"),
        ("url", "http://a.vn/a\nb"),
        ("url", "http://a.vn\\@b.vn"),
        ("section", 3),
        ("published", "2021"),
        ("published", datetime(2021, 1, 1, tzinfo=UTC)),
        ("tags", [None]),
        ("topic", ["Thể thao"]),
        ("photographers", "Minh Đức"),
        ("credited", [7]),
        ("id", 7),
        ("id", " a"),
        ("id", "a\n"),
        ("id", " "),
        ("id", "x" * 201),
    ],
)
def test_refusal_names_the_field(field: str, value: object) -> None:
    assert refusal(**{field: value}).field == field


def test_refusal_says_which_item_of_a_list_is_wrong() -> None:
    assert str(refusal(body=["a", 5])) == "body: item 2 must be a text, not a number"


def test_lone_surrogate_is_refused_with_its_position() -> None:
    assert "U+D83D) at position 2" in refusal(lead="ab\ud83d").reason


def test_lists_become_tuples() -> None:
    article = Article(title="t", body=["a", "b"], tags=["x"])  # type: ignore[arg-type]
    assert (article.body, article.tags) == (("a", "b"), ("x",))


def test_white_space_at_ends_and_empty_paragraphs_go() -> None:
    assert Article(title=" t ", body=(" a\u00a0", "  ", "b")).body == ("a", "b")


def test_title_is_on_one_line() -> None:
    assert Article(title="Bầu cử\r\n\t ở đảo").title == "Bầu cử ở đảo"


def test_control_characters_go_and_line_breaks_stay() -> None:
    assert Article(title="t", body=("a\x00b\x1bc\r\nd\te",)).body == ("abc\nd\te",)


def test_shown_text_keeps_its_unicode_form() -> None:
    article = Article(title=NFD, lead=NFD, body=(NFD,), captions=(NFD,))
    assert (article.title, article.lead, *article.body, *article.captions) == (NFD,) * 4


def test_counted_values_have_one_spelling_and_are_not_repeated() -> None:
    article = Article(title="t", tags=(NFD, "Hoà  giải\tở cơ sở", "khác"))
    assert article.tags == ("Hoà giải ở cơ sở", "khác")


def test_given_id_is_kept() -> None:
    assert Article(title="t", id="train-1", url="http://a.vn/x").id == "train-1"


def test_derived_ids_stay_the_same_over_versions() -> None:
    assert Article(title="t", url="https://www.a.vn/x/").id == "70049b031f375457"
    assert Article(title="t", body=("a", "b")).id == "7c652e197f5830ec"


def test_id_from_text_ignores_white_space_and_unicode_form() -> None:
    other = unicodedata.normalize("NFC", NFD).replace(" ", "\u00a0 ")
    assert Article(title="t", body=(NFD,)).id == Article(title="t", body=(other,)).id


def test_id_from_text_changes_with_the_text() -> None:
    assert Article(title="t", body=("a",)).id != Article(title="t", body=("b",)).id


def test_id_is_derived_from_the_url_first() -> None:
    url = "http://a.vn/x"
    assert Article(title="cũ", url=url).id == Article(title="mới", url=url).id


def test_replace_keeps_the_id() -> None:
    article = Article(title="t")
    assert replace(article, title="u").id == article.id


def test_from_dict_takes_whole_numbers_as_ids() -> None:
    assert Article.from_dict({"id": 24858235, "title": "t"}).id == "24858235"


def test_from_dict_takes_null_as_missing() -> None:
    assert Article.from_dict({"title": "t", "lead": None, "id": None}) == Article(title="t")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "title"),
        ({"title": "t", "sapo": "x"}, "sapo"),
        ({"title": "t", "published": "31/2/2021"}, "published"),
        ({"title": "t", "published": 1617840000}, "published"),
        ({"title": "t", "id": True}, "id"),
        ({"title": "t", "id": 10**300}, "id"),
    ],
)
def test_from_dict_names_the_field_that_is_wrong(values: dict[str, object], field: str) -> None:
    with pytest.raises(ArticleError) as caught:
        Article.from_dict(values)
    assert caught.value.field == field


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
lists = st.lists(texts, max_size=3).map(tuple)
published = st.none() | st.builds(
    PublicationDate,
    st.integers(-2_208_000_000, 4_133_000_000).map(
        lambda seconds: datetime.fromtimestamp(seconds, UTC)
    ),
    st.sampled_from(Precision),
)
articles = st.builds(
    Article,
    title=texts.map(lambda text: f"T{text}"),
    lead=texts,
    body=lists,
    captions=lists,
    authors=lists,
    source=texts,
    url=st.sampled_from(["", "https://a.vn/x", "http://b.vn/?a=1"]),
    section=texts,
    published=published,
    tags=lists,
    topic=texts,
    photographers=lists,
    credited=lists,
)


@given(articles)
def test_an_article_survives_json(article: Article) -> None:
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


@given(articles)
def test_an_article_is_restored_from_what_was_kept_of_it(article: Article) -> None:
    assert Article.restore(json.loads(json.dumps(article.to_dict()))) == article


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", None),
        ("title", ""),
        ("id", 7),
        ("body", "a text"),
        ("tags", ["a", 7]),
        ("published", 2021),
        ("published", "hôm qua"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_what_no_article_gave_is_not_restored(name: str, value: object) -> None:
    with pytest.raises(ArticleError) as caught:
        Article.restore(Article(title="t").to_dict() | {name: value})
    assert caught.value.field == name


@given(articles)
def test_validation_changes_nothing_the_second_time(article: Article) -> None:
    assert replace(article) == article
