"""The data against MODEL and against the documents: what is written, how, and where it stands.

The engine's parser is checked against rdflib's; everything else is asked of rdflib.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, BNode, URIRef
from rdflib.term import Node

from samverkan import tokens

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = Path(__file__).parents[2] / "shared" / "sources"
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the source documents are not kept with the project"
)

BASE = "https://w3id.org/samverkan/"
SMV = rdflib.Namespace(f"{BASE}def/")
ID = rdflib.Namespace(f"{BASE}id/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")

DATA = ROOT / "data"
IDENTITY_FILES = [DATA / "organizations.ttl", DATA / "people.ttl"]
SOURCE_FILES = sorted((DATA / "sources").glob("*.ttl"))
DATA_FILES = [*IDENTITY_FILES, *SOURCE_FILES]
ONTOLOGY_FILE = ROOT / "ontology" / "samverkan.ttl"
SCHEMES_FILE = ROOT / "ontology" / "schemes.ttl"
ALL_FILES = [*DATA_FILES, ONTOLOGY_FILE, SCHEMES_FILE]
QUERY_FILES = sorted((ROOT / "queries").glob("*.rq"))

MINUTES = ID["source/protokoll-2021-02-19"]
MEETING = ID["meeting/samverkansnamnden-2021-02-19"]
BOARD = ID["organization/samverkansnamnden"]

# MODEL 31.
SEGMENTS = [
    *("organization", "person", "membership", "post", "rule", "relation", "responsibility", "plan"),
    *("activity", "outcome", "meeting", "agenda-item", "decision", "task", "attendance", "source"),
    *("evidence", "selector", "period", "name", "event", "agreement", "discrepancy", "claim"),
    *("service", "graph"),
]
# MODEL 2, and the documents themselves.
EVIDENCED = [
    *(ORG.Organization, ORG.OrganizationalCollaboration, FOAF.Person, ORG.Membership, ORG.Post),
    *(SMV.Relation, SMV.Responsibility, SMV.CompositionRule, SMV.Plan, SMV.Activity, SMV.Outcome),
    *(SMV.Meeting, SMV.AgendaItem, SMV.Decision, SMV.Task, SMV.Attendance, ORG.ChangeEvent),
    *(SMV.Name, SMV.Agreement, SMV.Claim, SMV.Source, SMV.Service),
]
STATEMENTS = [ORG.Membership, SMV.Relation, SMV.Responsibility, SMV.Decision, SMV.Attendance]

# The roll call: region → ordinary members, serving substitutes, other substitutes.
ROLL_CALL = {
    "region-dalarna": (2, 1, 1),
    "region-sormland": (2, 1, 1),
    "region-uppsala": (3, 0, 2),
    "region-varmland": (3, 0, 2),
    "region-vastmanland": (2, 1, 2),
    "region-gavleborg": (2, 1, 0),
    "region-orebro-lan": (3, 0, 3),
}


@cache
def graph_of(*paths: Path) -> rdflib.Graph:
    """The statements of some files as one graph; nobody changes it."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@cache
def data() -> rdflib.Graph:
    return graph_of(*DATA_FILES)


@cache
def everything() -> rdflib.Graph:
    return graph_of(*ALL_FILES)


def things(kind: URIRef, graph: rdflib.Graph | None = None) -> list[Node]:
    return sorted((data() if graph is None else graph).subjects(RDF.type, kind), key=str)


def one(subject: Node, predicate: URIRef, graph: rdflib.Graph | None = None) -> Node:
    values = list((data() if graph is None else graph).objects(subject, predicate))
    assert len(values) == 1, (subject, predicate, values)
    return values[0]


def slug(thing: Node | None) -> str:
    return str(thing).rpartition("/")[2]


def is_of_vocabulary(node: Node) -> bool:
    return isinstance(node, URIRef) and node.startswith(SMV) and node != URIRef(SMV)


def is_concept(node: Node) -> bool:
    return is_of_vocabulary(node) and "/" in node.removeprefix(SMV)  # type: ignore[attr-defined]


# The files.


