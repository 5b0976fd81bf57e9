"""The dataset for portals, crawlers and other tools: DCAT-AP-SE, VoID, examples, files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SH, VOID, BNode, Literal, URIRef

import small
from graphs import DATA_FILES, SCHEMES_FILE, SOURCE_FILES, graph_of
from samverkan import content, dcat
from samverkan.errors import ContentError
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.site import Site
from samverkan.web import Settings, create_app
from samverkan.web import dataset as dataset_

PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "json": "json-ld"}
DOCUMENTS = ["/catalog", "/.well-known/void", "/.well-known/sparql-examples"]
HERE = "http://localhost/"
CATALOG, DATASET = (URIRef(f"{HERE}catalog#{part}") for part in ("catalog", "dataset"))
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
SCHEMA = rdflib.Namespace("https://schema.org/")

PROFILES = Path(__file__).parent / "profiles"
PROFILE = PROFILES / "dcat-ap-se.ttl"
EXAMPLES = PROFILES / "sparql-examples.ttl"
OFFICE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
<#catalog> dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .
<#dataset> dcterms:title "Rådets data"@sv ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
<#publisher> foaf:name "Kommunalförbundet Mitt"@sv ;
    dcterms:type <http://purl.org/adms/publishertype/LocalAuthority> .
<#contact> vcard:fn "Kansliet"@sv ; vcard:hasEmail <mailto:kansliet@example.org> .
"""


def read(client: FlaskClient, path: str, suffix: str = "ttl") -> rdflib.Graph:
    response = client.get(f"{path}.{suffix}")
    assert response.status_code == 200
    return rdflib.Graph().parse(data=response.get_data(), format=PARSERS[suffix])


def broken(graph: rdflib.Graph, shapes: Path) -> str:
    """What SHACL finds wrong, as text; nothing where all is well."""
    conforms, _report, text = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(shapes))
    return "" if conforms else text


def served(folder: Path, said: str | None) -> FlaskClient:
    """A client of a service on a small content, with what the office says of it."""
    small.write(folder, [small.Source(2024).says("anna"), small.Source(2022).says("bo")])
    if said is not None:
        (folder / "data" / "catalog.ttl").write_text(said, encoding="utf-8")
    app = create_app(Settings(folder, Limits(workers=1)))
    app.extensions["samverkan"].adhoc.close()
    return app.test_client()


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("suffix", PARSERS)
def test_each_document_says_the_same_in_every_format(
    client: FlaskClient, path: str, suffix: str
) -> None:
    found = read(client, path, suffix)
    assert set(found) == set(read(client, path, "nt"))
    assert not [node for node in found.all_nodes() if isinstance(node, BNode)]


@pytest.mark.parametrize("path", [*DOCUMENTS, "/data"])
def test_each_document_is_negotiated_and_says_where_the_others_are(
    client: FlaskClient, path: str
) -> None:
    for media_type in ("text/turtle", "application/ld+json"):
        response = client.get(path, headers={"Accept": f"{media_type}, */*;q=0.1"})
        assert (response.status_code, response.mimetype) == (200, media_type)
        assert f'type="{media_type}"' in response.headers["Link"]
        again = client.get(
            path, headers={"Accept": media_type, "If-None-Match": response.headers["ETag"]}
        )
        assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize(
    ("path", "page"),
    [("/.well-known/void", "/catalog"), ("/.well-known/sparql-examples", "/queries")],
)
def test_people_are_led_to_the_page_that_says_the_same(
    client: FlaskClient, path: str, page: str
) -> None:
    ahead = client.get(path, headers={"Accept": "text/html"})
    assert (ahead.status_code, ahead.headers["Location"]) == (303, page)


def test_the_bundled_catalogue_is_what_the_profile_demands(client: FlaskClient) -> None:
    found = read(client, "/catalog", "rdf")
    assert broken(found, PROFILE) == ""
    for title in (DCTERMS.title, DCTERMS.description):
        for part in (CATALOG, DATASET):
            assert {each.language for each in found.objects(part, title)} == {"sv", "en"}  # type: ignore[attr-defined]


def test_nobody_who_has_not_given_the_data_out_is_said_to_have(client: FlaskClient) -> None:
    found = read(client, "/catalog")
    publishers = {str(name) for name in found.objects(None, FOAF.name)}
    assert publishers == {"Projektet samverkan", "The samverkan project"}
    assert not list(found.objects(None, DCAT.contactPoint))


