"""A question in words → a named query with its parameters, and the time that it is asked for.

The ways to ask are data: each file of ``queries/`` lists its own. Whole phrases come first
(:mod:`samverkan.patterns`), then cues (:mod:`samverkan.hearing`). No model guesses: the same
question is read in the same way, and shows how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samverkan import days, hearing, patterns
from samverkan.catalogue import ON_DATE, NamedQuery
from samverkan.days import Span
from samverkan.errors import AmbiguousNameError, SamverkanError, UnknownNameError
from samverkan.knowledge import Knowledge, Reading
from samverkan.names import words
from samverkan.patterns import Way
from samverkan.spotting import SENTENCE_END
from samverkan.timing import timed

_ENOUGH_WORDS = 2
_MOST_WORDS_OF_A_NAME = 8


@dataclass(frozen=True)
class Understood:
    """How a question was read: what will be asked, what was said for it, of which time."""

    language: str
    reading: Reading
    said: Mapping[str, str]
    span: Span | None = None


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
        if given is None or not (free or _is_bound(query, said)) or _is_broken(query, said):
            continue
        spoken = way.phrase.language
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


def _is_broken(query: NamedQuery, said: Mapping[str, str]) -> bool:
    """Whether the words of a text go on after the end of a sentence: they are no one text."""
    return any(query.parameter(n).stems and SENTENCE_END.search(t) for n, t in said.items())


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