def test_there_is_data_to_check() -> None:
    assert MINUTES in [ID[f"source/{path.stem}"] for path in SOURCE_FILES]
    assert len(QUERY_FILES) > 5
    assert len(data()) > 4000


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_both_parsers_read_the_same_triples(path: Path) -> None:
    def plain(node: pyoxigraph.NamedNode | pyoxigraph.Literal | object) -> tuple[str | None, ...]:
        if isinstance(node, pyoxigraph.NamedNode):
            return ("iri", node.value)
        assert isinstance(node, pyoxigraph.Literal), node
        plain_text = node.language is None and node.datatype.value == str(XSD.string)
        datatype = None if plain_text or node.language else node.datatype.value
        return ("literal", node.value, node.language, datatype)

    def foreign(node: Node) -> tuple[str | None, ...]:
        if isinstance(node, URIRef):
            return ("iri", str(node))
        assert isinstance(node, rdflib.Literal), node
        return ("literal", str(node), node.language, str(node.datatype) if node.datatype else None)

    ours = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    assert {(plain(q.subject), plain(q.predicate), plain(q.object)) for q in ours} == {
        tuple(foreign(node) for node in triple) for triple in graph_of(path)
    }


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_there_are_no_blank_nodes(path: Path) -> None:
    assert [node for triple in graph_of(path) for node in triple if isinstance(node, BNode)] == []


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_every_value_is_one_of_its_datatype(path: Path) -> None:
    literals = [node for node in graph_of(path).objects() if isinstance(node, rdflib.Literal)]

    assert literals
    assert [literal for literal in literals if literal.ill_typed] == []


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_every_address_has_a_concept_and_a_readable_slug(path: Path) -> None:
    shape = re.compile(rf"{re.escape(ID)}({'|'.join(SEGMENTS)})/[a-z0-9]+(-[a-z0-9]+)*")
    subjects = set(graph_of(path).subjects())
    mentioned = {node for node in graph_of(path).objects() if str(node).startswith(BASE + "id")}

    assert [node for node in subjects | mentioned if not shape.fullmatch(str(node))] == []


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_source_s_file_describes_that_source(path: Path) -> None:
    source = ID[f"source/{path.stem}"]

    assert (source, RDF.type, SMV.Source) in graph_of(path)
    issued = one(source, DCTERMS.issued, graph_of(path))
    assert isinstance(issued, rdflib.Literal)
    assert issued.datatype == XSD.date
    assert str(one(source, SMV.held, graph_of(path))) == "true"


# The vocabulary and the schemes.


def terms_of_queries() -> set[URIRef]:
    """Every IRI that a query names, written out or by prefix."""
    found = set()
    for path in QUERY_FILES:
        text = path.read_text()
        prefixes = dict(re.findall(r"(?m)^PREFIX\s+([\w-]*):\s*<([^>]*)>", text))
        for kind, token in tokens.tokens(text):
            prefix, _colon, local = token.partition(":")
            if kind == "iri":
                found.add(URIRef(token[1:-1]))
            elif kind == "name" and local:
                found.add(URIRef(prefixes[prefix] + local))
    return found


def test_every_term_of_ours_that_is_used_is_defined_in_both_languages() -> None:
    used = {node for triple in data() for node in triple} | terms_of_queries()
    terms = {node for node in used if is_of_vocabulary(node) and not is_concept(node)}
    ontology = graph_of(ONTOLOGY_FILE)

    assert SMV.represents in terms
    assert SMV.Source in terms
    for term in terms:
        kinds = set(ontology.objects(term, RDF.type))
        assert kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}, term
        assert languages_of(ontology, term, RDFS.label) == ["en", "sv"]
        explained = chain(*(ontology.objects(term, p) for p in (RDFS.comment, SKOS.definition)))
        assert {getattr(text, "language", None) for text in explained} >= {"en", "sv"}, term


def test_a_property_is_used_as_one_and_a_class_as_one() -> None:
    ontology = graph_of(ONTOLOGY_FILE)
    properties = {*things(OWL.ObjectProperty, ontology), *things(OWL.DatatypeProperty, ontology)}
    classes = set(things(OWL.Class, ontology))
    used = {node for node in data().predicates() if is_of_vocabulary(node)}
    kinds = {node for node in data().objects(None, RDF.type) if is_of_vocabulary(node)}

    assert used <= properties
    assert kinds <= classes
    assert not properties & classes


def test_a_property_of_things_has_things_and_one_of_values_has_values() -> None:
    ontology = graph_of(ONTOLOGY_FILE)
    for _subject, predicate, value in data():
        if (predicate, RDF.type, OWL.ObjectProperty) in ontology:
            assert isinstance(value, URIRef), (predicate, value)
        if (predicate, RDF.type, OWL.DatatypeProperty) in ontology:
            assert isinstance(value, rdflib.Literal), (predicate, value)


