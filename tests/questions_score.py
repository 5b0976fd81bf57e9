"""The questions of ``tests/questions/``, asked one by one, and what each answer missed.

``python tests/questions_score.py`` prints the score. An entry of the files, all of whose
expectations were read in the documents and not off the program, has:

- ``q``, ``lang``: the question, and its language: ``sv``, ``en``, or ``other`` for one not spoken.
- ``on_date``: the day it is asked for; 2026-11-25 where it is left out, and what a question's
  "last year" counts from; null where the question itself says when.
- ``known_on``: only sources issued up to that day; all where it is left out.
- ``free``: true where it is phrased unlike the patterns that come to mind first.
- ``honest``: where the sources do not give what is asked for, which of :data:`HONEST` it is.
- ``expect``: only what a right answer must hold.
  ``state``: one, or a list of those that would be right (DESIGN § 7); ``told`` is confirmed or
  last-known, where DESIGN does not settle which of the two it is (a body, a decision, a figure).
  ``people``, ``bodies``, ``sources``: slugs or labels.
  ``dates``: as ISO 8601 has them, in whole or in part; in the answer they may stand in words.
  ``values``: texts; a list among them is of texts any of which will do.
  ``paragraphs``: such as "§ 14".
  ``must_not``: texts that neither the answer nor its findings may hold.
- ``note``: why, and where in the documents it was looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

from samverkan import answers, knowledge, questions, states
from samverkan.answers import Answer
from samverkan.errors import QuestionError
from samverkan.knowledge import Knowledge
from samverkan.namespaces import ID

FOLDER = Path(__file__).resolve().parent / "questions"
ON_DATE = "2026-11-25"
OTHER = "other"
TOLD = "told"
HONEST = (
    "not-stated",
    "only-nominated",
    "not-any-more",
    "not-yet",
    "which-one",
    "unknown-name",
    "not-understood",
)
CONCEPTS = {"people": "person", "bodies": "organization", "sources": "source"}

_FEW = 4


@dataclass(frozen=True)
class Expected:
    """What a right answer must hold, and must not."""

    states: tuple[str, ...]
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    values: tuple[tuple[str, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One question of the files."""

    file: str
    q: str
    lang: str
    expect: Expected
    note: str
    on_date: str | None = ON_DATE
    known_on: str | None = None
    free: bool = False
    honest: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of asking *entry*: the state, and in words what the answer missed."""

    entry: Entry
    state: str
    answer: str
    missed: tuple[str, ...] = field(default=())

    @property
    def right(self) -> bool:
        return not self.missed


@cache
def entries() -> tuple[Entry, ...]:
    """All questions, file by file.

    Raises:
        TypeError, KeyError: an entry is not of the form that the head of this module gives.
    """
    return tuple(
        _entry(path.name, raw)
        for path in sorted(FOLDER.glob("*.yaml"))
        for raw in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def score(known: Knowledge) -> list[Outcome]:
    """The outcome of each question, in their order."""
    return [outcome(known, entry) for entry in entries()]


def outcome(known: Knowledge, entry: Entry) -> Outcome:
    """What came of asking *entry*; a question that is refused counts as not understood."""
    try:
        # The language is left to be told from the question: that, too, is looked at.
        answer = questions.ask(known, entry.q, on_date=entry.on_date, known_on=entry.known_on)
    except QuestionError as error:
        missed = _missed_state(answers.NOT_UNDERSTOOD, entry.expect)
        return Outcome(entry, answers.NOT_UNDERSTOOD, str(error), tuple(missed))
    return Outcome(entry, answer.state, answer.answer, tuple(_missed(known, entry, answer)))


def address(known: Knowledge, concept: str, named: str) -> str | None:
    """The IRI of what is *named* by slug or label, or None where the graph has no such thing."""
    iri = f"{ID}{concept}/{named}"
    return iri if known.names.thing(iri) else _by_label(known, concept).get(named)


def _missed(known: Knowledge, entry: Entry, answer: Answer) -> Iterator[str]:
    expect = entry.expect
    plain = answer.to_json()
    said = "\n".join(_texts([plain["answer"], plain["findings"]]))
    shown = "\n".join([said, *_texts([plain["discrepancies"], plain["alternatives"]])])
    yield from _missed_state(answer.state, expect)
    if answer.state != answers.NOT_UNDERSTOOD and entry.lang not in (OTHER, answer.lang):
        yield f"language {entry.lang} (it is {answer.lang})"
    for kind, concept in CONCEPTS.items():
        for named in getattr(expect, kind):
            if not _names(shown, known, concept, named):
                yield f"{concept} {named}"
    yield from (f"date {day}" for day in expect.dates if not holds_date(shown, day))
    yield from (
        f"value {' | '.join(any_of)}"
        for any_of in expect.values
        if not any(holds(shown, text) for text in any_of)
    )
    yield from (f"paragraph {p}" for p in expect.paragraphs if not holds(shown, p))
    if answer.state != answers.NOT_UNDERSTOOD:  # which only tells what could be asked
        yield from (f"not to say {text}" for text in expect.must_not if holds(said, text))


def _missed_state(state: str, expect: Expected) -> Iterator[str]:
    if state not in expect.states:
        yield f"state {' | '.join(expect.states)} (it is {state})"


def _names(text: str, known: Knowledge, concept: str, named: str) -> bool:
    iri = address(known, concept, named)
    if iri is None:
        return holds(text, named)
    labels = {known.names.label(iri, code) for code in ("sv", "en")}
    return any(holds(text, label) for label in (iri, *labels))


def holds_date(text: str, day: str) -> bool:
    """Whether *text* holds *day*, as ISO 8601 has it or in words of either language."""
    return any(holds(text, written) for written in _written(day))


def _written(day: str) -> Iterator[str]:
    """*day* as ISO 8601 has it, and in the words of both languages."""
    yield day
    year, *rest = map(int, day.split("-"))
    if rest:
        pattern = "d MMMM y" if len(rest) > 1 else "MMMM y"
        first = date(year, *rest) if len(rest) > 1 else date(year, rest[0], 1)
        for locale in ("sv", "en"):
            yield format_date(first, pattern, locale=locale)


def holds(text: str, part: str) -> bool:
    """Whether *text* holds *part*; capitals matter in a few letters only (C, VfP).

    A longer word may go on (Wittgrens); a few letters, a number or an IRI may not (§ 1 is not in
    § 14), and the number of a place or in a date is no figure (the 2 of § 2).
    """
    few = len(part) <= _FEW
    beginning, end = r"(?<!\w)", ""
    if few or part.startswith("http"):
        end = r"(?![\w-])"
    elif part[-1].isdigit():
        end = r"(?!\d)"
    if len(part) < _FEW and part.isdigit():
        beginning, end = r"(?<!\w)(?<!\d-)(?<!§ )(?<!punkt )", r"(?!\w)(?!\.\d)"
    exact = few and part.casefold() != part
    pattern = f"{beginning}{re.escape(part)}{end}"
    return re.search(pattern, text, 0 if exact else re.IGNORECASE) is not None


def _texts(value: Any) -> Iterator[str]:
    """All texts in *value*, which is plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _entry(file: str, raw: dict[str, Any]) -> Entry:
    fields = dict(raw)
    return Entry(file=file, expect=_expected(fields.pop("expect")), **fields)


