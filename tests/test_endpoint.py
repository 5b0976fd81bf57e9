"""The SPARQL endpoint as other tools meet it (SPARQL 1.1 Protocol § 2.1), and what it refuses."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import select
import shutil
import socket
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.query import Result
from werkzeug.test import TestResponse

from samverkan import content
from samverkan.isolation import Limits
from samverkan.web import Settings, create_app

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
RDF_XML = "application/rdf+xml"
JSON_LD = "application/ld+json"
TRIG = "application/trig"
N_QUADS = "application/n-quads"
PROBLEM = "application/problem+json"
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

ID = "https://w3id.org/samverkan/id/"
IDENTITY = f"{ID}graph/identity"
MINUTES = f"{ID}source/protokoll-2021-02-19"
UNKNOWN = f"{ID}graph/there-is-none"
PREFIXES = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ASK_TRUE = "ASK { ?s ?p ?o }"
ASK_FALSE = "ASK { <x:a> ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# One value of each kind, one row without values, and what the formats have to escape.
KINDS = f"""{PREFIXES}
SELECT ?n ?value {{
  VALUES (?n ?value) {{
    (1 <{ID}organization/samverkansnamnden>) (2 "Nämnden"@sv) (3 "a, \\"b\\" <c> & 'd'") (4 42)
    (5 "2021-02-19"^^xsd:date) (6 true) (7 UNDEF) (8 "") (9 "två\\nrader\\toch\\\\tabb")
  }}
}} ORDER BY ?n"""
CONSTRUCT = f"""{PREFIXES}
CONSTRUCT {{ ?body a org:Organization ; skos:prefLabel ?label ; skos:hiddenLabel ?hidden }}
WHERE {{
  ?body a org:Organization ; skos:prefLabel ?label
  OPTIONAL {{ ?body skos:hiddenLabel ?hidden }}
}}"""
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SCRIPT = "<script>alert(1)</script>"

Ask = Callable[..., TestResponse]


@contextmanager
def client_of(limits: Limits, folder: Path | None = None) -> Iterator[FlaskClient]:
    app = create_app(Settings(content=folder, limits=limits))
    try:
        yield app.test_client()
    finally:
        app.extensions["samverkan"].adhoc.close()


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    with client_of(Limits(workers=2, seconds=60.0, patience=60.0)) as given:
        yield given


@pytest.fixture(scope="module")
def ask(client: FlaskClient) -> Ask:
    """A query by GET, with what the client accepts and further parameters."""

    def asked(query: str, accept: str | None = None, **parameters: Any) -> TestResponse:
        headers = {"Accept": accept} if accept else {}
        return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)

    return asked


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket of ours that nobody is to connect to."""
    with socket.create_server(("127.0.0.1", 0)) as given:
        yield given
        assert not connected(given)


# The three ways to ask (§ 2.1.1-2.1.3), and HEAD.


def test_a_query_by_get_is_answered(ask: Ask) -> None:
    response = ask(ASK_TRUE)

    assert response.status_code == 200
    assert response.json == {"head": {}, "boolean": True}


def test_a_query_by_post_of_a_form_is_answered(client: FlaskClient) -> None:
    response = client.post("/sparql", data=urlencode({"query": ASK_TRUE}), content_type=FORM)

    assert response.status_code == 200
    assert response.json == {"head": {}, "boolean": True}


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"'])
def test_a_query_by_post_of_itself_is_answered(client: FlaskClient, charset: str) -> None:
    query = "SELECT ('Örebro 😀' AS ?x) {}".encode()
    response = client.post("/sparql", data=query, content_type=QUERY + charset)

    assert response.status_code == 200
    assert column(response, "x") == ["Örebro 😀"]


def test_the_three_ways_give_the_same(client: FlaskClient, ask: Ask) -> None:
    query = "SELECT ('a+b & c=d åäö; %41' AS ?x) {}"
    by_form = client.post("/sparql", data={"query": query})
    by_itself = client.post("/sparql", data=query.encode(), content_type=QUERY)

    assert column(ask(query), "x") == ["a+b & c=d åäö; %41"]
    assert ask(query).data == by_form.data == by_itself.data


def test_a_form_is_read_from_the_body_and_not_from_the_address(client: FlaskClient) -> None:
    response = client.post(f"/sparql?query={quote(ASK_FALSE)}", data={"query": ASK_TRUE})

    assert response.json == {"head": {}, "boolean": True}
    assert_problem(client.post(f"/sparql?query={quote(ASK_TRUE)}", content_type=FORM), 400)


def test_head_gives_the_headers_of_get_and_no_body(client: FlaskClient, ask: Ask) -> None:
    got = ask(KINDS, CSV)
    head = client.head("/sparql", query_string={"query": KINDS}, headers={"Accept": CSV})

    assert head.status_code == 200
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]