def test_every_address_in_the_catalogue_answers(client: FlaskClient) -> None:
    found = read(client, "/catalog")
    for predicate in (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.landingPage):
        for address in found.objects(None, predicate):
            path = str(address).removeprefix(HERE)
            query = "?query=ASK%7B%7D" if path == "sparql" else ""
            assert client.get(f"/{path}{query}").status_code == 200, address


def test_each_file_is_described_by_its_media_type(client: FlaskClient) -> None:
    found = read(client, "/catalog")
    files = {
        str(found.value(each, DCAT.downloadURL)): str(found.value(each, DCTERMS["format"]))
        for each in found.subjects(RDF.type, DCAT.Distribution)
        if (each, DCAT.downloadURL, None) in found
    }
    assert {path.rpartition(".")[2] for path in files} == {"trig", "nq", "jsonld", "ttl"}
    for address, media_type in files.items():
        assert client.get(address).mimetype == media_type


def test_the_days_are_those_of_the_sources(client: FlaskClient, known: Knowledge) -> None:
    found = read(client, "/catalog")
    newest = known.dataset.sources[-1].issued.isoformat()
    assert str(found.value(DATASET, DCTERMS.modified)) == newest


def test_an_office_says_who_it_is_and_under_which_terms(tmp_path: Path) -> None:
    found = read(served(tmp_path, OFFICE), "/catalog")
    assert broken(found, PROFILE) == ""
    titles = {str(title) for title in found.objects(DATASET, DCTERMS.title)}
    assert titles == {"Rådets data"}
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    for each in found.subjects(RDF.type, DCAT.Distribution):
        assert found.value(each, DCTERMS.license) == licence
    contact = found.value(DATASET, DCAT.contactPoint)
    assert (contact, VCARD.fn, Literal("Kansliet", lang="sv")) in found


def test_what_nobody_said_is_missing_and_is_told_as_missing(tmp_path: Path) -> None:
    client = served(tmp_path, None)
    found = read(client, "/catalog")
    assert not list(found.objects(None, DCTERMS.publisher))
    assert not list(found.objects(None, DCTERMS.license))
    assert "publisher" in broken(found, PROFILE)
    page = client.get("/catalog?lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    told = re.findall(r"&lt;#(\w+)&gt; ([\w:]+)", page)
    assert set(told) == {
        ("catalog", "dcterms:publisher"),
        ("catalog", "dcterms:license"),
        ("dataset", "dcterms:publisher"),
        ("publisher", "foaf:name"),
        ("publisher", "dcterms:type"),
    }


def test_the_page_of_the_bundled_catalogue_has_nothing_to_ask_for(client: FlaskClient) -> None:
    for code, title in (("sv", "Vem som företräder vem"), ("en", "Who represents whom")):
        page = client.get(f"/catalog?lang={code}", headers={"Accept": "text/html"})
        text = page.get_data(as_text=True)
        assert title in text
        assert "&lt;#" not in text


def test_a_catalogue_that_is_no_turtle_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"catalog\.ttl, line 2"):
        served(tmp_path, "@prefix a: <x:> .\n<#dataset> a:b .\n")


def test_a_part_of_the_catalogue_may_have_nodes_without_names(tmp_path: Path) -> None:
    said = OFFICE + '<#contact> vcard:hasAddress [ vcard:locality "Staden" ] .\n'
    client = served(tmp_path, said)
    for suffix in PARSERS:
        assert read(client, "/catalog", suffix).isomorphic(read(client, "/catalog"))


@pytest.mark.parametrize("host", ["data.example.org", "data.example.org:8443", "[::1]:8000"])
def test_addresses_are_those_that_the_client_called(client: FlaskClient, host: str) -> None:
    body = client.get("/catalog.nt", headers={"Host": host}).get_data(as_text=True)
    assert f"<http://{host}/catalog#dataset>" in body
    assert "localhost" not in body


@pytest.mark.parametrize("host", ['x"><script>', "a b", "a/b", "x\\y", "ex ample.org", "<x>", "@"])
@pytest.mark.parametrize("path", [*DOCUMENTS, "/data.trig"])
def test_a_host_that_is_none_is_refused(client: FlaskClient, path: str, host: str) -> None:
    told = client.get(path, headers={"Host": host})
    assert told.status_code == 400
    assert host not in told.get_data(as_text=True)


