"""What the endpoint tells of itself: its service description, its page, its formats by name."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, Literal, URIRef

from samverkan.knowledge import Knowledge
from samverkan.web.formats import BY_NAME

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
ID = "https://w3id.org/samverkan/id/"
IDENTITY = f"{ID}graph/identity"
GRAPH_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def description(client: FlaskClient, accept: str = "text/turtle") -> rdflib.Graph:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.mimetype == accept
    return rdflib.Graph().parse(data=response.data, format=GRAPH_TYPES[accept])


def test_who_asks_for_no_query_is_told_what_the_service_is(client: FlaskClient) -> None:
    found = description(client)
    service = found.value(predicate=RDF.type, object=SD.Service)

    assert found.value(service, SD.endpoint) == URIRef("http://localhost/sparql")
    assert set(found.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(found.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert set(found.objects(service, SD.resultFormat)) == {
        FORMATS.SPARQL_Results_JSON,
        FORMATS.SPARQL_Results_XML,
        FORMATS.SPARQL_Results_CSV,
        FORMATS.SPARQL_Results_TSV,
        FORMATS.Turtle,
        FORMATS["N-Triples"],
        FORMATS.RDF_XML,
        FORMATS["JSON-LD"],
        FORMATS.TriG,
        FORMATS["N-Quads"],
    }
    assert {text.n3()[-3:] for text in found.objects(service, rdflib.RDFS.comment)} == {
        "@sv",
        "@en",
    }


def test_the_description_names_the_graphs_that_there_are_and_their_sizes(
    client: FlaskClient, known: Knowledge
) -> None:
    found = description(client)
    (dataset,) = found.objects(None, SD.defaultDataset)
    sizes = {
        str(found.value(named, SD.name)): found.value(found.value(named, SD.graph), VOID.triples)
        for named in found.objects(dataset, SD.namedGraph)
    }
    store = known.dataset.engine
    assert sizes == {
        name.value: Literal(len(list(store.quads_for_pattern(None, None, None, name))))
        for name in store.named_graphs()
    }
    (default,) = found.objects(dataset, SD.defaultGraph)
    counted = client.get("/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }&format=csv")
    assert counted.data.split() == [b"n", str(found.value(default, VOID.triples)).encode()]


def test_the_description_is_the_same_in_each_format_of_graphs(client: FlaskClient) -> None:
    graphs = [set(description(client, accept)) for accept in GRAPH_TYPES]

    assert len(graphs[0]) > 60
    assert all(graph == graphs[0] for graph in graphs)


@pytest.mark.parametrize("address", ["/sparql", "/sparql?lang=en", "/sparql?format=turtle"])
def test_who_takes_anything_gets_the_description_as_turtle(
    client: FlaskClient, address: str
) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.content_type == "text/turtle; charset=utf-8"
    assert "Accept" in response.vary
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304
    assert client.head(address).headers["ETag"] == response.headers["ETag"]


def test_who_takes_no_format_that_there_is_gets_no_description(client: FlaskClient) -> None:
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("host", ['x"><script>', "x y", "x\\y", "<x>", "ö" * 300])
def test_a_host_that_is_none_breaks_nothing(client: FlaskClient, host: str) -> None:
    response = client.get("/sparql", headers={"Host": host.encode().decode("latin-1")})

    assert response.status_code in {200, 400}
    assert b"<script" not in response.data


# Formats by name.


@pytest.mark.parametrize(("name", "wanted"), BY_NAME.items())
def test_a_format_in_the_address_goes_before_what_the_client_accepts(
    client: FlaskClient, name: str, wanted: object
) -> None:
    expected = {
        "SELECT (1 AS ?x) {}": BY_NAME[name].results,
        "CONSTRUCT { <x:a> <x:b> 1 } {}": BY_NAME[name].graph,
    }
    for query, media_type in expected.items():
        for accept in (BROWSER, "text/csv", "text/turtle"):
            response = client.get(
                "/sparql",
                query_string={"query": query, "format": name},
                headers={"Accept": accept},
            )
            if media_type is None:
                assert response.status_code == 406
            else:
                assert (response.status_code, response.mimetype) == (200, media_type)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("JSON", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("", "application/sparql-results+json"),
    ],
)
def test_a_format_may_be_named_as_tools_name_it(
    client: FlaskClient, name: str, media_type: str
) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}", "format": name})
    assert response.mimetype == media_type

    by_form = client.post("/sparql", data={"query": "ASK {}", "format": name})
    assert by_form.mimetype == media_type


@pytest.mark.parametrize("name", ["excel", "{0}", "../json"])
def test_a_format_that_there_is_none_of_is_told_with_those_that_there_are(
    client: FlaskClient, name: str
) -> None:
    for query in ({"query": "ASK {}"}, {}):
        response = client.get("/sparql", query_string={**query, "format": name})
        assert response.status_code == 400
        assert response.json is not None
        assert all(each in response.json["detail"] for each in (name, "csv", "html", "trig"))


# The page.


def page(client: FlaskClient, **parameters: object) -> str:
    response = client.get("/sparql", query_string=parameters, headers={"Accept": BROWSER})
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return response.get_data(as_text=True)


def links_in(text: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', text)]


def test_each_example_of_the_page_fills_in_the_form_and_runs(
    client: FlaskClient, known: Knowledge
) -> None:
    examples = [link for link in links_in(page(client)) if "example=" in link]

    assert len(examples) > 15
    for link in examples:
        shown = client.get(link, headers={"Accept": BROWSER}).get_data(as_text=True)
        (text,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)
        query = html.unescape(text)
        name = dict(parse_qsl(urlsplit(link).query))["example"]
        assert query.split() != []
        assert query.split()[-1] == known.catalogue[name].text.split()[-1]
        response = client.post(
            "/sparql", data=query.encode(), content_type="application/sparql-query"
        )
        assert response.status_code == 200, name


def test_an_example_that_there_is_none_of_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sparql?example=no-such-query").status_code == 404


def test_a_page_of_a_result_has_a_link_to_itself_and_to_the_same_as_data(
    client: FlaskClient,
) -> None:
    query = "SELECT (COUNT(*) AS ?n) # å & +\n{ ?s ?p ?o }"
    asked = {"query": query, "default-graph-uri": IDENTITY}
    shown = page(client, **asked)
    (link,) = re.findall(r'id="link"[^>]*value="([^"]*)"', shown)
    link = html.unescape(link)

    assert link.startswith("http://localhost/sparql?")
    assert client.get(link).data == client.get("/sparql", query_string=asked).data
    as_data = [each for each in links_in(shown) if each.startswith("http://localhost/sparql?")]
    assert [dict(parse_qsl(each))["format"] for each in as_data] == ["csv", "tsv", "json", "xml"]
    count = client.get("/sparql", query_string={**asked, "format": "csv"}).data.split()[-1]
    assert int(count) > 500
    for each in as_data:
        response = client.get(each, headers={"Accept": BROWSER})
        assert response.status_code == 200
        assert count in response.data


@pytest.mark.parametrize(("query", "count"), [("ASK {}", 2), ("CONSTRUCT { <x:a> <x:b> 1 } {}", 6)])
def test_all_formats_that_a_result_comes_in_are_offered(
    client: FlaskClient, query: str, count: int
) -> None:
    links = [link for link in links_in(page(client, query=query)) if "&format=" in link]

    assert len(links) == count
    assert {client.get(link).status_code for link in links} == {200}


def test_the_form_keeps_the_graphs_the_time_and_the_language_that_were_asked_for(
    client: FlaskClient,
) -> None:
    given = {"default-graph-uri": IDENTITY, "named-graph-uri": IDENTITY, "timeout": "2.5"}
    shown = page(client, query="ASK {}", lang="en", **given)

    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', shown)
    assert kept == [*given.items(), ("lang", "en")]
    assert "Service description" in shown


def test_a_page_may_be_asked_for_by_name_and_by_post(client: FlaskClient) -> None:
    for response in (
        client.get("/sparql?format=html"),
        client.get("/sparql?query=ASK{}&format=html"),
        client.post("/sparql", data={"query": "ASK {}", "format": "html"}),
    ):
        assert response.status_code == 200
        assert response.mimetype == "text/html"
