"""WCAG 2.1 A and AA, as axe-core reads them, on every kind of page, and what it cannot see."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from browsers import DEVICES, NEEDED, watched
from kinds import PAGES, QUOTING

pytestmark = NEEDED

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RUN = """
  () => axe.run(document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    resultTypes: ["violations"],
  }).then(found => found.violations.flatMap(
    each => each.nodes.map(node => `${each.id}: ${node.html} – ${node.failureSummary}`)
  ))
"""
# Closed parts are looked into, too: as many as tell of all the others.
OPEN = "[...document.querySelectorAll('details')].slice(0, 4).forEach(each => each.open = true)"
OUTLINE = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement === document.body
    || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
}"""
WIDTH = "document.documentElement.scrollWidth"


class Look(NamedTuple):
    """How a page is looked at."""

    lang: str
    scheme: Any
    device: str


# Each kind of page in both languages, both colour schemes and on both devices; and over all of
# them, each language in each scheme and on each device, and each scheme on each device.
LOOKS = (
    (Look("sv", "light", "desktop"), Look("en", "dark", "phone")),
    (Look("sv", "dark", "desktop"), Look("en", "light", "phone")),
    (Look("sv", "dark", "phone"), Look("en", "light", "desktop")),
)


@pytest.fixture(scope="module")
def page(browser: Browser, service: str) -> Iterator[Page]:
    """One page for all: to navigate is cheaper than to open another."""
    with watched(browser, service) as page:
        page.add_init_script(path=AXE)
        yield page


@pytest.mark.parametrize(
    ("address", "looks"), list(zip(PAGES.values(), cycle(LOOKS), strict=False)), ids=PAGES
)
def test_a_page_violates_nothing(page: Page, address: str, looks: tuple[Look, ...]) -> None:
    for look in looks:
        assert violations(page, address, look) == [], look


@pytest.mark.parametrize("address", QUOTING.values(), ids=QUOTING)
def test_a_passage_violates_nothing(browser: Browser, quoting: str, address: str) -> None:
    with watched(browser, quoting) as page:
        page.add_init_script(path=AXE)
        for look in LOOKS[1]:
            assert violations(page, address, look) == [], look


def test_what_is_wrong_would_be_found(page: Page) -> None:
    page.goto("/?lang=sv")
    page.evaluate("""() => {
        document.querySelector("h1").style.color = "#ccc";
        document.querySelector("label").remove();
    }""")
    found = " ".join(page.evaluate(RUN))
    assert "color-contrast" in found
    assert "label" in found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_uses_the_keyboard_sees_where_they_are(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    for address in (PAGES["answer with findings"], PAGES["form of a query"]):
        page.goto(address)
        for _stop in range(40):
            page.keyboard.press("Tab")
            assert page.evaluate(OUTLINE), page.evaluate("document.activeElement.outerHTML")[:200]


def test_the_first_stop_leads_past_the_navigation(page: Page) -> None:
    page.goto("/?lang=sv")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    assert skip.bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def violations(page: Page, address: str, look: Look) -> list[str]:
    page.set_viewport_size(DEVICES[look.device]["viewport"])
    page.emulate_media(color_scheme=look.scheme)
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={look.lang}")
    page.evaluate(OPEN)
    found = page.evaluate(RUN)
    assert isinstance(found, list)
    if look.device == "phone":  # WCAG 1.4.10: to be read at 320 px without scrolling sideways
        page.set_viewport_size({"width": 320, "height": 640})
        found += [] if page.evaluate(WIDTH) <= 320 else ["reflow: wider than 320 px"]
    return found