# Formats (§ 2.2.2).


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (XML, XML),
        (CSV, CSV),
        (TSV, TSV),
        ("application/json", JSON),
        ("application/json, */*;q=0.1", JSON),
        (f"{CSV};q=0.5, {XML};q=0.9", XML),
        (f"{XML};q=0.5, {CSV};q=0.9", CSV),
        (f"{CSV}, */*;q=0.1", CSV),
        (f"{CSV};q=0.1, */*;q=0.9", JSON),
        (f"{JSON};q=0, {XML};q=0.1", XML),
        (f"image/png, {TSV};q=0.2", TSV),
        (f"{TURTLE}, {XML};q=0.2", XML),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        (f"{JSON},{XML};q=0.9,{TURTLE},{N_TRIPLES},{RDF_XML}", JSON),
        ("application/xml", XML),
        ("application/rdf+xml, application/xml;q=0.5", XML),
    ],
)
def test_solutions_come_in_the_format_that_the_client_likes_best(
    ask: Ask, accept: str | None, media_type: str
) -> None:
    for query in (KINDS, ASK_TRUE):
        response = ask(query, accept)

        assert response.status_code == 200
        assert response.mimetype == media_type
        assert "Accept" in response.vary


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        ("application/*", N_TRIPLES),
        (TURTLE, TURTLE),
        (N_TRIPLES, N_TRIPLES),
        (RDF_XML, RDF_XML),
        (JSON_LD, JSON_LD),
        (f"{TURTLE};q=0.3, {JSON_LD};q=0.8", JSON_LD),
        (f"{JSON}, {RDF_XML};q=0.1", RDF_XML),
        (f"{RDF_XML};q=0.9, */*;q=0.1", RDF_XML),
        (TRIG, TRIG),
        (N_QUADS, N_QUADS),
        ("application/json", JSON_LD),
        ("application/xml", RDF_XML),
    ],
)
def test_graphs_come_in_the_format_that_the_client_likes_best(
    ask: Ask, accept: str | None, media_type: str
) -> None:
    for query in (CONSTRUCT, f"DESCRIBE <{ID}person/hakan-wittgren>"):
        response = ask(query, accept)

        assert response.status_code == 200
        assert response.mimetype == media_type
        assert "Accept" in response.vary


@pytest.mark.parametrize("media_type", [CSV, TSV, TURTLE])
def test_text_says_that_it_is_in_utf_8(ask: Ask, media_type: str) -> None:
    response = ask(CONSTRUCT if media_type == TURTLE else KINDS, media_type)

    assert response.content_type == f"{media_type}; charset=utf-8"
    assert "Ö" in ask(CONSTRUCT, TURTLE).data.decode()


@pytest.mark.parametrize(("query", "value"), [(ASK_TRUE, True), (ASK_FALSE, False)])
def test_a_boolean_comes_in_each_format(ask: Ask, query: str, value: bool) -> None:
    assert ask(query, JSON).json == {"head": {}, "boolean": value}
    assert Result.parse(io.BytesIO(ask(query, XML).data), format="xml").askAnswer is value
    assert ask(query, CSV).data.strip() == str(value).lower().encode()
    assert ask(query, TSV).data.strip() == str(value).lower().encode()


def test_solutions_are_the_same_in_each_format(ask: Ask) -> None:
    """Read by foreign parsers; CSV keeps the text of a value and not its kind."""
    by_json = rows(Result.parse(io.BytesIO(ask(KINDS, JSON).data), format="json"))
    by_xml = rows(Result.parse(io.BytesIO(ask(KINDS, XML).data), format="xml"))
    by_csv = list(csv.DictReader(io.StringIO(ask(KINDS, CSV).data.decode(), newline="")))

    assert len(by_json) == 9
    assert [row["n"] for row in by_json] == [rdflib.Literal(n) for n in range(1, 10)]
    assert by_json[0]["value"] == rdflib.URIRef(f"{ID}organization/samverkansnamnden")
    assert by_json[1]["value"] == rdflib.Literal("Nämnden", lang="sv")
    assert by_json[4]["value"] == rdflib.Literal("2021-02-19", datatype=rdflib.XSD.date)
    assert by_json[6]["value"] is None
    assert by_json[8]["value"] == rdflib.Literal("två\nrader\toch\\tabb")
    assert by_xml == by_json
    assert [row["value"] for row in by_csv] == [str(row["value"] or "") for row in by_json]


def test_tab_separated_solutions_are_the_same_too(ask: Ask) -> None:
    """Without two rows that the foreign parser does not read."""
    query = KINDS.replace('(3 "a, \\"b\\" <c> & \'d\'")', "").replace("(7 UNDEF)", "")
    parsed = Result.parse(io.BytesIO(ask(query, TSV).data), format="tsv")

    assert rows(parsed) == rows(Result.parse(io.BytesIO(ask(query, JSON).data), format="json"))


def test_a_graph_is_the_same_in_each_format(ask: Ask) -> None:
    formats = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml", JSON_LD: "json-ld"}
    formats |= {TRIG: "turtle", N_QUADS: "nt"}  # one graph without a name is written the same
    graphs = [
        set(rdflib.Graph().parse(data=ask(CONSTRUCT, media_type).data, format=name))
        for media_type, name in formats.items()
    ]

    assert len(graphs[0]) > 60
    assert all(graph == graphs[0] for graph in graphs)
    body = rdflib.URIRef(f"{ID}organization/region-orebro-lan")
    assert (body, rdflib.SKOS.prefLabel, rdflib.Literal("Region Örebro län", lang="sv")) in graphs[
        0
    ]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (ASK_TRUE, "image/png"),
        (CONSTRUCT, "image/png"),
        (KINDS, "image/*"),
        (KINDS, TURTLE),
        (ASK_TRUE, f"{RDF_XML}, {JSON_LD}"),
        (CONSTRUCT, CSV),
        (CONSTRUCT, f"{JSON}, {XML}"),
        (ASK_TRUE, f"{JSON};q=0"),
    ],
)
def test_a_result_in_no_format_that_the_client_takes_is_not_acceptable(
    ask: Ask, query: str, accept: str
) -> None:
    assert_problem(ask(query, accept), 406)


