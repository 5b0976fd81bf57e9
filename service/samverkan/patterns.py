"""The ways to ask: the phrases of the named queries, held against a question.

``{body}`` is a place for a parameter, ``(i|på)`` a choice, ``[är det som]`` may be left out. Case
and diacritics do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from samverkan.catalogue import Catalogue, NamedQuery
from samverkan.names import fold, words
from samverkan.ways import Phrase

_ANY = ""
_SIGN = re.compile(r"[][(){}|]")


@dataclass(frozen=True)
class Way:
    """A way to ask a query: a phrase, ready to be held against a question."""

    query: str
    phrase: Phrase
    expressions: tuple[re.Pattern[str], ...]

    @property
    def words(self) -> frozenset[str]:
        """The words of the phrase itself."""
        return frozenset(words(re.sub(r"\{\w+\}", " ", self.phrase.pattern)))

    @property
    def weight(self) -> int:
        """How many words a question must have besides its names: the most are tried first."""
        plain = re.sub(r"\[[^\]]*\]|\{\w+\}", " ", self.phrase.pattern)
        return len(re.sub(r"\(([^|)]*)[^)]*\)", r"\1", plain).split())


def fitting(catalogue: Catalogue, text: str) -> Iterator[tuple[Way, dict[str, str]]]:
    """Each way whose pattern fits, with what stands in its places, the wordiest way first."""
    folded = fold(text)
    for way in beginning_as(catalogue, text):
        seen = []
        for expression in way.expressions:
            match = expression.fullmatch(folded)
            if match:
                said = {name: text[slice(*match.span(name))] for name in match.groupdict()}
                if said not in seen:
                    seen.append(said)
                    yield way, said


def beginning_as(catalogue: Catalogue, text: str) -> tuple[Way, ...]:
    """The ways that may begin with the first word of *text*, the wordiest first."""
    by_word = _ways_by_first_word(catalogue)
    return by_word.get(fold(text).partition(" ")[0], by_word[_ANY])


@lru_cache(maxsize=4)
def ways(catalogue: Catalogue) -> tuple[Way, ...]:
    """All ways to ask the queries of *catalogue*, the wordiest first."""
    ways = [
        Way(query.name, phrase, _expressions(phrase.pattern, _figures(query)))
        for query in catalogue
        for phrase in query.phrases
    ]
    return tuple(sorted(ways, key=lambda way: -way.weight))


@lru_cache(maxsize=4)
def _ways_by_first_word(catalogue: Catalogue) -> dict[str, tuple[Way, ...]]:
    """The ways that a question may be put in, by its first word; under no word, by any other."""
    begun = [(way, _first_words(fold(way.phrase.pattern))) for way in ways(catalogue)]
    every = frozenset({_ANY}).union(*(words for _way, words in begun))
    return {
        word: tuple(way for way, words in begun if not words.isdisjoint({word, _ANY}))
        for word in every
    }


def _first_words(pattern: str) -> frozenset[str]:
    """The words that *pattern* may begin with, among them no word where it may be any."""
    if pattern.startswith("["):
        told, _end, rest = pattern[1:].partition("]")
        return _first_words_of(told) | _first_words(rest.lstrip())
    if pattern.startswith("("):
        told, _end, rest = pattern[1:].partition(")")
        return _first_words_of(told) if rest.startswith(" ") or not rest else frozenset({_ANY})
    return _first_words_of(pattern.partition(" ")[0])


def _first_words_of(choice: str) -> frozenset[str]:
    firsts = (alternative.partition(" ")[0] for alternative in choice.split("|"))
    return frozenset(_ANY if _SIGN.search(first) else first for first in firsts)


def _figures(query: NamedQuery) -> frozenset[str]:
    """The parameters that take a whole number."""
    return frozenset(p.name for p in query.parameters if p.type == "integer")


def _expressions(pattern: str, figures: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """The pattern as regular expressions: with short first places, and with long ones.

    A place of *figures* takes nothing else.
    """
    folded = fold(pattern)
    folded = re.sub(r" \[([^\]]*)\](?= |$)", r"(?: (?:\1))?", folded)
    folded = re.sub(r"\[([^\]]*)\] ?", r"(?:(?:\1) )?", folded)
    folded = re.sub(r"\((?!\?)", "(?:", folded)
    for name in figures:
        folded = folded.replace(f"{{{name}}}", rf"(?P<{name}>\d{{1,4}})")
    return tuple(
        re.compile(re.sub(r"\{(\w+)\}", rf"(?P<\1>.+{lazy})", folded)) for lazy in ("?", "")
    )
