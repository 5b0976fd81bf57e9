"""The list of meetings."""

from __future__ import annotations

from datetime import date

from samverkan import edtf
from samverkan.language import mark as _
from samverkan.lists.listing import Cells, Column, Filter, Listing

_TIMES = (("past", _("has been")), ("now", _("about now")), ("ahead", _("is to come")))


def _years(cells: Cells, _on_date: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.code[:4] for value in cells["when"]))


def _time(cells: Cells, on_date: date) -> tuple[str, ...]:
    """Whether the time of the meeting, as far as it is known, lies before the day or after it."""
    try:
        extents = [edtf.extent(value.code) for value in cells["when"]]
    except ValueError:
        return ()  # words that name no days
    if not extents:
        return ()
    if all(each.latest and each.latest < on_date for each in extents):
        return ("past",)
    ahead = all(each.earliest and each.earliest > on_date for each in extents)
    return ("ahead",) if ahead else ("now",)


LISTING = Listing(
    name="meetings",
    title=_("Meetings"),
    lead=_("Meetings that a source tells of, held and planned, with what was decided there."),
    query="meetings",
    key="meeting",
    columns=(
        Column("meeting", _("Meeting")),
        Column("when", _("When"), day=True),
        Column("organizer", _("Body"), gap=_("not said")),
        Column("status", _("Status")),
        Column("decisions", _("Decisions"), number=True),
        Column("source", _("Told by")),
        Column("year", _("Year"), derived=_years, shown=False),
        Column("time", _("Time"), derived=_time, words=_TIMES, shown=False),
        Column("note", _("Note"), shown=False),
    ),
    filters=(
        Filter("year", _("Year"), "year", newest=True),
        Filter("body", _("Body"), "organizer"),
        Filter("status", _("Status"), "status"),
        Filter("time", _("Time"), "time"),
        Filter("source", _("Told by"), "source"),
    ),
    overview="year",
    sort="-when",
)
