"""The graphs that the text of a query asks for: its dataset clauses (SPARQL 1.1 Query § 13.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from samverkan import tokens

_FROM, _NAMED = "FROM", "FROMNAMED"
# What every clause begins like, and few queries hold: the others need not be taken apart. Variables
# may end so (``?then_from <= …``). The first is quick, and finds all that the second does.
_HINT = re.compile(r"FROM(?:\s|#)*[<:\w]")
_CLAUSE = re.compile(rf"(?<![\w?$])\w*{_HINT.pattern}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class Graphs:
    """A dataset by the IRIs of its graphs: merged as the default one, and by their names.

    SPARQL 1.1 Protocol § 2.1.4. Empty: the query's own, or else all graphs merged.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether any graph is named at all."""
        return bool(self.default or self.named)


ALL_GRAPHS = Graphs()


def graphs_of(text: str, base: str) -> Graphs:
    """The graphs that *text* names by FROM and FROM NAMED, its relative IRIs resolved by *base*.

    A graph that is named twice is one. Of a text that does not parse, anything may come out.
    """
    if not _HINT.search(text.upper()) or not _CLAUSE.search(text):
        return ALL_GRAPHS
    found: dict[bool, dict[str, None]] = {False: {}, True: {}}
    names = _Names(base)
    clause = None
    for kind, token in _words(text):
        if kind == "word" and token.upper().endswith((_FROM, _NAMED)):
            clause = token.upper().endswith(_NAMED)
        elif kind == "word" and clause is not None and token.upper() == "NAMED":
            clause = True
        elif clause is not None and kind in {"iri", "name"}:
            found[clause][names.iri(kind, token)] = None
            clause = None
        elif kind == "name" and names.is_keyword_and_name(token):
            found[False][names.iri(kind, token[len(_FROM) :])] = None
        else:
            clause = None
            names.read(kind, token)
    return Graphs(tuple(found[False]), tuple(found[True]))


def _words(text: str) -> Iterator[tuple[str, str]]:
    return (pair for pair in tokens.tokens(text) if pair[0] not in {"space", "comment"})


class _Names:
    """The prefixes and the base that a text has declared so far."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._before = ("", "")  # PREFIX or BASE, and the prefix

    def read(self, kind: str, token: str) -> None:
        """Take in a token of the prologue (§ 4.1.1); any other changes nothing."""
        keyword, prefix = self._before
        if kind == "iri" and keyword == "BASE":
            self._base = self.iri(kind, token)
        elif kind == "iri" and keyword == "PREFIX":
            self._prefixes[prefix] = self.iri(kind, token)
        if kind == "name" and keyword == "PREFIX":
            self._before = (keyword, token[:-1])
        else:
            self._before = (token.upper(), "") if kind == "word" else ("", "")

    def iri(self, kind: str, token: str) -> str:
        """The IRI that *token* stands for; of a prefix that is not declared, *token* itself."""
        if kind == "iri":
            return urljoin(self._base, token[1:-1])
        prefix, _colon, local = token.partition(":")
        if prefix not in self._prefixes:
            return token
        return self._prefixes[prefix] + _ESCAPED.sub(r"\1", local)

    def is_keyword_and_name(self, token: str) -> bool:
        """Whether *token* is ``FROM:x``, which the engine reads as a keyword and ``:x``."""
        prefix = token.partition(":")[0]
        declaring = self._before[0] == "PREFIX"
        return prefix.upper() == _FROM and prefix not in self._prefixes and not declaring
