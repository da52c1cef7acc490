"""axe, the checker of accessibility, over every page; and how heavy pages are."""

from __future__ import annotations

import gzip
import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

PAGES = {
    "first page": "/",
    "results": "/?q=n%C6%B0%E1%BB%9Bc&section=moi-truong&section=y-te&from=2019-01-01",
    "days": "/?q=n%C6%B0%E1%BB%9Bc&by=day&from=2021-04-01&to=2021-04-30",
    "stories": "/?q=b%C3%A3o",
    "readings": "/?q=duong+sat&marks=free&abbr=0",
    "nothing found": "/?q=%C4%91%C6%B0%E1%BB%9Dng+x%E1%BA%AFt&source=Tin+Ven+Bi%E1%BB%83n",
    "mistake": "/?q=%22%C4%91%C6%B0%E1%BB%9Dng",
    "refusal": "/?q=%3F&from=2021-02-30",
    "values": "/gia-tri/author",
    "help": "/cach-tim",
    "holdings": "/kho-bai",
    "error": "/nowhere",
    "English": "/?q=n%C6%B0%E1%BB%9Bc&lang=en",
    "API": "/api/v1/docs",
    "article": "article",
}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_has_nothing_to_say(
    browser: Browser, address: str, name: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        locale="vi-VN", base_url=address, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    if name == "article":
        page.goto("/?q=b%C3%A3o")
        page.locator(".hits h2 a").first.click()
        page.locator(".cite summary").click()
        page.keyboard.press("n")
    else:
        page.goto(PAGES[name])
        for details in page.locator("details:not([open]) > summary").all():
            if details.is_visible():
                details.click()
        if page.locator(".reference").count():
            page.get_by_role("button", name="Try it").first.click()
            page.locator(".tried pre:not(:empty)").wait_for()
    found = _violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say_of_open_suggestions_and_filters_on_a_phone(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        color_scheme=scheme,
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
    )
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc&section=y-te")
    page.locator(".tray-handle summary").tap()
    found = _violations(page)
    page.locator("#q").fill("đư")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    found += _violations(page)
    context.close()
    assert found == []


def test_the_first_page_of_results_is_light(client: FlaskClient) -> None:
    html = client.get("/?q=n%C6%B0%E1%BB%9Bc").text
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]*(?:href|src)="([^"]+)"', html
    )
    assert len(loaded) == 4
    sizes = {"page": len(gzip.compress(html.encode(), 6))}
    for path in loaded:
        with client.get(path) as response:
            sizes[path] = len(gzip.compress(response.data, 6))
    assert sum(sizes.values()) < 60_000, sizes
