from corpus import Article, with_metadata


def test_source_gets_its_canonical_name() -> None:
    assert with_metadata({"source": "báo NLĐ"})[0]["source"] == "Người Lao Động"


def test_source_that_is_not_known_stays() -> None:
    values, warnings = with_metadata({"source": "Sông Hương Nhật Báo"})
    assert values["source"] == "Sông Hương Nhật Báo"
    assert warnings == []


def test_gaps_are_filled_from_the_address() -> None:
    url = "https://dantri.com.vn/xa-hoi/mua-lu-20211023101530345.htm"
    values, warnings = with_metadata({"title": "t", "url": url})
    article = Article.from_dict(values)
    assert (article.source, article.section, article.topic) == ("Dân trí", "xa-hoi", "Xã hội")
    assert str(article.published) == "2021-10-23"
    assert warnings == []


def test_what_is_given_is_not_overruled_by_the_address() -> None:
    url = "https://dantri.com.vn/xa-hoi/mua-lu-20211023101530345.htm"
    given = {"url": url, "source": "Thanh Niên", "section": "the-thao", "published": "2021-10-24"}
    values, _ = with_metadata(given)
    assert values["section"] == "the-thao"
    assert values["source"] == "Thanh Niên"
    assert str(values["published"]) == "2021-10-24"


def test_stamp_in_utc_falls_on_its_day_in_vietnam() -> None:
    values, _ = with_metadata({"title": "t", "published": "2018-02-04T22:15:07Z"})
    assert str(Article.from_dict(values).published) == "2018-02-05T05:15:07+07:00"


def test_future_date_is_reported_and_left_out() -> None:
    values, warnings = with_metadata({"title": "t", "published": "2099-01-01"})
    assert Article.from_dict(values).published is None
    assert warnings == ["published: 2099-01-01 is in the future; the article is kept without it"]


def test_impossible_date_is_reported_and_the_address_asked() -> None:
    url = "https://tuoitre.vn/x-20211023101530345.htm"
    values, warnings = with_metadata({"url": url, "published": "31/2/2021"})
    assert str(values["published"]) == "2021-10-23"
    assert len(warnings) == 1


def test_the_paper_itself_is_not_credited() -> None:
    values, _ = with_metadata({"source": "TTXVN", "body": ["Một.", "Theo TTXVN, Reuters"]})
    assert values["credited"] == ("Reuters",)


def test_given_credits_get_canonical_names_and_are_joined_with_those_of_the_text() -> None:
    values, _ = with_metadata({"credited": ["Xinhua"], "body": ["Một.", "(Theo THX, AFP)"]})
    assert values["credited"] == ("Tân Hoa Xã", "AFP")


def test_text_stays_as_it_is() -> None:
    body = ["Một đoạn.", "Theo VnExpress"]
    assert with_metadata({"body": body})[0]["body"] == body


def test_values_of_a_wrong_kind_stay() -> None:
    wrong = {"source": 7, "url": 5, "body": "một", "credited": [1], "topic": ["a"]}
    values, _ = with_metadata(wrong)
    assert {name: values[name] for name in wrong} == wrong


def test_given_topic_gets_its_common_name() -> None:
    assert with_metadata({"topic": "the-thao"})[0]["topic"] == "Thể thao"


def test_given_topic_that_is_none_is_the_section_where_that_is_missing() -> None:
    assert with_metadata({"topic": "Chuyện lạ"})[0] == {"section": "Chuyện lạ"}
    both = {"topic": "Chuyện lạ", "section": "kham-pha"}
    assert with_metadata(both)[0] == both
