"""Lists of things: bodies, people, activities, meetings, sources, and what is known of each body.

Each list is described in a module of its own; :mod:`samverkan.lists.listing` says how.
"""

from __future__ import annotations

from samverkan.lists import (
    activities,
    coverage,
    meetings,
    organizations,
    people,
    sources,
)
from samverkan.lists.choice import Choice, choose
from samverkan.lists.grid import squares
from samverkan.lists.listing import ANY, NAME, Listing
from samverkan.lists.rows import rows_of
from samverkan.lists.text import as_json, table

__all__ = [
    "ANY",
    "LISTINGS",
    "NAME",
    "Choice",
    "Listing",
    "as_json",
    "choose",
    "rows_of",
    "squares",
    "table",
]

LISTINGS = {
    module.LISTING.name: module.LISTING
    for module in (organizations, people, activities, meetings, sources, coverage)
}
