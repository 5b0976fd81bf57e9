"""A passage that somebody looks for → where it stands, and the Turtle that cites it.

The names of the things are those of ``data/README.md``: ``evidence:<source>-<locator>-<words>`` and
``selector:<source>-<start>-<end>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samverkan import sparql
from samverkan.documents import outline, passages
from samverkan.documents.passages import Document, Span
from samverkan.errors import DocumentError, PassageError
from samverkan.language import mark as _
from samverkan.names import words
from samverkan.namespaces import ID, PROLOGUE
from samverkan.store import Dataset

_SPANS = """
SELECT ?file ?source ?start ?end WHERE {
  ?source smv:textFile ?file .
  OPTIONAL {
    ?evidence oa:hasSource ?source ; oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end .
  }
}
"""
_SECTION = re.compile(r"§\s*")
# What a text of Turtle writes as an escape, so that it can be read and copied.
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_LONGEST_SLUG = 40
_LONGEST_HINT = 160
_LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Citation:
    """One place where the text stands: the words there, and what to call the source."""

    file: str
    source: str
    span: Span
    locator: str
    words: str
    slug: str

    @property
    def turtle(self) -> str:
        """The evidence and its selector, to paste into the source's file."""
        start, end = self.span.start, self.span.end
        locator = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04X}", self.locator)
        selector = f"selector:{self.source}-{start}-{end}"
        return (
            f"evidence:{self.slug} a smv:Evidence, oa:SpecificResource ;\n"
            f"    oa:hasSource source:{self.source} ;\n"
            f'    smv:locator "{locator}" ;\n'
            f"    oa:hasSelector {selector} .\n\n"
            f"{selector} a oa:TextPositionSelector ;\n"
            f"    oa:start {start} ;\n"
            f"    oa:end {end} .\n"
        )


def cite(dataset: Dataset, folder: Path, text: str, name: str | None = None) -> list[Citation]:
    """Every place where *text* stands in the documents of *folder*, or in the one called *name*.

    Raises:
        DocumentError: there is no text to look for, or there are no documents to look in.
        PassageError: it stands nowhere; the message has the passage that is most like it.
    """
    if len(text) > _LONGEST_TEXT:
        raise DocumentError(
            _("Look for a text of at most {limit} characters."), limit=_LONGEST_TEXT
        )
    if not passages.folded(text):
        raise DocumentError(_("Say which text to look for."))
    documents = passages.read_all(folder, name)
    sources = _sources(dataset)
    taken = _taken(dataset)
    found = [
        citation
        for document in documents
        for citation in _citations(
            document, document.find(text), sources.get(document.name, ()), taken
        )
    ]
    if not found:
        raise _nowhere(documents, text)
    return found


def slug(text: str) -> str:
    """*text* as a part of a name: ASCII, small letters, whole words, not long."""
    name = ""
    for word in re.findall(r"[a-z0-9]+", "-".join(words(text))):
        if name and len(name) + len(word) >= _LONGEST_SLUG:
            break
        name = f"{name}-{word}" if name else word[:_LONGEST_SLUG]
    return name


def _citations(
    document: Document,
    spans: Sequence[Span],
    sources: Sequence[tuple[str, Span | None]],
    taken: set[str],
) -> Iterator[Citation]:
    """The citations of *spans*; their names are added to those that are *taken*."""
    structure = outline.outline(document.text)
    for span in spans:
        source = _nearest(sources, span) or slug(Path(document.name).stem) or "source"
        locator, read = structure.locator(span), document.read(span)
        name = _name(source, locator, read)
        if name in taken:
            name = f"{name}-{span.start}"
        taken.add(name)
        yield Citation(document.name, source, span, locator, read, name)


def _name(source: str, locator: str, read: str) -> str:
    """``<source>-<locator>-<words>``, each of the last two shortened to whole words."""
    heading, _step, number = _SECTION.sub("paragraf ", locator).partition(outline.STEP)
    bullet = f"punkt-{number}" if number else ""
    return "-".join(part for part in (source, slug(heading), bullet, slug(read)) if part)


def _taken(dataset: Dataset) -> set[str]:
    """The names that the evidence in the graph has already."""
    rows = sparql.select(dataset, PROLOGUE + "SELECT ?evidence { ?evidence a smv:Evidence }")
    return {row["evidence"].value.removeprefix(f"{ID}evidence/") for row in rows}


def _sources(dataset: Dataset) -> dict[str, list[tuple[str, Span | None]]]:
    """File → the sources that it holds, once for each span that is cited of them."""
    found: dict[str, list[tuple[str, Span | None]]] = {}
    for row in sparql.select(dataset, PROLOGUE + _SPANS):
        span = Span(int(row["start"].value), int(row["end"].value)) if "start" in row else None
        source = row["source"].value.removeprefix(f"{ID}source/")
        found.setdefault(row["file"].value, []).append((source, span))
    return found


def _nearest(sources: Sequence[tuple[str, Span | None]], span: Span) -> str | None:
    """The source whose cited spans lie nearest to *span*; one that has none comes last."""

    def distance(source: tuple[str, Span | None]) -> tuple[float, str]:
        slug, other = source
        if other is None:
            return float("inf"), slug
        return max(other.start - span.end, span.start - other.end, 0), slug

    return min(sources, key=distance)[0] if sources else None


def _nowhere(documents: Sequence[Document], text: str) -> PassageError:
    scored = [(document.nearest(text), document) for document in documents]
    (_score, span), document = max(scored, key=lambda pair: pair[0][0])
    words = document.read(span)
    return PassageError(
        _("“{text}” stands in none of the texts. Nearest: {file}, {start}–{end}: “{passage}”."),
        text=_shortened(text),
        file=document.name,
        start=span.start,
        end=span.end,
        passage=_shortened(words),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_HINT else text[:_LONGEST_HINT] + "…"
