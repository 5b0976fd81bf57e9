"""Activities at a glance: by year and focus area, with who answers for them and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.lists.activities import DUE, NOBODY, OWNER, PERFORMER
from samverkan.lists.choice import collated
from samverkan.lists.listing import NONE, Cells, Value

_UNSAID = Value(NONE, "")


@dataclass(frozen=True)
class Square:
    """The activities of a year and a focus area: how many, and of how many nobody says what.

    ``owned``: a source assigns the responsibility; ``performed``: one only tells who carried them
    out; ``nobody``: neither. ``due``: their years are over, and none tells what came of them.
    """

    count: int
    owned: int
    performed: int
    nobody: int
    due: int
    statuses: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Grid:
    """Focus areas by years: a row has its value (``none`` where no source says) and squares."""

    years: tuple[Value, ...]
    rows: tuple[tuple[Value, tuple[Square | None, ...]], ...]


def squares(rows: Sequence[Cells]) -> Grid:
    """The *rows* of the list of activities by year and focus area, each in all that it is in."""
    placed: dict[tuple[str, str], list[Cells]] = {}
    years: dict[str, Value] = {}
    areas: dict[str, Value] = {}
    for row in rows:
        for area in row["focus_area"] or (_UNSAID,):
            for year in row["year"] or (_UNSAID,):
                years[year.code], areas[area.code] = year, area
                placed.setdefault((area.code, year.code), []).append(row)
    across = sorted(years.values(), key=lambda value: value.code)
    down = sorted(areas.values(), key=lambda value: (value.code == NONE, collated(value.label)))
    return Grid(
        tuple(across),
        tuple(
            (area, tuple(_square(placed.get((area.code, year.code))) for year in across))
            for area in down
        ),
    )


def _square(rows: Sequence[Cells] | None) -> Square | None:
    if not rows:
        return None
    answers = [row["responsibility"][0].code for row in rows]
    labels = [value.label for row in rows for value in row["status"]]
    return Square(
        count=len(rows),
        owned=answers.count(OWNER),
        performed=answers.count(PERFORMER),
        nobody=answers.count(NOBODY),
        due=sum(row["report"][0].code == DUE for row in rows),
        statuses=tuple((label, labels.count(label)) for label in dict.fromkeys(labels)),
    )
