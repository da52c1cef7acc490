from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ArticleError, OptionError
from corpus.formats.fields import Fields
from corpus.formats.values import converted, known_names

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from(["$date", "$oid", "name"]), inner)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Tiêu đề", "title"),
        ("HEADLINE", "title"),
        ("publish_time", "published"),
        ("datePublished", "published"),
        ("Ngày đăng", "published"),
        ("nội_dung", "body"),
        ("Chuyên mục", "section"),
        ("tac-gia", "authors"),
        ("_id", "id"),
    ],
)
def test_names_are_known_in_any_spelling(name: str, field: str) -> None:
    assert known_names([name]) == {field: [name]}


def test_a_field_is_read_under_its_own_name_first() -> None:
    assert known_names(["headline", "title", "_id", "id"])["title"] == ["title", "headline"]
    assert known_names(["_id", "id"])["id"] == ["id"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1517782507, "2018-02-05T05:15:07+07:00"),
        ("1517782507", "2018-02-05T05:15:07+07:00"),
        (1517782507.5, "2018-02-05T05:15:07+07:00"),
        (1517782507123, "2018-02-05T05:15:07+07:00"),
        ({"$date": "2018-02-04T22:15:07Z"}, "2018-02-04T22:15:07Z"),
        ({"$date": {"$numberLong": "1517782507000"}}, "2018-02-05T05:15:07+07:00"),
        ({"$date": 1517782507000}, "2018-02-05T05:15:07+07:00"),
        ("Sun, 04 Feb 2018 22:15:07 +0000", "2018-02-04T22:15:07+00:00"),
        (datetime(2018, 2, 4, 22, 15, 7, tzinfo=UTC), "2018-02-04T22:15:07+00:00"),
        (date(2018, 2, 5), "2018-02-05"),
        (2018, 2018),
        (20180205, "2018-02-05"),
        ("20180205", "2018-02-05"),
        ("5/2/2018", "5/2/2018"),
    ],
)
def test_times_in_all_their_forms_are_texts(value: object, text: str) -> None:
    assert converted("published", value) == text


@pytest.mark.parametrize(
    ("field", "value", "result"),
    [
        ("tags", "a, b; c", ["a", "b", "c"]),
        ("tags", '["a", "b"]', ["a", "b"]),
        ("tags", [{"name": "a"}, "b"], ["a", "b"]),
        ("authors", "Lê An; Hà", ["Lê An", "Hà"]),
        ("authors", {"name": "Lê An"}, ["Lê An"]),
        ("source", {"@type": "Organization", "name": "Báo X"}, "Báo X"),
        ("section", ["Pháp luật", "Giao thông"], "Pháp luật"),
        ("section", [], ""),
        ("id", {"$oid": "5a77"}, "5a77"),
        ("id", {"$numberLong": "7"}, 7),
        ("body", "a\nb", ["a", "b"]),
    ],
)
def test_values_are_what_an_article_takes(field: str, value: object, result: object) -> None:
    assert converted(field, value) == result


@given(st.sampled_from(["id", "title", "body", "published", "tags", "source"]), json_values)
def test_any_value_gives_an_article_or_an_article_error(field: str, value: object) -> None:
    with suppress(ArticleError):
        Fields().article({"title": "a", field: value})


def test_map_wins_over_names_and_reaches_inside() -> None:
    fields = Fields({"title": "meta.kop", "lead": "x.y"})
    article = fields.article({"title": "no", "meta": {"kop": "yes"}, "x.y": "z", "sapo": "no"})
    assert (article.title, article.lead) == ("yes", "z")
    assert fields.names == {"title": "meta.kop", "lead": "x.y"}


def test_map_of_what_is_no_field_is_refused() -> None:
    with pytest.raises(OptionError, match="'headline': it is no field; there are id, title"):
        Fields({"headline": "title"})


def test_record_without_a_title_tells_its_names() -> None:
    with pytest.raises(ArticleError, match="none of 'kop', 'tekst' is known for one: map it"):
        Fields().article({"kop": "a", "tekst": "b"})


def test_html_is_taken_apart_wherever_it_stands() -> None:
    article = Fields().article(
        {
            "title": "<b>Đ&agrave;</b> Nẵng",
            "lead": "Sapo &quot;a&quot;<br>b",
            "body": "<p>Một&nbsp;hai</p><figure><img><figcaption>Ảnh</figcaption></figure>"
            '<p>ba\u200b</p><p>Xem thêm: bốn</p><p class="author">Lê An</p>',
        }
    )
    assert article.title == "Đà Nẵng"
    assert article.lead == 'Sapo "a" b'
    assert article.body == ("Một hai", "ba")
    assert article.captions == ("Ảnh",)
    assert article.authors == ("Lê An",)


def test_what_was_mended_and_left_out_is_counted() -> None:
    fields = Fields()
    wrong = "Viá»‡t Nam tháº¯ng"
    assert fields.article({"title": wrong, "body": ["a", "Xem thêm: b"]}).title == "Việt Nam thắng"
    assert fields.mended == {"UTF-8 read as Windows-1252": 1}
    assert fields.boilerplate == 1