def test_every_concept_that_is_used_exists_with_a_label_in_both_languages() -> None:
    used = {node for triple in data() for node in triple} | terms_of_queries()
    concepts = {node for node in used if is_concept(node) and not str(node).endswith("/")}
    schemes = graph_of(SCHEMES_FILE)

    assert SMV["status/attested"] in concepts
    for concept in concepts:
        assert (concept, RDF.type, SKOS.Concept) in schemes, concept
        assert one(concept, SKOS.inScheme, schemes) == URIRef(str(concept).rpartition("/")[0])
        assert languages_of(schemes, concept, SKOS.prefLabel) == ["en", "sv"]


def test_every_concept_has_a_scheme_and_labels_that_no_other_of_it_has() -> None:
    schemes = graph_of(SCHEMES_FILE)
    labels: Counter[tuple[Node, Node]] = Counter()
    for concept in things(SKOS.Concept, schemes):
        scheme = one(concept, SKOS.inScheme, schemes)
        assert (scheme, RDF.type, SKOS.ConceptScheme) in schemes, concept
        labels.update((scheme, label) for label in schemes.objects(concept, SKOS.prefLabel))

    assert len(labels) > 100
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_thing_that_is_pointed_to_is_described() -> None:
    pointed_to = {node for node in data().objects() if str(node).startswith(ID)}

    assert len(pointed_to) > 300
    assert [node for node in pointed_to if (node, RDF.type, None) not in data()] == []


# Identity (MODEL 1).


@pytest.mark.parametrize("path", IDENTITY_FILES, ids=lambda path: path.name)
def test_an_identity_is_a_kind_a_class_and_names_and_nothing_else(path: Path) -> None:
    allowed = {RDF.type, ORG.classification, SKOS.prefLabel, SKOS.hiddenLabel}
    graph = graph_of(path)

    assert set(graph.predicates()) <= allowed
    for thing in set(graph.subjects()):
        assert (thing, RDF.type, None) in graph
        assert languages_of(graph, thing, SKOS.prefLabel) == ["sv"]


def test_the_identity_files_hold_bodies_and_people() -> None:
    bodies, people = (set(graph_of(path).subjects()) for path in IDENTITY_FILES)

    assert bodies == set(things(ORG.Organization))
    assert people == set(things(FOAF.Person))
    assert {str(node).removeprefix(ID).split("/")[0] for node in bodies} == {"organization"}
    assert {str(node).removeprefix(ID).split("/")[0] for node in people} == {"person"}
    assert all(one(body, ORG.classification) for body in bodies)


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_source_does_not_say_who_somebody_is(path: Path) -> None:
    """Kind, class and label of bodies and people stand in the identity files only."""
    graph = graph_of(path)
    for thing in {*things(ORG.Organization), *things(FOAF.Person)}:
        for predicate in (RDF.type, ORG.classification, SKOS.prefLabel, SKOS.hiddenLabel):
            assert (thing, predicate, None) not in graph


@pytest.mark.parametrize("kind", [ORG.Organization, FOAF.Person])
def test_no_two_of_a_kind_have_the_same_label(kind: URIRef) -> None:
    labels = Counter(str(one(thing, SKOS.prefLabel)).casefold() for thing in things(kind))

    assert len(labels) > 20
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_person_s_label_is_the_name_and_the_name_its_parts() -> None:
    for person in things(FOAF.Person):
        name = str(one(person, FOAF.name))
        assert name == str(one(person, SKOS.prefLabel))
        assert name == f"{one(person, FOAF.givenName)} {one(person, FOAF.familyName)}"


def test_a_special_kind_of_body_is_written_out_as_a_body_too() -> None:
    special = [
        *things(ORG.FormalOrganization),
        *things(ORG.OrganizationalCollaboration),
        *things(URIRef("http://data.europa.eu/m8g/PublicOrganisation")),
    ]

    assert special
    assert set(special) <= set(things(ORG.Organization))


# Memberships (MODEL 10-14).


def test_a_membership_has_one_body_one_role_one_status_and_one_basis() -> None:
    assert len(things(ORG.Membership)) > 50
    for membership in things(ORG.Membership):
        assert one(membership, ORG.organization) in things(ORG.Organization)
        for predicate, scheme in (
            (ORG.role, SMV.role),
            (SMV.status, SMV.status),
            (SMV.basis, SMV.basis),
        ):
            concept = one(membership, predicate)
            assert (concept, SKOS.inScheme, scheme) in graph_of(SCHEMES_FILE)
        assert languages_of(data(), membership, SKOS.prefLabel) == ["sv"]
        for at_most_one in (ORG.member, SMV.represents, ORG.memberDuring, SMV.party):
            assert len(list(data().objects(membership, at_most_one))) <= 1


