"""What scripts add to the page in a real Chromium: suggestions, filters in place, stepping."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.webapp.browsing import complaints_of


def _box(page: Page) -> Locator:
    return page.get_by_label("Tìm trong các bài báo")


def _slowly(route: Route) -> None:
    time.sleep(0.3)
    route.continue_()


def test_filters_act_at_once_and_the_old_results_stay_until_the_new_ones_are_there(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        locale="vi-VN", base_url=address, viewport={"width": 1280, "height": 900}
    )
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    page.route("**/?*section=*", _slowly)
    every = page.locator(".count strong").nth(1).inner_text()
    page.evaluate("window.stays = true")
    choice = page.get_by_role("group", name="Chuyên mục").get_by_role("checkbox").first
    choice.focus()
    page.keyboard.press("Space")
    expect(page.locator("main[aria-busy=true] .hits > li").first).to_be_visible()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("main[aria-busy=true]")).to_have_count(0)
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    expect(page.locator("#tin")).to_contain_text("trong")
    page.go_back()
    expect(page.locator(".count strong").nth(1)).to_have_text(every)
    expect(choice).not_to_be_checked()
    assert page.evaluate("window.stays")
    context.close()
    assert complaints == []


def test_arrows_go_from_bar_to_bar(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="vi-VN", base_url=address)
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc&by=month")
    bars = page.locator(".bars a")
    last = bars.count() - 1
    bars.first.focus()
    for key, here in (
        *(("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("Home", 0)),
        *(("ArrowLeft", 0), ("End", last), ("ArrowRight", last)),
    ):
        page.keyboard.press(key)
        expect(bars.nth(here)).to_be_focused()
        expect(bars.nth(here)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    context.close()
    assert complaints == []


def test_values_of_a_long_facet_are_found_in_place(browser: Browser, address: str) -> None:
    context = browser.new_context(
        locale="vi-VN", base_url=address, viewport={"width": 1280, "height": 900}
    )
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/")
    authors = page.get_by_role("group", name="Tác giả")
    box = authors.get_by_role("searchbox", name="Tìm trong Tác giả")
    box.press_sequentially("nguyen")
    found = authors.locator(".found .choice .value")
    expect(found.first).to_be_visible()
    for name in found.all_inner_texts():
        assert "nguyễn" in name.lower()
    expect(authors.locator(".shown")).to_be_hidden()
    # The list goes with the old results, so nobody can look at its boxes after the click.
    authors.locator(".found").get_by_role("checkbox").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    context.close()
    assert complaints == []


def test_keys_step_through_the_matches_of_an_article(browser: Browser, address: str) -> None:
    context = browser.new_context(
        locale="vi-VN", base_url=address, viewport={"width": 1280, "height": 600}
    )
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    page.locator(".hits h2 a").first.click()
    place = page.locator(".stepper .place b")
    expect(place).to_be_visible()  # the page of the article is there
    last = page.locator("article mark").count()
    for key, here in (("n", 1), ("n", 2), ("p", 1), ("p", last), ("n", 1)):
        page.keyboard.press(key)
        expect(place).to_have_text(str(here))
        expect(page.locator(f"#khop-{here}")).to_be_focused()
        expect(page.locator(f"#khop-{here}")).to_be_in_viewport()
    page.get_by_role("button", name="Chỗ khớp sau").click()
    expect(place).to_have_text("2")
    _box(page).fill("nn")
    expect(place).to_have_text("2")
    context.close()
    assert complaints == []


@pytest.fixture
def writing(browser: Browser, address: str) -> Iterator[Page]:
    """The first page, with the cursor in the search box."""
    context = browser.new_context(locale="vi-VN", base_url=address)
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/")
    _box(page).focus()
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("typed", ["đường s", "duong s"])
def test_suggestions_are_chosen_by_keys_alone(writing: Page, typed: str) -> None:
    box = writing.get_by_role("combobox", name="Tìm trong các bài báo")
    box.press_sequentially(typed)
    options = writing.get_by_role("listbox", name="Gợi ý").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    writing.keyboard.press("ArrowDown")
    chosen = options.first.inner_text()
    expect(box).to_have_value(chosen)
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert active == options.first.get_attribute("id")
    writing.keyboard.press("ArrowUp")
    expect(box).to_have_value(typed)
    writing.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    writing.keyboard.press("Escape")
    expect(box).to_have_value(typed)
    expect(box).to_have_attribute("aria-expanded", "false")
    writing.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    writing.keyboard.press("ArrowDown")
    writing.keyboard.press("Enter")
    expect(writing).to_have_title(f"{chosen} – tìm báo")


def test_a_suggestion_is_searched_by_a_click(writing: Page) -> None:
    _box(writing).press_sequentially("đường")
    option = writing.get_by_role("option").first
    text = option.inner_text()
    option.click()
    expect(writing).to_have_title(f"{text} – tìm báo")


def test_nothing_is_looked_up_while_an_input_method_composes(writing: Page) -> None:
    asked: list[str] = []
    writing.on("request", lambda request: asked.append(request.url))
    keyboard = writing.context.new_cdp_session(writing)
    for text in ("d", "du", "dư", "dườ", "đườ"):
        state = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keyboard.send("Input.imeSetComposition", state)
    writing.wait_for_timeout(400)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "đường"})
    expect(writing.get_by_role("option").first).to_be_visible()
    [address] = asked
    assert address.endswith("q=%C4%91%C6%B0%E1%BB%9Dng&size=8")


def test_fast_typing_is_looked_up_once(writing: Page) -> None:
    asked: list[str] = []
    writing.on("request", lambda request: asked.append(request.url))
    _box(writing).press_sequentially("dan van", delay=20)
    expect(writing.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_a_page_is_read_in_english_and_stays_so(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-GB", base_url=address)
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    expect(page.locator(".count")).to_contain_text("articles")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator(".count")).to_contain_text("bài")
    page.get_by_role("link", name="Mới nhất").click()
    expect(page).to_have_url(re.compile("sort=newest&lang=vi$"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("sort=newest&lang=en$"))
    expect(page.locator(".count")).to_contain_text("articles")
    context.close()
    assert complaints == []
