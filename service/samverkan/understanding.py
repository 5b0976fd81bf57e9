"""A question in words → a named query with its parameters, and the time that it is asked for.

The ways to ask are data: each file of ``queries/`` lists its own. Whole phrases come first
(:mod:`samverkan.patterns`), then cues (:mod:`samverkan.hearing`). No model guesses: the same
question is read in the same way, and shows how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from samverkan import days, hearing, parts, patterns
from samverkan.catalogue import ON_DATE, NamedQuery
from samverkan.days import Span
from samverkan.errors import AmbiguousNameError, SamverkanError, UnknownNameError
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import CODES
from samverkan.names import Step, words
from samverkan.namespaces import term
from samverkan.patterns import Way
from samverkan.spotting import Question
from samverkan.timing import timed
from samverkan.ways import Words

_ENOUGH_WORDS = 2
_MOST_WORDS_OF_A_NAME = 8
_NAMED = {term("foaf:Person").value, term("org:Organization").value}
_KIND_OF_BODY = term("smv:organization-type").value


@dataclass(frozen=True)
class Understood:
    """How a question was read: what will be asked, what was said for it, of which time.

    ``part`` is the part of the question that was read, where that is not all of it.
    """

    language: str
    reading: Reading
    said: Mapping[str, str]
    span: Span | None = None
    part: str = ""


@dataclass(frozen=True)
class Failure:
    """Why a way to read a question led nowhere, and the language of that way."""

    language: str
    error: UnknownNameError | AmbiguousNameError


def understand(
    knowledge: Knowledge, text: str, times: Mapping[str, str]
) -> Understood | Failure | None:
    """What *text* asks; or why it cannot be asked; None where it is no question of ours.

    Args:
        knowledge: what is asked.
        text: a question as :func:`samverkan.questions.readable` gives it.
        times: ``on_date`` and ``known_on`` as they were given beside the question; empty if not.
    """
    whole = _read(knowledge, text, times)
    if isinstance(whole, Understood) and not _may_be_two(knowledge, text, whole):
        return whole
    return _in_part(knowledge, text, times) or whole


def _may_be_two(knowledge: Knowledge, text: str, read: Understood) -> bool:
    """Whether *text* asks for something more, which may have been taken for words of a text."""
    is_several = parts.is_several(text, knowledge.catalogue.words(read.language))
    return is_several and not _is_bound(read.reading.query, read.said)


def _in_part(knowledge: Knowledge, text: str, times: Mapping[str, str]) -> Understood | None:
    """The reading of a part of *text* that may be asked alone, where the rest names nothing."""
    for code in CODES:
        known = knowledge.catalogue.words(code)
        for part in parts.parts(text, known):
            if _names_something(knowledge, part.rest, known):
                continue
            read = _read(knowledge, part.asked, times)
            if isinstance(read, Understood):
                return replace(read, part=part.asked)
    return None


def _names_something(knowledge: Knowledge, text: str, known: Words) -> bool:
    """Whether *text* has a figure, a time, or a name: what it was said with would be lost.

    A word in *text* is no name where it is only a part of one, unless of a person's or a body's;
    nor where it is a kind of body.
    """
    if any(character.isdigit() for character in text) or any(_times_in(text)):
        return True
    question = Question(knowledge.names, text, known, known.asking)
    return any(
        spot.meant.step <= Step.DECLINED or match.kinds & _NAMED
        for spot in question.spots(None)
        for match in spot.meant.candidates
        if not spot.words <= question.plain and _KIND_OF_BODY not in match.kinds
    )


def _times_in(text: str) -> Iterator[Span]:
    return (span for _asked, span in days.within(text, date.today()))


def _read(knowledge: Knowledge, text: str, times: Mapping[str, str]) -> Understood | Failure | None:
    """What *text* asks as a whole; else why it cannot be asked."""
    phrased = _phrased(knowledge, text, times)
    if isinstance(phrased, Understood):
        return phrased
    cued = _cued(knowledge, text, times)
    if isinstance(cued, Understood):
        return cued
    return phrased or cued


def _phrased(
    knowledge: Knowledge, text: str, times: Mapping[str, str]
) -> Understood | Failure | None:
    """The first reading of *text* by a whole phrase; else why there is none."""
    failure: Failure | None = None
    readings = tuple(days.readings(text, date.today()))
    for asked, span in readings:
        free = span is not None or len(readings) == 1
        for read in _phrases(knowledge, asked, span, times, free=free):
            if isinstance(read, Understood):
                return read
            failure = failure or read
    return failure


def _phrases(
    knowledge: Knowledge, asked: str, span: Span | None, times: Mapping[str, str], *, free: bool
) -> Iterator[Understood | Failure]:
    """The ways to read *asked*, at the time of *span*, by whole phrases; the wordiest first.

    Any words fit a place for words of a text: such places are left alone unless *free*, so that a
    time is not taken for a part of them.
    """
    for way, said in patterns.fitting(knowledge.catalogue, asked):
        query = knowledge.catalogue[way.query]
        given = timed(query, span, times)
        spoken = way.phrase.language
        known = knowledge.catalogue.words(spoken)
        if given is None or not (free or _is_bound(query, said)) or _is_broken(query, said, known):
            continue
        try:
            reading = knowledge.read(way.query, {**way.phrase.implied, **said, **given})
        except (UnknownNameError, AmbiguousNameError) as error:
            if _is_worth_telling(knowledge, way, said, error):
                yield Failure(spoken, error)
            continue
        yield Understood(spoken, reading, said, span)


def _is_bound(query: NamedQuery, said: Mapping[str, str]) -> bool:
    """Whether no place takes just any words."""
    return not any(query.parameter(name).stems for name in said)


def _is_broken(query: NamedQuery, said: Mapping[str, str], known: Words) -> bool:
    """Whether the words of a text go on with another sentence or request: they are no one text."""
    return any(query.parameter(n).stems and parts.is_several(t, known) for n, t in said.items())


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


def _cued(knowledge: Knowledge, text: str, times: Mapping[str, str]) -> Understood | Failure | None:
    """The likeliest reading of *text* by its cues; else why there is none."""
    found = [
        (heard, span, given)
        for asked, span in _timings(text)
        if not _is_another_day(span, times)
        for heard in hearing.heard(knowledge, asked)
        if (given := timed(knowledge.catalogue[heard.query], span, times)) is not None
    ]
    for heard, span, given in sorted(found, key=lambda each: each[0].rank, reverse=True):
        try:
            values = {**heard.implied, **heard.said, **given}
            reading = knowledge.read(heard.query, values)
        except (UnknownNameError, AmbiguousNameError) as error:
            return Failure(heard.language, error)
        return Understood(heard.language, reading, heard.said, span)
    return None


def _is_another_day(span: Span | None, times: Mapping[str, str]) -> bool:
    """Whether the question names a day, and another one was given beside it."""
    if span is None or not span.is_day or not times[ON_DATE]:
        return False
    return times[ON_DATE] != str(span.first)


def _timings(text: str) -> Iterator[tuple[str, Span | None]]:
    """*text* with all its words, and without each of the times in it."""
    asked = days.without_now(text)
    yield asked, None
    yield from days.within(asked, date.today())