def test_a_membership_has_a_member_or_says_that_none_is_named() -> None:
    for membership in things(ORG.Membership):
        unnamed = (membership, SMV.unnamedHolder, rdflib.Literal(True)) in data()
        named = (membership, ORG.member, None) in data()
        assert named is not unnamed, membership
    assert not list(data().subjects(SMV.unnamedHolder, rdflib.Literal(False)))


def test_nobody_is_appointed() -> None:
    statuses = Counter(slug(status) for status in data().objects(None, SMV.status))

    assert set(statuses) == {"attested", "nominated", "ended"}


def test_one_membership_stands_for_each_person_body_role_and_status() -> None:
    seen = Counter(
        (
            one(membership, ORG.member),
            one(membership, ORG.organization),
            one(membership, ORG.role),
            one(membership, SMV.status),
        )
        for membership in things(ORG.Membership)
        if (membership, ORG.member, None) in data()
    )

    assert [key for key, count in seen.items() if count > 1] == []


def test_what_is_shown_at_the_meeting_is_attested_on_its_day() -> None:
    for membership in things(ORG.Membership):
        if one(membership, SMV.status) == SMV["status/attested"]:
            assert (membership, SMV.attestedIn, None) in data(), membership
        for period in data().objects(membership, SMV.attestedIn):
            assert (period, DCAT.startDate, None) in data()
            assert (period, DCAT.endDate, None) in data()


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_shortcuts_stand_beside_attested_memberships_with_a_name_and_nowhere_else(
    path: Path,
) -> None:
    graph = graph_of(path)
    attested = {
        (member, one(membership, ORG.organization, graph))
        for membership, member in graph.subject_objects(ORG.member)
        if (membership, SMV.status, SMV["status/attested"]) in graph
    }

    assert attested
    assert set(graph.subject_objects(ORG.memberOf)) == attested
    assert {(member, body) for body, member in graph.subject_objects(ORG.hasMember)} == attested


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_part_has_a_relation_and_its_shortcut(path: Path) -> None:
    graph = graph_of(path)
    related = {
        (one(relation, SMV.subject, graph), one(relation, SMV.object, graph))
        for relation in graph.subjects(SMV.relationKind, SMV["relation-kind/part-of"])
    }

    assert related
    assert set(graph.subject_objects(ORG.subOrganizationOf)) == related
    assert not set(graph.subject_objects(ORG.hasSubOrganization))


def test_a_relation_has_two_bodies_and_a_kind() -> None:
    for relation in things(SMV.Relation):
        subject, other = one(relation, SMV.subject), one(relation, SMV.object)
        assert subject != other
        assert {subject, other} <= set(things(ORG.Organization))
        assert is_concept(one(relation, SMV.relationKind))


def test_a_nomination_has_its_decision_and_is_not_an_appointment() -> None:
    nominations = set(data().subjects(SMV.status, SMV["status/nominated"]))

    assert {slug(nomination) for nomination in nominations} == {
        "beredningsgrupp-2-nhv-mikael-kohler-nominated",
        "kommitten-for-klinisk-behandlingsforskning-petri-olivius-nominated",
    }
    assert set(data().subjects(SMV.nominatedBy)) == nominations
    for nomination in nominations:
        decision = one(nomination, SMV.nominatedBy)
        assert (decision, SMV.decisionKind, SMV["decision-kind/nomination"]) in data()
        assert (decision, SMV.concerns, nomination) in data()
        assert (nomination, SMV.confirmedBy, None) not in data()
    nominee, group = ID["person/mikael-kohler"], ID["organization/beredningsgrupp-2-nhv"]
    assert (nominee, ORG.memberOf, group) not in data()
    assert (group, ORG.hasMember, nominee) not in data()


def test_nobody_represents_where_it_is_not_written_on_whose_behalf() -> None:
    silent = [
        ("monika-samuelsson", "nationella-vardkompetensradet"),
        ("bo-brannstrom", "samverkansnamnden"),
        ("andreas-svahn", "namnden-for-nationell-hogspecialiserad-vard"),
    ]
    for person, body in silent:
        memberships = [
            membership
            for membership in data().subjects(ORG.member, ID[f"person/{person}"])
            if one(membership, ORG.organization) == ID[f"organization/{body}"]
        ]
        assert len(memberships) == 1
        assert (memberships[0], SMV.represents, None) not in data()
    for person in ("monika-samuelsson", "bo-brannstrom"):
        for membership in data().subjects(ORG.member, ID[f"person/{person}"]):
            assert (membership, SMV.represents, None) not in data()


