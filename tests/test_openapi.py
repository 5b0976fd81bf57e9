"""/openapi.json says what the service does, all of it, and the service does what it says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from samverkan import openapi
from samverkan.answers import ALL_STATES
from samverkan.knowledge import Knowledge
from samverkan.web import documentation

QUESTIONS = (
    "vem representerar oss i Beredningsgrupp 2",
    "vem sitter i NHV-nämnden",
    "vem är ordförande i Ledningsgruppen",
    "vem är Håkan Wittgren",
    "vem sitter i Regionalt vårdkompetensråd Mellansverige",
    "vem sitter i Upphandlingsgruppen",
    "vem sitter i nämnden",
    "vad är RSG Hälsodata",
    "vilka aktiviteter saknar ansvarig 2025",
    "vem finansierar RBC",
)
# What a body may be called, and what SPARQL may hold, no schema can say: it may be refused.
CHECKS = {"positive_data_acceptance": {"enabled": False}}
EXAMPLES = 8
PAGE = {"Accept": "text/html,*/*;q=0.8"}  # as browsers ask


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get("/openapi.json").get_json()
    return told


def errors_in(document: dict[str, Any], value: Any, schema: str) -> list[str]:
    resource = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    reference = {"$ref": f"urn:document#/components/schemas/{schema}"}
    found = OAS31Validator(reference, registry=registry).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_document_is_openapi_3_1(client: FlaskClient, code: str) -> None:
    told = client.get(f"/openapi.json?lang={code}").get_json()
    assert told["openapi"].startswith("3.1.")
    assert not list(OpenAPIV31SpecValidator(told).iter_errors())


def test_every_address_of_the_service_is_described_and_no_other(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    with client.application.app_context():
        there = set(documentation.routes())
    described = {openapi.template(path) for path in document["paths"]}
    assert described == there


def test_every_method_of_an_address_is_described(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    there: dict[str, set[str]] = {}
    for rule in client.application.url_map.iter_rules():
        path = re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule)
        there.setdefault(path, set()).update(rule.methods or ())
    for path, methods in document["paths"].items():
        assert {m.upper() for m in methods} == there[openapi.template(path)] - {"HEAD", "OPTIONS"}


def test_the_places_of_an_address_are_described_with_their_values(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for told in methods.values():
            taken = told.get("parameters", [])
            in_path = {each["name"]: each for each in taken if each["in"] == "path"}
            assert set(re.findall(r"{(\w+)}", path)) == set(in_path), path
            if "suffix" in in_path:
                schema = in_path["suffix"]["schema"]
                assert in_path["suffix"]["example"] in schema["enum"], path


def test_a_query_is_described_by_its_file(document: dict[str, Any], known: Knowledge) -> None:
    assert {f"/queries/{q.name}" for q in known.catalogue} <= set(document["paths"])
    for query in known.catalogue:
        told = document["paths"][f"/queries/{query.name}"]["get"]
        assert (told["summary"], told["description"]) == (
            query.summaries["en"],
            query.descriptions["en"],
        )
        described = {each["name"]: each for each in told["parameters"]}
        for parameter in query.parameters:
            assert described[parameter.name].get("required", False) == parameter.required
            assert described[parameter.name]["description"]
        assert ("limit" in described) != query.gives_a_graph


def test_a_parameter_is_described_by_what_it_takes(document: dict[str, Any]) -> None:
    def schema(query: str, name: str) -> Any:
        taken = document["paths"][f"/queries/{query}"]["get"]["parameters"]
        return next(each["schema"] for each in taken if each["name"] == name)

    assert schema("representatives", "on_date") == {"type": "string", "format": "date"}
    assert schema("activities", "year")["type"] == "integer"
    assert set(schema("sources", "held")["enum"]) == {"true", "false"}
    assert "national" in schema("bodies", "level")["anyOf"][0]["enum"]


def test_the_document_is_in_swedish_where_that_is_asked_for(client: FlaskClient) -> None:
    told = client.get("/openapi.json?lang=sv").get_json()
    query = told["paths"]["/queries/bodies"]["get"]
    assert query["summary"] == "Organen, efter slag, nivå och livsläge"
    level = next(each for each in query["parameters"] if each["name"] == "level")
    assert level["description"].startswith("Nivå.")
    assert "nationell" in level["schema"]["anyOf"][0]["enum"]


def test_every_answer_has_the_shape_that_is_described(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    seen = set()
    for day in ("2015-01-01", "2021-02-19", "2026-11-25"):
        for question in QUESTIONS:
            told = client.get("/ask", query_string={"q": question, "on_date": day}).get_json()
            assert not errors_in(document, told, "Answer"), question
            seen |= {told["state"], *(finding["state"] for finding in told["findings"])}
    assert {"last-known", "confirmed", "nominated", "before-first", "unnamed"} <= seen
    assert seen <= set(ALL_STATES)


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/ask?q=vem+sitter+i+Beredningsgrupp+7", "NotAnswered"),
        ("/ask?q=hej+hopp", "NotAnswered"),
        ("/ask?q=", "Problem"),
        ("/queries/representatives.csv?body=Beredningsgrupp+7", "Problem"),
        ("/queries/lifecycle.csv?body=nämnden", "Problem"),
        ("/queries/bodies?limit=0", "Problem"),
        ("/nowhere/%5B%00å%5D", "Problem"),
        ("/checks.json?on_date=2026-11-25", "Checks"),
        ("/queries/bodies.json", "SparqlResults"),
        ("/sparql?query=ASK+{}", "SparqlResults"),
    ],
)
def test_other_json_has_the_shape_that_is_described(
    client: FlaskClient, document: dict[str, Any], address: str, schema: str
) -> None:
    told = client.get(address).get_json(force=True)
    assert not errors_in(document, told, schema)


def test_the_catalogue_has_the_shape_that_is_described(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    for told in client.get("/queries").get_json():
        assert not errors_in(document, told, "Query")


def test_whatever_the_document_allows_is_answered_as_the_document_says(client: FlaskClient) -> None:
    """Schemathesis: requests that the document allows and ones that it does not, a few of each.

    No answer is a 5xx that is not described, of an undescribed status, type or shape; nothing that
    the document forbids is accepted. The inputs are the same each time.
    """
    configuration = SchemathesisConfig.from_dict(
        {"checks": CHECKS, "generation": {"deterministic": True, "database": "none"}}
    )
    schema = schemathesis.openapi.from_wsgi(
        "/openapi.json", client.application, config=configuration
    )
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        modes = [GenerationMode.POSITIVE]
        if list(operation.iter_parameters()) or operation.body:
            modes.append(GenerationMode.NEGATIVE)
        cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        @given(case=cases)
        def is_answered_as_described(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate()

        is_answered_as_described()
    assert asked > EXAMPLES * 25


class Forms(HTMLParser):
    """The forms of a page, their fields, and what the page names and refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag == "form":
            self.forms.append(
                {"action": told["action"], "method": told.get("method"), "fields": []}
            )
        if tag == "label":
            self.labels.add(told["for"] or "")
        if tag in {"input", "select", "textarea"} and told.get("type") != "hidden":
            self.forms[-1]["fields"].append(told)


