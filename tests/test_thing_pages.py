"""The page of a thing: a heading for each part, words that do no harm, days to choose."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

import small
from samverkan.isolation import Limits
from samverkan.web import Settings, create_app
from small import Source

PAGE = {"Accept": "text/html"}
# What every kind of page has, in both languages.
HEADINGS = {
    "organization/ledningsgruppen": [
        ("Personer och roller", "People and roles"),
        ("Ansvar och medverkan, år för år", "Responsibility and participation, by year"),
        ("Relationer", "Relations"),
        ("Beslut", "Decisions"),
        ("Uppdrag", "What it was given to do"),
    ],
    "organization/samverkansnamnden": [
        ("Hur det ska vara sammansatt", "How it is to be composed"),
        ("Möten", "Meetings"),
    ],
    "organization/region-uppsala": [
        (
            "Var det sitter, och vilka som sitter där för det",
            "Where it sits, and who sits there for it",
        )
    ],
    "person/charlotte-edberger": [("Roller", "Roles"), ("Möten med närvaro", "Meetings attended")],
    "activity/aktivitetsplan-2025-digitaliseringsinitiativ": [
        ("Vad det blev av den", "What came of it"),
        ("Vad som inte finns i grafen", "What the graph does not have"),
        ("Att åtgärda", "What is amiss with it"),
    ],
    "plan/aktivitetsplan-2025": [("Punkterna", "Its items")],
    "meeting/samverkansnamnden-2021-02-19": [
        ("Närvarande", "Who was there"),
        ("Dagordning och beslut", "What was on the agenda, and what was decided"),
    ],
    "decision/samverkansnamnden-2021-02-19-paragraf-12": [("I protokollet", "In the minutes")],
    "source/aterrapport-2025": [("Vad den berättar om", "What it tells of")],
}
BIGGEST = 100_000
BAD = '<script>alert(1)</script><img src=x onerror=alert(2)> {{ 1234567*7 }} "'
TERMS = "".join(
    f"@prefix {name}: <https://w3id.org/samverkan/{base}/{name}/> .\n"
    for base, names in (
        ("id", ("activity", "plan", "meeting", "agenda-item", "task", "outcome", "relation")),
        ("id", ("responsibility", "attendance", "discrepancy", "claim")),
        ("def", ("activity-kind", "activity-status", "responsibility-kind", "relation-kind")),
        ("def", ("meeting-status", "decision-kind", "capacity", "level", "organization-type")),
    )
    for name in names
)


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_page_of_each_kind_has_its_parts_and_leads_to_them(
    client: FlaskClient, lang: str
) -> None:
    for path, headings in HEADINGS.items():
        page = client.get(f"/res/{path}?lang={lang}", headers=PAGE).get_data(as_text=True)
        told = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
        for sv, en in headings:
            assert html.escape({"sv": sv, "en": en}[lang]) in told, (path, sv)
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), path
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids), path
        assert not re.search(r"<[^>]+\sstyle=|<style|<script", page), path
        assert len(page.encode()) < BIGGEST, path


def test_every_link_of_a_section_is_there(client: FlaskClient) -> None:
    page = client.get("/res/organization/ledningsgruppen", headers=PAGE).get_data(as_text=True)
    queries = re.findall(r'href="(/queries/[^"]+)"', page)
    assert len(queries) > 4
    for address in queries:
        assert client.get(html.unescape(address), headers=PAGE).status_code == 200, address


def test_a_day_is_chosen_by_a_link_and_kept(client: FlaskClient) -> None:
    address = "/res/organization/beredningsgrupp-2-nhv"
    page = client.get(f"{address}?lang=en", headers=PAGE).get_data(as_text=True)
    assert "As of today, by all sources" in page
    then = f"{address}?known_on=2021-02-19&amp;lang=en"
    assert f'href="{then}"' in page
    known = client.get(html.unescape(then), headers=PAGE).get_data(as_text=True)
    assert "As of today, by the sources known on 2021-02-19" in known
    assert f'href="{then}" aria-current="true">2021-02-19</a>' in known
    assert f'href="{address}?on_date=2021-02-19&amp;known_on=2021-02-19&amp;lang=en"' in known
    assert "Återrapport aktivitetsplan 2025" not in known.partition("known-then")[0]


def test_a_word_s_page_tells_what_it_is_used_for(client: FlaskClient) -> None:
    page = client.get("/def/theme/welfare-crime.html?lang=en").get_data(as_text=True)
    assert '<h2 id="uses">What it is used for</h2>' in page
    assert "subject (" in page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a service over content all of whose words are markup."""
    folder = tmp_path_factory.mktemp("hostile")
    small.write(folder, [_hostile()])
    app = create_app(Settings(content=folder, limits=Limits(workers=1, seconds=5)))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


