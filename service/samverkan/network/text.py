"""How wide a text is drawn, and where its lines break: no browser is asked.

The widths are those of common sans-serif type, a little more than most: a line that is thought to
fit fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_NARROW = frozenset("iIjlftr.,:;'’|!()[]-–·/ ")
_WIDE = frozenset("mwMWÆŒ@%")
_BEYOND = 0x2E7F  # from here on, letters are as wide as they are high
_SHARES = {"narrow": 0.37, "wide": 0.96, "capital": 0.71, "small": 0.61, "square": 1.05}
_BOLD = 1.12
_VOWELS = frozenset("aeiouyåäöéüæøAEIOUYÅÄÖ")
_ONSETS = frozenset(
    "bl br dr fl fr gl gr kl kn kr pl pr sj sk sl sm sn sp st tr tv".split()  # noqa: SIM905
)
_LEAST = 3  # letters of a word on either side of a hyphen


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of *text* in type of *size*, in the same unit."""
    return sum(_SHARES[_sort(letter)] for letter in text) * size * (_BOLD if bold else 1.0)


def _sort(letter: str) -> str:
    if letter in _NARROW:
        return "narrow"
    if letter in _WIDE:
        return "wide"
    if ord(letter) > _BEYOND:
        return "square"
    return "capital" if letter.isupper() else "small"


def lines(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """*text* as at most *most* lines no wider than *room*; what is left out ends in an ellipsis."""
    found, line = [], ""
    for word in text.split(" "):
        for part in _parts(word, size, room, bold=bold):
            joined = f"{line} {part}".strip()
            if line and width(joined, size, bold=bold) > room:
                found.append(line)
                line = part
            else:
                line = joined
    found.append(line)
    if len(found) <= most:
        return found
    last = found[most - 1]
    while last and width(f"{last}…", size, bold=bold) > room:
        last = last[:-1]
    return [*found[: most - 1], f"{last.rstrip(' -')}…"]


def _parts(word: str, size: float, room: float, *, bold: bool) -> Iterator[str]:
    """*word*, or where it has not *room* enough on a line, its parts with hyphens."""
    while width(word, size, bold=bold) > room:
        ends = range(len(word) - 1, 0, -1)
        fitting = [end for end in ends if width(f"{word[:end]}-", size, bold=bold) <= room]
        if not fitting:
            break
        end = _best(word, fitting)
        yield f"{word[:end]}-"
        word = word[end:]
    yield word


def _best(word: str, ends: Sequence[int]) -> int:
    """Where to break *word*, of the *ends* that its first part may have, the longest first.

    That is where a compound is joined by an s, if it leaves not too short a part, else between
    syllables, else anywhere.
    """
    joints = (end for end in ends if end > ends[0] / 2 and _is_joint(word, end))
    syllables = (end for end in ends if _is_between_syllables(word, end))
    return next(joints, None) or next(syllables, ends[0])


def _is_joint(word: str, end: int) -> bool:
    """Whether an s may join two words there: it does not where it begins the second (``st``)."""
    if not _LEAST < end <= len(word) - _LEAST or word[end - 1] != "s":
        return False
    return word[end].isalpha() and word[end] not in _VOWELS and word[end] not in "kpt"


def _is_between_syllables(word: str, end: int) -> bool:
    """Whether *word* may be broken there: before the consonants that a syllable begins with.

    That is one consonant with a vowel after it, or two that Swedish words begin with.
    """
    if not _LEAST <= end <= len(word) - _LEAST or not word[end].isalpha() or word[end] in _VOWELS:
        return False
    if word[end : end + 2] in _ONSETS:
        return word[end + 2] in _VOWELS
    return word[end + 1] in _VOWELS and word[end - 1 : end + 1] not in _ONSETS
