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

from samverkan import answers, days, findings, patterns, roles
from samverkan.answers import Alternative, Answer, Interpretation
from samverkan.catalogue import KNOWN_ON, ON_DATE, day
from samverkan.errors import (
    AmbiguousNameError,
    QuestionError,
    SamverkanError,
    UnknownNameError,
    WrongKindError,
)
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.names import words
from samverkan.patterns import Way
from samverkan.phrases import Asked
from samverkan.roles import Role

MAX_CHARACTERS = 500

_YEAR = re.compile(r"\b(?:19|20)\d\d$")
_IN_BOTH = frozenset({"i", "in", "is", "a", "of", "on", "at"})
_ENOUGH_WORDS = 2


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
    asked, day_in_words = days.split(text)
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
    failure: _Failure | None = None
    for way, said in patterns.fitting(knowledge.catalogue, asked):
        spoken = replace(frame, lang=lang or way.phrase.language)
        try:
            reading = knowledge.read(way.query, {**way.phrase.implied, **said, **times})
        except (UnknownNameError, AmbiguousNameError) as error:
            if failure is None and _is_worth_telling(knowledge, way, said, error):
                failure = _Failure(way.phrase.language, error)
        else:
            return _answered(knowledge, spoken, _Understood(way, reading, said))
    return _unanswered(knowledge, frame, lang, failure)


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
    bare = not way.weight
    return way.weight >= _ENOUGH_WORDS or (bare and isinstance(error, AmbiguousNameError))


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
    given = (example for query in knowledge.catalogue for example in query.examples[code])
    return tuple(example for example in given if ask(knowledge, example, lang=code).findings)


def _answered(knowledge: Knowledge, frame: Answer, understood: _Understood) -> Answer:
    reading = understood.reading
    spoken = language(frame.lang)
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
        value = reading.terms[parameter.name].value
        if match:
            value = findings.thing_of(match, knowledge, spoken).label
            said = understood.said.get(parameter.name)
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
        quoted = [spoken.say(_("“{text}”"), text=text) for text in examples(knowledge, spoken.code)]
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
