"""The structure of a document: its headings and bullets, and the locator of a passage by them.

A text out of a PDF file has no marks of structure. What is a heading is read from the lines: a
section sign with a number, a number with a full stop, or else a short line that stands by itself.
Where a part of the document numbers its headings, the numbered ones are all there are. It is a
suggestion to a person who writes data; the verification relies on the sure parts only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol, TypeVar

from samverkan.documents import layout
from samverkan.documents.layout import Line
from samverkan.documents.passages import Span, folded, healed

# Behind every text.
END = 1 << 60

HEAD, PAGE_HEADER, SIGNATURES = "Rubrik", "Sidhuvud", "Underskrifter"
STEP = " › punkt "

_SECTION = re.compile(r"§\s*(\d+)(?:\.\s+\S|\s+[A-ZÅÄÖ])")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s+\S")
_SIGNED = re.compile(r"vid protokollet|justeras|underskrifter", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_HEADING, _LONGEST_REST = 75, 30


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


class Kind(Enum):
    """What a heading is marked by: the sections of a part are of one kind."""

    SECTION = 1
    NUMBERED = 2
    LINE = 3


@dataclass(frozen=True)
class Heading:
    """A heading: its text, healed, where it begins and ends, and what marks it."""

    text: str
    start: int
    end: int
    kind: Kind

    @property
    def locator(self) -> str:
        """``§ 13`` for a section, else the heading as printed."""
        section = _SECTION.match(self.text)
        return f"§ {section[1]}" if self.kind is Kind.SECTION and section else self.text


@dataclass(frozen=True)
class _Part:
    """One of the documents that a file holds: where it begins, and where its head ends."""

    start: int
    body: int


@dataclass(frozen=True)
class Outline:
    """The headings, bullets and page headers of a text, in their order."""

    headings: tuple[Heading, ...]
    bullets: tuple[int, ...]
    page_headers: tuple[Span, ...]
    parts: tuple[_Part, ...]
    signatures: tuple[int, ...]

    def locator(self, span: Span) -> str:
        """Where *span* stands: by the heading and bullet that it begins under."""
        part = self.parts[bisect_right(self.parts, span.start, key=_start) - 1]
        if span.start < part.body:
            return HEAD
        if _lies_in(self.page_headers, span.start):
            return PAGE_HEADER
        heading = self._heading_above(span.start, part)
        if heading is None:
            return HEAD
        signed = bisect_right(self.signatures, span.start)
        if signed > bisect_right(self.signatures, heading.start):
            return SIGNATURES
        if heading.kind is Kind.SECTION:
            return heading.locator
        above = bisect_left(self.bullets, heading.end)
        number = bisect_right(self.bullets, span.start) - above
        return f"{heading.locator}{STEP}{number}" if number > 0 else heading.locator

    def section(self, position: int) -> Span:
        """From the heading above *position* to the next one; the head where there is none."""
        ends = [part.start for part in self.parts] + [h.start for h in self.headings]
        return Span(
            max((place for place in ends if place <= position), default=0),
            min((place for place in ends if place > position), default=END),
        )

    def bullet_spans(self, heading_end: int, until: int) -> tuple[Span, ...]:
        """The bullets after a heading that ends at *heading_end*, each up to the next one."""
        starts = [bullet for bullet in self.bullets if heading_end <= bullet < until]
        return tuple(
            Span(start, end) for start, end in zip(starts, [*starts[1:], until], strict=True)
        )

    def _heading_above(self, position: int, part: _Part) -> Heading | None:
        count = bisect_right(self.headings, position, key=_start)
        above = self.headings[count - 1] if count else None
        return above if above and above.start >= part.start else None


def outline(text: str) -> Outline:
    """The structure of *text*."""
    lines = list(layout.lines(text))
    headers = list(layout.page_headers(lines))
    body = [line for line in lines if not _lies_in(headers, line.start)]
    candidates = list(_candidates(body))
    parts = _parts(candidates, headers, body)
    headings = [
        heading
        for part, end in _with_ends(parts)
        for heading in _headings(
            _between(candidates, part.start, end),
            _between(body, part.start, end),
        )
    ]
    return Outline(
        headings=tuple(headings),
        bullets=tuple(line.start for line in body if line.is_bullet),
        page_headers=tuple(headers),
        parts=tuple(_with_bodies(parts, headings)),
        signatures=tuple(sorted(_signed(body))),
    )


def _candidates(lines: list[Line]) -> Iterator[Heading]:
    """All that may be a heading, of whatever kind. A short second line may belong to it."""
    signed = _signed(lines)
    for index, line in enumerate(lines):
        if not line.opens or line.is_bullet or line.start in signed or _is_listed(line.text):
            continue
        below = [other for other in lines[index + 1 : index + 3] if other.block == line.block]
        goes_on = bool(below) and _goes_on(below[0].text)
        broken = goes_on and len(below[0].text) <= _LONGEST_REST
        broken = broken and not any(_goes_on(other.text) for other in below[1:])
        rest = below[0] if broken else None
        if _SECTION.match(line.text):
            yield _heading(line, rest, Kind.SECTION)
        elif _NUMBERED.match(line.text):
            yield _heading(line, rest, Kind.NUMBERED)
        elif _stands_alone(line.text) and (broken or not goes_on):
            yield _heading(line, rest, Kind.LINE)


def _heading(line: Line, rest: Line | None, kind: Kind) -> Heading:
    text = f"{line.text}\n{rest.text}" if rest else line.text
    return Heading(healed(text), line.start, (rest or line).end, kind)


def _signed(lines: list[Line]) -> frozenset[int]:
    """Where signatures begin: at words that say so, or a name and a title that end a text."""
    said = {line.start for line in lines if _SIGNED.fullmatch(line.text)}
    ending: list[Line] = []
    for line in reversed(lines):
        if not (_stands_alone(line.text) or line.text.startswith("§")):
            break
        ending.append(line)
    blocks = Counter(line.block for line in ending)
    named = [line.start for line in ending if blocks[line.block] > 1]
    return frozenset(said | set(named[-1:]))


def _is_listed(text: str) -> bool:
    """Whether a line is one of a table of contents: a gap or dots, and the number of a page."""
    entry = text.rstrip("0123456789")
    return entry != text and (entry.endswith(("\t", "  ")) or entry.rstrip().endswith("..."))


def _stands_alone(text: str) -> bool:
    """Whether a line looks like a heading: short, beginning as one does, no sentence."""
    begins = text[:1].isupper() or text[:1].isdigit()
    plain = "://" not in text and not text.endswith((".", ",", ":", ";", "!", "?", "-"))
    return begins and plain and len(text) <= _LONGEST_HEADING


def _goes_on(text: str) -> bool:
    """Whether a line continues the one above it."""
    return not (text[:1].isupper() or text[:1] in "•●*-–§")


def _parts(candidates: list[Heading], headers: list[Span], body: list[Line]) -> list[_Part]:
    """The documents in the file.

    One begins at the top of it, or where a page header is followed by a title, that is a line with
    a year in it, which the part above does not have already.
    """
    parts = [_Part(0, 0)]
    title = _title(candidates, body)
    for index, header in enumerate(headers):
        place = bisect_left(candidates, header.end, key=_start)
        follows = candidates[place] if place < len(candidates) else None
        if follows is None or _YEAR.search(follows.text) is None or follows.kind is not Kind.LINE:
            continue
        if any(other.start < follows.start for other in headers[index + 1 : index + 2]):
            continue
        first = index
        while first and not _between(candidates, headers[first - 1].end, header.start):
            first -= 1
        if title is None or folded(title.text) != folded(follows.text):
            parts.append(_Part(headers[first].start, 0))
            title = follows
    return parts


def _title(candidates: list[Heading], lines: list[Line]) -> Heading | None:
    """The title of a part: its first line, where that looks like a heading and names a year."""
    if not candidates or not lines or candidates[0].start != lines[0].start:
        return None
    first = candidates[0]
    return first if first.kind is Kind.LINE and _YEAR.search(first.text) else None


def _headings(candidates: list[Heading], lines: list[Line]) -> list[Heading]:
    """The headings of a part: of the surest kind that it has.

    The title is one only behind a page header, where text follows on it without a blank line.
    """
    for kind in (Kind.SECTION, Kind.NUMBERED):
        sure = [candidate for candidate in candidates if candidate.kind is kind]
        if len(sure) > 1:
            return sure
    found = [candidate for candidate in candidates if candidate.kind is Kind.LINE]
    if title := _title(candidates, lines):
        last = max((c for c in found if folded(c.text) == folded(title.text)), key=_start)
        block = next(line.block for line in lines if line.start == last.start)
        follows = any(line.block == block and line.start >= last.end for line in lines)
        heads = follows and block > 1
        found = [c for c in found if c.start > last.start or (heads and c is last)]
    return found


def _start(placed: _Placed) -> int:
    return placed.start


def _between(placed: Sequence[_P], start: int, end: int) -> list[_P]:
    """Those of *placed*, which are in their order, that begin from *start* up to *end*."""
    first = bisect_left(placed, start, key=_start)
    return list(placed[first : bisect_left(placed, end, lo=first, key=_start)])


def _lies_in(spans: Sequence[Span], position: int) -> bool:
    """Whether *position* lies in one of *spans*, which are in their order and apart."""
    count = bisect_right(spans, position, key=_start)
    return count > 0 and position < spans[count - 1].end


def _with_ends(parts: list[_Part]) -> Iterator[tuple[_Part, int]]:
    yield from zip(parts, [part.start for part in parts[1:]] + [END], strict=True)


def _with_bodies(parts: list[_Part], headings: list[Heading]) -> Iterator[_Part]:
    for part, end in _with_ends(parts):
        within = _between(headings, part.start, end)
        yield replace(part, body=within[0].start if within else end)
