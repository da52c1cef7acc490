"""Journeys through the page in a real Chromium, over a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.webapp.browsing import complaints_of


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test if it complains, or asks another host for anything."""
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        java_script_enabled=request.param,
        viewport={"width": 1280, "height": 900},
    )
    complaints = complaints_of(context, address)
    yield context.new_page()
    context.close()
    assert complaints == []


def _box(page: Page) -> Locator:
    # With scripts it is a combobox.
    return page.get_by_label("Tìm trong các bài báo")


def test_a_search_is_typed_narrowed_widened_read_and_gone_back_from(page: Page) -> None:
    page.goto("/")
    _box(page).fill("dân vận")
    page.keyboard.press("Enter")
    expect(page).to_have_title("dân vận – tìm báo")
    expect(_box(page)).to_have_value("dân vận")
    count = page.locator(".count strong").nth(1)
    every = int(count.inner_text())

    sections = page.get_by_role("group", name="Chuyên mục")
    sections.get_by_role("checkbox", name=re.compile("^Chính trị")).check()
    page.get_by_role("button", name=re.compile("Lọc kết quả|Xem \\d+ bài")).click()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+&section=chinh-tri$"))
    expect(sections.get_by_role("checkbox", name=re.compile("^Chính trị"))).to_be_checked()
    expect(count).not_to_have_text(str(every))
    assert 0 < int(count.inner_text()) < every

    page.get_by_role("link", name="Bỏ lọc Chuyên mục Chính trị").click()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+$"))
    expect(count).to_have_text(str(every))

    first = page.locator(".hits h2 a").first
    title = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article mark").first).to_be_visible()

    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+$"))
    expect(page.locator(".hits h2 a").first).to_have_text(title)
    page.go_forward()
    page.get_by_role("link", name="Về kết quả “dân vận”").click()
    expect(page.locator(".hits h2 a").first).to_have_text(title)


def test_bars_lead_from_years_to_days_and_steps_lead_back(page: Page) -> None:
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    timeline = page.get_by_role("region", name="Theo thời gian")
    # A slash in the pattern would end it where the browser reads it.
    for name in (r"^năm \d{4}$", r"^tháng \d+.\d{4}$", r"^\d+.\d+.\d{4}$"):
        timeline.get_by_role("link", name=re.compile(name)).last.click()
    expect(page.get_by_role("link", name=re.compile("^Bỏ lọc Thời gian"))).to_have_count(1)
    expect(page.locator(".hits > li")).not_to_have_count(0)
    timeline.get_by_role("link", name="Mọi năm").click()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+$"))


def test_a_period_is_given_by_its_days(page: Page) -> None:
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    page.get_by_label("Từ ngày").fill("2021-01-01")
    page.get_by_label("Đến ngày").fill("2021-12-31")
    page.get_by_role("button", name=re.compile("Lọc kết quả|Xem \\d+ bài")).click()
    expect(page.get_by_role("link", name="Bỏ lọc Thời gian năm 2021")).to_be_visible()


def test_many_bars_are_passed_over_with_one_key(page: Page) -> None:
    page.goto("/?q=n%C6%B0%E1%BB%9Bc&by=month")
    skip = page.get_by_role("link", name="Bỏ qua các cột, đến kết quả")
    page.get_by_role("navigation", name="Bề rộng mỗi cột").get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("navigation", name="Sắp xếp").get_by_role("link").first
    ).to_be_focused()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    expect(skip).to_have_count(0)


