"""A real Chromium, and what a page in it complains of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium; without one, the test that asks is skipped."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium is installed; CI must drive a real browser")
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def complaints_of(context: BrowserContext, address: str) -> list[str]:
    """What pages complain of from now on, and what they ask of other hosts."""
    complaints: list[str] = []
    host = urlsplit(address).netloc

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc != host:
            complaints.append(f"asked {request.url}")

    def on_failure(request: Request) -> None:
        # A page that is left early drops what it had not loaded yet.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"failed {request.url}: {request.failure}")

    context.on("request", on_request)
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("requestfailed", on_failure)
    return complaints
