"""Questions in words: how they are read, and what is said where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan import knowledge, questions
from samverkan.errors import ParameterError, QuestionError
from samverkan.knowledge import Knowledge
from samverkan.language import CODES


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Vem representerar oss på BG2?", {"Håkan Wittgren", "Mikael Köhler"}),
        (
            "vem företräder sjukvårdsregionen i beredningsgrupp 2 idag",
            {"Håkan Wittgren", "Mikael Köhler"},
        ),
        ("who represents us on BG2", {"Håkan Wittgren", "Mikael Köhler"}),
        ("vem är vår representant i Nationella screeningrådet", {"Denise Norström"}),
        ("vem sitter i nhv-namnden", {"Andreas Svahn"}),
        ("vem är ordförande i Ledningsgruppen", {"Jonas Claesson"}),
        ("vem är Ledningsgruppens ordförande?", {"Jonas Claesson"}),
        ("who chairs Ledningsgruppen", {"Jonas Claesson"}),
        ("VEM ÄR ORDFÖRANDE FÖR FORSKNINGSRÅDET", {"Göran Angergård"}),
        ("vem är hälso- och sjukvårdsdirektör i Region Uppsala", {"Mikael Köhler"}),
        ("vem är chef för RBC", {"Sonja Eaker Fält"}),
        ("vem ar Hakan Wittgren", {"Håkan Wittgren"}),
        ("who is Petri Olivius?", {"Petri Olivius"}),
        ("Håkan Wittgren", {"Håkan Wittgren"}),
        ("Beredningsgrupp 2", {"Håkan Wittgren", "Mikael Köhler"}),
    ],
)
def test_a_question_is_read_as_people_ask_it(
    known: Knowledge, question: str, names: set[str]
) -> None:
    answer = questions.ask(known, question)
    assert {f.person.label for f in answer.findings if f.person} == names
    assert answer.interpretation is not None


def test_the_answer_is_in_the_language_of_the_question(known: Knowledge) -> None:
    assert questions.ask(known, "who represents us on BG2").lang == "en"
    assert "nominated" in questions.ask(known, "who represents us on BG2").answer
    assert questions.ask(known, "vem representerar oss i BG2").lang == "sv"


def test_a_language_that_is_asked_for_wins(known: Knowledge) -> None:
    answer = questions.ask(known, "who represents us on BG2", lang="sv")
    assert answer.lang == "sv"
    assert "nominerade" in answer.answer


def test_what_was_assumed_is_said(known: Knowledge) -> None:
    answer = questions.ask(known, "vem representerar oss på BG2")
    assert answer.interpretation is not None
    assert "”BG2” lästes som Beredningsgrupp 2 för nationell" in answer.interpretation.text
    assert "”oss” lästes som Sjukvårdsregion Mellansverige" in answer.interpretation.text


def test_a_day_in_the_question_is_the_day_asked_about(known: Knowledge) -> None:
    answer = questions.ask(known, "vem representerar oss i BG2 den 2021-02-19?")
    assert answer.state == "confirmed"


def test_two_different_days_are_refused(known: Knowledge) -> None:
    with pytest.raises(QuestionError):
        questions.ask(known, "vem är Ola Karlsson 2021-02-19", on_date="2021-02-20")


@pytest.mark.parametrize("question", ["vem representerar oss i Beredningsgrupp 9", "who is Zaphod"])
def test_a_name_that_nothing_bears_is_an_unknown_name(known: Knowledge, question: str) -> None:
    answer = questions.ask(known, question)
    assert (answer.state, answer.findings, answer.sparql) == ("unknown-name", (), None)


def test_an_unknown_body_offers_the_question_about_the_nearest(known: Knowledge) -> None:
    answer = questions.ask(known, "vem representerar oss i Beredningsgrupp 9")
    offered = answer.alternatives[0].question
    assert questions.ask(known, offered).state == "last-known"


def test_several_people_of_one_name_are_offered_as_questions(known: Knowledge) -> None:
    answer = questions.ask(known, "vem är Claesson")
    assert answer.state == "ambiguous"
    assert {a.question for a in answer.alternatives} == {
        "vem är Jonas Claesson",
        "vem är Mattias Claesson",
    }
    assert "Jonas Claesson" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["hej", "DROP TABLE users; --", "🙂", "Wer vertritt uns?", "vem dricker mjölk", "a" * 500],
)
def test_nonsense_is_not_understood_and_told_what_can_be_asked(
    known: Knowledge, question: str
) -> None:
    if not any(character.isalnum() for character in question):
        with pytest.raises(QuestionError):
            questions.ask(known, question)
        return
    answer = questions.ask(known, question)
    assert answer.state == "not-understood"
    assert "vem representerar oss i Beredningsgrupp 2" in answer.answer


@pytest.mark.parametrize(
    "question", ["", "   ", "?", "a" * 501, "vem\x00", "vem\x1b[31m", "\ud800a"]
)
def test_what_is_no_question_is_refused(known: Knowledge, question: str) -> None:
    with pytest.raises(QuestionError):
        questions.ask(known, question)


@pytest.mark.parametrize(
    "day", ["igår", "2021-02-30", "20210219", "2021-2-19", "2021-W07-5", "٢٠٢١-٠٢-١٩"]
)
def test_a_date_that_is_none_is_refused(known: Knowledge, day: str) -> None:
    with pytest.raises(ParameterError):
        questions.ask(known, "vem är Ola Karlsson", on_date=day)
    with pytest.raises(ParameterError):
        questions.ask(known, "vem är Ola Karlsson", known_on=day)


@pytest.mark.parametrize("code", CODES)
def test_every_example_is_answered(known: Knowledge, code: str) -> None:
    asked = [example for query in known.catalogue for example in query.examples[code]]
    assert set(questions.examples(known, code)) < set(asked)
    for question in asked:
        answer = questions.ask(known, question)
        assert answer.findings or answer.facts, question
        assert answer.lang == code, question


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused_clearly(known: Knowledge, text: str) -> None:
    try:
        answer = questions.ask(known, f"vem representerar oss i {text}")
    except QuestionError:
        return
    assert answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "vem representerade oss i Beredningsgrupp 2 den 19 februari 2021",
        "vem representerar oss i BG2 19 feb 2021?",
        "Who represented us on BG2 on 19 February 2021",
        "vem företrädde sjukvårdsregionen i BG2 per 2021-02-19",
    ],
)
def test_a_day_may_be_written_in_words(known: Knowledge, question: str) -> None:
    answer = questions.ask(known, question)
    assert (answer.state, str(answer.on_date)) == ("confirmed", "2021-02-19")


def test_a_day_in_words_that_is_none_is_refused(known: Knowledge) -> None:
    with pytest.raises(ParameterError):
        questions.ask(known, "vem är Ola Karlsson den 31 februari 2021")


def test_a_year_is_not_taken_for_a_part_of_a_name(known: Knowledge) -> None:
    answer = questions.ask(known, "vem var ordförande i Samverkansnämnden 2021")
    assert (answer.state, str(answer.on_date)) == ("confirmed", "2021-02-19")
    assert {f.person.label for f in answer.findings if f.person} == {"Andreas Svahn"}


def test_a_name_of_another_kind_is_said_to_be_there(known: Knowledge) -> None:
    answer = questions.ask(known, "where does Samverkansnämnden sit")
    assert answer.state == "unknown-name"
    assert "is in the graph, but is of another kind" in answer.answer
    (offered,) = answer.alternatives
    assert questions.ask(known, offered.question).findings


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("what did who represent, and which members were at it", "en"),
        ("vilka var gladast när det hände", "sv"),
        ("zzz", "sv"),
    ],
)
def test_what_is_not_understood_is_told_in_the_language_it_was_asked_in(
    known: Knowledge, question: str, code: str
) -> None:
    answer = questions.ask(known, question)
    assert (answer.state, answer.lang) == ("not-understood", code)


def test_only_examples_that_this_content_can_answer_are_given(
    known: Knowledge, tmp_path: Path
) -> None:
    for name in ("organizations.ttl", "people.ttl"):
        (tmp_path / "data" / "sources").mkdir(parents=True, exist_ok=True)
        (tmp_path / "data" / name).write_text("")
    other = knowledge.load(tmp_path)
    assert questions.examples(other, "sv") == ()
    assert questions.examples(known, "sv")
