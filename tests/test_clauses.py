"""The graphs that a query names, seen however they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan import sparql
from samverkan.clauses import Graphs, graphs_of
from samverkan.knowledge import Knowledge
from samverkan.sparql import Wanted

BASE = "http://base/dir/"
_TSV = "text/tab-separated-values"


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", [], []),
        ("SELECT * FROM <x:a> { ?s ?p ?o }", ["x:a"], []),
        ("select * from<x:a>from named<x:b>where{}", ["x:a"], ["x:b"]),
        (
            "ASK FROM <x:a> FROM <x:b> FROM NAMED <x:c> FROM NAMED <x:d> {}",
            ["x:a", "x:b"],
            ["x:c", "x:d"],
        ),
        ("ASK FROM <x:a> FROM <x:a> {}", ["x:a"], []),
        ("CONSTRUCT { ?s <x:p> 'FROM <x:no>' } FROM # <x:no>\n <x:a> {}", ["x:a"], []),
        ("DESCRIBE <x:b>FROM<x:a>", ["x:a"], []),
        ("SELECT * FROMNAMED<x:a> {}", [], ["x:a"]),
        ("PREFIX a: <x:> ASK FROM a:b\\.c FROM NAMED a: {}", ["x:b.c"], ["x:"]),
        ("PREFIX : <x:> ASK FROM :a {}", ["x:a"], []),
        ("PREFIX : <x:> ASK FROM:a {}", ["x:a"], []),
        ("PREFIX FROM: <x:> ASK { FROM:a FROM:b FROM:c }", [], []),
        ("PREFIX FROM: <x:> ASK FROM FROM:a {}", ["x:a"], []),
        ("ASK FROM <a> {}", ["http://base/dir/a"], []),
        ("BASE <http://other/> ASK FROM <a> {}", ["http://other/a"], []),
        ("BASE <b/> PREFIX p: <c/> ASK FROM p:d {}", ["http://base/dir/b/c/d"], []),
        ("ASK FROM <> {}", ["http://base/dir/"], []),
        ("ASK FROM unknown:a {}", ["unknown:a"], []),
        ("ASK { ?FROM <x:a> 'x'@from . <x:FROM> <x:a> \"FROM <x:a>\" }", [], []),
        ("ASK { GRAPH <x:a> { ?s ?p ?o } }", [], []),
    ],
)
def test_graphs_are_those_that_the_clauses_name(
    text: str, default: list[str], named: list[str]
) -> None:
    assert graphs_of(text, BASE) == Graphs(tuple(default), tuple(named))


@given(st.lists(st.sampled_from(["FROM", "NAMED", "<x:a>", "a:b", "PREFIX", "BASE", "{", "'"])))
def test_no_text_breaks_it(words: list[str]) -> None:
    graphs_of(" ".join(words), BASE)
    graphs_of("".join(words), BASE)


def test_a_day_after_all_sources_knows_what_is_known_without_a_day(known: Knowledge) -> None:
    """Its graphs are all that there are: merged, they are what is asked otherwise."""
    for query in known.catalogue:
        values = {p.name: p.default for p in query.parameters if p.default is not None}
        always = known.text(known.read(query.name, values))
        by_day = known.text(known.read(query.name, {**values, "known_on": "9999-12-31"}))
        assert "FROM" in by_day
        results = [
            sparql.serialised(known.dataset, text, Wanted(_TSV, "application/n-triples"))
            for text in (always, by_day)
        ]
        assert _rows(results[0].body) == _rows(results[1].body)


def _rows(body: bytes) -> list[list[str]]:
    """The cells of TSV, in any order: nor has what GROUP_CONCAT joins one (SPARQL § 18.5.1.7)."""
    lines = body.decode().splitlines()
    return sorted(sorted(re.split(r'["\t]+| \| |; ', line)) for line in lines)


@pytest.mark.parametrize("day", ["2021-02-19", "2024-12-31"])
def test_what_two_sources_say_is_one_row_on_a_day_as_on_any(known: Knowledge, day: str) -> None:
    rows = known.ask("sources", known_on=day)
    assert len(rows) == len({row["source"] for row in rows})
