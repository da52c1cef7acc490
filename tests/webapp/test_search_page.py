from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def get(client: FlaskClient, **parameters: str | list[str]) -> TestResponse:
    pairs: list[tuple[str, str]] = []
    for name, value in parameters.items():
        values = value if isinstance(value, list) else [value]
        pairs += [(name.rstrip("_"), item) for item in values]
    return client.get("/?" + urlencode(pairs))


def text_of(html: str) -> str:
    """Give the text of a page's body, or of a piece of one."""
    bare = re.sub(r"<[^>]+>", " ", html.split("</head>")[-1])
    return " ".join(unescape(bare).split())


def links(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [(unescape(href), text_of(text)) for href, text in found]


def headlines(html: str) -> list[str]:
    return [text_of(h) for h in re.findall(r"<h2><a[^>]*>(.*?)</a>", html, re.DOTALL)]


class _Balance(HTMLParser):
    """Checks that every element that is opened is closed, in order."""

    void = frozenset({"meta", "link", "input", "br", "img", "path", "rect", "circle"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.void:
            assert self.open.pop() == tag


def test_the_first_page_shows_the_newest_articles_and_what_there_is(client: FlaskClient) -> None:
    html = client.get("/").text
    assert "Bài mới nhất" in html
    assert len(headlines(html)) == 10
    for legend in ("Báo", "Chuyên mục", "Tác giả", "Ngày đăng"):
        assert f"<legend>{legend}</legend>" in html
    years = [int(y) for y in re.findall(r"<time datetime=\"(\d{4})", html)]
    assert years == sorted(years, reverse=True)


@pytest.mark.parametrize(
    "path", ["/", "/?q=n%C6%B0%E1%BB%9Bc&by=month&page=2", "/?q=zzz", "/?q=%3F"]
)
def test_pages_are_well_formed(client: FlaskClient, path: str) -> None:
    parser = _Balance()
    parser.feed(client.get(path).text)
    assert not parser.open


def test_the_first_page_tells_how_much_there_is_and_of_which_years(odd: FlaskClient) -> None:
    # One article is known to the year 2020 only.
    assert "5 bài 2 báo 2020–2024" in text_of(odd.get("/").text)


def test_results_show_count_time_and_marked_passages(client: FlaskClient) -> None:
    html = get(client, q="dân vận khéo").text
    assert re.search(
        r"1–\d+ trong \d+ bài(, \d+ tin)? · (\d+ ms|dưới 1 ms|[\d,]+ giây)", text_of(html)
    )
    assert "<mark>Dân vận khéo</mark>" in html
    assert "Sông Hương Nhật Báo · " not in html  # the dots are drawn, not read out


def test_a_query_in_decomposed_letters_finds_the_same(client: FlaskClient) -> None:
    import unicodedata

    composed = get(client, q="dân vận khéo").text
    decomposed = get(client, q=unicodedata.normalize("NFD", "dân vận khéo")).text
    assert headlines(decomposed) == headlines(composed) != []


def test_fields_that_a_form_left_empty_go_from_the_address(client: FlaskClient) -> None:
    response = client.get("/?q=n%C6%B0%E1%BB%9Bc&from=&to=")
    assert response.status_code == 302
    assert response.headers["Location"] == "/?q=n%C6%B0%E1%BB%9Bc"
    assert client.get("/?q=").headers["Location"] == "/"


def test_chosen_values_are_ticked_and_have_chips_that_remove_them(client: FlaskClient) -> None:
    response = get(client, q="nước", source=["Tin Ven Biển", "Không Có Báo Này"])
    html = response.text
    assert re.search(r'value="Tin Ven Biển" form="tim" checked', html)
    assert re.search(r'value="Không Có Báo Này" form="tim" checked', html)
    chip = {text: href for href, text in links(html) if text.startswith("Bỏ lọc")}
    without = chip["Bỏ lọc Báo Không Có Báo Này"]
    assert without == "/?" + urlencode({"q": "nước", "source": "Tin Ven Biển"})
    assert {text: href for href, text in links(html)}["Xóa tất cả"] == "/?" + urlencode(
        {"q": "nước"}
    )


def test_a_facet_counts_what_its_other_values_would_bring(client: FlaskClient) -> None:
    every = get(client, q="nước").text
    one = get(client, q="nước", source="Tin Ven Biển").text
    choice = r'name="source" value="([^"]+)".*?<span class="number">(\d+)'
    assert dict(re.findall(choice, one)) == dict(re.findall(choice, every))
    assert len(dict(re.findall(choice, one))) > 1


def test_values_and_articles_that_a_facet_does_not_list_are_counted(odd: FlaskClient) -> None:
    text = text_of(odd.get("/").text)
    assert "Không ghi: 2 bài" in text


def test_a_long_facet_says_how_many_values_it_leaves_out(sample_index: Path) -> None:
    from webapp import create_app

    app = create_app({"INDEX": sample_index, "FACET_SIZE": 3})
    text = text_of(app.test_client().get("/").text)
    app.extensions["timbao"].close()
    assert re.search(r"và \d+ giá trị khác \(\d+ bài\)", text)


def test_the_timeline_is_a_table_whose_bars_lead_into_their_year(client: FlaskClient) -> None:
    html = client.get("/").text
    row, *_ = re.findall(r'<tr role="row"><th scope="row".*?</tr>', html, re.DOTALL)
    [(label, count)] = re.findall(r">(năm \d{4})<.*?>(\d+)</span><svg", row, re.DOTALL)
    [(href, _)] = links(row)
    year = label.removeprefix("năm ")
    assert href == f"/?from={year}-01-01&to={year}-12-31"
    inside = client.get(href).text
    assert f"trong {count} bài" in text_of(inside)
    assert 'aria-current="true">Tháng' in inside


def test_undated_and_coarsely_dated_articles_are_named_under_the_timeline(
    odd: FlaskClient,
) -> None:
    assert "2 bài không rõ ngày" in text_of(odd.get("/").text)
    assert "2 bài chỉ rõ đến tháng hoặc năm" in text_of(odd.get("/?by=day").text)


def test_too_many_bars_are_drawn_wider_and_said_so(sample_index: Path) -> None:
    from webapp import create_app

    app = create_app({"INDEX": sample_index, "MAX_BARS": 30})
    html = app.test_client().get("/?by=day").text
    app.extensions["timbao"].close()
    assert "Quá nhiều cột để vẽ theo ngày" in html


def test_dates_are_written_as_exactly_as_they_are_known(odd: FlaskClient) -> None:
    text = "".join(text_of(odd.get(f"/?page={n}").text) for n in (1, 2, 3))
    for written in ("29/2/2024", "tháng 4/2021", "năm 2020", "không rõ ngày"):
        assert written in text


def test_pages_follow_each_other_without_gaps_or_repeats(odd: FlaskClient) -> None:
    shown = [headlines(odd.get(f"/?q=duong&page={n}").text) for n in (1, 2, 3)]
    assert [len(page) for page in shown] == [2, 2, 1]
    assert len({title for page in shown for title in page}) == 5
    assert ("/?q=duong&page=2", "Sau") in links(odd.get("/?q=duong").text)
    assert ("/?q=duong", "Trước") in links(odd.get("/?q=duong&page=2").text)


def test_a_page_behind_the_last_one_leads_back(odd: FlaskClient) -> None:
    response = odd.get("/?q=duong&page=9")
    assert response.status_code == 404
    assert ("/?q=duong&page=3", "Đến trang cuối") in links(response.text)


def test_the_order_is_a_link_and_is_kept_by_the_form(client: FlaskClient) -> None:
    html = get(client, q="nước", sort="oldest").text
    assert 'name="sort" value="oldest"' in html
    assert ("/?" + urlencode({"q": "nước", "sort": "newest"}), "Mới nhất") in links(html)
    years = [int(y) for y in re.findall(r"<time datetime=\"(\d{4})", html)]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("query", "advised"),
    [("xyzzyx", False), ("xyzzyxế", True), ("xyzzyxe\u0302", True), ("đxyzzyx", True)],
)
def test_only_a_marked_query_is_advised_to_leave_out_marks(
    client: FlaskClient, query: str, advised: bool
) -> None:
    assert ("<li>Gõ không dấu" in get(client, q=query).text) is advised


def test_nothing_found_repeats_the_query_and_names_what_to_drop(client: FlaskClient) -> None:
    response = get(client, q="dân vận khéo", source="Không Có Báo Này", section="the-thao")
    assert response.status_code == 200
    text = text_of(response.text)
    assert "Không có bài nào khớp “dân vận khéo” với bộ lọc đang dùng" in text
    assert re.search(r"Bỏ mọi bộ lọc [1-9]\d* bài", text)


def test_a_single_filter_in_the_way_is_named_with_what_dropping_it_brings(
    client: FlaskClient,
) -> None:
    text = text_of(get(client, q="dân vận khéo", source="Không Có Báo Này").text)
    assert re.search(r"Bỏ báo “Không Có Báo Này” [1-9]\d* bài", text)


def test_filters_are_not_blamed_for_a_word_that_is_nowhere(client: FlaskClient) -> None:
    text = text_of(get(client, q="xyzzyx", source="Tin Ven Biển").text)
    assert "Không phải do bộ lọc" in text


def test_a_query_without_letters_is_refused_in_place(client: FlaskClient) -> None:
    response = get(client, q="?!", source="Tin Ven Biển")
    assert response.status_code == 400
    assert "Trong câu tìm không có chữ cái hay chữ số nào." in response.text
    assert '<input type="hidden" name="source" value="Tin Ven Biển">' in response.text


def test_a_query_of_ten_thousand_characters_is_refused_in_place(client: FlaskClient) -> None:
    response = get(client, q="đường " * 1_667)
    assert response.status_code == 400
    assert "Câu tìm dài 10.001 ký tự" in response.text


@pytest.mark.parametrize(
    "query_string", ["from=abc", "to=2021-13", "sort=best", "by=week", "page=x", "page=0"]
)
def test_an_option_without_meaning_is_named_and_the_page_stays(
    client: FlaskClient, query_string: str
) -> None:
    response = client.get(f"/?q=n%C6%B0%E1%BB%9Bc&{query_string}")
    assert response.status_code == 400
    assert 'class="notice"' in response.text
    assert headlines(response.text)


def test_an_exchanged_period_can_be_put_right_with_one_click(client: FlaskClient) -> None:
    response = client.get("/?from=2022-01-01&to=2021-01-01")
    assert ("/?from=2021-01-01&to=2022-01-01", "Đổi chỗ hai ngày") in links(response.text)


def test_markup_in_articles_and_queries_is_shown_as_text(odd: FlaskClient) -> None:
    payload = '"><script>alert(1)</script> đường'
    nothing = get(odd, q=payload, source=payload, tag="<b>").text
    found = get(odd, q="ngoặc").text
    article = odd.get(next(href for href, _ in links(found) if "/bai/" in href)).text
    assert headlines(found)
    for html in (nothing, found, article):
        assert "<script>" not in html
        assert not re.search(r"<(i|u|img|ai)\b", html, re.IGNORECASE)
        assert "<b>đậm" not in html


def test_odd_values_survive_the_way_through_the_address(odd: FlaskClient) -> None:
    html = get(odd, tag="x=1&q=2").text
    assert headlines(html) == ["<script>alert('x')</script> & “ngoặc” <b>đậm</b>"]


@pytest.mark.parametrize(
    "query",
    ["\x00", "‮đường‬", '"đường', "%", "a" * 500, "(" * 50, "đường AND", "🙂", "\ud7ff"],
)
def test_no_query_breaks_the_page(client: FlaskClient, query: str) -> None:
    assert client.get("/?q=" + quote(query)).status_code in {200, 400}


def test_bytes_that_are_no_text_do_not_break_the_page(client: FlaskClient) -> None:
    assert client.get("/?q=%ff%fe&source=%c3").status_code in {200, 400}
