"""A text that asks for more than one thing, or says something beside what it asks → its parts.

"Who leads it, and how long has she been there?" has a part that may be asked alone. So has what is
told before a question: "I am new here. Who leads it?"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from samverkan.names import fold
from samverkan.ways import Words

_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+(?=\w)")
# So many joints of a sentence are tried, from its end.
_MOST_JOINTS = 4
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Part:
    """What may be asked alone, and what is then left out, as they were typed."""

    asked: str
    rest: str


def parts(text: str, known: Words) -> Iterator[Part]:
    """The parts of *text* that may be asked alone, in the language of *known*; the longest first.

    One sentence of several: the last that asks, else the last. And of a sentence, what stands
    before ``and`` (or the like) and a question's beginning.
    """
    sentences = _SENTENCE_ENDS.split(text)
    asks = [n for n, sentence in enumerate(sentences) if sentence.endswith("?")]
    here = asks[-1] if asks else len(sentences) - 1
    beside = " ".join(sentences[:here] + sentences[here + 1 :])
    if beside:
        yield Part(sentences[here], beside)
    for end, begin in _joints(sentences[here], known):
        rest = f"{beside} {sentences[here][begin:]}".strip()
        yield Part(sentences[here][:end], rest)


def is_several(text: str, known: Words) -> bool:
    """Whether *text* goes on with another sentence, or asks for something more."""
    return bool(_SENTENCE_ENDS.search(text)) or any(True for _joint in _joints(text, known))


def _joints(sentence: str, known: Words) -> list[tuple[int, int]]:
    """Where another request is joined to *sentence*: the end of the one, the start of the other.

    It begins with a word that asks, or, after a comma, with a verb that opens a question. The last
    joint comes first.
    """
    told = [(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(sentence)]
    found = []
    for (join, start, end), (word, begin, _end) in pairwise(told[1:]):
        before = sentence[:start].rstrip()
        opens = word in known.asking or (word in known.opening and before.endswith(","))
        if join in known.joining and opens and not sentence[end:begin].strip():
            found.append((len(before.rstrip(", ")), start))
    return found[::-1][:_MOST_JOINTS]
