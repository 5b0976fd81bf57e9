"""Families of questions about people and seats: what is said, and what must not be.

What must be there is held against the documents by hand, not against the program.
"""

from __future__ import annotations

import pytest

from samverkan import questions
from samverkan.knowledge import Knowledge

DAY = "2026-11-25"
MINUTES = "Samverkansnämndens protokoll 2021-02-19"
NO_APPOINTMENT = "ingen källa säger att det ledde till en utnämning"

# question, state, what the answer must hold, what it must not
ASKED: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    # Whether somebody sits there.
    ("sitter Bo Brännström kvar i Samverkansnämnden", "ended", ("ersatt av Svante", "§ 1"), ()),
    # A region alone says for whom somebody sits; where no source does, that is told.
    (
        "Is Bo Brännström still a substitute for Dalarna?",
        "ended",
        ("former substitute", "replaced by Svante", "no source says that it is or was for", "§ 1"),
        ("is or was in Region Dalarna",),
    ),
    ("sitter Ola Karlsson för Region Örebro län?", "last-known", ("i Samverkansnämnden",), ()),
    # Before somebody who is only nominated.
    (
        "vem satt i Beredningsgrupp 2 före Mikael Köhler",
        "last-known",
        ("bara nominerad", NO_APPOINTMENT, "Håkan Wittgren", "§ 14"),
        ("ersattes av",),
    ),
    ("Vem hade uppdraget i BG2 före Mikael Köhler?", "last-known", ("bara nominerad",), ()),
    (
        "Has Mikael Köhler actually been appointed to BG2, or was he only put forward?",
        "nominated",
        ("§ 13",),
        (),
    ),
    ("är Jonas Claesson ordförande i Ledningsgruppen", "last-known", ("2021-02-19", "§ 8"), ()),
    ("Har Köhler kommit in i BG2 än?", "nominated", (NO_APPOINTMENT, "§ 13"), ("är utsedd",)),
    (
        "Är Andreas Svahn ordförande i NHV-nämnden?",
        "last-known",
        ("Ingen källa säger att Andreas Svahn är ordförande", "som ledamot", "§ 14"),
        (),
    ),
    (
        "är Jonas Claesson med i Upphandlingsgruppen",
        "not-covered",
        ("Ingen källa säger att Jonas Claesson är eller har varit med",),
        ("ordförande",),
    ),
    ("satt Håkan Wittgren i BG2 2020-01-01", "before-first", ("först senare: 2021-02-19",), ()),
    ("satt Håkan Wittgren i BG2 2021-02-19", "confirmed", ("För 2021-02-19",), ("senast",)),
    ("Is Mikael Köhler on BG2?", "nominated", ("no source says that this led",), ("appointed as",)),
    # Since when.
    (
        "sedan när sitter Håkan Wittgren i Beredningsgrupp 2",
        "last-known",
        ("Ingen källa säger sedan när", "bara 2021-02-19", "§ 14"),
        ("sedan 2021", "från 2021"),
    ),
    ("Hur länge satt Bo Brännström i Samverkansnämnden?", "ended", ("inte längre",), ()),
    (
        "How long has Petri Olivius been in Kommittén för klinisk behandlingsforskning?",
        "last-known",
        ("No source says since when", "Nominated, which is not appointed", "2021–2023"),
        (),
    ),
    ("sedan när är Jonas Claesson i Upphandlingsgruppen", "not-covered", ("Ingen källa",), ()),
    # Before and after.
    ("vem kom efter Bo Brännström", "last-known", ("Svante Parsjö Tegnér ersätter", "§ 1"), ()),
    (
        "vem tog över efter Håkan Wittgren i Beredningsgrupp 2",
        "unnamed",
        ("Ingen källa säger vem som kom efter", "2025", "det säger inte att någon av dem"),
        ("Köhler",),
    ),
    (
        "vem satt i Samverkansnämnden för Region Dalarna före Svante Parsjö Tegnér",
        "ended",
        ("Bo Brännström ersattes av", "senast 2021-02-19"),
        (),
    ),
    (
        "Vem var ordförande i Samverkansnämnden före Andreas Svahn?",
        "not-covered",
        ("Ingen källa säger vem som fanns före Andreas Svahn som ordförande",),
        (),
    ),
    (
        "vem satt i Nationella vårdkompetensrådet före Monika Samuelsson",
        "unnamed",
        ("det säger inte vem som kom i vems ställe", "2020"),
        (),
    ),
    ("vilka har slutat i Samverkansnämnden", "ended", ("Bo Brännström är inte längre",), ()),
    (
        "vem var förra ordföranden i Ledningsgruppen",
        "not-covered",
        ("att någon inte nämns senare säger det inte",),
        ("Claesson",),
    ),
    # Nominations.
    (
        "vilka nomineringar finns det",
        "nominated",
        ("Mikael Köhler nominerades 2021-02-19", "2021–2023", "§ 12", "§ 13"),
        (),
    ),
    ("Which nominations are still open?", "nominated", ("§ 12", "§ 13"), ()),
    (
        "Vem har vi nominerat till Beredningsgrupp 2?",
        "nominated",
        ("Köhler", "Ingen källa säger att det ledde till en utnämning"),
        ("Olivius", "2023"),
    ),
    ("Blev Petri Olivius utsedd?", "nominated", ("Källorna visar också Petri Olivius",), ()),
    ("är Andreas Svahn nominerad", "not-covered", ("Ingen källa berättar om någon",), ()),
    # Party, work, region.
    ("Vilket parti tillhör Sofia Jarl?", "last-known", ("Sofia Jarl (C)", "§ 2"), ("Center",)),
    ("partitillhörighet Jonas Claesson?", "not-covered", ("Ingen källa skriver",), ("Lindeberg",)),
    ("var jobbar Katarina Wijk", "last-known", ("FoU-direktör i Region Gävleborg", "§ 5"), ()),
    ("var jobbar Sofia Jarl", "last-known", ("Ingen källa säger var Sofia Jarl arbetar",), ()),
    ("vad har Petri Olivius för titel", "last-known", ("FoU-chef", "Forskningschef"), ()),
    ("vilken region är Magnus Leivik från", "last-known", ("ledamot för Region Sörmland",), ()),
    ("vilken region är Bo Brännström från", "not-covered", ("Ingen källa",), ("Dalarna",)),
    # Signatures.
    ("vem skrev under budgetdirektivet", "confirmed", ("Jonas Claesson", "Underskrifter"), ()),
    (
        "vem skrev under Samverkansnämndens protokoll 2021-02-19",
        "confirmed",
        ("Emilie Orring", "2021-02-26", "Andreas Svahn", "Eva-Lena Aspetorp"),
        (),
    ),
    ("vem upprättade Återrapport aktivitetsplan 2025", "not-covered", ("Ingen källa",), ()),
    # Who was there, in what capacity, from when.
    ("När anslöt Charlotte Edberger på mötet 2021-02-19?", "confirmed", ("från § 5",), ()),
    (
        "I vilken egenskap var Svante Parsjö Tegnér med på Samverkansnämndens möte 2021-02-19?",
        "confirmed",
        ("tjänstgörande ersättare för Region Dalarna",),
        (),
    ),
    # Names, several seats, what nobody is named in.
    ("vilka heter Claesson", "last-known", ("Jonas Claesson", "Mattias Claesson"), ("Leivik",)),
    ("vilka heter Xyz", "not-covered", ("Xyz",), ()),
    ("vilka sitter i flera organ", "last-known", ("Denise Norström", "Ola Karlsson"), ("Jarl",)),
    (
        "vilka grupper saknar känd ordförande",
        "confirmed",
        ("namnger ingen källa någon som ordförande", "HTA-rådet"),
        ("Ledningsgruppen (",),
    ),
    (
        "vilka har inte synts till i Nationella vårdkompetensrådet",
        "last-known",
        ("Monika Samuelsson", "senast visat 2021-02-19", "Det säger inte att de har slutat"),
        (),
    ),
    (
        "Vem är sjukvårdsregionalt donationsansvarig?",
        "unnamed",
        ("2025", "utan att säga vem"),
        ("Socialstyrelsen",),
    ),
    # Who leads, whom to turn to, other words for roles.
    ("Vem basar över Ledningsgruppen?", "last-known", ("Jonas Claesson", "ordförande"), ()),
    ("ledningsgruppens ordf?", "last-known", ("Jonas Claesson",), ()),
    ("vem ska man kontakta om Upphandlingsgruppen", "not-covered", ("som kontaktperson",), ()),
    ("vem för protokollet i Samverkansnämnden", "last-known", ("Eva-Lena Aspetorp",), ()),
    ("Who is deputy chair of Samverkansnämnden?", "not-covered", ("vice chair",), ("Svahn",)),
    (
        "Vilka kommunala representanter finns i RSG Patientsäkerhet?",
        "unnamed",
        ("utan att namnge dem", "2025"),
        (),
    ),
    (
        "Vem sitter i forskningsrådet för Region Värmland?",
        "not-covered",
        ("Ingen källa säger vem som representerar Region Värmland",),
        ("Angergård",),
    ),
    ("vem är direktör i Region Uppsala", "ambiguous", ("regiondirektör", "FoU-direktör"), ()),
]


