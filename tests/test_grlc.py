"""The files of queries/ are ones that grlc can serve, by its grammar of headers and parameters.

https://github.com/CLARIAH/grlc: a header is the lines that begin with ``#+``, as one YAML text. A
parameter is ``?_name`` or, where it may be left out, ``?__name``, with a type behind an underscore:
``iri``, ``number``, ``literal``, ``integer`` or a datatype with its prefix. A name is letters and
figures: an underscore ends it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from rdflib.plugins.sparql import prepareQuery

from samverkan import catalogue, content
from samverkan.errors import ContentError

FILES = sorted(content.find().queries[0].glob("*.rq"))
TYPES = r"iri|number|literal|integer|(?P<prefix>[a-zA-Z0-9]+)_(?P<datatype>[a-zA-Z0-9]+)"
PARAMETER = re.compile(rf"__?(?P<name>[a-zA-Z0-9]+)_({TYPES})", re.ASCII)
KEYS = {"summary", "description", "tags", "defaults", "enumerate", "pagination", "method"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def header(path: Path) -> dict[str, Any]:
    lines = path.read_text(encoding="utf-8").split("\n")
    told: dict[str, Any] = yaml.safe_load(
        "\n".join(line.lstrip("#+") for line in lines if line.startswith("#+"))
    )
    return told


def parameters(path: Path) -> dict[str, re.Match[str]]:
    text = path.read_text(encoding="utf-8")
    found: dict[str, re.Match[str]] = {}
    for variable in re.findall(r"\?(_\w+)", text):
        match = PARAMETER.fullmatch(variable)
        assert match, f"?{variable}"
        assert found.setdefault(match["name"], match).group() == variable
    return found


@each_file
def test_the_header_has_what_grlc_knows_and_one_key_of_ours(path: Path) -> None:
    told = header(path)
    assert set(told) <= KEYS | {"samverkan"}
    assert isinstance(told["summary"], str)
    assert isinstance(told["description"], str)
    assert all(isinstance(tag, str) for tag in told["tags"])


@each_file
def test_defaults_and_choices_are_of_parameters_by_grlcs_name(path: Path) -> None:
    told = header(path)
    for key in ("defaults", "enumerate"):
        for entry in told.get(key, []):
            assert len(entry) == 1
            assert set(entry) <= set(parameters(path))


@each_file
def test_the_parameters_are_those_of_the_catalogue(path: Path) -> None:
    query = catalogue.load(content.find())[path.stem]
    names = {re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in parameters(path)}
    assert names == {parameter.name for parameter in query.parameters}


@each_file
def test_a_datatype_has_its_prefix_in_the_file(path: Path) -> None:
    """grlc would else add it before each SELECT, those of subqueries too."""
    text = path.read_text(encoding="utf-8")
    for match in parameters(path).values():
        if match["prefix"] or match.group().endswith("_integer"):
            assert "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>" in text


@each_file
def test_a_query_is_one_that_grlcs_parser_reads(path: Path) -> None:
    prepared = prepareQuery(path.read_text(encoding="utf-8"))
    assert prepared.algebra.name in {"SelectQuery", "ConstructQuery"}


@each_file
def test_a_value_put_in_place_of_the_variable_as_grlc_does_leaves_a_query(path: Path) -> None:
    """grlc replaces text: no name of a parameter may be the beginning of another variable."""
    text = path.read_text(encoding="utf-8")
    values = {"iri": "<urn:x>", "integer": '"1"^^xsd:integer', "literal": '"x"'}
    for match in parameters(path).values():
        value = values.get(match.group().rsplit("_", 1)[1], '"2021-02-19"^^xsd:date')
        text = text.replace(f"?{match.group()}", value)
    assert "?_" not in text
    assert isinstance(prepareQuery(text), rdflib.plugins.sparql.sparql.Query)


def own(folder: Path, text: str) -> Path:
    queries = folder / "queries"
    queries.mkdir()
    (queries / "own.rq").write_text(text, encoding="utf-8")
    return folder


HEADER = """#+ summary: s
#+ description: d
#+ samverkan:
#+   sv: {summary: s, description: d}
#+   parameters: {NAME: {sv: s, en: e}}
"""


@pytest.mark.parametrize(
    ("variable", "name", "type_"),
    [
        ("?_onDate_xsd_date", "on_date", "date"),
        ("?_on_date_date", "on_date", "date"),
        ("?__focusArea_iri", "focus_area", "iri"),
        ("?__share_number", "share", "number"),
        ("?__share_xsd_decimal", "share", "number"),
        ("?__word_literal", "word", "string"),
        ("?__word_string", "word", "string"),
        ("?__year_integer", "year", "integer"),
    ],
)
def test_a_variable_of_grlc_is_a_parameter_of_ours(
    tmp_path: Path, variable: str, name: str, type_: str
) -> None:
    text = HEADER.replace("NAME", name) + f"SELECT ?s WHERE {{ ?s ?p {variable} }}"
    query = catalogue.load(content.find(own(tmp_path, text)))["own"]
    (parameter,) = query.parameters
    assert (parameter.name, parameter.type) == (name, type_)
    assert parameter.optional == variable.startswith("?__")


@pytest.mark.parametrize("name", ["limit", "offset", "bom", "lang", "known_on"])
def test_a_parameter_cannot_be_called_what_every_address_takes(tmp_path: Path, name: str) -> None:
    text = HEADER.replace("NAME", name) + f"SELECT ?s WHERE {{ ?s ?p ?__{name}_integer }}"
    with pytest.raises(ContentError, match=r"own\.rq"):
        catalogue.load(content.find(own(tmp_path, text)))
