"""What is chosen of a list: by which filters, in which order, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samverkan.errors import ParameterError
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.lists.listing import ANY, KNOWN, NAME, NONE, Cells, Filter, Listing, Value
from samverkan.names import fold

_TOLD = 30  # so many values are named to somebody who gives none of them
_LONGEST = 200
_LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "y"})
_PRESENCE = ((KNOWN, _("known")), (NONE, _("not known")))


@dataclass(frozen=True)
class Option:
    """A value that a filter takes: its code, its label, and how many rows it leaves."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Facet:
    """A filter with what is chosen of it, and its values, given what the others have chosen."""

    filter: Filter
    chosen: str
    options: tuple[Option, ...]
    count: int

    @property
    def is_at_default(self) -> bool:
        """Whether it chooses what it does where the address says nothing."""
        return self.chosen == self.filter.default

    @property
    def label(self) -> str:
        """What is chosen, in words; nothing where all is."""
        labels = {option.code: option.label for option in self.options}
        return labels.get(self.chosen, "")


@dataclass(frozen=True)
class Choice:
    """What is chosen: the rows in their order, and the filters with their counts.

    ``total`` is the number of all rows, ``different`` that of the values which the list counts.
    """

    rows: tuple[Cells, ...]
    total: int
    facets: tuple[Facet, ...]
    name: str
    sort: str
    different: int | None

    def facet(self, name: str) -> Facet:
        """The filter of that name."""
        return next(facet for facet in self.facets if facet.filter.name == name)


def choose(
    listing: Listing, rows: Sequence[Cells], given: Mapping[str, str], language: Language
) -> Choice:
    """What *given*, values by name of filter, chooses of the *rows* of *listing*.

    A value is the end of an IRI, a whole IRI, a label or a code; ``q`` is a part of the name,
    ``sort`` the column to sort by.

    Raises:
        ParameterError: a filter does not take its value; the message names those that it takes.
    """
    name, sort = _name_part(given), given.get("sort", "").strip() or listing.sort
    if sort and sort not in listing.sorts:
        raise _refusal("sort", sort, listing.sorts)
    labels = {each: _labels(each, rows, language) for each in listing.filters}
    chosen = {
        each: _chosen(each, given.get(each.name, "").strip(), labels[each], rows)
        for each in listing.filters
    }
    named = [row for row in rows if not name or fold(name) in fold(_name(listing, row))]
    # Which filters a row does not pass: a filter counts the rows that pass all others.
    failed = [{each for each in chosen if not _passes(row, each, chosen[each])} for row in named]
    each_row = list(zip(named, failed, strict=True))
    facets = tuple(
        _facet(each, code, labels[each], [row for row, fails in each_row if fails <= {each}])
        for each, code in chosen.items()
    )
    left = [row for row, fails in each_row if not fails]
    different = _different(listing, left)
    return Choice(tuple(_sorted(listing, left, sort)), len(rows), facets, name, sort, different)


def _name_part(given: Mapping[str, str]) -> str:
    name = given.get(NAME, "").strip()
    if len(name) > _LONGEST:
        raise ParameterError(_("{name} takes at most {most} characters."), name=NAME, most=_LONGEST)
    return name


def _different(listing: Listing, rows: Sequence[Cells]) -> int | None:
    if listing.counted is None:
        return None
    return len({value.code for row in rows for value in row[listing.counted[0]]})


def _name(listing: Listing, row: Cells) -> str:
    return " ".join(value.label for value in row[listing.columns[0].name])


def _codes(row: Cells, told: Filter) -> set[str]:
    """The values of a filter that leave *row*."""
    codes = {value.code for value in row[told.column]}
    if told.presence:
        return {KNOWN if codes else NONE}
    return codes or {NONE}


def _passes(row: Cells, told: Filter, chosen: str) -> bool:
    return chosen == ANY or chosen in _codes(row, told)


def _chosen(told: Filter, given: str, labels: Mapping[str, str], rows: Sequence[Cells]) -> str:
    """The code of the value that is *given* for a filter."""
    if not given:
        return told.default
    if given == ANY:
        return ANY
    if given in labels:
        return given
    wanted = fold(given)
    for value in (value for row in rows for value in row[told.column]):
        if value.code in labels and (value.iri == given or fold(value.label) == wanted):
            return value.code
    raise _refusal(told.name, given, sorted(labels))


def _refusal(name: str, value: str, choices: Sequence[str]) -> ParameterError:
    more = ["…"] if len(choices) > _TOLD else []
    return ParameterError(
        _("{name} takes one of {choices}, not “{value}”."),
        name=name,
        choices=", ".join([*choices[:_TOLD], *more]),
        value=value,
    )


def _labels(told: Filter, rows: Sequence[Cells], language: Language) -> dict[str, str]:
    """The labels of all values of a filter, by code."""
    if told.presence:
        return {code: language.say(message) for code, message in _PRESENCE}
    labels = {value.code: value.label for row in rows for value in row[told.column]}
    if not all(row[told.column] for row in rows):
        labels[NONE] = language.say(told.missing)
    return labels


def _facet(told: Filter, chosen: str, labels: Mapping[str, str], rows: Sequence[Cells]) -> Facet:
    """A filter whose values have *labels*, with how many of *rows* each would leave."""
    counts = Counter(code for row in rows for code in _codes(row, told))
    options = [Option(code, label, counts[code]) for code, label in labels.items()]
    options.sort(key=lambda option: collated(option.label), reverse=told.newest)
    options.sort(key=lambda option: option.code == NONE)
    return Facet(told, chosen, tuple(options), len(rows))


def collated(text: str) -> str:
    """*text* as Swedish sorts it: å, ä and ö come after z."""
    return text.casefold().translate(_LAST_LETTERS)


def _sorted(listing: Listing, rows: Sequence[Cells], sort: str) -> list[Cells]:
    """*rows* by the column that *sort* names, those without a value last; else as they come."""
    if not sort:
        return list(rows)
    column = listing.by_name[sort.removeprefix("-")]
    having = [row for row in rows if row[column.name]]
    lacking = [row for row in rows if not row[column.name]]

    def rank(row: Cells) -> tuple[float, str]:
        first: Value = row[column.name][0]
        number = float(first.code) if column.number and first.code.isdecimal() else 0.0
        return number, first.code if column.day else collated(first.label)

    return [*sorted(having, key=rank, reverse=sort.startswith("-")), *lacking]
