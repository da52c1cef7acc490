from corpus.formats.fields import article_from_fields
from corpus.formats.values import ALIASES


def test_every_alias_is_read_for_its_field() -> None:
    values = {
        "title": "t",
        "url": "https://a.vn/x",
        "published": "2021-04",
    }
    for field, names in ALIASES.items():
        for name in names:
            value = values.get(field, "giá trị")
            record = {"title": "t", name: value}
            if field == "title":
                record.pop("title")
            found = article_from_fields(record).to_dict()[field]
            assert found in (value, [value]), name


def test_own_name_of_a_field_wins_over_an_alias() -> None:
    assert article_from_fields({"title": "t", "sapo": "a", "lead": "b"}).lead == "b"


def test_alias_is_read_where_the_field_is_empty() -> None:
    assert article_from_fields({"title": "t", "sapo": "a", "lead": ""}).lead == "a"


def test_unknown_names_are_ignored() -> None:
    assert article_from_fields({"title": "t", "views": {"a": [1]}}).title == "t"


def test_text_as_body_is_cut_at_line_breaks() -> None:
    assert article_from_fields({"title": "t", "body": "a\r\n\r\n b\nc\n"}).body == (
        "a",
        "b",
        "c",
    )


def test_gaps_are_filled_from_the_url() -> None:
    article = article_from_fields({"title": "t", "url": "https://a.vn/the-thao/202104/x-y/"})
    assert (article.section, str(article.published)) == ("the-thao", "2021-04")


def test_given_values_win_over_the_url() -> None:
    article = article_from_fields(
        {
            "title": "t",
            "url": "https://a.vn/the-thao/202104/x-y/",
            "section": "Bóng đá",
            "date": "8/4/2021",
        }
    )
    assert (article.section, str(article.published)) == ("Bóng đá", "2021-04-08")
