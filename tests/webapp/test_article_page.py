from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from corpus import Article, PublicationDate
from indexer import build_index
from tests.webapp.conftest import ODD_ARTICLES
from tests.webapp.test_search_page import get, headlines, links, text_of
from webapp.app import create_app


@pytest.mark.parametrize("article", ODD_ARTICLES, ids=lambda article: article.id)
def test_every_result_leads_to_its_article(odd: FlaskClient, article: Article) -> None:
    pages = "".join(odd.get(f"/?page={n}").text for n in (1, 2, 3))
    (address,) = {href for href, text in links(pages) if text == article.title}
    response = odd.get(address)
    assert response.status_code == 200
    for part in (article.title, article.lead, *article.body, *article.captions):
        assert part in text_of(response.text)


def test_matches_are_marked_and_counted(client: FlaskClient) -> None:
    results = get(client, q="dân vận khéo", section="chinh-tri").text
    (address, _), *_ = [link for link in links(results) if link[0].startswith("/bai/")]
    html = client.get(address).text
    marks = len(re.findall("<mark ", html))
    assert f"{marks} chỗ khớp" in html
    assert marks > 1


def test_the_way_back_is_the_same_search(client: FlaskClient) -> None:
    address = "/?q=n%C6%B0%E1%BB%9Bc&section=moi-truong&sort=newest"
    article = next(href for href, _ in links(client.get(address).text) if "/bai/" in href)
    back = next(href for href, text in links(client.get(article).text) if "Về kết quả" in text)
    assert back == address


def test_paper_section_authors_and_tags_lead_to_filtered_searches(odd: FlaskClient) -> None:
    html = odd.get("/?q=ngo%E1%BA%B7c").text
    address = next(href for href, _ in links(html) if href.startswith("/bai/"))
    found = {text: href for href, text in links(odd.get(address).text)}
    assert found["<i>Báo</i>"] == "/?source=%3Ci%3EB%C3%A1o%3C%2Fi%3E"
    assert found["<Ai>"] == "/?author=%3CAi%3E"
    assert headlines(odd.get(found["x=1&q=2"]).text) == [ODD_ARTICLES[0].title]


def test_the_original_is_linked_without_telling_it_where_from(client: FlaskClient) -> None:
    html = client.get("/").text
    external = re.findall(r"<a href=\"(https?://[^\"]+)\" rel=\"([^\"]+)\"", html)
    assert external
    assert {rel for _, rel in external} == {"noopener noreferrer external"}


def test_an_article_tells_its_address_without_the_search_that_led_to_it(
    odd: FlaskClient,
) -> None:
    html = odd.get("/bai/moi?q=đường&source=Tin+Mới").text
    assert '<link rel="canonical" href="/bai/moi">' in html
    assert re.search(r'<a href="/bai/moi" rel="bookmark">http://localhost/bai/moi</a>', html)


def test_a_query_that_cannot_be_searched_still_shows_the_article(odd: FlaskClient) -> None:
    response = odd.get("/bai/moi?q=%3F")
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_an_unknown_article_is_not_found(odd: FlaskClient) -> None:
    response = odd.get("/bai/khong-co")
    assert response.status_code == 404
    assert "Trong chỉ mục không có bài này" in response.text


def test_topic_photographers_and_credited_papers_lead_to_filtered_searches(tmp_path: Path) -> None:
    article = Article(
        id="1",
        title="Bão vào bờ",
        topic="Môi trường",
        photographers=("QUANG ĐỊNH",),
        credited=("Reuters", "AFP"),
    )
    build_index([article], tmp_path / "index")
    app = create_app({"INDEX": tmp_path / "index"})
    try:
        client = app.test_client()
        page = client.get("/bai/1").text
        found = {text: href for href, text in links(page)}
        for value in ("Môi trường", "QUANG ĐỊNH", "Reuters", "AFP"):
            assert headlines(client.get(found[value]).text) == [article.title]
        for heading in ("Chủ đề", "Ảnh", "Nguồn gốc được dẫn"):
            assert heading in text_of(page)
            assert heading in text_of(client.get("/").text)
    finally:
        app.extensions["timbao"].close()


def _aside(html: str, name: str) -> str:
    return html.partition(f'id="{name}"')[2].partition("</aside>")[0]


def test_related_articles_are_linked_with_paper_and_day(client: FlaskClient) -> None:
    address = next(
        href for href, _ in links(get(client, q="dân vận khéo").text) if "/bai/" in href
    )
    related = _aside(client.get(address).text, "lien-quan")
    found = links(related)
    assert len(found) == 5
    assert address not in {href for href, _ in found}
    assert len(re.findall(r'class="source">[^<]+<.*?(<time|không rõ)', related)) == 5
    for href, title in found:
        assert href.endswith("?" + address.partition("?")[2])
        assert f"<title>{escape(title)} – tìm báo</title>" in client.get(href).text


def test_an_article_that_is_like_no_other_names_none(odd: FlaskClient) -> None:
    assert "Bài liên quan" not in odd.get("/bai/moi").text


def test_an_article_stands_among_those_of_its_day_and_paper(tmp_path: Path) -> None:
    day = PublicationDate.of_day(2021, 4, 8)
    build_index(
        [
            Article(id="1", title="Một", body=("Lúa.",), source="A", published=day),
            Article(id="2", title="Hai", body=("Ngô.",), source="A", published=day),
            Article(id="3", title="Ba", body=("Khoai.",), source="B", published=day),
            Article(id="4", title="Bốn", body=("Sắn.",), source="A"),
        ],
        tmp_path / "index",
    )
    app = create_app({"INDEX": tmp_path / "index"})
    try:
        client = app.test_client()
        html = client.get("/bai/1?q=l%C3%BAa").text
        assert "Cùng ngày 8/4/2021 trên A" in text_of(html)
        found = {text: href for href, text in links(_aside(html, "cung-ngay"))}
        assert list(found) == ["Hai", "Báo này: 2 bài", "Mọi báo: 3 bài"]
        assert set(headlines(client.get(found["Báo này: 2 bài"]).text)) == {"Một", "Hai"}
        assert len(headlines(client.get(found["Mọi báo: 3 bài"]).text)) == 3
        assert "cung-ngay" not in client.get("/bai/4").text
    finally:
        app.extensions["timbao"].close()


def test_marks_are_numbered_in_order_of_reading(client: FlaskClient) -> None:
    results = get(client, q="dân vận khéo", section="chinh-tri").text
    (address, _), *_ = [link for link in links(results) if link[0].startswith("/bai/")]
    numbers = re.findall(r'<mark id="khop-(\d+)"', client.get(address).text)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
