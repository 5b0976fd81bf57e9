"""Words of time against the days that stand beside them (MODEL 5, 7, 29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, QuerySolution, Store

from samverkan import edtf
from samverkan.integrity.faults import Fault, Term, select
from samverkan.language import mark as _
from samverkan.namespaces import term

_TIMES = """SELECT ?graph ?subject ?words ?start ?end ?open ?last {
    GRAPH ?graph {
        ?subject smv:edtf ?words
        OPTIONAL { ?subject dcat:startDate ?start }
        OPTIONAL { ?subject dcat:endDate ?end }
        OPTIONAL { ?subject smv:openEnd ?open }
        OPTIONAL { ?subject smv:deadline|dcterms:issued ?last }
    }
}"""


def faults(store: Store) -> Iterator[Fault]:
    """Words of time that are no EDTF, or that allow other days than the data say."""
    for row in select(store, _TIMES):
        words = row["words"].value
        try:
            extent = edtf.extent(words)
        except ValueError:
            yield Fault(
                row["graph"],
                _("{subject} has {property} {value}, and that is no time in EDTF as used here."),
                _(
                    "Write a day, month, year or season (2021-02-19, 2021-02, 2021, 2021-23 for its"
                    " autumn), from/to, from/.. without an end, from/ where the end is not known,"
                    " or [..2021-02-19] for some day up to that one."
                ),
                _terms(row),
            )
        else:
            yield from _days(row, extent)


def _days(row: QuerySolution, extent: edtf.Extent) -> Iterator[Fault]:
    try:
        start, end, last = (_day(row[name]) for name in ("start", "end", "last"))
    except ValueError:
        return  # no date: told by the rules of values
    if last is not None:
        if extent.end is None or not extent.end.may_end(last):
            yield Fault(
                row["graph"],
                _("{subject} has the day {other}, which is not the last one of {value}."),
                _("Write {latest}, or correct {property}."),
                {**_terms(row), "other": str(last), "latest": str(extent.latest or "–")},
            )
        return
    is_open = isinstance(row["open"], Literal) and row["open"].value in {"true", "1"}
    if extent.has(start, end) and extent.is_open == is_open:
        return
    yield Fault(
        row["graph"],
        _("{subject} lasts from {start} to {end}, and {property} {value} allows other days."),
        _("Write {wanted}, or correct {property}."),
        {
            **_terms(row),
            "start": str(start or "–"),
            "end": ".." if is_open else str(end or "–"),
            "wanted": _wanted(extent),
        },
    )


def _wanted(extent: edtf.Extent) -> str:
    """The days of *extent* as one writes them in a period."""
    days = {"dcat:startDate": extent.earliest, "dcat:endDate": extent.latest}
    parts = [f'{name} "{day}"^^xsd:date' for name, day in days.items() if day is not None]
    return " ; ".join([*parts, "smv:openEnd true"] if extent.is_open else parts)


def _terms(row: QuerySolution) -> dict[str, Term]:
    return {"subject": row["subject"], "property": term("smv:edtf"), "value": row["words"]}


def _day(value: object) -> date | None:
    return date.fromisoformat(value.value) if isinstance(value, Literal) else None