def test_whoever_runs_the_service_says_where_it_is(tmp_path: Path) -> None:
    client = served(tmp_path, OFFICE)
    client.application.config["PUBLIC_URL"] = "https://data.example.org"
    for path in DOCUMENTS:
        body = client.get(f"{path}.nt", headers={"Host": "evil.example"}).get_data(as_text=True)
        assert "<https://data.example.org/sparql>" in body
        assert "evil.example" not in body


def counted() -> rdflib.Graph:
    return graph_of(*DATA_FILES, SCHEMES_FILE)


def test_void_counts_what_is_there(client: FlaskClient) -> None:
    found, there = read(client, "/.well-known/void"), counted()
    numbers = {
        VOID.triples: len(there),
        VOID.distinctSubjects: len(set(there.subjects())),
        VOID.distinctObjects: len(set(there.objects())),
        VOID.entities: len({s for s in there.subjects() if "/samverkan/id/" in str(s)}),
        VOID.properties: len(set(there.predicates())),
        VOID.classes: len(set(there.objects(None, RDF.type))),
    }
    assert {name: found.value(DATASET, name) for name in numbers} == {
        name: Literal(number) for name, number in numbers.items()
    }


def test_void_counts_each_class_and_property(client: FlaskClient) -> None:
    found, there = read(client, "/.well-known/void"), counted()
    classes = {
        found.value(part, VOID["class"]): found.value(part, VOID.entities)
        for part in found.objects(DATASET, VOID.classPartition)
    }
    assert classes == {k: Literal(n) for k, n in Counter(there.objects(None, RDF.type)).items()}
    properties = {
        found.value(part, VOID.property): found.value(part, VOID.triples)
        for part in found.objects(DATASET, VOID.propertyPartition)
    }
    assert properties == {k: Literal(n) for k, n in Counter(there.predicates()).items()}


def test_void_has_a_subset_for_each_source_with_its_day(
    client: FlaskClient, known: Knowledge
) -> None:
    found = read(client, "/.well-known/void")
    issued = {
        str(found.value(part, DCTERMS.source)): str(found.value(part, DCTERMS.issued))
        for part in found.objects(DATASET, VOID.subset)
        if (part, DCTERMS.source, None) in found
    }
    assert issued == {each.iri: each.issued.isoformat() for each in known.dataset.sources}
    for path in SOURCE_FILES:
        part = URIRef(f"{HERE}.well-known/void#source-{path.stem}")
        assert found.value(part, VOID.triples) == Literal(len(graph_of(path)))


def test_void_leads_to_examples_files_the_endpoint_and_the_catalogue(client: FlaskClient) -> None:
    found = read(client, "/.well-known/void")
    examples = list(found.objects(DATASET, VOID.exampleResource))
    assert len(examples) > 15
    for iri in examples:
        path = str(iri).removeprefix("https://w3id.org/samverkan")
        assert client.get(path, follow_redirects=True).status_code == 200
    assert found.value(DATASET, VOID.sparqlEndpoint) == URIRef(f"{HERE}sparql")
    assert len(list(found.objects(DATASET, VOID.dataDump))) == 4
    assert (DATASET, RDF.type, DCAT.Dataset) in read(client, "/catalog")
    used = {str(space) for space in found.objects(DATASET, VOID.vocabulary)}
    assert {"http://www.w3.org/ns/org#", "https://w3id.org/samverkan/def/"} <= used


def test_every_named_query_is_an_example_that_tools_can_read(
    client: FlaskClient, known: Knowledge
) -> None:
    found = read(client, "/.well-known/sparql-examples")
    assert broken(found, EXAMPLES) == ""
    there = {str(each).rpartition("#")[2] for each in found.subjects(RDF.type, SH.SPARQLExecutable)}
    assert there == {query.name for query in known.catalogue}
    for each in found.subjects(RDF.type, SH.SPARQLExecutable):
        languages = {text.language for text in found.objects(each, RDFS.comment)}  # type: ignore[attr-defined]
        assert languages == {"sv", "en"}
        assert str(found.value(each, SCHEMA.target)) == f"{HERE}sparql"


