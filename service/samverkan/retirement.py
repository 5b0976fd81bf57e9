"""Addresses that are used no more, and what has come in their place: ``data/retired.ttl``.

An address is never used for another thing. One that was given by mistake, or of two that turned
out to be one, is retired instead: it is ``owl:deprecated true``, with ``dcterms:isReplacedBy``
where something took its place, ``dcterms:date`` the day on which that was done, and an
``rdfs:comment`` that says why. Retired addresses are no part of the graph, which holds what sources
say. Without the file there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from samverkan import store
from samverkan.content import Content
from samverkan.errors import ContentError
from samverkan.language import DEFAULT
from samverkan.language import mark as _
from samverkan.namespaces import ID, address, compact
from samverkan.store import Dataset

_TERMS = ("owl:deprecated", "dcterms:isReplacedBy", "dcterms:date", "rdfs:comment")


@dataclass(frozen=True)
class Retired:
    """An address that is used no more: what replaces it, since when, and why, by language."""

    iri: str
    replaced_by: tuple[str, ...]
    since: date | None
    reasons: Mapping[str, str]

    def reason(self, code: str) -> str:
        """Why, in the language of *code*, or else in Swedish, or in none."""
        return self.reasons.get(code) or self.reasons.get(DEFAULT) or ""


def load(content: Content, dataset: Dataset) -> dict[str, Retired]:
    """The retired addresses of *content*, whose graph is *dataset*, by IRI.

    Raises:
        ContentError: the file is no Turtle; an address is retired and in use, or replaced by one
            that is neither in use nor retired, or by itself in the end.
    """
    path = content.retired
    told: dict[str, dict[str, list[Any]]] = {}
    for triple in store.beside(path)[0]:
        values = told.setdefault(getattr(triple.subject, "value", ""), {})
        values.setdefault(compact(triple.predicate.value), []).append(triple.object)
    found = {iri: _retired(path, iri, values) for iri, values in told.items()}
    for retired in found.values():
        _make_sure_it_ends(path, retired, found, dataset)
    return found


def _retired(path: Path, iri: str, values: Mapping[str, list[Any]]) -> Retired:
    unknown = sorted(values.keys() - set(_TERMS))
    if unknown or [value.value for value in values.get("owl:deprecated", [])] != ["true"]:
        raise ContentError(
            _(
                "{path}: {iri} needs owl:deprecated true, and takes of other properties only"
                " {names}."
            ),
            path=path,
            iri=address(iri),
            names=", ".join(_TERMS[1:]),
        )
    days = [value.value for value in values.get("dcterms:date", []) if isinstance(value, Literal)]
    try:
        since = date.fromisoformat(days[0]) if days else None
    except ValueError as error:
        raise ContentError(
            _("{path}: {iri} has a dcterms:date that is no day."), path=path, iri=address(iri)
        ) from error
    comments: Iterable[Any] = values.get("rdfs:comment", [])
    return Retired(
        iri,
        tuple(sorted(str(value.value) for value in values.get("dcterms:isReplacedBy", []))),
        since,
        {comment.language or DEFAULT: comment.value for comment in comments},
    )


def _make_sure_it_ends(
    path: Path, retired: Retired, found: Mapping[str, Retired], dataset: Dataset
) -> None:
    """Whatever replaces an address is in the graph, or is retired and leads there or to an end."""
    if not retired.iri.startswith(ID) or dataset.has(retired.iri):
        raise ContentError(
            _("{path}: {iri} is retired, and is in the graph or none of its addresses."),
            path=path,
            iri=address(retired.iri),
        )
    seen, ahead = {retired.iri}, list(retired.replaced_by)
    while ahead:
        iri = ahead.pop()
        later = found.get(iri)
        if iri == retired.iri or not (later or (iri.startswith(ID) and dataset.has(iri))):
            raise ContentError(
                _("{path}: {iri} is replaced by {other}, which is nothing in the graph."),
                path=path,
                iri=address(retired.iri),
                other=address(iri),
            )
        if later and iri not in seen:
            seen.add(iri)
            ahead += later.replaced_by
