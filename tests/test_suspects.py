"""What the engine suspects and what pyshacl finds, for each kind of constraint, in messy graphs."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from samverkan import content
from samverkan.checks import shapes, validation
from samverkan.checks.shapes import Shapes
from samverkan.namespaces import term

DAY = date(2026, 11, 25)
EX = "https://example.org/"
HEAD = """
@prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix shape: <https://w3id.org/samverkan/def/shape/> .
"""
# What it finds is told of the value, which need not be an ex:Thing itself.
NESTED = "sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]"
# What a shape of all ex:Thing says; those of the second list, the engine cannot be asked.
ASKED = [
    "sh:nodeKind sh:IRI",
    "sh:property [ sh:path ex:p ; sh:minCount 1 ]",
    "sh:property [ sh:path ex:p ; sh:minCount 2 ; sh:maxCount 2 ]",
    "sh:property [ sh:path ex:p ; sh:maxCount 0 ]",
    "sh:property [ sh:path ex:p ; sh:class ex:Thing ]",
    "sh:property [ sh:path ex:p ; sh:class ex:Upper ]",
    "sh:property [ sh:path ex:p ; sh:nodeKind sh:Literal ]",
    "sh:property [ sh:path ex:p ; sh:datatype xsd:date ]",
    "sh:property [ sh:path ex:p ; sh:datatype xsd:gYear ]",
    "sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]",
    "sh:property [ sh:path ex:p ; sh:datatype xsd:string ]",
    "sh:property [ sh:path ex:p ; sh:datatype rdf:langString ]",
    'sh:property [ sh:path ex:p ; sh:pattern "^[a-z]+$" ]',
    "sh:property [ sh:path ex:p ; sh:in ( ex:a 1 ) ]",
    "sh:property [ sh:path ex:p ; sh:hasValue ex:a ]",
    "sh:property [ sh:path ex:p ; sh:hasValue 1 ]",
    "sh:property [ sh:path ex:p ; sh:minInclusive 1 ]",
    'sh:property [ sh:path ex:p ; sh:languageIn ( "sv" ) ]',
    "sh:property [ sh:path ex:p ; sh:uniqueLang true ]",
    "sh:property [ sh:path ex:p ; sh:lessThan ex:q ]",
    "sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:minCount 1 ]",
    "sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ; sh:nodeKind sh:IRI ]",
    "sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:maxCount 1 ]",
    "sh:property [ sh:path ex:p ; sh:node shape:inner ]",
    "sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ;"
    " sh:qualifiedValueShape [ sh:class ex:Thing ] ]",
    NESTED,
    "sh:not [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ]",
    "sh:or ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] shape:inner )",
    "sh:and ( shape:inner [ sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] ] )",
    "sh:xone ( shape:inner [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] )",
    "sh:not [ sh:xone ( shape:inner [ sh:not [ sh:property [ sh:path ex:p ; sh:class ex:Upper ]"
    " ] ] ) ]",
]
NOT_ASKED = [
    "sh:property [ sh:path ex:p ; sh:minLength 3 ]",
    "sh:property [ sh:path ex:p ; sh:minCount 9 ]",
    "sh:property [ sh:path ex:p ; sh:maxInclusive 1 ]",
    "sh:property [ sh:path ex:p ; sh:datatype xsd:duration ]",
    'sh:property [ sh:path ex:p ; sh:pattern "^A" ; sh:flags "i" ]',
    "sh:property [ sh:path ex:p ; sh:qualifiedMaxCount 1 ;"
    " sh:qualifiedValueShape [ sh:class ex:Thing ] ]",
    "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ]",
]
DEACTIVATED = "sh:deactivated true ; sh:nodeKind sh:Literal"
THINGS = [NamedNode(EX + name) for name in "abc"]
VALUES = [
    *THINGS,
    *(Literal("abc"), Literal("Abc"), Literal("sv", language="sv"), Literal("SV", language="sv")),
    *(
        Literal("en", language="en"),
        Literal(1),
        Literal(0),
        Literal("01", datatype=term("xsd:integer")),
    ),
    *(Literal("x", datatype=term("xsd:integer")), Literal("2021-02-28", datatype=term("xsd:date"))),
    *(
        Literal("2021-02-30", datatype=term("xsd:date")),
        Literal("2021", datatype=term("xsd:gYear")),
    ),
]
TYPES = [NamedNode(EX + name) for name in ("Thing", "Lower", "Upper", "Other")]
STATEMENTS = st.lists(
    st.one_of(
        st.builds(Quad, st.sampled_from(THINGS), st.just(term("rdf:type")), st.sampled_from(TYPES)),
        st.builds(
            Quad,
            st.sampled_from(THINGS),
            st.sampled_from([NamedNode(EX + "p"), NamedNode(EX + "q")]),
            st.sampled_from(VALUES),
        ),
    ),
    max_size=12,
)


def read(folder: Path, said: str, target: str = "sh:targetClass ex:Thing") -> Shapes:
    """The shape that says that of its target, and one that others may be asked to conform to."""
    folder.mkdir()
    text = (
        f"{HEAD}shape:tried a sh:NodeShape ; {target} ; {said} .\n"
        "shape:inner a sh:NodeShape ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .\n"
    )
    (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    return shapes.read(dataclasses.replace(content.find(), ontology=folder))


class Tried(dict[str, Shapes]):
    """The shapes by what they say; told in a word where a test fails."""

    def __repr__(self) -> str:
        return f"{len(self)} shapes"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp("shapes")
    said = [*ASKED, *NOT_ASKED, DEACTIVATED]
    targets = ("targetNode ex:a, ex:b", "targetSubjectsOf ex:p", "targetObjectsOf ex:q")
    found = {each: read(folder / str(number), each) for number, each in enumerate(said)}
    for target in targets:
        found[target] = read(
            folder / target.replace(":", "-"),
            "sh:property [ sh:path ex:p ; sh:maxCount 1 ]",
            f"sh:{target}",
        )
    return Tried(found)


def test_what_the_engine_can_be_asked_is_asked(tried: Tried) -> None:
    for said in ASKED:
        assert len(tried[said].questions) == sum(map(len, tried[said].targeting.values())), said
    for said in NOT_ASKED:
        assert len(tried[said].questions) < sum(map(len, tried[said].targeting.values())), said


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
@settings(max_examples=40, deadline=None)
@given(statements=STATEMENTS)
def test_what_is_found_is_what_pyshacl_finds_when_it_looks_at_everything(
    tried: Tried, statements: list[Quad]
) -> None:
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in statements)
    for lower, upper in (("Lower", "Thing"), ("Thing", "Upper")):
        of = (NamedNode(EX + lower), term("rdfs:subClassOf"), NamedNode(EX + upper))
        store.add(Quad(*of, DefaultGraph()))
    for said, read_ in tried.items():
        alone = dataclasses.replace(read_, questions={}, queries={})
        found = validation.validate(read_, store, DAY)
        assert found == validation.validate(alone, store, DAY), said
        for thing in THINGS if said != NESTED else ():
            of_it = [result for result in found if str(result.focus) == thing.value]
            assert validation.validate_thing(read_, store, DAY, thing.value) == of_it, said
