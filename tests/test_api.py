"""The catalogue as an API: pages of rows, formats, links, errors."""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from samverkan import tables
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.sparql import Wanted
from samverkan.tables import Page
from samverkan.web import Settings, create_app
from small import Source, write

PAGE = {"Accept": "text/html"}
FORMULA = '=HYPERLINK("http://example.org";"x")'
_LINK = re.compile(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?')


def links(header: str) -> dict[str, str]:
    """The addresses by relation, those of other formats by their type."""
    found = _LINK.findall(header)
    return {type_ if rel == "alternate" else rel: address for address, rel, type_ in found}


def rows_of(body: bytes, suffix: str) -> list[dict[str, str]]:
    """The rows of a result in any format, values as text."""
    text = body.decode("utf-8-sig")
    if suffix == "csv":
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    if suffix == "json":
        found = json.loads(text)
        names = found["head"]["vars"]
        return [
            {name: row.get(name, {}).get("value", "") for name in names}
            for row in found["results"]["bindings"]
        ]
    space = "{http://www.w3.org/2005/sparql-results#}"
    document = ET.fromstring(text)
    names = [str(each.get("name")) for each in document.iter(f"{space}variable")]
    return [
        dict.fromkeys(names, "") | {str(b.get("name")): b[0].text or "" for b in result}
        for result in document.iter(f"{space}result")
    ]


def problem(client: FlaskClient, address: str, status: int = 400) -> Any:
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    return response.get_json()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a service whose graph holds a formula as a title."""
    folder = tmp_path_factory.mktemp("hostile")
    escaped = FORMULA.replace('"', '\\"')
    write(folder, [Source(2021).says("anna", title=escaped), Source(2020).says("bo", title="-5")])
    app = create_app(Settings(folder, Limits(workers=1, seconds=5)))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


@pytest.mark.parametrize("suffix", ["csv", "json", "xml"])
def test_a_page_is_the_same_rows_in_every_format(client: FlaskClient, suffix: str) -> None:
    whole = rows_of(client.get("/queries/relations.json").data, "json")
    response = client.get(f"/queries/relations.{suffix}?limit=7&offset=10")
    assert rows_of(response.data, suffix) == whole[10:17]
    assert response.headers["X-Total-Count"] == str(len(whole))


def test_a_page_of_tsv_is_lines_of_the_whole(client: FlaskClient) -> None:
    whole = client.get("/queries/relations.tsv").data.splitlines()
    page = client.get("/queries/relations.tsv?limit=7&offset=10").data.splitlines()
    assert page == [whole[0], *whole[11:18]]


@pytest.mark.parametrize("name", ["bodies", "decisions", "meetings", "glossary", "stats"])
def test_all_pages_together_are_the_whole(client: FlaskClient, name: str) -> None:
    whole = rows_of(client.get(f"/queries/{name}.csv").data, "csv")
    found: list[dict[str, str]] = []
    address: str | None = f"/queries/{name}.csv?limit=9"
    while address:
        response = client.get(address)
        found += rows_of(response.data, "csv")
        address = links(response.headers["Link"]).get("next")
    assert found == whole


def test_pages_are_walked_over_a_connection_in_both_directions(service: str) -> None:
    def step(address: str) -> tuple[bytes, dict[str, str]]:
        with urllib.request.urlopen(f"{service}{address}", timeout=30) as response:
            return response.read(), links(response.headers["Link"])

    first = "/queries/sources.csv?held=true&limit=3"
    body, there = step(first)
    assert "prev" not in there
    seen = [body]
    while "next" in there:
        body, there = step(there["next"])
        seen.append(body)
    assert step(there["last"])[0] == seen[-1]
    assert [len(rows_of(each, "csv")) for each in seen] == [3, 3, 1]
    for before in reversed(seen[:-1]):
        body, there = step(there["prev"])
        assert body == before
    assert step(there["first"])[0] == seen[0]
    assert "prev" not in there


@given(st.integers(1, 50), st.integers(0, 200), st.integers(0, 120))
def test_the_steps_from_a_page_lead_where_they_say(limit: int, offset: int, total: int) -> None:
    steps = Page(limit, offset).steps(total)
    assert steps["first"] == Page(limit, 0)
    assert ("next" in steps) == (offset + limit < total)
    assert ("prev" in steps) == (offset > 0)
    if "prev" in steps:
        assert 0 <= steps["prev"].offset < offset
        assert steps["prev"].offset < max(total, 1)
    last = steps["last"].offset
    assert last % limit == 0
    assert max(total - limit, 0) <= last < max(total, 1)
    assert Page(None, offset).steps(total) == {}


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=-1", "limit"),
        ("limit=tio", "limit"),
        ("limit=1.5", "limit"),
        ("limit=٣", "limit"),
        ("offset=-1", "offset"),
        ("offset=9999999999", "offset"),
        ("bom=ja", "bom"),
        ("lang=de", None),
        ("year=tjugo", "year"),
        ("known_on=igår", "known_on"),
        ("yeer=2025", "yeer"),
        ("year=2024&year=2025", "year"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".csv", ".xml"])
def test_a_wrong_value_is_told_with_its_parameter(
    client: FlaskClient, asked: str, parameter: str | None, suffix: str
) -> None:
    told = problem(client, f"/queries/activities{suffix}?{asked}")
    assert told.get("parameter") == parameter
    name = asked.partition("=")[0]
    assert name in told["detail"]


@pytest.mark.parametrize(
    ("address", "status", "choices"),
    [
        ("/queries/bodies.csv?level=hög", 404, ["lokal", "nationell", "regional"]),
        ("/queries/sources.csv?held=kanske", 400, ["true", "false"]),
        ("/queries/bodies.csv?limit=x", 400, ["1", "10000"]),
        ("/queries/activities.csv?yeer=2025", 400, ["year", "plan", "known_on"]),
        ("/queries/representatives.csv", 400, ["body"]),
    ],
)
def test_what_could_have_been_given_is_told(
    client: FlaskClient, address: str, status: int, choices: list[str]
) -> None:
    detail = problem(client, address, status)["detail"]
    assert all(choice in detail for choice in choices)


def test_an_unknown_name_is_told_with_its_parameter_and_the_nearest(client: FlaskClient) -> None:
    told = problem(client, "/queries/representatives.csv?body=Beredningsgrupp+7", 404)
    assert told["parameter"] == "body"
    assert told["nearest"][0]["label"].startswith("Beredningsgrupp 2")


def test_a_graph_has_no_pages(client: FlaskClient) -> None:
    address = "/queries/description.ttl?thing=organization/beredningsgrupp-2-nhv"
    assert problem(client, f"{address}&limit=5")["parameter"] == "limit"
    assert "X-Total-Count" not in client.get(address).headers


def test_links_lead_to_the_same_in_other_formats_and_to_the_description(
    client: FlaskClient,
) -> None:
    asked = "type=region&limit=5"
    response = client.get(f"/queries/bodies.csv?{asked}")
    there = links(response.headers["Link"])
    for type_ in ("text/csv", "text/tab-separated-values", "application/sparql-results+json"):
        other = client.get(there[type_])
        assert other.mimetype == type_
        assert other.headers["X-Total-Count"] == response.headers["X-Total-Count"]
    assert there["service-desc describedby"] == "/openapi.json"
    assert there["service-doc"] == "/docs"
    assert {"Link", "X-Total-Count"} <= set(
        response.headers["Access-Control-Expose-Headers"].split(", ")
    )


def test_what_is_asked_cannot_break_out_of_a_link(client: FlaskClient) -> None:
    asked = urllib.parse.urlencode({"body": 'Ledningsgruppen"', "limit": 1, "lang": "sv"})
    header = client.get(f"/queries/relations.csv?{asked}").headers.get("Link", "")
    for address in links(header).values():
        assert not re.search(r'[<>"\s]', address)


def test_head_has_the_headers_of_get_and_no_body(service: str) -> None:
    address = "/queries/bodies.csv?limit=5"
    of_the_moment = {"date", "x-request-id"}

    def asked(method: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection.request(method, address, headers=headers)
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return response.status, told, response.read()

    with closing(http.client.HTTPConnection(urlsplit(service).netloc, timeout=30)) as connection:
        _status, by_get, whole = asked("GET")
        status, by_head, body = asked("HEAD")
        assert (status, body) == (200, b"")
        assert whole
        assert {k: v for k, v in by_get.items() if k not in of_the_moment} == {
            k: v for k, v in by_head.items() if k not in of_the_moment
        }
        status, _headers, body = asked("GET", **{"If-None-Match": by_get["etag"]})
        assert (status, body) == (304, b"")


def test_csv_is_rfc_4180_and_says_what_json_says(client: FlaskClient, known: Knowledge) -> None:
    for query in known.catalogue:
        if query.gives_a_graph:
            continue
        given = {p.name: p.default for p in query.parameters if p.required and p.default}
        asked = urllib.parse.urlencode(given)
        body = client.get(f"/queries/{query.name}.csv?{asked}").data
        as_json = rows_of(client.get(f"/queries/{query.name}.json?{asked}").data, "json")
        assert body.endswith(b"\r\n")
        assert rows_of(body, "csv") == as_json, query.name


@pytest.mark.parametrize("address", ["/queries/bodies.csv", "/checks.csv"])
def test_a_mark_for_excel_is_there_when_asked_for(client: FlaskClient, address: str) -> None:
    plain = client.get(address).data
    assert client.get(f"{address}?bom=true").data == b"\xef\xbb\xbf" + plain
    assert client.get(f"{address}?bom=false").data == plain


def test_a_formula_in_the_graph_is_text_in_csv_for_people(hostile: FlaskClient) -> None:
    address = "/queries/representatives.{}?body=R%C3%A5det"
    titles = {row["title"] for row in rows_of(hostile.get(address.format("csv")).data, "csv")}
    assert titles == {f"'{FORMULA}", "-5"}
    exact = {row["title"] for row in rows_of(hostile.get(address.format("json")).data, "json")}
    assert exact == {FORMULA, "-5"}


def test_the_csv_of_the_endpoint_is_exact(hostile: FlaskClient) -> None:
    query = "SELECT ?t WHERE { ?m <https://w3id.org/samverkan/def/title> ?t } ORDER BY ?t"
    response = hostile.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    told = [row["t"] for row in rows_of(response.data, "csv")]
    assert told == ["-5", FORMULA]


def test_a_formula_in_a_page_is_escaped(hostile: FlaskClient) -> None:
    page = hostile.get("/queries/representatives?body=R%C3%A5det", headers=PAGE)
    assert b'HYPERLINK("' not in page.data


def test_every_value_that_a_form_offers_is_taken(client: FlaskClient, known: Knowledge) -> None:
    for code in ("sv", "en"):
        for query in known.catalogue:
            address = f"/queries/{query.name}?lang={code}"
            page = client.get(address, headers=PAGE).get_data(as_text=True)
            for name, options in re.findall(r'<select id="(\w+)".*?>(.*?)</select>', page, re.S):
                parameter = query.parameter(name)
                offered = re.findall(r'<option value="([^"]+)"', options)
                assert offered, (query.name, name)
                for value in offered:
                    if parameter.kind:
                        assert known.names.find(value, parameter.kind), value
                    else:
                        assert parameter.term(value)


def test_a_form_keeps_what_was_chosen_by_name_or_iri(client: FlaskClient) -> None:
    for value in ("nationell", "https://w3id.org/samverkan/def/level/national"):
        page = client.get(
            "/queries/bodies", query_string={"level": value, "lang": "sv"}, headers=PAGE
        )
        assert '<option value="nationell" selected>' in page.get_data(as_text=True)
    page = client.get("/queries/bodies", query_string={"level": "hög"}, headers=PAGE)
    assert '<option value="hög" selected>' in page.get_data(as_text=True)


def test_a_page_of_rows_leads_to_the_next_and_keeps_the_rest(client: FlaskClient) -> None:
    page = client.get("/queries/bodies?type=region&limit=3&offset=3&lang=sv", headers=PAGE)
    text = page.get_data(as_text=True)
    assert "Rad 4 till 6 av 7" in text
    assert 'rel="prev"' in text
    assert 'href="/queries/bodies?type=region&amp;lang=sv&amp;limit=3&amp;offset=6"' in text
    assert "/queries/bodies.csv?type=region&amp;limit=3&amp;offset=3" in text


def test_an_empty_value_is_none(client: FlaskClient) -> None:
    plain = client.get("/queries/bodies.csv")
    empty = client.get("/queries/bodies.csv?type=&limit=&offset=&bom=&known_on=&lang=")
    assert (empty.status_code, empty.data) == (200, plain.data)


def test_the_catalogue_tells_what_a_program_needs_to_ask(client: FlaskClient) -> None:
    response = client.get("/queries")
    listed = {each["name"]: each for each in response.get_json()}
    level = next(p for p in listed["bodies"]["parameters"] if p["name"] == "level")
    assert level["choices"] == ["lokal", "nationell", "regional", "sjukvårdsregional"]
    assert level["label"] == {"sv": "nivå", "en": "level"}
    assert client.get(listed["bodies"]["address"]).status_code == 200
    again = client.get("/queries", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_boolean_comes_in_every_format(tmp_path: Path) -> None:
    write(tmp_path, [Source(2021).says("anna")])
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "there.rq").write_text(
        "#+ summary: s\n#+ description: d\n#+ samverkan:\n#+   sv: {summary: s, description: d}\n"
        "ASK WHERE { ?s ?p ?o }\n"
    )
    app = create_app(Settings(tmp_path, Limits(workers=1, seconds=5)))
    try:
        asked = app.test_client()
        for suffix, told in (("json", b'"boolean":true'), ("csv", b"true"), ("tsv", b"true")):
            assert told in asked.get(f"/queries/there.{suffix}").data
        assert asked.get("/queries/there", headers=PAGE).status_code == 200
        assert asked.get("/openapi.json").status_code == 200
    finally:
        app.extensions["samverkan"].adhoc.close()


def test_columns_are_told_without_asking_for_rows(known: Knowledge) -> None:
    for query in known.catalogue:
        names = tables.columns(query)
        assert bool(names) != query.gives_a_graph
        if not any(parameter.required for parameter in query.parameters):
            found = tables.extract(known, known.read(query.name, {}), Wanted())
            assert json.loads(found.result.body)["head"]["vars"] == list(names)
