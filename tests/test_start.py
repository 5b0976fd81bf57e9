"""The start page: one box that leads on, what is in the graph, what needs attention."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from samverkan import overview, sparql
from samverkan.knowledge import Knowledge
from samverkan.namespaces import PROLOGUE

PAGE = {"Accept": "text/html"}


def leads(client: FlaskClient, typed: str, **more: str) -> tuple[str, dict[str, list[str]]]:
    """Where the box leads: the path, and what is asked for there."""
    response = client.get("/find", query_string={"q": typed, **more})
    assert response.status_code == 303
    target = urlsplit(response.headers["Location"])
    return target.path, parse_qs(target.query)


def test_a_name_alone_leads_to_the_thing(client: FlaskClient) -> None:
    for typed, path in {
        "Ledningsgruppen": "organization/ledningsgruppen",
        "bg2": "organization/beredningsgrupp-2-nhv",
        "Wittgren": "person/hakan-wittgren",
        "Upphandlingsgrupen": "organization/upphandlingsgruppen",
        "Samverkansnämndens möte 2021-02-19": "meeting/samverkansnamnden-2021-02-19",
    }.items():
        assert leads(client, typed)[0] == f"/res/{path}"


def test_a_question_leads_to_its_answer(client: FlaskClient) -> None:
    question = "vem representerar oss i Beredningsgrupp 2"
    path, asked = leads(client, question, on_date="2021-02-19", lang="en")
    assert path == "/ask"
    assert asked == {"q": [question], "on_date": ["2021-02-19"], "lang": ["en"]}
    assert leads(client, "hur mår du i dag")[0] == "/ask"


def test_what_several_things_are_called_leads_to_all_of_them(client: FlaskClient) -> None:
    assert leads(client, "Claesson") == ("/search", {"q": ["Claesson"]})
    assert leads(client, "upphandling") == ("/search", {"q": ["upphandling"]})


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%00", "q=x&q=y", "q=x&kind=person", "q=Claesson&on_date=nu", "q=x&lang=de"],
)
def test_what_cannot_be_looked_for_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/find?{query}").status_code == 400


def test_the_graph_is_counted_as_it_is(client: FlaskClient, known: Knowledge) -> None:
    told = overview.overview(known)
    for count in told.counts:
        if count.kind in {"organization", "person", "meeting", "decision", "activity"}:
            text = (
                f"{PROLOGUE} SELECT DISTINCT ?thing WHERE {{ ?thing prov:wasDerivedFrom ?shows }}"
            )
            things = (row["thing"].value for row in sparql.select(known.dataset, text))
            assert count.number == sum(f"/id/{count.kind}/" in each for each in things)
    assert told.age == (date.today() - told.sources[-1].issued).days
    page = client.get("/?lang=sv", headers=PAGE).get_data(as_text=True)
    for count in told.counts:
        assert f"<strong>{count.number}</strong>" in page
    assert f"{told.age} dagar gammal" in page


def test_every_example_is_answered(client: FlaskClient) -> None:
    for lang in ("sv", "en"):
        page = client.get(f"/?lang={lang}", headers=PAGE).get_data(as_text=True)
        examples = re.findall(r'href="(/ask[^"]+)"', page)
        assert examples
        for address in examples:
            assert client.get(address.replace("&amp;", "&"), headers=PAGE).status_code == 200


def test_what_needs_attention_is_counted_once_it_has_been_worked_out(client: FlaskClient) -> None:
    totals = json.loads(client.get("/checks.json").get_data())["totals"]
    page = client.get("/?lang=sv", headers=PAGE).get_data(as_text=True)
    for severity, name in {
        "violation": "fel",
        "warning": "varningar",
        "info": "upplysningar",
    }.items():
        link = f'href="/checks?severity={severity}&amp;lang=sv"'
        assert f"{link}><strong>{totals[severity]}</strong> {name}</a>" in page
    assert f"Per {date.today()}." in page


def test_nobody_waits_for_what_needs_attention(client: FlaskClient) -> None:
    board = client.application.extensions["samverkan.checks"]
    found = board.found.copy()
    board.found.clear()
    try:
        page = client.get("/?lang=en", headers=PAGE).get_data(as_text=True)
    finally:
        board.found.update(found)
    assert "is on a list, with what to do about it." in page
    assert "violations</a>" not in page
