"""The page of the API in a real Chromium: endpoints are tried, described, and reached by keys."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.webapp.browsing import complaints_of

ENDPOINTS = ("search", "suggest", "article", "related", "facet", "info", "export")


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_endpoint_can_be_tried_as_it_stands(
    browser: Browser, address: str, name: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto(f"/api/v1/docs#{name}")
    section = page.locator(f"section#{name}")
    section.get_by_role("button", name="Try it").click()
    expect(section.get_by_role("status")).to_contain_text("200, ")
    text = section.locator("pre").inner_text()
    context.close()
    assert text
    assert complaints == []


def test_what_is_entered_is_asked_and_the_answer_shown(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/api/v1/docs")
    section = page.locator("section#search")
    section.get_by_text("22 parameters").click()
    section.get_by_label("q", exact=True).fill("đường sắt")
    section.get_by_label("sort").select_option("newest")
    page.keyboard.press("Tab")
    section.get_by_label("size", exact=True).fill("2")
    page.keyboard.press("Enter")
    link = section.get_by_role("status").get_by_role("link")
    expect(link).to_have_text(
        "/api/v1/search?q=%C4%91%C6%B0%E1%BB%9Dng+s%E1%BA%AFt&sort=newest&size=2"
    )
    answer = json.loads(section.locator("pre").inner_text())
    assert len(answer["hits"]) == 2
    context.close()
    assert complaints == []


def test_a_problem_is_shown_as_any_answer(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/api/v1/docs")
    section = page.locator("section#article")
    section.get_by_label("id", exact=True).fill("a//../~b/related")
    section.get_by_role("button", name="Try it").click()
    expect(section.get_by_role("status")).to_contain_text(
        "404, application/problem+json: /api/v1/articles/a/~/~../~~b/~related"
    )
    expect(section.locator("pre")).to_contain_text("about:blank")
    context.close()


def test_the_page_of_the_api_tells_all_of_it_without_scripts(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/api/v1/docs#expired-cursor")
    expect(page.locator("#expired-cursor")).to_be_in_viewport()
    expect(page.get_by_role("heading", name=re.compile("^GET "))).to_have_count(7)
    expect(page.get_by_role("button", name="Try it")).to_have_count(0)
    context.close()
