"""Debian's Chromium, which the tests of pages drive; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
# Without a sandbox: tests run as root in containers, and only pages of our own are shown. Without
# colours at the edges of letters, which make pictures larger and are not the same everywhere.
OPTIONS = ["--no-sandbox", "--disable-lcd-text"]
DEVICES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1200, "height": 800}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
}
# The marks of a file of tests that need it.
NEEDED = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="no chromium here (Debian: apt install chromium); with CI=true it must be",
    ),
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser, as long as it is needed."""
    assert CHROMIUM, "CI needs Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, service: str, **options: Any) -> Iterator[Page]:
    """A page of *service* in Swedish; it may ask no other host, complain of nothing, keep nothing.

    Raises:
        AssertionError: it did.
    """
    context = browser.new_context(base_url=service, locale="sv-SE", **options)
    page = context.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(service) else elsewhere.append(r.url))
    page.on("console", lambda said: None if _tells_of(page, said) else complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert elsewhere == []
    assert complaints == []
    assert context.cookies() == []
    assert context.storage_state()["origins"] == []
    context.close()


def _tells_of(page: Page, said: ConsoleMessage) -> bool:
    """Whether the browser only says that *page* itself is a problem: that is meant (4xx)."""
    return said.text.startswith("Failed to load resource") and said.location["url"] == page.url
