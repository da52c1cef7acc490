from corpus.formats.fields import Fields, article_from_fields
from corpus.formats.values import ALIASES


def test_every_alias_is_read_for_its_field() -> None:
    values = {
        "title": "t",
        "url": "https://a.vn/x",
        "published": "2021-04",
        "topic": "Thể thao",
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


def test_category_of_a_portal_is_the_topic_where_it_is_one() -> None:
    article = article_from_fields({"title": "t", "cates": ["Bóng đá", "Thể thao"]})
    assert (article.topic, article.section) == ("Thể thao", "")


def test_category_of_a_portal_that_is_no_topic_is_the_section() -> None:
    article = article_from_fields({"title": "t", "cates": ["Chuyện lạ"]})
    assert (article.topic, article.section) == ("", "Chuyện lạ")


def test_photographers_and_credits_are_lists() -> None:
    article = article_from_fields({"title": "t", "photographer": "Minh | Hà", "credit": "NLĐ"})
    assert article.photographers == ("Minh", "Hà")
    assert article.credited == ("Người Lao Động",)


def test_paper_of_the_address_is_the_source() -> None:
    assert article_from_fields({"title": "t", "url": "https://tuoitre.vn/x"}).source == "Tuổi Trẻ"


def test_doubtful_metadata_is_told_and_the_article_kept() -> None:
    article, warnings = Fields().article_and_warnings(
        {"title": "t", "date": "31/2/2021", "source": "Báo Không Ai Biết"}
    )
    assert (article.published, article.source) == (None, "Báo Không Ai Biết")
    assert [warning.partition(":")[0] for warning in warnings] == ["published"]
