"""What is typed → the names that it may be the beginning, a part or a misspelling of.

An index for search as one types: it ranks, and it answers in milliseconds also with a hundred
thousand names, because no step looks at every name. Names that begin as typed are a range of a
sorted list; words are looked up in the list of all words (:mod:`samverkan.wordlist`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from heapq import heapify, heappop
from itertools import accumulate

from samverkan.names import stemmed, stems, words
from samverkan.wordlist import Wordlist, fits_any, range_of, slips_in

# So few names are held against a word one by one.
_FEW = 500
# Where so many are found, nothing misspelt is looked for.
_ENOUGH = 5


class Rank(IntEnum):
    """How well a name fits what was typed; the least fits best."""

    EXACT = 0
    PREFIX = 1
    DECLINED = 2
    WORD_PREFIX = 3
    WORDS = 4
    MISSPELT = 5

    @property
    def code(self) -> str:
        """The rank as data say it: ``word-prefix``."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one thing.

    ``group`` and ``form`` order what fits equally well: first the things, then the kinds of names,
    that are sought most. What is an *aside* only tells of other things: unless it is called exactly
    so, it comes after them.
    """

    iri: str
    kind: str
    name: str
    group: int = 0
    form: int = 0
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A name that fits, and how well."""

    entry: Entry
    rank: Rank