def test_the_four_representatives_of_the_healthcare_region_are_said_to_be_so() -> None:
    found = {
        (slug(one(membership, ORG.member)), slug(one(membership, SMV.status)))
        for membership in data().subjects(
            SMV.represents, ID["organization/sjukvardsregion-mellansverige"]
        )
        if (membership, RDF.type, ORG.Membership) in data()
    }

    assert found == {
        ("hakan-wittgren", "attested"),
        ("mikael-kohler", "nominated"),
        ("petri-olivius", "attested"),
        ("petri-olivius", "nominated"),
        ("denise-norstrom", "attested"),
    }


def test_who_has_left_has_no_shortcut_and_no_start() -> None:
    left = list(data().subjects(SMV.status, SMV["status/ended"]))

    assert [slug(one(membership, ORG.member)) for membership in left] == ["bo-brannstrom"]
    assert not list(data().objects(ID["person/bo-brannstrom"], ORG.memberOf))
    period = one(left[0], ORG.memberDuring)
    assert (period, DCAT.startDate, None) not in data()


# Evidence (MODEL 2-4).


@pytest.mark.parametrize("kind", EVIDENCED, ids=slug)
def test_every_thing_has_evidence(kind: URIRef) -> None:
    evidence = set(things(SMV.Evidence))
    for thing in things(kind):
        shows = set(data().objects(thing, PROV.wasDerivedFrom))
        assert shows, thing
        assert shows <= evidence, thing


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_evidence_is_complete_and_of_the_source_in_whose_file_it_stands(path: Path) -> None:
    graph = graph_of(path)
    source = ID[f"source/{path.stem}"]

    assert len(things(SMV.Evidence, graph)) > 100
    for evidence in things(SMV.Evidence, graph):
        assert (evidence, RDF.type, OA.SpecificResource) in graph
        assert one(evidence, OA.hasSource, graph) == source
        assert str(one(evidence, SMV.locator, graph)).strip()
        assert (evidence, SMV.basis, None) not in graph
        selectors = set(graph.objects(evidence, OA.hasSelector))
        assert selectors
        assert selectors <= set(things(OA.TextPositionSelector, graph))


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_selector_is_a_span_and_named_by_it(path: Path) -> None:
    graph = graph_of(path)
    for selector in things(OA.TextPositionSelector, graph):
        start, end = span(selector, graph)
        assert 0 <= start < end
        assert selector == ID[f"selector/{path.stem}-{start}-{end}"]


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_all_evidence_and_every_selector_is_used(path: Path) -> None:
    graph = graph_of(path)

    assert set(graph.objects(None, PROV.wasDerivedFrom)) == set(things(SMV.Evidence, graph))
    selectors = set(graph.objects(None, OA.hasSelector))
    assert selectors == set(things(OA.TextPositionSelector, graph))


@pytest.mark.parametrize("kind", STATEMENTS, ids=slug)
def test_a_statement_says_whether_it_is_written_or_implied(kind: URIRef) -> None:
    for statement in things(kind):
        basis = one(statement, SMV.basis)
        assert basis in {SMV["basis/stated"], SMV["basis/implied"]}, statement


def test_the_chair_is_implied_and_tells_why() -> None:
    chair = ID["membership/samverkansnamnden-andreas-svahn-chair"]

    assert one(chair, SMV.basis) == SMV["basis/implied"]
    assert languages_of(data(), chair, RDFS.comment) == ["en", "sv"]
    assert len(list(data().objects(chair, PROV.wasDerivedFrom))) > 1


def test_a_disagreement_has_claims_and_prefers_one_of_them_or_none() -> None:
    assert things(SMV.Discrepancy)
    for discrepancy in things(SMV.Discrepancy):
        claims = set(data().objects(discrepancy, SMV.claim))
        assert len(claims) >= 2
        assert claims <= set(things(SMV.Claim))
        preferred = set(data().objects(discrepancy, SMV.preferred))
        assert len(preferred) <= 1
        assert preferred <= claims
        assert (discrepancy, SMV.about, None) in data()
        assert languages_of(data(), discrepancy, RDFS.comment) == ["en", "sv"]
    for claim in things(SMV.Claim):
        values = [*data().objects(claim, RDF.value), *data().objects(claim, SMV.valueThing)]
        assert len(values) == 1
        assert len(list(data().subjects(SMV.claim, claim))) == 1


