"""Whether a passage reads a name or title, whatever the endings of its words.

Words are compared one by one: they are alike where they have the same Swedish stem, or differ in
an inflection only ("verksamhetschefsgrupperna" reads "verksamhetschefsgrupper"). Å, ä, ö and
accents count. Brackets and hyphens may be there or not. A list may say its first word once
("nationella programområden, samverkansgrupper och arbetsgrupper").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from samverkan.documents.passages import folded, healed
from samverkan.names import stemmed

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_TOKEN_OR_STOP = re.compile(r"[^\W\d_]+|\d+|[,.;:]")
_LISTING = frozenset((",", "och", "samt", "eller"))
_ENDING = frozenset((".", ";", ":"))
_STOPS = frozenset((",", ".", ";", ":"))
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_SMALL = frozenset(("av", "den", "det", "de", "för", "i", "inom", "om", "på", "till", "vid"))
_BEGINNING, _LONGER = 5, 4
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ENDINGS = frozenset(
    ("", "a", "ade", "ar", "are", "arna", "arnas", "ars", "as", "at", "e", "en", "ens", "er",
     "erna", "ernas", "ers", "es", "et", "ets", "n", "na", "nas", "ns", "or", "orna", "ornas",
     "r", "rna", "rnas", "rs", "s", "t", "ts")
)  # fmt: skip
_SHORTEST_STEM = 3
# What a body is called for short, once its name has been said.
_HEADS = (
    *("byrån", "centret", "centrum", "delegationen", "enheten", "fullmäktige", "funktionen"),
    *("förbundet", "förvaltningen", "gruppen", "kansliet", "kommittén", "kontoret", "myndigheten"),
    *("nämnden", "nätverket", "noden", "programområdet", "rådet", "sekretariatet", "styrelsen"),
    *("tjänsten", "utskottet", "verksamheten"),
)


class Wording:
    """The words of a passage, in the ways in which they may be put."""

    def __init__(self, text: str) -> None:
        self._raw = text

    @cached_property
    def text(self) -> str:
        """The passage, healed."""
        return healed(self._raw)

    @cached_property
    def _tokens(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_ways(self.text, _TOKEN_OR_STOP))

    @cached_property
    def _words(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(token for token in way if token not in _STOPS) for way in self._tokens)

    def reads(self, name: str) -> bool:
        """Whether the words of *name* stand in the passage, one after the other."""
        return any(
            any(_stands(wanted, way) for way in self._words)
            or any(_stands_in_list(wanted, way) for way in self._tokens)
            for wanted in _ways(name, _TOKEN)
            if wanted
        )

    def reads_any(self, names: Iterable[str]) -> bool:
        """Whether it reads one of *names*; small words between ("för", "av") may be left out."""
        bare = [_without_small_words(way) for way in self._words]
        return any(
            self.reads(name)
            or any(
                _stands(wanted, way)
                for wanted in map(_without_small_words, _ways(name, _TOKEN))
                if wanted
                for way in bare
            )
            for name in names
        )

    def reads_gist(self, title: str) -> bool:
        """Whether each longer word of *title* is like a word of the passage, or begins as one."""
        there = self._words[0]
        return all(
            any(alike(word, other) or word[:_BEGINNING] == other[:_BEGINNING] for other in there)
            for word in _words(title)
            if len(word) >= _LONGER
        )

    def touches(self, names: Iterable[str]) -> bool:
        """Whether it has half of the longer words of one of *names*, or such as begin alike."""
        there = {word[:_BEGINNING] for word in self._words[0]}
        for name in names:
            longer = [word[:_BEGINNING] for word in _words(name) if len(word) >= _LONGER]
            if longer and 2 * sum(word in there for word in longer) >= len(longer):
                return True
        return False

    def derives_from(self, names: Iterable[str]) -> bool:
        """Whether a word is made from one of *names* that is one word ("sjukvårdsregional")."""
        stems = [stemmed(words[0]) for name in names if len(words := _words(name)) == 1]
        return any(
            word.startswith(stem)
            for stem in stems
            if len(stem) > _BEGINNING
            for word in self._words[0]
        )

    def reads_short(self, names: Iterable[str]) -> bool:
        """Whether it has a part of one of *names* that may stand for it.

        That is the word that says what kind of body it is ("forskningsrådet" for
        "Sjukvårdsregionala forskningsrådet"), or the end of that word ("rådet").
        """
        short: set[str] = set()
        for word in {word for name in names for word in _words(name)}:
            short.update(part for head in _HEADS if _ends_with(word, head) for part in (word, head))
        return any(alike(word, part) for word in self._words[0] for part in short)


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> bool:
    """Whether two words, folded, are forms of one."""
    # The one office whose vowel shifts in the plural.
    one, other = (word.replace("ledamöt", "ledamot") for word in (one, other))
    if one == other:
        return True
    if one.isdigit() or other.isdigit():
        return False
    pairs = enumerate(zip(one, other, strict=False))
    stem = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    rests = {one[stem:], other[stem:]}
    if stem < _SHORTEST_STEM:
        return stem > 1 and rests == {"", "s"}
    inflected = rests <= _ENDINGS
    return inflected or stemmed(one) == stemmed(other)


def _ways(text: str, token: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """The words of *text*: hyphens kept out or taken as spaces, brackets read or passed over."""
    for put in dict.fromkeys((text, _BRACKETS.sub("", text))):
        for parted in dict.fromkeys((put, _HYPHEN.sub(" ", put))):
            yield tuple(token.findall(folded(parted)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(folded(text)))


def _without_small_words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _SMALL)


def _stands(wanted: Sequence[str], way: Sequence[str]) -> bool:
    return any(_stands_at(at, wanted, way) for at in range(len(way) - len(wanted) + 1))


def _stands_at(at: int, wanted: Sequence[str], way: Sequence[str]) -> bool:
    return all(alike(a, b) for a, b in zip(wanted, way[at : at + len(wanted)], strict=True))


def _stands_in_list(wanted: Sequence[str], way: Sequence[str]) -> bool:
    """Whether the first word stands before a list, and the others as an item of it."""
    first, rest = wanted[0], wanted[1:]
    for at in range(2, len(way) - len(rest) + 1) if rest else ():
        if way[at - 1] in _LISTING and _stands_at(at, rest, way):
            sentence = len(way[:at]) - next(
                (back for back, token in enumerate(reversed(way[:at])) if token in _ENDING), at
            )
            if any(alike(first, token) for token in way[sentence : at - 1]):
                return True
    return False


def _ends_with(word: str, head: str) -> bool:
    """Whether *word* is a form of *head*, or a compound that ends in one."""
    stem = head.removesuffix("et").removesuffix("en").removesuffix("n")
    return any(word.endswith(stem + ending) for ending in _ENDINGS)
