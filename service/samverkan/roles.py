"""Roles as they are worded in running text: ``ledamot i``, ``ledamöter i``, ``värd för``.

The words stand in the scheme of roles (``smv:plural``, ``smv:preposition``), beside its labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.sparql import Row


@dataclass(frozen=True)
class Role:
    """A role in the language of the answer: of one, of several, and the word before the body."""

    iri: str
    label: str
    plural: str
    preposition: str


def role(knowledge: Knowledge, iri: str, language: Language) -> Role:
    """The role of that IRI; where the scheme has no words for it, its label serves for several."""
    label = knowledge.names.label(iri, language.code)
    row = _wordings(knowledge).get((iri, language.code), {})
    return Role(
        iri=iri,
        label=label,
        plural=row["plural"].value if "plural" in row else label,
        preposition=row["preposition"].value if "preposition" in row else language.say(_("in")),
    )


@lru_cache(maxsize=8)
def _wordings(knowledge: Knowledge) -> Mapping[tuple[str, str], Row]:
    rows = knowledge.ask("wordings")
    return {(row["role"].value, row["language"].value): row for row in rows}
