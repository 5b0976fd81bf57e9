"""Lists and the work list in a real browser: by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browsers import NEEDED
from samverkan.lists import LISTINGS

ADDRESSES = ("/activities?kind=any&year=2025", "/checks?body=Samverkansn%C3%A4mnden")

pytestmark = NEEDED


@pytest.fixture(scope="module")
def phone(browser: Browser, service: str) -> Iterator[BrowserContext]:
    """A phone of 360 px that runs no script."""
    context = browser.new_context(
        base_url=service,
        locale="sv-SE",
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, service: str) -> Iterator[Page]:
    """A page of the phone that fails the test where it asks another host, or complains."""
    page = phone.new_page()
    elsewhere: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(service) else elsewhere.append(r.url))
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    assert elsewhere == []
    assert complaints == []
    page.close()


def press_until(page: Page, name: str, key: str = "Tab") -> None:
    """Press a key until the thing of that name has the focus."""
    for _each in range(80):
        page.keyboard.press(key)
        focus = page.locator(":focus")  # none on the calendar of a field for a day
        if focus.count() and name in focus.inner_text():
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


def test_a_list_is_reached_and_filtered_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    press_until(page, "Meny")
    page.keyboard.press("Enter")
    press_until(page, "Organ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations")
    assert page.get_by_role("heading", level=1).inner_text() == "Organ"
    page.locator("select#level").focus()
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    press_until(page, "Visa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations?*level=national*")
    assert page.locator("p.count strong").inner_text() == "19"
    assert page.locator("select#level").input_value() == "national"
    page.get_by_role("link", name="NPO Akut vård").wait_for()
    page.get_by_role("link", name="Nivå: nationell ta bort").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/organizations")
    assert page.locator("p.count strong").inner_text() == "114"


def test_a_name_is_typed_and_the_row_found(page: Page) -> None:
    page.goto("/people")
    page.get_by_label("Namnet innehåller").focus()
    page.keyboard.type("köhler")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people?q=*")
    rows = page.locator("table.list tbody tr")
    assert rows.count() == 2
    nomination = rows.filter(has_text="nominerad").inner_text()
    assert "Mikael Köhler" in nomination
    assert "Beredningsgrupp 2" in nomination


def test_a_square_leads_to_the_activities_that_lack_somebody(page: Page) -> None:
    page.goto("/activities?responsibility=nobody")
    square = page.locator("table.squares td a").first
    count = square.inner_text().split()[0]
    square.click()
    page.wait_for_url("**/activities?*focus_area=*")
    assert page.locator("p.count strong").inner_text() == count
    rows = page.locator("table.list tbody tr")
    assert rows.count() == int(count)
    assert all("Ansvarig" not in text or "ingen" in text for text in rows.all_inner_texts())


def test_a_body_of_the_work_list_is_unfolded_with_the_keyboard(page: Page) -> None:
    page.goto("/checks?on_date=2026-11-25")
    remedy = page.get_by_text("Bestäm vem som ansvarar").first
    assert not remedy.is_visible()
    press_until(page, "Samverkansnämnden")
    page.keyboard.press("Enter")
    assert remedy.is_visible()
    page.get_by_role("link", name="Bara detta organ").first.click()
    page.wait_for_url("**/checks?*body=samverkansnamnden*")
    page.get_by_text("Bestäm vem som ansvarar").first.wait_for()


def test_the_header_leaves_the_screen_to_the_page(page: Page) -> None:
    for name in ("/", *(f"/{name}" for name in LISTINGS)):
        page.goto(name)
        box = page.locator("header").bounding_box()
        assert box
        assert box["height"] < 150, name
    page.get_by_text("Meny").click()
    menu = page.locator("details.narrow ul").bounding_box()
    assert menu
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 360


def test_no_list_is_wider_than_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (*(f"/{name}" for name in LISTINGS), *ADDRESSES, "/ask?q=BG2"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
