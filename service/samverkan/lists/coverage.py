"""The list of what is known of each body: its newest source, how old that is, what none says."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.lists import ages
from samverkan.lists.listing import Column, Filter, Listing

_LACKING = (
    ("chair", _("who chairs it")),
    ("members", _("who sits there")),
    ("names", _("the names of those who sit there")),
    ("activities", _("what it answers for or does")),
    ("parent", _("whose body it is")),
    ("level", _("its level")),
    ("parts", _("which bodies it is made up of")),
)

LISTING = Listing(
    name="coverage",
    title=_("Coverage"),
    lead=_("What the sources tell of each body, how new that is, and what none of them says."),
    query="coverage",
    key="body",
    columns=(
        Column("body", _("Body")),
        Column("newest", _("Newest source")),
        Column("issued", _("Issued"), day=True),
        Column("age", _("Age"), derived=ages.age_of, words=ages.WORDS),
        Column("sources", _("Sources"), number=True),
        Column("named", _("Named"), number=True),
        Column("unnamed", _("Unnamed"), number=True),
        Column("activities", _("Activities"), number=True),
        Column("lacking", _("What no source says"), many=True, words=_LACKING),
        Column("type", _("Kind of body"), shown=False),
        Column("level", _("Level"), shown=False),
        Column("lifecycle", _("State of the body"), shown=False),
    ),
    filters=(
        Filter("lacking", _("What no source says"), "lacking", missing=_("nothing of this lacks")),
        Filter("age", _("Age of the newest source"), "age"),
        Filter("newest", _("Newest source"), "newest"),
        Filter("level", _("Level"), "level"),
        Filter("type", _("Kind of body"), "type"),
        Filter("lifecycle", _("State of the body"), "lifecycle"),
    ),
    overview="lacking",
    sort="issued",
)
