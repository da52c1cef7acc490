"""Articles that tell the same story, on the page and on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus import Article, PublicationDate
from indexer import MAX_OTHERS, Index, SearchRequest, build_index
from tests.indexer.reprinted import open_told
from tests.webapp.test_search_page import get, headlines, links, text_of
from webapp import create_app
from webapp.commands.search import answer

ARTICLES = (
    Article(
        id="b", title="Bão đổ bộ", source="Báo B", published=PublicationDate.of_day(2021, 4, 3)
    ),
    Article(
        id="a/1",
        title="Bão <vào> bờ",
        source="Báo A",
        published=PublicationDate.of_day(2021, 4, 2),
    ),
    Article(id="c", title="Bão vào đất liền", source="Báo B"),
    Article(id="d", title="Bão tan", source="Báo A", published=PublicationDate.of_day(2020, 4, 9)),
    *(
        Article(id=f"gió {n}", title="Gió mùa", published=PublicationDate.of_day(2019, 1, n + 1))
        for n in range(MAX_OTHERS + 3)
    ),
)
STORY_OF = {"b": "a/1", "c": "a/1"} | {f"gió {n}": "gió 0" for n in range(MAX_OTHERS + 3)}


class Lender:
    """Lends one index to all requests."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @contextmanager
    def lend(self) -> Iterator[Index]:
        yield self._index


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories") / "index"
    build_index(ARTICLES, folder)
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with open_told(folder, STORY_OF) as index:
        yield index


@pytest.fixture
def client(folder: Path, index: Index) -> Iterator[FlaskClient]:
    app = create_app({"INDEX": folder, "PAGE_SIZE": 2})
    own = app.extensions["timbao"]
    app.extensions["timbao"] = Lender(index)
    yield app.test_client()
    own.close()


# The results page


def test_results_are_collapsed_and_counted_as_articles_and_stories(client: FlaskClient) -> None:
    html = get(client, q="bão", sort="newest").text
    assert headlines(html) == ["Bão đổ bộ", "Bão tan"]
    assert "1–2 trong 4 bài, 2 tin" in text_of(html)


def test_other_articles_of_a_story_stand_behind_its_result_with_paper_and_day(
    client: FlaskClient,
) -> None:
    html = get(client, q="bão", sort="newest").text
    (similar,) = re.findall(r'<details class="similar">.*?</details>', html, re.DOTALL)
    assert text_of(similar) == (
        "và 2 bài tương tự Bão <vào> bờ Báo A 2/4/2021 Bão vào đất liền Báo B không rõ ngày"
    )
    for href, title in links(similar):
        article = client.get(href).text
        assert title in text_of(article)
        assert "Về kết quả “bão”" in text_of(article)


def test_pages_are_pages_of_stories(client: FlaskClient) -> None:
    html = get(client, q="bão").text
    assert 'aria-label="Trang kết quả"' not in html
    separate = get(client, q="bão", collapse="0").text
    assert 'aria-label="Trang kết quả"' in separate
    assert get(client, q="bão", page="2").status_code == 404
    assert get(client, q="bão", collapse="0", page="2").status_code == 200


def test_all_articles_can_be_shown_and_collapsed_again(client: FlaskClient) -> None:
    html = get(client, q="bão", sort="newest").text
    (separately,) = [href for href, text in links(html) if text == "Hiện riêng từng bài"]
    assert separately == "/?q=b%C3%A3o&collapse=0&sort=newest"
    separate = client.get(separately).text
    assert headlines(separate) == ["Bão đổ bộ", "Bão <vào> bờ"]
    assert "1–2 trong 4 bài, 2 tin" in text_of(separate)
    assert 'class="similar"' not in separate
    (again,) = [href for href, text in links(separate) if text.startswith("Bỏ Bài tương tự")]
    assert again == "/?q=b%C3%A3o&sort=newest"


def test_who_sees_all_articles_does_so_in_the_next_search_too(client: FlaskClient) -> None:
    assert '<input type="hidden" name="collapse" value="0">' in get(client, collapse="0").text
    assert 'name="collapse"' not in get(client, q="bão").text


def test_where_nothing_is_reprinted_no_story_is_spoken_of(client: FlaskClient) -> None:
    html = get(client, q='"bão tan"').text
    assert "trong 1 bài ·" in text_of(html)
    assert not re.search(r"\btin\b|tương tự|Hiện riêng", text_of(html.partition("<main")[2]))


