"""The list of bodies."""

from __future__ import annotations

from samverkan.language import mark as _
from samverkan.lists import ages
from samverkan.lists.listing import Column, Filter, Listing

LISTING = Listing(
    name="organizations",
    title=_("Bodies"),
    lead=_("Every body that a source names, with what it is, where it belongs and who leads it."),
    query="bodies",
    key="body",
    columns=(
        Column("body", _("Body")),
        Column("type", _("Kind of body")),
        Column("level", _("Level"), gap=_("not said")),
        Column("parent", _("Part of")),
        Column("lifecycle", _("State of the body")),
        Column("host", _("Hosted by"), variable="hosts", many=True),
        Column(
            "chair", _("Chair, as last shown"), variable="chairs", many=True, gap=_("not known")
        ),
        Column("seated", _("Who sits there"), many=True, shown=False),
        Column("issued", _("Newest source"), day=True),
        Column("age", _("Age"), derived=ages.age_of, words=ages.WORDS, shown=False),
    ),
    filters=(
        Filter("level", _("Level"), "level"),
        Filter("type", _("Kind of body"), "type"),
        Filter("lifecycle", _("State of the body"), "lifecycle"),
        Filter("parent", _("Part of"), "parent"),
        Filter("represented_by", _("Where this one sits or is represented"), "seated"),
        Filter("hosted_by", _("Hosted by"), "host"),
        Filter("chair", _("Chair"), "chair", presence=True),
        Filter("age", _("Age of the newest source"), "age"),
    ),
    overview="level",
    sort="body",
)
