"""Several sources and years: whose word decides on a day, and how a year is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import small
from samverkan import knowledge, questions, times
from samverkan.answers import Answer
from samverkan.language import language
from small import Source

Ask = Callable[..., Answer]
MAIN = "vem representerar Region Norr i Rådet"


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


def titles(answer: Answer) -> set[str]:
    return {p.title for f in answer.findings for p in f.grounds}


# Whose word decides.


def test_the_sentence_cites_the_source_of_the_day_and_the_data_all(ask: Ask) -> None:
    sources = Source(2021).says("anna"), Source(2024).says("anna")
    answer = ask(*sources, on="2025-01-01")
    assert answer.answer.startswith(
        "Anna Berg är senast belagd 2024-03-01 som representant i Rådet (Protokoll 2024, § 1)."
    )
    (finding,) = answer.to_json()["findings"]
    assert [p["title"] for p in finding["evidence"]] == ["Protokoll 2021", "Protokoll 2024"]
    assert finding["decided_by"] == ["https://w3id.org/samverkan/id/source/s2024"]
    assert titles(ask(*sources, on="2022-01-01")) == {"Protokoll 2021"}
    assert titles(ask(*sources, on="2020-01-01")) == {"Protokoll 2021"}


def test_title_and_basis_are_those_of_the_source_that_decides(ask: Ask) -> None:
    old = Source(2021).says("anna", title="ombud", basis="implied")
    new = Source(2024).says("anna", title="delegat")
    answer = ask(old, new, on="2022-01-01")
    assert (answer.findings[0].title, answer.findings[0].basis) == ("ombud", "implied")
    assert "som ombud i Rådet (underförstått, Protokoll 2021, § 1)" in answer.answer
    answer = ask(old, new, on="2024-03-01")
    assert (answer.findings[0].title, answer.findings[0].basis) == ("delegat", "stated")
    assert "som delegat i Rådet (Protokoll 2024, § 1)" in answer.answer


def test_what_is_known_on_a_day_rests_on_the_sources_of_that_day(ask: Ask) -> None:
    old, new = Source(2021).says("anna", title="ombud"), Source(2024).says("anna")
    answer = ask(old, new, on="2025-01-01", known_on="2023-01-01")
    assert "senast belagd 2021-03-01 som ombud i Rådet (Protokoll 2021, § 1)" in answer.answer
    assert {p.title for p in answer.findings[0].evidence} == {"Protokoll 2021"}


def test_two_sources_of_the_same_day_are_both_cited(ask: Ask) -> None:
    day = {"role": "chair", "shown": "2021-03-01"}
    answer = ask(
        Source(2021).says("anna", **day), Source(2022).says("anna", **day), on="2023-01-01"
    )
    assert "(Protokoll 2021, § 1; Protokoll 2022, § 1)" in answer.answer


def test_the_period_is_told_with_the_source_that_gives_it(ask: Ask) -> None:
    old = Source(2021).says("anna", during="2021/2024")
    answer = ask(old, Source(2025).says("anna"), on="2026-01-01")
    assert "2021 till 2024" not in answer.answer
    assert answer.findings[0].periods == ("2021/2024",)
    assert "för 2021 till 2024 (Protokoll 2021, § 1)" in ask(old, on="2024-01-01").answer


def test_a_source_between_two_of_another_is_never_mistaken_for_it(ask: Ask) -> None:
    sources = Source(2021).says("anna", role="member").says("bo", role="member", basis="implied")
    answer = ask(sources, Source(2024).says("p1", role="chair"), on="2025-01-01")
    assert "(Protokoll 2024, § 1)" in answer.answer
    assert "(Protokoll 2021, § 1); Bo Ek som ledamot (underförstått, § 2)" in answer.answer


# A year is told as a year.


def test_a_day_in_an_attested_year_is_confirmed_for_the_year(ask: Ask) -> None:
    source = Source(2026).says("anna", shown="2025")
    answer = ask(source, on="2025-03-01")
    assert states(answer) == [("Anna Berg", "confirmed")]
    assert answer.answer == (
        "Anna Berg är belagd för 2025 som representant i Rådet (Protokoll 2026, § 1)."
    )
    english = ask(source, on="2025-03-01", lang="en").answer
    assert english.startswith("Anna Berg is attested for 2025 as representative in The Council")


def test_after_an_attested_year_that_year_is_the_last_known(ask: Ask) -> None:
    answer = ask(Source(2026).says("anna", shown="2025"), on="2026-11-25")
    assert answer.answer.startswith("Anna Berg är senast belagd 2025 som representant i Rådet")
    assert "2025-12-31" not in answer.answer
    (finding,) = answer.to_json()["findings"]
    assert (finding["last_attested"], finding["last_attested_in"]) == ("2025-12-31", "2025")
    assert (finding["first_attested"], finding["first_attested_in"]) == ("2025-01-01", "2025")


def test_before_an_attested_year_that_year_is_the_first(ask: Ask) -> None:
    answer = ask(Source(2026).says("anna", shown="2025"), on="2024-12-31")
    assert states(answer) == [("Anna Berg", "before-first")]
    assert "det första som de visar är från 2025: Anna Berg" in answer.answer


def test_before_all_times_each_is_told_from_the_first_on(ask: Ask) -> None:
    sources = Source(2026).says("anna", shown="2025"), Source(2021).says("bo")
    assert ask(*sources, on="2020-01-01").answer == (
        "Ingen källa säger vem som satt i Rådet 2020-01-01; det första som de visar är från "
        "2021-03-01: Bo Ek som representant (Protokoll 2021, § 1). "
        "Senare, från 2025: Anna Berg som representant (Protokoll 2026, § 1)."
    )
    source = Source(2021).says("anna", shown=None, during="2022/2023")
    assert "det första som de visar är från 2022: Anna Berg" in ask(source, on="2020-01-01").answer


@pytest.mark.parametrize(
    ("shown", "told"),
    [("2022-23", "senast belagd hösten 2022"), ("2025", "senast belagd 2025")],
)
def test_a_season_is_told_by_its_name(ask: Ask, shown: str, told: str) -> None:
    assert told in ask(Source(2026).says("anna", shown=shown), on="2026-06-01").answer


def test_on_a_day_shown_by_itself_and_by_its_year_the_day_is_told(ask: Ask) -> None:
    sources = Source(2025).says("anna"), Source(2026).says("anna", shown="2025")
    answer = ask(*sources, on="2025-03-01")
    assert answer.answer.startswith("Anna Berg är belagd 2025-03-01 som")
    assert titles(answer) == {"Protokoll 2025"}
    assert "belagd för 2025 som" in ask(*sources, on="2025-03-02").answer


def test_an_attested_year_does_not_outlive_an_end_within_it(ask: Ask) -> None:
    source = Source(2026).says("anna", shown="2025")
    source.says("anna", status="ended", shown=None, during="/2025-06-30")
    assert states(ask(source, on="2025-03-01"))[0] == ("Anna Berg", "confirmed")
    assert {state for _name, state in states(ask(source, on="2026-01-01"))} == {"ended"}


@pytest.mark.parametrize(
    ("words", "swedish", "english"),
    [
        ("2025", "2025", "2025"),
        ("2021-02", "2021-02", "2021-02"),
        ("2022-23", "hösten 2022", "the autumn of 2022"),
        ("2021/2023", "2021 till 2023", "2021 to 2023"),
        (
            "2022-21/2022-23",
            "våren 2022 till hösten 2022",
            "the spring of 2022 to the autumn of 2022",
        ),
        ("[..2021-02-19]", "2021-02-19", "2021-02-19"),
        ("2021~", "omkring 2021", "about 2021"),
        ("2021?", "2021 (osäkert)", "2021 (not certain)"),
    ],
)
def test_the_words_of_a_time_are_said_in_each_language(
    words: str, swedish: str, english: str
) -> None:
    assert times.said(words, language("sv")) == swedish
    assert times.said(words, language("en")) == english


# Several periods, roles and parties.


def test_two_periods_of_one_membership_are_one_finding(ask: Ask) -> None:
    source = Source(2024).says("anna", shown=None, during=("2019/2020", "2023/2025"))
    for day, state in [
        ("2018-06-01", "before-first"),
        ("2020-06-01", "confirmed"),
        ("2021-06-01", "ended"),
        ("2024-06-01", "confirmed"),
        ("2026-06-01", "ended"),
    ]:
        answer = ask(source, on=day)
        assert states(answer) == [("Anna Berg", state)], day
    answer = ask(source, on="2024-06-01")
    assert (answer.findings[0].period, answer.findings[0].periods) == (
        "2023/2025",
        ("2019/2020", "2023/2025"),
    )
    assert "för 2019 till 2020 och för 2023 till 2025" in answer.answer


def test_someone_of_another_time_may_represent_us_now(ask: Ask) -> None:
    then = Source(2019).says("anna", represents="south")
    now = Source(2025).says("anna", role="chair")
    assert states(ask(then, now, on="2026-01-01", question=MAIN)) == [("Anna Berg", "last-known")]
    assert ask(then, now, on="2019-06-01", question=MAIN).findings[0].state == "before-first"
    both = Source(2025).says("anna", role="chair").says("anna", represents="south")
    assert states(ask(both, on="2026-01-01", question=MAIN)) == []
    year = Source(2026).says("anna", role="chair", shown="2025")
    assert states(ask(both, year, on="2026-01-01", question=MAIN)) == []


def test_one_nominated_for_another_represents_nobody_by_that(ask: Ask) -> None:
    source = Source(2025).says("anna", role="chair")
    source.says("anna", status="nominated", represents="south", smv__nominatedBy="decision:d")
    assert ("Anna Berg", "last-known") in states(ask(source, on="2026-01-01", question=MAIN))


def test_one_membership_for_two_parties_is_two_findings(ask: Ask) -> None:
    source = Source(2025).says("anna", represents="north", smv__represents="organization:south")
    answer = ask(source, on="2026-01-01")
    assert {f.represents.label for f in answer.findings if f.represents} == {
        "Region Norr",
        "Region Söder",
    }


def test_a_person_of_several_years_has_each_role_with_its_own(ask: Ask) -> None:
    report = Source(2020).says("anna", role="member", shown="2019")
    minutes = Source(2021).says("anna").says("anna", role="regional-director", body="north")
    answer = ask(report, minutes, on="2026-01-01", question="vem är Anna Berg")
    assert answer.answer.startswith(
        "Anna Berg är senast belagd 2021-03-01 som representant i Rådet (Protokoll 2021, § 1) och "
        "som regiondirektör i Region Norr (§ 2); 2019 som ledamot i Rådet (Protokoll 2020, § 1)."
    )


# Bodies as members.


def test_a_body_that_hosts_is_told_as_one(ask: Ask) -> None:
    sources = (
        Source(2021).says("house", role="host", shown="2020"),
        Source(2026).says("house", role="host", shown="2025"),
    )
    answer = ask(*sources, on="2026-11-25")
    assert answer.answer.startswith(
        "Sjukvårdsregion Mitt är senast belagd 2025 som värd för Rådet (Protokoll 2026, § 1)."
    )
    answer = ask(*sources, on="2026-11-25", lang="en")
    assert "is last attested in 2025 as host of The Council (" in answer.answer


def test_several_in_a_role_are_told_in_the_plural(ask: Ask) -> None:
    source = Source(2021).says("north", role="member-region").says("south", role="member-region")
    told = ask(source, on="2021-03-01").answer
    assert "Region Norr och Region Söder som ingående regioner" not in told  # not one passage
    source = Source(2021).says("anna", role="member").says("bo", role="member")
    source.text = source.text.replace('"§ 2"', '"§ 1"')
    assert (
        "Anna Berg och Bo Ek som ledamöter (Protokoll 2021, § 1)"
        in ask(source, on="2021-03-01").answer
    )


@pytest.mark.parametrize(
    ("role", "swedish", "english"),
    [
        ("host", "värd för", "host of"),
        ("member", "ledamot i", "member of"),
        ("chair", "ordförande i", "chair of"),
        ("superintendent", "föreståndare för", "superintendent of"),
        ("secretary", "sekreterare i", "secretary of"),
        ("regional-director", "regiondirektör i", "regional director of"),
        ("head", "chef för", "head of"),
    ],
)
def test_each_role_has_its_own_preposition(ask: Ask, role: str, swedish: str, english: str) -> None:
    source = Source(2021).says("anna", role=role)
    assert f"som {swedish} Rådet" in ask(source, on="2022-01-01").answer
    assert f"as {english} " in ask(source, on="2022-01-01", lang="en").answer


def test_silence_has_the_preposition_of_the_role(ask: Ask) -> None:
    answer = ask(Source(2021).says("anna"), on="2022-01-01", question="vem är chef för Rådet")
    assert answer.answer.endswith("Ingen källa nämner någon som chef för Rådet.")


# Holders without a name.


def test_representatives_in_a_year_are_told_after_the_named(ask: Ask) -> None:
    minutes = Source(2021).says("anna", represents="north")
    minutes.says("bo", status="nominated", represents="north", smv__nominatedBy="decision:d")
    report = Source(2026).says(None, represents="north", shown="2025", title="representanter")
    answer = ask(minutes, report, on="2026-11-25", question=MAIN)
    assert states(answer) == [
        ("Anna Berg", "last-known"),
        ("Bo Ek", "nominated"),
        ("–", "unnamed"),
    ]
    assert answer.answer == (
        "Anna Berg är senast belagd 2021-03-01 som representant för Region Norr i Rådet "
        "(Protokoll 2021, § 1). "
        "Styrelsen nominerade samma dag Bo Ek till samma uppdrag (§ 2); ingen källa säger att det "
        "ledde till ett förordnande, eller att den ena ersatte den andra. "
        "För 2025 visar källorna att det fanns representanter för Region Norr, utan att namnge dem "
        "(Protokoll 2026, § 1). "
        "Ingen källa i grafen namnger någon som innehar uppdraget 2026-11-25."
    )


def test_a_host_and_unnamed_holders_make_two_sentences(ask: Ask) -> None:
    source = Source(2026).says("house", role="host", shown="2025")
    source.says(None, role="chair", shown="2025").says(
        None, role="member", shown="2025", title="kommunala ledamöter"
    )
    answer = ask(source, on="2026-11-25")
    assert (
        "För 2025 visar källorna att någon var ordförande och att det fanns kommunala ledamöter, "
        "utan att namnge dem (§ 2 och § 3)." in answer.answer
    )


def test_unnamed_holders_alone_are_told_with_their_body(ask: Ask) -> None:
    source = Source(2026).says(None, shown="2025", title="representanter", represents="house")
    answer = ask(source, on="2025-06-01")
    assert answer.answer.startswith(
        "För 2025 visar källorna att det fanns representanter för Sjukvårdsregion Mitt i Rådet, "
        "utan att namnge dem (Protokoll 2026, § 1)."
    )
    english = ask(source, on="2025-06-01", lang="en").answer
    assert english.startswith(
        "For 2025 the sources show that there were representatives for Sjukvårdsregion Mitt in "
    )


def test_unnamed_holders_of_several_parties_are_told_in_one_phrase(ask: Ask) -> None:
    source = Source(2021).says(None, role="member", represents="north", node="-1")
    source.says(None, role="member", represents="south", node="-2")
    assert (
        "någon var ledamot för vardera Region Norr och Region Söder i Rådet, utan"
        in ask(source, on="2022-01-01").answer
    )
    told = ask(source, on="2020-01-01").answer
    assert "någon utan namn som ledamot för vardera Region Norr och Region Söder" in told


def test_an_unnamed_holder_is_not_ended_by_the_end_of_somebody(ask: Ask) -> None:
    source = Source(2021).says(None)
    source.says("anna", status="ended", shown=None, during="/2021-06-01")
    assert ("–", "unnamed") in states(ask(source, on="2022-01-01"))


# Many names.


def test_many_are_counted_by_role_and_all_are_found(ask: Ask) -> None:
    source = Source(2021).says("anna", role="chair", represents="north")
    for n in range(14):
        source.says(f"p{n}", role="member", represents="north" if n < 9 else "south")
    source.says("bo", role="member")
    answer = ask(source, on="2021-03-01")
    assert len(answer.findings) == 16
    assert (
        "Anna Berg som ordförande för Region Norr (Protokoll 2021, § 1); "
        "15 ledamöter för Region Norr (9), Region Söder (5) och ingen angiven (1) (§ "
        in answer.answer
    )
    assert "Alla namn står i listan nedan." in answer.answer


def test_a_dozen_are_named(ask: Ask) -> None:
    source = Source(2021)
    for n in range(12):
        source.says(f"p{n}", role="member")
    answer = ask(source, on="2021-03-01").answer
    assert all(small.PEOPLE[f"p{n}"] in answer for n in range(12))
    assert "listan nedan" not in answer


# The life of a body, source by source.


def test_a_body_is_what_the_newest_known_source_shows(ask: Ask) -> None:
    old, new = Source(2021).tells_of("board", "proposed"), Source(2026).tells_of("board", "active")
    question = "vem sitter i Styrelsen"
    assert ask(old, new, on="2026-11-25", question=question).state == "not-covered"
    answer = ask(old, new, on="2026-11-25", question=question, known_on="2022-01-01")
    assert answer.state == "proposed"
    assert "planer för Styrelsen" in answer.answer


def test_a_body_newly_proposed_or_only_mentioned_has_nobody(ask: Ask) -> None:
    for lifecycle, state in (("proposed", "proposed"), ("mentioned", "not-covered")):
        source = Source(2026).tells_of("board", lifecycle)
        assert ask(source, on="2026-11-25", question="vem sitter i Styrelsen").state == state