def test_every_example_runs_at_the_endpoint_as_it_stands(client: FlaskClient) -> None:
    found = read(client, "/.well-known/sparql-examples")
    forms = {SH.select: SH.SPARQLSelectExecutable, SH.construct: SH.SPARQLConstructExecutable}
    ran = 0
    for form, kind in forms.items():
        for example, text in found.subject_objects(form):
            assert (example, RDF.type, kind) in found
            response = client.get(f"/sparql?{urlencode({'query': str(text)})}")
            assert response.status_code == 200, (example, response.get_data())
            assert response.get_data().strip(), example
            ran += 1
    assert ran == len(list(found.subjects(RDF.type, SH.SPARQLExecutable)))


def test_the_examples_are_of_things_that_the_graph_has(tmp_path: Path) -> None:
    found = read(served(tmp_path, None), "/.well-known/sparql-examples")
    names = {str(each).rpartition("#")[2] for each in found.subjects(RDF.type, SH.SPARQLExecutable)}
    assert {"representatives", "roles", "description", "sources"} <= names
    example = URIRef(f"{HERE}.well-known/sparql-examples#representatives")
    assert "mellansverige" not in str(found.value(example, SH.select))


def test_the_prefixes_of_the_examples_are_those_of_the_house(client: FlaskClient) -> None:
    found = read(client, "/.well-known/sparql-examples")
    declared = {
        str(found.value(each, SH.prefix)): str(found.value(each, SH.namespace))
        for each in found.objects(None, SH.declare)
    }
    assert declared["smv"] == "https://w3id.org/samverkan/def/"
    assert declared["org"] == "http://www.w3.org/ns/org#"


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld", "ttl"])
def test_a_file_of_all_data_is_what_the_command_writes(client: FlaskClient, suffix: str) -> None:
    command = [sys.executable, "-m", "samverkan", "export", "--format", suffix]
    written = subprocess.run(command, capture_output=True, check=True).stdout
    response = client.get(f"/data.{suffix}")
    assert response.get_data() == written
    head = client.head(f"/data.{suffix}")
    assert head.headers["Content-Length"] == str(len(written))
    part = client.get(f"/data.{suffix}", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.get_data()) == (206, written[10:20])


def test_whoever_would_wait_long_for_a_file_is_asked_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = served(tmp_path, None)
    monkeypatch.setattr(dataset_, "_SECONDS_OF_WAITING", 0.01)
    with client.application.extensions["samverkan.dataset"].lock:
        for path in ("/data.nq", "/.well-known/void"):
            told = client.get(path)
            assert (told.status_code, told.headers["Retry-After"]) == (503, "1")
    assert client.get("/data.nq").status_code == 200


def test_the_whole_dataset_is_negotiated(client: FlaskClient) -> None:
    assert client.get("/data").mimetype == "application/trig"
    assert client.get("/data", headers={"Accept": "application/n-quads"}).mimetype == (
        "application/n-quads"
    )
    assert client.get("/data.exe").status_code == 404


def test_crawlers_find_everything_over_a_real_connection(service: str) -> None:
    catalog = rdflib.Graph().parse(f"{service}/catalog")
    (dataset,) = catalog.subjects(RDF.type, DCAT.Dataset)
    void = rdflib.Graph().parse(f"{service}/.well-known/void")
    assert (dataset, VOID.triples, None) in void
    examples = rdflib.Graph().parse(f"{service}/.well-known/sparql-examples")
    assert str(dataset) == f"{service}/catalog#dataset"
    assert {str(target) for target in examples.objects(None, SCHEMA.target)} == {
        f"{service}/sparql"
    }
    dump = rdflib.Graph().parse(f"{service}/data.ttl")
    assert Literal(len(dump)) == void.value(dataset, VOID.triples)


def test_the_bundled_file_says_nothing_that_the_service_knows_better() -> None:
    found = content.find()
    said = rdflib.Graph().parse(found.catalog, publicID=Site(HERE).catalog)
    assert not list(said.subject_objects(DCAT.distribution))
    assert not list(said.subject_objects(DCTERMS.modified))
    assert dcat.read(found)
    assert json.dumps(sorted(str(node).partition("#")[2] for node in set(said.subjects()))) == (
        '["catalog", "dataset", "publisher"]'
    )
