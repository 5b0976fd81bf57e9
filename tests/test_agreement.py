"""The sentence of an answer and its findings say the same: both are read, and held together."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

import questions_score
from samverkan import questions
from samverkan.answers import Answer
from samverkan.errors import QuestionError
from samverkan.knowledge import Knowledge
from samverkan.names import fold
from samverkan.states import ENDED, LAST_KNOWN, NOMINATED

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_PARAGRAPH = re.compile(r"§\s*\d+")
# How the sentences of people tell a state, in either language.
_WORDS = {
    NOMINATED: re.compile("nominer|nominat"),
    LAST_KNOWN: re.compile(
        "senast belag|last attested|belagd|attested|visar källorna|sources show"
    ),
    ENDED: re.compile("lämna|avslut|som längst till|entledig|left|ended|at the latest"),
}


@pytest.fixture(scope="module")
def told(known: Knowledge) -> list[Answer]:
    """The answers to all questions of the files that find something."""
    found = []
    for entry in questions_score.entries():
        try:
            answer = questions.ask(known, entry.q, on_date=entry.on_date, known_on=entry.known_on)
        except QuestionError:
            continue
        if answer.findings or answer.facts:
            found.append(answer)
    assert len(found) > 50
    return found


@cache
def people(known: Knowledge) -> frozenset[str]:
    """The names of all people in the graph."""
    kind = "http://xmlns.com/foaf/0.1/Person"
    return frozenset(match.label for match in known.names.of_kind(kind))


def data_of(answer: Answer) -> str:
    """Everything that the answer holds as data beside its sentence."""
    plain = answer.to_json()
    del plain["answer"], plain["sparql"]
    return json.dumps(plain, ensure_ascii=False)


def test_the_sentence_names_nobody_whom_no_finding_names(
    known: Knowledge, told: list[Answer]
) -> None:
    for answer in told:
        data = data_of(answer)
        named = {name for name in people(known) if name in answer.answer}
        assert {name for name in named if name not in data} == set(), answer.question


def test_the_sentence_has_no_date_and_no_paragraph_that_the_findings_lack(
    told: list[Answer],
) -> None:
    for answer in told:
        data = data_of(answer)
        for shown in (*_DATE.findall(answer.answer), *_PARAGRAPH.findall(answer.answer)):
            assert shown in data, (answer.question, shown)


def test_whoever_is_found_first_is_named_or_counted(told: list[Answer]) -> None:
    for answer in told:
        first = [f for f in answer.findings if f.state == answer.state and f.person]
        missing = [
            f.person.label for f in first if f.person and f.person.label not in answer.answer
        ]
        is_counted = re.search(r"\d+ (?:till|andra|other|more)|ytterligare|further", answer.answer)
        assert not missing or is_counted, (answer.question, missing)


def test_a_state_is_told_in_its_own_words(told: list[Answer]) -> None:
    for answer in told:
        for finding in answer.findings:
            if finding.state in _WORDS and finding.person:
                named = finding.person.label in answer.answer
                assert not named or _WORDS[finding.state].search(answer.answer.casefold()), (
                    answer.question,
                    finding.state,
                )


def test_no_answer_is_stronger_than_its_only_state(told: list[Answer]) -> None:
    for answer in told:
        states = {finding.state for finding in answer.findings}
        if states == {NOMINATED}:
            assert not re.search(r"\bar (?:ledamot|ordforande)|\bis a member", fold(answer.answer))
