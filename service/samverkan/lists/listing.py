"""What a list is: the query of its rows, its columns, its filters; described, not programmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from samverkan.language import mark as _

# What a filter takes for rows that have something, or nothing, in its column, and for all rows.
KNOWN, NONE, ANY = "known", "none", "any"
NAME = "q"


@dataclass(frozen=True)
class Value:
    """What stands in a cell: the code that a filter takes for it, its label, and its IRI if any."""

    code: str
    label: str
    iri: str | None = None


# What stands in the cells of one row, by name of column.
Cells = Mapping[str, tuple[Value, ...]]
# The codes of a column that is worked out from the others, as of a day.
Derived = Callable[[Cells, date], tuple[str, ...]]
# Codes and the messages that say them.
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Column:
    """One column: its name in addresses and data, its heading, where its values come from.

    ``variable`` is that of the query, if it is called otherwise; ``many`` tells that it holds
    several values with ``" | "`` between; ``words`` say codes that are no labels. ``derived`` works
    the codes out. A column that is not ``shown`` is there for filters and for data. ``number`` and
    ``day`` say how it is set and sorted, ``gap`` what is written where there is no value.
    """

    name: str
    heading: str
    variable: str = ""
    many: bool = False
    words: Words = ()
    derived: Derived | None = None
    shown: bool = True
    number: bool = False
    day: bool = False
    gap: str = ""

    @property
    def source(self) -> str:
        """The variable that it shows."""
        return self.variable or self.name


@dataclass(frozen=True)
class Filter:
    """A way to choose rows by what stands in a column.

    With ``presence`` it takes ``known`` and ``none`` only. ``default`` holds where the address says
    nothing; ``missing`` is how rows without a value are called; ``newest`` lists values backwards.
    """

    name: str
    heading: str
    column: str
    presence: bool = False
    default: str = ANY
    missing: str = _("not said")
    newest: bool = False


@dataclass(frozen=True)
class Listing:
    """A list: its name, words, query, columns and filters.

    ``key`` is the variable of the thing that a row is about: rows of the query that share it are
    one. ``asks`` are the parameters that the query is asked with, one time each. ``overview`` is
    the filter whose values are counted above the rows; ``sort`` the column that orders them, with a
    minus if backwards, or nothing for the order of the query. ``counted`` names a column whose
    different values are counted besides the rows, and the message that says so.
    """

    name: str
    title: str
    lead: str
    query: str
    key: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    overview: str
    sort: str = ""
    asks: tuple[tuple[tuple[str, str], ...], ...] = ((),)
    counted: tuple[str, str] | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the page."""
        return tuple(column for column in self.columns if column.shown)

    @property
    def sorts(self) -> tuple[str, ...]:
        """What ``sort`` takes: each column, and each backwards."""
        return tuple(f"{sign}{column.name}" for column in self.shown for sign in ("", "-"))
