"""Results as bytes: counted right, readable by every reader, whole or not at all."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Store
from rdflib import Variable
from rdflib.query import Result as Read

from samverkan.errors import NotAcceptableError, SizeLimitError
from samverkan.results import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    UNBOUNDED,
    Bounds,
    Wanted,
    rows_in,
    written,
)

XML = "application/sparql-results+xml"
JSON = "application/sparql-results+json"
RDF_XML = "application/rdf+xml"

# All that XML can hold, and what stands between rows in one format or another.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe"))
marks = st.sampled_from(
    ["},{", "[{", ",{", '"},{"', "\\", '\\"', "<result>", "\r\n", "\n", '"', '""', "'", "\r"]
)
cells = st.lists(texts | marks, max_size=5).map("".join)


def written_rows(values: list[str | None], media_type: str, bounds: Bounds = UNBOUNDED) -> bytes:
    rows = " ".join(f"({'UNDEF' if v is None else Literal(v)} UNDEF)" for v in values)
    found = Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {rows} }} }}")
    return written(found, Wanted(media_type, None), bounds).body


@settings(max_examples=60)
@given(st.lists(st.none() | cells, max_size=6))
def test_rows_are_counted_whatever_stands_in_them(values: list[str | None]) -> None:
    for media_type in RESULT_FORMATS:
        assert rows_in(media_type, written_rows(values, media_type)) == len(values)


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_rows_without_any_variable_are_counted(media_type: str) -> None:
    found = Store().query("SELECT * { {} UNION {} UNION {} }")
    assert rows_in(media_type, written(found, Wanted(media_type)).body) == 3


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_a_result_may_have_as_many_rows_as_the_limit_and_no_more(media_type: str) -> None:
    values: list[str | None] = [f"{number} }},{{" for number in range(50)]

    assert written_rows(values, media_type, Bounds(rows=50))
    with pytest.raises(SizeLimitError, match="49 rows"):
        written_rows(values, media_type, Bounds(rows=49))


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_a_graph_may_have_as_many_triples_as_the_limit_and_no_more(media_type: str) -> None:
    query = "CONSTRUCT { ?x <x:a> ?x } { VALUES ?x { <x:1> <x:2> <x:3> } }"

    assert written(Store().query(query), Wanted(None, media_type), Bounds(rows=3)).body
    with pytest.raises(SizeLimitError, match="2 rows"):
        written(Store().query(query), Wanted(None, media_type), Bounds(rows=2))


def test_a_triple_that_is_made_twice_is_one() -> None:
    query = "CONSTRUCT { <x:a> <x:b> <x:c> } { VALUES ?x { 1 2 3 } }"
    body = written(Store().query(query), Wanted(None, "application/n-triples"), Bounds(rows=1)).body

    assert body == b"<x:a> <x:b> <x:c> .\n"


@pytest.mark.parametrize("character", ["\0", "\1", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_not_written_as_xml(character: str) -> None:
    value = str(Literal(f"a{character}b"))
    for query in (f"SELECT ({value} AS ?x) {{}}", f"CONSTRUCT {{ <x:a> <x:b> {value} }} {{}}"):
        with pytest.raises(NotAcceptableError, match="XML"):
            written(Store().query(query), Wanted(XML, RDF_XML))
        assert written(Store().query(query), Wanted()).body


@pytest.mark.parametrize("predicate", ["x:1", "http://example.org/", "http://example.org/a#1"])
def test_a_predicate_that_xml_has_no_name_for_is_not_written_as_xml(predicate: str) -> None:
    query = f"CONSTRUCT {{ <x:a> <{predicate}> 1 }} {{}}"

    with pytest.raises(NotAcceptableError, match="XML"):
        written(Store().query(query), Wanted(None, RDF_XML))


@settings(max_examples=60)
@given(st.lists(cells, min_size=1, max_size=4))
def test_a_foreign_reader_reads_the_values_that_were_written_in_xml(values: list[str]) -> None:
    """Also a carriage return, which a reader of XML takes for a line feed where it stands bare."""
    body = written_rows(list(values), XML)
    read = Read.parse(io.BytesIO(body), format="xml")

    assert [str(row[Variable("x")]) for row in read.bindings] == values
