"""The pack for who is new in a real browser: on paper, on a phone, with the keyboard."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = shutil.which("chromium")
PACKS = {
    "organization/beredningsgrupp-2-nhv": (2, 3),
    "organization/samverkansnamnden?for=Region+Uppsala": (3, 4),
    "organization/sjukvardsregion-mellansverige": (3, 4),
    "person/emilie-orring": (1, 2),
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="no chromium here (Debian: apt install chromium); with CI=true it must be",
    ),
]


@pytest.fixture(scope="module")
def page(service: str) -> Iterator[Page]:
    assert CHROMIUM, "CI needs Debian's chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(base_url=service, locale="sv-SE")
        browser.close()


def test_a_pack_is_a_few_pages_on_paper_and_no_wider_than_a_phone(page: Page) -> None:
    for pack, (least, most) in PACKS.items():
        page.set_viewport_size({"width": 360, "height": 700})
        page.goto(f"/onboarding/{pack}")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, pack
        paper = page.pdf(prefer_css_page_size=True)
        assert least <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most, pack


def test_the_index_leads_to_a_section_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/onboarding/organization/beredningsgrupp-2-nhv")
    link = page.get_by_role("navigation", name="Delar av sidan").get_by_role("link").last
    link.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#reading")
    assert page.get_by_role("heading", name="Att läsa").is_visible()


def test_forms_and_menus_are_not_printed(page: Page) -> None:
    page.goto("/onboarding/organization/rsg-halsodata")
    page.emulate_media(media="print")
    for name in ("header", "footer", "form.dates", "nav.index", ".tools"):
        assert not page.locator(name).first.is_visible(), name
    assert page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(media="screen")