# Time (MODEL 7).

DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


def extent(edtf: str) -> tuple[date | None, date | None, bool]:
    """The earliest and latest day that *edtf* allows, and whether its end is open."""
    if until := re.fullmatch(rf"\[\.\.({DAY})\]", edtf):
        return None, last_day(until[1]), False
    interval = re.fullmatch(rf"({DAY}|\.\.|)/({DAY}|\.\.|)", edtf)
    start, end = (interval[1], interval[2]) if interval else (edtf, edtf)
    earliest = first_day(start) if re.fullmatch(DAY, start) else None
    latest = last_day(end) if re.fullmatch(DAY, end) else None
    assert earliest or latest, f"no EDTF that is known here: {edtf}"
    return earliest, latest, end == ".."


def first_day(text: str) -> date:
    return date(*(int(part) for part in f"{text}-01-01".split("-")[:3]))


def last_day(text: str) -> date:
    year, *rest = (int(part) for part in text.split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-02-19", (date(2021, 2, 19), date(2021, 2, 19), False)),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29), False)),
        ("2021/2023", (date(2021, 1, 1), date(2023, 12, 31), False)),
        ("2021-01-01/..", (date(2021, 1, 1), None, True)),
        ("2021-01-01/", (date(2021, 1, 1), None, False)),
        ("[..2021-02-19]", (None, date(2021, 2, 19), False)),
    ],
)
def test_the_forms_of_time_are_read_as_the_model_has_them(
    edtf: str, expected: tuple[date | None, date | None, bool]
) -> None:
    assert extent(edtf) == expected


def test_the_days_of_a_period_are_the_widest_that_its_words_allow() -> None:
    assert things(DCTERMS.PeriodOfTime)
    for period in things(DCTERMS.PeriodOfTime):
        earliest, latest, is_open = extent(str(one(period, SMV.edtf)))
        assert day_of(period, DCAT.startDate) == earliest, period
        assert day_of(period, DCAT.endDate) == latest, period
        assert ((period, SMV.openEnd, rdflib.Literal(True)) in data()) is is_open
        if earliest and latest:
            assert earliest <= latest


def test_what_is_dated_by_a_period_names_one() -> None:
    for predicate in (ORG.memberDuring, SMV.attestedIn):
        for period in data().objects(None, predicate):
            assert (period, RDF.type, DCTERMS.PeriodOfTime) in data()


def test_a_deadline_is_the_last_day_that_its_words_allow() -> None:
    for task in things(SMV.Task):
        deadline = day_of(task, SMV.deadline)
        for words in data().objects(task, SMV.edtf):
            assert extent(str(words))[1] == deadline


# The meeting of 2021-02-19.


def attendances(capacity: str) -> list[Node]:
    return [
        attendance
        for attendance in data().subjects(SMV.capacity, SMV[f"capacity/{capacity}"])
        if one(attendance, SMV.meeting) == MEETING
    ]


def test_the_roll_call_has_as_many_as_the_minutes() -> None:
    called = {name: attendances(name) for name in ("ordinary", "serving-substitute", "substitute")}
    assert {name: len(found) for name, found in called.items()} == {
        "ordinary": 17,
        "serving-substitute": 4,
        "substitute": 11,
    }
    by_region = {
        region: tuple(
            sum(one(each, SMV.represents) == ID[f"organization/{region}"] for each in found)
            for found in called.values()
        )
        for region in ROLL_CALL
    }
    assert by_region == ROLL_CALL
    people = [one(each, SMV.person) for found in called.values() for each in found]
    assert len(set(people)) == 32


def test_who_is_called_has_a_seat_for_the_same_region_and_a_party() -> None:
    seats = []
    for capacity, role in (
        ("ordinary", "member"),
        ("serving-substitute", "substitute"),
        ("substitute", "substitute"),
    ):
        for attendance in attendances(capacity):
            seat = one(attendance, SMV.membership)
            seats.append(seat)
            assert one(seat, ORG.organization) == BOARD
            assert one(seat, ORG.role) == SMV[f"role/{role}"]
            assert one(seat, ORG.member) == one(attendance, SMV.person)
            assert one(seat, SMV.represents) == one(attendance, SMV.represents)
            assert one(seat, SMV.party)
    assert set(data().subjects(SMV.party)) == set(seats)