# Datasets (§ 2.1.4).


def test_without_graphs_all_are_seen_as_one(ask: Ask) -> None:
    in_all = number(
        ask("SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } } }")
    )

    assert number(ask(COUNT)) == in_all > number(ask(COUNT, **{"default-graph-uri": IDENTITY})) > 0


def test_a_default_graph_of_the_request_is_the_one_that_is_asked(ask: Ask) -> None:
    size = number(ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{IDENTITY}> {{ ?s ?p ?o }} }}"))

    assert number(ask(COUNT, **{"default-graph-uri": IDENTITY})) == size
    named = ask("ASK { GRAPH ?g { ?s ?p ?o } }", **{"default-graph-uri": IDENTITY})
    assert named.json is not None
    assert named.json["boolean"] is False


def test_two_default_graphs_of_the_request_are_merged(ask: Ask) -> None:
    def triples_of(*graphs: str) -> set[tuple[str, str, str]]:
        response = ask("SELECT ?s ?p ?o { ?s ?p ?o }", CSV, **{"default-graph-uri": graphs})
        return {(s, p, o) for s, p, o in csv.reader(io.StringIO(response.data.decode()))}

    of_each = [triples_of(IDENTITY), triples_of(MINUTES)]
    assert all(of_each)
    assert triples_of(IDENTITY, MINUTES) == of_each[0] | of_each[1]


def test_named_graphs_of_the_request_are_seen_by_name_and_no_others(ask: Ask) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"

    assert column(ask(query, **{"named-graph-uri": MINUTES}), "g") == [MINUTES]
    both = {"named-graph-uri": [MINUTES, IDENTITY]}
    assert column(ask(query, **both), "g") == sorted([IDENTITY, MINUTES])
    assert number(ask(COUNT, **{"named-graph-uri": MINUTES})) == 0
    assert len(column(ask(query), "g")) > 2


def test_the_graphs_of_the_request_go_before_those_of_the_query(ask: Ask) -> None:
    query = COUNT.replace("{", f"FROM <{MINUTES}> {{", 1)

    assert number(ask(query, **{"default-graph-uri": IDENTITY})) == number(
        ask(COUNT, **{"default-graph-uri": IDENTITY})
    )


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_graphs_may_come_with_each_way_to_ask(client: FlaskClient, ask: Ask, method: str) -> None:
    graphs = {"default-graph-uri": IDENTITY}
    if method == "get":
        response = client.get("/sparql", query_string={"query": COUNT, **graphs})
    elif method == "form":
        response = client.post("/sparql", data={"query": COUNT, **graphs})
    else:
        response = client.post(
            "/sparql", query_string=graphs, data=COUNT.encode(), content_type=QUERY
        )

    expected = number(ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{IDENTITY}> {{ ?s ?p ?o }} }}"))
    assert number(response) == expected


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize(
    "graph", [UNKNOWN, "file:///etc/passwd", "http://127.0.0.1:1/graph", "no iri", ""]
)
def test_a_graph_that_is_not_here_is_told_of_and_not_fetched(
    ask: Ask, parameter: str, graph: str
) -> None:
    problem = assert_problem(ask(COUNT, **{parameter: graph}), 400)

    assert graph in problem["detail"]
    assert_problem(ask(COUNT, **{parameter: [IDENTITY, graph]}), 400)


def test_the_graphs_that_a_query_names_are_the_ones_that_are_asked(ask: Ask) -> None:
    def over(clauses: str, pattern: str = "?s ?p ?o") -> int:
        return number(ask(f"SELECT (COUNT(*) AS ?n) {clauses} WHERE {{ {pattern} }}"))

    size = number(ask(COUNT, **{"default-graph-uri": IDENTITY}))
    assert over(f"FROM <{IDENTITY}>") == size
    assert over(f"from<{IDENTITY}>") == size
    assert over(f"FROM <{IDENTITY}> FROM <{MINUTES}>") > size
    assert over(f"FROM NAMED <{IDENTITY}>") == 0
    assert over(f"FROM NAMED <{IDENTITY}>", "GRAPH ?g { ?s ?p ?o }") == size
    assert over(f"FROM <{MINUTES}> FROM NAMED <{IDENTITY}>", "GRAPH ?g { ?s ?p ?o }") == size
    assert over(f"FROM <{MINUTES}>", f"GRAPH <{IDENTITY}> {{ ?s ?p ?o }}") == 0


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "FROM <IDENTITY> FROM", "from#\nnamed"])
@pytest.mark.parametrize("graph", [UNKNOWN, "file:///etc/passwd", "http://127.0.0.1:1/graph"])
def test_a_graph_that_a_query_names_and_is_not_here_is_told_of_and_not_fetched(
    ask: Ask, clause: str, graph: str
) -> None:
    clause = clause.replace("IDENTITY", IDENTITY)
    problem = assert_problem(ask(f"SELECT * {clause} <{graph}> WHERE {{ ?s ?p ?o }}"), 400)

    assert graph in problem["detail"]


