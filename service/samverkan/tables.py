"""What a named query gives, whole or a page of it, in the format that is asked for.

A page is the same rows in every format: the whole result is had once, cut, and written anew by the
engine's own serialisers, except CSV, which is for people (:mod:`samverkan.spreadsheet`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

from samverkan import results, sparql, spreadsheet
from samverkan.catalogue import NamedQuery
from samverkan.errors import ParameterError
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import mark as _
from samverkan.sparql import RESULT_FORMATS, Result, Wanted

CSV = "text/csv"
_JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Page:
    """Which rows are asked for: *limit* of them (None: all) after the first *offset*."""

    limit: int | None = None
    offset: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is all rows."""
        return self.limit is None and self.offset == 0

    def steps(self, total: int) -> dict[str, Page]:
        """The pages to go to from this one of *total* rows, by link relation (RFC 8288).

        Empty where no limit makes pages of the rows.
        """
        if self.limit is None:
            return {}
        last = max(0, (total - 1) // self.limit * self.limit)
        steps = {"first": Page(self.limit), "last": Page(self.limit, last)}
        if self.offset > 0:
            steps["prev"] = Page(self.limit, max(0, min(self.offset - self.limit, last)))
        if self.offset + self.limit < total:
            steps["next"] = Page(self.limit, self.offset + self.limit)
        return steps


@dataclass(frozen=True)
class Extract:
    """The result, and how many rows there are in all; None where it has no rows."""

    result: Result
    total: int | None = None


def extract(
    knowledge: Knowledge,
    reading: Reading,
    wanted: Wanted,
    page: Page = Page(),
    *,
    bom: bool = False,
) -> Extract:
    """The *page* of what *reading* gives, in the format of *wanted*; *bom* is for CSV.

    Raises:
        NotAcceptableError: the result is of a kind that *wanted* has no format for.
        ParameterError: a page is asked for of what has no rows.
    """
    text = knowledge.text(reading)
    plain = Wanted(_JSON if wanted.results else None, wanted.graph)
    whole = sparql.serialised(knowledge.dataset, text, plain)
    if whole.media_type not in RESULT_FORMATS:
        if not page.is_whole:
            raise ParameterError(
                _("{query} gives a graph, which has no pages: leave {name} out."),
                query=reading.query.name,
                name="limit" if page.limit is not None else "offset",
            )
        return Extract(whole)
    found = json.loads(whole.body)
    media_type = wanted.results or _JSON
    if "boolean" in found:
        return Extract(_rewritten(found, media_type))
    rows = found["results"]["bindings"]
    total = len(rows)
    if page.is_whole and media_type == _JSON:
        return Extract(whole, total)
    end = None if page.limit is None else page.offset + page.limit
    found["results"]["bindings"] = rows[page.offset : end]
    if media_type == CSV:
        return Extract(Result(CSV, _csv(found, bom=bom)), total)
    return Extract(_rewritten(found, media_type), total)


def columns(query: NamedQuery) -> tuple[str, ...]:
    """The names of the columns that *query* gives; none where it gives no rows."""
    found = Store().query(query.text)  # of nothing: only what it asks for matters
    if not isinstance(found, QuerySolutions):
        return ()
    return tuple(variable.value for variable in found.variables)


def _rewritten(found: dict[str, Any], media_type: str) -> Result:
    """A result in SPARQL JSON, in another of its formats."""
    told = parse_query_results(json.dumps(found), QueryResultsFormat.JSON)
    return results.written(told, Wanted(media_type, None))


def _csv(found: dict[str, Any], *, bom: bool) -> bytes:
    """A result in SPARQL JSON as CSV: values without type and language, nothing where unbound."""
    names = found["head"]["vars"]
    rows = ([row.get(name, {}).get("value", "") for name in names] for row in _rows(found))
    return spreadsheet.table(names, rows, bom=bom).encode()


def _rows(found: dict[str, Any]) -> list[dict[str, dict[str, str]]]:
    return list(found["results"]["bindings"])
