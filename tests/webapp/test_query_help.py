"""What the page says of a query: mistakes, what else was looked for, and what may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from corpus import Article
from indexer import Index, build_index
from tests.webapp.test_search_page import get, headlines, links, text_of
from webapp import create_app

BODIES = [
    *["Xe buýt chạy qua đường phố đông người."] * 12,
    *["Người vượt đèn đỏ trên đường phố bị phạt."] * 2,
    "Ông Dương đến phó hội ở tỉnh.",
    "UBND tỉnh họp về kĩ thuật trồng lúa.",
    "Ủy ban nhân dân tỉnh họp phiên thường kỳ.",
    "Học tiếng Việt cùng các bạn.",
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("help") / "index"
    build_index(
        [
            Article(title=f"Bài số {n}", body=(body,), source="Báo A" if n % 2 else "Báo B")
            for n, body in enumerate(BODIES)
        ],
        folder,
    )
    app = create_app({"INDEX": folder})
    yield app
    app.extensions["timbao"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def address(**parameters: str) -> str:
    return "/?" + urlencode(parameters)


def main_of(html: str) -> str:
    return text_of(html.partition("<main")[2])


# Mistakes


def test_a_mistake_is_shown_in_its_place_and_the_words_are_searched(client: FlaskClient) -> None:
    response = get(client, q='xe "đường phố')
    assert response.status_code == 200
    assert "<code>xe <em>&#34;</em>đường phố</code>" in response.text
    assert "Dấu ngoặc kép này không có dấu đóng" in text_of(response.text)
    assert "trong 12 bài" in text_of(response.text)


def test_the_mend_of_a_mistake_leads_to_a_search_without_one(client: FlaskClient) -> None:
    html = get(client, q='xe "đường phố', source="Báo A").text
    mended = {text: href for href, text in links(html)}['xe "đường phố"']
    assert mended == address(q='xe "đường phố"', source="Báo A")
    assert 'class="notice"' not in client.get(mended).text


def test_only_the_first_of_many_mistakes_are_shown_and_the_others_counted(
    client: FlaskClient,
) -> None:
    html = get(client, q="(đường " * 7).text
    assert html.count('class="wrong-query"') == 3
    assert "Còn 4 chỗ nữa như vậy." in html


def test_what_was_perhaps_meant_is_a_remark_with_a_link_to_it(client: FlaskClient) -> None:
    html = get(client, q="UBND OR TIẾNG").text
    assert 'class="notice"' not in html
    assert "Câu tìm chỉ có chữ hoa" in text_of(html)
    meant = {text: href for href, text in links(html)}["Tìm ubnd OR tiếng"]
    assert "trong 3 bài" in text_of(client.get(meant).text)


def test_characters_that_turn_the_page_around_are_left_out_of_what_was_typed(
    client: FlaskClient,
) -> None:
    for query in ("đường ph\u202eố", "đường ph\x07ố “", "\u2067Khôngcó\u202e"):
        html = get(client, q=query).text
        assert not {"\u202e", "\u2067", "\x07"} & set(html)
    assert "trong 14 bài" in text_of(get(client, q="đường ph\u202eố").text)


def test_a_correct_query_is_not_talked_about(client: FlaskClient) -> None:
    html = get(client, q='"đường phố" -phạt').text
    for part in ('class="notice', 'class="aside', 'class="meant', 'class="why'):
        assert part not in html


@pytest.mark.parametrize(
    "query", ['"<u>đường</u> <script>', "nguồn:<script>", "xe <u>ubnd", "(<u>tieengs vieetj"]
)
def test_what_was_typed_is_text_in_whatever_is_said_of_it(client: FlaskClient, query: str) -> None:
    html = get(client, q=query).text
    assert "<script>" not in html
    assert "<u>" not in html


def test_a_refused_query_says_why_and_where_in_vietnamese(client: FlaskClient) -> None:
    response = get(client, q="đường " * 400)
    assert response.status_code == 400
    text = text_of(response.text)
    assert "Câu tìm này không tìm được , từ ký tự 2.001:" in text
    assert "Câu tìm dài 2.399 ký tự; ở đây chỉ nhận tối đa 2.000 ký tự." in text


# What was looked for besides


def test_abbreviations_that_were_looked_up_are_named_and_can_be_left_out(
    client: FlaskClient,
) -> None:
    html = get(client, q="UBND tỉnh").text
    assert "“UBND” cũng được tìm dưới dạng “ủy ban nhân dân”." in text_of(html)
    assert "trong 2 bài" in text_of(html)
    as_typed = {text: href for href, text in links(html)}["Chỉ tìm như đã gõ"]
    assert as_typed == address(q="UBND tỉnh", abbr="0")
    assert "trong 1 bài" in text_of(client.get(as_typed).text)


def test_several_abbreviations_are_left_out_with_one_link(client: FlaskClient) -> None:
    html = get(client, q="UBND HĐND").text
    assert text_of(html).count("cũng được tìm dưới dạng") == 2
    assert [text for _, text in links(html)].count("Chỉ tìm như đã gõ") == 1


def test_a_phrase_that_is_nowhere_is_named(client: FlaskClient) -> None:
    text = text_of(get(client, q='xe "phố đường"').text)
    assert "Không có bài nào có cụm từ “phố đường”" in text


def test_a_value_that_no_article_has_is_named_where_nothing_is_found(client: FlaskClient) -> None:
    text = text_of(get(client, q="nguồn:Xyz").text)
    assert "Không có tờ báo nào tên “Xyz” trong kho bài này." in text


def test_a_completed_syllable_is_named(client: FlaskClient) -> None:
    html = get(client, q="đương phố").text
    assert "Không có bài nào viết “đương”, nên đã tìm “đường”." in text_of(html)
    assert "trong 14 bài" in text_of(html)


# What may be meant


def test_where_nothing_is_found_likely_spellings_are_offered_with_counts(
    client: FlaskClient,
) -> None:
    html = get(client, q="đường phổ").text
    assert "Có phải bạn tìm: đường phố chính tả, 14 bài" in main_of(html)
    offered = {text: href for href, text in links(html)}["đường phố"]
    assert "trong 14 bài" in text_of(client.get(offered).text)


@pytest.mark.parametrize("typed", ["tieengs vieetj", "tie61ng vie65t"])
def test_keys_typed_without_an_input_method_are_read(client: FlaskClient, typed: str) -> None:
    html = get(client, q=typed).text
    assert headlines(html) == []
    assert "tiếng việt kiểu gõ Telex hoặc VNI, 1 bài" in main_of(html)
    offered = {text: href for href, text in links(html)}["tiếng việt"]
    assert headlines(client.get(offered).text) == ["Bài số 17"]


def test_readings_of_a_bare_query_are_a_choice_with_true_counts(client: FlaskClient) -> None:
    html = get(client, q="duong pho").text
    assert "trong 15 bài" in text_of(html)
    assert "Các cách đọc có dấu: đường phố (14)" in text_of(html)
    offered = {text: href for href, text in links(html)}["đường phố"]
    assert "trong 14 bài" in text_of(client.get(offered).text)


def test_offers_count_what_they_find_under_the_filters_in_force(client: FlaskClient) -> None:
    html = get(client, q="duong pho", source="Báo A").text
    assert "đường phố (7)" in text_of(html)
    offered = {text: href for href, text in links(html)}["đường phố"]
    assert offered == address(q="đường phố", source="Báo A")
    assert "trong 7 bài" in text_of(client.get(offered).text)


def test_a_word_that_is_nowhere_is_not_the_end_of_a_search(client: FlaskClient) -> None:
    html = get(client, q="xe buýt qqqq").text
    assert "Nhận cả bài chỉ có một trong các từ" in text_of(html)
    wider = {text: href for href, text in links(html)}["Nhận cả bài chỉ có một trong các từ"]
    assert wider == address(q="xe buýt qqqq", match="any")
    assert headlines(client.get(wider).text)


def test_where_the_filters_leave_nothing_likely_spellings_are_offered_without_them(
    client: FlaskClient,
) -> None:
    html = get(client, q="đường phổ", source="Báo C").text
    assert "đường phố chính tả, không kèm bộ lọc, 14 bài" in main_of(html)
    offered = {text: href for href, text in links(html)}["đường phố"]
    assert offered == address(q="đường phố")


def test_a_bare_query_can_be_searched_as_typed_and_back(client: FlaskClient) -> None:
    html = get(client, q="duong pho").text
    as_typed = {text: href for href, text in links(html)}["Chỉ tìm đúng dấu như đã gõ"]
    assert as_typed == address(q="duong pho", marks="exact")
    exact = client.get(as_typed).text
    assert headlines(exact) == []
    found = {text: href for href, text in links(exact)}
    assert found["Bỏ Dấu đúng như đã gõ"] == address(q="duong pho")
    assert found["Tìm cả những chữ có thêm dấu"] == address(q="duong pho")
    assert found["đường phố"] == address(q="đường phố")


def test_a_filter_badge_counts_filters_only(client: FlaskClient) -> None:
    html = get(client, q="đường", source="Báo A", marks="exact", abbr="0").text
    assert re.search(r'class="badge">1<', html)
    assert {text: href for href, text in links(html)}["Xóa tất cả"] == address(q="đường")


def test_later_pages_offer_nothing(client: FlaskClient) -> None:
    html = get(client, q="duong pho", page="2").text
    assert headlines(html)
    assert "Các cách đọc" not in html


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("đường phố", False),  # enough results, and marks
        ("duong pho", True),  # no marks
        ("đèn đỏ", True),  # few results
        ("xe vượt đèn đỏ buýt phố", True),  # no article has all
        ("xyzzyx", True),
        ("", False),
    ],
)
def test_corrections_are_looked_for_only_where_there_may_be_some(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, query: str, asked: bool
) -> None:
    queries = []
    real = Index.corrections

    def noted(index: Index, text: str, *, timeout: float | None = None) -> object:
        queries.append(text)
        return real(index, text, timeout=timeout)

    monkeypatch.setattr(Index, "corrections", noted)
    client.get("/?" + urlencode({"q": query}) if query else "/")
    assert queries == ([query] if asked else [])


# How results match


def test_results_say_what_they_have_in_place_of_an_abbreviation(client: FlaskClient) -> None:
    html = get(client, q="UBND tỉnh").text
    assert re.findall(r"Khớp: ([^<]+)<", html) == ["UBND = ủy ban nhân dân"]
    html = get(client, q="Ủy ban nhân dân tỉnh").text
    assert re.findall(r"Khớp: ([^<]+)<", html) == ["Ủy ban nhân dân = ubnd"]


def test_results_say_how_they_spell_a_word(client: FlaskClient) -> None:
    html = get(client, q="kỹ thuật").text
    assert re.findall(r"Khớp: ([^<]+)<", html) == ["kỹ = kĩ"]


def test_results_say_when_their_reading_is_not_the_usual_one(client: FlaskClient) -> None:
    shown = get(client, q="duong pho", source="Báo B").text
    assert re.findall(r"Khớp: ([^<]+)<", shown) == ["duong = dương; pho = phó"]


# The state in addresses and forms


def test_ways_of_reading_are_kept_by_form_filters_and_pages(client: FlaskClient) -> None:
    html = get(client, q="đường", marks="free", abbr="0").text
    assert '<input type="hidden" name="marks" value="free">' in html
    assert '<input type="hidden" name="abbr" value="0">' in html
    kept = [href for href, text in links(html) if text in {"2", "Trang 2", "Sau", "Mới nhất"}]
    assert len(kept) == 3
    assert all("marks=free&abbr=0" in href for href in kept)


def test_every_example_of_how_to_search_is_a_correct_query(client: FlaskClient) -> None:
    ways = client.get("/").text.partition('class="ways"')[2].partition("</dl>")[0]
    examples = links(ways)
    assert len(examples) == 9
    for href, query in examples:
        html = client.get(href).text
        assert f'value="{escape(query)}"' in html
        assert 'class="notice' not in html, query
