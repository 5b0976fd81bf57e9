"""A question in words → a named query with its parameters → an answer.

The ways to ask are data: each file of ``queries/`` lists its own (:mod:`samverkan.patterns`). No
model guesses: the same question gives the same answer, and shows how it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from samverkan import answers, days, facts, findings, patterns, roles
from samverkan.answers import Alternative, Answer, Interpretation
from samverkan.catalogue import KNOWN_ON, ON_DATE, NamedQuery, day
from samverkan.days import Span
from samverkan.errors import (
    AmbiguousNameError,
    QuestionError,
    SamverkanError,
    UnknownNameError,
    WrongKindError,
)
from samverkan.forms import Form
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.names import words
from samverkan.patterns import Way
from samverkan.phrases import Asked
from samverkan.roles import Role
from samverkan.times import said as said_of
from samverkan.times import when

MAX_CHARACTERS = 500

_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_IN_BOTH = frozenset({"i", "in", "is", "a", "of", "on", "at"})
_ENOUGH_WORDS = 2
_MOST_EXAMPLES = 9
_MOST_WORDS_OF_A_NAME = 8
# The parameters of a query that is asked for a time, and not for a day.
SINCE, UNTIL = "since", "until"


@dataclass(frozen=True)
class _Failure:
    """Why a way to read a question led nowhere, and the language of that way."""

    language: str
    error: UnknownNameError | AmbiguousNameError


@dataclass(frozen=True)
class _Understood:
    way: Way
    reading: Reading
    said: Mapping[str, str]
    span: Span | None = None


def ask(
    knowledge: Knowledge,
    question: str,
    *,
    lang: str | None = None,
    on_date: str | None = None,
    known_on: str | None = None,
) -> Answer:
    """The answer to *question*.

    Args:
        knowledge: what is asked.
        question: one to 500 characters of text.
        lang: ``sv`` or ``en``; the language of the question where it is None.
        on_date: the day that the question is about, YYYY-MM-DD; today where it is None.
        known_on: only sources issued up to that day, YYYY-MM-DD; all where it is None.

    Raises:
        QuestionError: the question is empty, too long, or holds control characters.
        ParameterError: a date is none.
    """
    text = readable(question)
    day_in_words = days.day_in(text)
    if on_date and day_in_words and on_date != day_in_words:
        raise QuestionError(
            _("The question is about {one}, and on_date says {other}: give one of them."),
            one=day_in_words,
            other=on_date,
        )
    times = {ON_DATE: on_date or day_in_words or "", KNOWN_ON: known_on or ""}
    frame = Answer(
        question=text,
        lang=lang or DEFAULT,
        on_date=day(ON_DATE, times[ON_DATE]) if times[ON_DATE] else date.today(),
        known_on=day(KNOWN_ON, known_on) if known_on else None,
        state=answers.NOT_UNDERSTOOD,
        answer="",
    )
    answer, failure = _first_answer(knowledge, frame, lang, text, times)
    if answer:
        return answer
    return _unanswered(knowledge, frame, lang, failure)


def _first_answer(
    knowledge: Knowledge, frame: Answer, lang: str | None, text: str, times: Mapping[str, str]
) -> tuple[Answer | None, _Failure | None]:
    """The answer by the first reading of *text* that there is one by; else why there is none."""
    failure: _Failure | None = None
    readings = tuple(days.readings(text, date.today()))
    for asked, span in readings:
        free = span is not None or len(readings) == 1
        answer, failed = _read(knowledge, frame, lang, asked, span, times, free=free)
        if answer:
            return answer, None
        failure = failed or failure
    return None, failure


def _read(
    knowledge: Knowledge,
    frame: Answer,
    lang: str | None,
    asked: str,
    span: Span | None,
    times: Mapping[str, str],
    *,
    free: bool,
) -> tuple[Answer | None, _Failure | None]:
    """The answer by the first way that *asked*, at the time of *span*, can be read; else why not.

    Any words fit a place for words of a text: such places are left alone unless *free*, so that a
    time is not taken for a part of them.
    """
    failure: _Failure | None = None
    for way, said in patterns.fitting(knowledge.catalogue, asked):
        query = knowledge.catalogue[way.query]
        timed = _timed(query, span, times)
        if timed is None or not (free or _is_bound(query, said)):
            continue
        spoken = replace(frame, lang=lang or way.phrase.language)
        try:
            reading = knowledge.read(way.query, {**way.phrase.implied, **said, **timed})
        except (UnknownNameError, AmbiguousNameError) as error:
            if failure is None and _is_worth_telling(knowledge, way, said, error):
                failure = _Failure(way.phrase.language, error)
            continue
        understood = _Understood(way, reading, said, span)
        if reading.query.form:
            return _told(knowledge, spoken, understood, reading.query.form), None
        return _answered(knowledge, spoken, understood), None
    return None, failure


def _is_bound(query: NamedQuery, said: Mapping[str, str]) -> bool:
    """Whether no place takes just any words."""
    return not any(query.parameter(name).stems for name in said)


def _timed(query: NamedQuery, span: Span | None, times: Mapping[str, str]) -> dict[str, str] | None:
    """The parameters of time that *query* takes: those given, and of *span*; None if it cannot."""
    names = {parameter.name for parameter in query.parameters}
    given = {KNOWN_ON: times[KNOWN_ON]}
    if ON_DATE in names:
        given[ON_DATE] = times[ON_DATE]
    if span is None:
        return given
    if names >= {SINCE, UNTIL}:
        first, last = span.first, span.last
        return given | {SINCE: _iso(first), UNTIL: _iso(last)}
    if "year" in names:
        return given | {"year": span.year} if span.year else None
    if ON_DATE in names and times[ON_DATE]:
        return given if span.is_day else None
    if ON_DATE in names:
        return given | {ON_DATE: min(span.last or date.today(), date.today()).isoformat()}
    return None


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _told(knowledge: Knowledge, frame: Answer, understood: _Understood, form: Form) -> Answer:
    """The answer by the form of the query."""
    reading, spoken = understood.reading, language(frame.lang)
    match = reading.things.get(form.subject) if form.subject else None
    values = {name: term.value for name, term in reading.terms.items()} | dict(understood.said)
    for name, thing in reading.things.items():
        values[name] = findings.thing_of(thing, knowledge, spoken).label
    subject = values.get(form.subject, "") if form.subject else ""
    frame = replace(frame, on_date=reading.on_date or frame.on_date)
    on = frame.on_date.isoformat()
    values |= {"on_date": on} | ({"subject": subject} if form.subject else {})
    if understood.span:
        values["on_when"] = when(understood.span.words, spoken)
    asked = Asked(subject, of_person=False, on_date=frame.on_date, known_on=frame.known_on)
    found = facts.facts(knowledge, reading, frame.on_date, spoken)
    iri = match.iri if match else None
    state, text = answers.of_facts(knowledge, form, asked, iri, values, found, spoken)
    disagreements = findings.discrepancies_of(knowledge, iri, frame.known_on, spoken) if iri else ()
    return replace(
        frame,
        state=state,
        answer=text,
        interpretation=_interpretation(knowledge, understood, spoken),
        facts=found,
        discrepancies=disagreements,
        sparql=knowledge.text(reading),
    )


def _is_worth_telling(
    knowledge: Knowledge, way: Way, said: Mapping[str, str], error: SamverkanError
) -> bool:
    """Whether *way* is how the question was meant: it has its words, or is a name of several.

    A role is a word and no name: where there is none of that word, the question was meant
    otherwise.
    """
    if "role" in said:
        role = knowledge.catalogue[way.query].parameter("role")
        if not knowledge.names.knows(said["role"], role.kind):
            return False
    if knowledge.catalogue[way.query].form and _is_too_long(error):
        return False
    bare = not way.weight
    return way.weight >= _ENOUGH_WORDS or (bare and isinstance(error, AmbiguousNameError))


def _is_too_long(error: SamverkanError) -> bool:
    """Whether what is taken for a name has more words than a name has: it was meant otherwise."""
    return len(words(str(error.values.get("name", "")))) > _MOST_WORDS_OF_A_NAME


def readable(question: str) -> str:
    """*question* with its white space tidied.

    Raises:
        QuestionError: it is empty, longer than 500 characters, or holds control characters.
    """
    if len(question) > MAX_CHARACTERS:
        raise QuestionError(
            _("The question has {count} characters; at most {limit} are read. Ask it shorter."),
            count=len(question),
            limit=MAX_CHARACTERS,
        )
    text = " ".join(unicodedata.normalize("NFC", question).split())
    if any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in text):
        raise QuestionError(_("The question holds characters that are no text. Type it anew."))
    if not any(character.isalnum() for character in text):
        raise QuestionError(_("Ask something: who represents whom in a body, or who a person is."))
    return text


@lru_cache(maxsize=8)
def examples(knowledge: Knowledge, code: str) -> tuple[str, ...]:
    """Questions that can be asked of this content, as the files of ``queries/`` give them."""
    queries = sorted(knowledge.catalogue, key=lambda query: query.form is not None)
    given = (example for query in queries for example in query.examples[code])
    return tuple(example for example in given if _is_answered(knowledge, example, code))


def _is_answered(knowledge: Knowledge, question: str, code: str) -> bool:
    """Whether something is found in answer to *question*."""
    times = {ON_DATE: days.day_in(question) or "", KNOWN_ON: ""}
    frame = Answer(question, code, date.today(), None, answers.NOT_UNDERSTOOD, "")
    answer, _failure = _first_answer(knowledge, frame, code, question, times)
    return answer is not None and bool(answer.findings or answer.facts)


def _answered(knowledge: Knowledge, frame: Answer, understood: _Understood) -> Answer:
    spoken = language(frame.lang)
    understood = _on_a_day(knowledge, understood, spoken)
    reading = understood.reading
    if understood.span and reading.on_date:
        frame = replace(frame, on_date=reading.on_date)
    match = reading.things.get("person") or reading.things["body"]
    asked = Asked(
        subject=findings.thing_of(match, knowledge, spoken).label,
        of_person="person" in reading.things,
        on_date=frame.on_date,
        known_on=frame.known_on,
        party=_label(knowledge, reading, "represents", spoken),
        role=_role(knowledge, reading, spoken),
    )
    found = findings.findings(knowledge, reading, spoken)
    if asked.party and not any(finding.represents for finding in found):
        asked = replace(asked, others=_representing_others(knowledge, reading, spoken))
    state, text = answers.told(knowledge, match.iri, asked, found, spoken)
    return replace(
        frame,
        state=state,
        answer=text,
        interpretation=_interpretation(knowledge, understood, spoken),
        findings=found,
        discrepancies=findings.discrepancies_of(knowledge, match.iri, frame.known_on, spoken),
        sparql=knowledge.text(reading),
    )


def _on_a_day(knowledge: Knowledge, understood: _Understood, spoken: Language) -> _Understood:
    """A question about a time, put about a day in it: the last one that a source shows, if any."""
    span, reading = understood.span, understood.reading
    if span is None or span.is_day or reading.on_date is None:
        return understood
    shown = [f.last_attested for f in findings.findings(knowledge, reading, spoken)]
    days_in_it = [d for d in shown if d and (span.first is None or span.first <= d)]
    if not days_in_it:
        return understood
    given = {name: term.value for name, term in reading.terms.items()}
    given |= {ON_DATE: max(days_in_it).isoformat(), KNOWN_ON: _iso(reading.known_on)}
    return replace(understood, reading=knowledge.read(reading.query.name, given))


def _representing_others(knowledge: Knowledge, reading: Reading, spoken: Language) -> int:
    """How many in the body represent somebody else than the question is about."""
    terms = {name: term for name, term in reading.terms.items() if name != "represents"}
    everybody = findings.findings(knowledge, replace(reading, terms=terms), spoken)
    others = (finding for finding in everybody if finding.represents)
    return len({finding.person or number for number, finding in enumerate(others)})


def _label(knowledge: Knowledge, reading: Reading, name: str, spoken: Language) -> str | None:
    match = reading.things.get(name)
    return findings.thing_of(match, knowledge, spoken).label if match else None


def _role(knowledge: Knowledge, reading: Reading, spoken: Language) -> Role | None:
    match = reading.things.get("role")
    return roles.role(knowledge, match.iri, spoken) if match else None


def _interpretation(
    knowledge: Knowledge, understood: _Understood, spoken: Language
) -> Interpretation:
    reading = understood.reading
    parts = [reading.query.summary(spoken)]
    for parameter in reading.query.parameters:
        if parameter.name not in reading.terms:
            continue
        match = reading.things.get(parameter.name)
        said = understood.said.get(parameter.name)
        value = said if said and parameter.stems else reading.terms[parameter.name].value
        if understood.span and parameter.name == ON_DATE:
            time = said_of(understood.span.words, spoken)
            if time != value:
                value = spoken.say(_("“{said}” read as {value}"), said=time, value=value)
        if match:
            value = findings.thing_of(match, knowledge, spoken).label
            if said and words(said) != words(value):
                value = spoken.say(_("“{said}” read as {value}"), said=said, value=value)
        parts.append(f"{parameter.labels[spoken.code]}: {value}")
    parameters = {name: term.value for name, term in reading.terms.items()}
    if reading.known_on:
        parameters[KNOWN_ON] = reading.known_on.isoformat()
        parts.append(spoken.say(_("known on: {known_on}"), known_on=reading.known_on))
    return Interpretation(reading.query.name, parameters, "; ".join(parts))


def _unanswered(
    knowledge: Knowledge, frame: Answer, lang: str | None, failure: _Failure | None
) -> Answer:
    if failure is None:
        spoken = language(lang or _likely_language(knowledge, frame.question))
        some = examples(knowledge, spoken.code)[:_MOST_EXAMPLES]
        quoted = [spoken.say(_("“{text}”"), text=text) for text in some]
        message = _("The question was not understood. You can ask, for instance: {examples}.")
        told = spoken.say(message, examples="; ".join(quoted))
        return replace(frame, lang=spoken.code, answer=told)
    spoken = language(lang or failure.language)
    told = failure.error.told(spoken.say)
    ambiguous = isinstance(failure.error, AmbiguousNameError)
    if not ambiguous and _YEAR.search(str(failure.error.values.get("name", ""))):
        told += " " + spoken.say(_("A time is read as a day: 2021-02-19, or 19 February 2021."))
    return replace(
        frame,
        lang=spoken.code,
        state=answers.AMBIGUOUS if ambiguous else answers.UNKNOWN_NAME,
        answer=told,
        alternatives=_alternatives(knowledge, frame, failure.error, spoken),
    )


def _likely_language(knowledge: Knowledge, question: str) -> str:
    """The language whose phrases share most words with *question*; Swedish where none does."""
    asked = set(words(question))
    shared = dict.fromkeys((DEFAULT, *CODES), 0)
    for way in patterns.ways(knowledge.catalogue):
        shared[way.phrase.language] = max(
            shared[way.phrase.language], len(asked & way.words - _IN_BOTH)
        )
    return max(shared, key=lambda code: shared[code])


def _alternatives(
    knowledge: Knowledge,
    frame: Answer,
    error: UnknownNameError | AmbiguousNameError,
    spoken: Language,
) -> tuple[Alternative, ...]:
    """The things that may have been meant, each with the question put about it."""
    matches = error.candidates if isinstance(error, AmbiguousNameError) else error.nearest
    name = str(error.values.get("name", ""))
    found = []
    for match in matches:
        label = findings.thing_of(match, knowledge, spoken).label
        alone = not name or isinstance(error, WrongKindError)
        question = label if alone else frame.question.replace(name, label)
        found.append(Alternative(label, question, match.iri))
    return tuple(found)
