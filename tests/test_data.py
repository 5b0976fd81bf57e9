"""The form of the data, file by file: what MODEL says that every statement has."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SKOS, XSD, BNode, URIRef
from rdflib.term import Node

from graphs import (
    ALL_FILES,
    BASE,
    DATA_FILES,
    EVIDENCED,
    ID,
    IDENTITY_FILES,
    MINUTES,
    OA,
    QUERY_FILES,
    SCHEMA,
    SCHEMES_FILE,
    SEGMENTS,
    SMV,
    SOURCE_FILES,
    STATEMENTS,
    data,
    day_of,
    everything,
    extent,
    graph_of,
    is_concept,
    languages_of,
    one,
    slug,
    span,
    things,
)


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
    mentioned = {node for node in graph_of(path).objects() if str(node).startswith(BASE + "id")}
    subjects = set(graph_of(path).subjects())
    terms = {node for node in subjects if str(node).startswith(SMV["term/"])}

    assert [node for node in (subjects - terms) | mentioned if not shape.fullmatch(str(node))] == []
    assert [term for term in terms if (term, RDF.type, SKOS.Concept) not in everything()] == []


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_source_s_file_describes_that_source(path: Path) -> None:
    source = ID[f"source/{path.stem}"]

    assert (source, RDF.type, SMV.Source) in graph_of(path)
    issued = one(source, DCTERMS.issued, graph_of(path))
    assert isinstance(issued, rdflib.Literal)
    assert issued.datatype == XSD.date
    assert str(one(source, SMV.held, graph_of(path))) == "true"


def test_every_thing_that_is_pointed_to_is_described() -> None:
    pointed_to = {node for node in data().objects() if str(node).startswith(ID)}

    assert len(pointed_to) > 300
    assert [node for node in pointed_to if (node, RDF.type, None) not in data()] == []


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


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_membership_has_one_body_one_role_one_status_and_one_basis(path: Path) -> None:
    graph = graph_of(path)
    for membership in things(ORG.Membership, graph):
        assert one(membership, ORG.organization, graph) in things(ORG.Organization)
        for predicate, scheme in (
            (ORG.role, SMV.role),
            (SMV.status, SMV.status),
            (SMV.basis, SMV.basis),
        ):
            concept = one(membership, predicate, graph)
            assert (concept, SKOS.inScheme, scheme) in graph_of(SCHEMES_FILE)
        assert languages_of(graph, membership, SKOS.prefLabel) == ["sv"]
        for at_most_one in (ORG.member, SMV.represents, ORG.memberDuring, SMV.party):
            assert len(list(graph.objects(membership, at_most_one))) <= 1


def test_a_membership_is_the_same_in_every_source_that_tells_of_it() -> None:
    """What it is does not differ; what a source makes of it (basis, title, evidence) may."""
    told = Counter(m for path in SOURCE_FILES for m in things(ORG.Membership, graph_of(path)))
    assert [membership for membership, count in told.items() if count > 1]
    for membership in told:
        for predicate in (ORG.organization, ORG.role, SMV.status, SKOS.prefLabel):
            assert one(membership, predicate)
        assert len(list(data().objects(membership, ORG.member))) <= 1


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

    assert set(graph.subject_objects(ORG.memberOf)) == attested
    assert {(member, body) for body, member in graph.subject_objects(ORG.hasMember)} == attested


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_part_has_a_relation_and_its_shortcut(path: Path) -> None:
    graph = graph_of(path)
    related = {
        (one(relation, SMV.subject, graph), one(relation, SMV.object, graph))
        for relation in graph.subjects(SMV.relationKind, SMV["relation-kind/part-of"])
    }

    assert set(graph.subject_objects(ORG.subOrganizationOf)) == related
    assert not set(graph.subject_objects(ORG.hasSubOrganization))


def test_a_relation_has_two_bodies_and_a_kind() -> None:
    for relation in things(SMV.Relation):
        subject, other = one(relation, SMV.subject), one(relation, SMV.object)
        assert subject != other
        assert {subject, other} <= set(things(ORG.Organization))
        assert is_concept(one(relation, SMV.relationKind))


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

    assert things(SMV.Evidence, graph)
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


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_statement_says_whether_it_is_written_or_implied(path: Path) -> None:
    graph = graph_of(path)
    statements = [thing for kind in STATEMENTS for thing in things(kind, graph)]

    assert statements
    for statement in statements:
        basis = one(statement, SMV.basis, graph)
        assert basis in {SMV["basis/stated"], SMV["basis/implied"]}, statement


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
        assert len(set(data().subjects(SMV.claim, claim))) == 1


# Time (MODEL 7).


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-02-19", (date(2021, 2, 19), date(2021, 2, 19), False)),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29), False)),
        ("2022-23", (date(2022, 9, 1), date(2022, 11, 30), False)),
        ("2023-24", (date(2023, 12, 1), date(2024, 2, 29), False)),
        ("2025-07/2025-12", (date(2025, 7, 1), date(2025, 12, 31), False)),
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


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_a_deadline_is_the_last_day_that_its_words_allow(path: Path) -> None:
    graph = graph_of(path)
    for task in things(SMV.Task, graph):
        for words in graph.objects(task, SMV.edtf):
            assert str(one(task, SMV.deadline, graph)) == str(extent(str(words))[1])


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_what_happens_has_a_day_or_a_period(path: Path) -> None:
    graph = graph_of(path)
    for meeting in things(SMV.Meeting, graph):
        days = set(graph.objects(meeting, SCHEMA.startDate))
        assert len(days | set(graph.objects(meeting, DCTERMS.temporal))) == 1, meeting
    for event in things(ORG.ChangeEvent, graph):
        assert one(event, DCTERMS.temporal, graph)
        assert one(event, SMV.eventKind, graph)
        assert {*graph.objects(event, ORG.resultingOrganization)} | {
            *graph.objects(event, ORG.originalOrganization)
        }


# Activities (MODEL 23-26).


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: path.name)
def test_who_answers_for_an_activity_is_a_node_with_its_shortcut(path: Path) -> None:
    graph = graph_of(path)
    shortcuts = {
        "owner": SMV.ownedBy,
        "performer": SMV.carriedOutBy,
        "participant": SMV.participant,
    }
    for kind, shortcut in shortcuts.items():
        told = {
            (one(each, SMV.activity, graph), one(each, SMV.agent, graph))
            for each in graph.subjects(SMV.responsibilityKind, SMV[f"responsibility-kind/{kind}"])
        }
        assert set(graph.subject_objects(shortcut)) == told
    assert not set(graph.subject_objects(SMV.responsible))


def test_an_activity_has_its_plan_kind_year_and_place_in_the_plan() -> None:
    listed = [each for each in things(SMV.Activity) if (each, DCTERMS.isPartOf, None) in data()]
    assert len(listed) > 80
    for activity in listed:
        plan = one(activity, DCTERMS.isPartOf)
        assert (plan, RDF.type, SMV.Plan) in data()
        assert is_concept(one(activity, SMV.activityKind))
        assert set(data().objects(activity, SMV.year)) <= set(data().objects(plan, SMV.year))
        label = str(one(activity, SKOS.prefLabel))
        assert not label.endswith(".")
        assert not label[0].isdigit()


def test_an_activity_continues_an_older_one_only() -> None:
    pairs = list(data().subject_objects(SMV.continues))
    assert len(pairs) > 10
    for newer, older in pairs:
        assert first_year(newer) >= first_year(older)
        assert (older, SMV.continues, newer) not in data()


def first_year(activity: Node) -> str:
    return min(str(year) for year in data().objects(activity, SMV.year))


def test_an_outcome_is_told_in_words_and_belongs_to_an_activity() -> None:
    assert things(SMV.Outcome)
    assert set(data().objects(None, SMV.outcome)) == set(things(SMV.Outcome))
    assert all(one(outcome, RDFS.comment) for outcome in things(SMV.Outcome))
