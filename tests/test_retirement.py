"""Addresses that are used no more: gone, replaced by one thing, or by one of several."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import small
from samverkan import content, retirement, store
from samverkan.errors import ContentError
from samverkan.isolation import Limits
from samverkan.web import Settings, create_app

ID = "https://w3id.org/samverkan/id/"
HEAD = small.HEAD + "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
HEAD += "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
GONE = """
organization:invented owl:deprecated true ; dcterms:date "2026-01-31"^^xsd:date ;
    rdfs:comment "Fanns aldrig: en felläsning."@sv, "Never was: a misreading."@en .
"""
REPLACED = """
organization:the-council owl:deprecated true ; dcterms:isReplacedBy organization:council .
organization:first-council owl:deprecated true ; dcterms:isReplacedBy organization:the-council .
"""
SPLIT = """
person:ek owl:deprecated true ; dcterms:isReplacedBy person:anna, person:bo ;
    rdfs:comment "Två personer."@sv .
"""
Serve = Callable[[str], FlaskClient]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A client of a service on a small content with these retired addresses."""
    with ExitStack() as stack:

        def client(retired: str) -> FlaskClient:
            app = create_app(Settings(folder_with(tmp_path, retired), Limits(workers=1)))
            stack.callback(app.extensions["samverkan"].adhoc.close)
            return app.test_client()

        yield client


def folder_with(folder: Path, retired: str) -> Path:
    small.write(folder, [small.Source(2024).says("anna")])
    (folder / "data" / "retired.ttl").write_text(HEAD + retired, encoding="utf-8")
    return folder


def read(folder: Path) -> dict[str, retirement.Retired]:
    found = content.find(folder)
    return retirement.load(found, store.load(found))


@pytest.mark.parametrize("path", ["/id/organization/invented", "/res/organization/invented.ttl"])
def test_what_is_gone_is_gone_and_the_reason_is_told(serve: Serve, path: str) -> None:
    told = serve(GONE).get(path, headers={"Accept-Language": "en"})
    assert (told.status_code, told.mimetype) == (410, "application/problem+json")
    problem = json.loads(told.get_data())
    assert problem["status"] == 410
    assert "Never was: a misreading. (2026-01-31)" in problem["detail"]


def test_a_person_is_told_of_what_is_gone_on_a_page(serve: Serve) -> None:
    page = serve(GONE).get("/res/organization/invented?lang=sv", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (410, "text/html")
    assert "Fanns aldrig: en felläsning." in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("path", "ahead"),
    [
        ("/id/organization/the-council", "/id/organization/council"),
        ("/id/organization/first-council", "/id/organization/the-council"),
        ("/res/organization/the-council", "/res/organization/council"),
        ("/res/organization/the-council.ttl", "/res/organization/council.ttl"),
        ("/res/organization/the-council.ttl?lang=en", "/res/organization/council.ttl?lang=en"),
    ],
)
def test_what_is_replaced_leads_on(serve: Serve, path: str, ahead: str) -> None:
    told = serve(REPLACED).get(path)
    assert (told.status_code, told.headers["Location"]) == (308, ahead)


def test_whoever_follows_gets_to_the_thing(serve: Serve) -> None:
    found = serve(REPLACED).get("/id/organization/first-council", follow_redirects=True)
    assert found.status_code == 200
    assert "organization:council a org:Organization" in found.get_data(as_text=True)


def test_several_that_came_in_its_place_are_offered(serve: Serve) -> None:
    client = serve(SPLIT)
    told = client.get("/id/person/ek")
    assert told.status_code == 300
    choices = json.loads(told.get_data())["candidates"]
    assert choices == [
        {"iri": f"{ID}person/anna", "label": "Anna Berg"},
        {"iri": f"{ID}person/bo", "label": "Bo Ek"},
    ]
    assert '</id/person/anna>; rel="alternate"' in told.headers["Link"]
    page = client.get("/res/person/ek?lang=sv", headers={"Accept": "text/html"})
    assert page.status_code == 300
    assert '<a href="/res/person/anna?lang=sv">Anna Berg</a>' in page.get_data(as_text=True)
    assert "Två personer." in page.get_data(as_text=True)


def test_retired_addresses_are_no_part_of_the_graph(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, GONE + REPLACED + SPLIT)
    dataset = store.load(content.find(folder))
    assert not dataset.has(f"{ID}organization/invented")
    assert read(folder).keys() == {
        *(f"{ID}organization/{slug}" for slug in ("invented", "the-council", "first-council")),
        f"{ID}person/ek",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("organization:x owl:deprecated true", "retired.ttl, line"),
        ("organization:x dcterms:isReplacedBy organization:council .", "organization:x needs"),
        ("organization:x owl:deprecated false .", "organization:x needs"),
        ('organization:x owl:deprecated true ; skos:prefLabel "X" .', "organization:x needs"),
        ('organization:x owl:deprecated true ; dcterms:date "i går" .', "no day"),
        ("organization:council owl:deprecated true .", "organization:council is retired"),
        ("<https://example.org/x> owl:deprecated true .", "is retired"),
        (
            "organization:x owl:deprecated true ; dcterms:isReplacedBy organization:nothing .",
            "replaced by organization:nothing",
        ),
        (
            "organization:x owl:deprecated true ; dcterms:isReplacedBy role:chair .",
            "replaced by role:chair",
        ),
        (
            'organization:x owl:deprecated true ; dcterms:isReplacedBy "Rådet" .',
            "replaced by Rådet",
        ),
        (
            "organization:x owl:deprecated true ; dcterms:isReplacedBy organization:y .\n"
            "organization:y owl:deprecated true ; dcterms:isReplacedBy organization:x .",
            "organization:x is replaced by organization:x",
        ),
        (
            "organization:x owl:deprecated true ; dcterms:isReplacedBy organization:x .",
            "organization:x is replaced by organization:x",
        ),
    ],
)
def test_an_address_that_would_lead_nowhere_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    folder = folder_with(tmp_path, text)
    with pytest.raises(ContentError, match=r"retired\.ttl") as caught:
        read(folder)
    assert told in str(caught.value)


def test_without_the_file_none_is_retired() -> None:
    found = content.find()
    assert not found.retired.exists()
    assert retirement.load(found, store.load(found)) == {}
