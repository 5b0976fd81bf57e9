"""Words that are looked for → a regular expression of the texts that have them, however declined.

The texts are Swedish. A word of another language, or another word for the same, is looked for also
by what it means, as ``queries/words.yaml`` has it: ``agreement`` is looked for as ``avtal`` too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from samverkan.names import STOP, fold, stemmed

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST = 3

Meanings = Mapping[tuple[str, ...], tuple[str, ...]]


def meanings(told: Mapping[str, str]) -> Meanings:
    """Words → beginnings of words that mean the same, from ``{words: "beginning|beginning"}``."""
    return {_stems(words): tuple(others.split("|")) for words, others in told.items()}


def expression(
    text: str, plain: frozenset[str] = frozenset(), means: Meanings | None = None
) -> str:
    """A regular expression (for lower case) of texts with the words of *text*, in their order.

    Words that carry no meaning, *plain* (folded) among them, are left out; where all of them are
    plain, none is; and where none carries meaning, no text fits.
    """
    known = means or {}
    return ".*".join(_parts(text, plain, known) or _parts(text, frozenset(), known)) or "^$"


def _parts(text: str, plain: frozenset[str], means: Meanings) -> list[str]:
    words, found = _WORD.findall(text.casefold()), []
    longest = max(map(len, means), default=1)
    while words:
        count = next((n for n in range(longest, 0, -1) if _stems(*words[:n]) in means), 0)
        if count:
            found.append(_any_of(words[:count], means[_stems(*words[:count])]))
        elif fold(words[0]) not in STOP | plain:
            found += [_one(words[0])] if len(words[0]) >= _SHORTEST or words[0].isdigit() else []
        words = words[count or 1 :]
    return found


def _any_of(words: list[str], others: tuple[str, ...]) -> str:
    said = r"\w* ".join(_one(word) for word in words)
    return f"(?:{'|'.join((said, *map(re.escape, others)))})"


def _stems(*texts: str) -> tuple[str, ...]:
    return tuple(stemmed(word) for text in texts for word in _WORD.findall(text.casefold()))


def _one(word: str) -> str:
    """The stem of *word* without the article of ``prislistan``, which Snowball leaves."""
    stem = stemmed(word)
    return stem.removesuffix("an") if len(stem) > _SHORTEST else stem
