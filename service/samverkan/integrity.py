"""What content must have before anything can be answered from it: told with file and line.

These are the few things without which an answer would be wrong or silent. What makes content good
beyond that is the business of the shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions, Store

from samverkan.errors import ContentError
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID, PREFIXES

_TOLD_AT_MOST = 20

_UNKNOWN = "FILTER NOT EXISTS { ?what a ?class }"
_REFERENCE = "GRAPH ?graph { ?subject ?property ?what }"
_NEEDS = (
    "GRAPH ?graph { ?subject a %s } FILTER NOT EXISTS { ?subject %s ?anything } BIND('%s' AS ?what)"
)


@dataclass(frozen=True)
class _Rule:
    """A pattern that finds what is wrong, as ``?graph ?subject ?what``, and what is said of it."""

    pattern: str
    message: str


def _need(kind: str, path: str, what: str) -> _Rule:
    return _Rule(_NEEDS % (kind, path, what), _("{place}: <{subject}> lacks {what}."))


_RULES = (
    _Rule(
        f"{_REFERENCE} FILTER(ISBLANK(?subject) || ISBLANK(?what))",
        _("{place}: There is a blank node by {what}: give it an IRI."),
    ),
    _Rule(
        f"{_REFERENCE} FILTER(STRSTARTS(STR(?what), '{ID}')) {_UNKNOWN}",
        _("{place}: <{subject}> points to <{what}>, which is described nowhere."),
    ),
    _Rule(
        f"{_REFERENCE} FILTER(STRSTARTS(STR(?what), '{DEF}')) {_UNKNOWN}",
        _("{place}: <{subject}> uses <{what}>, which the vocabulary does not have."),
    ),
    _Rule(
        f"GRAPH ?graph {{ ?subject ?what ?value }} FILTER(STRSTARTS(STR(?what), '{DEF}'))"
        " FILTER NOT EXISTS { ?what a ?class }",
        _("{place}: <{subject}> uses the property <{what}>, which the vocabulary does not have."),
    ),
    _Rule(
        "VALUES ?class { org:Organization foaf:Person } GRAPH ?graph { ?subject a ?class }"
        " FILTER NOT EXISTS { ?subject skos:prefLabel ?label FILTER(LANG(?label) = 'sv') }"
        " BIND('skos:prefLabel (@sv)' AS ?what)",
        _("{place}: <{subject}> lacks {what}."),
    ),
    _need("org:Membership", "org:organization", "org:organization"),
    _need("org:Membership", "org:role", "org:role"),
    _need("org:Membership", "smv:status", "smv:status"),
    _need("org:Membership", "smv:basis", "smv:basis"),
    _need("org:Membership", "prov:wasDerivedFrom", "prov:wasDerivedFrom"),
    _need(
        "org:Membership",
        "(smv:attestedIn|org:memberDuring)/(dcat:startDate|dcat:endDate)",
        "smv:attestedIn / org:memberDuring",
    ),
    _need("smv:Evidence", "oa:hasSource", "oa:hasSource"),
    _need("smv:Evidence", "smv:locator", "smv:locator"),
    _need("smv:Evidence", "oa:hasSelector", "oa:hasSelector"),
    _need("oa:TextPositionSelector", "oa:start", "oa:start"),
    _need("oa:TextPositionSelector", "oa:end", "oa:end"),
    _Rule(
        "VALUES ?property { dcat:startDate dcat:endDate dcterms:issued }"
        " GRAPH ?graph { ?subject ?property ?what } FILTER(DATATYPE(?what) != xsd:date)",
        _("{place}: <{subject}> has {what}, which is no xsd:date."),
    ),
    _Rule(
        "GRAPH ?graph { ?subject smv:locator ?what } FILTER(REGEX(?what, '[|<>]'))",
        _("{place}: <{subject}> has the locator {what}: leave out | < >."),
    ),
    _Rule(
        "GRAPH ?graph { ?what smv:attestedIn ?subject }"
        " FILTER NOT EXISTS { ?subject dcat:startDate ?first ; dcat:endDate ?last }",
        _("{place}: <{subject}> needs both dcat:startDate and dcat:endDate, as <{what}> uses it."),
    ),
    _need("dcterms:PeriodOfTime", "smv:edtf", "smv:edtf"),
    _need("dcterms:PeriodOfTime", "dcat:startDate|dcat:endDate", "dcat:startDate / dcat:endDate"),
)


def check(store: Store, files: Mapping[NamedNode, Sequence[Path]]) -> None:
    """Make sure that *store*, whose graphs were loaded from *files*, can be answered from.

    Raises:
        ContentError: with a line for each fault: file and line, what is wrong.
    """
    faults = [fault for rule in _RULES for fault in _faults(store, rule, files)]
    if len(faults) > _TOLD_AT_MOST:
        more = ContentError(_("… and {count} more."), count=len(faults) - _TOLD_AT_MOST)
        faults = [*faults[:_TOLD_AT_MOST], more]
    if faults:
        raise ContentError(_("The content cannot be used:\n{faults}"), faults=tuple(faults))


def _faults(
    store: Store, rule: _Rule, files: Mapping[NamedNode, Sequence[Path]]
) -> Iterator[ContentError]:
    text = f"SELECT DISTINCT ?graph ?subject ?what WHERE {{ {rule.pattern} }} ORDER BY ?subject"
    solutions = store.query(text, prefixes=PREFIXES)
    if isinstance(solutions, QuerySolutions):
        for solution in solutions:
            subject = _text(solution["subject"])
            graph = solution["graph"]
            found = files.get(graph, ()) if isinstance(graph, NamedNode) else ()
            place = _place(found, subject)
            what = _text(solution["what"])
            yield ContentError(rule.message, place=place, subject=subject, what=what)


def _text(term: Any) -> str:
    return str(getattr(term, "value", term))


def _place(files: Sequence[Path], subject: str) -> str:
    """The file, and the line in it, where *subject* is first described."""
    name = re.compile(rf"^(\S*:{re.escape(subject.rpartition('/')[2])}|<{re.escape(subject)}>)\s")
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if name.match(line):
                return f"{path}, {number}"
    return ", ".join(str(path) for path in files)
