"""Another engine behind the service: the same answers, and what happens when it is not well."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
import yaml
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, RdfFormat, Variable, parse
from werkzeug.test import TestResponse

import quotable
from engines import Behaviour, Gate, Oxigraph, Request, gate, oxigraph
from kinds import PAGES
from questions_score import FOLDER, ON_DATE
from samverkan import export, knowledge, questions, relay, sparql, survey
from samverkan.errors import EngineError, EngineOverflowError, EngineSlowError, InputError
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.namespaces import ID, IDENTITY, SCHEMES, VOCABULARY
from samverkan.origin import Origin
from samverkan.remote import Remote
from samverkan.settings import Settings
from samverkan.sparql import GRAPH_FORMATS, RESULT_FORMATS, AdHoc, Graphs, Wanted
from samverkan.web import close, create_app
from samverkan.wire import Endpoint, Wire
from services import serving

WORDS = re.compile(r"[\w:/.#-]+")
NUMBER = re.compile(r"\b[0-9a-f]{32}\b")
# Its rows are any five: it has no order.
ANY_ORDER = "result of SPARQL"
JSON = "application/sparql-results+json"
# What is not remembered: it looks at chance.
ASKING = "/sparql?query=ASK{FILTER(RAND()%3C2)}"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NASTY = (
    *('"', "'", "\\", '\\"', "\n\r\t", '""" . } DROP ALL #', "} UNION { ?s ?p ?o", "?x $x <x>"),
    *("\u0000\u0001", "å\u2028😀", "\\u0022 }", "%22&query=ASK{}", "+ +"),
)


@pytest.fixture(scope="module")
def quads(known: Knowledge) -> bytes:
    """What an engine is loaded with."""
    return export.whole(known.dataset, "nq")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, quads: bytes) -> Iterator[Oxigraph]:
    """An engine with the bundled graph."""
    with oxigraph(tmp_path_factory.mktemp("engine"), quads) as server:
        yield server


@pytest.fixture(scope="module")
def far(engine: Oxigraph) -> Knowledge:
    """The bundled knowledge, its graph in that engine."""
    return knowledge.of(Origin(endpoint=Endpoint(engine.address)))


@pytest.fixture(scope="module")
def remote(engine: Oxigraph, far: Knowledge) -> Iterator[FlaskClient]:
    """A client of the application on that engine."""
    limits = Limits(workers=1, seconds=5)
    app = create_app(Settings(limits=limits, endpoint=Endpoint(engine.address)), far)
    yield app.test_client()
    close(app)


@pytest.fixture(scope="module")
def gated(engine: Oxigraph) -> Iterator[tuple[Gate, FlaskClient]]:
    """A gate before that engine, and a client of an application that reaches it through that."""
    with gate(engine.port) as server:
        endpoint = Endpoint(server.address, seconds=2)
        limits = Limits(workers=1, result=20_000)
        app = create_app(Settings(limits=limits, endpoint=endpoint))
        yield server, app.test_client()
        close(app)


@pytest.fixture
def before(gated: tuple[Gate, FlaskClient]) -> Iterator[Gate]:
    """That gate, open at first, and in the end."""
    server, client = gated
    server.heard.clear()
    yield server
    server.behaviour = Request.let_through
    until_ready(client)


@pytest.fixture
def guarded(gated: tuple[Gate, FlaskClient]) -> FlaskClient:
    """That client."""
    return gated[1]


def until_ready(client: FlaskClient) -> None:
    while client.get("/health/ready").status_code == 503:
        pass  # what was seen is believed for a moment


def rows_of(known: Knowledge, name: str, **more: str) -> Any:
    """What a named query gives for its own defaults; joined texts have no order."""
    query = known.catalogue[name]
    given = {p.name: p.default for p in query.parameters if p.default}
    text = known.text(known.read(name, {**given, **more}))
    if query.gives_a_graph:
        return Counter(sparql.construct(known.dataset, text))
    return Counter(frozenset(plain(row).items()) for row in sparql.select(known.dataset, text))


