"""The list of activities: who answers for them, what came of them, and what no source says."""

from __future__ import annotations

from datetime import date

from samverkan.language import mark as _
from samverkan.lists.listing import Cells, Column, Filter, Listing
from samverkan.namespaces import term

_KINDS = ("activity", "direction", "standing")
OWNER, PERFORMER, NOBODY = "owner", "performer", "nobody"
REPORTED, DUE, AHEAD = "reported", "due", "ahead"
_RESPONSIBILITIES = (
    (OWNER, _("an owner")),
    (PERFORMER, _("only a performer")),
    (NOBODY, _("nobody")),
)
_REPORTS = (
    (REPORTED, _("reported on")),
    (DUE, _("its years are over, nothing is reported")),
    (AHEAD, _("its years are not over")),
)


def _responsibility(cells: Cells, _on_date: date) -> tuple[str, ...]:
    """An owner, only somebody who carried it out, or nobody: carrying out is no ownership."""
    if cells["owner"]:
        return (OWNER,)
    return (PERFORMER,) if cells["performer"] else (NOBODY,)


def _report(cells: Cells, on_date: date) -> tuple[str, ...]:
    """Whether a source tells what came of it, and if not, whether its last year is over."""
    if any(value.code != "planned" for value in cells["status"]):
        return (REPORTED,)
    years = [int(value.code) for value in cells["year"]]
    return (DUE if years and max(years) < on_date.year else AHEAD,)


LISTING = Listing(
    name="activities",
    title=_("Activities"),
    lead=_(
        "What the plans hold, who is to answer for it and what came of it. To have carried "
        "something out is not to be responsible for it."
    ),
    query="activities",
    key="activity",
    asks=tuple((("kind", term(f"smv:activity-kind/{kind}").value),) for kind in _KINDS),
    columns=(
        Column("activity", _("Activity")),
        Column("year", _("Year"), variable="each_year", many=True),
        Column("focus_area", _("Focus area"), variable="areas", many=True),
        Column("theme", _("Theme"), variable="topics", many=True, shown=False),
        Column("plan", _("Plan"), shown=False),
        Column("owner", _("Owner"), variable="owned_by", many=True, gap=_("nobody")),
        Column(
            *("performer", _("Carried out by")),
            variable="carried_out_by",
            many=True,
            gap=_("not said"),
        ),
        Column("participant", _("Taking part"), variable="taking_part", many=True, shown=False),
        Column("status", _("Status")),
        Column("outcome", _("What came of it"), shown=False),
        Column(
            *("responsibility", _("Somebody is responsible")),
            derived=_responsibility,
            words=_RESPONSIBILITIES,
            shown=False,
        ),
        Column("report", _("Report"), derived=_report, words=_REPORTS, shown=False),
        Column("kind", _("Kind of activity"), shown=False),
    ),
    filters=(
        Filter("year", _("Year"), "year", newest=True),
        Filter("focus_area", _("Focus area"), "focus_area"),
        Filter("theme", _("Theme"), "theme"),
        Filter("responsibility", _("Somebody is responsible"), "responsibility"),
        Filter("status", _("Status"), "status"),
        Filter("report", _("Report"), "report"),
        Filter("owner", _("Owner"), "owner"),
        Filter("performer", _("Carried out by"), "performer"),
        Filter("plan", _("Plan"), "plan"),
        Filter("kind", _("Kind of activity"), "kind", default="activity"),
    ),
    overview="responsibility",
)
