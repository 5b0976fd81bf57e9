"""The texts at hand: of the sources whose documents lie in a folder, as the graph knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from samverkan.documents import evidence, passages, quotation
from samverkan.documents.evidence import Piece
from samverkan.documents.failure import Failure
from samverkan.documents.outline import Outline
from samverkan.documents.passages import Document, Span
from samverkan.documents.quotation import Quotation
from samverkan.documents.reading import Reading
from samverkan.errors import NotFoundError, ParameterError
from samverkan.language import mark as _
from samverkan.store import Dataset, Source

# Lines that are shown before and after a passage where nothing else is asked for, and at most.
AROUND, MOST_AROUND = 6, 1000


@dataclass(frozen=True)
class Text:
    """A text, and its headings and bullets."""

    document: Document
    structure: Outline


@dataclass(frozen=True)
class Texts:
    """The texts that may be quoted.

    Attributes:
        folder: where they were read; None where the service was given none.
        by_source: source (IRI) → its text, which has the checksum that the graph notes.
        pieces: source and span → the piece of evidence that it belongs to.
        failures: why the texts of other sources cannot be shown.
    """

    folder: Path | None = None
    by_source: Mapping[str, Text] = field(default_factory=dict)
    pieces: Mapping[tuple[str, Span], Piece] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def has(self, source: str) -> bool:
        """Whether the text of the source (IRI) can be quoted."""
        return source in self.by_source

    def whole(self, source: Source) -> Quotation:
        """All of the text of *source*.

        Raises:
            NotFoundError: it is not at hand.
        """
        return quotation.whole(source, self._text(source).document)

    def quote(self, source: Source, span: Span, around: int = AROUND) -> Quotation:
        """The passage *span* of the text of *source*, with so many lines *around* it.

        Raises:
            NotFoundError: the text is not at hand, or the span does not lie in it.
            ParameterError: the span is empty.
        """
        text = self._text(source)
        if span.start >= span.end:
            raise ParameterError(_("end must be greater than start."), name="end")
        if span.end > len(text.document.text):
            raise NotFoundError(
                _("The text has {count} characters: {start} to {end} does not lie in it."),
                count=len(text.document.text),
                start=span.start,
                end=span.end,
            )
        piece = self.pieces.get((source.iri, span))
        return quotation.quote(
            source,
            text.document,
            text.structure,
            span,
            others=piece.spans if piece else (),
            locator=piece.locator if piece else "",
            around=around,
        )

    def _text(self, source: Source) -> Text:
        if self.folder is None:
            raise NotFoundError(
                _("The service has not been given the texts of the documents: none is shown here.")
            )
        if source.iri not in self.by_source:
            raise NotFoundError(_("The text of {label} is not shown here."), label=source.label)
        return self.by_source[source.iri]


def load(dataset: Dataset, folder: Path | None) -> Texts:
    """The texts in *folder* of the sources of *dataset*; none without a folder.

    A text that is not the one that was read, by its checksum, is not among them.

    Raises:
        DocumentError: there is no such folder.
    """
    if folder is None:
        return Texts()
    passages.require_folder(folder)
    readings = [Reading(source, (), folder) for source in evidence.sources_of(dataset)]
    return Texts(
        folder,
        {r.source.iri: Text(r.document, r.structure) for r in readings if r.document},
        {(piece.source, s): piece for piece in evidence.pieces_of(dataset) for s in piece.spans},
        tuple(failure for reading in readings for failure in reading.failures()),
    )