def plain(row: sparql.Row) -> Mapping[str, str]:
    return {
        name: f"{type(term)} {getattr(term, 'language', '')} {sorted(WORDS.findall(term.value))}"
        for name, term in row.items()
    }


def told(response: TestResponse) -> tuple[int, str, Counter[str]]:
    """The status, the type and the words of a response, but for those that are its own."""
    text = NUMBER.sub("", response.text)
    return response.status_code, response.content_type, Counter(WORDS.findall(text))


def get(client: FlaskClient, path: str, accept: str = "text/html") -> TestResponse:
    return client.get(path, headers={"Accept": accept})


def test_every_named_query_gives_the_same(known: Knowledge, far: Knowledge) -> None:
    for query in known.catalogue:
        assert rows_of(known, query.name) == rows_of(far, query.name), query.name


@pytest.mark.parametrize("known_on", ["2021-02-19", "2026-11-01"])
def test_it_gives_the_same_of_what_was_known_on_a_day(
    known: Knowledge, far: Knowledge, known_on: str
) -> None:
    for query in [*known.catalogue][::6]:
        here = rows_of(known, query.name, known_on=known_on)
        assert here == rows_of(far, query.name, known_on=known_on), query.name


def test_questions_have_the_same_answers(known: Knowledge, far: Knowledge) -> None:
    every = [e for path in sorted(FOLDER.glob("*.yaml")) for e in yaml.safe_load(path.read_text())]
    for entry in every[::24]:
        days = {"on_date": entry.get("on_date", ON_DATE), "known_on": entry.get("known_on")}
        given = {name: str(day) for name, day in days.items() if day}
        here, there = (questions.ask(each, entry["q"], **given) for each in (known, far))
        assert here.to_json() == there.to_json(), entry["q"]


def test_every_kind_of_page_is_the_same(client: FlaskClient, remote: FlaskClient) -> None:
    for each in (client, remote):
        each.get("/checks")  # the start page has what has been worked out
    for kind, path in PAGES.items():
        if kind != ANY_ORDER:
            assert told(get(client, path)) == told(get(remote, path)), kind


@pytest.mark.parametrize(
    "path",
    [
        "/res/organization/samverkansnamnden.nq",
        "/res/person/petri-olivius.ttl?known_on=2021-12-31",
        "/def/role.ttl",
        "/def/data.jsonld",
        "/data.nq",
        "/checks.json?on_date=2026-03-01",
        "/checks.csv?on_date=2026-03-01",
        "/onboarding/organization/samverkansnamnden.json?on_date=2026-03-01",
        "/.well-known/void.nt",
        "/organizations.json",
    ],
)
def test_data_are_the_same(client: FlaskClient, remote: FlaskClient, path: str) -> None:
    assert told(client.get(path)) == told(remote.get(path))


