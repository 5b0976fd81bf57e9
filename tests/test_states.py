"""States and sentences over small contents of the tests' own: what the bundled data lack yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import small
from samverkan import knowledge, questions
from samverkan.answers import Answer
from samverkan.knowledge import Knowledge
from small import Source

Ask = Callable[..., Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """The answer to who sits in the council on a day, by some sources."""

    def asked(
        *sources: Source, on: str, question: str = "vem sitter i Rådet", **more: str
    ) -> Answer:
        small.write(tmp_path, sources)
        return questions.ask(knowledge.load(tmp_path), question, on_date=on, **more)

    return asked


def states(answer: Answer) -> list[tuple[str, str]]:
    return [(f.person.label if f.person else "–", f.state) for f in answer.findings]


def test_between_two_attestations_the_earlier_one_is_the_last_known(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna"), Source(2024).says("anna"), on="2022-02-01")
    assert states(answer) == [("Anna Berg", "last-known")]
    assert answer.answer.startswith("Anna Berg är senast belagd 2021-03-01 som representant")


def test_after_two_attestations_the_later_one_is_the_last_known(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna"), Source(2024).says("anna"), on="2025-02-01")
    assert str(answer.findings[0].first_attested) == "2021-03-01"
    assert answer.answer.startswith("Anna Berg är senast belagd 2024-03-01")


def test_one_who_has_left_is_not_confirmed_by_the_source_that_says_so(ask: Ask) -> None:
    answer = ask(Source(2023).says("anna", status="ended"), on="2023-03-01")
    assert states(answer) == [("Anna Berg", "ended")]


def test_an_end_told_later_ends_what_was_attested_before(ask: Ask) -> None:
    left = Source(2023).says("anna", status="ended", shown=None, during="/2023-02-01")
    answer = ask(Source(2021).says("anna"), left, on="2024-01-01")
    assert {state for _name, state in states(answer)} == {"ended"}
    answer = ask(Source(2021).says("anna"), left, on="2022-01-01")
    assert states(answer)[0] == ("Anna Berg", "last-known")


def test_a_period_that_covers_the_day_confirms_and_is_told(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna", during="2021-01-01/2023-12-31"), on="2022-06-01")
    assert states(answer) == [("Anna Berg", "confirmed")]
    assert "Enligt angiven period är Anna Berg 2022-06-01 representant i Rådet" in answer.answer
    assert "för 2021-01-01 till 2023-12-31" in answer.answer


def test_a_period_without_an_end_goes_on(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna", during="2021-01-01/.."), on="2026-01-01")
    assert states(answer) == [("Anna Berg", "confirmed")]
    assert "från 2021-01-01 tills vidare" in answer.answer
    assert "belagd 2026" not in answer.answer


def test_a_period_whose_end_is_not_known_confirms_nothing_later(ask: Ask) -> None:
    source = Source(2021).says("anna", shown=None, during="2021-01-01/")
    answer = ask(source, on="2024-01-01")
    assert states(answer) == [("Anna Berg", "last-known")]
    assert "utan känt slut" in answer.answer
    assert "None" not in answer.answer
    assert states(ask(source, on="2021-01-01")) == [("Anna Berg", "confirmed")]


def test_a_period_that_is_over_has_ended(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna", during="2021-01-01/2023-12-31"), on="2024-06-01")
    assert states(answer) == [("Anna Berg", "ended")]


def test_one_who_is_attested_after_the_period_has_not_ended(ask: Ask) -> None:
    sources = Source(2021).says("anna", during="2021-01-01/2023-12-31"), Source(2025).says("anna")
    assert states(ask(*sources, on="2026-01-01")) == [("Anna Berg", "last-known")]


def test_a_nominee_is_never_told_as_a_holder(ask: Ask) -> None:
    source = Source(2021).says("anna")
    source.says("bo", status="nominated", smv__nominatedBy="decision:d")
    answer = ask(source, on="2020-01-01")
    assert "Bo Ek, nominerad till" in answer.answer
    assert "Anna Berg och Bo Ek" not in answer.answer


def test_an_appointment_is_an_outcome_of_a_nomination(ask: Ask) -> None:
    nominated = Source(2021).says("anna", status="nominated", smv__nominatedBy="decision:d")
    appointed = Source(2022).says("anna", status="appointed")
    answer = ask(nominated, appointed, on="2023-01-01")
    assert "Styrelsen nominerade 2021-03-01 Anna Berg" in answer.answer
    assert "förordnande" not in answer.answer
    assert "ledde till ett förordnande" in ask(nominated, on="2023-01-01").answer


def test_a_nomination_without_a_day_of_its_own_is_told_without_one(ask: Ask) -> None:
    source = Source(2021).says("bo", status="nominated", shown=None, during="2022-01-01/2023-12-31")
    answer = ask(source, on="2022-06-01")
    assert (
        "nominerade Bo Ek till representant i Rådet för 2022-01-01 till 2023-12-31" in answer.answer
    )
    assert "samma dag" not in answer.answer


def test_a_label_in_another_language_doubles_nobody(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna").says("bo"), on="2021-03-01")
    assert len(answer.findings) == 2
    assert answer.answer.count("Anna Berg") == 1


def test_a_statement_in_two_sources_is_one_finding_with_both_passages(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna"), Source(2022).says("anna"), on="2023-01-01")
    assert len(answer.findings) == 1
    assert {p.title for p in answer.findings[0].evidence} == {"Protokoll 2021", "Protokoll 2022"}


def test_the_last_attested_of_two_holders_comes_first(ask: Ask) -> None:
    sources = Source(2021).says("anna", role="chair"), Source(2024).says("bo", role="chair")
    answer = ask(*sources, on="2025-01-01", question="vem är ordförande i Rådet")
    assert [name for name, _state in states(answer)] == ["Bo Ek", "Anna Berg"]


def test_holders_without_a_name_are_told_with_their_day(ask: Ask) -> None:
    answer = ask(Source(2021).says(None), on="2030-01-01")
    assert states(answer) == [("–", "unnamed")]
    told = "Den 2021-03-01 visar källorna att någon var representant i Rådet, utan att säga vem"
    assert answer.answer.startswith(told)


def test_holders_without_a_name_whose_period_is_over_have_ended(ask: Ask) -> None:
    source = Source(2020).says(None, during="2020-01-01/2022-12-31")
    assert states(ask(source, on="2025-01-01")) == [("–", "ended")]


def test_an_office_that_a_source_calls_vacant_is_told_so_with_its_day(ask: Ask) -> None:
    source = Source(2021).says("anna").says(None, role="chair", status="vacant")
    answer = ask(source, on="2021-03-01", question="vem är ordförande i Rådet")
    assert states(answer) == [("–", "vacant")]
    told = "Den 2021-03-01 visar källorna att uppdraget som ordförande i Rådet var vakant"
    assert answer.answer.startswith(told)
    assert "vacant" in ask(source, on="2030-01-01", question="who is chair of Rådet").answer


def test_a_vacancy_says_nothing_of_the_time_before_and_after_it(ask: Ask) -> None:
    source = Source(2021).says(None, status="vacant", shown=None, during="2021-01-01/2021-12-31")
    assert states(ask(source, on="2021-06-01")) == [("–", "vacant")]
    assert states(ask(source, on="2020-06-01")) == []
    assert states(ask(source, on="2022-06-01")) == []


def test_who_fills_a_vacancy_is_told_before_it(ask: Ask) -> None:
    sources = (
        Source(2021).says(None, role="chair", status="vacant"),
        Source(2022).says("bo", role="chair"),
    )
    answer = ask(*sources, on="2023-01-01", question="vem är ordförande i Rådet")
    assert states(answer) == [("Bo Ek", "last-known"), ("–", "vacant")]


@pytest.mark.parametrize(
    ("lifecycle", "told"),
    [("proposed", "talar bara om planer för Rådet"), ("dissolved", "är Rådet upplöst")],
)
def test_a_body_that_is_not_at_work_is_said_not_to_be(ask: Ask, lifecycle: str, told: str) -> None:
    source = Source(2021).says("anna")
    source.text += f"organization:council smv:lifecycle lifecycle:{lifecycle} .\n"
    assert told in ask(source, on="2022-01-01").answer


def test_the_newest_source_decides_whether_a_body_is_at_work(ask: Ask) -> None:
    old, new = Source(2021).says("anna"), Source(2022).says("anna")
    old.text += "organization:council smv:lifecycle lifecycle:proposed .\n"
    new.text += "organization:council smv:lifecycle lifecycle:active .\n"
    assert "planer" not in ask(old, new, on="2023-01-01").answer


def test_a_wrong_date_is_told_and_never_met_in_an_answer(ask: Ask) -> None:
    from samverkan.errors import ContentError

    source = Source(2021).says("anna")
    source.periods = {period.replace("^^xsd:date", "^^xsd:gYear") for period in source.periods}
    with pytest.raises(ContentError, match=r"no xsd:date"):
        ask(source, on="2022-01-01")


def test_a_nomination_that_was_confirmed_has_its_outcome(ask: Ask) -> None:
    source = Source(2021).says(
        "anna",
        status="nominated",
        smv__nominatedBy="decision:d",
        smv__confirmedBy="decision:d",
    )
    answer = ask(source, on="2022-01-01")
    assert "nominerade 2021-03-01 Anna Berg" in answer.answer
    assert "ingen källa säger att det ledde" not in answer.answer


def test_a_replacement_that_is_told_is_not_denied(ask: Ask) -> None:
    source = Source(2021).says("anna")
    source.says("bo", status="nominated", smv__nominatedBy="decision:d")
    assert "den ena ersatte den andra" in ask(source, on="2022-01-01").answer
    bo = small.name_of("bo", "representative", "nominated")
    anna = small.name_of("anna", "representative", "attested")
    source.text = source.text.replace(
        f"membership:{bo} a org:Membership ;",
        f"membership:{bo} a org:Membership ; smv:replaces membership:{anna} ;",
    )
    assert "den ena ersatte den andra" not in ask(source, on="2022-01-01").answer


def test_each_of_several_sources_is_named_with_its_paragraph(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna"), Source(2022).says("bo"), on="2023-01-01")
    assert "(Protokoll 2022, § 1)" in answer.answer
    assert "(Protokoll 2021, § 1)" in answer.answer


def test_times_are_judged_alike_in_both_queries(known: Knowledge) -> None:
    rules = set()
    for name, anchor in (
        ("representatives", "?membership org:organization ?_body_iri"),
        ("roles", "?membership org:member ?_person_iri"),
    ):
        text = known.catalogue[name].text
        judged = text[text.index("# For which times") : text.index("AS ?state)")]
        rules.add(judged.replace(anchor, "?membership"))
    assert len(rules) == 1
