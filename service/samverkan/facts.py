"""Rows of a query that has a form → facts: told in words, with state and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from samverkan import findings, forms, times
from samverkan.findings import Evidence, Thing
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.namespaces import DEF, ID
from samverkan.sparql import Row
from samverkan.states import BEFORE_FIRST, CONFIRMED, LAST_KNOWN

_CASE = "case"


@dataclass(frozen=True)
class Fact:
    """One thing that the sources say, as the row of a query has it.

    ``value`` is how the sentence tells it; ``values`` are its columns in words. ``time`` has the
    words (EDTF) of the time that it is shown for, ``from_`` and ``to`` the days that these allow.
    ``shown`` has the words of the last time that a source shows it for, where that has passed;
    ``incomplete`` tells that its source leaves the list open that it is in. ``things`` are all
    that its columns name.
    """

    case: str | None
    state: str
    value: str
    values: Mapping[str, str]
    basis: str
    person: Thing | None
    organization: Thing | None
    role: Thing | None
    represents: Thing | None
    activity: Thing | None
    things: tuple[Thing, ...]
    time: str | None
    shown: str | None
    from_: date | None
    to: date | None
    incomplete: bool
    evidence: tuple[Evidence, ...]


def facts(
    knowledge: Knowledge, reading: Reading, day: date, language: Language
) -> tuple[Fact, ...]:
    """What *reading* finds, in the order of the query; *day* is what it is asked for."""
    form = reading.query.form
    if form is None:
        return ()
    found = (_fact(knowledge, form, row, day, language) for row in knowledge.rows(reading))
    return tuple(fact for fact in found if fact.evidence)


def _fact(knowledge: Knowledge, form: forms.Form, row: Row, day: date, language: Language) -> Fact:
    case = row[_CASE].value if _CASE in row else None
    thing = partial(findings.thing_in, knowledge, row, language=language)
    values = _values(knowledge, row, language)
    begins, ends = findings.date_in(row, "begins"), findings.date_in(row, "ends")
    return Fact(
        case=case,
        state=row["state"].value if "state" in row else _state(begins, ends, day),
        value=forms.filled(form.case(case).each[language.code], values),
        values=values,
        basis="implied" if "basis" in row and row["basis"].value.endswith("implied") else "stated",
        person=thing("person"),
        organization=thing("organization"),
        role=thing("role"),
        represents=thing("represents"),
        activity=thing("activity"),
        things=_things(knowledge, row, language),
        time=row["when"].value if "when" in row else None,
        shown=row["shown"].value if "shown" in row else None,
        from_=begins,
        to=ends,
        incomplete="incomplete" in row and row["incomplete"].value == "true",
        evidence=findings.passages(knowledge, row["evidence"].value) if "evidence" in row else (),
    )


def _things(knowledge: Knowledge, row: Row, language: Language) -> tuple[Thing, ...]:
    """The things of the graph in the columns that have a label."""
    named = [name for name in row if f"{name}_label" in row and row[name].value.startswith(ID)]
    found = (findings.thing_in(knowledge, row, name, language=language) for name in named)
    return tuple(thing for thing in found if thing)


def _state(begins: date | None, ends: date | None, day: date) -> str:
    """What a fact is worth on *day*: what has happened, and has no time to last, stays true."""
    if begins and day < begins:
        return BEFORE_FIRST
    return LAST_KNOWN if ends and ends < day else CONFIRMED


def _values(knowledge: Knowledge, row: Row, language: Language) -> dict[str, str]:
    """The columns in the words of the language: labels of things, texts, times."""
    values = {}
    for name in row:
        iri = row[name].value
        if name == "when":
            values[name] = times.said(iri, language)
            values["on_when"] = times.when(iri, language)
        elif f"{name}_label" in row or iri.startswith(DEF):
            known = knowledge.names.thing(iri) is not None
            label = row[f"{name}_label"].value if f"{name}_label" in row else ""
            values[name] = knowledge.names.label(iri, language.code) if known else label
        else:
            values[name] = (findings.text_in(row, name, language) or "").rstrip(".")
    return values
