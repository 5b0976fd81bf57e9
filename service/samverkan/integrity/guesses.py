"""The known name that a wrong one is most like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode, Store
from rapidfuzz import fuzz, process

from samverkan.integrity import model
from samverkan.integrity.faults import select
from samverkan.namespaces import VOCABULARY, term

_NEAR = 75
_GUESSED_AT_MOST = 100
_KNOWN = f"""SELECT DISTINCT ?known {{
    {{ ?known a ?class }} UNION {{ GRAPH {VOCABULARY} {{ ?known rdfs:label ?label }} }}
}}"""


@dataclass(frozen=True)
class Guesses:
    """What is known in a store and in the model; looked up once, when it is first asked for."""

    store: Store
    _found: dict[NamedNode, NamedNode | None] = field(default_factory=dict)

    def nearest(self, wrong: NamedNode) -> NamedNode | None:
        """The name most like *wrong*, one of the same namespace first; None where none is.

        None, too, for all but the first hundred that are asked for.
        """
        if wrong not in self._found and len(self._found) < _GUESSED_AT_MOST:
            self._found[wrong] = self._nearest(wrong.value)
        return self._found.get(wrong)

    def _nearest(self, wrong: str) -> NamedNode | None:
        space, local = _split(wrong)
        others = {iri: name for iri, name in self._names.items() if iri != wrong}
        same = {iri: name for iri, name in others.items() if iri == space + name}
        for candidates in (same, others):
            found = process.extractOne(local, candidates, scorer=fuzz.ratio, score_cutoff=_NEAR)
            if found is not None:
                return NamedNode(found[2])
        return None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        known = {row["known"].value for row in select(self.store, _KNOWN)}
        known |= {term(name).value for name in (*model.PROPERTIES, *model.CLASSES)}
        return {iri: _split(iri)[1] for iri in sorted(known)}


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]
