"""The main job: who represents us, what that is worth on a day, and which paragraph says so."""

from __future__ import annotations

import re

import pytest

from samverkan import questions
from samverkan.answers import Answer
from samverkan.findings import Finding
from samverkan.knowledge import Knowledge
from samverkan.language import CODES
from samverkan.states import STATES

MAIN = "vem representerar oss i Beredningsgrupp 2"
LATER = "2026-11-22"
BODY = "http://www.w3.org/ns/org#Organization"


def ask(known: Knowledge, question: str = MAIN, **values: str) -> Answer:
    return questions.ask(known, question, **values)


def states(answer: Answer) -> dict[str, str]:
    return {f.person.label if f.person else "–": f.state for f in answer.findings}


def places(finding: Finding) -> set[str]:
    return {place.locator for place in finding.places}


def test_the_attested_representative_is_last_known_years_later(known: Knowledge) -> None:
    answer = ask(known, on_date=LATER)
    wittgren, kohler, nobody = answer.findings
    assert (wittgren.person and wittgren.person.label, wittgren.state) == (
        "Håkan Wittgren",
        "last-known",
    )
    assert str(wittgren.last_attested) == "2021-02-19"
    assert places(wittgren) == {"§ 14"}
    assert (kohler.person and kohler.person.label, kohler.state) == ("Mikael Köhler", "nominated")
    assert places(kohler) == {"§ 13"}
    assert (nobody.person, nobody.state, nobody.title) == (None, "unnamed", "representanter")
    level = "Nationell och sjukvårdsregional nivåstrukturering"
    assert places(nobody) == {f"{level} › punkt 1", f"{level} › punkt 2"}
    assert answer.state == "last-known"


def test_the_sentence_alone_is_true_and_complete(known: Knowledge) -> None:
    text = ask(known, on_date=LATER).answer
    for told in (
        "Håkan Wittgren",
        "§ 14",
        "Samverkansnämnden nominerade",
        "Mikael Köhler",
        "§ 13",
        "2021-02-19",
    ):
        assert told in text
    assert "ingen källa säger att det ledde till ett förordnande" in text
    assert "eller att den ena ersatte den andra" in text
    assert "För 2025 visar källorna att det fanns representanter" in text
    assert "utan att namnge dem (Återrapport aktivitetsplan 2025, " in text
    assert "nivåstrukturering › punkt 1 och 2)" in text
    assert f"Ingen källa i grafen namnger någon som innehar uppdraget {LATER}." in text


def test_a_day_on_which_a_source_attests_it_is_confirmed(known: Knowledge) -> None:
    answer = ask(known, on_date="2021-02-19")
    assert states(answer) == {
        "Håkan Wittgren": "confirmed",
        "Mikael Köhler": "nominated",
        "–": "before-first",
    }
    assert "Ingen källa i grafen namnger" not in answer.answer


def test_a_day_in_a_year_that_a_source_tells_of_has_holders_without_a_name(
    known: Knowledge,
) -> None:
    answer = ask(known, on_date="2025-06-01")
    assert states(answer) == {
        "Håkan Wittgren": "last-known",
        "Mikael Köhler": "nominated",
        "–": "unnamed",
    }


def test_a_day_before_the_first_source_is_before_first(known: Knowledge) -> None:
    answer = ask(known, on_date="2021-01-15")
    assert states(answer) == dict.fromkeys(["Håkan Wittgren", "Mikael Köhler", "–"], "before-first")
    assert answer.answer.startswith("Ingen källa säger vem som satt i Beredningsgrupp 2")
    assert "2021-01-15; det första som de visar är från 2021-02-19" in answer.answer


def test_what_was_not_known_yet_is_not_covered(known: Knowledge) -> None:
    answer = ask(known, known_on="2020-12-31")
    assert (answer.state, answer.findings, answer.discrepancies) == ("not-covered", (), ())
    assert "känd 2020-12-31" in answer.answer
    assert "Wittgren" not in answer.answer


def test_known_on_the_day_of_issue_counts_the_source(known: Knowledge) -> None:
    assert states(ask(known, known_on="2021-02-19", on_date="2021-02-19")) == {
        "Håkan Wittgren": "confirmed",
        "Mikael Köhler": "nominated",
    }


