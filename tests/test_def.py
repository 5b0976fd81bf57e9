"""``/def/``: the vocabulary, readable and as RDF; each term and each value at its address."""

from __future__ import annotations

import re

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from graphs import ONTOLOGY_FILE, ROOT, SCHEMES_FILE, SMV, graph_of
from samverkan.checks.shapes import SHAPE
from samverkan.knowledge import Knowledge

PAGE = {"Accept": "text/html"}
PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "json": "json-ld"}
VOCABULARY = graph_of(ONTOLOGY_FILE, SCHEMES_FILE)


def own() -> list[str]:
    """The ends of the addresses of all terms, lists and values."""
    found = {str(node) for node in VOCABULARY.subjects() if str(node).startswith(SMV)}
    return sorted(iri.removeprefix(SMV) for iri in found if iri != str(SMV))


@pytest.mark.parametrize("suffix", PARSERS)
def test_the_whole_vocabulary_comes_in_every_format(client: FlaskClient, suffix: str) -> None:
    body = client.get(f"/def/vocabulary.{suffix}").get_data()
    found = rdflib.Graph().parse(data=body, format=PARSERS[suffix])
    assert set(found) == set(VOCABULARY)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_the_address_of_the_vocabulary_gives_what_the_client_likes(
    client: FlaskClient, accept: str, given: str
) -> None:
    response = client.get("/def/", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, given)
    assert f'<{SMV}>; rel="describes"' in response.headers["Link"]
    assert client.get("/def").headers["Location"].endswith("/def/")


@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_page_has_every_term_with_its_label_and_an_anchor(
    client: FlaskClient, code: str
) -> None:
    page = client.get(f"/def/?lang={code}", headers=PAGE).get_data(as_text=True)
    anchors = set(re.findall(r'id="([^"]+)"', page))
    schemes = {name for name in own() if (SMV[name], RDF.type, SKOS.ConceptScheme) in VOCABULARY}
    assert set(own()) - schemes <= anchors
    for label in VOCABULARY.objects(SMV.Activity, RDFS.label):
        assert (f">{label}</a>" in page) == (getattr(label, "language", None) == code)


def test_every_term_and_value_has_its_document(client: FlaskClient) -> None:
    for name in own():
        ahead = client.get(f"/def/{name}")
        assert (ahead.status_code, ahead.headers["Location"]) == (303, f"/def/{name}.ttl"), name
        body = client.get(ahead.headers["Location"]).get_data()
        found = rdflib.Graph().parse(data=body, format="turtle")
        assert set(VOCABULARY.triples((SMV[name], None, None))) <= set(found), name
        assert set(found) <= set(VOCABULARY)


def test_the_address_of_a_term_leads_to_what_the_client_likes(client: FlaskClient) -> None:
    ahead = client.get("/def/role/chair?lang=en", headers=PAGE)
    assert (ahead.status_code, ahead.headers["Location"]) == (303, "/def/role/chair.html?lang=en")
    page = client.get(ahead.headers["Location"])
    assert page.mimetype == "text/html"
    assert "Leads a body and its meetings." in page.get_data(as_text=True)
    data = client.get("/def/role/chair", headers={"Accept": "application/n-triples"})
    assert data.headers["Location"] == "/def/role/chair.nt"


def test_a_list_holds_its_values(client: FlaskClient) -> None:
    body = client.get("/def/status.ttl").get_data()
    found = rdflib.Graph().parse(data=body, format="turtle")
    values = set(VOCABULARY.subjects(SKOS.inScheme, SMV.status))
    assert values
    assert values == set(found.subjects(SKOS.inScheme, SMV.status))
    assert (SMV.status, RDF.type, OWL.ObjectProperty) in found
    page = client.get("/def/status.html?lang=sv").get_data(as_text=True)
    assert "belagd" in page
    assert "nominerad" in page


def test_every_page_of_a_term_is_there_in_both_languages(client: FlaskClient) -> None:
    for name in ("Activity", "represents", "basis", "role", "role/chair", "term/nhv", "level"):
        if name not in own():
            continue
        for code in ("sv", "en"):
            page = client.get(f"/def/{name}.html?lang={code}")
            assert page.status_code == 200
            assert f'<html lang="{code}">' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["Nothing", "role/nobody", "role/chair/x", "%00", "a%20b", "%3Cx%3E", "..", "x.exe"]
)
def test_a_term_that_is_not_there_is_not_found(client: FlaskClient, name: str) -> None:
    told = client.get(f"/def/{name}")
    assert (told.status_code, told.mimetype) == (404, "application/problem+json")
    assert client.get(f"/def/{name}.ttl").status_code == 404


def test_the_checks_have_addresses_too(client: FlaskClient) -> None:
    file = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    body = client.get("/def/shape/").get_data()
    found = rdflib.Graph().parse(data=body, format="turtle")
    assert len(found) == len(file)
    name = str(next(iter(file.subjects(RDF.type, rdflib.SH.NodeShape)))).removeprefix(SHAPE)
    assert client.get(f"/def/shape/{name}").headers["Location"] == "/def/shape/"
    assert client.get("/def/shape/nothing").status_code == 404


def test_values_in_tables_lead_to_their_definitions(client: FlaskClient) -> None:
    page = client.get("/queries/bodies?lang=sv", headers=PAGE).get_data(as_text=True)
    assert 'href="/def/organization-type/' in page


def test_what_the_names_call_a_value_is_what_its_page_calls_it(
    client: FlaskClient, known: Knowledge
) -> None:
    chair = URIRef(SMV["role/chair"])
    page = client.get("/def/role/chair.html?lang=sv").get_data(as_text=True)
    assert f"<h1>{known.names.label(str(chair), 'sv')}</h1>" in page


def test_rdflib_reads_a_term_from_its_address(service: str) -> None:
    graph = rdflib.Graph().parse(f"{service}/def/Activity")
    assert (SMV.Activity, RDF.type, OWL.Class) in graph
    whole = rdflib.Graph().parse(f"{service}/def/")
    assert set(whole) == set(VOCABULARY)
