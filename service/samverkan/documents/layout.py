"""The lines of a text out of a PDF file: blocks, bullets, and what a page prints at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from samverkan.documents.passages import Span, folded

_LINE = re.compile(r"[^\n\r\f]*(?:\r\n|[\n\r\f]|$)")
_BULLET = re.compile(r"[•●]|[*-]\s+\S")
_FURNITURE = re.compile(
    r"(?:sid(?:a|an|or)?\s*)?\d+\s*(?:\(\d+\)|/\s*\d+)|\d{4}-\d\d-(?:\d\d|xx)"
    r"|(?:(?:datum|upprättare|diarienummer|dnr|sida)\s*+(?::\s*+)?)+(?:\d{4}-\d\d-(?:\d\d|xx))?",
    re.IGNORECASE,
)
_LONGEST_PAGE_HEADER = 4


@dataclass(frozen=True)
class Line:
    """A line of the text without white space at its ends, and what stands around it."""

    text: str
    start: int
    block: int
    opens: bool  # a blank line, the top of a page or the beginning of the file is before it

    @property
    def end(self) -> int:
        """The place behind its last character."""
        return self.start + len(self.text)

    @property
    def is_bullet(self) -> bool:
        """Whether it begins with the sign of a bullet; a star needs a space after it."""
        return bool(_BULLET.match(self.text))


def places_of(text: str, name: str) -> tuple[Span, ...]:
    """Where a line, or two or three lines that belong together, read *name* and no more."""
    wanted = folded(name)
    read = list(lines(text))
    found = []
    for index, line in enumerate(read):
        for last in read[index : index + 3]:
            if last.block == line.block and folded(text[line.start : last.end]) == wanted:
                found.append(Span(line.start, last.end))
    return tuple(found)


def lines(text: str) -> Iterator[Line]:
    """The lines that are not blank. A page that begins shows as a space before its first line."""
    block, blank, ended = 0, True, False
    for match in _LINE.finditer(text):
        raw = match[0]
        stripped = raw.strip()
        if stripped:
            opens = blank or raw[:1].isspace()
            block += blank or (raw[:1] == " " and ended)
            yield Line(stripped, match.start() + raw.index(stripped[0]), block, opens)
        blank = not stripped or raw.endswith("\f")
        ended = not raw[:1].isspace()


def page_headers(found: list[Line]) -> Iterator[Span]:
    """The blocks of lines that a page prints at its top: page numbers, "Datum", a day."""
    for _block, members in groupby(found, lambda line: line.block):
        within = list(members)
        marks = [bool(_FURNITURE.fullmatch(line.text)) for line in within]
        if (any(marks[:2]) and len(within) <= _LONGEST_PAGE_HEADER) and marks[0] | marks[-1]:
            yield Span(within[0].start, within[-1].end)
