"""The lists: what they hold is what the data hold, counted another way; filters live in the URL."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, ORG, RDF, SKOS
from rdflib.term import Node

import small
from graphs import ID, SMV, data, slug, things
from samverkan import knowledge, lists
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.language import language
from samverkan.lists import LISTINGS
from samverkan.lists.choice import collated
from samverkan.web import Settings, create_app

PAGE = {"Accept": "text/html"}
DAY = "2026-11-25"
NAMES = sorted(LISTINGS)


def told(client: FlaskClient, name: str, **given: str) -> dict[str, Any]:
    response = client.get(f"/{name}.json?{urlencode({'on_date': DAY, **given})}")
    assert response.status_code == 200, response.get_data(as_text=True)
    found: dict[str, Any] = response.get_json()
    return found


def codes(rows: list[dict[str, Any]], column: str) -> list[list[str]]:
    return [[value["code"] for value in row[column]] for row in rows]


def firsts(found: dict[str, Any], column: str) -> set[str]:
    return {code for values in codes(found["rows"], column) for code in values}


def counts(found: dict[str, Any], name: str) -> dict[str, int]:
    told = next(each for each in found["filters"] if each["name"] == name)
    return {each["code"]: each["count"] for each in told["values"]}


def text(client: FlaskClient, address: str) -> str:
    return client.get(address, headers=PAGE).get_data(as_text=True)


class Seen(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]


def body_of(membership: Node) -> str:
    return slug(data().value(membership, ORG.organization))


# ---------- What the lists hold ----------


def test_every_body_person_activity_meeting_and_source_is_in_its_list(client: FlaskClient) -> None:
    for name, column, kind, given in (
        ("organizations", "body", ORG.Organization, {}),
        ("people", "person", FOAF.Person, {}),
        ("activities", "activity", SMV.Activity, {"kind": "any"}),
        ("meetings", "meeting", SMV.Meeting, {}),
        ("sources", "source", SMV.Source, {}),
    ):
        there = {slug(thing) for thing in things(kind)}
        assert firsts(told(client, name, **given), column) == there, name


def test_a_thing_has_one_row_whatever_it_has(client: FlaskClient) -> None:
    for name, column in (("organizations", "body"), ("activities", "activity")):
        found = codes(told(client, name)["rows"], column)
        assert len(found) == len({code for values in found for code in values})
    assert max(map(len, codes(told(client, "organizations")["rows"], "parent"))) > 1


def test_the_people_are_all_memberships_of_persons_and_the_others_are_a_click_away(
    client: FlaskClient,
) -> None:
    found = told(client, "people")
    memberships = things(ORG.Membership)
    of_persons = [m for m in memberships if "/person/" in str(data().value(m, ORG.member))]
    assert found["chosen"] == len(of_persons)
    assert found["total"] == len(memberships)
    unnamed = list(data().subjects(SMV.unnamedHolder))
    assert told(client, "people", holder="unnamed")["chosen"] == len(set(unnamed))
    assert told(client, "people", holder="any")["chosen"] == len(memberships)


def test_a_nomination_is_a_state_of_its_own_in_the_list_of_people(client: FlaskClient) -> None:
    found = told(client, "people", state="nominated")
    nominated = set(data().subjects(SMV.status, SMV["status/nominated"]))
    assert found["chosen"] == len(nominated)
    assert counts(told(client, "people"), "state")["nominated"] == len(nominated)


def test_the_national_bodies_in_which_somebody_sits_are_found(client: FlaskClient) -> None:
    national = set(data().subjects(SMV.level, SMV["level/national"]))
    for who in ("sjukvardsregion-mellansverige", "region-dalarna"):
        there = set()
        for membership in things(ORG.Membership):
            said = set(data().objects(membership, SMV.status))
            parties = {
                *data().objects(membership, SMV.represents),
                *data().objects(membership, ORG.member),
            }
            held = not said & {SMV["status/nominated"], SMV["status/ended"]}
            if held and ID[f"organization/{who}"] in parties:
                there.add(data().value(membership, ORG.organization))
        found = told(client, "organizations", level="national", represented_by=who)
        assert firsts(found, "body") == {slug(body) for body in there & national}


def test_the_query_of_memberships_tells_through_whom_a_region_sits_where(known: Knowledge) -> None:
    rows = known.ask("memberships", represents="oss", level="nationell", on_date=DAY)
    hosted = {row["organization"].value for row in rows if row["role"].value.endswith("/host")}
    bodies = set(data().subjects(SMV.level, SMV["level/national"]))
    assert hosted == {
        str(data().value(m, ORG.organization))
        for m in data().subjects(ORG.role, SMV["role/host"])
        if data().value(m, ORG.organization) in bodies
    }
    assert any("person" not in row for row in rows), "a representative whom no source names"


def test_memberships_are_worth_the_same_as_asked_body_by_body(known: Knowledge) -> None:
    for day in ("2015-01-01", "2021-02-19", DAY):
        of_all = {
            row["membership"]: row["state"].value for row in known.ask("memberships", on_date=day)
        }
        for body in ("Beredningsgrupp 2", "Samverkansnämnden", "Ledningsgruppen"):
            for row in known.ask("representatives", body=body, on_date=day):
                assert of_all[row["membership"]] == row["state"].value


def test_who_only_carried_something_out_is_no_owner(client: FlaskClient) -> None:
    found = told(client, "activities", kind="any")
    expected = Counter(
        "owner"
        if (thing, SMV.ownedBy, None) in data()
        else "performer"
        if (thing, SMV.carriedOutBy, None) in data()
        else "nobody"
        for thing in things(SMV.Activity)
    )
    assert counts(found, "responsibility") == dict(expected)


def test_an_activity_whose_years_are_over_without_a_report_is_due(client: FlaskClient) -> None:
    for day, report in ((DAY, "due"), ("2024-06-01", "ahead")):
        found = told(client, "activities", year="2024", report=report, on_date=day)
        assert found["chosen"] == told(client, "activities", year="2024")["chosen"] > 0


def test_the_squares_add_up_to_the_activities(known: Knowledge) -> None:
    listing = LISTINGS["activities"]
    rows = lists.rows_of(known, listing, language("sv"), date.fromisoformat(DAY), "")
    chosen = lists.choose(listing, rows, {"year": "2025"}, language("sv")).rows
    grid = lists.squares(chosen)
    assert [year.code for year in grid.years] == ["2025"]
    squares = [square for _area, line in grid.rows for square in line if square]
    assert sum(square.count for square in squares) == sum(
        len(row["focus_area"]) or 1 for row in chosen
    )
    for square in squares:
        assert square.count == square.owned + square.performed + square.nobody
        assert square.count == sum(count for _label, count in square.statuses)
        assert square.owned == 0


def test_a_meeting_has_its_decisions_counted(client: FlaskClient) -> None:
    decided = Counter(
        slug(meeting)
        for decision in things(SMV.Decision)
        for item in data().objects(decision, DCTERMS.isPartOf)
        for meeting in data().objects(item, DCTERMS.isPartOf)
        if (meeting, RDF.type, SMV.Meeting) in data()
    )
    for row in told(client, "meetings")["rows"]:
        assert int(row["decisions"][0]["code"]) == decided[row["meeting"][0]["code"]]


def test_coverage_says_what_no_source_says_in_both_languages(client: FlaskClient) -> None:
    chaired = {
        body_of(m)
        for m in data().subjects(ORG.role, SMV["role/chair"])
        if (m, ORG.member, None) in data()
    }
    for code, words in (("sv", "vem som är ordförande"), ("en", "who chairs it")):
        found = told(client, "coverage", lacking="chair", lang=code)
        assert not firsts(found, "body") & chaired
        labels = {
            v["label"] for row in found["rows"] for v in row["lacking"] if v["code"] == "chair"
        }
        assert labels == {words}


def test_how_old_a_source_is_depends_on_the_day(client: FlaskClient) -> None:
    minutes = "samverkansnämndens protokoll 2021-02-19"
    for day, age in (("2021-03-01", "0"), ("2022-12-01", "1"), ("2024-01-01", "2"), (DAY, "5")):
        row = told(client, "sources", q=minutes, on_date=day)["rows"][0]
        assert row["age"][0]["code"] == age
    row = told(client, "sources", q=minutes, on_date="2020-01-01")["rows"][0]
    assert row["age"][0]["code"] == "later"


# ---------- Filters, counts, order, pages ----------


@pytest.mark.parametrize("name", NAMES)
def test_a_count_is_the_number_of_rows_that_its_value_leaves(
    client: FlaskClient, name: str
) -> None:
    found = told(client, name)
    for each in found["filters"]:
        for value in each["values"][:4]:
            left = told(client, name, **{each["name"]: value["code"]})
            assert left["chosen"] == value["count"], (each["name"], value)
            assert counts(left, each["name"]) == counts(found, each["name"])


@pytest.mark.parametrize("name", NAMES)
def test_every_order_is_one_of_the_same_rows(client: FlaskClient, name: str) -> None:
    listing = LISTINGS[name]
    column = listing.columns[0].name
    usual = sorted(map(str, codes(told(client, name)["rows"], column)))
    for sort in listing.sorts:
        rows = told(client, name, sort=sort)["rows"]
        assert sorted(map(str, codes(rows, column))) == usual, sort
        empty = [not row[sort.removeprefix("-")] for row in rows]
        assert empty == sorted(empty), "what has no value comes last"


def test_swedish_letters_come_after_z(client: FlaskClient) -> None:
    people = [row["person"][0]["label"] for row in told(client, "people", sort="person")["rows"]]
    assert people == sorted(people, key=collated)
    assert collated("Örebro") > collated("Zorn")


def test_a_value_may_be_a_code_an_address_or_a_label_in_the_language_asked(
    client: FlaskClient,
) -> None:
    wanted = told(client, "organizations", level="national")["chosen"]
    assert wanted > 0
    for value in ("nationell", "NATIONELL", str(SMV["level/national"])):
        assert told(client, "organizations", level=value)["chosen"] == wanted
    assert told(client, "organizations", level="national", lang="en")["chosen"] == wanted


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_cut_out_of_the_same_rows_in_every_format(client: FlaskClient, name: str) -> None:
    whole = told(client, name)["rows"]
    part = told(client, name, limit="3", offset="2")
    assert part["rows"] == whole[2:5]
    assert part["chosen"] == len(whole)
    response = client.get(f"/{name}.csv?limit=3&offset=2&on_date={DAY}")
    assert response.headers["X-Total-Count"] == str(len(whole))
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True))))
    assert len(rows) == 1 + min(3, len(whole) - 2)


def test_a_name_is_found_by_a_part_of_it_whatever_its_accents(client: FlaskClient) -> None:
    found = told(client, "people", q="kohler")
    assert {row["person"][0]["label"] for row in found["rows"]} == {"Mikael Köhler"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_known_on_a_day_is_what_is_listed(client: FlaskClient, name: str) -> None:
    assert told(client, name, known_on="2019-01-01")["total"] == 0
    early = told(client, name, known_on="2021-02-19")["total"]
    assert 0 < early < told(client, name)["total"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/organizations?level=interstellar", "local, national, none, sjukvardsregional"),
        ("/people?state=maybe", "ended, last-known, nominated"),
        ("/activities?year=1066", "2020, 2021, 2022"),
        ("/organizations?chair=x", "known, none"),
        ("/organizations?sort=colour", "body, -body"),
        ("/organizations?colour=red", "level, type"),
        ("/organizations?level=national&level=local", "level"),
        ("/people?limit=0", "limit"),
        ("/people?on_date=today", "on_date"),
        ("/people?known_on=2021", "known_on"),
        ("/people?bom=perhaps", "bom"),
        (f"/people?q={'a' * 201}", "200"),
    ],
)
def test_a_wrong_value_is_refused_with_what_can_be_chosen(
    client: FlaskClient, address: str, words: str
) -> None:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert words in json.loads(response.get_data())["detail"]
    page = client.get(address, headers=PAGE)
    assert (page.status_code, page.mimetype) == (400, "text/html")


def test_an_empty_value_is_none_as_a_form_sends_it(client: FlaskClient) -> None:
    for name, listing in LISTINGS.items():
        empty = dict.fromkeys([each.name for each in listing.filters], "")
        assert told(client, name, q="", sort="", known_on="", **empty) == told(client, name)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_list_comes_as_page_csv_and_json(client: FlaskClient, name: str) -> None:
    for accept, kind in (
        ("text/html,*/*;q=0.8", "text/html"),
        ("text/csv", "text/csv"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
    ):
        assert client.get(f"/{name}", headers={"Accept": accept}).mimetype == kind
    assert client.get(f"/{name}", headers={"Accept": "image/png"}).status_code == 406
    plain = client.get(f"/{name}.csv")
    assert plain.data.decode() == client.get(f"/{name}.csv?bom=true").data.decode("utf-8-sig")
    tag = {"If-None-Match": plain.headers["ETag"]}
    assert client.get(f"/{name}.csv", headers=tag).status_code == 304


def test_csv_has_a_column_of_addresses_after_one_of_things(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/people.csv").get_data(as_text=True))))
    assert rows
    for row in rows:
        assert data().value(ID[f"person/{row['person_iri'].rpartition('/')[2]}"], SKOS.prefLabel)
        assert row["organization"]


# ---------- The pages ----------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_page_has_its_parts(client: FlaskClient, name: str, code: str) -> None:
    page = text(client, f"/{name}?lang={code}")
    assert len(page.encode()) < 100_000
    seen = Seen(page)
    ids = [attrs["id"] for _tag, attrs in seen.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labelled = {attrs["for"] for tag, attrs in seen.tags if tag == "label"}
    fields = {
        a["id"] for t, a in seen.tags if t in {"input", "select"} and a.get("type") != "hidden"
    }
    assert fields <= labelled
    here = [a for t, a in seen.tags if t == "a" and a.get("aria-current") == "page"]
    assert {(a["href"] or "").partition("?")[0] for a in here} == {f"/{name}"}
    assert not [attrs for _tag, attrs in seen.tags if "style" in attrs]
    assert len({tag for tag, _attrs in seen.tags} & {"script", "iframe"}) == 0
    forms = [a for t, a in seen.tags if t == "form"]
    assert all(form.get("method") is None for form in forms)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_page_leads_somewhere(client: FlaskClient, name: str) -> None:
    seen = set()
    for address in Seen(text(client, f"/{name}?lang=en")).links():
        path = address.partition("?")[0]
        if address.startswith("/") and (path not in seen or path == f"/{name}"):
            seen.add(path)
            if path.startswith(f"/{name}") or len(seen) < 20:
                assert client.get(address, headers=PAGE).status_code == 200, address


def test_a_chosen_filter_is_shown_and_taken_away(client: FlaskClient) -> None:
    seen = Seen(text(client, "/organizations?level=national&parent=none&lang=en"))
    assert "/organizations?parent=none&lang=en" in seen.links()
    assert "/organizations?level=national&lang=en" in seen.links()
    chosen = [a for t, a in seen.tags if t == "option" and "selected" in a]
    assert {"national", "none"} <= {a["value"] for a in chosen}


def test_what_the_default_hides_is_said_with_a_link(client: FlaskClient) -> None:
    page = Seen(text(client, "/people?lang=en"))
    assert "Only: a person." in page.text
    assert "/people?lang=en&holder=any" in page.links()


def test_the_number_of_rows_on_a_page_is_bounded(client: FlaskClient) -> None:
    page = Seen(text(client, "/organizations?limit=10000"))
    assert sum(tag == "tr" for tag, _attrs in page.tags) <= 101
    assert "/organizations?limit=10000&offset=100" in page.links()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An application whose bodies and people are called what somebody who means harm would."""
    folder = tmp_path_factory.mktemp("hostile")
    small.write(folder, [small.Source(2020).says("anna").says("bo", body="board")])
    for name, old, new in (
        ("people.ttl", "Anna Berg", "<script>alert(1)</script>"),
        ("people.ttl", "Bo Ek", "=cmd|' /C calc'!A0"),
        ("organizations.ttl", "Rådet", "' onmouseover='alert(1)' <b>"),
    ):
        path: Path = folder / "data" / name
        path.write_text(path.read_text().replace(f'"{old}"', f'"{new}"'))
    app = create_app(Settings(limits=Limits(workers=1)), knowledge.load(folder))
    return app.test_client()


def test_hostile_labels_are_text_on_a_page_and_no_formula_in_csv(hostile: FlaskClient) -> None:
    page = Seen(text(hostile, "/people"))
    assert {"script", "b"}.isdisjoint(tag for tag, _attrs in page.tags)
    assert not [attrs for _tag, attrs in page.tags if "onmouseover" in attrs]
    assert "<script>alert(1)</script>" in page.text
    assert "' onmouseover='alert(1)' <b>" in page.text
    cells = [c for row in csv.reader(io.StringIO(hostile.get("/people.csv").text)) for c in row]
    assert not [cell for cell in cells if cell.startswith("=")]
    typed = Seen(text(hostile, f"/people?{urlencode({'q': '<script>x</script>'})}"))
    assert "script" not in {tag for tag, _attrs in typed.tags}
    refused = Seen(text(hostile, f"/people?{urlencode({'state': '<script>x</script>'})}"))
    assert "script" not in {tag for tag, _attrs in refused.tags}
