"""All that is held about a person: whole, held against the files with rdflib."""

from __future__ import annotations

from typing import Any

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, Literal, URIRef

from graphs import ID, OA, SMV, SOURCE_FILES, data, graph_of, slug, things

# What hangs on a thing that tells of the person.
HANGING = (PROV.wasDerivedFrom, SMV.attestedIn, ORG.memberDuring, OA.hasSelector, SMV.claim)
# These point to many people, and are no data of one of them.
POINTING_ONLY = (ORG.hasMember, DCTERMS.creator)


def held(client: FlaskClient, person: str) -> dict[str, Any]:
    response = client.get(f"/person-data/{person}")
    assert response.status_code == 200
    body: dict[str, Any] = response.get_json()
    return body


def triples(body: dict[str, Any]) -> set[tuple[Any, Any, Any]]:
    """The statements of the file as triples again."""
    return {
        (
            URIRef(entry["iri"]),
            URIRef(told["property"]),
            URIRef(told["value"])
            if told["type"] == "iri"
            else Literal(
                told["value"],
                lang=told["lang"],
                datatype=None if told["lang"] else URIRef(told["datatype"]),
            ),
        )
        for entries in body["things"].values()
        for entry in entries
        for told in entry["statements"]
    }


def plain(triple: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    """Where a string has no datatype of its own, it is xsd:string (RDF 1.1 § 3.3)."""
    subject, property_, value = triple
    if isinstance(value, Literal) and value.language is None and value.datatype is None:
        value = Literal(str(value), datatype=rdflib.XSD.string)
    return subject, property_, value


def expected(person: URIRef) -> set[tuple[Any, Any, Any]]:
    """Each triple with the person in it, and all of each node that hangs on the person."""
    graph = data()
    found = set(graph.triples((person, None, None))) | set(graph.triples((None, None, person)))
    seats = set(graph.subjects(ORG.member, person))
    nodes = {person, *seats}
    for about in (person, *seats):
        nodes |= {s for s, p in graph.subject_predicates(about) if p not in POINTING_ONLY}
    while more := {o for n in nodes for p in HANGING for o in graph.objects(n, p)} - nodes:
        nodes |= more
    return found | {t for node in nodes for t in graph.triples((node, None, None))}


def test_everything_in_the_graph_about_each_person_is_in_the_file(client: FlaskClient) -> None:
    people = things(FOAF.Person)
    assert len(people) > 40
    for person in people:
        there = set(map(plain, triples(held(client, slug(person)))))
        missing = set(map(plain, expected(URIRef(str(person))))) - there
        assert not missing, (person, sorted(missing)[:3])


def test_nothing_is_in_the_file_that_is_not_in_the_graph(client: FlaskClient) -> None:
    graph = {*map(plain, data())}
    invented = {
        triple
        for triple in map(plain, triples(held(client, "mikael-kohler")))
        if triple not in graph and not str(triple[0]).startswith(str(SMV))
    }
    assert not invented


def test_each_statement_says_in_which_source_it_stands(client: FlaskClient) -> None:
    for entries in held(client, "andreas-svahn")["things"].values():
        for entry in entries:
            for told in entry["statements"]:
                assert told["graphs"]
    sources = {str(ID[f"source/{path.stem}"]): graph_of(path) for path in SOURCE_FILES}
    for entry in held(client, "andreas-svahn")["things"]["membership"]:
        for told in entry["statements"]:
            if told["property"] == str(ORG.role):
                makers = {
                    iri
                    for iri, graph in sources.items()
                    if (URIRef(entry["iri"]), ORG.role, URIRef(told["value"])) in graph
                }
                assert {graph["iri"] for graph in told["graphs"]} == makers


def test_the_passages_have_source_locator_and_span(client: FlaskClient) -> None:
    body = held(client, "hakan-wittgren")
    assert body["person"]["label"] == "Håkan Wittgren"
    assert {(each["title"], each["locator"]) for each in body["passages"]} >= {
        ("Samverkansnämndens protokoll 2021-02-19", "§ 14")
    }
    assert all(0 <= each["start"] < each["end"] for each in body["passages"])
    assert {"membership", "evidence", "selector", "period"} <= set(body["things"])


def test_it_is_a_file_to_download(client: FlaskClient) -> None:
    response = client.get("/person-data/mikael-kohler", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.mimetype == "application/json"
    disposition = response.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="person-data-mikael-kohler.json"'
    kinds = held(client, "mikael-kohler")["things"]
    assert next(iter(kinds)) == "person"
    assert {"attendance", "decision", "discrepancy", "claim"} <= set(kinds)
    label = held(client, "mikael-kohler")["things"]["decision"][0]["label"]
    assert label == "Nominering av Mikael Köhler till Beredningsgrupp 2 (§ 13)"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/person-data/ingen", 404),
        ("/person-data/samverkansnamnden", 404),
        ("/person-data/%3Cb%3E", 404),
        ("/person-data/ola-karlsson?on_date=2021-02-19", 400),
        ("/person-data/ola-karlsson?lang=de", 400),
    ],
)
def test_of_nobody_there_is_no_file(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


def test_the_person_s_own_class_is_there() -> None:
    assert (ID["person/mikael-kohler"], RDF.type, FOAF.Person) in data()
