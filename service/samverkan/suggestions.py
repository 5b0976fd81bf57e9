"""What can be asked about a thing: the examples of the catalogue, with its name in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from samverkan import understanding
from samverkan.catalogue import KNOWN_ON, ON_DATE, NamedQuery
from samverkan.errors import SamverkanError
from samverkan.knowledge import Knowledge
from samverkan.understanding import Understood

_NO_TIMES = {ON_DATE: "", KNOWN_ON: ""}


@dataclass(frozen=True)
class _Template:
    """An example of a question about things of a kind, before and after the name of one."""

    kind: str
    before: str
    after: str


def about(knowledge: Knowledge, iri: str, code: str) -> tuple[str, ...]:
    """Questions in the language of *code* about the thing of that IRI, as the catalogue asks them.

    None where there are no examples for its kind, or its name would be read as that of another.
    """
    match = knowledge.names.thing(iri)
    if match is None:
        return ()
    label = knowledge.names.label(iri, code)
    return tuple(
        f"{template.before}{label}{template.after}"
        for template in _templates(knowledge, code)
        if template.kind in match.kinds and _is_read_as(knowledge, label, template.kind, iri)
    )


def _is_read_as(knowledge: Knowledge, label: str, kind: str, iri: str) -> bool:
    try:
        return knowledge.names.find(label, kind).iri == iri
    except SamverkanError:
        return False


@lru_cache(maxsize=8)
def _templates(knowledge: Knowledge, code: str) -> tuple[_Template, ...]:
    """All examples in the language of *code* that have a name in them, without that name."""
    made = (
        _template(knowledge, query, example)
        for query in knowledge.catalogue
        for example in query.examples[code]
    )
    return tuple(dict.fromkeys(template for template in made if template))


def _template(knowledge: Knowledge, query: NamedQuery, example: str) -> _Template | None:
    """*example* without the name of what it is about, or None where it is about no one thing."""
    for kind, name in _subjects(knowledge, query, example):
        before, found, after = example.rpartition(name)
        if found:
            return _Template(kind, before, after)
    return None


def _subjects(knowledge: Knowledge, query: NamedQuery, example: str) -> Iterator[tuple[str, str]]:
    """The kind and the name of what *example* may be about: what *query* cannot do without."""
    read = understanding.understand(knowledge, example, _NO_TIMES)
    if not isinstance(read, Understood) or read.reading.query.name != query.name:
        return
    for parameter in query.parameters:
        if parameter.required and parameter.kind and parameter.name in read.said:
            yield parameter.kind, read.said[parameter.name]
