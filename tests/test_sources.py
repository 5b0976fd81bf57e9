"""What the seven sources say: the plans and their activities, seats, tasks, events, agreements.

The figures are counted in the documents; the minutes have a file of tests of their own.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from rdflib import DCAT, DCTERMS, ORG, PROV, RDF, RDFS, SKOS
from rdflib.term import Literal, Node

from graphs import (
    BOARD,
    DATA,
    ID,
    OA,
    SCHEMA,
    SCHEMES_FILE,
    SMV,
    SOURCE_FILES,
    data,
    graph_of,
    one,
    slug,
    things,
)

ISSUED = {
    "aktivitetsplan-2024": "2023-12-31",
    "aterrapport-2020": "2021-02-19",
    "aterrapport-2025": "2026-02-13",
    "budgetdirektiv-2022": "2021-02-19",
    "protokoll-2021-02-19": "2021-02-19",
    "verksamhetsplan-2021-2024": "2020-10-31",
    "verksamhetsplan-2025-2028": "2024-09-27",
}
# Plan → how many items it has in each focus area, counted in the document.
AREAS = {
    "aktivitetsplan-2020": {
        "knowledge-management": 4,
        "operations-and-development": 3,
        "education-and-skills": 2,
        "other-collaboration": 6,
    },
    "aktivitetsplan-2024": {
        "operations-and-development": 6,
        "knowledge-management": 3,
        "education-and-skills": 4,
        "digitalisation-and-ehealth": 3,
        "other-collaboration": 5,
    },
    "aktivitetsplan-2025": {
        "operations-and-development": 12,
        "knowledge-management": 4,
        "education-and-skills": 2,
        "digitalisation-and-ehealth": 3,
    },
    "verksamhetsplan-2021-2024": {},
    "verksamhetsplan-2025-2028": {
        "strategic-direction": 3,
        "operations-and-development": 8,
        "knowledge-management": 1,
        "education-and-skills": 1,
        "digitalisation-and-ehealth": 1,
    },
}
ITEMS = {plan: sum(areas.values()) for plan, areas in AREAS.items()} | {
    "verksamhetsplan-2021-2024": 15,
    "aktivitetsplan-2021": 1,
}


def source(name: str) -> Node:
    return ID[f"source/{name}"]


def items(plan: str) -> list[Node]:
    """The items of a plan, in its order."""
    found = data().subjects(DCTERMS.isPartOf, ID[f"plan/{plan}"])
    activities = [each for each in found if (each, RDF.type, SMV.Activity) in data()]
    return sorted(activities, key=lambda each: int(str(data().value(each, SCHEMA.position) or 0)))


def agents(activity: Node, kind: str) -> set[str]:
    return {
        slug(one(each, SMV.agent))
        for each in data().subjects(SMV.activity, activity)
        if one(each, SMV.responsibilityKind) == SMV[f"responsibility-kind/{kind}"]
    }


def test_each_source_is_known_from_its_day() -> None:
    found = {p.stem: str(one(source(p.stem), DCTERMS.issued, graph_of(p))) for p in SOURCE_FILES}

    assert found == ISSUED


def test_a_misprinted_date_is_kept_beside_the_day() -> None:
    assert str(one(source("aterrapport-2020"), SMV.printedDate)) == "2020-02-19"
    assert str(one(source("aktivitetsplan-2024"), SMV.edtf)) == "2023-12"
    assert str(one(source("verksamhetsplan-2021-2024"), DCTERMS.modified)) == "2023-01-19"


@pytest.mark.parametrize("plan", ITEMS)
def test_a_plan_has_as_many_items_as_its_document(plan: str) -> None:
    found = items(plan)

    assert len(found) == ITEMS[plan]
    kind = "direction" if plan.startswith("verksamhetsplan") else "activity"
    assert {one(each, SMV.activityKind) for each in found} == {SMV[f"activity-kind/{kind}"]}
    if len(found) > 1:
        places = [int(str(one(each, SCHEMA.position))) for each in found]
        assert places == list(range(1, len(found) + 1))


@pytest.mark.parametrize("plan", AREAS)
def test_the_items_stand_in_the_focus_areas_of_the_document(plan: str) -> None:
    tops = Counter(
        slug(subject)
        for each in items(plan)
        for subject in data().objects(each, DCTERMS.subject)
        if str(subject).startswith(SMV["focus-area/"])
        and (subject, SKOS.topConceptOf, None) in graph_of(SCHEMES_FILE)
    )

    assert tops == AREAS[plan]


def test_a_sub_area_lies_within_the_focus_area_beside_it() -> None:
    for each in things(SMV.Activity):
        areas = set(data().objects(each, DCTERMS.subject))
        for area in areas:
            for broader in graph_of(SCHEMES_FILE).objects(area, SKOS.broader):
                assert broader in areas, each


def test_owners_stand_only_where_a_source_assigns_the_responsibility() -> None:
    owned = {slug(activity): slug(owner) for activity, owner in data().subject_objects(SMV.ownedBy)}

    assert owned == {
        "verksamhetsplan-2025-2028-uppfoljning-och-kostnadseffektivitet": "samverkansnamnden",
        "verksamhetsplan-2025-2028-ansvarstagande": "samverkansnamnden",
        "verksamhetsplan-2025-2028-kunskapsspridning": "samverkansnamnden",
        "verksamhetsplan-2025-2028-systematisk-utveckling": "ledningsgruppen",
        "verksamhetsplan-2021-2024-samverkanskultur": "politisk-ledning-och-tjanstemannaledning",
    }


def test_no_plan_makes_its_maker_the_owner_of_its_items() -> None:
    for plan in ("aktivitetsplan-2020", "aktivitetsplan-2024", "aktivitetsplan-2025"):
        assert not any(agents(each, "owner") for each in items(plan))
    assert not any(agents(each, "performer") for each in items("aktivitetsplan-2024"))


def test_the_passive_voice_names_no_performer() -> None:
    silent = {slug(each) for each in items("aktivitetsplan-2025") if not agents(each, "performer")}

    assert silent == {
        "aktivitetsplan-2025-forskningssamverkan",
        "aktivitetsplan-2025-nationell-samordning-av-it",
        "aktivitetsplan-2025-digitaliseringsinitiativ",
    }


def test_upphandlingsgruppen_carried_out_two_activities_of_2025() -> None:
    done = data().subjects(SMV.carriedOutBy, ID["organization/upphandlingsgruppen"])

    assert {slug(each) for each in done} == {
        "aktivitetsplan-2025-upphandling",
        "aktivitetsplan-2025-valfardsbrott",
    }


def test_two_bullets_of_2025_share_one_outcome() -> None:
    shared = Counter(data().objects(None, SMV.outcome))

    assert [slug(outcome) for outcome, count in shared.items() if count > 1] == [
        "aktivitetsplan-2025-arbetssatt-for-kunskapsstyrning"
    ]
    for plan in ("aktivitetsplan-2020", "aktivitetsplan-2025"):
        assert all(one(each, SMV.outcome) for each in items(plan))


def test_an_activity_is_completed_only_where_it_is_told_to_be() -> None:
    completed = set(data().subjects(SMV.activityStatus, SMV["activity-status/completed"]))

    assert {slug(each) for each in completed} == {
        "aktivitetsplan-2020-nytt-samverkansavtal",
        "aktivitetsplan-2020-verksamhetsplan",
        "aktivitetsplan-2025-prislista",
    }
    planned = SMV["activity-status/planned"]
    assert {one(each, SMV.activityStatus) for each in items("aktivitetsplan-2024")} == {planned}


def test_what_is_carried_on_from_year_to_year() -> None:
    carried_on = defaultdict(set)
    for newer, older in data().subject_objects(SMV.continues):
        carried_on[slug(newer)].add(slug(older))

    word_for_word = {
        "verksamhetsplan-2021-2024-nivastrukturering": "aktivitetsplan-2020-nivastrukturering",
        "verksamhetsplan-2021-2024-nationella-samverkansorgan": (
            "aktivitetsplan-2020-nationella-samverkansorgan"
        ),
        "verksamhetsplan-2021-2024-sprida-kunskap-om-avtalet": (
            "aktivitetsplan-2020-sprida-kunskap-om-avtalet"
        ),
        "aktivitetsplan-2025-implementering-av-kunskapsstyrning": (
            "aktivitetsplan-2024-implementering-av-kunskapsstyrning"
        ),
    }
    for name, before in word_for_word.items():
        assert carried_on[name] == {before}
        labels = {str(one(ID[f"activity/{each}"], SKOS.prefLabel)) for each in (name, before)}
        assert len(labels) == 1
    extended = {
        "aktivitetsplan-2025-samverkan-med-kommunerna",
        "aktivitetsplan-2025-medicinska-resultat",
        "aktivitetsplan-2025-nationell-nivastrukturering",
    }
    assert all(len(carried_on[each]) == 1 for each in extended)
    assert "aktivitetsplan-2025-prislista" not in carried_on


def test_the_same_subject_is_a_theme_and_no_continuation() -> None:
    about = set(data().subjects(DCTERMS.subject, SMV["theme/price-lists"]))

    assert len(about) == 4
    carried_on = {slug(each) for each in about if (each, SMV.continues, None) in data()}
    assert carried_on == {"verksamhetsplan-2025-2028-prislista"}


# Memberships and seats.


def test_the_healthcare_region_hosts_four_national_programme_areas_both_years() -> None:
    hosts = set(data().subjects(ORG.role, SMV["role/host"]))

    assert len(hosts) == 4
    for membership in hosts:
        assert slug(one(membership, ORG.member)) == "sjukvardsregion-mellansverige"
        assert slug(one(membership, ORG.organization)).startswith("npo-")
        years = {slug(period) for period in data().objects(membership, SMV.attestedIn)}
        assert years == {"2020", "2025"}


def test_holders_whom_no_source_names_are_there_without_a_member() -> None:
    unnamed = set(data().subjects(SMV.unnamedHolder, Literal(True)))
    kinds = Counter(slug(one(each, ORG.role)) for each in unnamed)

    assert not [each for each in unnamed if (each, ORG.member, None) in data()]
    assert kinds["chair"] == kinds["process-leader"] == 4
    municipal = [e for e in unnamed if (e, SMV.represents, ID["organization/kommunerna"]) in data()]
    assert len(municipal) == 5
    assert all((each, SMV.incompleteList, Literal(True)) in data() for each in municipal)
    delegates = [
        e
        for e in unnamed
        if (e, SMV.title, Literal("Utsedda politiker och tjänstemän", "sv")) in data()
    ]
    assert len(delegates) == 12
    assert not [each for each in delegates if (each, SMV.represents, None) in data()]


def test_a_region_has_three_seats_for_members_and_three_for_substitutes() -> None:
    rules = {slug(one(each, ORG.role)): each for each in things(SMV.CompositionRule)}

    assert set(rules) == {"member", "substitute"}
    for rule in rules.values():
        assert str(one(rule, SMV.number)) == "3"
        assert one(rule, SMV.compositionOf) == BOARD
    seats = Counter(
        (slug(one(post, SMV.seatFor)), slug(one(post, ORG.role)))
        for post in data().subjects(ORG.postIn, BOARD)
    )
    assert len(seats) == 14
    assert set(seats.values()) == {3}


def test_a_function_is_a_post_and_no_body() -> None:
    functions = data().subjects(ORG.classification, SMV["organization-type/function"])

    assert {slug(each) for each in functions} == {
        "sjukvardsregional-kommunikator",
        "sjukvardsregionalt-donationsansvarig",
        "sjukvardsregionalt-donationsansvarig-sjukskoterska",
        "lokalt-donationsansvarig",
    }
    assert not set(things(ORG.Post)) & set(things(ORG.Organization))


def test_a_service_is_no_body() -> None:
    services = {slug(each) for each in things(SMV.Service)}

    assert services >= {"1177-e-tjanster", "donationslinjen", "nspl", "siths"}
    assert not set(things(SMV.Service)) & set(things(ORG.Organization))


# Decisions, tasks, events, agreements, words.


def test_decisions_that_are_told_of_outside_the_minutes() -> None:
    minutes = graph_of(DATA / "sources" / "protokoll-2021-02-19.ttl")
    others = {slug(each) for each in things(SMV.Decision) if (each, RDF.type, None) not in minutes}

    assert others == {
        "ledningsgruppen-uppdrag-till-verksamhetschefsgrupper",
        "regionerna-samverkansavtalet",
        "samverkansnamnden-2020-10-namn",
        "samverkansnamnden-2020-10-samverkansavtal",
        "samverkansnamnden-2020-10-verksamhetsplan",
        "samverkansnamnden-2024-09-27-verksamhetsplan",
        "samverkansnamnden-2025-12-prislista-2026",
        "samverkansnamnden-donationsansvarig-sjukskoterska",
        "samverkansnamnden-donationslinjen",
    }


def test_a_task_has_the_deadline_of_its_words() -> None:
    deadlines = {
        slug(task): sorted(str(day) for day in data().objects(task, SMV.deadline))
        for task in things(SMV.Task)
        if (task, SMV.deadline, None) in data()
    }

    assert deadlines == {
        "beredningsgrupp-2-nhv-12-diagnoser": ["2021-11-30"],
        "forslag-prostata-och-njurcancer": ["2021-12-31"],
        "ledningsgruppen-budgetforslag-2022": ["2021-06-03", "2021-06-04"],
        "regiondirektorsgruppen-incitamentsmodell": ["2021-12-31"],
        "regiondirektorsgruppen-utvardering-universitetssjukhus": ["2022-11-30"],
    }


def test_what_happened_to_bodies_and_when() -> None:
    when = {
        slug(event): str(one(one(event, DCTERMS.temporal), SMV.edtf))
        for event in things(ORG.ChangeEvent)
    }

    assert when == {
        "arbetsgruppen-for-kriskommunikation-bildas": "2025",
        "arbetsgruppen-mot-valfardsbrottslighet-bildas": "2025-21",
        "effektivitetsdelegationen-bildas": "2024-07-01",
        "gruppen-med-sakerhets-och-beredskapschefer-bildas": "2025-07/2025-12",
        "nationella-amnesomradesgrupper-ansvar-flyttas": "2020-12-31/2021-01-01",
        "regionalt-vardkompetensrad-mellansverige-start": "2021-22",
        "rpo-donation-bildas": "2025",
        "rsg-halsodata-forslag": "[..2026-02-13]",
        "rsg-stod-for-utveckling-bildas": "2020",
        "rsg-uppfoljning-och-analys-bildas": "2020",
        "sjukvardsregion-mellansverige-namnbyte": "2020-10",
    }


def test_an_open_end_is_not_an_unknown_one() -> None:
    agreement = ID["agreement/samverkansavtalet"]
    open_ends = {slug(period) for period in data().objects(agreement, DCTERMS.temporal)}
    staff = one(ID["agreement/nationellt-avtal-om-bemanning"], DCTERMS.temporal)

    assert open_ends == {"from-2021", "from-2021-01-01"}
    for period in data().objects(agreement, DCTERMS.temporal):
        assert (period, SMV.openEnd, Literal(True)) in data()
    assert (staff, SMV.openEnd, None) not in data()
    assert (staff, DCAT.endDate, None) not in data()


def test_what_abbreviations_stand_for_and_which_are_not_written_out() -> None:
    short = {
        str(abbreviation): {str(words) for words in data().objects(thing, SMV.standsFor)}
        for thing, abbreviation in data().subject_objects(SMV.abbreviation)
    }

    assert short["HTA"] == {"Health Technology Assessment"}
    assert short["DCD"] == {"Donation after Circulatory Death"}
    assert short["SKS"] == {
        "Styrgruppen för nationellt system för kunskapsstyrning hälso- och sjukvård"
    }
    assert short["RCC"] == {"Regionalt Cancercentrum", "Sjukvårdsregionalt cancercentrum"}
    bare = {name for name, words in short.items() if not words}
    assert bare == {"AT", "BT", "FoU", "SITHS", "XALD"}


def test_everything_that_a_source_says_of_a_thing_has_evidence_in_that_source() -> None:
    bare = {DCTERMS.PeriodOfTime, SMV.Evidence, OA.TextPositionSelector, SMV.Discrepancy}
    for path in SOURCE_FILES:
        graph = graph_of(path)
        for thing in set(graph.subjects()):
            if not set(graph.objects(thing, RDF.type)) & bare:
                assert (thing, PROV.wasDerivedFrom, None) in graph, (path.stem, thing)


def test_outcomes_are_told_in_words_of_our_own() -> None:
    texts = [str(one(outcome, RDFS.comment)) for outcome in things(SMV.Outcome)]

    assert len(texts) == 35
    assert all(text.endswith(".") for text in texts)
