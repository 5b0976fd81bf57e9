"""What an answer costs, counted and not timed: queries of the engine, and phrases looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from samverkan import patterns, questions
from samverkan.cache import Cache
from samverkan.engine import Engine, Found
from samverkan.knowledge import Knowledge
from samverkan.language import CODES
from samverkan.names import fold

US = "vem representerar oss i Beredningsgrupp 2"
NOBODY = "vem representerar Region Dalarna i Beredningsgrupp 2"


@dataclass(eq=False)
class Listening:
    """An engine that keeps what it is asked."""

    engine: Engine
    heard: list[str] = field(default_factory=list)

    def query(self, query: str, **told: Any) -> Found:
        """What the engine finds."""
        self.heard.append(query)
        return self.engine.query(query, **told)


def overheard(known: Knowledge) -> tuple[Knowledge, list[str]]:
    """The same knowledge, which remembers nothing yet, and what its engine is asked from now on."""
    listening = Listening(known.dataset.engine)
    dataset = replace(known.dataset, engine=cast(Engine, listening), answers=Cache[Any](1 << 25))
    return replace(known, dataset=dataset), listening.heard


@pytest.mark.parametrize("question", [US, NOBODY])
def test_who_represents_asks_the_engine_for_each_thing_once(
    known: Knowledge, question: str
) -> None:
    asked, heard = overheard(known)
    answer = questions.ask(asked, question, on_date="2021-03-01")
    assert heard.count(answer.sparql or "") == 1
    assert len(heard) == len(set(heard)) <= 5


@pytest.mark.parametrize("question", [US, NOBODY])
def test_the_same_about_another_day_asks_for_one_thing_only(
    known: Knowledge, question: str
) -> None:
    asked, heard = overheard(known)
    questions.ask(asked, question, on_date="2021-03-01")
    heard.clear()
    answer = questions.ask(asked, question, on_date="2021-03-02")
    assert heard == [answer.sparql]


def test_nothing_is_lost_by_looking_only_at_phrases_that_begin_as_a_question_does(
    known: Knowledge,
) -> None:
    asked = [text for q in known.catalogue for code in CODES for text in q.examples[code]]
    looked_at = 0
    for text in [*asked, "Beredningsgrupp 2", "ordförande i Ledningsgruppen", "qqq"]:
        fitting = [way for way, _said in patterns.fitting(known.catalogue, text)]
        every = patterns.ways(known.catalogue)
        assert [way for n, way in enumerate(fitting) if way not in fitting[:n]] == [
            way for way in every if any(e.fullmatch(fold(text)) for e in way.expressions)
        ]
        looked_at += len(patterns.beginning_as(known.catalogue, text))
    assert looked_at < len(asked) * len(patterns.ways(known.catalogue)) / 3
