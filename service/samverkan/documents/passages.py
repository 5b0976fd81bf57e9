"""The texts of documents: read as they lie, healed of what line breaks do, and searched.

A text taken out of a PDF file breaks its lines in the middle of sentences and words. Healing puts
them together again, and remembers where in the file each character came from, so that what is
found in the healed text is a span of the file.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from samverkan.errors import DocumentError
from samverkan.language import mark as _

# What is dropped: soft hyphens, and marks without width such as a byte order mark.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_QUOTES = dict.fromkeys(map(ord, "“”„«»″"), '"') | dict.fromkeys(map(ord, "‘’‚′"), "'")
_SAME = _DASHES | _QUOTES
# A hyphen at the end of a line, what stands before it, and what the next line begins with.
_CUT = re.compile(r"(?<=\w)[-‐‑\u00ad][^\S\n\r\f]*[\n\r\f]\s*(?=(\w+))")
# After these a hyphen is one that stands for the rest of a compound: "informations- och …".
_JOINING = frozenset(("och", "eller", "samt", "respektive", "till", "som", "and", "or"))
# A character with the accents that follow it, as many as a text may have (UAX 15, Stream-Safe).
_LETTER = re.compile(r".[\u0300-\u036f]{0,30}", re.DOTALL)
_SHOWN_OF_A_STRANGER = 40
# What is compared for a hint, and how much is read at all.
_LONGEST_COMPARED, _MOST_BYTES = 200, 50_000_000


@dataclass(frozen=True, order=True)
class Span:
    """Code points *start* up to, but not including, *end* of a file's text."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """Whether *other* lies in it."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Healed:
    """A text, and for each of its characters the place in the file where it came from."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The span of the file that the characters *start* to *end* (exclusive) came from."""
        return Span(self.origins[start], self.origins[end - 1] + 1)


@dataclass(frozen=True)
class Document:
    """A text file: its name, its SHA-256 (hexadecimal) and its text with no line end changed."""

    name: str
    sha256: str
    text: str

    @cached_property
    def healed(self) -> Healed:
        """The text on one line, words that a line break cut put together."""
        return heal(self.text)

    @cached_property
    def folded(self) -> Healed:
        """The healed text as it is compared; its origins are places in the healed text."""
        return _fold(self.healed.text)

    def read(self, span: Span) -> str:
        """The words of *span*, healed."""
        return healed(self.text[span.start : span.end])

    def find(self, text: str) -> tuple[Span, ...]:
        """Where *text* stands, whatever its line breaks, hyphens at them, and case.

        Each span is widened to whole words and has no white space at its ends.
        """
        wanted = folded(text)
        found: dict[Span, None] = {}
        position = self.folded.text.find(wanted) if wanted else -1
        while position >= 0:
            found[self._widened(position, position + len(wanted))] = None
            # All places that begin in one word are widened to one span.
            position = self.folded.text.find(wanted, self._behind_word(position))
        return tuple(found)

    def nearest(self, text: str) -> tuple[float, Span]:
        """How much the passage that is most like *text* is like it (0 to 100), and where it is."""
        wanted = folded(text)[:_LONGEST_COMPARED]
        alignment = fuzz.partial_ratio_alignment(wanted, self.folded.text)
        if alignment is None or alignment.dest_end <= alignment.dest_start:
            return 0.0, Span(0, min(len(self.text), _SHOWN_OF_A_STRANGER))
        return alignment.score, self._widened(alignment.dest_start, alignment.dest_end)

    def _behind_word(self, position: int) -> int:
        """The place in the folded text behind the word that *position* lies in."""
        last = self.folded.origins[position] + 1
        while cuts_a_word(self.healed.text, last):
            last += 1
        return bisect_left(self.folded.origins, last, position + 1)

    def _widened(self, start: int, end: int) -> Span:
        """The span of the folded characters, without cut words and outer white space."""
        text = self.healed.text
        first, last = self.folded.origins[start], self.folded.origins[end - 1] + 1
        while text[first].isspace() and first < last - 1:
            first += 1
        while text[last - 1].isspace() and first < last - 1:
            last -= 1
        while first > 0 and cuts_a_word(text, first):
            first -= 1
        while last < len(text) and (cuts_a_word(text, last) or unicodedata.combining(text[last])):
            last += 1
        return self.healed.span(first, last)


