"""Rows of a named query → the rows of a list, in a language: one for each thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.lists.listing import Cells, Column, Listing, Value
from samverkan.namespaces import DEF, ID
from samverkan.sparql import Row

# Between the values of a cell; what is an IRI may have its label behind it.
_BETWEEN = re.compile(r" \| ")
_KEPT = 64  # lists, each in a language and as of a day


@lru_cache(maxsize=_KEPT)
def rows_of(
    knowledge: Knowledge, listing: Listing, language: Language, on_date: date, known_on: str
) -> tuple[Cells, ...]:
    """All rows of *listing*, as of a day and as known on another (empty: all sources).

    They are made once: neither the graph nor what it shows of a day changes.

    Raises:
        ParameterError: *known_on* is no day.
    """
    query = knowledge.catalogue[listing.query]
    takes_a_day = any(parameter.name == ON_DATE for parameter in query.parameters)
    given = {KNOWN_ON: known_on, **({ON_DATE: on_date.isoformat()} if takes_a_day else {})}
    found: dict[str, dict[str, dict[str, Value]]] = {}
    for asked in listing.asks:
        for row in knowledge.ask(listing.query, **given, **dict(asked)):
            cells = found.setdefault(row[listing.key].value, {})
            for column in listing.columns:
                values = _values(knowledge, row, column, language)
                cells.setdefault(column.name, {}).update({each.code: each for each in values})
    plain = (
        {name: tuple(cell.values()) for name, cell in cells.items()} for cells in found.values()
    )
    return tuple(_derived(listing, cells, on_date, language) for cells in plain)


def _values(knowledge: Knowledge, row: Row, column: Column, language: Language) -> Iterator[Value]:
    term = row.get(column.source)
    if term is None or not term.value:
        return
    words = dict(column.words)
    told = row.get(f"{column.source}_label")
    for part in _BETWEEN.split(term.value) if column.many else [term.value]:
        iri, _space, label = part.partition(" ")
        if (told or column.many) and iri.startswith((ID, DEF)):
            known = knowledge.names.label(iri, language.code)
            label = told.value if told else label or iri
            yield Value(iri.rsplit("/", 1)[-1], known if known != iri else label, iri)
        else:
            yield Value(part, language.say(words[part]) if part in words else part)


def _derived(
    listing: Listing, cells: dict[str, tuple[Value, ...]], on_date: date, language: Language
) -> Cells:
    """*cells* with those that are worked out from the others."""
    for column in listing.columns:
        if column.derived:
            words = dict(column.words)
            codes = column.derived(cells, on_date)
            cells[column.name] = tuple(
                Value(code, language.say(words[code]) if code in words else code) for code in codes
            )
    return cells
