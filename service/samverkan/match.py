"""A thing that a name led to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """The thing, its preferred label, its classes and schemes, and the name of it that matched.

    ``sorts`` is what its class or scheme is called, by code of language.
    """

    iri: str
    label: str
    kinds: frozenset[str] = frozenset()
    name: str = ""
    sorts: tuple[tuple[str, str], ...] = ()

    def sort(self, code: str) -> str:
        """What kind of thing it is, in the language of *code*; empty where nothing says."""
        return dict(self.sorts).get(code, "")
