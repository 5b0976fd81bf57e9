"""One thing and all that its page shows: who says what, once, in the reader's language."""

from __future__ import annotations

import pytest

from samverkan import profile
from samverkan.knowledge import Knowledge
from samverkan.language import language
from samverkan.namespaces import DEF, ID
from samverkan.profile import Profile

PLAN = "plan:verksamhetsplan-2025-2028"
MEETING = "Samverkansnämndens möte 2021-10-01"
AMBULANCE = "Kommunalförbundet Svenskt ambulansflyg"


def shown(known: Knowledge, name: str, code: str = "sv", **times: str) -> Profile:
    return profile.profile(known, profile.of_name(known, name), language(code), **times)


def test_a_statement_names_the_sources_that_make_it_oldest_first(known: Knowledge) -> None:
    life = {s.label: s.sources for s in shown(known, AMBULANCE).statements if "livs" in s.property}

    assert life == {
        "verksam": ("Samverkansnämndens protokoll 2021-02-19",),
        "omnämnd": ("Återrapport aktivitetsplan 2020", "Aktivitetsplan 2024"),
    }


def test_what_a_thing_is_called_and_sorted_as_is_nobody_s_statement(known: Knowledge) -> None:
    kinds = [s for s in shown(known, AMBULANCE).statements if s.property == "slag av organ"]
    assert [(kind.label, kind.sources) for kind in kinds] == [("kommunalförbund", ())]


def test_only_the_sources_known_on_the_day_speak(known: Knowledge) -> None:
    then = shown(known, AMBULANCE, known_on="2021-02-19")
    sources = {source for statement in then.statements for source in statement.sources}
    assert sources == {"Samverkansnämndens protokoll 2021-02-19", "Återrapport aktivitetsplan 2020"}


def test_a_relation_is_told_once_and_as_what_it_is(known: Knowledge) -> None:
    mentions = shown(known, AMBULANCE).mentions
    told = [(mention.property, mention.label) for mention in mentions]

    assert len(told) == len(set(told))
    takes_part = f"Sjukvårdsregion Mellansverige deltar i {AMBULANCE}"
    assert ("förhållande", takes_part) in told
    assert not [label for kind, label in told if kind in {"objekt", "subjekt", "del av organet"}]


def test_a_part_in_an_activity_is_told_by_its_node_and_not_by_the_shortcut_too(
    known: Knowledge,
) -> None:
    mentions = shown(known, "Upphandlingsgruppen").mentions
    assert [mention.property for mention in mentions] == ["del i en aktivitet"] * 2
    assert all("utförare" in mention.label for mention in mentions)


def test_concepts_are_told_in_the_language_of_the_reader(known: Knowledge) -> None:
    english = {s.property: s.label for s in shown(known, "RSG Hälsodata", "en").statements}
    swedish = {s.property: s.label for s in shown(known, "RSG Hälsodata", "sv").statements}

    assert (english["lifecycle"], swedish["livsläge"]) == ("proposed", "föreslagen")
    assert english["classification"] == "collaboration group"


@pytest.mark.parametrize("code", ["sv", "en"])
def test_texts_are_told_in_the_language_of_the_reader_alone(known: Knowledge, code: str) -> None:
    other = {"sv": "Leads and steers", "en": "Leder och styr"}[code]
    told = [each.label for each in shown(known, "Ledningsgruppen", code).statements]
    assert not [label for label in told if label.startswith(other)]
    chair = shown(known, f"{DEF}role/chair", code).statements
    plural = [s.label for s in chair if s.property in {"pluralform", "plural form", "plural"}]
    assert plural == [{"sv": "ordförande", "en": "chairs"}[code]]


def test_a_text_in_another_language_is_told_where_there_is_no_other(known: Knowledge) -> None:
    places = {
        s.property: s.label
        for s in shown(known, "Samverkansnämndens möte 2021-02-19", "en").statements
    }
    assert places["location"] == "Digitalt mötesrum"


def test_truths_and_terms_of_others_are_told_in_words(known: Knowledge) -> None:
    told = {s.property: s.label for s in shown(known, MEETING).statements}
    assert told["mötesform"] == "på plats"
    source = shown(known, f"{ID}source/protokoll-2021-02-19").statements
    assert [s.label for s in source if s.property == "finns till hands"] == ["ja"]
    order = shown(known, f"{DEF}role/chair").statements
    assert not [s.property for s in order if ":" in s.property]


@pytest.mark.parametrize("name", ["Ledningsgruppen", "role:chair", MEETING, PLAN])
def test_all_that_is_shown_can_be_shown_by_what_is_printed(known: Knowledge, name: str) -> None:
    told = shown(known, name)
    for each in (*told.statements, *told.mentions):
        if each.iri:
            assert profile.of_name(known, each.address or each.label) == each.iri


@pytest.mark.parametrize("name", ["person:ola-karlsson", "person/ola-karlsson"])
def test_a_thing_is_found_as_the_files_write_it(known: Knowledge, name: str) -> None:
    assert profile.of_name(known, name) == f"{ID}person/ola-karlsson"
