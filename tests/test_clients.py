"""Ordinary clients, as they are installed by anybody, against the running service."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import pytest
import rdflib
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.namespace import ORG, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result, ResultRow
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
)
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

ID = "https://w3id.org/samverkan/id/"
BODY = URIRef(f"{ID}organization/beredningsgrupp-2-nhv")
MINUTES = f"{ID}source/protokoll-2021-02-19"
IDENTITY = f"{ID}graph/identity"
PROLOGUE = f"PREFIX org: <{ORG}> PREFIX skos: <{SKOS}> "
LABELS = (
    PROLOGUE + "SELECT ?label { ?body a org:Organization ; skos:prefLabel ?label } ORDER BY ?label"
)
OF_BODY = (
    PROLOGUE
    + f"CONSTRUCT {{ <{BODY}> skos:prefLabel ?label }} WHERE {{ <{BODY}> skos:prefLabel ?label }}"
)
NAME = "Region Örebro län"


# SPARQLWrapper.


@pytest.fixture
def wrapper(service: str) -> Wrapper:
    return Wrapper(f"{service}/sparql")


def labels_in_json(body: object) -> list[str]:
    assert isinstance(body, dict)
    return [row["label"]["value"] for row in body["results"]["bindings"]]


def labels_in_xml(body: object) -> list[str]:
    return [each.firstChild.data for each in body.getElementsByTagName("literal")]  # type: ignore[attr-defined]


def labels_in_csv(body: object) -> list[str]:
    assert isinstance(body, bytes)
    return [row["label"] for row in csv.DictReader(io.StringIO(body.decode()))]


def labels_in_tsv(body: object) -> list[str]:
    assert isinstance(body, bytes)
    return [line.removesuffix('"@sv').removeprefix('"') for line in body.decode().splitlines()[1:]]


@pytest.mark.parametrize(
    ("format_", "labels"),
    [(JSON, labels_in_json), (XML, labels_in_xml), (CSV, labels_in_csv), (TSV, labels_in_tsv)],
)
def test_sparqlwrapper_reads_solutions_in_each_format(
    wrapper: Wrapper, format_: str, labels: Callable[[object], list[str]]
) -> None:
    wrapper.setQuery(LABELS)
    wrapper.setReturnFormat(format_)
    found = labels(wrapper.queryAndConvert())

    assert NAME in found
    assert len(found) > 100


@pytest.mark.parametrize("way", ["get", "post a form", "post itself", "by Accept only"])
def test_sparqlwrapper_asks_in_each_way(wrapper: Wrapper, way: str) -> None:
    wrapper.setMethod(POST if way.startswith("post") else GET)
    wrapper.setRequestMethod(POSTDIRECTLY if way == "post itself" else URLENCODED)
    wrapper.setOnlyConneg(way == "by Accept only")
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(f'{PROLOGUE} ASK {{ ?body skos:prefLabel "{NAME}"@sv }}')

    assert wrapper.queryAndConvert() == {"head": {}, "boolean": True}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by SPARQLWrapper itself
@pytest.mark.parametrize("format_", [TURTLE, XML, RDFXML, JSONLD])
def test_sparqlwrapper_reads_a_graph_in_each_format(wrapper: Wrapper, format_: str) -> None:
    wrapper.setQuery(OF_BODY)
    wrapper.setReturnFormat(format_)
    found = wrapper.queryAndConvert()
    if isinstance(found, Graph):
        graph = found
    else:
        assert isinstance(found, bytes)
        graph = Graph().parse(data=found, format="turtle")

    labels = set(graph.objects(BODY, SKOS.prefLabel))
    assert labels
    assert set(graph.subjects()) == {BODY}


def test_sparqlwrapper_names_graphs(wrapper: Wrapper) -> None:
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    wrapper.addNamedGraph(MINUTES)
    found = wrapper.queryAndConvert()

    assert isinstance(found, dict)
    assert [row["g"]["value"] for row in found["results"]["bindings"]] == [MINUTES]


def test_sparqlwrapper_tells_what_is_wrong_with_a_query(wrapper: Wrapper) -> None:
    wrapper.setQuery("SELECT * { ?s ?p")
    wrapper.setReturnFormat(JSON)
    with pytest.raises(QueryBadFormed, match="SPARQL"):
        wrapper.queryAndConvert()


# rdflib.


def firsts(result: Result) -> list[str]:
    """The values of the first variable."""
    return [str(row[0]) for row in result if isinstance(row, ResultRow)]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["json", "xml", "csv"])
def test_rdflib_asks_a_store_that_is_far_away(service: str, method: str, format_: str) -> None:
    graph = Graph(SPARQLStore(f"{service}/sparql", method=method, returnFormat=format_))
    found = firsts(graph.query(LABELS))

    assert NAME in found
    assert len(found) > 100


def test_rdflib_walks_a_store_that_is_far_away(service: str) -> None:
    graph = Graph(SPARQLStore(f"{service}/sparql"))

    assert (None, SKOS.prefLabel, Literal(NAME, lang="sv")) in graph
    assert ORG.Organization in set(graph.objects(BODY, RDF.type))
    assert graph.value(BODY, SKOS.prefLabel)
    assert len(list(graph.triples((BODY, None, None)))) > 3


def test_rdflib_asks_one_graph_of_a_store_that_is_far_away(service: str) -> None:
    def triples_about(*names: str) -> int:
        store = SPARQLStore(f"{service}/sparql", context_aware=True)
        return sum(len(list(Graph(store, URIRef(n)).triples((BODY, None, None)))) for n in names)

    assert triples_about(IDENTITY) > 0
    assert triples_about(IDENTITY) != triples_about(MINUTES)
    everywhere = Dataset(SPARQLStore(f"{service}/sparql", context_aware=True), default_union=True)
    query = "SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } }"
    assert str(BODY) in firsts(everywhere.query(query))


def test_rdflib_federates_a_query_to_the_service(service: str) -> None:
    """SERVICE is not carried out here; but others may send theirs here."""
    query = (
        f"SELECT ?label {{ SERVICE <{service}/sparql> {{ <{BODY}> <{SKOS.prefLabel}> ?label }} }}"
    )
    found = firsts(Graph().query(query))

    assert len(found) == 1


# pandas.


def test_pandas_reads_a_named_query(service: str) -> None:
    parameters = urlencode({"body": "Beredningsgrupp 2", "on_date": "2021-02-19"})
    table = pd.read_csv(f"{service}/queries/representatives.csv?{parameters}")

    assert {"state", "person_label", "represents_label"} <= set(table.columns)
    assert len(table) > 0
    assert set(table["organization"]) == {str(BODY)}


def test_pandas_reads_a_query_of_ones_own(service: str) -> None:
    query = """SELECT ?graph (COUNT(*) AS ?triples) (MIN(?o) AS ?any) { GRAPH ?graph { ?s ?p ?o } }
               GROUP BY ?graph ORDER BY ?graph"""
    table = pd.read_csv(f"{service}/sparql?{urlencode({'query': query, 'format': 'csv'})}")

    assert list(table.columns) == ["graph", "triples", "any"]
    assert table["triples"].dtype.kind == "i"
    assert MINUTES in set(table["graph"])


def test_pandas_reads_signs_of_all_kinds(service: str) -> None:
    query = 'SELECT * { VALUES (?a ?b) { ("å, \\"ä\\"\\n😀" 1) (UNDEF 2) } }'
    table = pd.read_csv(f"{service}/sparql?{urlencode({'query': query, 'format': 'csv'})}")

    row, other = table.sort_values("b").to_dict("records")
    assert row["a"] == 'å, "ä"\n😀'
    assert pd.isna(other["a"])


# curl.

needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None and not os.environ.get("CI"),
    reason="no curl here (Debian: apt install curl); with CI=true it must be",
)


def curl(*arguments: str, given: str = "") -> str:
    command = ["curl", "--silent", "--show-error", "--noproxy", "*", *arguments]
    done = subprocess.run(
        command, input=given.encode(), capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


@needs_curl
def test_curl_asks_by_get(service: str) -> None:
    found = json.loads(curl("--get", "--data-urlencode", f"query={LABELS}", f"{service}/sparql"))

    assert NAME in labels_in_json(found)


@needs_curl
def test_curl_asks_by_post_of_a_form(service: str) -> None:
    found = curl(
        "--header",
        "Accept: text/csv",
        "--data-urlencode",
        "query@-",
        f"{service}/sparql",
        given=LABELS,
    )

    assert NAME in found.splitlines()


@needs_curl
def test_curl_sends_a_file_as_it_is(service: str) -> None:
    found = curl(
        *("--header", "Content-Type: application/sparql-query"),
        *("--header", "Accept: application/n-triples"),
        *("--data-binary", "@-", f"{service}/sparql"),
        given=OF_BODY,
    )

    assert rdflib.Graph().parse(data=found, format="nt").value(BODY, SKOS.prefLabel)


@needs_curl
def test_curl_fails_where_the_query_does(service: str) -> None:
    told = curl(
        *("--get", "--data-urlencode", "query=SELECT", "--write-out", "\\n%{http_code}"),
        f"{service}/sparql",
    )
    problem, status = told.rsplit("\n", 1)

    assert status == "400"
    assert json.loads(problem)["status"] == 400
    with pytest.raises(subprocess.CalledProcessError):
        curl("--fail", "--get", "--data-urlencode", "query=SELECT", f"{service}/sparql")


@needs_curl
def test_curl_follows_a_thing_to_its_turtle(service: str) -> None:
    address = f"{service}/id/{BODY.removeprefix(ID)}"
    found = curl("--location", "--header", "Accept: text/turtle", address)

    assert rdflib.Graph().parse(data=found, format="turtle").value(BODY, SKOS.prefLabel)
