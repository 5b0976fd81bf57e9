"""A list as data: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from samverkan import spreadsheet
from samverkan.lists.choice import Choice
from samverkan.lists.listing import Cells, Listing, Value


def table(listing: Listing, rows: Sequence[Cells], *, bom: bool = False) -> str:
    """*rows* as CSV: each column, and after one of things their addresses as ``…_iri``.

    Several values in a cell have ``"; "`` between.
    """
    linked = {
        column.name
        for column in listing.columns
        if any(value.iri for row in rows for value in row[column.name])
    }
    names = [
        name
        for column in listing.columns
        for name in (column.name, *([f"{column.name}_iri"] if column.name in linked else []))
    ]
    return spreadsheet.table(names, (list(_texts(listing, row, linked)) for row in rows), bom=bom)


def _texts(listing: Listing, row: Cells, linked: set[str]) -> Iterator[str]:
    for column in listing.columns:
        yield "; ".join(value.label for value in row[column.name])
        if column.name in linked:
            yield "; ".join(value.iri or "" for value in row[column.name])


def as_json(
    listing: Listing, choice: Choice, rows: Sequence[Cells], on_date: date, known_on: str
) -> dict[str, Any]:
    """The *rows* that are sent of a *choice*, what was chosen, and the counts, as plain data."""
    return {
        "list": listing.name,
        "on_date": on_date.isoformat(),
        "known_on": known_on or None,
        "total": choice.total,
        "chosen": len(choice.rows),
        "filters": [
            {
                "name": facet.filter.name,
                "chosen": facet.chosen,
                "values": [dict(vars(option)) for option in facet.options],
            }
            for facet in choice.facets
        ],
        "rows": [
            {name: [_plain(value) for value in values] for name, values in row.items()}
            for row in rows
        ],
    }


def _plain(value: Value) -> dict[str, str | None]:
    return {"code": value.code, "label": value.label, "iri": value.iri}
