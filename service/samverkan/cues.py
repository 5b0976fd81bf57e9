"""The words that a query is known by, held against a question (:class:`samverkan.ways.Cue`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from samverkan.spotting import Question, words_of
from samverkan.ways import Cue

# In a word of so many letters, one may be wrong.
_LETTERS_THAT_ALLOW_A_SLIP = 7


@dataclass(frozen=True)
class Held:
    """Where the words of a cue are in a question, by the numbers of its words.

    ``needs`` has those of each choice that must be there; ``places`` what stands in the places.
    """

    needs: tuple[frozenset[int], ...]
    takes: frozenset[int]
    places: Mapping[str, str]

    @property
    def needed(self) -> frozenset[int]:
        """All that must be there."""
        return frozenset[int]().union(*self.needs)


def held(cue: Cue, question: Question) -> Held | None:
    """Where the words of *cue* are in *question*; None where one of those that it needs is not."""
    places: dict[str, str] = {}
    needs = []
    for choice in cue.needs:
        found = frozenset(_found(choice, question, places))
        if not found:
            return None
        needs.append(found)
    takes = (number for choice in cue.takes for number in _found(choice, question, places))
    return Held(tuple(needs), frozenset(takes), places)


def _found(choice: tuple[str, ...], question: Question, places: dict[str, str]) -> Iterator[int]:
    """The words of *question* that are an alternative of *choice*; fills *places*."""
    for alternative in choice:
        parts = _parts(alternative)
        for first in range(len(question.words) - len(parts) + 1):
            told = question.words[first : first + len(parts)]
            if all(_fits(part, word.folded) for part, word in zip(parts, told, strict=True)):
                yield from range(first, first + len(parts))
                for part, word in zip(parts, told, strict=True):
                    if part.startswith("{"):
                        places.setdefault(part[1:-1], word.folded)


@lru_cache(maxsize=10_000)
def _parts(alternative: str) -> tuple[str, ...]:
    """The words of an alternative, folded; places, and the mark of open endings, as they are."""
    told: list[str] = []
    for part in alternative.split():
        if part.startswith("{"):
            told.append(part)
            continue
        folded = [word.folded for word in words_of(part)]
        told += [*folded[:-1], f"{folded[-1]}*"] if part.endswith("*") else folded
    return tuple(told)


def _fits(part: str, word: str) -> bool:
    """Whether *word* is that part of an alternative, perhaps with a letter wrong."""
    if part.startswith("{"):
        return word.isdigit()
    if part.endswith("*"):
        return word.startswith(part[:-1])
    if len(part) < _LETTERS_THAT_ALLOW_A_SLIP or part[0] != word[0]:
        return part == word
    return bool(OSA.distance(part, word, score_cutoff=1) <= 1)
