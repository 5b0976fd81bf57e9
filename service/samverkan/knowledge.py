"""All that is loaded: the graph, the catalogue of queries and the index of names, as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from samverkan import catalogue, sparql, tokens
from samverkan.catalogue import KNOWN_ON, ON_DATE, Catalogue, NamedQuery, Parameter
from samverkan.errors import ParameterError, SamverkanError, UnknownNameError
from samverkan.expressions import expression, meanings
from samverkan.language import CODES
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.names import NameRow, Names
from samverkan.namespaces import PROLOGUE, of_address
from samverkan.origin import Origin
from samverkan.store import Dataset, Progress, quietly

# How many values of a list are told to somebody who gives none of them.
_FEW = 10
_SORTS = f"""{PROLOGUE}
SELECT ?kind ?label WHERE {{
  {{ ?kind a skos:ConceptScheme ; skos:prefLabel ?label }} UNION {{ ?kind rdfs:label ?label
    FILTER NOT EXISTS {{ ?kind a skos:ConceptScheme }} }}
}} ORDER BY ?kind ?label"""


@dataclass(frozen=True)
class Reading:
    """A named query with its parameters read: what will be asked, of which graphs.

    ``things`` holds, by name of parameter, the things that names or IRIs led to.
    """

    query: NamedQuery
    terms: Mapping[str, NamedNode | Literal]
    things: Mapping[str, Match]
    known_on: date | None

    @property
    def on_date(self) -> date | None:
        """The day that the query is asked for, if it takes one."""
        value = self.terms.get(ON_DATE)
        return date.fromisoformat(value.value) if value else None


@dataclass(frozen=True)
class Knowledge:
    """The loaded content, ready to be asked."""

    dataset: Dataset
    catalogue: Catalogue
    names: Names

    def read(self, name: str, values: Mapping[str, str]) -> Reading:
        """The named query with *values* read as its parameters.

        A thing may be given by IRI or by name. ``on_date`` is today where it is not given;
        ``known_on`` goes with every query. An empty value is none.

        Raises:
            NotFoundError: no such query, or no such thing.
            AmbiguousNameError: a name that several things bear.
            ParameterError: an unknown parameter, a missing one, or a value of the wrong type.
        """
        query = self.catalogue[name]
        terms: dict[str, NamedNode | Literal] = {}
        things: dict[str, Match] = {}
        for key in values.keys() - {KNOWN_ON, ON_DATE}:
            query.parameter(key)
        given = {key: value.strip() for key, value in values.items() if value.strip()}
        known_on = given.pop(KNOWN_ON, None)
        if any(p.name == ON_DATE for p in query.parameters):
            given.setdefault(ON_DATE, date.today().isoformat())
        for key, typed in given.items():
            parameter = query.parameter(key)
            value = self._expression(typed) if parameter.stems else typed
            try:
                if parameter.type == "iri":
                    things[key] = self._thing(parameter, value)
                terms[key] = parameter.term(things[key].iri if key in things else value)
            except SamverkanError as error:
                error.parameter = key
                raise
        reading = Reading(
            query, terms, things, catalogue.day(KNOWN_ON, known_on) if known_on else None
        )
        query.require(terms)
        return reading

    def _expression(self, typed: str) -> str:
        """The regular expression of texts that have the words *typed*, or what they mean."""
        languages = [self.catalogue.words(code) for code in CODES]
        plain = frozenset[str]().union(*(words.plain for words in languages))
        told = {said: others for words in languages for said, others in words.means.items()}
        return expression(typed, plain, meanings(told))

    def text(self, reading: Reading) -> str:
        """The SPARQL of *reading*, complete: it gives the same when sent to the endpoint."""
        text = reading.query.bound(reading.terms)
        if reading.known_on is None:
            return text
        return tokens.over_graphs(text, self.dataset.graphs_known_on(reading.known_on))

    def rows(self, reading: Reading) -> list[sparql.Row]:
        """The rows that *reading* gives."""
        return list(sparql.select(self.dataset, self.text(reading)))

    def ask(self, name: str, **values: str) -> list[sparql.Row]:
        """The rows of the named query, its parameters given as text."""
        return self.rows(self.read(name, values))

    def choices(self, parameter: Parameter) -> tuple[Match, ...]:
        """The concepts of the scheme that *parameter* takes; none where it takes other things."""
        if not parameter.kind or not self.names.is_list(parameter.kind):
            return ()
        return self.names.of_kind(parameter.kind)

    def _thing(self, parameter: Parameter, value: str) -> Match:
        iri = of_address(value)
        if iri and self.names.thing(iri):
            value = iri
        if not value.startswith(("http://", "https://")):
            return self._named(parameter, value)
        found = self.names.thing(value)
        if found is None and parameter.kind is None:
            return Match(value, value)
        if found is None:
            raise UnknownNameError(_("There is nothing at {iri} in the graph."), iri=value)
        if parameter.kind and parameter.kind not in found.kinds:
            raise ParameterError(
                _("{name} does not take “{label}”, which is of another kind."),
                name=parameter.name,
                label=found.label,
            )
        return found

    def _named(self, parameter: Parameter, name: str) -> Match:
        """The thing of that name; where it is none of a short list of values, they are told."""
        try:
            return self.names.find(name, parameter.kind)
        except UnknownNameError as error:
            values = self.choices(parameter)
            if not 0 < len(values) <= _FEW:
                raise
            raise UnknownNameError(
                _("{name} takes one of {choices}, not “{value}”."),
                partial(getattr, error, "nearest"),
                name=parameter.name,
                choices=", ".join(value.label for value in values),
                value=name,
            ) from error


def load(folder: Path | None = None) -> Knowledge:
    """The knowledge in *folder*, or the bundled one (see :func:`samverkan.content.find`).

    Raises:
        ContentError: the content is missing or broken.
    """
    return of(Origin(folder))


def of(origin: Origin, progress: Progress = quietly) -> Knowledge:
    """The knowledge of the graph of *origin*; *progress* hears how far one on disk is loaded.

    Raises:
        ContentError: its content is missing or broken.
        StoreError: the folder that it is kept in cannot be used.
    """
    dataset = origin.dataset(progress=progress)
    queries = catalogue.load(origin.content)
    names = Names(_names(dataset, queries["names"].bound({})), sorts(dataset))
    return Knowledge(dataset, queries, names)


def sorts(dataset: Dataset) -> dict[str, dict[str, str]]:
    """What each class and concept scheme is called: by IRI, then by code of language."""
    found: dict[str, dict[str, str]] = {}
    for row in sparql.select(dataset, _SORTS):
        if isinstance(label := row["label"], Literal):
            found.setdefault(row["kind"].value, {})[label.language or ""] = label.value
    return found


def _names(dataset: Dataset, text: str) -> list[NameRow]:
    """What the query *text* tells of names; from the shelf, where it lies there."""
    kept = dataset.shelf.get(text) if dataset.shelf else None
    if kept is None:
        rows = [_name(row) for row in sparql.select(dataset, text)]
        if dataset.shelf:
            dataset.shelf.put(text, [astuple(row) for row in rows])
        return rows
    return [NameRow(*each) for each in kept]


def _name(row: sparql.Row) -> NameRow:
    name = row["name"]
    return NameRow(
        iri=row["thing"].value,
        kind=row["kind"].value,
        label=row["label"].value,
        name=name.value,
        language=(name.language or "") if isinstance(name, Literal) else "",
        preferred=row["form"].value == "preferred",
    )
