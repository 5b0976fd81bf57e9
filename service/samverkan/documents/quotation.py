"""A passage quoted as it lies in its text, with the lines around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from samverkan.documents.outline import Outline
from samverkan.documents.passages import Document, Span, healed
from samverkan.store import Source

# The pieces of a passage are shown together where no more characters than these lie between.
_APART = 1500


@dataclass(frozen=True)
class Run:
    """Characters that follow each other in a text, all of them marked or none."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Quotation:
    """A passage in its context; or a whole text, of which nothing is marked.

    ``start`` and ``end`` (exclusive) are code points of the text, ``spans`` all pieces of the
    passage: a page header may cut it in two. ``text`` is what stands from ``start`` to ``end``,
    ``before`` and ``after`` are the lines around it. ``heading`` is what it stands under, healed;
    empty where there is none.
    """

    source: Source
    document: Document
    locator: str
    heading: str
    start: int
    end: int
    spans: tuple[Span, ...]
    before: str
    text: str
    after: str
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """What is marked, healed: its pieces on one line."""
        return " … ".join(healed(run.text) for run in self.runs if run.marked)

    @property
    def is_whole(self) -> bool:
        """Whether it is the text from its beginning to its end."""
        return not self.spans

    def to_json(self) -> dict[str, Any]:
        """The quotation as an object of JSON."""
        return {
            "source": self.source.iri,
            "title": self.source.label,
            "issued": self.source.issued.isoformat(),
            "file": self.document.name,
            "sha256": self.document.sha256,
            "locator": self.locator,
            "heading": self.heading,
            "start": self.start,
            "end": self.end,
            "spans": [asdict(span) for span in self.spans],
            "before": self.before,
            "text": self.text,
            "after": self.after,
        }


def whole(source: Source, document: Document) -> Quotation:
    """All of the text of *source*."""
    text = document.text
    return Quotation(
        source=source,
        document=document,
        locator="",
        heading="",
        start=0,
        end=len(text),
        spans=(),
        before="",
        text=text,
        after="",
        runs=(Run(text, marked=False),),
    )


def quote(
    source: Source,
    document: Document,
    structure: Outline,
    span: Span,
    *,
    others: Sequence[Span] = (),
    locator: str = "",
    around: int,
) -> Quotation:
    """The passage *span* of a text, which it lies in, with so many lines *around* it.

    Args:
        source: whose text it is.
        document: the text.
        structure: the headings of the text.
        span: the passage, or the piece of it that was asked for.
        others: the other pieces of it; those nearby are shown and marked, too.
        locator: how it is cited; where it stands, if that is not said.
        around: lines before and after.
    """
    near = [other for other in others if _distance(other, span) <= _APART]
    first = min(each.start for each in (span, *near))
    last = max(each.end for each in (span, *near))
    shown = Span(_back(document.text, first, around), _on(document.text, last, around))
    return Quotation(
        source=source,
        document=document,
        locator=locator or structure.locator(span),
        heading=_heading(structure, span),
        start=span.start,
        end=span.end,
        spans=tuple(sorted({span, *others})),
        before=document.text[shown.start : span.start],
        text=document.text[span.start : span.end],
        after=document.text[span.end : shown.end],
        runs=tuple(_runs(document.text, shown, sorted({span, *near}))),
    )


def _heading(structure: Outline, span: Span) -> str:
    """The heading above *span*; none where that belongs to another part of the file."""
    section = structure.section(span.start)
    found = (heading for heading in structure.headings if heading.start == section.start)
    return next((heading.text for heading in found), "")


def _runs(text: str, shown: Span, marked: Sequence[Span]) -> Iterator[Run]:
    """The text of *shown*, cut where a mark begins or ends; *marked* is in its order."""
    place = shown.start
    for span in marked:
        if place < span.start:
            yield Run(text[place : span.start], marked=False)
        if place < span.end:
            yield Run(text[max(place, span.start) : span.end], marked=True)
            place = span.end
    if place < shown.end:
        yield Run(text[place : shown.end], marked=False)


def _back(text: str, place: int, lines: int) -> int:
    """The beginning of the line that is so many *lines* before the one of *place*."""
    place = text.rfind("\n", 0, place) + 1
    for _line in range(lines):
        if place == 0:
            break
        place = text.rfind("\n", 0, place - 1) + 1
    return place


def _on(text: str, place: int, lines: int) -> int:
    """The end of the line that is so many *lines* after the one that ends behind *place*."""
    for _line in range(lines + 1):
        place = text.find("\n", place) + 1
        if place == 0:
            return len(text)
    return place - 1


def _distance(one: Span, other: Span) -> int:
    """The characters that lie between two spans."""
    return max(one.start - other.end, other.start - one.end, 0)
