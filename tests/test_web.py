"""Pages, the question API, the catalogue and linked data over HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest
import rdflib
from flask.testing import FlaskClient

from samverkan import questions
from samverkan.knowledge import Knowledge
from samverkan.namespaces import ID

MAIN = "vem representerar oss i Beredningsgrupp 2"
PAGE = {"Accept": "text/html"}


def test_the_service_answers_over_a_real_connection(service: str, known: Knowledge) -> None:
    address = f"{service}/ask?{urllib.parse.urlencode({'q': MAIN, 'on_date': '2024-05-01'})}"
    with urllib.request.urlopen(address, timeout=30) as response:
        assert response.headers.get_content_type() == "application/json"
        assert json.load(response) == json.loads(
            json.dumps(questions.ask(known, MAIN, on_date="2024-05-01").to_json())
        )


def test_the_query_of_an_answer_can_be_pasted_into_the_endpoint(service: str) -> None:
    for given in ({}, {"known_on": "2020-12-31"}, {"on_date": "2021-02-19"}):
        query = urllib.parse.urlencode({"q": MAIN, **given})
        with urllib.request.urlopen(f"{service}/ask?{query}", timeout=30) as response:
            answer = json.load(response)
        form = urllib.parse.urlencode({"query": answer["sparql"]}).encode()
        with urllib.request.urlopen(f"{service}/sparql", form, timeout=30) as response:
            rows = json.load(response)["results"]["bindings"]
        assert [row["state"]["value"] for row in rows] == [f["state"] for f in answer["findings"]]


def test_a_question_longer_than_an_address_may_be_is_a_clear_4xx(service: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{service}/ask?q={'a' * 100_000}", timeout=30)
    assert 400 <= caught.value.code < 500
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{service}/ask?q={'a' * 5_000}", timeout=30)
    assert caught.value.code == 400
    assert "5000" in json.load(caught.value)["detail"]


def test_csv_gives_what_the_question_gives(client: FlaskClient) -> None:
    answer = client.get("/ask", query_string={"q": MAIN}).get_json()
    body = client.get("/queries/representatives.csv?body=BG2&represents=oss").get_data(as_text=True)
    lines = body.splitlines()
    assert lines[0].startswith("state,person,person_label,")
    assert len(lines) == 1 + len(answer["findings"])
    assert lines[1].startswith("last-known,")
    assert "§ 13" in lines[2]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ask?q=", 400),
        ("/ask", 400),
        ("/ask?q=vem%00", 400),
        (f"/ask?q={'a' * 501}", 400),
        ("/ask?q=x&on_date=2021-99-99", 400),
        ("/ask?q=x&known_on=nu", 400),
        ("/ask?q=x&lang=xx", 400),
        ("/ask?q=x&q=y", 400),
        ("/ask?question=x", 400),
        ("/ask?q=vem+representerar+oss+i+Beredningsgrupp+7", 404),
        ("/ask?q=hej+hopp", 422),
        ("/nowhere", 404),
        ("/queries/nowhere", 404),
        ("/queries/representatives.csv", 400),
        ("/queries/representatives.csv?body=Beredningsgrupp+7", 404),
        ("/queries/representatives.csv?body=BG2&on_date=x", 400),
        ("/queries/representatives.csv?body=BG2&body=RCC", 400),
        ("/queries/representatives.csv?body=http://a/%3E%20b", 404),
        ("/queries/representatives.csv?body=" + ID + "person/hakan-wittgren", 400),
        ("/queries/names?path=", 400),
        ("/queries/representatives?body=BG2&path=", 400),
        ("/queries/representatives.csv?body=" + "a" * 1000, 404),
        ("/id/person/x%0d%0aX-Injected:%201", 404),
        ("/id/a%23b/c", 404),
        ("/res/person/nobody", 404),
        ("/res/person/%3Cb%3E", 404),
        ("/res/person/hakan-wittgren?known_on=x", 400),
    ],
)
def test_wrong_input_is_a_problem_for_tools_and_a_page_for_people(
    client: FlaskClient, address: str, status: int
) -> None:
    told = client.get(address)
    assert (told.status_code, told.mimetype) == (status, "application/problem+json")
    problem = json.loads(told.get_data())
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    page = client.get(address, headers=PAGE)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert "<h1>" in page.get_data(as_text=True)


def test_an_unknown_name_is_a_problem_with_all_members_of_an_answer(client: FlaskClient) -> None:
    told = json.loads(client.get("/ask?q=vem+sitter+i+Beredningsgrupp+7").get_data())
    assert told["state"] == "unknown-name"
    assert told["alternatives"][0]["label"].startswith("Beredningsgrupp 2")


@pytest.mark.parametrize("address", ["/", "/ask?q=vem+är+Ola+Karlsson", "/queries", "/sparql"])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_page_speaks_both_languages(client: FlaskClient, address: str, code: str) -> None:
    joint = "&" if "?" in address else "?"
    page = client.get(f"{address}{joint}lang={code}", headers=PAGE).get_data(as_text=True)
    assert f'<html lang="{code}">' in page
    assert ("Till innehållet" in page) == (code == "sv")


def test_the_page_of_a_swedish_question_is_swedish(client: FlaskClient) -> None:
    page = client.get(
        "/ask", query_string={"q": MAIN}, headers={**PAGE, "Accept-Language": "en"}
    ).get_data(as_text=True)
    assert '<html lang="sv">' in page


@pytest.mark.parametrize(
    "address",
    ["/", "/ask?q=BG2", "/checks.json", "/queries/bodies.csv", "/res/person/ola-karlsson", "/docs"],
)
def test_a_language_that_is_not_spoken_is_refused(client: FlaskClient, address: str) -> None:
    told = client.get(f"{address}{'&' if '?' in address else '?'}lang=de")
    assert (told.status_code, told.mimetype) == (400, "application/problem+json")
    assert "sv, en" in told.get_json()["detail"]


def test_what_was_typed_is_escaped(client: FlaskClient) -> None:
    typed = "<script>alert(1)</script>"
    for address in ("/ask", "/queries/representatives", "/sparql"):
        page = client.get(
            address, query_string={"q": typed, "body": typed, "query": typed}, headers=PAGE
        ).get_data(as_text=True)
        assert "<script" not in page


def test_no_page_asks_another_host_for_anything(client: FlaskClient) -> None:
    for address in ("/", "/ask?q=BG2", "/res/organization/beredningsgrupp-2-nhv", "/sparql"):
        response = client.get(address, headers=PAGE)
        page = response.get_data(as_text=True)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert 'src="http' not in page
        assert 'rel="stylesheet" href="/static/' in page


def test_a_thing_leads_to_the_document_about_it(client: FlaskClient) -> None:
    response = client.get("/id/person/hakan-wittgren?lang=en")
    assert response.status_code == 303
    assert response.headers["Location"] == "/res/person/hakan-wittgren?lang=en"


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_a_document_comes_in_every_format_with_the_same_triples(
    client: FlaskClient, accept: str, parser: str
) -> None:
    address = "/res/organization/beredningsgrupp-2-nhv"
    response = client.get(address, headers={"Accept": accept})
    assert response.mimetype == accept
    assert "Accept" in response.headers["Vary"]
    graph = rdflib.Graph().parse(data=response.get_data(), format=parser)
    plain = client.get(f"{address}.nt").get_data()
    assert set(graph) == set(rdflib.Graph().parse(data=plain, format="nt"))
    body = rdflib.URIRef(ID + "organization/beredningsgrupp-2-nhv")
    assert (body, rdflib.SKOS.prefLabel, None) in graph


def test_a_page_about_a_thing_knows_its_day(client: FlaskClient) -> None:
    address = "/res/organization/beredningsgrupp-2-nhv?lang=sv"
    assert "är senast belagd" in client.get(address, headers=PAGE).get_data(as_text=True)
    on_day = client.get(f"{address}&on_date=2021-02-19", headers=PAGE).get_data(as_text=True)
    assert "är belagd 2021-02-19" in on_day
    not_yet = client.get(f"{address}&known_on=2020-01-01", headers=PAGE).get_data(as_text=True)
    assert "Wittgren" not in not_yet


def test_every_thing_with_a_name_has_a_page(client: FlaskClient, known: Knowledge) -> None:
    things = {row["thing"].value for row in known.ask("names") if row["thing"].value.startswith(ID)}
    assert len(things) > 100
    for iri in sorted(things):
        response = client.get("/res/" + iri.removeprefix(ID), headers=PAGE)
        assert response.status_code == 200, iri


def test_the_catalogue_is_listed_for_tools(client: FlaskClient, known: Knowledge) -> None:
    listed = client.get("/queries").get_json()
    assert [entry["name"] for entry in listed] == [query.name for query in known.catalogue]


def test_an_unchanged_result_is_not_sent_again(client: FlaskClient) -> None:
    address = "/queries/representatives.csv?body=BG2&on_date=2021-02-19"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


def test_health_tells_alive_and_ready(client: FlaskClient, known: Knowledge) -> None:
    assert client.get("/health/live").get_json() == {"status": "live"}
    ready = client.get("/health/ready")
    assert ready.get_json() == {"status": "ready", "version": known.dataset.version}


@pytest.mark.parametrize("address", ["/%5cexample.org", "/%09/example.org", "/ask%3fq=1"])
def test_no_link_of_a_page_leads_to_another_site(client: FlaskClient, address: str) -> None:
    page = client.get(address, headers=PAGE).get_data(as_text=True)
    assert 'href="/\\' not in page
    assert 'href="/\t' not in page
    assert 'href="/%' in page or "/ask%3Fq" in page
