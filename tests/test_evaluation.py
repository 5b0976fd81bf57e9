"""Queries are evaluated as SPARQL 1.1 says: small data in, a query, rows out.

The cases stand in ``evaluation/*.txt``, with data and words of our own. One that corresponds to a
case of W3C's SPARQL 1.1 suite bears its name; a colon and what it shows follow. The lines that are
indented below ``-- data`` (Turtle) go for all cases after it. In a case, ``graph NAME`` adds a
named graph, ``query`` is asked, and then comes what is expected: ``rows`` in any order, as VALUES
writes them; ``order``, rows in that order; ``none``; ``boolean``; ``triples`` (Turtle); ``error``,
that it is no query.
"""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store
from rdflib.compare import isomorphic

from samverkan import sparql
from samverkan.errors import QuerySyntaxError
from samverkan.sparql import Wanted
from samverkan.store import Dataset

EXAMPLE = "http://example.org/"
PREFIXES = {"": EXAMPLE, "xsd": "http://www.w3.org/2001/XMLSchema#"}
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
FIELD = re.compile(r"(graph :\w+|query|rows|order|none|boolean|triples|error)\b ?(.*)")
EXPECTED = {"rows", "order", "none", "boolean", "triples", "error"}
NUMBERS = {"integer", "decimal", "float", "double", "unsignedByte"}


@dataclass
class Case:
    """One case: its name, its data, what is asked, what is expected."""

    name: str
    data: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return PROLOGUE + self.fields["query"]

    @property
    def expects(self) -> str:
        (kind,) = EXPECTED & self.fields.keys()
        return kind

    @property
    def graphs(self) -> dict[str, str]:
        named = (name for name in self.fields if name.startswith("graph"))
        return {EXAMPLE + name.partition(":")[2]: self.fields[name] for name in named}

    @property
    def needs_data(self) -> bool:
        return bool(self.data.strip() or self.graphs)


def cases_in(path: Path) -> Iterator[Case]:
    data, case = "", None
    for line in path.read_text(encoding="utf-8").splitlines():
        found = FIELD.fullmatch(line)
        if line.startswith("-- data"):
            data, case = "", None
        elif line.startswith("== "):
            case = Case(line.removeprefix("== "), data)
            yield case
        elif case is not None and found:
            assert found[1] not in case.fields, line
            case.fields[found[1]] = found[2]
        elif case is None and line.startswith("  "):
            data += line + "\n"
        else:
            assert case is None or not line.strip(), line


def all_cases() -> dict[str, Case]:
    folder = Path(__file__).parent / "evaluation"
    files = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    assert len(files) == 4
    return {
        f"{path.stem}/{case.name.partition(':')[0]}": case
        for path in files
        for case in cases_in(path)
    }


CASES = all_cases()
_OF_GRAPH = "what is no triple pattern does not see the name of the graph that it is asked of"
_NOWHERE = "a path of no steps does not begin where no graph has anything"
# Where the engine is known to do otherwise than the standard says.
DEVIATING = {
    "aggregates/agg-empty-group-count-graph": _OF_GRAPH,
    "patterns/graph": _OF_GRAPH,
    "patterns/graph-minus": _OF_GRAPH,
    "paths/zero_or_more_set_end": _NOWHERE,
    "paths/zero_or_more_set_start": _NOWHERE,
    "paths/zero_or_one_set_end": _NOWHERE,
    "paths/zero_or_one_set_start": _NOWHERE,
    "paths/alternatives that lead to the same count each (§ 18.4)": "each end is found once",
}
WITHOUT_DATA = [n for n, case in CASES.items() if not case.needs_data and n not in DEVIATING]


def expected_to_deviate(name: str) -> Any:
    """*name* as a parameter; where the engine deviates, its test has to fail until it does not."""
    reason = DEVIATING.get(name)
    return pytest.param(name, marks=[pytest.mark.xfail(reason=reason)] if reason else [])


def dataset_of(case: Case) -> Dataset:
    store = Store()
    graphs = {DefaultGraph(): case.data}
    graphs |= {NamedNode(name): text for name, text in case.graphs.items()}  # type: ignore[misc]
    for graph, text in graphs.items():
        store.load(input=PROLOGUE + text, format=RdfFormat.TURTLE, to_graph=graph)
    return Dataset(store, "test", ())


