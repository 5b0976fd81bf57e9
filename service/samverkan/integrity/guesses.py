"""The known name that a wrong one is most like."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode, Store
from rapidfuzz import fuzz, process

from samverkan.integrity import model
from samverkan.integrity.faults import Term, select
from samverkan.integrity.rules import Rule
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, VOCABULARY, term

Remedy = tuple[str, Mapping[str, Term]]

_NEAR = 75
_GUESSED_AT_MOST = 100
_HOMES = {"organization": "data/organizations.ttl", "person": "data/people.ttl"}
_KNOWN = f"""SELECT DISTINCT ?known {{
    {{ ?known a ?class }} UNION {{ GRAPH {VOCABULARY} {{ ?known rdfs:label ?label }} }}
    MINUS {{ ?known a skos:ConceptScheme MINUS {{ ?known a owl:ObjectProperty }} }}
}}"""
_LABELS = """SELECT ?known ?label {
    ?known skos:inScheme ?list ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label
}"""


@dataclass(frozen=True)
class Guesses:
    """What is known in a store and in the model; looked up once, when it is first asked for."""

    store: Store
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def remedy(self, rule: Rule, graph: NamedNode, terms: Mapping[str, Term]) -> Remedy:
        """What to do about what *rule* found in *graph*, with the terms that it speaks of.

        The names nearest are looked up for the first hundred wrong ones only.
        """
        wrong = terms.get(rule.guess)
        if not isinstance(wrong, NamedNode):
            return rule.remedy, {}
        iri = wrong.value
        if "inScheme" in rule.pattern:
            return self._of_list(rule, iri, str(getattr(terms["other"], "value", "")))
        if known := self._labelled.get((_split(iri)[0], _folded(_split(iri)[1]))):
            return _("Write {nearest} (“{label}”)."), {
                "nearest": NamedNode(known[0]),
                "label": known[1],
            }
        kind = _kind_meant(rule.guess, terms, iri)
        if (iri, kind) not in self._found and len(self._found) < _GUESSED_AT_MOST:
            self._found[iri, kind] = self._nearest(iri, kind)
        nearest = self._found.get((iri, kind))
        near: dict[str, Term] = {"nearest": NamedNode(nearest)} if nearest else {}
        if rule.guess == "value" and kind.startswith(ID):
            home = {"home": _home(kind, graph)}
            if near:
                return _(
                    "Write {nearest}, if that is meant. If it is new: describe it in {home}."
                ), near | home
            return _("If it is new: describe it in {home}."), home
        return (_("Write {nearest}, if that is meant."), near) if near else (rule.remedy, {})

    def _of_list(self, rule: Rule, iri: str, scheme: str) -> Remedy:
        meant = f"{scheme}/{_split(iri)[1]}"
        if meant not in self._names:
            return rule.remedy, {}
        return _("That list stands in ontology/schemes.ttl. Write {nearest}, if that is meant."), {
            "nearest": NamedNode(meant)
        }

    def _nearest(self, wrong: str, kind: str) -> str | None:
        """The name of that *kind* most like *wrong*, one of the same namespace first."""
        space, local = _split(wrong)
        others = {
            iri: name for iri, name in self._names.items() if iri != wrong and _kind(iri) == kind
        }
        same = {iri: name for iri, name in others.items() if iri == space + name}
        for candidates in (same, others):
            found = process.extractOne(local, candidates, scorer=fuzz.ratio, score_cutoff=_NEAR)
            if found is not None:
                return str(found[2])
        return None

    @cached_property
    def _labelled(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """Concepts and their labels, by the list's namespace and the label in plain letters."""
        return {
            (_split(row["known"].value)[0], _folded(row["label"].value)): (
                row["known"].value,
                row["label"].value,
            )
            for row in select(self.store, _LABELS)
        }

    @cached_property
    def _names(self) -> Mapping[str, str]:
        known = {row["known"].value for row in select(self.store, _KNOWN)}
        known |= {term(name).value for name in (*model.PROPERTIES, *model.CLASSES)}
        return {iri: _split(iri)[1] for iri in sorted(known)}


def _split(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return iri[:cut], iri[cut:]


def _kind(iri: str) -> str:
    """Whether *iri* names a property, a class or a concept; of a thing, the namespace."""
    space, local = _split(iri)
    if iri.startswith(ID):
        return space
    if space.startswith(DEF) and space != DEF:
        return "concept"
    return "class" if local[:1].isupper() else "property"


def _kind_meant(guess: str, terms: Mapping[str, Term], iri: str) -> str:
    if iri.startswith(ID):
        return _kind(iri)
    if guess == "value":
        return "class" if terms.get("property") == term("rdf:type") else "concept"
    return "property"


def _home(space: str, graph: NamedNode) -> str:
    """The file in which a new thing of the namespace *space* that *graph* names is described."""
    source = graph.value.removeprefix(f"{ID}source/")
    file = "data/sources/" if source == graph.value else f"data/sources/{source}.ttl"
    return _HOMES.get(space.removeprefix(ID).rstrip("/"), file)


def _folded(text: str) -> str:
    """*text* in small letters without their marks, with spaces for hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("-", " "))
    return "".join(each for each in plain if not unicodedata.combining(each))
