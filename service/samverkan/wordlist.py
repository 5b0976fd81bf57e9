"""The words of all names: which of them a typed word is the beginning, a form or a part of.

Also those that it is a misspelling of: only words that are alike at one of their ends are held
against it, so that many words cost little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from samverkan.names import stemmed

# The last character of all: a range of sorted texts with a common beginning ends before it.
_LAST = "\U0010ffff"
# A part of a compound has at least so many letters, and its first half so many.
_SHORTEST_PART = 3
_SHORTEST_HALF = 4
# Lengths of words from which one letter more may be wrong.
_LENGTHS_THAT_ALLOW_A_SLIP = (4, 8)


class Wordlist:
    """All words of the names, each once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._text = "\n".join(["", *self._words, ""])
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_first: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._by_end: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            self._by_stem[stemmed(word)].append(word)
            self._by_first[word[0], len(word)].append(word)
            self._by_end[word[-2:], len(word)].append(word)

    def beginning(self, start: str) -> list[str]:
        """The words that begin so."""
        return self._words[slice(*range_of(self._words, start))]

    def meant(self, word: str) -> set[str]:
        """The words that *word* is the beginning of, a form of, or a part of."""
        meant = {*self.beginning(word), *self._by_stem.get(stemmed(word), ())}
        if len(word) >= _SHORTEST_PART and not word.isdigit():
            meant.update(self._with_part(word))
        return meant

    def _with_part(self, part: str) -> Iterator[str]:
        """The words with *part* in them: the vocabulary is one text, searched as one."""
        text = self._text
        at = text.find(part)
        while at >= 0:
            end = text.index("\n", at)
            yield text[text.rindex("\n", 0, at) + 1 : end]
            at = text.find(part, end)

    def parts(self, word: str) -> list[str]:
        """The two words that *word* is a compound of, if no name has it and some have both."""
        if self.meant(word):
            return [word]
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_HALF - 1, -1):
            for head in (word[:cut], word[:cut].removesuffix("s")):
                halves = [head, word[cut:]]
                if all(self._by_stem.get(stemmed(h)) or self.beginning(h) for h in halves):
                    return halves
        return [word]

    def alike(self, word: str) -> Iterator[tuple[str, int]]:
        """The words that *word*, or what is typed of it so far, is a misspelling of.

        Only words with the same first letter or the same end are held against it.
        """
        most = slips_allowed(word)
        if not most:
            return
        lengths = range(len(word) - most, len(word) + most + 1)
        near = {w for n in lengths for w in self._by_first.get((word[0], n), ())}
        near.update(w for n in lengths for w in self._by_end.get((word[-2:], n), ()))
        yield from _within(word, near, most)
        begun = self.beginning(word[0])
        starts = {w[:n] for w in begun for n in (len(word), len(word) + 1) if len(w) > n}
        for start, number in _within(word, starts, 1):
            yield from ((other, number) for other in self.beginning(start))


def slips_allowed(word: str) -> int:
    """How many letters may be wrong in *word*; none in figures."""
    if word.isdigit():
        return 0
    return sum(len(word) >= length for length in _LENGTHS_THAT_ALLOW_A_SLIP)


def _within(word: str, others: Iterable[str], most: int) -> Iterator[tuple[str, int]]:
    """Those of *others* that are at most so many slips from *word*, with how many."""
    near = process.extract(word, list(others), scorer=OSA.distance, score_cutoff=most, limit=None)
    return ((other, int(number)) for other, number, _index in near)


def range_of(texts: Sequence[str], start: str) -> tuple[int, int]:
    """Where in the sorted *texts* those stand that begin so."""
    return bisect_left(texts, start), bisect_left(texts, start + _LAST)


def fits_any(word: str, others: Iterable[str]) -> bool:
    """Whether *word* is the beginning, a form or a part of one of *others*."""
    return any(_fits(word, other) for other in others)


def _fits(word: str, other: str) -> bool:
    """Whether *word* is the beginning, a form or a part of *other*."""
    if other.startswith(word) or stemmed(other) == stemmed(word):
        return True
    return len(word) >= _SHORTEST_PART and not word.isdigit() and word in other


def slips_in(word: str, text: str) -> int | None:
    """With how many slips *word* stands in *text*; None where it does not."""
    others = text.split()
    if fits_any(word, others):
        return 0
    most = slips_allowed(word)
    if not most:
        return None
    starts = {other[:n] for other in others for n in (len(word), len(word) + 1)}
    near = (*_within(word, others, most), *_within(word, starts, 1))
    return min((number for _other, number in near), default=None)
