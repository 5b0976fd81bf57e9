"""The questions of ``tests/questions/`` are well formed and speak of things that exist."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import date

import pytest

from questions_score import (
    CONCEPTS,
    HONEST,
    ON_DATE,
    OTHER,
    Entry,
    Outcome,
    address,
    entries,
    holds,
    holds_date,
    outcome,
    report,
)
from samverkan import answers
from samverkan.knowledge import Knowledge
from samverkan.language import CODES

STATES = set(answers.ALL_STATES)
FILES = sorted({entry.file for entry in entries()})


def test_there_are_enough_of_each_sort() -> None:
    asked = entries()
    languages = Counter(entry.lang for entry in asked)
    assert len(asked) >= 150
    assert sum(entry.honest is not None for entry in asked) >= 40
    assert sum(entry.free for entry in asked) >= len(asked) / 2
    assert languages["sv"] / len(asked) >= 0.65
    assert languages["en"] / len(asked) >= 0.2
    assert {entry.honest for entry in asked} == {None, *HONEST}


def test_no_question_is_there_twice() -> None:
    times = Counter((entry.q.casefold(), entry.on_date, entry.known_on) for entry in entries())
    assert [asked for asked, count in times.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_its_entries_are_well_formed(file: str) -> None:
    for entry in _of(file):
        assert entry.q.strip() == entry.q != ""
        assert entry.note.strip(), entry.q
        assert entry.lang in {*CODES, OTHER}, entry.q
        assert entry.expect.states, entry.q
        assert set(entry.expect.states) <= STATES, entry.q
        assert entry.honest in (None, *HONEST), entry.q
        for day in (entry.on_date, entry.known_on):
            assert day is None or date.fromisoformat(day)
        for text in _texts(entry):
            assert isinstance(text, str), f"{text!r} in “{entry.q}” is to be in quotes"
            assert text.strip() == text != "", entry.q


@pytest.mark.parametrize("file", FILES)
def test_the_time_is_in_the_question_or_beside_it(file: str) -> None:
    """A year in the question, and the default on_date, would be two times."""
    for entry in _of(file):
        if re.search(r"\b(?:19|20)\d\d\b", entry.q):
            assert entry.on_date != ON_DATE, entry.q
        else:
            assert entry.on_date is not None, entry.q


@pytest.mark.parametrize("file", FILES)
def test_an_answer_that_can_only_be_of_absence_is_marked_as_honest(file: str) -> None:
    found = {"confirmed", "last-known"}
    unmarked = [
        entry.q
        for entry in _of(file)
        if entry.honest is None and not found & set(entry.expect.states)
    ]
    assert unmarked == []


@pytest.mark.parametrize("file", FILES)
def test_what_they_name_is_in_the_graph(known: Knowledge, file: str) -> None:
    unknown = [
        f"{named} ({entry.q})"
        for entry in _of(file)
        for kind, concept in CONCEPTS.items()
        for named in getattr(entry.expect, kind)
        if address(known, concept, named) is None
    ]
    assert unknown == []


def test_the_sources_are_among_those_whose_text_is_told(known: Knowledge) -> None:
    named = {source for entry in entries() for source in entry.expect.sources}
    held = {source.iri.rpartition("/")[2] for source in known.dataset.sources}
    assert named <= held


def test_the_paragraphs_are_those_of_the_minutes(known: Knowledge) -> None:
    numbers = {int(row["paragraph"].value) for row in known.ask("decisions") if "paragraph" in row}
    for entry in entries():
        for paragraph in entry.expect.paragraphs:
            found = re.fullmatch(r"§ (\d+)", paragraph)
            assert found, paragraph
            # § 1, § 2 and § 17 decide nothing, yet are there.
            assert int(found[1]) in numbers | {1, 2, 17}, entry.q


def test_dates_are_such_in_whole_or_in_part() -> None:
    for day in {day for entry in entries() for day in entry.expect.dates}:
        assert date.fromisoformat(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10])


# ----- The reading of an answer -----


def _asked(known: Knowledge, **changed: object) -> Outcome:
    """The outcome of a question that has its answer, with other expectations."""
    sure = next(e for e in entries() if e.q == "Vem representerar oss i Beredningsgrupp 2?")
    expect = dataclasses.replace(sure.expect, **changed)  # type: ignore[arg-type]
    return outcome(known, dataclasses.replace(sure, expect=expect))


def test_an_answer_that_holds_all_is_right(known: Knowledge) -> None:
    assert _asked(known).missed == ()
    assert _asked(known).right


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"states": ("confirmed",)}, "state confirmed (it is last-known)"),
        ({"people": ("Ola Karlsson",)}, "person Ola Karlsson"),
        ({"bodies": ("upphandlingsgruppen",)}, "organization upphandlingsgruppen"),
        ({"sources": ("aktivitetsplan-2024",)}, "source aktivitetsplan-2024"),
        ({"dates": ("2021-02-18",)}, "date 2021-02-18"),
        ({"paragraphs": ("§ 1",)}, "paragraph § 1"),
        ({"values": (("pingvin", "säl"),)}, "value pingvin | säl"),
        ({"must_not": ("Wittgren",)}, "not to say Wittgren"),
    ],
)
def test_what_an_answer_misses_is_told(
    known: Knowledge, changed: dict[str, object], missed: str
) -> None:
    assert _asked(known, **changed).missed == (missed,)


@pytest.mark.parametrize(
    ("text", "part", "held"),
    [
        ("Håkan Wittgrens plats", "Håkan Wittgren", True),
        ("§ 14", "§ 1", False),
        ("§ 1 och § 14", "§ 1", True),
        ("§ 2", "2", False),
        ("två möten, 2021-02-12", "12", False),
        ("12 nya diagnoser", "12", True),
        ("Sofia Jarl (C)", "C", True),
        ("Sofia Jarl (c)", "C", False),
        ("internationell", "inte", False),
        ("Inte belagt", "inte", True),
    ],
)
def test_a_text_holds_words_and_figures_not_pieces_of_them(
    text: str, part: str, held: bool
) -> None:
    assert holds(text, part) is held


@pytest.mark.parametrize("written", ["2021-02-19", "19 februari 2021", "19 February 2021"])
def test_a_date_may_stand_in_words(written: str) -> None:
    assert holds_date(f"… {written}.", "2021-02-19")


def test_a_question_that_is_refused_is_not_understood(known: Knowledge) -> None:
    refused = next(entry for entry in entries() if entry.q == "🤷👉🏥❓")
    assert outcome(known, refused).right


def test_the_report_tells_the_score_and_why(known: Knowledge) -> None:
    told = report([_asked(known), _asked(known, people=("Ola Karlsson",))])
    assert "representatives.yaml: 1 of 2" in told
    assert "missed: person Ola Karlsson" in told
    assert told.endswith("all: 1 of 2")


def _of(file: str) -> list[Entry]:
    return [entry for entry in entries() if entry.file == file]


def _texts(entry: Entry) -> list[object]:
    expect = dataclasses.asdict(entry.expect)
    lists = [texts for key, texts in expect.items() if key != "values"]
    return [text for texts in (*lists, *entry.expect.values) for text in texts]
