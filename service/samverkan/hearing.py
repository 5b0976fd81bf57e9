"""A question in other words than any phrase has: read by the cues of queries, and its names.

A query may be meant where all words that it needs are there, in whatever order, all names in the
question are names of what it takes, and no word is left over that carries meaning: what nothing
explains may turn the question into another one. Where several queries may be meant, the one is that
explains most by the words that it needs, and whose names are the surest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from samverkan import cues
from samverkan.catalogue import Catalogue, NamedQuery, Parameter
from samverkan.cues import Hearer, Held
from samverkan.knowledge import Knowledge
from samverkan.language import CODES
from samverkan.names import Step
from samverkan.namespaces import term
from samverkan.spotting import SENTENCE_END, Question, Spot
from samverkan.ways import Cue

_REPRESENTS = "represents"
# The places of those on whose behalf somebody sits or was there.
_ON_BEHALF = frozenset({_REPRESENTS, "region"})
_PARTIES = {term("m8g:PublicOrganisation").value, term("org:OrganizationalCollaboration").value}
# Whom a query that has no form of its own tells of.
_SUBJECTS = {"body", "person"}
# What is longer than this is no question, or several.
_MOST_WORDS = 60
# So many steps are taken to put the names of a question into places: without an end to it, names
# that are said over and over would have more ways than can be tried.
_MOST_STEPS = 200


@dataclass(frozen=True)
class Heard:
    """A query that may be meant: its values as they were said, and those that its cue implies.

    ``rank`` orders the queries that may be meant by a question: the greatest is.
    """

    query: str
    language: str
    said: Mapping[str, str]
    implied: Mapping[str, str]
    rank: tuple[int, ...]


@dataclass(frozen=True)
class _Filling:
    """Names in the places of a query, names said once more, and the words left for a text."""

    spots: Mapping[str, Spot] = field(default_factory=dict)
    again: tuple[Spot, ...] = ()
    left: frozenset[int] = frozenset()

    @property
    def words(self) -> frozenset[int]:
        """The words that are names."""
        return frozenset[int]().union(*(s.words for s in (*self.spots.values(), *self.again)))

    def with_name(self, place: str, spot: Spot) -> _Filling:
        """It, with *spot* in *place*, or beside what is there."""
        if place in self.spots:
            return replace(self, again=(*self.again, spot))
        return replace(self, spots={**self.spots, place: spot})


def heard(knowledge: Knowledge, text: str) -> Iterator[Heard]:
    """The queries that may be meant by *text*, a question without its time, in any order."""
    known_words = {code: knowledge.catalogue.words(code) for code in CODES}
    asking = frozenset[str]().union(*(words.asking for words in known_words.values()))
    for code in CODES:
        question = Question(knowledge.names, text, known_words[code], asking)
        if len(question.words) > _MOST_WORDS:
            return
        known, hearer = _cues(knowledge.catalogue, code)
        words = hearer.words(question)
        for query, cue in known:
            held = cues.held(cue, question, words)
            if held:
                yield from _Hearing(query, cue, question, held).all()


@lru_cache(maxsize=8)
def _cues(catalogue: Catalogue, code: str) -> tuple[tuple[tuple[NamedQuery, Cue], ...], Hearer]:
    """All cues in the language of *code*, each with its query, and who hears them."""
    found = [(query, cue) for query in catalogue for cue in query.cues if cue.language == code]
    return tuple(found), Hearer(cue for _query, cue in found)


class _Hearing:
    """A question held against a query, of whose cue all words that it needs are there."""

    def __init__(self, query: NamedQuery, cue: Cue, question: Question, held: Held) -> None:
        self._query, self._cue, self._question, self._held = query, cue, question, held
        given = {*cue.implied, *held.places}
        places = [p for p in query.parameters if p.name not in given]
        self._names = [p for p in places if p.type == "iri"]
        self._text = next((p for p in places if p.stems), None)
        self._steps = 0

    def all(self) -> Iterator[Heard]:
        """The ways in which the question may be meant by it."""
        explained = self._held.needed | self._held.takes | self._question.plain
        meaning = [n for n in range(len(self._question.words)) if n not in explained]
        if not self._text and not self._named().issuperset(meaning):
            return
        for filling in self._fillings(_Filling(), meaning):
            full = self._completed(filling)
            if full and all(needed - full.words for needed in self._held.needs):
                yield self._told(full)

    def _named(self) -> frozenset[int]:
        """All words that are in a name of something that there is a place for."""
        spots = (spot for place in self._names for spot in self._question.spots(place.kind))
        return frozenset[int]().union(*(spot.words for spot in spots))

    def _fillings(self, so_far: _Filling, meaning: list[int]) -> Iterator[_Filling]:
        """The ways to explain each word of *meaning*, by names or as words of a text."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return
        explained = so_far.words | so_far.left
        word = next((n for n in meaning if n not in explained), None)
        if word is None:
            yield so_far
            return
        for place, spot in self._spots_over(word, so_far):
            yield from self._fillings(so_far.with_name(place, spot), meaning)
        if self._text:
            yield from self._fillings(replace(so_far, left=so_far.left | {word}), meaning)

    def _spots_over(self, word: int, so_far: _Filling) -> Iterator[tuple[str, Spot]]:
        """The names that have *word*, and the places that they may be in.

        A thing that has its place already may be named once more.
        """
        for parameter in self._names:
            there = so_far.spots.get(parameter.name)
            for spot in self._question.spots(parameter.kind):
                is_free = word in spot.words and not so_far.words & spot.words
                if is_free and (there is None or _is_same(there, spot)):
                    yield parameter.name, spot

    def _completed(self, filling: _Filling) -> _Filling | None:
        """*filling* with names for the places that are still open; None where one must have one."""
        for parameter in self._names:
            if parameter.name in filling.spots:
                continue
            spot = next(self._spots_left(parameter, filling), None)
            if spot:
                filling = filling.with_name(parameter.name, spot)
            elif parameter.required:
                return None
        return filling if self._is_whole(filling) else None

    def _spots_left(self, parameter: Parameter, filling: _Filling) -> Iterator[Spot]:
        """The names for a place among words that mean something without being a name.

        What may be left out is filled only by a word that the cue takes, as it stands.
        """
        busy = filling.words | filling.left | self._held.needed
        for spot in self._question.spots(parameter.kind):
            is_said = spot.meant.step <= Step.DECLINED and spot.words & self._held.takes
            is_free = not busy & spot.words and not spot.words <= self._question.plain
            if is_free and (parameter.required or is_said):
                yield spot

    def _is_whole(self, filling: _Filling) -> bool:
        """Whether there is somebody to tell of, and the words left, if any, are one text."""
        if not self._query.form and not {*filling.spots, *self._cue.implied} & _SUBJECTS:
            return False
        if not filling.left:
            return self._text is None or not self._text.required
        if filling.left & self._question.asking:
            return False
        first, last = min(filling.left), max(filling.left)
        if SENTENCE_END.search(self._question.said(first, last + 1)):
            return False
        within = set(range(first, last))
        return not within & (filling.words | self._held.needed | self._question.opening)

    def _told(self, filling: _Filling) -> Heard:
        said = {place: spot.text for place, spot in filling.spots.items()}
        if self._text and filling.left:
            first, end = min(filling.left), max(filling.left) + 1
            said[self._text.name] = self._question.said(first, end)
        return Heard(
            query=self._query.name,
            language=self._cue.language,
            said=said | dict(self._held.places),
            implied=self._implied(filling),
            rank=self._rank(filling),
        )

    def _rank(self, filling: _Filling) -> tuple[int, ...]:
        """First what is a text as little as may be, then what is needed most, then surest names."""
        spots = filling.spots.values()
        return (
            -len(filling.left),
            len(self._held.needed - filling.words),
            -sum(spot.meant.one is None for spot in spots),
            -sum(spot.meant.step for spot in spots),
            -self._oddities(filling),
            len(filling.words),
        )

    def _oddities(self, filling: _Filling) -> int:
        """In how many places there is a party that somebody represents, or none, against custom."""
        spots, is_open = filling.spots, {p.name: not p.required for p in self._names}
        if said := spots.keys() & _ON_BEHALF:
            return sum(not _is_party(spots[place]) for place in said)
        if not is_open.keys() & _ON_BEHALF:
            return 0
        return sum(is_open[place] and _is_party(spot) for place, spot in spots.items())

    def _implied(self, filling: _Filling) -> Mapping[str, str]:
        """What the cue implies, and for whom it is asked, where those who ask name themselves."""
        is_open = any(parameter.name == _REPRESENTS for parameter in self._names)
        if self._question.ours and is_open and _REPRESENTS not in filling.spots:
            return {_REPRESENTS: self._question.party, **self._cue.implied}
        return self._cue.implied


def _is_same(one: Spot, other: Spot) -> bool:
    first, second = one.meant.one, other.meant.one
    return first is not None and second is not None and first.iri == second.iri


def _is_party(spot: Spot) -> bool:
    """Whether it may be one that others represent: a region, a collaboration."""
    return spot.meant.one is not None and bool(spot.meant.one.kinds & _PARTIES)
