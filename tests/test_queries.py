"""The queries of the whole graph give what the data hold, counted another way."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS
from rdflib.term import Node

from graphs import ID, SMV, SOURCE_FILES, data, graph_of, one, slug, things
from samverkan import sparql
from samverkan.errors import NotFoundError, ParameterError
from samverkan.knowledge import Knowledge

SHORTCUTS = {
    "owner": SMV.ownedBy,
    "performer": SMV.carriedOutBy,
    "participant": SMV.participant,
}
KINDS = ["activity", "direction", "standing"]


def slugs(rows: list[sparql.Row], name: str = "activity") -> list[str]:
    return [row[name].value.rpartition("/")[2] for row in rows]


def activities(kind: str = "activity") -> list[Node]:
    return list(data().subjects(SMV.activityKind, SMV[f"activity-kind/{kind}"]))


def body_of(agent: Node) -> Node:
    """The body that an agent is, or in which it sits."""
    return data().value(agent, ORG.organization) or agent


@pytest.mark.parametrize("year", ["2020", "2021", "2024", "2025"])
def test_the_activities_of_a_year_come_in_the_order_of_the_plan(
    known: Knowledge, year: str
) -> None:
    rows = known.ask("activities", year=year)
    there = {slug(a) for a in activities() if str(one(a, SMV.year)) == year}

    assert set(slugs(rows)) == there
    assert len(rows) == len(there)
    positions = [int(row["position"].value) for row in rows if "position" in row]
    assert positions == sorted(positions)


@pytest.mark.parametrize("part", SHORTCUTS)
@pytest.mark.parametrize("kind", KINDS)
def test_activities_are_found_by_who_has_a_part_in_them(
    known: Knowledge, part: str, kind: str
) -> None:
    expected: dict[str, set[str]] = {}
    for activity in activities(kind):
        for agent in data().objects(activity, SHORTCUTS[part]):
            expected.setdefault(str(body_of(agent)), set()).add(slug(activity))
    bodies = {iri for iri in expected if "/organization/" in iri}
    asked = {*bodies, str(ID["organization/vinnova"])}
    for iri in asked:
        rows = known.ask("activities", **{part: iri, "kind": str(SMV[f"activity-kind/{kind}"])})
        assert set(slugs(rows)) == expected.get(iri, set()), (part, iri)


@pytest.mark.parametrize("part", SHORTCUTS)
def test_all_that_a_body_has_a_part_in_is_there_whatever_its_kind(
    known: Knowledge, part: str
) -> None:
    for body in ("samverkansnamnden", "ledningsgruppen", "upphandlingsgruppen"):
        rows = known.ask("activities", **{part: str(ID[f"organization/{body}"])})
        has = {
            slug(activity)
            for kind in KINDS
            for activity in activities(kind)
            for agent in data().objects(activity, SHORTCUTS[part])
            if body_of(agent) == ID[f"organization/{body}"]
        }
        assert set(slugs(rows)) == has, body


def test_all_items_of_a_plan_are_there_whatever_their_kind(known: Knowledge) -> None:
    for plan in things(SMV.Plan):
        rows = known.ask("activities", plan=str(plan))
        items = set(data().subjects(DCTERMS.isPartOf, plan))
        there = {slug(each) for kind in KINDS for each in activities(kind) if each in items}
        assert set(slugs(rows)) == there, plan


def test_an_activity_without_an_owner_has_an_empty_column(known: Knowledge) -> None:
    rows = known.ask("activities")
    assert len(rows) == len(activities())
    assert not any(row["owners"].value for row in rows if "owners" in row)
    rows = known.ask("activities", kind="direction", owner="Samverkansnämnden")
    assert {row["owners"].value for row in rows} == {"Samverkansnämnden"}
    assert len(rows) == 3


def test_a_focus_area_has_the_items_of_its_sub_areas(known: Knowledge) -> None:
    wide = known.ask("activities", focus_area="verksamhet och utveckling", year="2025")
    narrow = known.ask("activities", focus_area="donationsverksamhet", year="2025")
    assert len(wide) == 12
    assert slugs(narrow) == ["aktivitetsplan-2025-donationsverksamhet"]


def test_a_theme_brings_the_years_together(known: Knowledge) -> None:
    found = slugs(known.ask("activities", theme="prislista"))
    assert found == ["aktivitetsplan-2024-prislista-2025", "aktivitetsplan-2025-prislista"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"year": "tjugo"}, ParameterError),
        ({"performer": "Håkan Wittgren"}, NotFoundError),
        ({"theme": "upphandlingsgruppen"}, NotFoundError),
    ],
)
def test_what_is_no_year_body_or_theme_is_refused(
    known: Knowledge, values: dict[str, str], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        known.ask("activities", **values)


def test_stats_count_what_each_source_tells_of(known: Knowledge) -> None:
    counted = {
        (row["kind"].value, row["source"].value if "source" in row else ""): int(
            row["things"].value
        )
        for row in known.ask("stats")
    }
    for kind in (ORG.Organization, ORG.Membership, SMV.Activity, SMV.Decision, SMV.Discrepancy):
        assert counted[str(kind), ""] == len(things(kind))
    for path in SOURCE_FILES:
        graph = graph_of(path)
        for kind in (ORG.Membership, SMV.Relation, SMV.Responsibility, SMV.Evidence):
            own = counted.get((str(kind), str(ID[f"source/{path.stem}"])), 0)
            assert own == len(things(kind, graph)), (path.stem, kind)
        bodies = {b for b in graph.subjects(PROV.wasDerivedFrom) if b in things(ORG.Organization)}
        assert counted[str(ORG.Organization), str(ID[f"source/{path.stem}"])] == len(bodies)


def test_coverage_tells_the_newest_source_and_what_nobody_knows(known: Knowledge) -> None:
    rows = {row["body"].value: row for row in known.ask("coverage")}
    group = rows[str(ID["organization/upphandlingsgruppen"])]
    board = rows[str(ID["organization/samverkansnamnden"])]

    assert group["newest_label"].value == "Återrapport aktivitetsplan 2025"
    assert "vilka som sitter där" in group["unknown"].value
    assert "vem som är ordförande" not in board["unknown"].value
    assert int(board["named"].value) == 33
    then = {r["body"].value for r in known.ask("coverage", known_on="2021-02-19")}
    assert str(ID["organization/upphandlingsgruppen"]) not in then


def test_a_task_with_two_deadlines_has_a_row_for_each_source(known: Knowledge) -> None:
    rows = known.ask("tasks", assignee="Ledningsgruppen")
    days = {row["source_label"].value: row["deadline"].value for row in rows}
    assert set(days.values()) == {"2021-06-03", "2021-06-04"}
    assert len(rows) == 2


def test_relations_are_found_from_either_end(known: Knowledge) -> None:
    ends = Counter(row["subject"].value for row in known.ask("relations", body="BG2"))
    others = slugs(known.ask("relations", body="Socialstyrelsen"), "subject")
    assert sum(ends.values()) == 3
    assert "beredningsgrupp-2-nhv" in others


def test_every_abbreviation_of_the_data_is_in_the_glossary(known: Knowledge) -> None:
    told = {(row["abbreviation"].value, row["thing"].value) for row in known.ask("glossary")}
    there = {(str(a), str(thing)) for thing, a in data().subject_objects(SMV.abbreviation)}
    assert told == there


def test_every_event_meeting_and_decision_has_a_row(known: Knowledge) -> None:
    for query, kind, name in (
        ("events", ORG.ChangeEvent, "event"),
        ("meetings", SMV.Meeting, "meeting"),
        ("decisions", SMV.Decision, "decision"),
        ("discrepancies", SMV.Discrepancy, "discrepancy"),
    ):
        found = {row[name].value for row in known.ask(query)}
        assert found == {str(thing) for thing in things(kind)}, query


def test_a_decision_is_one_row_with_all_its_makers(known: Knowledge) -> None:
    rows = known.ask("decisions", body="Regionalt vårdkompetensråd Mellansverige")
    makers = [row["makers"].value for row in rows]
    assert any(maker.count(";") == 2 for maker in makers)
    assert len(rows) == len(set(slugs(rows, "decision")))


def test_plans_that_are_only_mentioned_are_plans_all_the_same() -> None:
    plans = {slug(plan) for plan in things(SMV.Plan)}
    assert {"regional-cancerplan-2022-2024", "gemensam-kompetensforsorjningsplan"} <= plans
    assert all((plan, SKOS.prefLabel, None) in data() for plan in things(SMV.Plan))
    assert all((plan, RDF.type, PROV.Plan) in data() for plan in things(SMV.Plan))
    assert (ID["plan/aktivitetsplan-2024"], DCTERMS.relation, None) in data()
