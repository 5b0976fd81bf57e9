"""The ways to ask a named query in words, as its header gives them.

Under ``samverkan: questions:`` stand whole phrases, by language: ``vem (är|var) {role} i {body}``.
Under ``cues:`` stand the words that a question is known by, in whatever order they come:

- ``needs``: of each entry one alternative must be in the question (``leder|basar över``);
- ``takes``: what may be there as well;
- ``with``: values of parameters that these words imply.

Alternatives are words, divided by ``|``; ``nominer*`` is all words that begin so, and ``{year}`` a
place for a parameter that takes a figure. Case and diacritics do not matter. The words that any
question may have stand in ``queries/words.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samverkan.language import CODES

_PLACE = re.compile(r"\{(\w+)\}")
# The lists of words of a language.
_LISTS = ("plain", "asking", "joining", "opening", "ours")


@dataclass(frozen=True)
class Phrase:
    """A way to ask a query: a pattern with places for parameters, and values that it implies."""

    language: str
    pattern: str
    implied: Mapping[str, str]


@dataclass(frozen=True)
class Cue:
    """Words that a query is known by: those that must be there, those that may, what they imply.

    Each of ``needs`` and ``takes`` is a choice: its alternatives.
    """

    language: str
    needs: tuple[tuple[str, ...], ...]
    takes: tuple[tuple[str, ...], ...]
    implied: Mapping[str, str]


@dataclass(frozen=True)
class Words:
    """Words of a language that any question may have.

    ``plain`` are folded and carry no meaning of their own; ``asking`` are folded and ask, so that
    they are no words of what is asked about; ``joining`` are folded and put two requests together,
    and ``opening`` are folded verbs that open a question; ``ours`` stand for those who ask, who go
    by the name of ``party``; ``means`` has words, and how Swedish words begin that mean the same.
    """

    plain: frozenset[str] = frozenset()
    asking: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    party: str = ""
    means: Mapping[str, str] = field(default_factory=dict)


def words(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Words]:
    """The words of each language, as the file has them.

    Raises:
        KeyError: it lacks some, or has others.
    """
    if unknown := told.keys() - set(CODES):
        raise KeyError(", ".join(sorted(unknown)))
    return {code: _words(told[code]) for code in CODES}


def _words(told: Mapping[str, Any]) -> Words:
    if unknown := told.keys() - {*_LISTS, "party", "means"}:
        raise KeyError(", ".join(sorted(unknown)))
    lists = {name: frozenset(told[name].split()) for name in _LISTS}
    return Words(**lists, party=told["party"], means=dict(told.get("means", {})))


def phrases(
    questions: Mapping[str, Any], parameters: Sequence[str], told_of: frozenset[str]
) -> tuple[Phrase, ...]:
    """The phrases of a header; *parameters* are the names that places may have.

    Each has a place for one of *told_of*, who are told of; where there are none, words of its own.

    Raises:
        KeyError: one cannot be asked.
    """
    found = []
    for code in CODES:
        for entry in questions.get(code, ()):
            told = entry if isinstance(entry, dict) else {"ask": entry}
            _make_sure_can_be_asked(told["ask"], parameters, told_of)
            found.append(Phrase(code, told["ask"], told.get("with", {})))
    return tuple(found)


def cues(told: Mapping[str, Any], parameters: Sequence[str]) -> tuple[Cue, ...]:
    """The cues of a header; *parameters* are the names that places and implied values may have.

    Raises:
        KeyError: one needs no word, or names what is no parameter.
    """
    return tuple(_cue(code, entry, parameters) for code in CODES for entry in told.get(code, ()))


def _cue(code: str, entry: Mapping[str, Any], parameters: Sequence[str]) -> Cue:
    if unknown := entry.keys() - {"needs", "takes", "with"}:
        raise KeyError(", ".join(sorted(unknown)))
    implied = {name: str(value) for name, value in entry.get("with", {}).items()}
    cue = Cue(code, _choices(entry["needs"]), _choices(entry.get("takes", ())), implied)
    places = {
        place
        for choice in (*cue.needs, *cue.takes)
        for alternative in choice
        for place in _PLACE.findall(alternative)
    }
    if unknown := (places | implied.keys()) - set(parameters):
        raise KeyError(", ".join(sorted(unknown)))
    if not cue.needs or not all(all(choice) for choice in (*cue.needs, *cue.takes)):
        raise KeyError(str(entry["needs"]))
    return cue


def _choices(told: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    if isinstance(told, str):
        raise KeyError(told)
    return tuple(tuple(part.strip() for part in choice.split("|")) for choice in told)


def _make_sure_can_be_asked(
    pattern: str, parameters: Sequence[str], told_of: frozenset[str]
) -> None:
    """A pattern has only places of parameters, matching brackets, and something to know it by.

    Raises:
        KeyError: it has not.
    """
    places = set(_PLACE.findall(pattern))
    brackets = _PLACE.sub("", pattern).replace("[", "(").replace("]", ")")
    try:
        re.compile(brackets)
    except re.error as error:
        raise KeyError(pattern) from error
    known_by = places & told_of if told_of else _PLACE.sub("", pattern).strip()
    if not known_by or not places <= set(parameters):
        raise KeyError(pattern)
