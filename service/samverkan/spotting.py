"""A question as words, and the names in it: which words next to each other may be a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samverkan.names import Meant, Names, Step, fold, stemmed
from samverkan.ways import Words

# Where a sentence ends and another begins.
SENTENCE_END = re.compile(r"[.?!]\s+\w")
_WORD = re.compile(r"[^\W\d_]+|\d+|§")
_MOST_WORDS_OF_A_NAME = 8
# In a shorter stem, a letter that is wrong may as well make another word.
_LETTERS_THAT_ALLOW_A_SLIP = 5


@dataclass(frozen=True)
class Word:
    """A word or a figure of a question, folded, and where it stands in it."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Spot:
    """Some words of a question, from the one numbered ``first`` to before ``end``, as a name."""

    first: int
    end: int
    text: str
    meant: Meant

    @property
    def words(self) -> frozenset[int]:
        """The numbers of its words."""
        return frozenset(range(self.first, self.end))


class Question:
    """A question in a language whose plain words are known.

    ``words`` are its words in order; ``plain`` the numbers of those that carry no meaning, and
    ``asking`` of those that ask, ``opening`` of verbs that open a question; ``ours`` tells whether
    it has a word for those who ask, who go by the name of ``party``.
    """

    def __init__(self, names: Names, text: str, known: Words, asking: frozenset[str]) -> None:
        self._names, self._text = names, text
        self._spots: dict[str | None, tuple[Spot, ...]] = {}
        self.words = words_of(text)
        self.plain = frozenset(n for n, w in enumerate(self.words) if w.folded in known.plain)
        self.asking = frozenset(n for n, w in enumerate(self.words) if w.folded in asking)
        self.opening = frozenset(n for n, w in enumerate(self.words) if w.folded in known.opening)
        told = {text[word.start : word.end].casefold() for word in self.words}
        self.ours, self.party = bool(told & known.ours), known.party

    def said(self, first: int, end: int) -> str:
        """Its words from number *first* to before *end*, as they were typed."""
        return self._text[self.words[first].start : self.words[end - 1].end]

    def spots(self, kind: str | None) -> tuple[Spot, ...]:
        """What may be a name of a thing of *kind*: the longest first, then the surest.

        No name begins or ends with a plain word, unless it is written just so, or has only words
        that ask.
        """
        if kind not in self._spots:
            spots = [spot for first in range(len(self.words)) for spot in self._from(first, kind)]
            spots = [spot for spot in spots if not spot.words <= self.asking]
            spots.sort(key=lambda s: (s.first - s.end, s.meant.step, s.first))
            self._spots[kind] = tuple(spots)
        return self._spots[kind]

    def _from(self, first: int, kind: str | None) -> list[Spot]:
        spots = []
        for end in range(first + 1, min(first + _MOST_WORDS_OF_A_NAME, len(self.words)) + 1):
            text = self.said(first, end)
            if meant := self._names.meant(text, kind, last=self._last_step(first, end)):
                spots.append(Spot(first, end, text, meant))
        return spots

    def _last_step(self, first: int, end: int) -> Step:
        if {first, end - 1} & self.plain:
            return Step.WHOLE
        told = [stemmed(word.folded) for word in self.words[first:end]]
        long = all(len(w) >= _LETTERS_THAT_ALLOW_A_SLIP for w in told if not w.isdigit())
        return Step.MISSPELT if long else Step.PART


def words_of(text: str) -> tuple[Word, ...]:
    """The words of *text*, with the sign of a paragraph as one."""
    return tuple(Word(m[0], m.start(), m.end()) for m in _WORD.finditer(fold(text)))