def read(client: FlaskClient, address: str) -> Forms:
    page = Forms()
    page.feed(client.get(address, headers=PAGE).get_data(as_text=True))
    return page


@pytest.mark.parametrize("address", ["/docs?lang=sv", "/docs?lang=en", "/queries/activities"])
def test_every_field_of_a_form_has_its_label(client: FlaskClient, address: str) -> None:
    page = read(client, address)
    fields = [field["id"] for form in page.forms for field in form["fields"]]
    assert fields
    assert set(fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))
    assert not page.tags & {"script", "iframe", "object", "img"}


def test_every_address_can_be_tried_on_the_page(
    client: FlaskClient, document: dict[str, Any]
) -> None:
    page = client.get("/docs?lang=en", headers=PAGE)
    assert "script-src" not in page.headers["Content-Security-Policy"]
    text = page.get_data(as_text=True)
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}</code>" in text


def test_a_form_of_the_page_gives_a_result_as_it_stands(client: FlaskClient) -> None:
    for form in read(client, "/docs").forms:
        assert form["method"] is None  # that is, GET
        sent = {field["name"]: field.get("value", "") for field in form["fields"]}
        address = f"{form['action']}?{urlencode(sent)}"
        response = client.get(address, headers=PAGE, follow_redirects=True)
        assert response.status_code == 200, form["action"]