def test_a_graph_of_the_query_that_the_request_goes_before_is_not_asked_for(ask: Ask) -> None:
    query = COUNT.replace("{", f"FROM <{UNKNOWN}> {{", 1)

    assert number(ask(query, **{"default-graph-uri": IDENTITY})) > 0


@pytest.mark.parametrize("by", ["request", "query"])
def test_a_triple_that_two_of_the_graphs_hold_is_found_once(ask: Ask, by: str) -> None:
    """The default graph is the merge of those that are named (SPARQL 1.1 Query § 13.2.1)."""
    graphs = column(ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"), "g")[1:]
    if by == "request":
        response = ask(COUNT, **{"default-graph-uri": graphs})
    else:
        clauses = " ".join(f"FROM <{graph}>" for graph in graphs)
        response = ask(f"SELECT (COUNT(*) AS ?n) {clauses} WHERE {{ ?s ?p ?o }}")
    distinct = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }"

    assert number(response) == number(ask(distinct, **{"default-graph-uri": graphs}))


def test_a_graph_is_still_seen_by_its_name_where_others_are_merged(ask: Ask) -> None:
    graphs = {"default-graph-uri": [IDENTITY, MINUTES], "named-graph-uri": MINUTES}
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } ?s ?p ?o }"

    assert number(ask(query, **graphs)) == number(ask(COUNT, **{"default-graph-uri": MINUTES}))


# What cannot be read.


@pytest.mark.parametrize("accept", [None, JSON, CSV, TURTLE, "*/*"])
def test_no_query_is_a_problem(client: FlaskClient, accept: str | None) -> None:
    """But for a GET without parameters that takes a graph: the service description."""
    headers = {"Accept": accept} if accept else {}

    if accept in {JSON, CSV}:
        assert_problem(client.get("/sparql", headers=headers), 400)
    graph = quote(IDENTITY)
    assert_problem(client.get(f"/sparql?default-graph-uri={graph}", headers=headers), 400)
    assert_problem(client.get("/sparql?timeout=1", headers=headers), 400)
    assert_problem(client.post("/sparql", content_type=FORM, headers=headers), 400)
    assert_problem(client.get("/sparql?query=", headers=headers), 400)
    assert_problem(client.post("/sparql", content_type=QUERY, headers=headers), 400)


def test_two_queries_are_a_problem(client: FlaskClient) -> None:
    two = urlencode([("query", ASK_TRUE), ("query", ASK_TRUE)])

    assert "2" in assert_problem(client.get(f"/sparql?{two}"), 400)["detail"]
    assert_problem(client.post("/sparql", data=two, content_type=FORM), 400)


@pytest.mark.parametrize(
    "query",
    [
        "SELEKT * { ?s ?p ?o }",
        "SELECT * { ?s ?p ",
        "SELECT * { ?s ?p ?o } }",
        "SELECT * { ?s skos:prefLabel ?o }",
        f"{ASK_TRUE} {ASK_TRUE}",
        "SELECT ?x ?x { ?x ?p 'unclosed }",
        "{}{0}{detail}",
        "\u0000",
        "\ufffd\u2028😀",
    ],
)
def test_a_malformed_query_is_a_problem_and_harms_nothing(ask: Ask, query: str) -> None:
    assert_problem(ask(query), 400)
    assert_healthy(ask)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:a> <x:a> }",
        "delete where { ?s ?p ?o }",
        "# SELECT\nLOAD <file:///etc/passwd>",
        "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <x:a>",
        "CLEAR ALL",
        "DROP ALL",
        f"WITH <{IDENTITY}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"{ASK_TRUE} ; DROP ALL",
    ],
)
def test_an_update_is_refused_in_the_place_of_a_query(
    client: FlaskClient, ask: Ask, update: str
) -> None:
    before = number(ask(COUNT))

    assert_problem(ask(update), 400)
    assert_problem(client.post("/sparql", data=update.encode(), content_type=QUERY), 400)
    assert number(ask(COUNT)) == before
    assert ask(ASK_FALSE).json == {"head": {}, "boolean": False}


@pytest.mark.parametrize("beside", [{}, {"query": ASK_TRUE}])
def test_the_parameter_of_an_update_is_refused(client: FlaskClient, beside: dict[str, str]) -> None:
    parameters = {"update": "DROP ALL", **beside}

    assert_problem(client.post("/sparql", data=parameters), 403)
    assert_problem(client.get("/sparql", query_string=parameters), 403)


def test_the_body_of_an_update_is_refused(client: FlaskClient) -> None:
    media_type = "application/sparql-update"
    response = client.post("/sparql", data=b"DROP ALL", content_type=media_type)

    assert_problem(response, 403)


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "text/plain", "multipart/form-data", None],
)
def test_a_body_of_another_media_type_is_not_read(
    client: FlaskClient, media_type: str | None
) -> None:
    response = client.post("/sparql", data=ASK_TRUE.encode(), content_type=media_type)

    problem = assert_problem(response, 415)
    assert QUERY in problem["detail"]
    assert FORM in problem["detail"]


