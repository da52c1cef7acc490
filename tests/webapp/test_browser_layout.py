"""How pages look in a real Chromium: widths, the tray of phones, long names, colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from corpus import Article
from indexer import build_index
from tests.webapp.browsing import complaints_of
from tests.webapp.process import address_of, serving


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=n%C6%B0%E1%BB%9Bc&by=month",
        "/?q=n%C6%B0%E1%BB%9Bc&source=Tin+Ven+Bi%E1%BB%83n&from=2021-01-01&to=2021-12-31",
        "/?q=" + "x" * 300,
        "/?q=duong+sat",
        "/?q=%22" + "x" * 300,
        "/?q=dduwowngf+sawts&marks=free&abbr=0",
        "/cach-tim",
        "/kho-bai",
        "/gia-tri/author",
        "/api/v1/docs",
        "/?q=n%C6%B0%E1%BB%9Bc&lang=en",
        "article",
    ],
)
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int, path: str) -> None:
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        viewport={"width": width, "height": 800},
        has_touch=width < 500,
        is_mobile=width < 500,
    )
    complaints = complaints_of(context, address)
    page = context.new_page()
    page.goto("/" if path == "article" else path)
    if path == "article":
        page.locator(".hits h2 a").first.click()
    for opened in (".tray-handle summary", ".ways summary"):
        if page.locator(opened).is_visible():
            page.locator(opened).click()
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= width
    assert complaints == []


def test_filters_of_a_phone_stand_in_a_tray(browser: Browser, address: str) -> None:
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        viewport={"width": 390, "height": 800},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc")
    choice = page.get_by_role("group", name="Chuyên mục").get_by_role("checkbox").first
    expect(choice).to_be_hidden()
    page.get_by_text("Bộ lọc").tap()
    expect(choice).to_be_visible()
    choice.check()
    page.get_by_role("button", name=re.compile("Lọc kết quả|Xem \\d+ bài")).tap()
    expect(page.locator(".chip")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_timeline_shows_its_newest_bars_first(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(
        locale="vi-VN",
        base_url=address,
        viewport={"width": width, "height": 800},
        is_mobile=width < 500,
    )
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc&by=month")
    found = page.evaluate(
        """() => {
          const frame = document.querySelector('.bars-frame');
          const edges = () => [...frame.querySelectorAll('tbody tr')].map(row => {
            const box = row.getBoundingClientRect();
            return [box.left, box.right];
          });
          const {left, right} = frame.getBoundingClientRect();
          const shown = edges();
          frame.scrollLeft = -100000;
          return {left, right, last: shown.at(-1)[1], first: edges()[0][0],
                  wider: frame.scrollWidth > frame.clientWidth};
        }"""
    )
    context.close()
    assert found["wider"] == (width == 390)
    assert found["last"] <= found["right"] + 1
    # The oldest ones can be scrolled to.
    assert found["first"] >= found["left"] - 1


def test_long_names_are_wrapped_and_cut(browser: Browser, tmp_path: Path) -> None:
    name = "Báo" * 500
    article = Article(title="Đường", body=("Đường.",), source=name, section=name, tags=(name,))
    build_index((article,), tmp_path / "index")
    process = serving(tmp_path / "index")
    context = browser.new_context(
        locale="vi-VN",
        base_url=address_of(process).rstrip("/"),
        viewport={"width": 390, "height": 800},
    )
    page = context.new_page()
    wide = "[...document.querySelectorAll('.meta > span')].map(e => e.scrollWidth)"
    page.goto(f"/?q=duong&source={quote(name)}")
    page.locator(".tray-handle summary").click()
    heights = page.evaluate(
        "[...document.querySelectorAll('.choice .value, .chip')].map(e => e.clientHeight)"
    )
    assert max(page.evaluate(wide)) <= 390
    page.locator(".hits h2 a").click()
    assert max(page.evaluate(wide)) <= 390
    lines = page.evaluate(
        """[...document.querySelectorAll('.back > *')].map(e => {
          const range = document.createRange();
          range.selectNodeContents(e);
          return range.getBoundingClientRect().bottom;
        })"""
    )
    context.close()
    process.terminate()
    process.communicate(timeout=60)
    assert len(heights) == 4
    assert max(heights) < 160
    assert abs(lines[0] - lines[1]) <= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(locale="vi-VN", base_url=address, color_scheme=scheme)
    page = context.new_page()
    page.goto("/?q=n%C6%B0%E1%BB%9Bc&section=moi-truong")
    ratios = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const canvas = document.createElement('canvas').getContext('2d');
          const light = name => {
            canvas.fillStyle = style.getPropertyValue(name).trim();
            const hex = canvas.fillStyle;
            const part = n => {
              const c = parseInt(hex.slice(n, n + 2), 16) / 255;
              return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            };
            return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
          };
          const ratio = (a, b) => {
            const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
          };
          return {
            text: Math.min(
              ...['--ink', '--soft', '--cham', '--son'].flatMap(
                ink => [ratio(ink, '--paper'), ratio(ink, '--raised')]),
              ratio('--ink', '--cham-wash'), ratio('--soft', '--cham-wash'),
              ratio('--mark-ink', '--mark')),
            edges: Math.min(ratio('--edge', '--paper'), ratio('--edge', '--raised')),
          };
        }"""
    )
    context.close()
    assert ratios["text"] >= 4.5
    assert ratios["edges"] >= 3
