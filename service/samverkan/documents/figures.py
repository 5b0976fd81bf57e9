"""Figures and Swedish number words, as what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator

# "En" and "ett" are articles and no figures.
_FROM_TWO = (
    *("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    *("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo"),
)
_WORDS = {word: number for number, word in enumerate(_FROM_TWO, 2)} | {"båda": 2, "bägge": 2}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
# A figure may be the first part of a compound: "tvåprocentsmålet", "tvåårig".
_FIGURE = re.compile(
    rf"(?P<digits>\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)"
    rf"|\b(?P<word>{_WORD})(?=\b|procent|år|dag|månad)"
)
# Names of things, not amounts: sections, and what hangs on a word ("covid-19", "DS 2020:15").
_NAMES = re.compile(r"§+ ?\d+(?:(?:[–-]| och )\d+)?|(?<=[^\W\d])-\d+|\b\d+:\d+\b")


def figures(text: str) -> Iterator[str]:
    """The figures in *text* (healed, in small letters), as digits; those of names left out."""
    for found in _FIGURE.finditer(_NAMES.sub(" ", text)):
        if found["word"]:
            yield str(_WORDS[found["word"]])
        else:
            yield found["digits"].replace(" ", "").replace(",", ".")
