"""Things as linked data (DESIGN § 6): addresses, negotiation, and what a document holds."""

from __future__ import annotations

import json
import urllib.request
from functools import cache

import pyoxigraph
import pytest
import rdflib
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import ORG, PROV, RDF, SKOS, BNode, URIRef

from graphs import ALL_FILES, DATA_FILES, ID, OA, SCHEMES_FILE, SMV, data, graph_of
from samverkan import content, description, formats, jsonld
from samverkan.formats import FORMATS, JSON_LD, N_TRIPLES
from samverkan.knowledge import Knowledge
from samverkan.namespaces import CONCEPTS, term

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")

BODY = "organization/beredningsgrupp-2-nhv"
PERSON = "person/hakan-wittgren"
MINUTES = "source/protokoll-2021-02-19"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PARSERS = {
    "ttl": "turtle",
    "jsonld": "json-ld",
    "json": "json-ld",
    "nt": "nt",
    "rdf": "xml",
    "trig": "trig",
    "nq": "nquads",
}
# What tells of a thing by pointing to it.
TELLING = [
    *(ORG.member, ORG.organization, ORG.originalOrganization, ORG.resultingOrganization),
    *(ORG.postIn, SMV.about, SMV.activity, SMV.agent, SMV.compositionOf, SMV.meeting, SMV.object),
    *(SMV.person, SMV.subject, rdflib.DCTERMS.isPartOf),
]


def read(body: bytes, suffix: str) -> rdflib.Graph:
    if suffix in {"trig", "nq"}:
        merged = rdflib.Graph()
        for subject, predicate, value, _graph in (
            rdflib.Dataset().parse(data=body, format=PARSERS[suffix]).quads()
        ):
            merged.add((subject, predicate, value))
        return merged
    return rdflib.Graph().parse(data=body, format=PARSERS[suffix])


def document(client: FlaskClient, name: str, suffix: str = "nt", **query: str) -> rdflib.Graph:
    response = client.get(f"/res/{name}.{suffix}", query_string=query)
    assert response.status_code == 200, name
    return read(response.get_data(), suffix)


@cache
def one_of_each() -> tuple[str, ...]:
    """A thing of every concept: the one that most points to or is pointed to, and the first."""
    found = []
    for concept in CONCEPTS:
        things = sorted({str(s) for s in data().subjects() if str(s).startswith(ID[f"{concept}/"])})
        found += [things[0], max(things, key=lambda thing: len(list(data()[:: URIRef(thing)])))]
    return tuple(dict.fromkeys(thing.removeprefix(ID) for thing in found))


