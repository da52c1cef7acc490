"""The page of the API in a real Chromium, under a policy without exceptions."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.webapp.browsing import complaints_of


def test_the_page_of_the_api_shows_it_and_tries_it(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/api/v1/docs")
    expect(page.locator(".opblock")).to_have_count(7)
    page.get_by_role("button", name="GET /api/v1/suggest").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.locator("tr[data-param-name='q'] input").fill("duong s")
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table .response")
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("đường sắt")
    context.close()
    assert complaints == []


def test_the_page_of_the_api_tells_of_its_endpoints_without_scripts(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/api/v1/docs#expired-cursor")
    expect(page.get_by_role("rowheader")).to_have_count(7)
    expect(page.locator("#expired-cursor")).to_be_in_viewport()
    context.close()
