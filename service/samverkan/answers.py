"""The answer to a question: its state, its text, its findings; as data for page and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from samverkan import forms, sentences, silence, telling
from samverkan.facts import Fact
from samverkan.findings import (
    Discrepancy,
    Evidence,
    Finding,
    evidence_of,
    lifecycle_of,
)
from samverkan.forms import Form
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.namespaces import term
from samverkan.phrases import Asked
from samverkan.states import STATES

# States of an answer that found nothing; an answer that did has the state of its first finding.
PROPOSED = "proposed"
NOT_COVERED = "not-covered"
AMBIGUOUS = "ambiguous"
UNKNOWN_NAME = "unknown-name"
NOT_UNDERSTOOD = "not-understood"

_BODY = term("org:Organization").value
ALL_STATES = (*STATES, PROPOSED, NOT_COVERED, AMBIGUOUS, UNKNOWN_NAME, NOT_UNDERSTOOD)


@dataclass(frozen=True)
class Interpretation:
    """What was understood: the query, its parameters as text, and both in words."""

    query: str
    parameters: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Alternative:
    """Another reading, or a name that may have been meant, with the question that asks for it."""

    label: str
    question: str
    iri: str | None = None


@dataclass(frozen=True)
class Answer:
    """An answer as DESIGN has it, ready for the page, the terminal and JSON."""

    question: str
    lang: str
    on_date: date
    known_on: date | None
    state: str
    answer: str
    interpretation: Interpretation | None = None
    alternatives: tuple[Alternative, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: tuple[Fact, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    sparql: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data; dates are YYYY-MM-DD."""
        return {
            "question": self.question,
            "lang": self.lang,
            "on_date": self.on_date.isoformat(),
            "known_on": _iso(self.known_on),
            "interpretation": _plain(self.interpretation),
            "alternatives": [_plain(alternative) for alternative in self.alternatives],
            "state": self.state,
            "answer": self.answer,
            "findings": [
                *(_finding_json(finding) for finding in self.findings),
                *(_fact_json(fact) for fact in self.facts),
            ],
            "discrepancies": [
                {
                    **_plain(found.thing),
                    "comment": found.comment,
                    "claims": list(found.claims),
                    "preferred": found.preferred,
                }
                for found in self.discrepancies
            ],
            "sparql": self.sparql,
        }


def told(
    knowledge: Knowledge, iri: str, asked: Asked, found: Sequence[Finding], language: Language
) -> tuple[str, str]:
    """The state and the text of the answer that *found* gives to what was *asked* of *iri*."""
    lifecycle = None if asked.of_person else lifecycle_of(knowledge, iri, asked.known_on)
    if found:
        text = sentences.tell(asked, found, language)
        standing = silence.of_standing(asked, lifecycle, language)
        return found[0].state, f"{text} {standing}".strip()
    evidence = evidence_of(knowledge, iri, asked.known_on)
    proposed = lifecycle == PROPOSED
    text = silence.of_thing(asked, evidence, proposed=proposed, language=language)
    return (PROPOSED if proposed else NOT_COVERED), text


def of_facts(
    knowledge: Knowledge,
    form: Form,
    asked: Asked,
    subject: str | None,
    values: Mapping[str, str],
    found: Sequence[Fact],
    language: Language,
) -> tuple[str, str]:
    """The state and the text of an answer by a *form*; *subject* is the thing it is about."""
    if found:
        return found[0].state, telling.tell(form, found, values, language)
    none = forms.filled(form.none[language.code], values)
    if subject is None:
        return NOT_COVERED, none
    proposed = _is_body(knowledge, subject) and (
        lifecycle_of(knowledge, subject, asked.known_on) == PROPOSED
    )
    evidence = evidence_of(knowledge, subject, asked.known_on)
    text = silence.of_thing(asked, evidence, proposed=proposed, language=language, told=none)
    return (PROPOSED if proposed else NOT_COVERED), text


def _is_body(knowledge: Knowledge, iri: str) -> bool:
    match = knowledge.names.thing(iri)
    return match is not None and _BODY in match.kinds


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    return None if value is None else dict(vars(value))


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "state": finding.state,
        "person": _plain(finding.person),
        "organization": _plain(finding.organization),
        "role": {"iri": finding.role.iri, "label": finding.role.label},
        "title": finding.title,
        "represents": _plain(finding.represents),
        "status": finding.status,
        "from": _iso(finding.from_),
        "to": _iso(finding.to),
        "period": finding.period,
        "periods": list(finding.periods),
        "first_attested": _iso(finding.first_attested),
        "first_attested_in": finding.first_attested_in,
        "last_attested": _iso(finding.last_attested),
        "last_attested_in": finding.last_attested_in,
        "basis": finding.basis,
        "nominated_by": _plain(finding.nominated_by),
        "replaced_by": _plain(finding.replaced_by),
        "note": finding.note,
        "activity": None,
        "value": None,
        "decided_by": list(dict.fromkeys(passage.source for passage in finding.grounds)),
        "evidence": [passage_json(passage) for passage in finding.evidence],
    }


def _fact_json(fact: Fact) -> dict[str, Any]:
    """A fact in the shape of a finding: what it tells of no membership is null."""
    return {
        "state": fact.state,
        "person": _plain(fact.person),
        "organization": _plain(fact.organization),
        "role": _plain(fact.role),
        "title": None,
        "represents": _plain(fact.represents),
        "status": None,
        "from": _iso(fact.from_),
        "to": _iso(fact.to),
        "period": fact.time,
        "periods": [fact.time] if fact.time else [],
        "first_attested": None,
        "first_attested_in": None,
        "last_attested": None,
        "last_attested_in": fact.shown,
        "basis": fact.basis,
        "nominated_by": None,
        "replaced_by": None,
        "note": None,
        "activity": _plain(fact.activity),
        "value": fact.value,
        "decided_by": list(dict.fromkeys(passage.source for passage in fact.evidence)),
        "evidence": [passage_json(passage) for passage in fact.evidence],
    }


def passage_json(passage: Evidence) -> dict[str, Any]:
    """*passage* as plain data."""
    return {**asdict(passage), "issued": passage.issued.isoformat()}
