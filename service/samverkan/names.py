"""Names → things: whatever the case, diacritics, spacing, declension, or a slip of the finger.

A name is looked up in four steps, and the first that finds something decides:

1. the whole name, folded (``beredningsgrupp2`` is ``Beredningsgrupp 2``);
2. the whole name, each word stemmed (``Ledningsgruppens``);
3. some words of a name, the rest left out (``Wittgren``); a word alone that says what kind of body
   it is may also be the end of a compound (``nämnden`` of ``Samverkansnämnden``);
4. as 3, with a letter or two wrong (``Berednignsgrupp 2``).

Figures are never guessed: ``Beredningsgrupp 3`` is not ``Beredningsgrupp 2``. Where a step finds
several things none of which is simply the shorter name of the others, the name is ambiguous.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache, partial

import snowballstemmer
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from samverkan.errors import AmbiguousNameError, UnknownNameError, WrongKindError
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.namespaces import address, term

# The IRI of a thing, and one of its names.
Entry = tuple[str, str]

_WORD = re.compile(r"[^\W\d_]+|\d+")
# Words of a name that carry no meaning.
STOP = frozenset(
    "a an and av den det de en ett for i inom mot o och of on pa s samt the till vid".split()  # noqa: SIM905
)
_SHORTEST_PART = 2
_SHORTEST_END = 3
_BODY = term("org:Organization").value
_SORTS_OF_BODIES = term("smv:organization-type").value
_LONGEST = 500
_SHOWN = 60
_LENGTHS_THAT_ALLOW_A_SLIP = (4, 8)
_NEAREST = 5
_FOLDED_AT_MOST = 4_000
_NEAR_ENOUGH = 70


@dataclass(frozen=True)
class NameRow:
    """One name of one thing, as the query ``names`` gives it."""

    iri: str
    kind: str
    label: str
    name: str
    language: str = ""
    preferred: bool = False


class Step(IntEnum):
    """By which of the steps a name was found; the least is the surest."""

    WHOLE = 1
    DECLINED = 2
    PART = 3
    MISSPELT = 4


@dataclass(frozen=True)
class Meant:
    """What a name may stand for: the things that one of the steps found."""

    step: Step
    candidates: tuple[Match, ...]

    @property
    def one(self) -> Match | None:
        """The thing that is meant; None where it may be any of several."""
        return _the_plainest(self.candidates)


@dataclass
class _Thing:
    label: str
    kinds: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)


class Names:
    """The index over all names."""

    def __init__(
        self, rows: Iterable[NameRow], sorts: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self._sorts = sorts or {}
        self._things: dict[str, _Thing] = {}
        self._by_kind: dict[str, dict[str, None]] = defaultdict(dict)
        self._whole: dict[str, set[Entry]] = defaultdict(set)
        self._stemmed: dict[str, set[Entry]] = defaultdict(set)
        self._by_word: dict[str, set[Entry]] = defaultdict(set)
        self._by_body: dict[str, set[Entry]] = defaultdict(set)
        self._body_words: set[str] = set()
        for row in rows:
            thing = self._things.setdefault(row.iri, _Thing(row.label))
            thing.kinds.add(row.kind)
            self._by_kind[row.kind][row.iri] = None
            if row.preferred:
                thing.labels[row.language] = row.name
            entry = (row.iri, row.name)
            folded = words(row.name)
            stemmed_ = _stems_of(folded)
            self._whole["".join(folded)].add(entry)
            self._stemmed["".join(stemmed_)].add(entry)
            for stem in stemmed_:
                self._by_word[stem].add(entry)
                if row.kind == _BODY:
                    self._by_body[stem].add(entry)
                if row.kind == _SORTS_OF_BODIES:
                    self._body_words.add(stem)
        self._vocabulary = list(self._by_word)
        self._alike = lru_cache(maxsize=1_000)(self._alike_of)

    def thing(self, iri: str) -> Match | None:
        """The thing of that IRI, or None."""
        return self._match(iri) if iri in self._things else None

    def of_kind(self, kind: str) -> tuple[Match, ...]:
        """All things of a class or concept scheme, by label."""
        found = map(self._match, self._by_kind.get(kind, ()))
        return tuple(sorted(found, key=lambda match: match.label))

    def is_list(self, kind: str) -> bool:
        """Whether *kind* is a concept scheme that has concepts: their IRIs are below its own."""
        found = self._by_kind.get(kind, {})
        return bool(found) and all(iri.startswith(f"{kind}/") for iri in found)

    def label(self, iri: str, code: str) -> str:
        """What the thing is called in the language of *code*, else in Swedish, else its IRI."""
        thing = self._things.get(iri)
        return thing.labels.get(code, thing.label) if thing else iri

    def find(self, name: str, kind: str | None = None) -> Match:
        """The one thing that *name* stands for.

        Args:
            name: as typed.
            kind: the IRI of a class or concept scheme; None for any.

        Raises:
            UnknownNameError: nothing bears it; with the nearest names.
            AmbiguousNameError: several things do.
        """
        if len(name) > _LONGEST:
            raise UnknownNameError(
                _("Nothing in the graph is called “{name}”."), name=f"{name[:_SHOWN]}…"
            )
        meant = self.meant(name, kind)
        if not meant and kind and (other := self.meant(name)):
            raise WrongKindError(
                _("“{name}” is in the graph, but is of another kind than is asked for here."),
                partial(tuple, other.candidates),
                name=name,
            )
        if not meant:
            raise UnknownNameError(
                _("Nothing in the graph is called “{name}”."),
                partial(self.nearest, name, kind),
                name=name,
            )
        if meant.one is None:
            raise AmbiguousNameError(
                _("“{name}” can be any of {count}: {labels}."),
                meant.candidates,
                name=name,
                count=len(meant.candidates),
                labels="; ".join(_told_apart(meant.candidates)),
            )
        return meant.one

    def knows(self, name: str, kind: str | None = None) -> bool:
        """Whether one thing or several may be meant by *name*."""
        return self.meant(name, kind) is not None

    def nearest(self, name: str, kind: str | None = None) -> tuple[Match, ...]:
        """The things whose names look most like *name*, nearest first; for a hint only."""
        best: dict[str, Match] = {}
        found = process.extract(
            "".join(words(name)),
            list(self._whole),
            scorer=fuzz.WRatio,
            score_cutoff=_NEAR_ENOUGH,
            limit=40,
        )
        for key, _score, _index in found:
            for iri, text in sorted(self._whole[key]):
                if self._is(iri, kind):
                    best.setdefault(iri, self._match(iri, text))
        return tuple(best.values())[:_NEAREST]

    def meant(
        self, name: str, kind: str | None = None, *, last: Step = Step.MISSPELT
    ) -> Meant | None:
        """What *name* may stand for, by the first step, up to *last*, that finds any of *kind*."""
        asked = stems(name)
        finding: tuple[tuple[Step, Callable[[], set[Entry]]], ...] = (
            (Step.WHOLE, lambda: self._whole.get("".join(words(name)), set())),
            (Step.DECLINED, lambda: self._stemmed.get("".join(asked), set())),
            (Step.PART, lambda: self._holding([{s} for s in asked]) | self._ending_in(asked)),
            (Step.MISSPELT, lambda: self._holding([self._alike(stem) for stem in asked])),
        )
        for step, entries in finding[:last]:
            found: dict[str, Match] = {}
            for iri, text in sorted(entries(), key=lambda entry: (len(entry[1]), entry)):
                if self._is(iri, kind):
                    found.setdefault(iri, self._match(iri, text))
            if found:
                return Meant(step, tuple(found.values()))
        return None

    def _holding(self, asked: Sequence[set[str]]) -> set[Entry]:
        """The entries that hold, for each of *asked*, one of its words."""
        if not asked or all(len(word) < _SHORTEST_PART for choice in asked for word in choice):
            return set()
        held = [set().union(*(self._by_word.get(w, set()) for w in choice)) for choice in asked]
        return set.intersection(*held)

    def _ending_in(self, asked: Sequence[str]) -> set[Entry]:
        """The names of bodies that hold a compound of which *asked*, one word, is the end.

        It says what kind of body it is: it is the end of the name of a kind, too.
        """
        if len(asked) != 1 or len(asked[0]) < _SHORTEST_END:
            return set()
        if not any(word.endswith(asked[0]) for word in self._body_words):
            return set()
        ends = (word for word in self._by_body if word.endswith(asked[0]))
        return set[Entry]().union(*(self._by_body[word] for word in ends))

    def _alike_of(self, stem: str) -> set[str]:
        """The words of the index that *stem* may have been meant to be."""
        slips = _slips(stem)
        if slips == 0:
            return {stem}
        found = process.extract(
            stem, self._vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        return {word for word, _distance, _index in found if not word.isdigit()}

    def _is(self, iri: str, kind: str | None) -> bool:
        return kind is None or kind in self._things[iri].kinds

    def _match(self, iri: str, name: str = "") -> Match:
        thing = self._things[iri]
        called = (self._sorts.get(kind) for kind in sorted(thing.kinds))
        sorts = next((tuple(labels.items()) for labels in called if labels), ())
        return Match(iri, thing.label, frozenset(thing.kinds), name or thing.label, sorts)


def fold(text: str) -> str:
    """*text* in lower case without diacritics, character for character (so that places stay)."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def words(text: str) -> list[str]:
    """The words and figures of *text*, folded; ``grupp2`` is two."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """The words of *text* that carry meaning, stemmed as Swedish; all of them if none does."""
    return _stems_of(words(text))


def _stems_of(folded: list[str]) -> list[str]:
    meaning = [word for word in folded if word not in STOP] or folded
    return [stemmed(word) for word in meaning]


class _Folded(dict[int, str]):
    """Characters by their code, folded when they are first met, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFKD", character)[0].casefold()
        folded = base if len(base) == 1 else character
        if len(self) < _FOLDED_AT_MOST:
            self[code] = folded
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=50_000)
def stemmed(word: str) -> str:
    """The stem of a Swedish *word* (Snowball)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("swedish")


def _slips(stem: str) -> int:
    """How many letters may be wrong in a word of that length; none in figures."""
    if stem.isdigit():
        return 0
    return sum(len(stem) >= length for length in _LENGTHS_THAT_ALLOW_A_SLIP)


def _told_apart(candidates: Sequence[Match]) -> list[str]:
    """The labels, with the address of each whose label is that of another too."""
    count = Counter(match.label for match in candidates)
    return [
        f"{match.label} ({address(match.iri)})" if count[match.label] > 1 else match.label
        for match in candidates
    ]


def _the_plainest(candidates: Sequence[Match]) -> Match | None:
    """The only candidate, or the one whose words all the others have too; None where none is."""
    if len(candidates) == 1:
        return candidates[0]
    return next((match for match in candidates if _is_part_of_all(match, candidates)), None)


def _is_part_of_all(match: Match, candidates: Sequence[Match]) -> bool:
    own = set(stems(match.name))
    return all(own < set(stems(other.name)) for other in candidates if other != match)
