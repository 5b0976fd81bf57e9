"""The pages in a real browser: Debian's Chromium, driven without a download of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browsers import DEVICES, NEEDED, watched

pytestmark = NEEDED

MAIN = "vem representerar oss i Beredningsgrupp 2"
VIEWS = {
    "desktop": DEVICES["desktop"],
    "phone": DEVICES["phone"],
    "without JavaScript": {**DEVICES["desktop"], "java_script_enabled": False},
}


@pytest.fixture(params=VIEWS)
def page(browser: Browser, request: pytest.FixtureRequest, service: str) -> Iterator[Page]:
    """A page on each device, and without JavaScript."""
    with watched(browser, service, **VIEWS[request.param]) as page:
        yield page


def test_a_name_alone_leads_to_the_page_of_the_thing_and_its_days(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Ett namn eller en fråga").focus()
    page.keyboard.type("Ledningsgruppen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/res/organization/ledningsgruppen")
    page.get_by_role("link", name="Relationer", exact=True).click()
    page.get_by_role("heading", name="Relationer").wait_for()
    page.get_by_text("välj en annan dag").click()
    page.get_by_role("link", name="2021-02-19", exact=True).last.click()
    page.wait_for_url("**known_on=2021-02-19")
    page.get_by_text("enligt källor kända 2021-02-19").wait_for()
    assert page.get_by_role("link", name="Återrapport aktivitetsplan 2025").count() == 0


def test_from_an_example_to_the_body_and_its_query(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=MAIN).click()
    page.get_by_role("link", name="Beredningsgrupp 2 för nationell").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Beredningsgrupp 2")
    page.go_back()
    page.get_by_role("link", name="Samma sak som tabell, och som data").click()
    page.get_by_text("Rader: 3").wait_for()


def test_another_day_gives_another_answer(page: Page) -> None:
    page.goto(f"/ask?q={MAIN}")
    page.get_by_text("Per en annan dag").click()
    page.get_by_label("Som det var den").fill("2021-02-19")
    page.get_by_role("button", name="Fråga").click()
    assert "är belagd 2021-02-19" in page.locator(".said").inner_text()


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="who represents us on BG2").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "nominated Mikael Köhler" in page.locator(".said").inner_text()


def test_what_a_body_has_to_do_is_found_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Att göra", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("För organet").focus()
    page.keyboard.type("Upphandlingsgruppen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checks?*Upphandlingsgruppen*")
    page.get_by_text("Ingen källa namnger någon i Upphandlingsgruppen").wait_for()
    page.get_by_role("link", name="Främja samverkan inom upphandling").first.click()
    assert "Främja samverkan inom upphandling" in page.get_by_role("heading", level=1).inner_text()


def test_things_told_together_are_opened_one_by_one(page: Page) -> None:
    page.goto("/checks?severity=violation&on_date=2026-11-25")
    assert not page.get_by_role("link", name="Utarbeta sjukvårdsregional prislista").is_visible()
    page.get_by_text("Vilka").nth(1).click()
    page.get_by_role("link", name="Utarbeta sjukvårdsregional prislista").wait_for()


def test_a_query_is_run_on_the_page_of_the_endpoint(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("button", name="Kör").click()
    page.get_by_role("link", name="ledningsgruppen").first.wait_for()


def test_the_words_of_the_graph_are_found_from_every_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Vokabulär").click()
    page.locator('[id="role/chair"]').get_by_role("link").click()
    assert page.locator(".said").inner_text() == "Leder ett organ och dess möten."
    page.get_by_role("link", name="roll", exact=True).click()
    page.get_by_role("link", name="representant", exact=True).wait_for()


def test_an_address_is_tried_on_the_page_of_addresses(page: Page) -> None:
    page.goto("/docs?lang=sv")
    page.locator("#get-queries-bodies").get_by_role("link").click()
    page.get_by_label("Nivå").select_option("nationell")
    page.get_by_role("button", name="Visa").click()
    assert page.get_by_label("Nivå").input_value() == "nationell"
    page.goto(f"{page.url}&limit=4")
    page.get_by_text("Rad 1 till 4 av").wait_for()
    page.get_by_role("link", name="Nästa").click()
    page.get_by_text("Rad 5 till 8 av").wait_for()


def test_hits_are_shown_as_one_types_where_scripts_run(browser: Browser, service: str) -> None:
    with watched(browser, service, **DEVICES["phone"]) as page:
        page.goto("/search")
        page.get_by_label("Namn, eller en del av det").press_sequentially("köhl")
        hit = page.get_by_role("link", name="Mikael Köhler", exact=True)
        hit.wait_for()
        page.get_by_role("link", name="vem är Mikael Köhler").wait_for()
        page.get_by_label("Slag").select_option("decision")
        hit.wait_for(state="detached")
        page.get_by_role("link", name="Nominering av Mikael Köhler").wait_for()
        assert "kind=decision" in page.url
        page.reload()
        page.get_by_role("link", name="Nominering av Mikael Köhler").wait_for()
        page.get_by_label("Namn, eller en del av det").fill("")
        page.get_by_text("Träffar").wait_for(state="detached")


def test_a_picture_is_read_followed_and_enlarged(page: Page) -> None:
    page.goto("/network?thing=BG2")
    shown = page.locator("svg.drawing:visible")
    assert shown.count() == 1
    viewport = page.viewport_size
    assert viewport
    narrow = "narrow" in (shown.get_attribute("class") or "")
    assert narrow == (viewport["width"] == 360)
    before = shown.bounding_box()
    page.get_by_label("200 %").check()
    after = shown.bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    shown.get_by_role("link", name="Håkan Wittgren").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/res/person/hakan-wittgren")


def test_the_way_to_somebody_is_asked_for_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/network")
    page.get_by_label("Från personen eller organet").focus()
    page.keyboard.type("Petri Olivius")
    page.keyboard.press("Tab")
    page.keyboard.type("Socialstyrelsen")
    page.keyboard.press("Enter")
    page.wait_for_url("**from=Petri**")
    assert page.locator("ol.steps > li").count() == 4
    assert "senast belagd 2021-02-19" in page.locator("ol.steps").inner_text()
