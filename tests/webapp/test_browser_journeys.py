"""The main journeys: with the keyboard alone, without scripts, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.webapp.browsing import complaints_of


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(locale="vi-VN", base_url=address)
    complaints = complaints_of(context, address)
    yield context.new_page()
    context.close()
    assert complaints == []


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A page without scripts."""
    context = browser.new_context(locale="vi-VN", base_url=address, java_script_enabled=False)
    complaints = complaints_of(context, address)
    yield context.new_page()
    context.close()
    assert complaints == []


# The outline of a bar of the timeline is that of its row.
_OUTLINED = """[document.activeElement, document.activeElement.closest('tr')]
    .some(element => element && getComputedStyle(element).outlineStyle !== 'none')"""


def _tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("found => found.includes(document.activeElement)"):
            assert page.evaluate(_OUTLINED)
            return
    raise AssertionError("the keyboard does not reach it")


def test_the_keyboard_alone_searches_narrows_reads_and_goes_back(scripted: Page) -> None:
    page = scripted
    page.goto("/")
    _tab_to(page, page.locator(".more summary"))
    page.keyboard.press("Enter")
    # What was pressed is still there to be pressed again.
    expect(page.locator(".more[open] > summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".more[open]")).to_have_count(0)
    page.goto("/")
    _tab_to(page, page.locator("#q"))
    page.keyboard.type("nước")
    page.keyboard.press("Enter")
    expect(page).to_have_title("nước – tìm báo")
    _tab_to(page, page.locator("input[name=section]"))
    page.keyboard.press("Space")
    expect(page.locator(".chip")).to_have_count(1)
    _tab_to(page, page.locator(".bars a"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    _tab_to(page, page.locator(".hits h2 a"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/bai/"))
    page.keyboard.press("n")
    expect(page.locator("#khop-1")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    _tab_to(page, page.locator(".cite summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".citation")).to_be_visible()
    _tab_to(page, page.locator(".back > a"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(2)
    _tab_to(page, page.locator(".chip"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    _tab_to(page, page.locator(".clear"))
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)


def test_without_scripts_values_are_found_ticked_and_searched_by(plain: Page) -> None:
    page = plain
    page.goto("/gia-tri/author?q=n%C6%B0%E1%BB%9Bc")
    every = page.get_by_role("checkbox").count()
    page.get_by_role("checkbox").first.check()
    chosen = page.get_by_role("checkbox").first.get_attribute("value")
    page.get_by_label("Tìm trong danh sách").fill("tran")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/gia-tri/author.*loc=tran"))
    assert page.get_by_role("checkbox").count() < every
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Xem kết quả").click()
    expect(page).to_have_url(re.compile(r"/\?q=[^&]+&author=[^&]+(&author=[^&]+)?$"))
    expect(page.get_by_role("link", name=f"Bỏ lọc Tác giả {chosen}")).to_be_visible()


def test_without_scripts_nothing_shows_that_needs_them(plain: Page) -> None:
    page = plain
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    for needing in (".narrow", "#goi-y", ".scripted"):
        for found in page.locator(needing).all():
            expect(found).to_be_hidden()
    expect(page.get_by_role("button", name="Lọc kết quả")).to_be_visible()
    page.locator(".hits h2 a").first.click()
    expect(page.locator(".stepper")).to_be_hidden()
    page.locator(".found a").click()
    expect(page).to_have_url(re.compile("#khop-1$"))


def test_an_empty_result_leads_on_by_dropping_what_is_in_the_way(plain: Page) -> None:
    page = plain
    page.goto("/?q=d%C3%A2n+v%E1%BA%ADn&section=the-thao&source=Kh%C3%B4ng")
    expect(page.locator(".nothing-head")).to_contain_text("dân vận")
    page.locator(".nothing li a").last.click()
    expect(page.locator(".hits > li").first).to_be_visible()


def test_on_a_phone_the_tray_says_how_many_articles_it_will_show(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        viewport={"width": 390, "height": 800},
        is_mobile=True,
        has_touch=True,
    )
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    page.locator(".tray-handle summary").tap()
    button = page.locator(".apply button")
    before = button.inner_text()
    choice = page.get_by_role("group", name="Chuyên mục").locator("li").first
    count = choice.locator(".number").inner_text().split()[0]
    choice.get_by_role("checkbox").check()
    expect(button).to_have_text(re.compile(rf"Xem {count} bài"))
    assert before != button.inner_text()
    expect(choice).to_be_visible()
    button.tap()
    expect(choice).to_be_hidden()
    expect(page.locator(".count strong").nth(1)).to_have_text(count)
    context.close()
    assert complaints == []