@pytest.mark.parametrize(("question", "state", "there", "absent"), ASKED)
def test_a_question_about_people_is_answered(
    known: Knowledge,
    question: str,
    state: str,
    there: tuple[str, ...],
    absent: tuple[str, ...],
) -> None:
    words_name_a_day = any(day in question for day in ("2020-01-01", "2021-02-19"))
    answer = questions.ask(known, question, on_date=None if words_name_a_day else DAY)
    assert answer.state == state, answer.answer
    missing = [words for words in there if words.casefold() not in answer.answer.casefold()]
    assert missing == [], answer.answer
    assert [words for words in absent if words in answer.answer] == [], answer.answer
    assert not set("{}[]") & set(answer.answer)
    assert "  " not in answer.answer
    for fact in answer.facts:
        assert fact.evidence
        assert fact.value in answer.answer or " till." in answer.answer or "till; " in answer.answer


def test_what_a_seat_is_worth_is_what_it_is_in_the_roles_of_a_person(known: Knowledge) -> None:
    """Whether somebody sits in a body and what they are there are asked by two queries."""
    iris = {row["thing"].value for row in known.ask("names")}
    people = sorted(iri for iri in iris if "/id/person/" in iri)
    assert len(people) > 40
    for day in ("2020-06-01", DAY):
        for person in people[::3]:
            roles: dict[str, set[tuple[str, str]]] = {}
            for row in known.ask("roles", person=person, on_date=day):
                told = (row["role"].value, row["state"].value)
                roles.setdefault(row["organization"].value, set()).add(told)
            for body, expected in roles.items():
                seats = known.ask("seat", person=person, body=body, on_date=day)
                assert {(row["role"].value, row["state"].value) for row in seats} == expected


@pytest.mark.parametrize(
    "question",
    [
        "vem sparkade Bo Brännström",
        "är Håkan Wittgren gift",
        "vad tjänar Andreas Svahn",
        "vilket parti är bäst",
        "varför nominerades Mikael Köhler",
        "vem blir nästa ordförande i Ledningsgruppen",
        "sitter Håkan Wittgren i fängelse",
        "how old is Emilie Orring",
        "why did Bo Brännström leave",
        "did Denise Norström vote against it",
    ],
)
def test_what_no_source_can_tell_of_people_is_not_answered(known: Knowledge, question: str) -> None:
    answer = questions.ask(known, question)
    assert answer.state in {"not-understood", "unknown-name"}, answer.answer
    assert not answer.facts
    assert not answer.findings


def test_a_nomination_says_what_is_known_on_a_day(known: Knowledge) -> None:
    answer = questions.ask(known, "vilka nomineringar finns det", known_on="2021-01-01")
    assert answer.state == "not-covered"
    assert "Köhler" not in answer.answer


def test_without_a_name_nobody_is_told_of_as_a_signatory(known: Knowledge) -> None:
    assert known.ask("signatories") == []