def test_two_names_for_one_representation_are_told_as_a_disagreement(known: Knowledge) -> None:
    (found,) = ask(known, known_on="2021-02-19").discrepancies
    assert "§ 13" in found.comment
    assert "§ 14" in found.comment
    assert len(found.claims) == 2
    assert "Wittgren" in (found.preferred or "")


def test_two_parents_of_one_body_are_told_as_a_disagreement(known: Knowledge) -> None:
    labels = {found.thing.label for found in ask(known).discrepancies}
    assert "Vems grupp Beredningsgrupp 2 är" in labels
    assert len(labels) == 2


def test_a_nomination_for_a_period_is_not_confirmed_within_it(known: Knowledge) -> None:
    answer = ask(known, "vem är Petri Olivius", on_date="2022-06-01")
    found = {(f.status, f.state) for f in answer.findings}
    assert ("nominated", "nominated") in found
    assert not any(state == "confirmed" for _status, state in found)
    assert "2021 till 2023" in answer.answer


def test_one_who_was_replaced_is_ended_and_says_by_whom(known: Knowledge) -> None:
    answer = ask(known, "vem är Bo Brännström", on_date=LATER)
    assert [f.state for f in answer.findings] == ["ended"]
    assert "Svante Parsjö Tegnér" in answer.answer
    assert answer.findings[0].represents is None


def test_an_end_is_never_told_as_a_first_attestation(known: Knowledge) -> None:
    answer = ask(known, "vem är Bo Brännström", on_date="2020-01-01")
    (finding,) = answer.findings
    assert (finding.state, finding.first_attested) == ("before-first", None)
    assert "då inte längre ersättare" in answer.answer


def test_members_without_a_name_are_unnamed_and_implied(known: Knowledge) -> None:
    answer = ask(known, "vem sitter i Samverkansnämnden", on_date="2021-02-19")
    unnamed = [f for f in answer.findings if f.state == "unnamed"]
    assert len(unnamed) == 4
    assert {f.basis for f in unnamed} == {"implied"}
    assert all(f.person is None for f in unnamed)
    regions = "Region Dalarna, Region Gävleborg, Region Sörmland och Region Västmanland"
    assert (
        f"Den 2021-02-19 visar källorna att någon var ledamot för vardera {regions}, "
        "utan att namnge dem (underförstått, § 2)."
    ) in answer.answer


def test_the_chair_is_told_to_be_implied(known: Knowledge) -> None:
    answer = ask(known, "vem är ordförande i Samverkansnämnden", on_date="2021-02-19")
    (finding,) = answer.findings
    assert (finding.person and finding.person.label, finding.basis) == ("Andreas Svahn", "implied")
    assert "underförstått" in answer.answer


def test_on_whose_behalf_is_never_assumed(known: Knowledge) -> None:
    answer = ask(known, "vem representerar oss i NHV-nämnden", known_on="2021-02-18")
    assert (answer.state, answer.findings) == ("not-covered", ())
    answer = ask(known, "vem representerar oss i NHV-nämnden", known_on="2024-12-31")
    assert answer.answer.startswith("Ingen källa säger vem som representerar")
    assert {f.represents for f in answer.findings} == {None}


def test_those_who_represent_somebody_else_are_left_out(known: Knowledge) -> None:
    answer = ask(known, "vem representerar Region Dalarna i Samverkansnämnden")
    represented = {f.represents.label for f in answer.findings if f.represents}
    assert represented == {"Region Dalarna"}
    names = {f.person.label for f in answer.findings if f.represents and f.person}
    assert names == {"Sofia Jarl", "Elin Norén", "Svante Parsjö Tegnér", "Sebastian Karlberg"}


def test_a_body_that_is_only_planned_is_proposed(known: Knowledge) -> None:
    council = "vem sitter i Regionalt vårdkompetensråd Mellansverige"
    answer = ask(known, council, known_on="2021-02-19")
    assert answer.state == "proposed"
    assert "§ 15" in answer.answer
    assert ask(known, council).state == "unnamed"
    answer = ask(known, "vem sitter i RSG Hälsodata")
    assert answer.state == "proposed"
    assert "bara om planer" in answer.answer


