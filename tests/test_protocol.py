"""The cases of W3C's test suite for the SPARQL 1.1 Protocol, one test each and named after them.

Asked over HTTP of the running service, on graphs of its own in the place of the suite's: a source
has its text in the graph of its own name, and in no other. What the suite changes by an update is
refused here: the service only reads. Those cases therefore hold that it says so (403, the update is
not carried out), that it does so before it looks at the update, and that nothing has changed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import rdflib

JSON = "application/sparql-results+json"
PROBLEM = "application/problem+json"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"

SOURCES = "https://w3id.org/samverkan/id/source/"
ONE, TWO, THREE = (
    SOURCES + name for name in ("protokoll-2021-02-19", "aterrapport-2020", "budgetdirektiv-2022")
)
HAS = "<https://w3id.org/samverkan/def/textSha256>"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
USING, USING_NAMED = "using-graph-uri", "using-named-graph-uri"
BOTH_MERGED = f"ASK {{ <{ONE}> {HAS} ?a . <{TWO}> {HAS} ?b }}"
BOTH_BY_NAME = f"ASK {{ GRAPH ?one {{ <{ONE}> {HAS} ?a }} GRAPH ?two {{ <{TWO}> {HAS} ?b }} }}"
THREE_MERGED_BOTH_BY_NAME = f"""ASK {{
  <{THREE}> {HAS} ?c
  GRAPH ?one {{ <{ONE}> {HAS} ?a }}
  GRAPH ?two {{ <{TWO}> {HAS} ?b }}
}}"""
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
CLEAR = "CLEAR ALL"
Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes

    @property
    def boolean(self) -> bool:
        """What a query that may be asked is answered by."""
        assert (self.status, self.media_type) == (200, JSON), self.body
        answer = json.loads(self.body)["boolean"]
        assert isinstance(answer, bool)
        return answer

    def refused(self, *statuses: int) -> dict[str, Any]:
        """The problem (RFC 9457) that a request is refused with, of one of *statuses*."""
        assert self.status in statuses
        assert self.media_type == PROBLEM
        problem: dict[str, Any] = json.loads(self.body)
        assert problem["status"] == self.status
        assert problem["detail"]
        return problem


class Service:
    """The endpoint of the running service, asked without any client's own ideas."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc

    def send(
        self,
        method: str,
        parameters: Parameters | None = None,
        body: bytes | None = None,
        content_type: str | None = None,
        accept: str | None = None,
    ) -> Answer:
        path = f"/sparql?{urlencode(parameters)}" if parameters else "/sparql"
        headers = {"Content-Type": content_type, "Accept": accept}
        connection = HTTPConnection(self._host, timeout=60)
        try:
            sent = {name: value for name, value in headers.items() if value}
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            media_type = got.get("content-type", "").partition(";")[0]
            return Answer(response.status, media_type, got, response.read())
        finally:
            connection.close()

    def get(self, *parameters: tuple[str, str]) -> Answer:
        return self.send("GET", list(parameters))

    def post_form(self, fields: Parameters, *parameters: tuple[str, str]) -> Answer:
        return self.send("POST", list(parameters), urlencode(fields).encode(), FORM)

    def post(self, query: str, *parameters: tuple[str, str], accept: str | None = None) -> Answer:
        return self.send("POST", list(parameters), query.encode(), QUERY, accept)

    def update(self, update: str, *parameters: tuple[str, str]) -> Answer:
        return self.send("POST", list(parameters), update.encode(), UPDATE)

    def size(self) -> bytes:
        """The answer to how many triples there are."""
        answer = self.post(COUNT)
        assert answer.status == 200
        return answer.body


@pytest.fixture
def sparql(service: str) -> Service:
    return Service(service)


# Queries.


def test_query_post_form(sparql: Service) -> None:
    """A form, with a graph in its address: the suite's own request."""
    assert sparql.post_form([("query", "ASK {}")], (DEFAULT, ONE)).boolean
    # The graph is not passed over, wherever it stands.
    query = ("query", f"ASK {{ <{TWO}> {HAS} ?text }}")
    assert sparql.post_form([query]).boolean
    assert not sparql.post_form([query], (DEFAULT, ONE)).boolean
    assert not sparql.post_form([query, (DEFAULT, ONE)]).boolean


def test_query_dataset_default_graphs_get(sparql: Service) -> None:
    assert sparql.get(("query", BOTH_MERGED), (DEFAULT, ONE), (DEFAULT, TWO)).boolean
    assert not sparql.get(("query", BOTH_MERGED), (DEFAULT, ONE)).boolean


def test_query_dataset_default_graphs_post(sparql: Service) -> None:
    assert sparql.post(BOTH_MERGED, (DEFAULT, ONE), (DEFAULT, TWO)).boolean
    assert not sparql.post(BOTH_MERGED, (DEFAULT, TWO)).boolean