def test_a_compressed_body_is_not_read(client: FlaskClient) -> None:
    body = gzip.compress(b"ASK {} #" + b" " * 10_000_000)
    for media_type in (QUERY, FORM):
        response = client.post(
            "/sparql", data=body, content_type=media_type, headers={"Content-Encoding": "gzip"}
        )
        assert_problem(response, 415)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_told_which_there_are(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method, query_string={"query": ASK_TRUE})

    assert_problem(response, 405)
    assert {"GET", "HEAD", "POST"} <= {
        each.strip() for each in response.headers["Allow"].split(",")
    }
    assert method not in response.headers["Allow"]


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "no-such-charset"])
def test_a_query_in_another_charset_is_a_problem(client: FlaskClient, charset: str) -> None:
    for media_type, body in ((QUERY, ASK_TRUE), (FORM, urlencode({"query": ASK_TRUE}))):
        response = client.post(
            "/sparql", data=body.encode(), content_type=f"{media_type}; charset={charset}"
        )

        assert "UTF-8" in assert_problem(response, 400)["detail"]


@pytest.mark.parametrize(
    "body", [b"ASK {} # \xff", "ASK {} # å".encode("latin-1"), b"ASK {} # \xed\xa0\x80", b"\xc3"]
)
def test_a_body_that_is_not_utf_8_is_a_problem(client: FlaskClient, body: bytes) -> None:
    response = client.post("/sparql", data=body, content_type=QUERY)

    assert "UTF-8" in assert_problem(response, 400)["detail"]


# What would reach out.


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <{address}> {{ ?s ?p ?o }}",
        "SERVICE SILENT <{address}> {{ ?s ?p ?o }}",
        "service<{address}>{{ ?s ?p ?o }}",
        "?s ?p ?o . SeRvIcE # comment\n <{address}> {{ ?s ?p ?x }}",
        "VALUES ?where {{ <{address}> }} SERVICE ?where {{ ?s ?p ?o }}",
        "?s ?p '# no comment' SERVICE SILENT <{address}> {{ ?s ?p ?o }}",
        "{{ SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }} }}",
        "FILTER EXISTS {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
    ],
)
@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?s ?p ?o } WHERE"])
def test_a_call_of_a_service_is_refused_and_nothing_goes_out(
    ask: Ask, listener: socket.socket, pattern: str, form: str
) -> None:
    query = f"{form} {{ {pattern.format(address=address_of(listener))} }}"

    assert "SERVICE" in assert_problem(ask(query), 403)["detail"]


def test_the_listener_of_these_tests_would_see_a_connection(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()):
        assert connected(listener)
        listener.accept()[0].close()


@pytest.mark.parametrize("text", ["'SERVICE'", "?SERVICE", "<x:SERVICE>", "'x'@service"])
def test_the_mere_word_is_no_call_of_a_service(ask: Ask, text: str) -> None:
    assert ask(f"SELECT * {{ <x:a> <x:b> {text} }} # SERVICE").status_code == 200


def test_nothing_is_loaded_or_fetched(ask: Ask, listener: socket.socket) -> None:
    address = address_of(listener)

    assert_problem(ask(f"LOAD <{address}>"), 400)
    assert_problem(ask(COUNT, **{"default-graph-uri": address}), 400)
    assert_problem(ask(COUNT, **{"named-graph-uri": address}), 400)
    assert_problem(ask(COUNT.replace("{", f"FROM <{address}> {{", 1)), 400)
    assert number(ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{address}> {{ ?s ?p ?o }} }}")) == 0


def test_a_file_is_no_graph(ask: Ask, tmp_path: Path) -> None:
    there = tmp_path / "graph.ttl"
    there.write_text("<x:a> <x:b> <x:secret> .")
    for address in ("file:///etc/passwd", there.as_uri(), str(there)):
        for clause in (f"FROM <{address}>", f"FROM NAMED <{address}>"):
            pattern = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
            response = ask(f"SELECT * {clause} {pattern}")
            assert_problem(response, 400)
            assert b"secret" not in response.data
            assert b"root:" not in response.data


# What would take too much.


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 20_000 + "}" * 20_000,
        "SELECT * " + "{" * 20_000,
        "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}",
        "SELECT * { ?s " + "(" * 20_000 + "<x:a>" + ")" * 20_000 + " ?o }",
        "SELECT * { ?s ?p " + "[ ?p " * 15_000 + "1" + "]" * 15_000 + " }",
        "SELECT (" + "!" * 50_000 + "true AS ?x) {}",
    ],
    ids=["braces", "unclosed braces", "parentheses", "paths", "blank nodes", "negations"],
)
def test_deep_nesting_is_a_problem_of_its_own_and_no_one_else_s(ask: Ask, query: str) -> None:
    response = ask(query)

    assert 400 <= response.status_code < 500
    assert_problem(response, response.status_code)
    assert_healthy(ask)


def test_a_query_that_runs_too_long_is_stopped() -> None:
    with client_of(Limits(workers=1, seconds=0.5)) as client:
        for accept in (JSON, CSV):
            response = client.get(
                "/sparql", query_string={"query": CROSS_PRODUCT}, headers={"Accept": accept}
            )
            problem = assert_problem(response, 503)
            assert "0.5" in problem["detail"]
        health = client.get("/sparql", query_string={"query": ASK_FALSE})
        assert health.json == {"head": {}, "boolean": False}


