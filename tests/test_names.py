"""Names are found however they are typed, and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.errors import AmbiguousNameError, UnknownNameError
from samverkan.knowledge import Knowledge
from samverkan.names import NameRow, Names, fold, stems, words

BODY = "http://www.w3.org/ns/org#Organization"
BG2 = "Beredningsgrupp 2 för nationell högspecialiserad vård"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Beredningsgrupp 2", BG2),
        ("Beredningsgrupp2", BG2),
        ("BEREDNINGSGRUPP 2", BG2),
        ("beredningsgrupp-2", BG2),
        ("beredningsgruppen 2", BG2),
        ("Beredningsgrupp2:s", BG2),
        ("BG2", BG2),
        ("bg 2", BG2),
        ("berednignsgrupp 2", BG2),
        ("Socialstyrelsens beredningsgrupp 2", BG2),
        ("nhv-namnden", "Nämnden för nationell högspecialiserad vård"),
        ("NHV-nämndens", "Nämnden för nationell högspecialiserad vård"),
        ("ledningsgrupp", "Ledningsgruppen"),
        ("Ledningsgruppens", "Ledningsgruppen"),
        ("RCC", "Sjukvårdsregionalt cancercentrum (RCC)"),
        ("svenskt ambulansflyg", "Kommunalförbundet Svenskt ambulansflyg"),
        ("region orebro lan", "Region Örebro län"),
        ("oss", "Sjukvårdsregion Mellansverige"),
    ],
)
def test_a_body_is_found_as_people_type_it(known: Knowledge, typed: str, label: str) -> None:
    assert known.names.find(typed, BODY).label == label


@pytest.mark.parametrize("typed", ["Wittgren", "hakan wittgren", "Håkan", "Hakan Witgren"])
def test_a_person_is_found_by_a_part_of_the_name(known: Knowledge, typed: str) -> None:
    assert known.names.find(typed).label == "Håkan Wittgren"


@pytest.mark.parametrize(
    "typed",
    [
        "Beredningsgrupp 3",
        "Beredningsgrupp 22",
        "BG3",
        "BG 1",
        "Region Halland",
        "Region Västerbotten",
        "Nationella forskningsrådet",
        "Regionala screeningrådet",
        "zzz",
        "2",
        "i",
        "—",
        "",
    ],
)
def test_what_is_not_there_is_not_guessed(known: Knowledge, typed: str) -> None:
    with pytest.raises(UnknownNameError):
        known.names.find(typed, BODY)


def test_an_unknown_name_comes_with_the_nearest_ones(known: Knowledge) -> None:
    with pytest.raises(UnknownNameError) as caught:
        known.names.find("Beredningsgrupp 3", BODY)
    assert caught.value.nearest[0].label == BG2


@pytest.mark.parametrize("typed", ["Claesson", "Björk", "vårdkompetensrådet"])
def test_a_name_that_several_bear_is_ambiguous(known: Knowledge, typed: str) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        known.names.find(typed)
    assert len(caught.value.candidates) > 1


def test_every_name_in_the_graph_leads_to_something_that_bears_it(known: Knowledge) -> None:
    for row in known.ask("names"):
        found = _borne_by(known, row["name"].value, row["kind"].value)
        assert row["thing"].value in found


def _borne_by(known: Knowledge, name: str, kind: str) -> set[str]:
    try:
        return {known.names.find(name, kind).iri}
    except AmbiguousNameError as error:
        return {match.iri for match in error.candidates}


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    import unicodedata

    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))
    assert words(fold(text)) == words(text)


@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_looking_up_any_text_ends_in_a_thing_or_a_clear_refusal(
    typed: str, labels: list[str]
) -> None:
    names = Names(NameRow(f"http://e/{i}", "k", label, label) for i, label in enumerate(labels))
    try:
        found = names.find(typed)
    except (UnknownNameError, AmbiguousNameError):
        return
    figures = [word for word in stems(typed) if word.isdigit()]
    assert set(figures) <= {word for word in stems(found.name) if word.isdigit()}