def test_query_dataset_named_graphs_post(sparql: Service) -> None:
    assert sparql.post(BOTH_BY_NAME, (NAMED, ONE), (NAMED, TWO)).boolean
    assert not sparql.post(BOTH_BY_NAME, (NAMED, ONE)).boolean


def test_query_dataset_named_graphs_get(sparql: Service) -> None:
    assert sparql.get(("query", BOTH_BY_NAME), (NAMED, ONE), (NAMED, TWO)).boolean
    assert not sparql.get(("query", BOTH_BY_NAME), (NAMED, TWO)).boolean


def test_query_dataset_full(sparql: Service) -> None:
    graphs = [(DEFAULT, THREE), (NAMED, ONE), (NAMED, TWO)]
    assert sparql.post(THREE_MERGED_BOTH_BY_NAME, *graphs).boolean
    assert not sparql.post(THREE_MERGED_BOTH_BY_NAME, *graphs[:2]).boolean
    assert not sparql.post(THREE_MERGED_BOTH_BY_NAME, *graphs[1:]).boolean


def test_query_multiple_dataset(sparql: Service) -> None:
    """The graphs of the request go before those of the query, whose FROM is as if not there."""
    query = BOTH_BY_NAME.replace("{", f"FROM <{THREE}> {{", 1)
    assert sparql.post(query, (NAMED, ONE), (NAMED, TWO)).boolean
    assert not sparql.post(query).boolean


def test_query_get(sparql: Service) -> None:
    assert sparql.get(("query", "ASK {}"), (DEFAULT, ONE)).boolean


