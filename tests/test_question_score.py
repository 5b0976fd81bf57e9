"""The questions of ``tests/questions``: what is never said, and how many are answered rightly."""

from __future__ import annotations

import pytest

import questions_score
from questions_score import Outcome
from samverkan.knowledge import Knowledge

# How many were answered rightly when this was last looked at: put in a higher one, never a lower.
RIGHT = 304


@pytest.fixture(scope="module")
def outcomes(known: Knowledge) -> list[Outcome]:
    return questions_score.score(known)


def test_no_answer_says_what_no_source_does(outcomes: list[Outcome]) -> None:
    wrong = [
        (outcome.entry.q, missed)
        for outcome in outcomes
        for missed in outcome.missed
        if missed.startswith("not to say ")
    ]
    assert wrong == []


def test_nonsense_is_never_answered(outcomes: list[Outcome]) -> None:
    nonsense = [outcome for outcome in outcomes if outcome.entry.file == "nonsense.yaml"]
    assert nonsense
    assert [outcome.entry.q for outcome in nonsense if outcome.missed] == []


def test_no_fewer_questions_are_answered_rightly_than_before(outcomes: list[Outcome]) -> None:
    assert sum(not outcome.missed for outcome in outcomes) >= RIGHT
