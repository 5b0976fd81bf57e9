"""A rule of the content: a pattern that finds what is wrong, what is said of it, and what to do.

A pattern binds ``?graph`` and ``?subject`` and, where it has them, ``?property``, ``?value`` and
``?other``, which fill the places of the messages, as does ``?word``, which is a text of the rule's
own; property and value lead to the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samverkan.namespaces import IDENTITY, PREFIXES, SCHEMES, VOCABULARY

_ONTOLOGY = f"{VOCABULARY}, {SCHEMES}"

STATEMENT = "GRAPH ?graph { ?subject ?property ?value }"
DATA = f"FILTER(?graph NOT IN ({_ONTOLOGY}))"
SOURCES = f"FILTER(?graph NOT IN ({_ONTOLOGY}, {IDENTITY}))"
IDENTITIES = f"VALUES ?graph {{ {IDENTITY} }}"
# Each thing that a graph of data gives a class.
TYPED = f"{{ SELECT DISTINCT ?graph ?subject {{ GRAPH ?graph {{ ?subject a ?type }} {DATA} }} }}"
BODIES_AND_PEOPLE = "VALUES ?class { org:Organization foaf:Person }"

_SPACES = "|".join(space.replace(".", "[.]") for space in PREFIXES.values())


@dataclass(frozen=True)
class Rule:
    """``guess`` names the variable for which the nearest known name is offered.

    ``once`` names the one of which this is told once, wherever it is found.
    """

    pattern: str
    problem: str
    remedy: str
    guess: str = ""
    once: str = ""


def rows(names: str, table: Mapping[str, str]) -> str:
    """A VALUES block of the columns *names*: each key with each of the words beside it."""
    pairs = (f"({key} {word})" for key, words in table.items() for word in words.split())
    return f"VALUES ({names}) {{ {' '.join(pairs)} }}"


def outside(variable: str, terms: Iterable[str], known: str) -> str:
    """Leaves the terms of namespaces known here that are not of *terms*, nor *known* to be some."""
    return (
        f"MINUS {{ VALUES {variable} {{ {' '.join(terms)} }} }}"
        f" MINUS {{ GRAPH {VOCABULARY} {{ {variable} {known} }} }}"
        f" FILTER(REGEX(STR({variable}), '^({_SPACES})'))"
    )
