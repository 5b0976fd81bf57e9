"""One thing and all that its page shows: who says what, once, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samverkan import profile, sparql
from samverkan.errors import NotFoundError, ParameterError
from samverkan.knowledge import Knowledge
from samverkan.language import language
from samverkan.namespaces import DEF, ID, PROLOGUE
from samverkan.profile import Line, Profile, Section, Statement, text_of

PLAN = "plan:aktivitetsplan-2025"
MEETING = "Samverkansnämndens möte 2021-02-19"
PLANNED = "Samverkansnämndens möte 2021-10-01"
AMBULANCE = "Kommunalförbundet Svenskt ambulansflyg"
NOMINATION = "decision:samverkansnamnden-2021-02-19-paragraf-12"
REPORT = f"{ID}source/aterrapport-2025"
EVERY_KIND = (
    *("Samverkansnämnden", "Sjukvårdsregion Mellansverige"),
    *("Ledningsgruppen", AMBULANCE, "Region Uppsala", "Petri Olivius", "Charlotte Edberger"),
    *(PLAN, "plan:verksamhetsplan-2025-2028", MEETING, PLANNED, NOMINATION, REPORT),
    "activity:aktivitetsplan-2025-digitaliseringsinitiativ",
    *("role:chair", "theme:welfare-crime", "agreement:samverkansavtalet", "service:nspl"),
)


def shown(known: Knowledge, name: str, code: str = "sv", **times: str) -> Profile:
    return profile.profile(known, profile.of_name(known, name), language(code), **times)


def section(of: Profile, key: str) -> Section:
    return next(each for each in of.sections if each.key == key)


def lines(of: Profile, key: str) -> list[Line]:
    return [line for group in section(of, key).groups for line in group.lines]


def line(of: Profile, key: str, start: str) -> Line:
    return next(each for each in lines(of, key) if text_of(each.words).startswith(start))


def notes(of: Line) -> list[str]:
    return [f"{note.label}: {text_of(note.words)}".removeprefix(": ") for note in of.notes]


def found(known: Knowledge, where: str) -> set[str]:
    """The labels of what ``?thing`` is in the graph, asked for another way than the pages do."""
    text = f"{PROLOGUE} SELECT ?label WHERE {{ {where} ?thing skos:prefLabel ?label }}"
    return {row["label"].value for row in sparql.select(known.dataset, text)}


def stated(of: Profile) -> tuple[Statement, ...]:
    return (*of.facts, *of.statements)


def test_a_statement_names_the_sources_that_make_it_oldest_first(known: Knowledge) -> None:
    life = {s.label: s.sources for s in stated(shown(known, AMBULANCE)) if "livs" in s.property}

    assert life == {
        "verksam": ("Samverkansnämndens protokoll 2021-02-19",),
        "omnämnd": ("Återrapport aktivitetsplan 2020", "Aktivitetsplan 2024"),
    }


def test_how_a_body_is_sorted_is_put_in_no_source_s_mouth(known: Knowledge) -> None:
    told = text_of(shown(known, AMBULANCE).identity)
    assert told.startswith(f"{AMBULANCE} räknas här som kommunalförbund på nationell nivå (")


def test_the_first_sentence_tells_how_sure_it_is_and_by_what_source(known: Knowledge) -> None:
    says = {
        ("RSG Hälsodata", "sv"): "på sjukvårdsregional nivå (Återrapport aktivitetsplan 2025). "
        "Det är bara föreslaget: ingen källa säger att det finns (Återrapport aktivitetsplan 2025)",
        (AMBULANCE, "en"): "only mentions it, and does not show it at work (Aktivitetsplan 2024). "
        "It was last shown at work by Samverkansnämndens protokoll 2021-02-19.",
        ("Beredningsgrupp 2", "sv"): "(underförstått, Återrapport aktivitetsplan 2025) och "
        "Socialstyrelsen (Samverkansnämndens protokoll 2021-02-19)",
        (PLANNED, "sv"): "ett planerat möte med Samverkansnämnden, 2021-10-01",
        (MEETING, "sv"): "ett möte med Samverkansnämnden, 2021-02-19, och det hölls",
        (NOMINATION, "en"): "a decision by Samverkansnämnden, 2021-02-19, of the kind “nomination”",
        (PLAN, "sv"): "Dess egen text finns inte bland källorna här.",
        (REPORT, "sv"): "”återrapport” från Samverkansnämnden, daterad 2026-02-13.",
        ("activity:aktivitetsplan-2025-digitaliseringsinitiativ", "en"): "with the status “started”"
        " (Återrapport aktivitetsplan 2025). No source says who is responsible for it.",
        ("role:chair", "sv"): "Leder ett organ och dess möten.",
        ("agreement:samverkansavtalet", "sv"): "förtecknat som ”överenskommelse”",
    }
    for (name, code), expected in says.items():
        assert expected in text_of(shown(known, name, code).identity), name


def test_a_body_is_told_of_by_the_sources_up_to_the_day(known: Knowledge) -> None:
    before = text_of(shown(known, AMBULANCE, on_date="2019-01-01").identity)
    then = text_of(shown(known, AMBULANCE, on_date="2021-02-19").identity)
    assert "Källorna berättar om det först efter den dagen." in before
    assert "visar det i arbete (Samverkansnämndens protokoll 2021-02-19)" in then
    with pytest.raises(ParameterError):
        shown(known, PLAN, on_date="igår")


def test_only_the_sources_known_on_the_day_speak(known: Knowledge) -> None:
    then = shown(known, AMBULANCE, known_on="2021-02-19")
    sources = {source for statement in stated(then) for source in statement.sources}
    sources |= {
        c.source.label for s in then.sections for g in s.groups for x in g.lines for c in x.cited
    }
    assert sources == {"Samverkansnämndens protokoll 2021-02-19", "Återrapport aktivitetsplan 2020"}
    with pytest.raises(NotFoundError):
        shown(known, NOMINATION, known_on="2020-01-01")


def test_a_relation_is_told_once_from_either_end_in_words(known: Knowledge) -> None:
    takes_part = f"Sjukvårdsregion Mellansverige deltar i {AMBULANCE}"
    for name in (AMBULANCE, "Sjukvårdsregion Mellansverige"):
        told = shown(known, name)
        words = [text_of(each.words) for each in lines(told, "relations")]
        assert words.count(takes_part) == 1
        assert not [m for m in told.mentions if m.property in {"förhållande", "objekt", "subjekt"}]
    part_of = {text_of(each.words) for each in lines(shown(known, "BG2", "en"), "relations")}
    assert f"{shown(known, 'BG2').label} is part of Socialstyrelsen" in part_of


def test_what_a_body_answers_for_stands_under_its_years_the_newest_first(known: Knowledge) -> None:
    told = shown(known, "Samverkansnämnden")
    titles = [group.title for group in section(told, "work").groups]
    assert titles[-1] == "Inget år angivet"
    assert titles[:-1] == sorted(titles[:-1], reverse=True)
    assert "2025–2028" in titles
    board = f"<{ID}organization/samverkansnamnden>"
    where = f"?part smv:agent/org:organization? {board} ; smv:activity ?thing ."
    assert {text_of(each.words) for each in lines(told, "work")} == found(known, where)
    assert not [m for m in told.mentions if m.property == "del i en aktivitet"]


def test_a_part_is_told_with_its_kind_its_status_and_the_outcome(known: Knowledge) -> None:
    told = line(shown(known, "Upphandlingsgruppen"), "work", "Underlätta samverkan för att före")
    assert notes(told) == ["utförare", "för en del av den", "läge: pågående"]
    assert told.text
    assert told.text.startswith("En arbetsgrupp mot välfärdsbrottslighet har skapats")
    assert [(each.source.label, each.places) for each in told.cited] == [
        ("Återrapport aktivitetsplan 2025", "Samverkan inom upphandling › punkt 2")
    ]


def test_an_unnamed_holder_s_part_is_told_as_theirs(known: Knowledge) -> None:
    told = line(shown(known, "BG2"), "work", "Stödja arbetet med nationell")
    assert "genom: Ej namngivna representanter" in " ".join(notes(told))


def test_a_region_is_told_where_it_sits_and_who_sits_there(known: Knowledge) -> None:
    board = line(shown(known, "Region Uppsala"), "seats", "Samverkansnämnden")
    assert "ledamot: Emilie Orring, belagd 2021-02-19" in notes(board)
    levels = [
        group.title
        for group in section(shown(known, "Sjukvårdsregion Mellansverige"), "seats").groups
    ]
    assert levels[0] == "Nivå: nationell"


def test_a_person_is_told_of_the_meeting_and_the_nomination(known: Knowledge) -> None:
    olivius = shown(known, "Petri Olivius")
    assert notes(lines(olivius, "attendance")[0]) == ["föredragande", "föredrog: § 5"]
    assert [text_of(each.words) for each in lines(olivius, "decisions")] == [
        "Nominering av Petri Olivius till Kommittén för klinisk behandlingsforskning (§ 12)"
    ]
    assert "av: Samverkansnämnden" in notes(lines(olivius, "decisions")[0])


def test_a_meeting_has_who_was_there_for_whom_from_when_and_what_was_decided(
    known: Knowledge,
) -> None:
    told = shown(known, MEETING)
    there = {text_of(each.words) for each in lines(told, "attendance")}
    meeting = f"<{ID}meeting/samverkansnamnden-2021-02-19>"
    assert there == found(known, f"?presence smv:meeting {meeting} ; smv:person ?thing .")
    assert "från: § 5" in notes(line(told, "attendance", "Charlotte Edberger"))
    assert [group.title for group in section(told, "attendance").groups][-1] == "För vem sägs inte"
    items = [text_of(each.words).split()[1] for each in lines(told, "agenda")]
    assert items == [str(number) for number in range(1, 19)]
    budget = line(told, "agenda", "§ 11 ")
    assert budget.text
    assert [each for each in notes(budget) if each.startswith("uppdrag: ")] == [
        "uppdrag: Lägga fram budgetförslag 2022 för de gemensamt finansierade verksamheterna"
        " – Ledningsgruppen, 2021-06-03 / 2021-06-04"
    ]


def test_a_meeting_whose_day_is_disputed_is_told_once_with_all_days(known: Knowledge) -> None:
    meetings = lines(shown(known, "Samverkansnämnden"), "meetings")
    disputed = [each for each in meetings if "2021-06-0" in text_of(each.words)]
    assert [notes(each) for each in disputed] == [
        ["planerat", "angivna dagar: 2021-06-03 / 2021-06-04"]
    ]


def test_a_decision_leads_to_its_meeting_and_paragraph(known: Knowledge) -> None:
    (minuted,) = lines(shown(known, NOMINATION), "minutes")
    assert text_of(minuted.words).startswith(f"{MEETING}, § 12 Nominering")


def test_the_items_of_a_plan_come_once_in_its_order_and_say_who_is_missing(
    known: Knowledge,
) -> None:
    told = shown(known, PLAN)
    items = [text_of(each.words) for each in lines(told, "items")]
    assert len(items) == len(set(items))
    assert set(items) == found(known, f"?thing dcterms:isPartOf <{ID}plan/aktivitetsplan-2025> .")
    first = lines(told, "items")[0]
    assert text_of(first.words) == "Underlätta samordning av vårdproduktion mellan regionerna"
    assert "ansvarig: ingen källa säger vem" in notes(first)


def test_a_source_tells_what_it_tells_of_by_kind(known: Knowledge) -> None:
    kinds = {g.title.split(" (")[0]: g for g in section(shown(known, REPORT), "contents").groups}
    assert kinds["aktivitet"].title == f"aktivitet ({len(kinds['aktivitet'].lines)})"
    assert "Upphandlingsgruppen" in {text_of(each.words) for each in kinds["organ"].lines}
    english = shown(known, REPORT, "en")
    assert section(english, "contents").groups[0].title.startswith("plan (")


def test_a_word_is_told_what_it_is_used_for(known: Knowledge) -> None:
    (uses,) = profile.uses(known, f"{DEF}role/chair", language("sv"))
    (group,) = uses.groups
    assert group.title == f"roll ({len(group.lines)})"
    assert "Andreas Svahn, ordförande i Samverkansnämnden" in {
        text_of(x.words) for x in group.lines
    }
    assert profile.uses(known, f"{DEF}Activity", language("sv")) == ()


def test_the_days_to_choose_are_the_same_whatever_day_is_chosen(known: Knowledge) -> None:
    today = shown(known, "BG2").timeline
    assert [str(day.day) for day in today.true_on][:2] == ["2021-02-19", "2025-01-01"]
    assert [(str(d.day), d.sources) for d in today.known_on] == [
        ("2021-02-19", ("Samverkansnämndens protokoll 2021-02-19",)),
        ("2026-02-13", ("Återrapport aktivitetsplan 2025",)),
    ]
    assert shown(known, "BG2", on_date="2021-02-19").timeline == today
    assert shown(known, "BG2", known_on="2021-02-19").timeline == today


def test_what_no_source_says_is_said(known: Knowledge) -> None:
    assert shown(known, "Upphandlingsgruppen").unsaid == (
        "på vilken nivå det finns",
        "vems organ det är",
        "vilka som sitter där",
        "vem som är ordförande",
    )
    assert shown(known, PLANNED, "en").unsaid == ("who was there", "what was on the agenda")
    assert shown(known, MEETING).unsaid == ()


@pytest.mark.parametrize("code", ["sv", "en"])
def test_nothing_is_told_twice(known: Knowledge, code: str) -> None:
    for name in EVERY_KIND:
        told = shown(known, name, code)
        every = [(s.property, s.label, s.iri) for s in (*told.facts, *told.statements)]
        assert len(every) == len(set(every)), name
        keys = [each.key for each in told.sections]
        assert len(keys) == len(set(keys)), name
        for each in told.sections:
            for group in each.groups:
                assert len(group.lines) == len(set(group.lines)), (name, each.key)


def test_a_section_leads_to_the_query_that_gives_its_rows(known: Knowledge) -> None:
    for name in EVERY_KIND:
        for each in shown(known, name, known_on="2026-11-01").sections:
            assert each.query
            assert known.ask(each.query.name, **each.query.parameters), (name, each.key)


def test_concepts_are_told_in_the_language_of_the_reader(known: Knowledge) -> None:
    english = text_of(shown(known, "RSG Hälsodata", "en").identity)
    assert "classed here as “collaboration group”" in english
    facts = shown(known, "activity:aktivitetsplan-2025-digitaliseringsinitiativ", "en").facts
    assert f"{DEF}focus-area/digital-initiatives" in {fact.iri for fact in facts}
    assert "digital initiatives" in {fact.label for fact in facts}


@pytest.mark.parametrize("code", ["sv", "en"])
def test_texts_are_told_in_the_language_of_the_reader_alone(known: Knowledge, code: str) -> None:
    other = {"sv": "Leads and steers", "en": "Leder och styr"}[code]
    told = [each.label for each in stated(shown(known, "Ledningsgruppen", code))]
    assert told
    assert not [label for label in told if label.startswith(other)]
    chair = stated(shown(known, f"{DEF}role/chair", code))
    plural = [s.label for s in chair if s.property in {"pluralform", "plural form", "plural"}]
    assert plural == [{"sv": "ordförande", "en": "chairs"}[code]]


def test_a_text_in_another_language_is_told_where_there_is_no_other(known: Knowledge) -> None:
    places = {s.property: s.label for s in stated(shown(known, MEETING, "en"))}
    assert places["location"] == "Digitalt mötesrum"


def test_times_and_terms_of_others_are_told_in_words(known: Knowledge) -> None:
    told = {s.property: s.label for s in stated(shown(known, PLANNED))}
    assert told["mötesform"] == "på plats"
    agreed = {s.label for s in stated(shown(known, "agreement:samverkansavtalet"))}
    assert {"från 2021 tills vidare", "från 2021-01-01 tills vidare"} <= agreed
    order = stated(shown(known, f"{DEF}role/chair"))
    assert not [s.property for s in order if ":" in s.property]


def test_a_thing_that_nobody_looks_up_by_name_is_called_by_its_label(known: Knowledge) -> None:
    agreement = shown(known, "agreement:samverkansavtalet")
    assert agreement.label == "Avtal om samverkan i Sjukvårdsregion Mellansverige"


def test_all_that_is_shown_can_be_shown_by_what_is_printed(known: Knowledge) -> None:
    for name in EVERY_KIND:
        for each in _every(shown(known, name)):
            if each.iri:
                assert profile.of_name(known, each.address or each.label) == each.iri


def _every(told: Profile) -> Iterator[Statement]:
    yield from (*told.facts, *told.statements, *told.mentions)


@pytest.mark.parametrize("name", ["person:ola-karlsson", "person/ola-karlsson"])
def test_a_thing_is_found_as_the_files_write_it(known: Knowledge, name: str) -> None:
    assert profile.of_name(known, name) == f"{ID}person/ola-karlsson"