def test_an_unnamed_ordinary_member_stands_beside_each_serving_substitute() -> None:
    unnamed = Counter(
        slug(one(membership, SMV.represents))
        for membership in data().subjects(SMV.unnamedHolder, rdflib.Literal(True))
        if one(membership, ORG.organization) == BOARD
        and one(membership, ORG.role) == SMV["role/member"]
    )

    assert unnamed == {
        region: serving for region, (_o, serving, _s) in ROLL_CALL.items() if serving
    }


def test_one_substitute_came_later() -> None:
    (late,) = data().subjects(SMV.presentFrom)

    assert one(late, SMV.person) == ID["person/charlotte-edberger"]
    assert str(one(one(late, SMV.presentFrom), SMV.paragraph)) == "5"


def test_the_minutes_have_eighteen_items() -> None:
    items = list(data().subjects(DCTERMS.isPartOf, MEETING))

    assert sorted(paragraph_of(item) for item in items) == list(range(1, 19))
    assert all((item, RDF.type, SMV.AgendaItem) in data() for item in items)


def test_the_board_took_one_decision_under_each_item_from_3_to_16() -> None:
    taken = [each for each in things(SMV.Decision) if (each, DCTERMS.isPartOf, None) in data()]

    paragraphs = sorted(paragraph_of(one(decision, DCTERMS.isPartOf)) for decision in taken)
    assert paragraphs == list(range(3, 17))
    for decision in taken:
        assert (one(decision, DCTERMS.isPartOf), DCTERMS.isPartOf, MEETING) in data()
        assert one(decision, SMV.decisionMaker) == BOARD
        assert day_of(decision, DCTERMS.date) == date(2021, 2, 19)


def test_decisions_of_others_are_theirs_and_only_told_of() -> None:
    told_of = set(data().subjects(SMV.reportedIn))

    assert len(told_of) == 4
    for decision in told_of:
        assert (decision, DCTERMS.isPartOf, None) not in data()
        makers = set(data().objects(decision, SMV.decisionMaker))
        assert makers
        assert BOARD not in makers


def test_the_seven_regions_belong_to_the_healthcare_region() -> None:
    collaboration = ID["organization/sjukvardsregion-mellansverige"]

    assert {slug(region) for region in data().objects(collaboration, ORG.hasMember)} == set(
        ROLL_CALL
    )


# The documents, where they are there.


def text_of(source: Node) -> str:
    return (DOCUMENTS / str(one(source, SMV.textFile))).read_bytes().decode()


def sources_with_text() -> list[Node]:
    return [ID[f"source/{path.stem}"] for path in SOURCE_FILES]


def passages(evidence: Node) -> list[str]:
    """The words of each span of *evidence*, in the order of the text, on one line."""
    text = text_of(one(evidence, OA.hasSource))
    spans = sorted(span(selector) for selector in data().objects(evidence, OA.hasSelector))
    return [healed(text[start:end]) for start, end in spans]