def test_a_body_of_which_nothing_is_said_is_not_covered(known: Knowledge) -> None:
    answer = ask(known, "vem är ordförande i Nationella screeningrådet")
    assert (answer.state, answer.findings) == ("not-covered", ())
    assert "Ingen källa nämner någon som ordförande i Nationella screeningrådet." in answer.answer


def _counts(answer: Answer) -> dict[str, int]:
    """How many of which roles the sentence counts in the place of their names."""
    plurals = {finding.role.plural for finding in answer.findings}
    found = re.findall(rf"(\d+) ({'|'.join(plurals) or 'x'}) (?:för|for) ", answer.answer)
    return {role: int(count) for count, role in found}


@pytest.mark.parametrize("day", ["2020-01-01", "2021-02-19", "2022-07-01", "2035-12-31"])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_sentence_and_the_findings_never_disagree(
    known: Knowledge, day: str, code: str
) -> None:
    for body in known.names.of_kind(BODY):
        question = f"vem sitter i {body.label}"
        answer = ask(known, question, on_date=day, lang=code)
        nothing = {"not-covered", "proposed"}
        assert answer.state in ({answer.findings[0].state} if answer.findings else nothing)
        counted = _counts(answer)
        for role, count in counted.items():
            held = [f for f in answer.findings if f.role.plural == role and f.status != "ended"]
            assert len({f.person for f in held if f.person}) == count
        for finding in answer.findings:
            assert finding.state in STATES
            assert finding.evidence
            if finding.person and (finding.role.plural not in counted or finding.status == "ended"):
                assert finding.person.label in answer.answer
            for place in finding.places:
                assert place.locator.partition(" › ")[0] in answer.answer
        told = set(re.findall(r"§ \d+", answer.answer))
        known_places = {place.locator for f in answer.findings for place in f.places}
        if answer.findings:
            assert told <= known_places


def test_those_left_out_are_counted_one_by_one(known: Knowledge) -> None:
    answer = ask(known, "vem representerar oss i Samverkansnämnden")
    assert "Utelämnade här är 36 som sägs företräda någon annan." in answer.answer


def test_those_of_whom_no_source_says_it_are_named(known: Knowledge) -> None:
    question = "vem representerar Region Dalarna i Samverkansnämnden"
    answer = ask(known, question)
    assert "För vems räkning" not in answer.answer  # who has left sits for nobody
    assert "Andreas Svahn" not in answer.answer
    answer = ask(known, "vem representerar oss i Nämnden för nationell högspecialiserad vård")
    assert "För vems räkning Andreas Svahn sitter säger ingen källa." in answer.answer


def test_an_office_that_is_held_for_nobody_does_not_stand_for_a_region(known: Knowledge) -> None:
    answer = ask(known, "vem representerar Region Dalarna i Samverkansnämnden")
    assert "Eva-Lena Aspetorp" not in answer.answer
    answer = ask(known, "vem är Region Dalarna sekreterare i Samverkansnämnden")
    assert "Ingen källa säger vem som representerar Region Dalarna" in answer.answer
    assert "Eva-Lena Aspetorp" in answer.answer


def test_a_role_includes_the_narrower_ones(known: Knowledge) -> None:
    answer = ask(known, "vem är chef för RCC")
    assert [f.person.label for f in answer.findings if f.person] == ["Johan Ahlgren"]
    assert answer.findings[0].role.label == "verksamhetschef"


def test_a_large_body_is_told_in_numbers_and_listed_in_full(known: Knowledge) -> None:
    answer = ask(known, "vem sitter i Samverkansnämnden", on_date=LATER)
    assert "17 ledamöter för Region Dalarna (2), " in answer.answer
    assert "Andreas Svahn som ordförande" in answer.answer
    assert "Alla namn står i listan nedan." in answer.answer
    members = {f.person for f in answer.findings if f.role.label == "ledamot" and f.person}
    assert len(members) == 17


def test_every_role_that_someone_has_is_worded_in_each_language(known: Knowledge) -> None:
    rows = known.ask("wordings")
    worded = {(r["role"].value, r["language"].value) for r in rows if "plural" in r}
    bodies = (ask(known, f"vem sitter i {body.label}") for body in known.names.of_kind(BODY))
    held = {finding.role.iri for answer in bodies for finding in answer.findings}
    assert {(role, code) for role in held for code in CODES} <= worded