def test_a_result_that_is_too_large_is_refused_whole() -> None:
    everything = "SELECT * { ?s ?p ?o }"
    with client_of(Limits(workers=1, seconds=60.0, result=10_000)) as client:
        for accept in (JSON, XML, CSV, TSV):
            response = client.get(
                "/sparql", query_string={"query": everything}, headers={"Accept": accept}
            )
            assert "10000" in assert_problem(response, 422)["detail"]
        for accept in (TURTLE, N_TRIPLES, RDF_XML, JSON_LD):
            response = client.get(
                "/sparql",
                query_string={"query": "CONSTRUCT WHERE { ?s ?p ?o }"},
                headers={"Accept": accept},
            )
            assert_problem(response, 422)
        small = client.get("/sparql", query_string={"query": f"{everything} LIMIT 3"})
        assert small.status_code == 200
        assert small.json is not None
        assert len(small.json["results"]["bindings"]) == 3


def test_a_result_may_be_as_large_as_the_limit_and_no_byte_larger() -> None:
    query = "SELECT ('" + "x" * 1000 + "' AS ?x) {}"
    with client_of(Limits(workers=1, seconds=60.0)) as client:
        size = len(client.get("/sparql", query_string={"query": query}).data)
    for limit, status in ((size, 200), (size - 1, 422)):
        with client_of(Limits(workers=1, seconds=60.0, result=limit)) as client:
            assert client.get("/sparql", query_string={"query": query}).status_code == status


def test_a_query_that_takes_too_much_memory_is_stopped() -> None:
    doubling = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})\n" for n in range(40))
    with client_of(Limits(workers=1, seconds=60.0, memory=256 << 20)) as client:
        query = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('0123456789' AS ?x0)\n{doubling} }}"
        assert_problem(client.get("/sparql", query_string={"query": query}), 422)
        health = client.get("/sparql", query_string={"query": ASK_TRUE})
        assert health.json == {"head": {}, "boolean": True}


def test_a_query_may_have_a_hundred_thousand_characters_and_no_more(client: FlaskClient) -> None:
    longest = ASK_TRUE + "å" * (100_000 - len(ASK_TRUE) - 2)
    longest = longest.replace("}", "} #", 1)
    assert len(longest) == 100_000

    def posted(query: str) -> list[TestResponse]:
        return [
            client.post("/sparql", data=query.encode(), content_type=QUERY),
            client.post("/sparql", data={"query": query}),
        ]

    assert [response.status_code for response in posted(longest)] == [200, 200]
    for response in posted(longest + "å"):
        assert "100000" in assert_problem(response, 413)["detail"]


def test_a_body_over_a_mebibyte_is_not_read(client: FlaskClient, ask: Ask) -> None:
    large = b"ASK {} #" + b" " * (1 << 20)

    assert_problem(client.post("/sparql", data=large, content_type=QUERY), 413)
    assert_problem(client.post("/sparql", data=b"query=" + large, content_type=FORM), 413)
    assert_healthy(ask)


# Caches, and pages of others.


def test_the_same_result_is_not_sent_twice(client: FlaskClient, ask: Ask) -> None:
    first = ask(KINDS, CSV)
    again = client.get(
        "/sparql",
        query_string={"query": KINDS},
        headers={"Accept": CSV, "If-None-Match": first.headers["ETag"]},
    )

    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]


def test_another_result_has_another_tag(client: FlaskClient, ask: Ask) -> None:
    tags = [ask(KINDS, CSV), ask(KINDS, JSON), ask(ASK_TRUE, JSON), ask(ASK_FALSE, JSON)]
    assert len({response.headers["ETag"] for response in tags}) == 4

    other = client.get(
        "/sparql",
        query_string={"query": ASK_FALSE},
        headers={"If-None-Match": ask(ASK_TRUE).headers["ETag"]},
    )
    assert other.status_code == 200
    assert other.json == {"head": {}, "boolean": False}


def test_pages_of_other_hosts_may_read_results_and_problems(client: FlaskClient, ask: Ask) -> None:
    for response in (ask(ASK_TRUE), ask(CONSTRUCT), ask("nothing"), client.put("/sparql")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"


# Whatever is sent.

WORDS = [ASK_TRUE, KINDS, CONSTRUCT, "", "\0", "å", "{", "%", "<x:a>", "json", "html", "1e-3", "sv"]
values = st.sampled_from(WORDS) | st.text(max_size=20)
names = st.sampled_from(
    [
        "query",
        "update",
        "default-graph-uri",
        "named-graph-uri",
        "format",
        "timeout",
        "lang",
        "example",
    ]
)
accepts = st.sampled_from(
    [JSON, XML, CSV, TURTLE, "text/html", "*/*", ";q", "q=0.5", "a/b;q=x", ","]
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS"]),
    st.lists(st.tuples(names, values), max_size=4),
    st.lists(st.tuples(names, values), max_size=2),
    st.sampled_from([FORM, QUERY, "text/plain", ";", "application/sparql-query;charset"]),
    st.lists(accepts, max_size=3).map(",".join),
)
def test_whatever_is_sent_is_answered(
    client: FlaskClient,
    method: str,
    parameters: list[tuple[str, str]],
    fields: list[tuple[str, str]],
    media_type: str,
    accept: str,
) -> None:
    response = client.open(
        "/sparql?" + urlencode(parameters),
        method=method,
        data=urlencode(fields),
        content_type=media_type,
        headers={"Accept": accept},
    )

    assert response.status_code < 500 or response.status_code == 503
    assert response.status_code != 503 or "timeout" in dict([*parameters, *fields])
    if response.status_code >= 400 and method != "HEAD":
        assert response.mimetype in {PROBLEM, "text/html"}
    assert {"Accept", "Accept-Language"} <= set(response.vary)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


# Browsers.


def test_a_browser_gets_a_page_to_write_on(client: FlaskClient) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})

    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    assert "<textarea" in response.data.decode()


