"""Look-alikes are kept apart, and what is one thing under several names is one."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rdflib import ORG, RDF, RDFS, SKOS
from rdflib.term import Literal

from graphs import ID, SMV, SOURCE_FILES, data, graph_of, one, slug, things
from samverkan.errors import AmbiguousNameError, UnknownNameError
from samverkan.knowledge import Knowledge

# Each is a body of its own, whatever the words that they share.
APART = {
    "beredningsgrupper": [
        "beredningsgrupp-2-nhv",
        "beredningsgruppen-sks",
        "biobank-sveriges-beredningsgrupp",
        "ineras-regionala-beredningsgrupp",
    ],
    "råd": [
        "nationella-vardkompetensradet",
        "regionalt-vardkompetensrad-mellansverige",
        "sjukvardsregionala-kompetensradet",
        "sjukvardsregionala-forskningsradet",
        "vetenskapsradet",
    ],
    "äldres hälsa": [
        "npo-aldres-halsa-och-palliativ-vard",
        "rpo-aldres-halsa-och-palliativ-vard",
    ],
    "hälsodata": ["nsg-halsodata", "rsg-halsodata"],
    "cancercentrum": ["regionalt-cancercentrum", "regionala-cancercentrum", "rcc-i-samverkan"],
    "nära vård": [
        "arbetsgruppen-for-god-och-nara-vard",
        "sjukvardsregionala-natverket-for-nara-vard",
    ],
    "nationella grupper": [
        "nationella-programomraden",
        "nationella-programrad",
        "nationella-amnesomradesgrupper",
        "nationella-arbetsgrupper",
        "nationella-samverkansgrupper",
    ],
    "nämnder": ["samverkansnamnden", "namnden-for-nationell-hogspecialiserad-vard"],
    "behandlingsforskning": [
        "kommitten-for-klinisk-behandlingsforskning",
        "vetenskapsradets-kommitte-for-klinisk-forskning",
    ],
    "kommuner": ["kommunerna", "kommuner-bakom-regionalt-vardkompetensrad"],
}
# What a source or a person says → the one body that is meant.
ONE = {
    "Regionala vårdkompetensrådet": "regionalt-vardkompetensrad-mellansverige",
    "Regionalt vårdkompetensråd": "regionalt-vardkompetensrad-mellansverige",
    "Nationellt råd för framtidens vårdkompetens": "nationella-vardkompetensradet",
    "Styrgrupp för kunskapsstyrning i samverkan": "styrgruppen-sks",
    "SKS": "styrgruppen-sks",
    "Nationella beredningsgruppen": "beredningsgruppen-sks",
    "Nämnden för NHV": "namnden-for-nationell-hogspecialiserad-vard",
    "Beredningsgrupp 2 till nämnden för NHV": "beredningsgrupp-2-nhv",
    "BG2": "beredningsgrupp-2-nhv",
    "Styrgruppen för Regionalt Cancercentrum": "rpo-cancersjukdomar",
    "RCC": "regionalt-cancercentrum",
    "Sjukvårdsregionalt cancercentrum": "regionalt-cancercentrum",
    "Inera": "inera-ab",
    "Svenskt ambulansflyg": "kommunalforbundet-svenskt-ambulansflyg",
    "Kompetensrådet": "sjukvardsregionala-kompetensradet",
    "Forskningsrådet": "sjukvardsregionala-forskningsradet",
    "Nationellt programområde Äldres hälsa": "npo-aldres-halsa-och-palliativ-vard",
    "Huvudmannagruppen för statlig kunskapsstyrning inom hälso- och sjukvård": (
        "huvudmannagruppen-for-statlig-kunskapsstyrning"
    ),
    "masskadegruppen": "arbetsgruppen-for-samverkan-vid-masskadehandelser",
    "RPO donation": "rpo-donation",
}
DISCREPANCIES = {
    "aterrapport-2020-datum",
    "beredningsgrupp-2-nhv-del-av",
    "beredningsgrupp-2-nhv-representant",
    "huvudmannagruppen-namn",
    "kommitten-for-klinisk-behandlingsforskning-namn",
    "kunskapsstyrningsgruppen-stormote-antal",
    "namnden-for-nationell-hogspecialiserad-vard-titlar",
    "nara-vard-namn",
    "nationella-vardkompetensradet-monika-samuelsson",
    "npo-aldres-halsa-och-palliativ-vard-namn",
    "petri-olivius-titel",
    "protokoll-2021-02-19-ar",
    "regional-cancerplan-2022-2024-namn",
    "regionalt-cancercentrum-namn",
    "regionalt-vardkompetensrad-mellansverige-start",
    "rpo-donation-slag",
    "samverkansavtalet-namn",
    "samverkansavtalet-tid",
    "samverkansnamnden-2021-06-03-dag",
    "styrgruppen-sks-namn",
    "verksamhetsplan-2025-2028-innehall",
}
BODY = str(ORG.Organization)


@pytest.mark.parametrize("alike", APART.values(), ids=list(APART))
def test_look_alikes_are_bodies_of_their_own(alike: list[str]) -> None:
    bodies = [ID[f"organization/{name}"] for name in alike]

    assert all((body, RDF.type, ORG.Organization) in data() for body in bodies)
    labels = Counter(str(one(body, SKOS.prefLabel)).casefold() for body in bodies)
    assert set(labels.values()) == {1}


@pytest.mark.parametrize("alike", APART.values(), ids=list(APART))
def test_no_full_name_of_one_is_a_name_of_its_look_alike(alike: list[str]) -> None:
    """Only a bare form that a source really uses ("Äldres hälsa …") may be shared."""
    shared = Counter(
        str(name)
        for body in alike
        for name in {*data().objects(ID[f"organization/{body}"], SKOS.prefLabel)}
        | {*data().objects(ID[f"organization/{body}"], SKOS.hiddenLabel)}
    )
    assert [name for name, count in shared.items() if count > 1] == []


@pytest.mark.parametrize(("name", "body"), ONE.items(), ids=list(ONE))
def test_several_names_lead_to_one_body(known: Knowledge, name: str, body: str) -> None:
    assert known.names.find(name, BODY).iri == str(ID[f"organization/{body}"])


@pytest.mark.parametrize(
    "name",
    ["nämnden", "beredningsgruppen", "Äldres hälsa och palliativ vård", "vårdkompetensrådet"],
)
def test_a_word_that_several_bear_is_never_guessed(known: Knowledge, name: str) -> None:
    with pytest.raises((AmbiguousNameError, UnknownNameError)):
        known.names.find(name, BODY)


def test_no_body_is_called_only_by_a_word_for_its_kind() -> None:
    lone = re.compile(r"(?i)(den |det )?(nämnden|rådet|gruppen|kommittén|kansliet|delegationen)")

    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for body in things(ORG.Organization):
            assert not [n for n in data().objects(body, predicate) if lone.fullmatch(str(n))]


def test_two_people_of_one_family_name_are_two(known: Knowledge) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        known.names.find("Claesson")
    assert {match.label for match in caught.value.candidates} == {
        "Jonas Claesson",
        "Mattias Claesson",
    }


def test_one_name_in_two_roles_is_one_person_with_the_later_role_implied() -> None:
    roles = {
        slug(one(membership, ORG.organization)): slug(one(membership, SMV.basis))
        for membership in data().subjects(ORG.member, ID["person/ola-karlsson"])
    }

    assert roles["samverkansnamnden"] == "stated"
    assert roles["kommunalforbundet-svenskt-ambulansflyg"] == "implied"


def test_namnden_of_the_report_of_2025_is_not_always_the_same() -> None:
    report = graph_of(next(path for path in SOURCE_FILES if path.stem == "aterrapport-2025"))
    parents = set(report.objects(ID["organization/beredningsgrupp-2-nhv"], ORG.subOrganizationOf))
    reports_to = {
        slug(one(relation, SMV.object, report))
        for relation in report.subjects(SMV.relationKind, SMV["relation-kind/reports-to"])
    }

    assert {slug(parent) for parent in parents} == {"namnden-for-nationell-hogspecialiserad-vard"}
    assert reports_to == {"samverkansnamnden"}


def test_a_body_that_is_only_proposed_is_nothing_else() -> None:
    group = ID["organization/rsg-halsodata"]

    assert set(data().objects(group, SMV.lifecycle)) == {SMV["lifecycle/proposed"]}
    assert not list(data().subjects(ORG.organization, group))


def test_a_body_is_what_each_source_showed_it_to_be() -> None:
    council = ID["organization/regionalt-vardkompetensrad-mellansverige"]
    shown = {
        path.stem: slug(state)
        for path in SOURCE_FILES
        for state in graph_of(path).objects(council, SMV.lifecycle)
    }

    assert shown == {
        "protokoll-2021-02-19": "proposed",
        "aterrapport-2020": "proposed",
        "aktivitetsplan-2024": "active",
        "aterrapport-2025": "active",
    }


def test_a_description_in_the_place_of_a_name_is_said_to_be_one() -> None:
    described = {slug(b) for b in data().subjects(SMV.descriptiveName, Literal(True))}

    assert described >= {
        "arbetsgruppen-for-kriskommunikation",
        "arbetsgruppen-mot-valfardsbrottslighet",
        "gruppen-med-sakerhets-och-beredskapschefer",
        "universitetssjukhuset-i-uppsala",
        "universitetssjukhuset-i-orebro",
    }
    assert "arbetsgruppen-for-samverkan-vid-masskadehandelser" not in described


def test_that_one_programme_area_mirrors_another_is_nowhere_written() -> None:
    mirrored = {
        (slug(one(relation, SMV.subject)), slug(one(relation, SMV.object)))
        for relation in data().subjects(SMV.relationKind, SMV["relation-kind/mirrors"])
    }

    assert mirrored == {("rsg-halsodata", "nsg-halsodata")}


def test_a_former_name_is_dated_and_belongs_to_one_body() -> None:
    former = {
        slug(body): str(one(name, RDFS.label))
        for body, name in data().subject_objects(SMV.formerName)
    }

    assert former == {
        "npo-aldres-halsa-och-palliativ-vard": "Äldres hälsa",
        "styrgruppen-sks": "Styrgrupp för kunskapsstyrning i samverkan",
    }
    assert {slug(one(name, SMV.attestedIn)) for name in things(SMV.Name)} == {"2020"}


def test_every_disagreement_is_told() -> None:
    assert {slug(each) for each in things(SMV.Discrepancy)} == DISCREPANCIES


def test_a_disagreement_between_sources_has_claims_of_both() -> None:
    between = ["aterrapport-2020-datum", "beredningsgrupp-2-nhv-del-av", "samverkansavtalet-tid"]
    for name in between:
        claims = set(data().objects(ID[f"discrepancy/{name}"], SMV.claim))
        told_in = {p.stem for p in SOURCE_FILES for c in claims if (c, None, None) in graph_of(p)}
        assert len(told_in) > 1, name