def _hostile() -> Source:
    source = Source(2021).says("anna", represents="north", title=BAD.replace('"', "'"))
    source.says("north", body="house", role="host")
    text = '"""' + BAD.replace('"', '\\"') + '"""@sv'
    shows = "prov:wasDerivedFrom evidence:s2021-1 ; smv:basis basis:stated"
    source.text += TERMS + "".join(
        f"{line} ; {shows} .\n"
        for line in (
            f"organization:council smv:lifecycle lifecycle:active ; skos:altLabel {text}",
            f"plan:p a smv:Plan ; skos:prefLabel {text} ; dcterms:publisher organization:council",
            f"activity:a a smv:Activity ; skos:prefLabel {text} ; dcterms:isPartOf plan:p ;"
            ' smv:year "2021"^^xsd:gYear ; smv:activityKind activity-kind:activity ;'
            " smv:activityStatus activity-status:planned ; smv:outcome outcome:o",
            f"outcome:o a smv:Outcome ; skos:prefLabel {text} ; rdfs:comment {text}",
            f"responsibility:r a smv:Responsibility ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:activity activity:a ; smv:agent organization:council ;"
            " smv:responsibilityKind responsibility-kind:owner",
            f"relation:x a smv:Relation ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:subject organization:council ; smv:relationKind relation-kind:mirrors ;"
            " smv:object organization:board",
            f"meeting:m a smv:Meeting ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " schema:organizer organization:council ; smv:meetingStatus meeting-status:held ;"
            ' schema:startDate "2021-03-01"^^xsd:date',
            f"agenda-item:i a smv:AgendaItem ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:paragraph 1 ; dcterms:isPartOf meeting:m",
            f"decision:bad a smv:Decision ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:decisionMaker organization:council ; smv:decisionKind decision-kind:approval ;"
            " smv:concerns person:anna, organization:council ; dcterms:isPartOf agenda-item:i",
            f"task:t a smv:Task ; skos:prefLabel {text} ; smv:assignee organization:council ;"
            " smv:fromDecision decision:bad",
            f"attendance:n a smv:Attendance ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:person person:anna ; smv:meeting meeting:m ; smv:capacity capacity:guest",
            f"discrepancy:d a smv:Discrepancy ; skos:prefLabel {text} ; rdfs:comment {text} ;"
            " smv:about organization:council ; smv:claim claim:c",
            f"claim:c a smv:Claim ; skos:prefLabel {text} ; rdf:value {text}",
        )
    )
    return source


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_words_that_are_markup_are_shown_and_do_nothing(hostile: FlaskClient, lang: str) -> None:
    things = ("organization/council", "organization/north", "person/anna", "plan/p", "activity/a")
    others = ("meeting/m", "decision/bad", "source/s2021", "agenda-item/i", "task/t", "relation/x")
    for path in (*things, *others):
        response = hostile.get(f"/res/{path}?lang={lang}", headers=PAGE)
        page = response.get_data(as_text=True)
        assert response.status_code == 200, path
        assert "<script" not in page, path
        assert "<img" not in page, path
        assert "8641969" not in page, path
        if path != "organization/north":
            assert "&lt;script&gt;alert(1)" in page, path