class Lookup:
    """The index over all names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        told = sorted(
            ((" ".join(words(entry.name)), entry) for entry in set(entries)),
            key=lambda each: (
                *(each[1].aside, each[1].group, each[1].form, len(each[0]), each[0]),
                *(each[1].iri, each[1].name),
            ),
        )
        # While somebody types on, the words before stay the same.
        self._held = lru_cache(maxsize=64)(self._held_of)
        # A name is known by its place in this order, which ranks those that fit equally well.
        self._entries = [entry for _text, entry in told]
        self._texts = [text for text, _entry in told]
        self._text = "".join(f" {text}\n" for text in self._texts)
        self._starts = list(accumulate((len(text) + 2 for text in self._texts), initial=0))
        whole = sorted((text.replace(" ", ""), place) for place, text in enumerate(self._texts))
        self._wholes = [text for text, _place in whole]
        self._places = [place for _text, place in whole]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._declined: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            self._declined["".join(stems(text))].append(place)
            for word in set(text.split()):
                self._by_word[word].append(place)
        self._words = Wordlist(self._by_word)

    def find(self, text: str, limit: int, kind: str | None = None) -> list[Found]:
        """At most *limit* things, each by its name that fits *text* best, the best first.

        Args:
            text: as typed, so far.
            limit: how many.
            kind: only things of that kind; None for all.
        """
        found: dict[str, Found] = {}
        full = 0
        for rank, places in self._tiers(words(text), found):
            for place in self._of_kind(_ascending(places), kind):
                entry = self._entries[place]
                if entry.iri in found:
                    continue
                if full == limit or (len(found) >= limit and _is_aside(entry, rank)):
                    break
                found[entry.iri] = Found(entry, rank)
                full += not _is_aside(entry, rank)
            if full == limit:
                break
        return sorted(found.values(), key=_order)[:limit]

    def _of_kind(self, places: Iterable[int], kind: str | None) -> Iterator[int]:
        return (p for p in places if kind is None or self._entries[p].kind == kind)

    def _tiers(
        self, typed: list[str], found: dict[str, Found]
    ) -> Iterator[tuple[Rank, Iterable[int]]]:
        """The names that fit, those that fit best first.

        What has been *found* of them decides whether the rest is worth looking for.
        """
        if not typed:
            return
        whole = "".join(typed)
        start, end = range_of(self._wholes, whole)
        exact = bisect_left(self._wholes, whole + "\0", start, end)
        yield Rank.EXACT, self._places[start:exact]
        yield Rank.PREFIX, self._places[exact:end]
        yield Rank.DECLINED, self._declined.get("".join(stems(" ".join(typed))), ())
        if len(typed) == 1:
            yield Rank.WORD_PREFIX, self._holding(self._words.beginning(whole))
        else:
            yield Rank.WORD_PREFIX, self._with_run(" ".join(typed))
        meaning = _meaning(typed)
        yield Rank.WORDS, self._having(meaning)
        parts = [] if found else [part for word in meaning for part in self._words.parts(word)]
        if len(parts) > len(meaning):
            yield Rank.WORDS, self._having(parts)
        if len(found) < _ENOUGH:
            yield from self._misspelt(meaning)

    def _misspelt(self, typed: list[str]) -> Iterator[tuple[Rank, Iterable[int]]]:
        """The names that have all words of *typed*, but for slips; those with the fewest first."""
        slips: dict[int, int] | None = None
        for word in typed:
            if slips is None or len(slips) > _FEW:
                here = self._slips_of(word)
                if slips is None:
                    slips = here
                else:
                    slips = {p: n + here[p] for p, n in slips.items() if p in here}
            else:
                held = ((p, n, slips_in(word, self._texts[p])) for p, n in slips.items())
                slips = {place: n + more for place, n, more in held if more is not None}
        by_number: dict[int, list[int]] = defaultdict(list)
        for place, number in (slips or {}).items():
            by_number[number].append(place)
        for number in sorted(by_number):
            yield Rank.MISSPELT, by_number[number]

    def _having(self, typed: Sequence[str]) -> frozenset[int]:
        """The names that have, for each word of *typed*, one that it is a form or a part of."""
        places: frozenset[int] | None = None
        for word in typed:
            if places is None or len(places) > _FEW:
                here = self._held(word)
                places = here if places is None else places & here
            else:
                held = (p for p in places if fits_any(word, self._texts[p].split()))
                places = frozenset(held)
        return places or frozenset()

    def _with_run(self, run: str) -> Iterator[int]:
        """The names that have *run* from the beginning of a word on, in order.

        All names are one text, searched as one.
        """
        at = self._text.find(f" {run}")
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield place
            end = self._starts[place + 1]
            at = self._text.find(f" {run}", end)

    def _held_of(self, word: str) -> frozenset[int]:
        """The names that have a word that *word* is the beginning of, a form of, or a part of."""
        return self._holding(self._words.meant(word))

    def _holding(self, vocabulary: Iterable[str]) -> frozenset[int]:
        return frozenset[int]().union(*(self._by_word[word] for word in vocabulary))

    def _slips_of(self, word: str) -> dict[int, int]:
        """The names that have *word*, or one that it is a misspelling of, with how many slips."""
        alike: dict[str, int] = {}
        for other, number in self._words.alike(word):
            alike[other] = min(number, alike.get(other, number))
        slips: dict[int, int] = {}
        for other in sorted(alike, key=lambda each: -alike[each]):  # the fewest slips last
            slips.update(dict.fromkeys(self._by_word[other], alike[other]))
        return slips | dict.fromkeys(self._held(word), 0)


def _order(found: Found) -> tuple[bool, bool]:
    """Asides come after what they tell of, and misspelt names after all others."""
    return found.rank == Rank.MISSPELT, _is_aside(found.entry, found.rank)


def _is_aside(entry: Entry, rank: Rank) -> bool:
    return entry.aside and rank > Rank.EXACT


def _ascending(places: Iterable[int]) -> Iterator[int]:
    """*places* from the first on: only as many are put in order as are asked for.

    What comes one by one comes in order already.
    """
    if isinstance(places, Iterator):
        yield from places
        return
    heap = list(places)
    heapify(heap)
    while heap:
        yield heappop(heap)


def _meaning(typed: list[str]) -> list[str]:
    """The words of *typed* that carry meaning, the longest, which fewest names have, first.

    A word that begins another one is left out: who has that one has it, too.
    """
    kept = set(stems(" ".join(typed)))
    meaning = {word for word in typed if stemmed(word) in kept} or set(typed)
    told = {w for w in meaning if not any(o != w and o.startswith(w) for o in meaning)}
    return sorted(told, key=lambda word: (-len(word), word))
