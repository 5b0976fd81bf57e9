"""What the network is made of: bodies and people as nodes, and what ties two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.findings import Evidence, Finding, Thing
from samverkan.states import CONFIRMED, LAST_KNOWN, NOMINATED, UNNAMED

KINDS = PERSON, BODY, NAMELESS = "person", "body", "unnamed"
TIES = MEMBERSHIP, REPRESENTATION, RELATION = "membership", "representation", "relation"
# What ties two nodes on a day, most certain first. What is over, or shown only later, does not.
BINDING = (CONFIRMED, LAST_KNOWN, UNNAMED, NOMINATED)


@dataclass(frozen=True)
class Node:
    """A person, a body, or holders of a position in one whom no source names.

    ``iri`` of the unnamed is that of their membership. ``type`` and ``level`` are those of a body,
    where its kind is known and a source says the level; ``proposed`` tells that the newest source
    only proposes it, ``dissolved`` that it is no more.
    """

    iri: str
    label: str
    kind: str
    type: Thing | None = None
    level: Thing | None = None
    proposed: bool = False
    dissolved: bool = False


@dataclass(frozen=True)
class Relation:
    """How a body stands to another: ``verb`` says it, from the subject to the object.

    ``time`` has the words (EDTF) of the time that the state rests on; ``grounds`` are the passages
    of the sources on whose word it does.
    """

    iri: str
    subject: Thing
    verb: Thing
    object: Thing
    state: str
    basis: str
    time: str | None
    grounds: tuple[Evidence, ...]


@dataclass(frozen=True, eq=False)
class Tie:
    """What ties two nodes, by their IRIs: ``source`` is the holder, or the subject of a relation.

    It is one of a network, and equal only to itself.

    ``kind`` is membership (holder → body), representation (holder → on whose behalf) or relation.
    """

    iri: str
    source: str
    target: str
    kind: str
    told: Finding | Relation

    @property
    def state(self) -> str:
        """What it is worth on the day."""
        return self.told.state

    @property
    def label(self) -> str:
        """The role that is held, or the verb of the relation."""
        return self.told.role.label if isinstance(self.told, Finding) else self.told.verb.label

    @property
    def grounds(self) -> tuple[Evidence, ...]:
        """The passages that it rests on."""
        return self.told.grounds

    def other(self, iri: str) -> str:
        """The end that is not *iri*."""
        return self.target if iri == self.source else self.source


@dataclass(frozen=True, eq=False)
class Network:
    """All nodes, by IRI, and all ties that bind on a day, as known on a day.

    Ties stand in the order of their certainty, and of the roles in a body. ``unbound`` are those
    that are over, or shown only later: they are in no picture and on no way. A network is equal
    only to itself, so that what is worked out from it can be kept.
    """

    nodes: Mapping[str, Node]
    ties: tuple[Tie, ...]
    unbound: tuple[Tie, ...]
    on_date: date
    known_on: date | None
    code: str