def test_a_document_takes_few_requests(before: Gate, guarded: FlaskClient) -> None:
    for path in ("/res/organization/samverkansnamnden.ttl", "/res/person/petri-olivius", "/def/"):
        before.heard.clear()
        assert guarded.get(path).status_code == 200
        assert len(before.heard) < 20, path


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_results_of_sparql_have_the_same_bytes(
    client: FlaskClient, remote: FlaskClient, media_type: str
) -> None:
    for query in (
        "SELECT ?s ?o WHERE { ?s <http://purl.org/dc/terms/issued>|rdfs:label ?o } ORDER BY ?s ?o",
        'SELECT (1 AS ?a) (2.5 AS ?b) ("å"@sv AS ?c) ?d WHERE { }',
        "ASK { ?s a <http://www.w3.org/ns/org#Membership> }",
    ):
        text = query.replace("rdfs:label", "<http://www.w3.org/2000/01/rdf-schema#label>")
        path = f"/sparql?query={quote(text)}"
        here, there = (get(each, path, media_type) for each in (client, remote))
        assert here.status_code == there.status_code
        assert NUMBER.sub("", here.text) == NUMBER.sub("", there.text)


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_graphs_of_sparql_are_the_same(
    client: FlaskClient, remote: FlaskClient, media_type: str
) -> None:
    text = "CONSTRUCT WHERE { ?s <http://purl.org/dc/terms/issued> ?o }"
    found = [get(each, f"/sparql?query={quote(text)}", media_type) for each in (client, remote)]
    here, there = ({*parse(each.data, GRAPH_FORMATS[media_type])} for each in found)
    assert here == there
    assert len(here) > 5


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?g WHERE { GRAPH ?g { ?s a ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) {from} WHERE {{ ?s ?p ?o }}",
        "SELECT (COUNT(*) AS ?n) {from} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT (COUNT(*) AS ?n) FROM <https://w3id.org/samverkan/id/graph/none> WHERE { }",
        "SELECT * WHERE { ?s ?p }",
        "SELECT (<https://example.org/f>(1) AS ?x) WHERE { }",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_what_is_asked_for_is_found_or_refused_alike(
    client: FlaskClient, remote: FlaskClient, known: Knowledge, query: str
) -> None:
    sources = [NamedNode(source.iri) for source in known.dataset.sources]
    for graphs in ([], sources[:1], sources[:3], [*known.dataset.engine.named_graphs()]):
        clauses = "".join(f" FROM {graph} FROM NAMED {graph}" for graph in graphs)
        text = query.replace("{from}", clauses).replace("{{", "{").replace("}}", "}")
        path = "/sparql?" + urlencode({"query": text})
        here, there = (get(each, path, JSON) for each in (client, remote))
        assert (here.status_code, NUMBER.sub("", here.text)) == (
            there.status_code,
            NUMBER.sub("", there.text),
        )


def test_an_engine_that_merges_is_left_to_merge(before: Gate) -> None:
    first, second, third = (NamedNode(f"https://example.org/{n}") for n in (1, 2, 3))
    remote = Remote(Wire(Endpoint(before.address)), (first, second, third), True, True)
    assert remote.can_merge([first, second], [third])
    remote.query("ASK { }", default_graph=[first, second], named_graphs=[third])
    assert [*parse_qsl(before.heard[0].body.decode())] == [
        ("query", "ASK { }"),
        ("default-graph-uri", first.value),
        ("default-graph-uri", second.value),
        ("named-graph-uri", third.value),
    ]


def test_an_engine_that_does_not_heed_the_graphs_of_a_request_is_asked_for_all_of_them(
    before: Gate, known: Knowledge
) -> None:
    def heedless(request: Request) -> None:
        request.body = urlencode(parse_qsl(request.body.decode())[:1]).encode()
        request.headers.replace_header("Content-Length", str(len(request.body)))
        request.let_through()

    before.behaviour = heedless
    origin = Origin(endpoint=Endpoint(before.address))
    far = knowledge.of(origin)
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    adhoc = AdHoc(relay.runner(origin, Limits(workers=1), far.dataset), Limits(workers=1))
    try:
        for count in (1, 3):
            graphs = Graphs(tuple(source.iri for source in far.dataset.sources[:count]))
            here = sparql.serialised(known.dataset, query, Wanted(), graphs=graphs)
            assert here == sparql.serialised(far.dataset, query, Wanted(), graphs=graphs)
            assert here == adhoc.ask(query, Wanted(), graphs)
    finally:
        adhoc.close()


def test_no_value_gets_out_of_its_place(known: Knowledge, far: Knowledge) -> None:
    engine = far.dataset.engine
    place = Variable("x")
    for text in NASTY:
        for term in (Literal(text), Literal(text, language="sv")):
            given = engine.query("SELECT (?x AS ?y) WHERE { }", substitutions={place: term})
            assert isinstance(given, QuerySolutions)
            assert [row["y"] for row in given] == [term]
            assert not list(engine.quads_for_pattern(None, None, term, DefaultGraph()))
        values = {"text": text}
        for query in known.catalogue:
            if {p.name for p in query.parameters if p.required} == set(values) and text.strip():
                assert rows_of(known, query.name, **values) == rows_of(far, query.name, **values)


def test_patterns_are_found_where_they_are(known: Knowledge, far: Knowledge) -> None:
    thing = NamedNode("https://w3id.org/samverkan/id/organization/samverkansnamnden")
    near, there = known.dataset.engine, far.dataset.engine
    some = next(near.quads_for_pattern(thing, None, None, IDENTITY))
    for pattern in (
        *((thing, None, None, place) for place in (None, DefaultGraph(), IDENTITY)),
        (thing, some.predicate, some.object, None),
        (None, some.predicate, None, IDENTITY),
        (None, None, None, IDENTITY),
    ):
        found = set(near.quads_for_pattern(*pattern))
        assert found == set(there.quads_for_pattern(*pattern))
        assert found
    assert set(near) == set(there)
    assert there.dump(format=RdfFormat.TURTLE, from_graph=IDENTITY)


def test_a_page_says_that_the_engine_is_silent_and_another_is_answered_as_soon_as_it_speaks(
    before: Gate, guarded: FlaskClient
) -> None:
    before.behaviour = Request.say_nothing
    page = get(guarded, "/res/organization/samverkansnamnden")
    assert page.status_code == 503
    assert "svarade inte inom 2 sekunder" in page.text
    problem = guarded.get("/ask.json?q=vem+sitter+i+samverkansnämnden&lang=en")
    assert problem.status_code == 503
    assert problem.content_type == "application/problem+json"
    assert problem.headers["Retry-After"] == "1"
    assert problem.json is not None
    assert problem.json["detail"] == (
        "The engine of the graph cannot be reached. Try again in a moment."
    )
    assert guarded.get("/health/live").status_code == 200
    assert guarded.get("/health/ready").status_code == 503
    before.behaviour = Request.let_through
    until_ready(guarded)
    assert get(guarded, "/res/organization/samverkansnamnden").status_code == 200


def test_a_query_from_outside_that_gives_too_much_is_stopped(
    before: Gate, guarded: FlaskClient
) -> None:
    much = b'{"head":{"vars":[]},"results":{"bindings":[' + b" " * 400_000 + b"]}}"
    before.behaviour = lambda request: request.answer(200, JSON, much)
    for media_type in ("text/csv", JSON):
        answer = get(guarded, "/sparql?lang=en&query=SELECT*{?s+?p+?o}", media_type)
        assert answer.status_code == 422
        assert answer.json is not None
        assert "larger than 20000 bytes" in answer.json["detail"]


def test_a_query_from_outside_that_takes_too_long_is_stopped(
    before: Gate, guarded: FlaskClient
) -> None:
    before.behaviour = Request.say_nothing
    answer = guarded.get(f"{ASKING}&lang=en&timeout=1")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["detail"] == "The query ran for more than 1 seconds and was stopped."
    before.behaviour = Request.let_through
    assert guarded.get(ASKING).status_code == 200


@pytest.mark.parametrize(
    ("behaviour", "detail"),
    [
        (lambda r: r.answer(200, "text/html", b"<p>Sign in</p>"), "no answer"),
        (lambda r: r.answer(200, JSON, b'{"head":{"vars":["n"]},"results":{"bind'), "no answer"),
        (lambda r: r.answer(200, JSON, b'{"head": {}, "results": {"bindings": 1}}'), "no answer"),
        (lambda r: r.answer(302, "text/plain", b"", Location=r.server.address), "status 302"),
        (lambda r: r.answer(401, "text/plain", b"secret"), "status 401"),
        (lambda r: r.answer(500, "text/plain", b"secret"), "status 500"),
        (lambda r: r.answer(503, "text/plain", b"secret"), "cannot be reached"),
        (Request.hang_up, "cannot be reached"),
    ],
)
def test_an_engine_that_fails_is_a_problem_of_the_service(
    before: Gate, guarded: FlaskClient, behaviour: Any, detail: str
) -> None:
    before.behaviour = behaviour
    for path in (f"{ASKING}&lang=en", "/id/person/nobody-at-all?lang=en"):
        before.heard.clear()
        answer = guarded.get(path, headers={"Accept": JSON})
        assert answer.status_code == 503
        assert answer.json is not None
        assert detail in answer.json["detail"] or "cannot be reached" in answer.json["detail"]
        assert "secret" not in answer.text
        assert len(before.heard) <= 3
    before.behaviour = Request.let_through
    until_ready(guarded)
    assert guarded.get(ASKING).status_code == 200


def test_what_the_engine_does_not_take_for_a_query_is_the_fault_of_whoever_wrote_it(
    before: Gate, guarded: FlaskClient
) -> None:
    before.behaviour = lambda request: request.answer(400, "text/plain", b"no <b>such</b> thing")
    for path, status in ((ASKING, 400), ("/id/person/nobody-at-all", 503)):
        answer = guarded.get(path)
        assert answer.status_code == status
        assert answer.json is not None
        assert "no <b>such</b> thing" in answer.json["detail"]
        assert "<b>" not in get(guarded, path).text


def test_what_failed_on_the_way_is_tried_again() -> None:
    with gate() as server:
        answers: Iterator[Behaviour] = iter(
            (
                Request.hang_up,
                lambda r: r.answer(503, "text/plain", b""),
                lambda r: r.answer(200, JSON, b'{"head":{},"boolean":true}'),
            )
        )
        server.behaviour = lambda request: next(answers)(request)  # noqa: PLW0108 - the next each time
        assert Wire(Endpoint(server.address)).ask("ASK {}").body.endswith(b"true}")
        assert len(server.heard) == 3


def test_an_answer_is_read_no_further_than_it_may_be() -> None:
    with gate() as server:
        server.behaviour = lambda request: request.answer(200, JSON, b" " * 5000)
        with pytest.raises(EngineOverflowError):
            Wire(Endpoint(server.address)).ask("ASK {}", size=4999)
        server.behaviour = Request.say_nothing
        with pytest.raises(EngineSlowError):
            Wire(Endpoint(server.address, seconds=0.1)).ask("ASK {}")


def test_the_authorization_goes_to_the_engine_and_nowhere_else(
    before: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = Endpoint(before.address, authorization="Basic c2VjcmV0")
    Wire(endpoint).ask("ASK {}")
    assert [each.headers["Authorization"] for each in before.heard] == ["Basic c2VjcmV0"]
    assert "c2VjcmV0" not in repr(endpoint)
    command = ("serve", "--engine", before.address, "--engine-authorization", "Basic c2VjcmV0")
    assert "can be seen" in run(*command, code=2)


@pytest.mark.parametrize(
    "address",
    ["", "host/query", "ftp://host/", "http://", "http://host:x/", "http://a b/", "http://h/#x"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        Endpoint(address)


def test_a_graph_is_in_one_place(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Settings(store=tmp_path, endpoint=Endpoint("https://example.org/sparql"))


def test_a_password_in_the_address_is_refused_and_not_told() -> None:
    with pytest.raises(InputError) as caught:
        Endpoint("https://user:secret@example.org/sparql")
    assert "secret" not in str(caught.value)


def run(*command: str, code: int) -> str:
    """What a command says that ends with that code."""
    done = subprocess.run(
        [sys.executable, "-m", "samverkan", *command], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (code, "")
    return done.stderr


def test_what_an_engine_is_loaded_with_is_the_named_graphs_and_their_merge(
    tmp_path: Path, known: Knowledge, quads: bytes
) -> None:
    path = tmp_path / "graph.trig"
    written = run("export", "--merged", "--format", "trig", "--output", str(path), code=0)
    assert written == ""
    assert set(parse(path.read_bytes(), RdfFormat.TRIG)) == set(known.dataset.engine)
    assert set(parse(quads, RdfFormat.N_QUADS)) == set(known.dataset.engine)
    assert "nq or trig" in run("export", "--merged", "--format", "ttl", "--lang", "en", code=2)


def test_the_service_does_not_start_without_its_engine() -> None:
    with gate() as server:
        address = server.address
    told_ = run("serve", "--engine", address, "--lang", "en", code=1)
    assert told_.strip() == (
        f"The graph at {address} cannot be served: The engine of the graph cannot be reached."
        " Try again in a moment."
    )


def test_a_graph_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    graphs = [IDENTITY, SCHEMES, VOCABULARY]
    statement = '<x:s> <x:p> "o"'
    named = "".join(f"{statement} {graph} .\n" for graph in graphs)
    with oxigraph(tmp_path, b"") as server:
        origin = Origin(endpoint=Endpoint(server.address))
        with pytest.raises(EngineError, match="It has no graph"):
            origin.dataset()
        server.load(named.encode())
        with pytest.raises(EngineError, match="default graph is not the merge"):
            origin.dataset()
        server.load(f"{named}{statement} .\n".encode())
        version = origin.dataset().version
        server.update('INSERT DATA { <x:s> <x:p> "elsewhere" }')
        with pytest.raises(EngineError, match="default graph is not the merge"):
            origin.dataset()
        server.update('INSERT DATA { GRAPH <x:g> { <x:s> <x:p> "elsewhere" } }')
        assert origin.dataset().version != version


@pytest.mark.parametrize("change", ['"o"@sv', '"O"', "<x:o>", '"o"^^<x:d>'])
def test_another_statement_makes_another_version(engine: Oxigraph, change: str) -> None:
    wire = Wire(Endpoint(engine.address))
    before = survey.version(wire)
    one, other = (f"DATA {{ GRAPH <x:g> {{ <x:s> <x:p> {value} }} }}" for value in ('"o"', change))
    engine.update(f"INSERT {one}")
    first = survey.version(wire)
    engine.update(f"DELETE {one} ; INSERT {other}")
    second = survey.version(wire)
    engine.update(f"DELETE {other}")
    assert len({before, first, second}) == 3
    assert survey.version(wire) == before


def test_the_service_answers_again_when_its_engine_does_and_tells_what_is_new_there(
    tmp_path: Path,
) -> None:
    folders = content, store = tmp_path / "content", tmp_path / "store"
    for folder in folders:
        folder.mkdir()
    quotable.write(content)
    quads = export.whole(knowledge.load(content).dataset, "nq")
    times = ("--engine-timeout", "2", "--engine-refresh", "0.1", "--timeout", "1")
    with (
        oxigraph(store, quads) as server,
        serving(tmp_path, "--content", str(content), "--engine", server.address, *times) as address,
    ):
        paths = ("/res/organization/council", "/ask?q=vem+leder+Rådet", ASKING)
        version = fetched(f"{address}/health/ready")[1]["version"]
        server.end()
        for path in paths:
            status, body = fetched(address + quote(path, safe="/?=&+{}%()"))
            assert (status, body["status"]) == (503, 503)
        assert fetched(f"{address}/health/live")[0] == 200
        assert fetched(f"{address}/health/ready")[0] == 503
        server.begin()
        while fetched(f"{address}/health/ready")[0] == 503:
            pass  # what was seen is believed for a moment
        for path in paths:
            assert fetched(address + quote(path, safe="/?=&+{}%()"))[0] == 200
        name = f'<{ID}organization/council> <{SKOS}hiddenLabel> "Zyxnämnden"@sv .'
        server.update(f"INSERT DATA {{ {name} GRAPH {IDENTITY} {{ {name} }} }}")
        while fetched(f"{address}/health/ready")[1]["version"] == version:
            pass  # it looks now and then
        found = fetched(f"{address}/search.json?q=Zyxn%C3%A4mnden")[1]
        assert "Rådet" in json.dumps(found, ensure_ascii=False)


def fetched(address: str) -> tuple[int, Any]:
    """The status and the JSON that an address gives."""
    request = urllib.request.Request(address, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)
