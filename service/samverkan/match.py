"""A thing that a name led to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """The thing, its preferred label, its classes and schemes, and the name of it that matched."""

    iri: str
    label: str
    kinds: frozenset[str] = frozenset()
    name: str = ""
