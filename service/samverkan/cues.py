"""The words that a query is known by, held against a question (:class:`samverkan.ways.Cue`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
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


class Hearer:
    """Holds cues against questions; *cues* are all that there are in a language."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        told = {part for cue in cues for part in _all_parts(cue)}
        self._long = sorted(
            part
            for part in told
            if len(part) >= _LETTERS_THAT_ALLOW_A_SLIP
            and not part.startswith("{")
            and "*" not in part
        )

    def words(self, question: Question) -> dict[str, frozenset[int]]:
        """The words of *question* by the numbers of their places, also as what they may be for.

        A word that no cue has may be a long one with a letter wrong.
        """
        found: dict[str, set[int]] = defaultdict(set)
        for number, word in enumerate(question.words):
            found[word.folded].add(number)
            if len(word.folded) >= _LETTERS_THAT_ALLOW_A_SLIP - 1:
                for other in self._alike(word.folded):
                    found[other].add(number)
        return {word: frozenset(numbers) for word, numbers in found.items()}

    def _alike(self, word: str) -> Iterator[str]:
        near = process.extract(word, self._long, scorer=OSA.distance, score_cutoff=1, limit=None)
        return (other for other, _distance, _index in near if other[0] == word[0])


def held(cue: Cue, question: Question, words: Mapping[str, frozenset[int]]) -> Held | None:
    """Where the words of *cue* are in *question*; None where one of those that it needs is not.

    *words* are those of the question, as :meth:`Hearer.words` has them.
    """
    places: dict[str, str] = {}
    needs = []
    for choice in cue.needs:
        found = _found(choice, question, words, places)
        if not found:
            return None
        needs.append(found)
    takes = (_found(choice, question, words, places) for choice in cue.takes)
    return Held(tuple(needs), frozenset[int]().union(*takes), places)


def _found(
    choice: tuple[str, ...],
    question: Question,
    words: Mapping[str, frozenset[int]],
    places: dict[str, str],
) -> frozenset[int]:
    """The words of *question* that are an alternative of *choice*; fills *places*."""
    found: set[int] = set()
    for alternative in choice:
        first, *more = _parts(alternative)
        for number in _numbers(first, question, words):
            following = range(number + 1, number + 1 + len(more))
            if all(n in _numbers(p, question, words) for p, n in zip(more, following, strict=True)):
                found.update((number, *following))
                _fill(places, (first, *more), question, number)
    return frozenset(found)


def _numbers(part: str, question: Question, words: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Where that part of an alternative is in *question*."""
    if part.startswith("{"):
        return frozenset(n for n, word in enumerate(question.words) if word.folded.isdigit())
    if part.endswith("*"):
        begun = (numbers for word, numbers in words.items() if word.startswith(part[:-1]))
        return frozenset[int]().union(*begun)
    return words.get(part, frozenset())


def _fill(places: dict[str, str], parts: tuple[str, ...], question: Question, number: int) -> None:
    for place, part in enumerate(parts, number):
        if part.startswith("{"):
            places.setdefault(part[1:-1], question.words[place].folded)


def _all_parts(cue: Cue) -> Iterator[str]:
    for choice in (*cue.needs, *cue.takes):
        for alternative in choice:
            yield from _parts(alternative)


@lru_cache(maxsize=20_000)
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