def test_a_thing_leads_to_the_document_about_it_and_the_document_to_the_thing(
    client: FlaskClient,
) -> None:
    ahead = client.get(f"/id/{PERSON}?lang=en&known_on=2021-02-19")
    assert ahead.status_code == 303
    assert ahead.headers["Location"] == f"/res/{PERSON}?lang=en&known_on=2021-02-19"
    assert ahead.headers["Link"] == f'</res/{PERSON}>; rel="describedby"'

    document = client.get(ahead.headers["Location"])
    assert document.status_code == 200
    links = document.headers["Link"].split(", ")
    assert f'<{ID[PERSON]}>; rel="describes"' in links
    for each in FORMATS:
        address = f"/res/{PERSON}.{each.suffix}?known_on=2021-02-19"
        assert f'<{address}>; rel="alternate"; type="{each.media_type}"' in links
        assert client.get(address).mimetype == each.media_type
    assert {"Accept", "Accept-Language"} <= set(document.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/*", "text/turtle"),
        ("application/*", "application/ld+json"),
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("text/turtle;q=0.3, application/rdf+xml;q=0.8", "application/rdf+xml"),
        ("text/turtle;q=0, */*;q=0.1", "application/ld+json"),
        ("TEXT/TURTLE", "text/turtle"),
        ("application/ld+json;profile=x", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/n-quads", "application/n-quads"),
        ("application/trig, text/html;q=0.9", "application/trig"),
        ("application/n-triples;q=0.9, text/html;q=0.8, image/png", "application/n-triples"),
    ],
)
def test_the_client_gets_what_it_likes_best(
    client: FlaskClient, accept: str | None, given: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    assert client.get(f"/res/{BODY}", headers=headers).mimetype == given


def test_a_client_that_takes_none_of_the_formats_is_told_which_there_are(
    client: FlaskClient,
) -> None:
    told = client.get(f"/res/{BODY}", headers={"Accept": "image/png"})
    assert (told.status_code, told.mimetype) == (406, "application/problem+json")
    assert "text/turtle" in json.loads(told.get_data())["detail"]


def test_an_ending_decides_whatever_the_client_likes(client: FlaskClient) -> None:
    found = client.get(f"/res/{BODY}.ttl", headers={"Accept": BROWSER})
    assert found.mimetype == "text/turtle"


@pytest.mark.parametrize("suffix", PARSERS)
@pytest.mark.parametrize("name", [BODY, PERSON, MINUTES])
def test_every_format_holds_the_same_statements(
    client: FlaskClient, name: str, suffix: str
) -> None:
    assert set(document(client, name, suffix)) == set(document(client, name))


@pytest.mark.parametrize("name", one_of_each())
def test_a_document_holds_all_about_the_thing(client: FlaskClient, name: str) -> None:
    found, thing = document(client, name), ID[name]
    told = {thing, *(s for p in TELLING for s in data().subjects(p, thing))}
    assert set(data().triples((thing, None, None))) <= set(found)
    for node in told:
        assert set(data().triples((node, None, None))) <= set(found), node
        for evidence in data().objects(node, PROV.wasDerivedFrom):
            assert (evidence, SMV.locator, None) in found
            for selector in data().objects(evidence, OA.hasSelector):
                assert (selector, OA.start, None) in found
        for period in data().objects(node, SMV.attestedIn):
            assert (period, SMV.edtf, None) in found


@pytest.mark.parametrize("name", one_of_each())
def test_what_a_document_points_to_has_its_label_there(client: FlaskClient, name: str) -> None:
    found = document(client, name)
    everywhere = graph_of(*DATA_FILES, SCHEMES_FILE)
    assert not [node for triple in found for node in triple if isinstance(node, BNode)]
    for _thing, predicate, value in found.triples((ID[name], None, None)):
        for label in everywhere.objects(value, SKOS.prefLabel):
            if predicate != RDF.type and isinstance(value, URIRef):
                assert (value, SKOS.prefLabel, label) in found


def test_nothing_is_told_that_the_graph_does_not_say(client: FlaskClient) -> None:
    everything = set(graph_of(*ALL_FILES))
    for name in one_of_each():
        assert set(document(client, name)) <= everything


def test_the_graph_of_a_statement_is_the_source_that_makes_it(client: FlaskClient) -> None:
    body = client.get(f"/res/{BODY}.nq").get_data()
    files = {str(ID[f"source/{path.stem}"]): path for path in DATA_FILES}
    graphs: dict[str, set[object]] = {}
    for subject, predicate, value, graph in (
        rdflib.Dataset().parse(data=body, format="nquads").quads()
    ):
        graphs.setdefault(str(graph), set()).add((subject, predicate, value))
    sources = graphs.keys() & files.keys()
    assert str(ID[MINUTES]) in sources
    for source in sources:
        assert graphs[source] <= set(graph_of(files[source]))
    assert graphs.keys() - sources == {str(ID["graph/identity"]), str(ID["graph/schemes"])}


def test_a_document_as_known_on_a_day_has_nothing_of_later_sources(client: FlaskClient) -> None:
    body = client.get(f"/res/{BODY}.nq?known_on=2021-02-19").get_data().decode()
    assert MINUTES in body
    assert "aterrapport-2025" not in body
    assert "2025-2028" not in body
    before = document(client, BODY, known_on="2020-01-01")
    assert (ID[BODY], SKOS.prefLabel, None) in before
    assert not list(before.subjects(ORG.organization, ID[BODY]))


def test_a_thing_that_no_source_knew_of_is_not_there_on_that_day(client: FlaskClient) -> None:
    name = next(name for name in one_of_each() if name.startswith("membership/"))
    assert client.get(f"/res/{name}.ttl").status_code == 200
    assert client.get(f"/res/{name}.ttl?known_on=2000-01-01").status_code == 404
    assert client.get(f"/res/{name}.html?known_on=2000-01-01").status_code == 404


def test_an_unchanged_document_is_not_sent_again(client: FlaskClient) -> None:
    tags = set()
    for suffix in [*PARSERS, "html"]:
        first = client.get(f"/res/{PERSON}.{suffix}?on_date=2024-05-01")
        tags.add(first.headers["ETag"])
        again = client.get(
            f"/res/{PERSON}.{suffix}?on_date=2024-05-01",
            headers={"If-None-Match": first.headers["ETag"]},
        )
        assert (again.status_code, again.get_data()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "alternate" in again.headers["Link"]
    assert len(tags) == len(PARSERS) + 1
    other = client.get(f"/res/{BODY}.ttl", headers={"If-None-Match": ", ".join(tags)})
    assert other.status_code == 200


def test_asking_for_the_head_gives_the_head(client: FlaskClient) -> None:
    head, whole = client.head(f"/res/{PERSON}.ttl"), client.get(f"/res/{PERSON}.ttl")
    assert head.get_data() == b""
    for name in ("ETag", "Link", "Content-Type", "Content-Length"):
        assert head.headers[name] == whole.headers[name]


def test_the_page_points_to_the_data_in_its_head(client: FlaskClient) -> None:
    page = client.get(f"/res/{PERSON}.html?known_on=2021-02-19").get_data(as_text=True)
    head = page.partition("</head>")[0]
    for each in FORMATS:
        assert f'href="/res/{PERSON}.{each.suffix}?known_on=2021-02-19"' in head


@pytest.mark.parametrize("base", ["id", "res"])
@pytest.mark.parametrize(
    "name", ["person/nobody", "nothing/x", "graph/nothing", "person/../x", "person/A", "person/%00"]
)
def test_an_address_that_was_never_given_is_not_found(
    client: FlaskClient, base: str, name: str
) -> None:
    told = client.get(f"/{base}/{name}")
    assert (told.status_code, told.mimetype) == (404, "application/problem+json")


def test_the_graphs_of_the_house_lead_to_what_describes_them(client: FlaskClient) -> None:
    for graph in ("identity", "schemes", "vocabulary", "shapes"):
        ahead = client.get(f"/id/graph/{graph}")
        assert ahead.status_code == 303
        assert client.get(ahead.headers["Location"]).status_code == 200


@pytest.mark.parametrize("name", one_of_each())
def test_tidy_json_says_what_turtle_says_to_every_reader(client: FlaskClient, name: str) -> None:
    body = client.get(f"/res/{name}.jsonld").get_data(as_text=True)
    plain = client.get(f"/res/{name}.nt").get_data()
    assert read(body.encode(), "jsonld").isomorphic(read(plain, "nt"))
    ours = {str(quad.triple) for quad in pyoxigraph.parse(body, pyoxigraph.RdfFormat.JSON_LD)}
    assert ours == {
        str(quad.triple) for quad in pyoxigraph.parse(plain, pyoxigraph.RdfFormat.N_TRIPLES)
    }


def test_tidy_json_is_tidy(client: FlaskClient) -> None:
    found = client.get(f"/res/{PERSON}.json").get_json()
    assert list(found)[:3] == ["@context", "id", "type"]
    assert found["id"] == str(ID[PERSON])
    assert found["type"] == "Person"
    assert found["prefLabel"] == {"sv": "Håkan Wittgren"}
    membership = next(node for node in found["included"] if node.get("type") == "Membership")
    assert membership["member"] == found["id"]
    assert membership["status"] == "smv:status/attested"
    assert membership["title"] == {"sv": ["representant"]}
    ids = {node["id"] for node in found["included"]}
    assert {membership["status"], membership["role"], membership["organization"]} <= ids
    assert isinstance(membership["evidence"], list)
    assert not [key for node in found["included"] for key in node if ":" in key]


def test_the_context_is_served_and_means_the_same_as_the_part_in_a_document(
    client: FlaskClient,
) -> None:
    response = client.get("/def/context.jsonld")
    assert response.mimetype == "application/ld+json"
    whole = response.get_json(force=True)
    found = client.get(f"/res/{BODY}.jsonld").get_json(force=True)
    assert found["@context"].items() <= whole["@context"].items()
    given = {**found, "@context": whole["@context"]}
    assert set(read(json.dumps(given).encode(), "jsonld")) == set(document(client, BODY))


def test_every_property_and_class_of_the_data_has_a_short_name_in_the_context(
    client: FlaskClient,
) -> None:
    terms = client.get("/def/context.jsonld").get_json(force=True)["@context"]

    def iri_of(definition: object) -> str:
        compact = definition["@id"] if isinstance(definition, dict) else definition
        prefix, _colon, local = str(compact).partition(":")
        return f"{terms[prefix]}{local}" if prefix in terms else str(compact)

    named = {iri_of(value) for key, value in terms.items() if not key.startswith("@")}
    used = {node for node in data().predicates() if node != RDF.type}
    assert {str(node) for node in used} <= named
    classes = {node for node in data().objects(None, RDF.type) if not str(node).startswith(SMV)}
    # These are told with a prefix: beside them stands a class of the house's own.
    assert {str(node) for node in classes} - named <= {str(PROV.Entity), str(PROV.Plan)}


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
VALUES = st.one_of(
    st.builds(pyoxigraph.Literal, TEXT),
    st.builds(
        lambda text, code: pyoxigraph.Literal(text, language=code),
        TEXT,
        st.sampled_from(["sv", "en", "fi"]),
    ),
    st.builds(pyoxigraph.Literal, st.booleans()),
    st.builds(pyoxigraph.Literal, st.integers(-(1 << 60), 1 << 60)),
    st.sampled_from(["2021-02-19", "0001-01-01"]).map(
        lambda day: pyoxigraph.Literal(day, datatype=pyoxigraph.NamedNode(str(rdflib.XSD.date)))
    ),
    st.sampled_from(["role/chair", "role", "status", "Activity", "", "a/b"]).map(
        lambda end: pyoxigraph.NamedNode(SMV + end)
    ),
    st.sampled_from(["person/x", "organization/y"]).map(lambda end: pyoxigraph.NamedNode(ID + end)),
)
PROPERTIES = st.sampled_from(
    [
        *(
            "skos:prefLabel",
            "skos:altLabel",
            "rdfs:comment",
            "org:role",
            "org:member",
            "smv:status",
        ),
        *("smv:title", "dcterms:title", "dcterms:issued", "smv:year", "oa:start", "smv:party"),
        *("smv:unnamedHolder", "prov:wasDerivedFrom", "skos:inScheme", "rdf:value", "dcat:theme"),
    ]
)


@given(st.lists(st.tuples(PROPERTIES, VALUES), max_size=12))
def test_any_statement_survives_tidying(statements: list[tuple[str, pyoxigraph.Literal]]) -> None:
    thing = pyoxigraph.NamedNode(ID + "person/z")
    triples = {pyoxigraph.Triple(thing, term(name), value) for name, value in statements}
    body = context().tidied(triples, thing.value)
    found = {quad.triple for quad in pyoxigraph.parse(body, pyoxigraph.RdfFormat.JSON_LD)}
    assert found == triples


@cache
def context() -> jsonld.Context:
    return jsonld.load(content.find())


def test_rdflib_reads_a_thing_from_its_address(service: str) -> None:
    """A foreign client that knows nothing of us: it asks for RDF and follows the redirect."""
    graph = rdflib.Graph().parse(f"{service}/id/{BODY}")
    assert (ID[BODY], SKOS.prefLabel, None) in graph
    for suffix in ("ttl", "nt", "rdf", "jsonld"):
        again = rdflib.Graph().parse(f"{service}/res/{BODY}.{suffix}")
        assert set(again) == set(graph)


def test_addresses_in_documents_do_not_depend_on_what_the_client_calls_us(service: str) -> None:
    request = urllib.request.Request(f"{service}/res/{BODY}.jsonld", headers={"Host": "a.example"})
    with urllib.request.urlopen(request, timeout=30) as response:
        assert b"a.example" not in response.read()


def test_all_is_described_in_the_same_bytes_each_time(known: Knowledge) -> None:
    thing = str(ID[BODY])
    for each in (JSON_LD, N_TRIPLES, *FORMATS):
        quads = description.described(known, thing)
        bodies = {formats.serialised(order, each) for order in (quads, quads[::-1])}
        assert len(bodies) == 1
