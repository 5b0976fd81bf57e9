"""One source held against its text: the text itself, the spans in it, and where they stand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from samverkan.documents import passages
from samverkan.documents.evidence import Piece, Source
from samverkan.documents.failure import Check, Failure
from samverkan.documents.outline import STEP, Outline, outline
from samverkan.documents.passages import Document, Span, cuts_a_word
from samverkan.documents.placement import Misplaced, Placement, placement
from samverkan.errors import DocumentError
from samverkan.language import mark as _

# What is wrong, and what to do about it.
Fault = tuple[str, str]

_HEADING_ABOVE = _("Name the heading or § that is nearest above the passage.")
_COUNT_BULLETS = _("Count the bullets from 1 under the nearest heading above.")
_MISPLACED: dict[Misplaced, Fault] = {
    Misplaced.NO_HEADING: (
        _("no line of the text reads “{heading}” as a heading"),
        _("Write the heading as it is printed; samverkan sources locate tells it."),
    ),
    Misplaced.ELSEWHERE: (_("the passage does not stand under “{heading}”"), _HEADING_ABOVE),
    Misplaced.NO_BULLET: (_("there is no bullet {bullet} under “{heading}”"), _COUNT_BULLETS),
    Misplaced.OTHER_BULLET: (
        _("the passage does not stand in bullet {bullet} under “{heading}”"),
        _COUNT_BULLETS,
    ),
    Misplaced.NOT_HEAD: (
        _("the passage does not stand before all that has a heading"),
        _HEADING_ABOVE,
    ),
    Misplaced.NOT_SIGNATURES: (
        _("the passage does not stand behind all that has a heading"),
        _HEADING_ABOVE,
    ),
}
_COUNT_AGAIN = _("Count the span again: samverkan sources locate tells it.")


class Reading:
    """A source, its pieces of evidence, and its text where that is the one that was read."""

    def __init__(self, source: Source, pieces: Sequence[Piece], folder: Path) -> None:
        self.source = source
        self.pieces = tuple(pieces)
        self._folder = folder

    @property
    def document(self) -> Document | None:
        """The text, or None where it cannot be held against anything."""
        return self._text if isinstance(self._text, Document) else None

    @property
    def _words(self) -> str:
        return self.document.text if self.document else ""

    @cached_property
    def structure(self) -> Outline:
        """The headings and bullets of the text."""
        return outline(self._words)

    def failures(self) -> Iterator[Failure]:
        """What fails of the text; or of each piece its spans, or else its locator."""
        if isinstance(self._text, Failure):
            yield self._text
        for piece in self.pieces if self.document else ():
            unsound = [(span, fault) for span in piece.spans if (fault := self._fault(span))]
            for span, (wrong, remedy) in unsound:
                yield self._failure(
                    Check.SPAN, wrong, remedy, piece=piece, start=span.start, end=span.end
                )
            if not unsound:
                yield from self._misplaced(piece)

    def is_sound(self, piece: Piece) -> bool:
        """Whether the text is there and all the spans of *piece* lie well in it."""
        return self.document is not None and not any(self._fault(span) for span in piece.spans)

    def words(self, pieces: Sequence[Piece]) -> str:
        """The passages of *pieces*, in the order of the text."""
        text = self._words
        spans = sorted({span for piece in pieces for span in piece.spans})
        return "\n".join(text[span.start : span.end] for span in spans)

    def context(self, pieces: Sequence[Piece]) -> str:
        """What a reader has read under the same headings when the passages end."""
        text = self._words
        spans = sorted({span for piece in pieces for span in piece.spans})
        return "\n".join(
            text[self.structure.section(span.start).start : span.end] for span in spans
        )

    @cached_property
    def _text(self) -> Document | Failure | None:
        """The text; else why it is not to be used; None where nothing rests on it."""
        if not self.source.file:
            if not (self.source.held or self.pieces):
                return None
            return self._failure(
                Check.TEXT,
                _("the text of the document is at hand, and no file is named"),
                _("Add smv:textFile and smv:textSha256 to the source, or say smv:held false."),
            )
        remedy = _("Put the file into the folder, or correct smv:textFile.")
        try:
            path = passages.file_in(self._folder, self.source.file)
        except DocumentError as error:
            return self._failure(Check.TEXT, error.message, remedy, None, **error.values)
        # Not Path.is_file: that raises for a name that is too long.
        if not os.path.isfile(path):  # noqa: PTH113
            wrong = _("the text is not there; its spans are not checked")
            return self._failure(Check.TEXT, wrong, remedy)
        return self._checked(path)

    def _checked(self, path: Path) -> Document | Failure:
        try:
            document = passages.read(path)
        except DocumentError as error:
            remedy = _("Save it as UTF-8, with the characters that were counted.")
            return self._failure(Check.TEXT, error.message, remedy, None, **error.values)
        if document.sha256 == self.source.sha256:
            return document
        return self._failure(
            Check.TEXT,
            _("the checksum of the text is {found}, and not {noted}; its spans are not checked"),
            _("Get the text that was read, or count its spans again and note the new checksum."),
            found=document.sha256,
            noted=self.source.sha256 or "–",
        )

    def _fault(self, span: Span) -> Fault | None:
        """What is wrong with a span, if anything."""
        text = self._words
        if span.start >= span.end:
            return _("the span {start}–{end} is empty"), _COUNT_AGAIN
        if span.start < 0 or span.end > len(text):
            return _("the span {start}–{end} does not lie in the text"), _COUNT_AGAIN
        words = text[span.start : span.end]
        if words != words.strip():
            return _("the span {start}–{end} begins or ends in white space"), _COUNT_AGAIN
        if cuts_a_word(text, span.start) or cuts_a_word(text, span.end):
            return _("the span {start}–{end} cuts a word"), _COUNT_AGAIN
        return None

    @cached_property
    def _placement(self) -> Placement:
        cited = [(piece.locator, piece.spans) for piece in self.pieces if self.is_sound(piece)]
        text = self._words
        return placement(text, self.structure, cited)

    def _misplaced(self, piece: Piece) -> Iterator[Failure]:
        if fault := self._placement.fault(piece.locator, piece.spans):
            heading, _step, bullet = piece.locator.partition(STEP)
            wrong, remedy = _MISPLACED[fault]
            yield self._failure(
                Check.LOCATOR, wrong, remedy, piece=piece, heading=heading, bullet=bullet
            )

    def _failure(
        self, check: Check, wrong: str, remedy: str, piece: Piece | None = None, **values: object
    ) -> Failure:
        return Failure(
            check,
            wrong,
            remedy,
            file=self.source.file,
            source=self.source.iri,
            evidence=piece.iri if piece else "",
            values=values,
        )
