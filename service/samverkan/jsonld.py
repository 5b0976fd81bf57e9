"""Statements → tidy JSON-LD: short keys, texts by language, the thing itself on top.

The keys are those of ``ontology/context.jsonld``. A document holds the part of the context that it
uses: nobody has to fetch anything to read it, and nothing is fetched here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from samverkan import content as content_
from samverkan.content import Content
from samverkan.errors import ContentError
from samverkan.formats import order_in_graph
from samverkan.language import mark as _
from samverkan.namespaces import term

_TYPE = term("rdf:type").value
_STRING = term("xsd:string")
_BOOLEAN = term("xsd:boolean")
_INTEGER = term("xsd:integer")
# How keys of a node are told: what it is called, then the rest; the other nodes last.
_FIRST, _LAST = ("id", "type"), "included"


@dataclass(frozen=True)
class Context:
    """A JSON-LD context: the text of its file, and what stands in it."""

    text: bytes
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def terms(self) -> Any:
        """What its ``@context`` holds."""
        return json.loads(self.text)["@context"]

    @cached_property
    def _of_texts(self) -> frozenset[str]:
        """The properties whose values are told by language: there is no place for numbers there."""
        found = set()
        for definition in self.terms.values():
            if isinstance(definition, dict) and "@language" in definition.get("@container", ()):
                prefix, _colon, local = definition["@id"].partition(":")
                found.add(f"{self.terms.get(prefix, prefix + ':')}{local}")
        return frozenset(found)

    def tidied(self, triples: Iterable[Triple], main: str | None = None) -> bytes:
        """*triples* compacted (JSON-LD 1.1 API § 5.6), with the thing *main* on top."""
        nodes = _nodes(triples, self._of_texts)
        document: Any = {"@graph": list(nodes.values())}
        if main in nodes:
            document = nodes.pop(main)
            document |= {"@included": list(nodes.values())} if nodes else {}
        compact = _ordered(self._compact(document))
        compact = {"@context": self._part(compact), **compact}
        return (json.dumps(compact, ensure_ascii=False, indent=1) + "\n").encode()

    def _compact(self, document: Any) -> dict[str, Any]:
        from pyld import jsonld  # takes its time, and only those who ask for JSON-LD need it

        options = {"documentLoader": _fetches_nothing, "base": ""}
        with self._lock:  # the library keeps what it has read of contexts in a dict of its own
            found = jsonld.compact(document, {"@context": self.terms}, options)
        found.pop("@context")
        return dict(found)

    def _part(self, document: Any) -> dict[str, Any]:
        """The part of the context that *document* uses."""
        used = set(_names(document))
        for name in tuple(used):
            used.update(_names(self.terms.get(name)))
        return {k: v for k, v in self.terms.items() if k.startswith("@") or k in used}


def load(content: Content) -> Context:
    """The context of *content*, or the bundled one where its ontology has none.

    Raises:
        ContentError: it is no JSON, or holds no context.
    """
    path = content.context
    if not path.exists():
        path = content_.find().context
    reason: object = "@context"
    try:
        context = Context(path.read_bytes())
        if isinstance(context.terms, dict):
            return context
    except (OSError, ValueError, LookupError, TypeError) as error:
        reason = error
    raise ContentError(_("{path} is no JSON-LD context: {reason}."), path=path, reason=reason)


def _fetches_nothing(address: str, _options: Any) -> Any:
    raise OSError(address)


def _names(node: Any) -> Iterator[str]:
    """Whatever in *node*, key or value, could be a term or begin with a prefix."""
    if isinstance(node, dict):
        node = [*node, *node.values()]
    if isinstance(node, list):
        for each in node:
            yield from _names(each)
    elif isinstance(node, str):
        yield from (node, node.partition(":")[0])


def _nodes(triples: Iterable[Triple], of_texts: frozenset[str]) -> dict[str, dict[str, Any]]:
    """The nodes in expanded form, by IRI; those of which only a label is told come last."""
    found: dict[str, dict[str, Any]] = {}
    for triple in sorted(triples, key=order_in_graph):
        subject = _id(triple.subject)
        node = found.setdefault(subject, {"@id": subject})
        if triple.predicate.value == _TYPE:
            node.setdefault("@type", []).append(_id(triple.object))
        else:
            name = triple.predicate.value
            node.setdefault(name, []).append(_value(triple.object, plain=name not in of_texts))
    return dict(sorted(found.items(), key=lambda item: ("@type" not in item[1], item[0])))


def _value(node: Any, *, plain: bool) -> dict[str, Any]:
    """A term in expanded form; truths and whole numbers as JSON has them, if *plain*."""
    if not isinstance(node, Literal):
        return {"@id": _id(node)}
    if node.language:
        return {"@value": node.value, "@language": node.language}
    if node.datatype == _STRING:
        return {"@value": node.value}
    if plain and node.datatype == _BOOLEAN and node.value in {"true", "false"}:
        return {"@value": node.value == "true"}
    if plain and node.datatype == _INTEGER and node.value == _plain(node.value):
        return {"@value": int(node.value)}
    return {"@value": node.value, "@type": node.datatype.value}


def _id(node: Any) -> str:
    return str(node.value) if isinstance(node, NamedNode) else str(node)


def _plain(number: str) -> str | None:
    """A whole number as JSON writes it, where it is one that every reader can hold."""
    try:
        value = int(number)
    except ValueError:
        return None
    return str(value) if abs(value) < 1 << 53 else None


def _ordered(node: Any) -> Any:
    if isinstance(node, list):
        return [_ordered(each) for each in node]
    if not isinstance(node, dict):
        return node
    keys = sorted(node, key=lambda key: (key == _LAST, key not in _FIRST, key))
    return {key: _ordered(node[key]) for key in keys}