def plain(term: dict[str, Any]) -> tuple[Any, ...]:
    """A term of a result in JSON; a number by its kind and its worth."""
    kind = term.get("datatype", "").removeprefix(PREFIXES["xsd"])
    if kind in NUMBERS:
        return kind, (Decimal if kind in {"integer", "decimal"} else float)(term["value"])
    return tuple(
        sorted((key, value.lower() if key == "xml:lang" else value) for key, value in term.items())
    )


def rows_of(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = found["head"]["vars"]
    return [
        tuple(plain(row[name]) if name in row else None for name in names)
        for row in found["results"]["bindings"]
    ]


def table(rows: str, names: list[str]) -> list[tuple[Any, ...]]:
    """The rows that are written as those of VALUES."""
    variables = " ".join(f"?{name}" for name in names)
    query = f"{PROLOGUE} SELECT {variables} {{ VALUES ({variables}) {{ {rows} }} }}"
    body = sparql.serialised(Dataset(Store(), "test", ()), query, Wanted()).body
    return rows_of(json.loads(body))


def assert_expected(case: Case, body: bytes) -> None:
    expected = case.fields[case.expects]
    if case.expects == "triples":
        wanted = rdflib.Graph().parse(data=PROLOGUE + expected, format="turtle")
        assert isomorphic(rdflib.Graph().parse(data=body, format="turtle"), wanted)
        return
    found = json.loads(body)
    if case.expects == "boolean":
        assert found["boolean"] is (expected == "true")
        return
    rows = rows_of(found)
    wanted_rows = table(expected, found["head"]["vars"])
    assert (case.expects == "none") is not bool(wanted_rows)
    if case.expects == "order":
        assert rows == wanted_rows
    assert Counter(rows) == Counter(wanted_rows)


@pytest.mark.parametrize("name", [*map(expected_to_deviate, CASES)])
def test_a_query_is_evaluated_as_the_standard_says(name: str) -> None:
    case = CASES[name]
    dataset = dataset_of(case)
    if case.expects == "error":
        with pytest.raises(QuerySyntaxError):
            sparql.serialised(dataset, case.query, Wanted())
    else:
        answer = sparql.serialised(dataset, case.query, Wanted())
        assert_expected(case, answer.body)


@pytest.mark.parametrize("name", WITHOUT_DATA)
def test_a_query_that_needs_no_data_is_evaluated_by_the_service_likewise(
    service: str, name: str
) -> None:
    case = CASES[name]
    address = f"{service}/sparql?{urllib.parse.urlencode({'query': case.query})}"
    with urllib.request.urlopen(address, timeout=60) as response:
        assert_expected(case, response.read())


def test_there_are_cases_of_each_part_of_the_suite() -> None:
    assert len(CASES) > 200
    assert len(WITHOUT_DATA) > 70


# What a result reads like: json-res/ and csv-tsv-res/ of W3C's suite.

DATA = """
:s1 :p1 :s2 . :s2 :p2 "foo" . :s3 :p3 "bar" . :s4 :p4 4 . :s5 :p5 5.5 .
:s6 :p6 "c, \\"d\\""@en . :s7 :p7 "6"^^:integer .
"""
ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s"
OPTIONAL = "SELECT * { ?s ?p ?o OPTIONAL { ?o ?p2 ?o2 } } ORDER BY ?s LIMIT 2"


def written(query: str, media_type: str, data: str = DATA) -> str:
    dataset = dataset_of(Case("", data))
    return sparql.serialised(dataset, PROLOGUE + query, Wanted(media_type)).body.decode()


def bindings(query: str) -> dict[str, Any]:
    found = json.loads(written(query, "application/sparql-results+json"))
    assert isinstance(found, dict)
    return found


def test_jsonres01() -> None:
    found = bindings(ALL)
    assert sorted(found["head"]["vars"]) == ["o", "p", "s"]
    assert [row["s"] for row in found["results"]["bindings"]] == [
        {"type": "uri", "value": f"{EXAMPLE}s{number}"} for number in range(1, 8)
    ]
    assert [row["o"] for row in found["results"]["bindings"]] == [
        {"type": "uri", "value": f"{EXAMPLE}s2"},
        {"type": "literal", "value": "foo"},
        {"type": "literal", "value": "bar"},
        {"type": "literal", "value": "4", "datatype": f"{PREFIXES['xsd']}integer"},
        {"type": "literal", "value": "5.5", "datatype": f"{PREFIXES['xsd']}decimal"},
        {"type": "literal", "value": 'c, "d"', "xml:lang": "en"},
        {"type": "literal", "value": "6", "datatype": f"{EXAMPLE}integer"},
    ]


def test_jsonres02() -> None:
    """What is unbound is left out."""
    first, second = bindings(OPTIONAL)["results"]["bindings"]
    assert first.keys() == {"s", "p", "o", "p2", "o2"}
    assert second.keys() == {"s", "p", "o"}


def test_jsonres03() -> None:
    assert bindings("ASK { :s1 :p1 :s2 }") == {"head": {}, "boolean": True}


def test_jsonres04() -> None:
    assert bindings("ASK { :s1 :p1 :o1 }") == {"head": {}, "boolean": False}


def test_csv01() -> None:
    assert written("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s", "text/csv").split("\r\n") == [
        "s,p,o",
        f"{EXAMPLE}s1,{EXAMPLE}p1,{EXAMPLE}s2",
        f"{EXAMPLE}s2,{EXAMPLE}p2,foo",
        f"{EXAMPLE}s3,{EXAMPLE}p3,bar",
        f"{EXAMPLE}s4,{EXAMPLE}p4,4",
        f"{EXAMPLE}s5,{EXAMPLE}p5,5.5",
        f'{EXAMPLE}s6,{EXAMPLE}p6,"c, ""d"""',
        f"{EXAMPLE}s7,{EXAMPLE}p7,6",
        "",
    ]


def test_csv02() -> None:
    """What is unbound is an empty cell."""
    lines = written(OPTIONAL.replace("*", "?s ?o2 ?p2", 1), "text/csv").split("\r\n")
    assert lines == ["s,o2,p2", f"{EXAMPLE}s1,foo,{EXAMPLE}p2", f"{EXAMPLE}s2,,", ""]


def test_csv03() -> None:
    """Blank nodes, line breaks and numbers."""
    data = '[] :p "a\\nb" . :s :p 1.5, 1, true .'
    lines = written("SELECT ?o { ?s :p ?o } ORDER BY ?o", "text/csv", data).split("\r\n")
    assert sorted(lines) == sorted(["o", '"a\nb"', "1.5", "1", "true", ""])
    assert re.fullmatch(r"x\r\n_:\w+\r\n", written("SELECT (BNODE() AS ?x) {}", "text/csv"))


def test_tsv01() -> None:
    rows = written("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s", "text/tab-separated-values").split("\n")
    assert rows == [
        "?s\t?o",
        f"<{EXAMPLE}s1>\t<{EXAMPLE}s2>",
        f'<{EXAMPLE}s2>\t"foo"',
        f'<{EXAMPLE}s3>\t"bar"',
        f"<{EXAMPLE}s4>\t4",
        f"<{EXAMPLE}s5>\t5.5",
        f'<{EXAMPLE}s6>\t"c, \\"d\\""@en',
        f'<{EXAMPLE}s7>\t"6"^^<{EXAMPLE}integer>',
        "",
    ]


def test_tsv02() -> None:
    """What is unbound is nothing between tabs."""
    query = OPTIONAL.replace("*", "?s ?o2 ?p2", 1)
    rows = written(query, "text/tab-separated-values").split("\n")
    assert rows[2:] == [f"<{EXAMPLE}s2>\t\t", ""]


def test_tsv03() -> None:
    """Tabs and line breaks are escaped; numbers stand bare."""
    data = ':s :p "a\\tb\\nc\\\\d", 1, 1.5, true .'
    rows = written("SELECT ?o { ?s ?p ?o }", "text/tab-separated-values", data).split("\n")
    assert sorted(rows) == sorted(["?o", '"a\\tb\\nc\\\\d"', "1", "1.5", "true", ""])
