"""Whether a passage reads a name or title, whatever the endings of its words.

Words are compared one by one: they are alike where they have the same Swedish stem, or differ in
an inflection only ("verksamhetschefsgrupperna" reads "verksamhetschefsgrupper"). Å, ä, ö and
accents count. Brackets and hyphens may be there or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import snowballstemmer

from samverkan.passages import folded, healed

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
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
        self.text = healed(text)
        self._ways = tuple(_ways(self.text))

    def reads(self, name: str) -> bool:
        """Whether the words of *name* stand in the passage, one after the other."""
        return any(_stands(wanted, way) for wanted in _ways(name) if wanted for way in self._ways)

    def reads_any(self, names: Iterable[str]) -> bool:
        """Whether it reads one of *names*."""
        return any(self.reads(name) for name in names)

    def reads_short(self, names: Iterable[str]) -> bool:
        """Whether it has a part of one of *names* that may stand for it.

        That is the word that says what kind of body it is ("forskningsrådet" for
        "Sjukvårdsregionala forskningsrådet"), or the end of that word ("rådet").
        """
        short: set[str] = set()
        for word in {word for name in names for word in _words(name)}:
            short.update(part for head in _HEADS if _ends_with(word, head) for part in (word, head))
        return any(alike(word, part) for word in self._ways[0] for part in short)


@lru_cache(maxsize=100_000)
def alike(one: str, other: str) -> bool:
    """Whether two words, folded, are forms of one."""
    if one == other:
        return True
    if one.isdigit() or other.isdigit():
        return False
    pairs = enumerate(zip(one, other, strict=False))
    stem = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    if stem < _SHORTEST_STEM:
        return False
    inflected = one[stem:] in _ENDINGS and other[stem:] in _ENDINGS
    return inflected or _stem(one) == _stem(other)


def _ways(text: str) -> Iterable[tuple[str, ...]]:
    """The words of *text*: hyphens kept out or taken as spaces, brackets read or passed over."""
    bare = _BRACKETS.sub("", text)
    for put in (text, bare):
        yield _words(put)
        yield _words(re.sub(r"(?<=\w)[-‐‑](?=\w)", " ", put))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(folded(text)))


def _stands(wanted: Sequence[str], way: Sequence[str]) -> bool:
    return any(
        all(alike(a, b) for a, b in zip(wanted, way[at:], strict=False))
        for at in range(len(way) - len(wanted) + 1)
    )


def _ends_with(word: str, head: str) -> bool:
    """Whether *word* is a form of *head*, or a compound that ends in one."""
    stem = head.removesuffix("et").removesuffix("en").removesuffix("n")
    return any(word.endswith(stem + ending) for ending in _ENDINGS)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("swedish")
