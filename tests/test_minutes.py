"""The minutes of 2021-02-19: who was there, what was decided, what is only implied."""

from __future__ import annotations

from collections import Counter
from datetime import date

import rdflib
from rdflib import DCAT, DCTERMS, ORG, PROV, RDF, RDFS
from rdflib.term import Node

from graphs import (
    BOARD,
    DATA,
    ID,
    MEETING,
    MINUTES,
    SMV,
    data,
    day_of,
    graph_of,
    languages_of,
    one,
    paragraph_of,
    slug,
)

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


def minutes() -> rdflib.Graph:
    return graph_of(DATA / "sources" / f"{slug(MINUTES)}.ttl")


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
            and (membership, RDF.type, ORG.Membership) in minutes()
        ]
        assert len(memberships) == 1
        assert (memberships[0], SMV.represents, None) not in data()
    for person in ("monika-samuelsson", "bo-brannstrom"):
        for membership in data().subjects(ORG.member, ID[f"person/{person}"]):
            assert (membership, SMV.represents, None) not in data()


def test_the_four_representatives_of_the_healthcare_region_are_said_to_be_so() -> None:
    found = {
        (slug(one(membership, ORG.member)), slug(one(membership, SMV.status)))
        for membership in minutes().subjects(
            SMV.represents, ID["organization/sjukvardsregion-mellansverige"]
        )
        if (membership, RDF.type, ORG.Membership) in minutes()
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


def test_the_chair_is_implied_and_tells_why() -> None:
    chair = ID["membership/samverkansnamnden-andreas-svahn-chair"]

    assert one(chair, SMV.basis) == SMV["basis/implied"]
    assert languages_of(data(), chair, RDFS.comment) == ["en", "sv"]
    assert len(list(data().objects(chair, PROV.wasDerivedFrom))) > 1


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
    items = set(data().subjects(DCTERMS.isPartOf, MEETING))
    taken = {each for item in items for each in data().subjects(DCTERMS.isPartOf, item)}

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