def test_results_are_sorted_and_paged_through(page: Page) -> None:
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    best = page.locator(".hits h2 a").all_inner_texts()
    page.get_by_role("link", name="Cũ nhất").click()
    expect(page).to_have_url(re.compile("sort=oldest$"))
    expect(page.locator(".hits h2 a").first).not_to_have_text(best[0])
    first = page.locator(".hits h2 a").all_inner_texts()
    page.get_by_role("link", name="Sau", exact=True).click()
    expect(page.locator(".count strong").first).to_have_text("11–20")
    second = page.locator(".hits h2 a").all_inner_texts()
    assert not set(first) & set(second)
    page.get_by_role("link", name="Trang 3").click()
    expect(page.get_by_role("link", name="Sau", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Trước", exact=True).click()
    expect(page.locator(".hits h2 a").first).to_have_text(second[0])


def _ask(page: Page, query: str) -> None:
    page.goto("/")
    _box(page).fill(query)
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{query} – tìm báo")


def test_a_query_without_marks_is_read_chosen_and_taken_as_typed(page: Page) -> None:
    _ask(page, "duong sat")
    expect(page.get_by_text("Các cách đọc có dấu")).to_be_visible()
    count = page.locator(".count strong").nth(1)
    every = int(count.inner_text())
    page.get_by_role("link", name="đường sắt", exact=True).click()
    expect(_box(page)).to_have_value("đường sắt")
    expect(count).not_to_have_text(str(every))
    assert 0 < int(count.inner_text()) < every
    page.go_back()
    page.get_by_role("link", name="Chỉ tìm đúng dấu như đã gõ").click()
    expect(page).to_have_url(re.compile(r"\?q=duong\+sat&marks=exact$"))
    page.get_by_role("link", name="Bỏ Dấu đúng như đã gõ").click()
    expect(count).to_have_text(str(every))


def test_a_mistake_is_seen_and_mended_with_one_click(page: Page) -> None:
    _ask(page, '"đường sắt')
    expect(page.locator(".wrong-query em")).to_have_text('"')
    page.get_by_role("link", name='"đường sắt"').click()
    expect(_box(page)).to_have_value('"đường sắt"')
    expect(page.locator(".notice")).to_have_count(0)
    expect(page.locator(".hits mark").first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "meant"), [("đường xắt", "đường sắt"), ("dduwowngf sawts", "đường sắt")]
)
def test_what_was_mistyped_is_offered_as_it_was_meant(page: Page, typed: str, meant: str) -> None:
    _ask(page, typed)
    expect(page.get_by_text("Có phải bạn tìm")).to_be_visible()
    expect(page.locator(".hits")).to_have_count(0)
    page.locator(".meant").get_by_role("link", name=meant, exact=True).click()
    expect(_box(page)).to_have_value(meant)
    expect(page.locator(".hits mark").first).to_be_visible()


def test_a_reader_goes_from_article_to_article_and_back_to_the_search(page: Page) -> None:
    _ask(page, "đường sắt")
    page.locator(".hits h2 a").first.click()
    other = page.get_by_role("complementary", name="Bài liên quan").get_by_role("link").first
    title = other.inner_text()
    other.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name="Về kết quả “đường sắt”").click()
    expect(page).to_have_title("đường sắt – tìm báo")


def test_ways_to_search_open_and_are_examples(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("link", name="cảng*")).to_be_hidden()
    page.locator(".ways summary").click()
    page.get_by_role("link", name="cảng*").click()
    expect(_box(page)).to_have_value("cảng*")


def test_a_long_list_of_values_is_opened_and_closed_again(page: Page) -> None:
    page.goto("/")
    papers = page.get_by_role("group", name="Báo")
    shown = papers.get_by_role("checkbox")
    few = shown.filter(visible=True).count()
    papers.get_by_text(re.compile(r"^Thêm \d+$")).click()
    expect(papers.get_by_text("Bớt")).to_be_visible()
    every = papers.locator("input[type=checkbox]").count()
    assert shown.filter(visible=True).count() == every > few
    papers.get_by_text("Bớt").click()
    expect(papers.get_by_text(re.compile(r"^Thêm \d+$"))).to_be_visible()
    assert shown.filter(visible=True).count() == few


def test_reprints_of_a_result_are_opened_and_read(page: Page) -> None:
    _ask(page, "nước")
    story = page.locator(".similar").first
    other = story.locator("li a").first
    expect(other).to_be_hidden()
    story.locator("summary").click()
    expect(other).to_be_visible()
    title = other.inner_text()
    other.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("complementary", name="bài của cùng một tin")).to_be_visible()


def test_an_article_is_printed_with_its_citation_and_without_what_is_pressed(page: Page) -> None:
    _ask(page, "nước")
    page.locator(".hits h2 a").first.click()
    page.emulate_media(media="print")
    for shown in ("h1", ".text", ".facts dl", ".citation"):
        expect(page.locator(shown)).to_be_visible()
    for pressed in (".searchbox", ".stepper", ".back", ".colophon", ".related", "[data-print]"):
        for found in page.locator(pressed).all():
            expect(found).to_be_hidden()


def test_the_timeline_is_a_table_for_those_who_cannot_see_it(page: Page) -> None:
    page.goto("/")
    table = page.get_by_role("table", name="Số bài theo năm")
    expect(table.get_by_role("columnheader")).to_have_text(["Năm", "Số bài"])
    rows = table.get_by_role("row")
    assert rows.count() > 5
    expect(rows.nth(1).get_by_role("rowheader")).to_have_text(re.compile(r"năm \d{4}"))
    expect(rows.nth(1).get_by_role("cell")).to_have_text(re.compile(r"\d+"))


def test_the_keyboard_alone_reaches_the_results(page: Page) -> None:
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_focused()
    expect(page.get_by_role("link", name="Đến nội dung")).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(".hits h2 a:focus").count():
            break
    expect(page.locator(".hits h2 a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/bai/"))
