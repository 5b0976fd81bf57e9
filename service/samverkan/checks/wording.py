"""Results of a validation → findings, told in a language: with labels, remedy, actor, evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Any

import rdflib
from rdflib import DCTERMS, ORG, PROV, RDF, RDFS, SH, SKOS, URIRef
from rdflib.paths import Path

from samverkan.checks import paths
from samverkan.checks.acknowledgements import Acknowledgement
from samverkan.checks.shapes import SHAPE, SMV, Shapes
from samverkan.checks.todo import Accepted, Finding
from samverkan.checks.validation import Result
from samverkan.checks.window import Window
from samverkan.findings import Evidence, Thing
from samverkan.namespaces import PREFIXES, compact

_YEAR = re.compile(r"[0-9]{4}")
_PLACE = re.compile(r"\{\$(\w+)\}")
_BODY = ORG.Organization
_OA = rdflib.Namespace(PREFIXES["oa"])
_EVIDENCE = PROV.wasDerivedFrom | (SMV.claim / PROV.wasDerivedFrom)
_SOURCE, _SELECTOR, _SPAN = _OA.hasSource, _OA.hasSelector, (_OA.start, _OA.end)
_ISSUED, _LOCATOR = DCTERMS.issued, SMV.locator
_SOURCES = _EVIDENCE / _SOURCE
_PUBLISHERS = _SOURCES / DCTERMS.publisher
_DAYS_OF_ISSUE = _SOURCES / _ISSUED
_LABELS = (SKOS.prefLabel, RDFS.label, SMV.edtf, _LOCATOR)
_SHOWN = 160
_NAMED = 4


@dataclass(frozen=True)
class Teller:
    """Tells results in the language of *code*, with what *window* shows."""

    shapes: Shapes
    window: Window
    code: str
    acknowledgements: Sequence[Acknowledgement]
    on_date: date

    def finding(self, result: Result) -> Finding:
        """*result*, told."""
        check = str(result.shape).removeprefix(SHAPE)
        value = None if result.value in {None, result.focus} else result.value
        together = self._along_each(result, SMV.together)
        return Finding(
            check=check,
            severity=result.severity,
            thing=self.thing(result.focus),
            value=None if value is None else self.thing(value),
            message=self.message(result),
            remedy=self._text(result, SMV.remedy),
            actor=self.actor(result),
            bodies=self._bodies(result.focus),
            offered=tuple(self.thing(term) for term in self._along(result, SMV.shows)),
            since=self.since(result),
            evidence=self._evidence(result.focus),
            together=tuple(self.thing(term) for term in together),
            together_message=self._filled(
                self._said(result.shape, SMV.togetherMessage) or "", result
            ),
            accepted=self._accepted(check, result.focus, value),
        )

    def message(self, result: Result) -> str:
        """What is wrong."""
        return self._text(result, SH.message)

    def thing(self, term: Any) -> Thing:
        """A thing with its label, the same one each time; a text is its own."""
        if term not in self._things:
            self._things[term] = Thing(str(term), self.label(term))
        return self._things[term]

    def label(self, term: Any) -> str:
        """What a person calls it: its label, else the words of its time or place, else its name."""
        if not isinstance(term, URIRef):
            text = str(term)
            return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        if term not in self._labels:
            self._labels[term] = self._label(term)
        return self._labels[term]

    def _label(self, term: URIRef) -> str:
        for predicate in _LABELS:
            found = {
                getattr(value, "language", None) or "": str(value)
                for value in self.window.objects(term, predicate)
            }
            for code in (self.code, "sv", "", *found):
                if code in found:
                    return found[code]
        return compact(str(term)).rpartition("/")[2]

    def actor(self, result: Result) -> Thing:
        """Who has to act: by the shape; the body itself; who published it; the collaboration."""
        bodies = [
            term for along in self._paths(result, SMV.actor) for term in self._follow(result, along)
        ]
        bodies += [result.focus]
        bodies += paths.follow(self.window, result.focus, _PUBLISHERS)
        bodies += self._collaboration
        return self.thing(next(filter(self._is_body, bodies), result.focus))

    def since(self, result: Result) -> date | None:
        """The last of the days that the shape names; else when the first source was issued."""
        named = self._days(self._since(result))
        issued = self._days(paths.follow(self.window, result.focus, _DAYS_OF_ISSUE))
        return max(named, default=min(issued, default=None))

    def _since(self, result: Result) -> list[Any]:
        by_value = self.shapes.graph.value(result.shape, SMV.since) == SH.value
        return [result.value] if by_value else self._along(result, SMV.since)

    @cached_property
    def _collaboration(self) -> list[Any]:
        kind = ORG.OrganizationalCollaboration
        return sorted(self.window.subjects(RDF.type, kind), key=str)

    def _bodies(self, thing: Any) -> tuple[Thing, ...]:
        named = set(filter(self._is_body, self.window.objects(thing)))
        return tuple(self.thing(body) for body in sorted(named, key=str))

    @cached_property
    def _is_body(self) -> Callable[[Any], bool]:
        """Whether a term is a body."""
        return cache(lambda term: _BODY in self.window.objects(term, RDF.type))

    @cached_property
    def _labels(self) -> dict[URIRef, str]:
        return {}

    @cached_property
    def _things(self) -> dict[Any, Thing]:
        return {}

    def _text(self, result: Result, predicate: URIRef) -> str:
        """What the part says, or the named shape, or the kind of constraint."""
        for node in (result.part, result.shape, result.component):
            if told := self._said(node, predicate):
                return self._filled(told, result)
        return compact(str(result.component))

    @cached_property
    def _said(self) -> Callable[[Any, URIRef], str | None]:
        """The text that a node of the shapes has for a property: the same object each time."""
        return cache(self._read)

    def _read(self, node: Any, predicate: URIRef) -> str | None:
        texts = {value.language: str(value) for value in self.shapes.graph.objects(node, predicate)}
        return texts.get(self.code)

    def _filled(self, text: str, result: Result) -> str:
        """*text* with what its places stand for; ``{$count}`` is filled by whoever counts."""
        if "{$" not in text:
            return text
        values = {
            "this": lambda: self.label(result.focus),
            "value": lambda: self.label(result.value),
            "path": lambda: self._path_label(result.path),
            "since": lambda: str(self.since(result) or "?"),
            "shown": lambda: _listed(self._shown(result)),
            "last": lambda: max(self._shown(result), default=""),
            "together": lambda: ", ".join(map(self.label, self._along_each(result, SMV.together))),
        }
        return _PLACE.sub(lambda m: values[m[1]]() if m[1] in values else m[0], text)

    def _shown(self, result: Result) -> list[str]:
        """What the shape shows, or else what stands where something is wrong."""
        terms = self._along(result, SMV.shows) or self._at_path(result)
        return [self.label(term) for term in terms]

    def _path_label(self, path: Any) -> str:
        if path is None:
            return ""
        names = paths.predicates(self.shapes.graph, path)
        return " / ".join(dict.fromkeys(self.label(name) for name in names))

    def _at_path(self, result: Result) -> list[Any]:
        if result.path is None:
            return []
        return self._follow(result, result.path)

    def _along(self, result: Result, predicate: URIRef) -> list[Any]:
        """Where the one path leads that the shape has for *predicate*."""
        node = self.shapes.graph.value(result.shape, predicate)
        return [] if node is None else self._follow(result, node)

    def _along_each(self, result: Result, predicate: URIRef) -> list[Any]:
        """Where each of a list of paths leads."""
        return [
            term for along in self._paths(result, predicate) for term in self._follow(result, along)
        ]

    def _paths(self, result: Result, predicate: URIRef) -> list[Any]:
        head = self.shapes.graph.value(result.shape, predicate)
        return [] if head is None else self._items(head)

    @cached_property
    def _items(self) -> Callable[[Any], list[Any]]:
        """The members of a list in the shapes."""
        return cache(lambda head: list(self.shapes.graph.items(head)))

    def _follow(self, result: Result, node: Any) -> list[Any]:
        return paths.follow(self.window, result.focus, self._path(node))

    @cached_property
    def _path(self) -> Callable[[Any], URIRef | Path]:
        """The path that a node of the shapes describes."""
        return cache(partial(paths.path, self.shapes.graph))

    def _days(self, terms: Iterable[Any]) -> list[date]:
        days = []
        for term in terms:
            text = f"{term}-12-31" if _YEAR.fullmatch(str(term)) else str(term)
            try:
                days.append(date.fromisoformat(text))
            except ValueError:
                continue  # no day: told by the shapes of structure
        return days

    def _evidence(self, thing: Any) -> tuple[Evidence, ...]:
        found = []
        for piece in paths.follow(self.window, thing, _EVIDENCE):
            source = self.window.value(piece, _SOURCE)
            issued = self._days(self.window.objects(source, _ISSUED)) if source else []
            for selector in self.window.objects(piece, _SELECTOR):
                start, end = (self.window.value(selector, p) for p in _SPAN)
                if issued and start is not None and end is not None:
                    locator = str(self.window.value(piece, _LOCATOR) or "")
                    place = (str(source), self.label(source), locator)
                    found.append(Evidence(issued[0], int(str(start)), int(str(end)), *place))
        return tuple(sorted(found))

    def _accepted(self, check: str, focus: Any, value: Any) -> Accepted | None:
        text = None if value is None else str(value)
        for each in self.acknowledgements:
            if each.covers(check, str(focus), text, self.on_date):
                by = self.thing(URIRef(each.by))
                return Accepted(by, each.reason(self.code), each.until)
        return None


def _listed(names: list[str]) -> str:
    """The first few of *names*, and how many more there are."""
    more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    return "; ".join(names[:_NAMED]) + more
