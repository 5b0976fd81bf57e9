"""Words that are looked for in texts: declined, passed over, and by what they mean."""

from __future__ import annotations

import re

from samverkan import questions
from samverkan.expressions import expression, meanings
from samverkan.knowledge import Knowledge

MEANS = meanings({"agreement": "avtal", "mass casualty": "masskad", "model": "modell|mönster"})


def fits(words: str, text: str, plain: str = "") -> bool:
    return bool(re.search(expression(words, frozenset(plain.split()), MEANS), text))


def test_a_text_has_the_words_however_declined_and_in_their_order() -> None:
    assert fits("prislistan för 2026", "sjukvårdsregional prislista 2026")
    assert not fits("2026 prislistan", "sjukvårdsregional prislista 2026")
    assert not fits("för", "för")


def test_a_text_has_what_the_words_mean() -> None:
    assert fits("agreements", "samverkansavtalet")
    assert fits("agreement", "the agreement of 2021")
    assert fits("Mass Casualty routine", "masskadelarm, routine")
    assert fits("models", "ett mönster")
    assert not fits("casualty", "masskadelarm")


def test_plain_words_are_passed_over_unless_there_are_no_others() -> None:
    assert fits("work between us", "work", plain="between us")
    assert not fits("between", "work", plain="between")
    assert fits("between", "between", plain="between")


def test_english_words_find_what_the_sources_say_in_swedish(known: Knowledge) -> None:
    for question, told in (
        ("What came out of the work on mass casualty events in 2025?", "masskadelarm"),
        ("what was decided about digital care visits", "§ 10"),
        ("When does the cooperation agreement between the regions run out?", "further notice"),
        ("Who drew up the procurement plan for assistive devices?", "Upphandlingsgruppen"),
    ):
        assert told in questions.ask(known, question).answer, question


def test_what_was_looked_for_is_given_as_it_was_said(known: Knowledge) -> None:
    read = questions.ask(known, "what was decided about digital care visits").interpretation
    assert read is not None
    assert read.parameters["subject"] == "digital care visits"
