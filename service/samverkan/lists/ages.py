"""How old a source is on a day, in steps that a person thinks in."""

from __future__ import annotations

from datetime import date

from samverkan.language import mark as _
from samverkan.lists.listing import Cells

_DAYS = 365.25
_STEPS = ((1, "0"), (2, "1"), (5, "2"))
WORDS = (
    ("0", _("under 1 year")),
    ("1", _("1–2 years")),
    ("2", _("2–5 years")),
    ("5", _("over 5 years")),
    ("later", _("issued later")),
)


def age_of(cells: Cells, on_date: date) -> tuple[str, ...]:
    """The step of age of the newest day in the column ``issued``; nothing where there is none."""
    days = [date.fromisoformat(value.code) for value in cells["issued"]]
    if not days:
        return ()
    if max(days) > on_date:
        return ("later",)
    years = (on_date - max(days)).days / _DAYS
    return (next((code for below, code in _STEPS if years < below), "5"),)
