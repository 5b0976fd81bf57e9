"""The list of people: what each is in which body, on whose behalf, and how sure that is."""

from __future__ import annotations

from datetime import date

from samverkan.language import mark as _
from samverkan.lists.listing import Cells, Column, Filter, Listing
from samverkan.states import BEFORE_FIRST, CONFIRMED, ENDED, LAST_KNOWN, NOMINATED, UNNAMED

_STATES = (
    (CONFIRMED, _("confirmed")),
    (LAST_KNOWN, _("last known")),
    (NOMINATED, _("nominated")),
    (UNNAMED, _("no name given")),
    (ENDED, _("ended")),
    (BEFORE_FIRST, _("known only later")),
)
_HOLDERS = (("person", _("a person")), ("body", _("a body")), ("unnamed", _("not named")))


def _holder(cells: Cells, _on_date: date) -> tuple[str, ...]:
    """Whether it is a person who sits there, a body, or somebody whom no source names."""
    if not cells["person"]:
        return ("unnamed",)
    return ("person" if "/person/" in (cells["person"][0].iri or "") else "body",)


LISTING = Listing(
    name="people",
    title=_("People"),
    lead=_(
        "A row for each role that somebody has in a body. A nomination is no appointment, and who "
        "was last shown years ago may have left."
    ),
    query="memberships",
    key="membership",
    columns=(
        Column("person", _("Person"), gap=_("not named")),
        Column("role", _("Role")),
        Column("organization", _("In")),
        Column("represents", _("On behalf of"), gap=_("not said")),
        Column("state", _("State"), words=_STATES),
        Column("last_attested", _("Last shown"), day=True, gap=_("not said")),
        Column("issued", _("Newest source"), day=True),
        Column("level", _("Level of the body"), shown=False),
        Column("title", _("Title"), shown=False),
        Column("holder", _("Who sits there"), derived=_holder, words=_HOLDERS, shown=False),
    ),
    filters=(
        Filter("body", _("Body"), "organization"),
        Filter("represents", _("On behalf of"), "represents"),
        Filter("role", _("Role"), "role"),
        Filter("state", _("State"), "state"),
        Filter("level", _("Level of the body"), "level"),
        Filter("holder", _("Who sits there"), "holder", default="person"),
    ),
    overview="state",
    counted=("person", _("Different holders: {count}")),
)
