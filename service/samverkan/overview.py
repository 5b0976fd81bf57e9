"""What is in the graph, in numbers, and how fresh it is: for the start page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from samverkan.knowledge import Knowledge
from samverkan.language import mark as _
from samverkan.namespaces import compact
from samverkan.store import Source

# What is counted, in this order, and what it is called; the segment of an address names the kind.
_KINDS = {
    "org:Organization": ("organization", _("bodies")),
    "foaf:Person": ("person", _("people")),
    "org:Membership": ("membership", _("memberships and offices")),
    "smv:Activity": ("activity", _("items of plans")),
    "smv:Meeting": ("meeting", _("meetings")),
    "smv:Decision": ("decision", _("decisions")),
    "smv:Evidence": ("evidence", _("passages")),
}


@dataclass(frozen=True)
class Count:
    """How many things of a kind the graph has; ``name`` is a message to be said."""

    kind: str
    name: str
    number: int


@dataclass(frozen=True)
class Overview:
    """The numbers of the graph, its sources, oldest first, and the age of the newest, in days."""

    counts: tuple[Count, ...]
    sources: tuple[Source, ...]
    age: int | None


def overview(knowledge: Knowledge) -> Overview:
    """What is in the graph today."""
    sources = knowledge.dataset.sources
    age = (date.today() - sources[-1].issued).days if sources else None
    return Overview(_counts(knowledge), sources, age)


@lru_cache(maxsize=4)
def _counts(knowledge: Knowledge) -> tuple[Count, ...]:
    """The kinds that there are any of, counted over all sources; the graph does not change."""
    found: Mapping[str, int] = {
        compact(row["kind"].value): int(row["things"].value)
        for row in knowledge.ask("stats")
        if "source" not in row
    }
    told = ((kind, name, found.get(of, 0)) for of, (kind, name) in _KINDS.items())
    return tuple(Count(kind, name, number) for kind, name, number in told if number)