def test_values_and_bars_name_their_stories_where_they_are_fewer(client: FlaskClient) -> None:
    html = get(client, q="bão").text
    assert '<span class="number" title="2 bài, 1 tin">2<span class="vh"> bài, 1 tin</span>' in html
    assert '<span class="number">2<span class="vh"> bài</span>' in html
    bars = html.partition('class="bars')[2].partition("</table>")[0]
    assert 'title="năm 2021: 2 bài, 1 tin"' in bars
    assert 'title="năm 2020: 1 bài"' in bars
    assert "năm 2021 2021 2 bài, 1 tin" in text_of(bars)


def test_more_others_than_a_result_lists_are_counted_and_led_to(client: FlaskClient) -> None:
    html = get(client, q="gió").text
    (similar,) = re.findall(r'<details class="similar">.*?</details>', html, re.DOTALL)
    *others, (more, text) = links(similar)
    assert len(others) == MAX_OTHERS
    assert text == "và 2 bài nữa"
    assert f"và {MAX_OTHERS + 2} bài tương tự" in text_of(similar)
    address, _, anchor = more.partition("#")
    assert f'id="{anchor}"' in client.get(address).text


# The page of an article


def test_article_lists_its_story_in_order_of_publication(client: FlaskClient) -> None:
    html = client.get("/bai/b?q=b%C3%A3o").text
    story = html.partition('aria-labelledby="cung-tin"')[2].partition("</aside>")[0]
    assert text_of(story.partition(">")[2]) == (
        "3 bài của cùng một tin"
        " Bão <vào> bờ Báo A 2/4/2021 có thể đăng đầu tiên"
        " Bão đổ bộ Báo B 3/4/2021 bài đang đọc"
        " Bão vào đất liền Báo B không rõ ngày"
    )
    assert [href for href, _ in links(story)] == [
        f"/bai/{own}?q=b%C3%A3o" for own in ("a/1", "b", "c")
    ]


def test_reprints_are_not_among_the_related_articles(client: FlaskClient) -> None:
    html = client.get("/bai/b").text
    related = html.partition('aria-labelledby="lien-quan"')[2]
    assert not {"Bão <vào> bờ", "Bão vào đất liền"} & {text for _, text in links(related)}


def test_article_without_a_reprint_has_no_such_list(client: FlaskClient) -> None:
    assert "cùng một tin" not in client.get("/bai/d").text


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ((None, None), ""),
        (("2021-04-02", None), "có thể đăng đầu tiên"),
        (("2021-04", "2021-04-02"), "có thể đăng đầu tiên"),
        (("2021-04-02", "2021-04-03"), "đăng đầu tiên"),
    ],
    ids=str,
)
def test_no_article_is_called_the_first_unless_dates_say_so(
    tmp_path: Path, published: tuple[str | None, ...], told: str
) -> None:
    articles = [
        Article(id=own, title="Bão", published=PublicationDate.parse(day) if day else None)
        for own, day in zip("xy", published, strict=True)
    ]
    build_index(articles, tmp_path / "index")
    app = create_app({"INDEX": tmp_path / "index"})
    own = app.extensions["timbao"]
    with open_told(tmp_path / "index", {"y": "x"}) as index:
        app.extensions["timbao"] = Lender(index)
        html = app.test_client().get("/bai/x").text
    own.close()
    assert "2 bài của cùng một tin" in html
    assert re.findall(r'<span class="first"[^>]*>([^<]*)</span>', html) == [told] * bool(told)


# The command line


def test_command_tells_of_similar_articles_and_of_both_totals(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(index, SearchRequest("bão", sort="newest", collapse=True), as_json=False) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "Bão đổ bộ"
    assert shown.count("  and 2 similar articles\n") == 1
    assert "Bão vào đất liền" not in shown
    assert "1-2 of 4 articles, 2 stories for bão" in shown


def test_command_gives_all_articles_unless_collapsing_is_asked_for(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(index, SearchRequest("bão"), as_json=False) == 0
    shown = capsys.readouterr().out
    assert "similar" not in shown
    assert "1-4 of 4 articles, 2 stories for bão" in shown


def test_page_after_the_last_story_is_told_as_such(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = SearchRequest("bão", collapse=True, offset=2, size=2)
    assert answer(index, asked, as_json=False) == 0
    told = "No results from 3 on; there are 4 articles, 2 stories for bão"
    assert told in capsys.readouterr().out


def test_json_has_stories_and_the_other_articles(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(index, SearchRequest("bão", sort="newest", collapse=True), as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["stories"]) == (4, 2)
    assert [other["id"] for other in found["hits"][0]["others"]] == ["a/1", "c"]