def _expected(raw: dict[str, Any]) -> Expected:
    fields = dict(raw)
    state = fields.pop("state")
    values = (_list(value) for value in fields.pop("values", ()))
    return Expected(
        states=tuple(_states(_list(state))),
        values=tuple(values),
        **{key: tuple(texts) for key, texts in fields.items()},
    )


def _states(written: Iterable[str]) -> Iterator[str]:
    for state in written:
        yield from ((states.CONFIRMED, states.LAST_KNOWN) if state == TOLD else (state,))


def _list(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def _by_label(known: Knowledge, concept: str) -> dict[str, str]:
    rows = known.ask("names")
    beginning = f"{ID}{concept}/"
    return {
        row["label"].value: row["thing"].value
        for row in rows
        if row["thing"].value.startswith(beginning)
    }


def report(outcomes: Iterable[Outcome]) -> str:
    """The score, file by file, and each question that was not answered rightly, with why."""
    told = list(outcomes)
    lines = []
    for file in dict.fromkeys(o.entry.file for o in told):
        those = [o for o in told if o.entry.file == file]
        lines.append(f"{file}: {sum(o.right for o in those)} of {len(those)}")
        for o in those:
            if o.missed:
                lines += [f"  {o.entry.q}", f"    missed: {'; '.join(o.missed)}"]
    lines.append(f"all: {sum(o.right for o in told)} of {len(told)}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(score(knowledge.load())))  # noqa: T201