def test_query_content_type_select(sparql: Service) -> None:
    tables = {JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
    assert sparql.post("SELECT (1 AS ?value) {}", (DEFAULT, ONE)).media_type in tables
    for accept in tables:
        answer = sparql.post("SELECT (1 AS ?value) {}", (DEFAULT, ONE), accept=accept)
        assert (answer.status, answer.media_type) == (200, accept)


def test_query_content_type_ask(sparql: Service) -> None:
    for accept in (None, JSON, "application/sparql-results+xml"):
        answer = sparql.post("ASK {}", (DEFAULT, ONE), accept=accept)
        assert (answer.status, answer.media_type) == (200, accept or JSON)


GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def test_query_content_type_describe(sparql: Service) -> None:
    """Also of a thing that no graph knows: a graph without triples."""
    assert sparql.post("DESCRIBE <http://example.org/>", (DEFAULT, ONE)).media_type in GRAPHS
    for accept, name in GRAPHS.items():
        answer = sparql.post("DESCRIBE <http://example.org/>", (DEFAULT, ONE), accept=accept)
        assert (answer.status, answer.media_type) == (200, accept)
        assert len(rdflib.Graph().parse(data=answer.body, format=name)) == 0


def test_query_content_type_construct(sparql: Service) -> None:
    """With relative IRIs, which are resolved by a base that the service defines."""
    query = "CONSTRUCT { <s> <p> 1 } WHERE {}"
    assert sparql.post(query, (DEFAULT, ONE)).media_type in GRAPHS
    triple = tuple(rdflib.URIRef(f"https://w3id.org/samverkan/{name}") for name in "sp")
    for accept, name in GRAPHS.items():
        answer = sparql.post(query, (DEFAULT, ONE), accept=accept)
        assert (answer.status, answer.media_type) == (200, accept)
        read = rdflib.Graph().parse(data=answer.body, format=name)
        assert set(read) == {(*triple, rdflib.Literal(1))}


def test_query_post_direct(sparql: Service) -> None:
    assert sparql.post("ASK {}").boolean


def test_bad_query_method(sparql: Service) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = sparql.send(method, [("query", "ASK {}"), (DEFAULT, ONE)], content_type=FORM)
        answer.refused(405)
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_bad_multiple_queries(sparql: Service) -> None:
    queries = [("query", "ASK {}"), ("query", "SELECT * {}")]
    assert "2" in sparql.get(*queries).refused(400)["detail"]
    assert "2" in sparql.post_form(queries).refused(400)["detail"]


def test_bad_query_wrong_media_type(sparql: Service) -> None:
    answer = sparql.send("POST", body=b"ASK {}", content_type="text/plain")
    assert QUERY in answer.refused(415)["detail"]


def test_bad_query_missing_form_type(sparql: Service) -> None:
    sparql.send("POST", body=urlencode({"query": "ASK {}"}).encode()).refused(415)


def test_bad_query_missing_direct_type(sparql: Service) -> None:
    sparql.send("POST", body=b"ASK {}").refused(415)


def test_bad_query_non_utf8(sparql: Service) -> None:
    for content_type in (f"{QUERY}; charset=UTF-16", QUERY):
        answer = sparql.send("POST", body="ASK {}#å".encode("utf-16"), content_type=content_type)
        assert "UTF-8" in answer.refused(400)["detail"]


def test_bad_query_syntax(sparql: Service) -> None:
    sparql.get(("query", "ASK {")).refused(400)
    sparql.post("ASK {").refused(400)
    sparql.post_form([("query", "ASK {")]).refused(400)


# Updates. The graphs that the suite's updates name come with them.


def described_anew(graph: str) -> str:
    """An update like the suite's: mark the sources that have a text, in a graph of its own."""
    into = f"GRAPH <http://example.org/{graph}/> {{ ?s a <x:Seen> }}"
    return f"INSERT {{ {into} }} WHERE {{ ?s {HAS} ?text }}"


def assert_refused_and_nothing_done(sparql: Service, update: str, *graphs: tuple[str, str]) -> None:
    before = sparql.size()
    for answer in (
        sparql.update(update, *graphs),
        sparql.post_form([("update", update)], *graphs),
        sparql.post_form([("update", update), *graphs]),
    ):
        answer.refused(403)
    assert sparql.size() == before


def test_update_dataset_default_graph(sparql: Service) -> None:
    """Refused: the service only reads."""
    assert_refused_and_nothing_done(sparql, described_anew("one"), (USING, ONE))


def test_update_dataset_default_graphs(sparql: Service) -> None:
    """Refused: the service only reads."""
    assert_refused_and_nothing_done(sparql, described_anew("two"), (USING, ONE), (USING, TWO))


def test_update_dataset_named_graphs(sparql: Service) -> None:
    """Refused: the service only reads."""
    update = described_anew("named").replace("WHERE {", "WHERE { GRAPH ?g {") + " }"
    assert_refused_and_nothing_done(sparql, update, (USING_NAMED, ONE), (USING_NAMED, TWO))


def test_update_dataset_full(sparql: Service) -> None:
    """Refused: the service only reads."""
    graphs = [(USING, ONE), (USING_NAMED, TWO)]
    assert_refused_and_nothing_done(sparql, described_anew("full"), *graphs)


def test_update_post_form(sparql: Service) -> None:
    """Refused: the service only reads."""
    before = sparql.size()
    sparql.post_form([("update", CLEAR)]).refused(403)
    assert sparql.size() == before


def test_update_post_direct(sparql: Service) -> None:
    """Refused: the service only reads."""
    before = sparql.size()
    sparql.update(CLEAR).refused(403)
    assert sparql.size() == before


def test_update_base_uri(sparql: Service) -> None:
    """Refused: the service only reads. A query's relative IRIs are resolved all the same."""
    assert_refused_and_nothing_done(sparql, "INSERT DATA { <x:s> <x:p> <test> }")
    assert sparql.post("ASK { FILTER (isIRI(<test>) && STR(<test>) != 'test') }").boolean


def test_bad_update_get(sparql: Service) -> None:
    before = sparql.size()
    sparql.get(("update", CLEAR)).refused(403)
    assert sparql.size() == before


def test_bad_multiple_updates(sparql: Service) -> None:
    before = sparql.size()
    sparql.post_form([("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]).refused(403)
    assert sparql.size() == before


def test_bad_update_wrong_media_type(sparql: Service) -> None:
    sparql.send("POST", body=b"CLEAR NAMED", content_type="text/plain").refused(415)


def test_bad_update_missing_form_type(sparql: Service) -> None:
    sparql.send("POST", body=urlencode({"update": "CLEAR NAMED"}).encode()).refused(415)


def test_bad_update_non_utf8(sparql: Service) -> None:
    body, content_type = "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"
    sparql.send("POST", body=body, content_type=content_type).refused(403)


def test_bad_update_syntax(sparql: Service) -> None:
    sparql.post_form([("update", "CLEAR XYZ")]).refused(403)


def test_bad_update_dataset_conflict(sparql: Service) -> None:
    update = f"WITH <{ONE}> DELETE {{ ?s ?p 1 }} INSERT {{ ?s ?p 2 }} WHERE {{ ?s ?p 1 }}"
    assert_refused_and_nothing_done(sparql, update, (USING_NAMED, TWO))


CASES = [
    "query_post_form",
    "query_dataset_default_graphs_get",
    "query_dataset_default_graphs_post",
    "query_dataset_named_graphs_post",
    "query_dataset_named_graphs_get",
    "query_dataset_full",
    "query_multiple_dataset",
    "query_get",
    "query_content_type_select",
    "query_content_type_ask",
    "query_content_type_describe",
    "query_content_type_construct",
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
    "query_post_direct",
    "bad_query_method",
    "bad_multiple_queries",
    "bad_query_wrong_media_type",
    "bad_query_missing_form_type",
    "bad_query_missing_direct_type",
    "bad_query_non_utf8",
    "bad_query_syntax",
    "bad_update_get",
    "bad_multiple_updates",
    "bad_update_wrong_media_type",
    "bad_update_missing_form_type",
    "bad_update_non_utf8",
    "bad_update_syntax",
    "bad_update_dataset_conflict",
]


def test_each_case_of_the_suite_has_its_test_here() -> None:
    tests = re.findall(r"^def test_(\w+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(CASES) == 34
    assert set(CASES) == set(tests[:-1])
