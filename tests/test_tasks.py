"""What somebody new comes to do: with a mouse, a keyboard alone, on a phone, without scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

import quotable
from browsers import NEEDED, watched
from visitors import WAYS, Visitor

pytestmark = NEEDED

ASK = "Fråga om ett organ eller en person"


@pytest.fixture(params=WAYS)
def visitor(browser: Browser, request: pytest.FixtureRequest, service: str) -> Iterator[Visitor]:
    """Somebody at the service, in each of the ways."""
    options, hand = WAYS[request.param]
    with watched(browser, service, **options) as page:
        yield Visitor(page, hand)


@pytest.fixture(params=WAYS)
def reader(browser: Browser, request: pytest.FixtureRequest, quoting: str) -> Iterator[Visitor]:
    """Somebody at a service that has the texts of its documents."""
    options, hand = WAYS[request.param]
    with watched(browser, quoting, **options) as page:
        yield Visitor(page, hand)


def test_who_represents_us_on_a_body(visitor: Visitor) -> None:
    visitor.goes_to("/")
    visitor.writes(ASK, "vem representerar oss i Beredningsgrupp 2")
    visitor.page.wait_for_url("**/ask?*")
    assert "Håkan Wittgren är senast belagd 2021-02-19" in visitor.said
    assert "Samverkansnämnden nominerade samma dag Mikael Köhler" in visitor.said
    row = visitor.page.get_by_role("row").filter(has_text="Mikael Köhler")
    assert "§\N{NO-BREAK SPACE}13" in row.inner_text()


def test_what_a_body_is_and_who_is_in_it(visitor: Visitor) -> None:
    visitor.goes_to("/")
    visitor.follows("Sök")
    visitor.writes("Namn, eller en del av det", "upphandlingsgr")
    visitor.page.wait_for_url("**/search?*q=upphandlingsgr*")
    visitor.follows("Upphandlingsgruppen")
    assert visitor.heading == "Upphandlingsgruppen"
    assert "Ingen källa säger vem som sitter i Upphandlingsgruppen" in visitor.said


def test_which_activities_of_a_year_have_no_owner(visitor: Visitor) -> None:
    visitor.goes_to("/")
    visitor.writes(ASK, "vilka aktiviteter saknar ansvarig 2025")
    visitor.page.wait_for_url("**/ask?*")
    assert visitor.page.get_by_role("row").count() > 20
    visitor.follows("Utarbeta sjukvårdsregional prislista", first=True)
    assert visitor.heading.startswith("Utarbeta sjukvårdsregional prislista")


def test_the_data_of_a_body_for_a_spreadsheet(visitor: Visitor) -> None:
    visitor.goes_to("/ask?q=vem+representerar+oss+i+Beredningsgrupp+2")
    visitor.follows("Samma sak som tabell, och som data")
    file = visitor.downloads("CSV för Excel").path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(file.splitlines()))
    assert [row["person_label"] for row in rows] == ["Håkan Wittgren", "Mikael Köhler", ""]


def test_the_passage_behind_an_answer(reader: Visitor) -> None:
    reader.goes_to("/")
    reader.writes(ASK, "vem sitter i Rådet")
    reader.page.wait_for_url("**/ask?*")
    row = reader.page.get_by_role("row").filter(has_text="Anna Berg")
    reader.presses(row.get_by_role("link", name="§\N{NO-BREAK SPACE}1", exact=True))
    assert reader.heading == "Protokoll 2025, §\N{NO-BREAK SPACE}1"
    assert (
        reader.said
        == "Rådet väljer Anna Berg till representant i Styrelsen. … Hon tillträder i dag."
    )
    assert reader.page.locator("mark").all_inner_texts() == [quotable.FIRST, quotable.SECOND]
