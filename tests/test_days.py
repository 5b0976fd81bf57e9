"""The time that a question names: from which day to which, and when it is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from samverkan import days, questions
from samverkan.days import Span
from samverkan.edtf import extent
from samverkan.knowledge import Knowledge

TODAY = date(2026, 11, 26)
YEARS = st.integers(1900, 2099)


def last(text: str) -> tuple[str, Span | None]:
    """The last reading of *text*: without the time at its end, where it has one."""
    return list(days.readings(text, TODAY))[-1]


@pytest.mark.parametrize(
    ("text", "rest", "words"),
    [
        ("vad gjordes i mars 2021?", "vad gjordes", "2021-03"),
        ("vad gjordes 2025", "vad gjordes", "2025"),
        ("vad gjordes under 2025", "vad gjordes", "2025"),
        ("vad gjordes år 2025", "vad gjordes", "2025"),
        ("vad gjordes våren 2025", "vad gjordes", "2025-21"),
        ("vad gjordes under hösten 2022", "vad gjordes", "2022-23"),
        ("what was done in the spring of 2025", "what was done", "2025-21"),
        ("what was done in March 2021", "what was done", "2021-03"),
        ("vad gjordes förra året", "vad gjordes", "2025"),
        ("what was done last year", "what was done", "2025"),
        ("vad gjordes i år", "vad gjordes", "2026"),
        ("vad gjordes igår", "vad gjordes", "2026-11-25"),
        ("vad gjordes sedan 2020", "vad gjordes", "2020/.."),
        ("what was done since 2020", "what was done", "2020/.."),
        ("what was done before 2021", "what was done", "../2020-12-31"),
        ("vad gjordes före mars 2021", "vad gjordes", "../2021-02-28"),
        ("vad gjordes efter 2021-02-19", "vad gjordes", "2021-02-20/.."),
        ("vad gjordes 2021–2024", "vad gjordes", "2021/2024"),
        ("vad gjordes 2021 till 2024", "vad gjordes", "2021/2024"),
        ("vad gjordes den 19 februari 2021", "vad gjordes", "2021-02-19"),
        ("vad gjordes 19 feb 2021", "vad gjordes", "2021-02-19"),
        ("who was it on 19 February 2021", "who was it", "2021-02-19"),
    ],
)
def test_a_time_is_read_from_the_end(text: str, rest: str, words: str) -> None:
    asked, span = last(text)
    assert span is not None
    assert (asked, span.words) == (rest, words)


@pytest.mark.parametrize(
    "text",
    ["vad gjordes", "vad gjordes idag", "grupp 2", "§ 13", "i mars", "20250", "foo 2025x", "2025"],
)
def test_what_is_no_time_stays(text: str) -> None:
    assert last(text)[1] is None


def test_the_question_as_it_is_comes_first() -> None:
    asked = [text for text, _span in days.readings("vad är Aktivitetsplan 2025?", TODAY)]
    assert asked == ["vad är Aktivitetsplan 2025", "vad är Aktivitetsplan"]


@given(YEARS, st.integers(1, 12), st.sampled_from(["sv", "en"]))
def test_a_month_has_all_its_days(year: int, month: int, code: str) -> None:
    name = get_month_names("wide", locale=code)[month]
    _rest, span = last(f"vad hände i {name} {year}")
    assert span is not None
    assert span.first is not None
    assert span.last is not None
    assert (span.first.year, span.first.month, span.first.day) == (year, month, 1)
    assert (span.last + timedelta(days=1)).day == 1
    assert span.last.month == month
    assert extent(span.words).earliest == span.first


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["sv", "en"]))
def test_a_day_in_words_is_that_day(day: date, code: str) -> None:
    name = get_month_names("wide", locale=code)[day.month]
    _rest, span = last(f"vad hände {day.day} {name} {day.year}")
    assert span == Span(day.isoformat(), day, day)


@given(YEARS)
def test_before_and_since_a_year_are_all_of_time(year: int) -> None:
    before, since = last(f"vad hände före {year}")[1], last(f"vad hände sedan {year}")[1]
    assert before is not None
    assert since is not None
    assert before.last is not None
    assert since.first is not None
    assert (before.first, since.last) == (None, None)
    assert before.last + timedelta(days=1) == since.first


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for rest, span in days.readings(text, TODAY):
        assert rest in text
        assert span is None or span.first is not None or span.last is not None


def test_a_year_is_answered_for_the_last_day_shown_in_it(known: Knowledge) -> None:
    answer = questions.ask(known, "vem representerade oss i BG2 2021")
    assert (answer.state, str(answer.on_date)) == ("confirmed", "2021-02-19")
    assert answer.interpretation is not None
    assert "”2021” lästes som 2021-02-19" in answer.interpretation.text


def test_a_year_before_the_first_source_is_before_the_first(known: Knowledge) -> None:
    answer = questions.ask(known, "vem representerade oss i BG2 2015")
    assert answer.state == "before-first"