def test_a_browser_gets_a_result_as_a_page(ask: Ask) -> None:
    for query, shown in ((KINDS, "Nämnden"), (ASK_TRUE, "true"), (CONSTRUCT, "Region Örebro län")):
        response = ask(query, BROWSER)

        assert response.status_code == 200
        assert response.mimetype == "text/html"
        assert shown in response.data.decode()


def test_a_browser_gets_a_problem_as_a_page_with_its_status(ask: Ask, client: FlaskClient) -> None:
    statuses = {
        400: ask("SELECT", BROWSER),
        403: ask("ASK { SERVICE <x:a> {} }", BROWSER),
        405: client.put("/sparql", headers={"Accept": BROWSER}),
        415: client.post("/sparql", headers={"Accept": BROWSER}, content_type="text/plain"),
    }
    for status, response in statuses.items():
        assert response.status_code == status
        assert response.mimetype == "text/html"
        assert f"{status}" in response.data.decode()


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT ("{SCRIPT}" AS ?x) {{}}',
        f'SELECT ("</textarea>{SCRIPT}" AS ?x) {{}}',
        f'ASK {{ ?s ?p "{SCRIPT}" }}',
        f'CONSTRUCT {{ <x:a> <x:b> "</code></pre>{SCRIPT}" }} WHERE {{}}',
        f"{SCRIPT}",
        f"SELECT * {{ {SCRIPT} }}",
    ],
)
def test_a_script_in_a_query_or_its_result_is_only_text_on_a_page(ask: Ask, query: str) -> None:
    page = ask(query, BROWSER).data.decode()

    assert "<html" in page
    assert "<script" not in page.lower()


def test_an_iri_with_a_scheme_that_runs_is_no_link(ask: Ask) -> None:
    query = "SELECT (IRI('javascript:alert(1)') AS ?x) (IRI('data:text/html,x') AS ?y) {}"
    page = ask(query, BROWSER).data.decode()

    assert "javascript:alert(1)" in page
    assert 'href="javascript:' not in page.lower()
    assert 'href="data:' not in page.lower()


def test_a_script_in_a_label_of_the_data_is_only_text_on_a_page(tmp_path: Path) -> None:
    shutil.copytree(content.find().data, tmp_path / "data")
    people = tmp_path / "data" / "people.ttl"
    text = people.read_text()
    assert text.count('"Håkan Wittgren"@sv') == 1
    people.write_text(text.replace('"Håkan Wittgren"@sv', f'"Håkan {SCRIPT} Wittgren"@sv'))

    with client_of(Limits(workers=1, seconds=60.0), tmp_path) as client:
        query = f"{PREFIXES} SELECT ?x {{ <{ID}person/hakan-wittgren> skos:prefLabel ?x }}"
        pages = [
            client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER}),
            client.get("/res/person/hakan-wittgren", headers={"Accept": BROWSER}),
            client.get("/res/organization/beredningsgrupp-2-nhv", headers={"Accept": BROWSER}),
        ]
    for response in pages:
        assert response.status_code == 200
        assert "<script" not in response.data.decode().lower()
        assert "Håkan &lt;script&gt;alert(1)&lt;/script&gt; Wittgren" in response.data.decode()


def assert_problem(response: TestResponse, status: int) -> dict[str, Any]:
    """The problem that *response* tells (RFC 9457), after a look at its form."""
    assert response.status_code == status
    assert response.content_type == PROBLEM
    problem = json.loads(response.data)
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in problem["detail"]
    assert isinstance(problem, dict)
    return problem


def assert_healthy(ask: Ask) -> None:
    assert ask(ASK_TRUE).json == {"head": {}, "boolean": True}


def column(response: TestResponse, name: str) -> list[str]:
    """The values of a variable in a JSON result."""
    assert response.status_code == 200
    found = json.loads(response.data)
    return [row[name]["value"] for row in found["results"]["bindings"]]


def number(response: TestResponse) -> int:
    (value,) = column(response, "n")
    return int(value)


def rows(result: Result) -> list[dict[str, Any]]:
    """Each row of a result as another parser read it: all variables → value, or None."""
    assert result.vars is not None
    return [{str(name): binding.get(name) for name in result.vars} for binding in result.bindings]


def address_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"


