"""Whether a passage stands where its locator says.

Locators are those of ``data/README.md``: ``§ n``; the text of a heading; a heading and
``› punkt n``, the n-th bullet under it; and the words for what has no heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from samverkan.documents import layout, outline
from samverkan.documents.outline import HEAD, PAGE_HEADER, SIGNATURES, STEP, Kind, Outline
from samverkan.documents.passages import Span

_SECTION = re.compile(r"§\s*(\d+)")
_WORDS = (HEAD, PAGE_HEADER, SIGNATURES)


class Misplaced(Enum):
    """What can be wrong with a locator."""

    NO_HEADING = "no heading"
    ELSEWHERE = "elsewhere"
    NO_BULLET = "no bullet"
    OTHER_BULLET = "other bullet"
    NOT_HEAD = "not the head"
    NOT_SIGNATURES = "not the signatures"


@dataclass(frozen=True)
class Placement:
    """The headings that the locators of one source know of, in its text.

    A passage belongs to the nearest heading above it. Headings that no locator of the source names
    count only where they are numbered: other lines may look like headings and be none.
    """

    structure: Outline
    places: dict[str, tuple[Span, ...]]
    headings: tuple[Span, ...]
    under_headings: tuple[Span, ...]

    def fault(self, locator: str, spans: Sequence[Span]) -> Misplaced | None:
        """What is wrong with *locator* for a piece of evidence with these spans; None if nothing.

        A span that is a heading itself may stand above the passage: "For Region X", and the entry.
        """
        if locator in _WORDS:
            return self._fault_of_word(locator, spans)
        heading, _step, number = locator.partition(STEP)
        if not self.places.get(heading):
            return Misplaced.NO_HEADING
        under = [span for span in spans if self._above(span.start) in self.places[heading]]
        others = [span for span in spans if span not in under]
        if not under or not all(self._is_heading(span) for span in others):
            return Misplaced.ELSEWHERE
        if any(span.start < other.start < span.end for span in under for other in self.headings):
            return Misplaced.ELSEWHERE
        below = [span for span in under if not self._is_heading(span)]
        return self._fault_of_bullet(number, below) if number else None

    def _fault_of_bullet(self, number: str, spans: Sequence[Span]) -> Misplaced | None:
        bullets = [self._bullet(number, span) for span in spans]
        if not bullets or None in bullets:
            return Misplaced.NO_BULLET
        within = (b is not None and b.holds(s) for b, s in zip(bullets, spans, strict=True))
        return None if all(within) else Misplaced.OTHER_BULLET

    def _fault_of_word(self, locator: str, spans: Sequence[Span]) -> Misplaced | None:
        """The head stands before all that has a heading, signatures behind it."""
        if not self.under_headings or locator == PAGE_HEADER:
            return None
        first = min(span.start for span in self.under_headings)
        last = max(span.start for span in self.under_headings)
        if locator == HEAD and any(span.end > first for span in spans):
            return Misplaced.NOT_HEAD
        if locator == SIGNATURES and any(span.start <= last for span in spans):
            return Misplaced.NOT_SIGNATURES
        return None

    def _above(self, position: int) -> Span | None:
        above = [heading for heading in self.headings if heading.start <= position]
        return max(above, default=None)

    def _is_heading(self, span: Span) -> bool:
        return any(heading.holds(span) for heading in self.headings)

    def _bullet(self, number: str, span: Span) -> Span | None:
        """The bullet of that number under the heading above *span*."""
        above = self._above(span.start)
        if above is None or not number.isdigit():
            return None
        until = min((h.start for h in self.headings if h > above), default=outline.END)
        bullets = self.structure.bullet_spans(above.end, until)
        return bullets[int(number) - 1] if 0 < int(number) <= len(bullets) else None


def placement(
    text: str, structure: Outline, pieces: Iterable[tuple[str, Sequence[Span]]]
) -> Placement:
    """The placement for a source that has those locators, with their spans, in *text*."""
    cited = list(pieces)
    names = {locator.partition(STEP)[0] for locator, _spans in cited} - set(_WORDS)
    places = {name: _places(text, structure, name) for name in names}
    sure = {Span(h.start, h.end) for h in structure.headings if h.kind is not Kind.LINE}
    named = {span for found in places.values() for span in found}
    under = [span for locator, spans in cited if locator not in _WORDS for span in spans]
    return Placement(structure, places, tuple(sorted(sure | named)), tuple(under))


def _places(text: str, structure: Outline, name: str) -> tuple[Span, ...]:
    if section := _SECTION.fullmatch(name):
        return tuple(
            Span(heading.start, heading.end)
            for heading in structure.headings
            if heading.locator == f"§ {section[1]}"
        )
    return layout.places_of(text, name)
