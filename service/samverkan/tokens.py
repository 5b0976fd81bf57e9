"""The text of a SPARQL query as tokens: to bind values, name graphs and see what it asks for.

The terminals are those of SPARQL 1.1 Query § 19.8, merged where the difference does not matter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"
             | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
             | "(?:[^"\\\n\r]|\\.)*"
             | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>(?:[^\W\d](?:[\w-]|\.+(?=[\w-]))*)?:
             (?:(?:[\w:%-]|\\.)(?:[\w:%-]|\\.|\.+(?=[\w:%\\-]))*)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SERVICE = ("SERVICE", "SERVICESILENT")
# No keyword that NOW could be glued to ends with a K, and "known" is in many names.
_UNSTEADY = ("NOW", "RAND", "UUID", "BNODE")
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Each token of *text* as its kind and its characters; joined, they are *text* again."""
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "sign", match.group()


def variables(text: str) -> set[str]:
    """The names, without ``?``, of all variables in *text*."""
    return {token[1:] for kind, token in tokens(text) if kind == "variable"}


def keywords(text: str) -> set[str]:
    """The bare words of *text* in capitals: keywords and names of built-in functions."""
    return {token.upper() for kind, token in tokens(text) if kind == "word"}


def calls_a_service(text: str) -> bool:
    """Whether *text* has the keyword SERVICE (SPARQL 1.1 Federated Query § 2), however it is glued.

    The engine takes ``trueSERVICE`` for two words and ``SERVICE:x`` for a word and a name; a prefix
    that the text declares is no keyword.
    """
    if _SERVICE[0] not in text.upper():  # most texts need not be taken apart
        return False
    declared = set()
    before = ""
    for kind, token in tokens(text):
        if kind == "word" and token.upper().endswith(_SERVICE):
            return True
        if kind == "name":
            prefix = token.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix.upper().endswith(_SERVICE) and prefix not in declared:
                return True
        if kind not in {"space", "comment"}:
            before = token.upper()
    return False


def unescaped(text: str) -> str:
    """*text* with its code point escapes resolved, as is done before it is parsed (§ 19.2)."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), sys.maxunicode)), text)


def is_update(text: str) -> bool:
    """Whether the first operation of *text* is one of SPARQL 1.1 Update."""
    capitals = text.upper()
    if not any(word in capitals for word in _UPDATES):  # as above
        return False
    for kind, token in tokens(text):
        if kind == "word" and token.upper() in _FORMS | _UPDATES:
            return token.upper() in _UPDATES
    return False


def is_steady(text: str) -> bool:
    """Whether *text* has the same answer each time that it is asked of the same graph.

    It holds no function that looks at the clock or at chance (SPARQL 1.1 Query § 17.4.2.10 to 12,
    17.4.4.5, 17.4.5.1), and nothing that looks like one.
    """
    capitals = unescaped(text).upper().replace("KNOW", "")
    return not any(name in capitals for name in _UNSTEADY)


def form(text: str) -> str | None:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; None where it has none."""
    words = (token.upper() for kind, token in tokens(text) if kind == "word")
    return next((word for word in words if word in _FORMS), None)


def bind(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """*text* with RDF terms in the place of variables.

    The engine's own substitution takes only variables that the outermost SELECT projects
    (SPARQL-dev SEP-0007), and the SPARQL 1.1 Protocol knows none. A value is therefore put where
    its variable's token stands, as the term's own serialisation, in which nothing can end the term.
    """
    pieces = list(_pieces(text, frozenset(values)))
    for place in range(1, len(pieces), 2):
        pieces[place] = str(values[pieces[place]])
    return "".join(pieces)


@lru_cache(maxsize=1_000)
def _pieces(text: str, names: frozenset[str]) -> tuple[str, ...]:
    """*text* around the variables *names*: every second piece is the name of one.

    There are few queries of our own, and each is bound often, and to the same parameters.
    """
    pieces = [""]
    for kind, token in tokens(text):
        if kind == "variable" and token[1:] in names:
            pieces += [token[1:], ""]
        else:
            pieces[-1] += token
    return tuple(pieces)


def over_graphs(text: str, graphs: Sequence[NamedNode]) -> str:
    """*text* asked of *graphs* only: merged as its default graph, and each by its name.

    The clauses stand before the first ``WHERE`` (SPARQL 1.1 Query § 13.2).
    """
    clauses = "".join(f"FROM {graph}\nFROM NAMED {graph}\n" for graph in graphs)
    done = False
    parts = []
    for kind, token in tokens(text):
        if not done and kind == "word" and token.upper() == "WHERE":
            parts.append(clauses)
            done = True
        parts.append(token)
    return "".join(parts)


def without_graphs(text: str) -> str:
    """*text* without the clauses that name its graphs (SPARQL 1.1 Query § 13.2)."""
    parts: list[str] = []
    is_clause = False
    for kind, token in tokens(text):
        if kind == "word" and token.upper() == "FROM":
            is_clause = True
        elif not is_clause:
            parts.append(token)
        elif kind in {"iri", "name"}:
            is_clause = False
    return "".join(parts)


def with_values(text: str, values: Mapping[str, object]) -> str:
    """*text*, a SELECT or ASK, with terms for variables of its outermost group.

    They stand as VALUES at the beginning of the group (SPARQL 1.1 Query § 10.2).
    """
    names = " ".join(f"?{name}" for name in values)
    terms = " ".join(str(term) for term in values.values())
    found = False
    parts = []
    for kind, token in tokens(text):
        parts.append(token)
        if not found and (kind, token) == ("sign", "{"):
            parts.append(f" VALUES ({names}) {{ ({terms}) }} ")
            found = True
    return "".join(parts)