def connected(listener: socket.socket) -> bool:
    """Whether anybody has connected to *listener* by now."""
    return bool(select.select([listener], [], [], 0)[0])


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX a: <http://a/> SELECT * { ?s ?p a:.SERVICE SILENT <http://127.0.0.1:9/> {} }",
        "SELECT * { ?s ?p 1e0SERVICE SILENT <http://127.0.0.1:9/> {} }",
        "SELECT * { ?s ?p trueSERVICE SILENT <http://127.0.0.1:9/> {} }",
        "PREFIX :<http://127.0.0.1:9/> SELECT * { SERVICESILENT:s { ?s ?p ?o } }",
        "PREFIX :<http://127.0.0.1:9/> SELECT * { SERVICE:s { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICESILENT<http://127.0.0.1:9/> {} }",
        "SELECT * { \\u0053ERVICE SILENT <http://127.0.0.1:9/> {} }",
        "SELECT * { \\U00000053ervice SILENT <http://127.0.0.1:9/> {} }",
    ],
)
def test_a_call_of_a_service_is_seen_through_its_disguises(ask: Ask, query: str) -> None:
    response = ask(query)
    assert response.status_code in {400, 403}
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("name", ["a:service", "a:Some.SERVICE", "a:SERVICE", '"SERVICE"'])
def test_a_name_that_only_looks_like_a_call_of_a_service_is_a_name(ask: Ask, name: str) -> None:
    assert ask(f"PREFIX a: <http://a/> ASK {{ ?s ?p {name} }}").status_code == 200


def test_a_triple_that_two_sources_state_is_one_triple(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    shutil.copytree(root / "data", tmp_path / "data")
    sources = tmp_path / "data" / "sources"
    again = (sources / "protokoll-2021-02-19.ttl").read_text(encoding="utf-8")
    # All that the minutes say, said by a source of its own, with evidence of its own.
    own = re.sub(r"\b(evidence|selector|source):protokoll-2021-02-19(?=[ -])", r"\1:kopia", again)
    assert "source:kopia a" in own
    (sources / "kopia.ttl").write_text(own, encoding="utf-8")
    count = "SELECT (COUNT(*) AS ?n) { ?s <http://www.w3.org/ns/org#memberOf> ?o }"
    members = "/queries/representatives.csv?body=BG2&on_date=2021-02-19&known_on=2021-02-19"
    answers = []
    for folder in (None, tmp_path):
        with client_of(Limits(workers=1), folder) as client:
            found = client.get("/sparql", query_string={"query": count}).data
            rows = list(csv.DictReader(io.StringIO(client.get(members).data.decode())))
            for row in rows:
                assert row.pop("evidence")
                assert row.pop("shown_by")
            answers.append((found, rows))
    assert b'"value":"0"' not in answers[0][0]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "accept",
    [
        "text/csv, text/html;q=0.1",
        "application/sparql-results+json;q=0.9, text/html;q=0.1",
        "application/sparql-results+xml, text/html;q=0.5",
        "text/*",
        "application/sparql-results+json; charset=utf-8",
        "text/csv; header=present",
    ],
)
def test_a_client_that_likes_data_better_gets_data(ask: Ask, accept: str) -> None:
    response = ask("ASK {}", accept)
    assert response.status_code == 200
    assert response.mimetype != "text/html"
    assert {"Accept", "Accept-Language"} <= set(response.vary)


def test_a_page_says_that_it_depends_on_what_the_client_accepts(ask: Ask) -> None:
    for query in ("ASK {}", "nonsense"):
        assert "Accept" in ask(query, BROWSER).vary


def test_an_address_that_is_not_utf_8_is_a_problem(client: FlaskClient) -> None:
    assert client.get("/sparql?query=ASK%20{}%20%23%FF").status_code == 400
    form = client.post(
        "/sparql", data=b"query=ASK+%7B%7D+%23%FF", content_type="application/x-www-form-urlencoded"
    )
    assert form.status_code == 400


def test_a_page_of_another_host_may_ask_first_what_is_allowed(client: FlaskClient) -> None:
    """As a browser does before it posts a query (Fetch § 4.8)."""
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options("/sparql", headers=asked)

    assert response.status_code == 200
    assert response.data == b""
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    taken = response.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"Accept", "Accept-Language", "Content-Type", "If-None-Match"} <= set(taken)
    assert int(response.headers["Access-Control-Max-Age"]) > 0


def test_a_page_of_another_host_may_read_the_headers(ask: Ask) -> None:
    for response in (ask(ASK_TRUE), ask("nothing")):
        exposed = response.headers["Access-Control-Expose-Headers"].split(", ")
        assert {"ETag", "Link", "Retry-After"} <= set(exposed)


def test_a_page_shows_only_as_many_rows_as_it_bears(ask: Ask) -> None:
    wide = " ".join(f"?v{number}" for number in range(300))
    response = ask(f"SELECT {wide} {{ ?s ?p ?o . ?a ?b ?c }} LIMIT 30000", BROWSER)
    assert response.status_code == 200
    assert len(response.data) < 2_000_000
    assert "30000" in response.get_data(as_text=True)


def test_bodies_that_never_come_hold_up_nobody_else(service: str) -> None:
    host, port = service.removeprefix("http://").split(":")
    start = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    with ExitStack() as sockets:
        for _number in range(40):
            slow = sockets.enter_context(socket.create_connection((host, int(port))))
            slow.sendall(start + b"Content-Length: 5\r\n\r\n")
        with urllib.request.urlopen(f"{service}/health/ready", timeout=30) as response:
            assert response.status == 200