def read(path: Path) -> Document:
    """The document in *path*.

    Raises:
        DocumentError: it cannot be read, is no file, too long, or no text in UTF-8.
    """
    try:
        status = path.stat()
        # To open a pipe would wait for somebody to write into it.
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError(_("{path} is no file."), path=path)
        if status.st_size > _MOST_BYTES:
            raise DocumentError(
                _("{path} has more than {limit} bytes."), path=path, limit=_MOST_BYTES
            )
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error.strerror
        ) from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(_("{name} is no text in UTF-8."), name=path) from error
    return Document(path.name, hashlib.sha256(raw).hexdigest(), text)


def read_all(folder: Path, name: str | None = None) -> tuple[Document, ...]:
    """The documents (``*.txt``) in *folder* by name, or the one called *name*.

    Raises:
        DocumentError: there is no such folder, no text file in it, one that cannot be read, or
            *name* leads out of it.
    """
    require_folder(folder)
    found = [file_in(folder, name)] if name else sorted(folder.glob("*.txt"))
    if not found:
        raise DocumentError(_("There are no text files (*.txt) in {folder}."), folder=folder)
    return tuple(read(path) for path in found)


def file_in(folder: Path, name: str) -> Path:
    """The file called *name* in *folder*, whether it is there or not.

    Raises:
        DocumentError: *name* leads out of the folder.
    """
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name:
        raise DocumentError(_("{name} does not lie in {folder}."), name=name, folder=folder)
    return folder / path


def require_folder(folder: Path) -> None:
    """Make sure that *folder* is one.

    Raises:
        DocumentError: it is none.
    """
    if not folder.is_dir():
        raise DocumentError(_("There is no folder {folder}."), folder=folder)


def heal(text: str) -> Healed:
    """*text* on one line: white space as one space, words that a line break cut put together.

    A hyphen at the end of a line goes with the break, except where it is the word's own: before
    a capital or figure, after one ("NHV-", "2022-"), or after a single letter ("e-"). Where the
    next word joins two compounds ("informations- och"), a space follows the hyphen.
    """
    characters: list[str] = []
    origins = array("q")
    position = 0
    for cut in _CUT.finditer(text):
        _heal_part(text, position, cut.start(), characters, origins)
        if kept := _kept(text, cut):
            characters.append("-")
            origins.append(cut.start())
            if kept == "- ":
                characters.append(" ")
                origins.append(cut.start() + 1)
        position = cut.end()
    _heal_part(text, position, len(text), characters, origins)
    if characters and characters[-1] == " ":
        del characters[-1], origins[-1]
    return Healed("".join(characters), origins)


def healed(text: str) -> str:
    """The healed *text* alone."""
    return heal(text).text


def folded(text: str) -> str:
    """*text* as it is compared: healed, in small letters, one kind of dash and quotation mark.

    Hyphens between letters are left out, since a line break may have eaten one.
    """
    return _fold(healed(text)).text


def cuts_a_word(text: str, position: int) -> bool:
    """Whether *position* lies inside a word or figure of *text*."""
    if not 0 < position < len(text):
        return False
    return text[position - 1].isalnum() and text[position].isalnum()


def _heal_part(text: str, start: int, end: int, characters: list[str], origins: array[int]) -> None:
    for position in range(start, end):
        character = text[position]
        if character in _INVISIBLE:
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        origins.append(position)


def _kept(text: str, cut: re.Match[str]) -> str:
    """What stays of the hyphen: nothing, the hyphen, or the hyphen and a space."""
    if cut[0][0] == "\u00ad":
        return ""
    before, word = cut.start() - 1, cut[1]
    if word.casefold() in _JOINING:
        return "- "
    own = not text[before].isalpha() or text[before].isupper()
    single = before == 0 or not text[before - 1].isalnum()
    return "-" if own or single or not word[0].islower() else ""


def _fold(text: str) -> Healed:
    """*text*, healed already, as :func:`folded` gives it."""
    characters: list[str] = []
    origins = array("q")
    same = text.translate(_SAME)
    for found in _LETTER.finditer(same):
        if found[0] == "-" and _between_letters(same, found.start()):
            continue
        for small in unicodedata.normalize("NFC", found[0]).casefold():
            characters.append(small)
            origins.append(found.start())
    return Healed("".join(characters), origins)


def _between_letters(text: str, position: int) -> bool:
    around: Sequence[str] = (text[position - 1 : position], text[position + 1 : position + 2])
    return all(character.isalpha() for character in around)
