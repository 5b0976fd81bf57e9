"""The list of sources: the documents that everything rests on, and those only mentioned."""

from __future__ import annotations

from datetime import date

from samverkan.language import mark as _
from samverkan.lists import ages
from samverkan.lists.listing import Cells, Column, Filter, Listing

_HELD = (("true", _("yes")), ("false", _("no, only mentioned")))


def _years(cells: Cells, _on_date: date) -> tuple[str, ...]:
    return tuple(value.code[:4] for value in cells["issued"])


LISTING = Listing(
    name="sources",
    title=_("Sources"),
    lead=_(
        "The documents that the graph is made of, how much each tells, and those that are only "
        "mentioned in them."
    ),
    query="sources",
    key="source",
    columns=(
        Column("source", _("Source")),
        Column("type", _("Kind of document")),
        Column("issued", _("Issued"), day=True),
        Column("statements", _("Statements"), number=True),
        Column("bodies", _("Bodies"), number=True),
        Column("memberships", _("Memberships"), number=True),
        Column("activities", _("Activities"), number=True),
        Column("decisions", _("Decisions"), number=True),
        Column("held", _("Text at hand"), words=_HELD),
        Column("people", _("People"), number=True, shown=False),
        Column("meetings", _("Meetings"), number=True, shown=False),
        Column("relations", _("Relations"), number=True, shown=False),
        Column("disagreements", _("What does not agree"), number=True, shown=False),
        Column("title", _("Title"), shown=False),
        Column("year", _("Year"), derived=_years, shown=False),
        Column("age", _("Age"), derived=ages.age_of, words=ages.WORDS, shown=False),
    ),
    filters=(
        Filter("type", _("Kind of document"), "type"),
        Filter("year", _("Issued"), "year", newest=True),
        Filter("held", _("Text at hand"), "held"),
        Filter("age", _("Age"), "age"),
    ),
    overview="held",
    sort="-issued",
)