def healed(text: str) -> str:
    """*text* in small letters, with words that a line break cut put together again."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zåäö])", "", text).split()).casefold()


def shown(thing: Node) -> list[str]:
    """What the evidence of *thing* reads, one text for each piece of evidence."""
    return [" ".join(passages(each)) for each in data().objects(thing, PROV.wasDerivedFrom)]


def sections(text: str) -> dict[str, tuple[int, int]]:
    """Locator → where its part of the minutes begins and ends; the signatures go with the last."""
    headings = [
        (int(match[1]), match.start(0) + match[0].index("§"))
        for match in re.finditer(r"(?m)^\s*§ (\d+)\.\s", text)
    ]
    assert [number for number, _start in headings] == list(range(1, 19))
    starts = [start for _number, start in headings]
    appendix = text.index("\f", starts[-1]) if "\f" in text[starts[-1] :] else len(text)
    title = str(one(ID["source/aterrapport-2020"], SKOS.prefLabel))
    appendix = min(appendix, text.index(title, starts[-1]))
    found = {
        f"§ {number}": (start, end)
        for (number, start), end in zip(headings, [*starts[1:], appendix], strict=True)
    }
    return {"Rubrik": (0, starts[0]), **found, "Underskrifter": (starts[-1], appendix)}


@needs_documents
def test_the_text_of_each_source_is_the_one_that_was_read() -> None:
    for source in sources_with_text():
        raw = (DOCUMENTS / str(one(source, SMV.textFile))).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == str(one(source, SMV.textSha256))


@needs_documents
def test_every_span_lies_within_its_text_and_does_not_cut_a_word() -> None:
    assert things(SMV.Evidence)
    for evidence in things(SMV.Evidence):
        text = text_of(one(evidence, OA.hasSource))
        for selector in data().objects(evidence, OA.hasSelector):
            start, end = span(selector)
            assert end <= len(text), selector
            words = text[start:end]
            assert words == words.strip() != "", selector
            assert not re.fullmatch(r"\w\w", text[max(start - 1, 0) : start + 1]), selector
            assert not re.fullmatch(r"\w\w", text[end - 1 : end + 1]), selector


@needs_documents
def test_every_span_of_the_minutes_lies_in_the_item_of_its_locator() -> None:
    parts = sections(text_of(MINUTES))
    signatures_start = max(
        span(selector)[1]
        for evidence in data().subjects(SMV.locator, rdflib.Literal("§ 18"))
        for selector in data().objects(evidence, OA.hasSelector)
    )
    for evidence in data().subjects(OA.hasSource, MINUTES):
        locator = str(one(evidence, SMV.locator))
        begins, ends = parts[locator]
        if locator == "Underskrifter":
            begins = signatures_start
        for selector in data().objects(evidence, OA.hasSelector):
            start, end = span(selector)
            assert begins <= start < end <= ends, evidence


@needs_documents
def test_the_evidence_of_a_person_reads_the_name() -> None:
    for person in things(FOAF.Person):
        name = healed(str(one(person, FOAF.familyName)))
        assert any(name in text for text in shown(person)), person


@needs_documents
@pytest.mark.parametrize("kind", [ORG.Membership, SMV.Attendance], ids=slug)
def test_some_evidence_of_what_a_person_is_reads_the_name(kind: URIRef) -> None:
    for thing in things(kind):
        person = next(
            chain(data().objects(thing, ORG.member), data().objects(thing, SMV.person)), None
        )
        if person is not None and (person, RDF.type, FOAF.Person) in data():
            name = healed(str(one(person, FOAF.familyName)))
            assert any(name in text for text in shown(thing)), thing


@needs_documents
def test_the_evidence_of_a_seat_reads_the_party_and_the_region() -> None:
    for seat in data().subjects(SMV.party):
        person, region = one(seat, ORG.member), one(seat, SMV.represents)
        name = healed(str(one(person, FOAF.name)))
        entry = f"{name} ({one(seat, SMV.party)})".casefold()
        assert any(entry in text for text in shown(seat)), seat
        label = healed(str(one(region, SKOS.prefLabel)))
        assert any(label in text for text in shown(seat)), seat


@needs_documents
def test_the_evidence_of_a_title_reads_it() -> None:
    for membership, title in data().subject_objects(SMV.title):
        assert any(healed(str(title)) in text for text in shown(membership)), (membership, title)


@needs_documents
def test_the_other_names_of_a_body_stand_in_the_source() -> None:
    text = healed(text_of(MINUTES))
    for predicate in (SKOS.altLabel, SMV.abbreviation):
        for body, name in graph_of(DATA / "sources" / f"{slug(MINUTES)}.ttl").subject_objects(
            predicate
        ):
            if (body, RDF.type, ORG.Organization) in data():
                assert healed(str(name)) in text, (body, name)


@needs_documents
def test_an_item_s_evidence_reads_its_number_and_its_heading() -> None:
    for item in things(SMV.AgendaItem):
        heading = healed(str(one(item, SKOS.prefLabel)))
        assert any(heading in text for text in shown(item)), item


def languages_of(graph: rdflib.Graph, thing: Node, predicate: URIRef) -> list[str | None]:
    """The languages of the values, each as often as there is a value in it."""
    values: Iterable[Node] = graph.objects(thing, predicate)
    return sorted(getattr(value, "language", None) or "" for value in values)


def span(selector: Node, graph: rdflib.Graph | None = None) -> tuple[int, int]:
    start, end = (one(selector, predicate, graph) for predicate in (OA.start, OA.end))
    return int(str(start)), int(str(end))


def day_of(thing: Node, predicate: URIRef) -> date | None:
    if (thing, predicate, None) not in data():
        return None
    return date.fromisoformat(str(one(thing, predicate)))


def paragraph_of(item: Node) -> int:
    return int(str(one(item, SMV.paragraph)))
