"""The text of a Turtle file: where each thing is described, and on which line a term stands.

The engine parses; this reads a text that it has accepted, only to find places in it. Turtle merges
what is written twice and gives no lines: both have to be found in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

# Turtle 1.1 § 6.5, for text that is known to be well-formed. Nothing in it backtracks far: what is
# repeated begins in one way only. (No group is possessive: Debian's Python 3.11.2 errs with those.)
_STRING = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
)
_IRI = r"<[^<>\s]*+>"
_COMMENT = r"\#[^\n\r]*+"
_LANGUAGE = r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*"
# A prefixed name, a blank node's label, a number, `a`, `true`: a dot only where more of it follows.
_PLAIN = r"[^\s\"'<>\#;,.\[\]()@^\\]"
_NAME = rf"(?:{_PLAIN}|\\.|\.(?=\d))(?:{_PLAIN}|\\.|\.++(?=[\w:%\\-]))*"

_TOKEN = re.compile(
    rf"(?P<space>\s++|{_COMMENT})|(?P<string>{_STRING})|(?P<iri>{_IRI})|(?P<language>{_LANGUAGE})"
    rf"|(?P<name>{_NAME})|(?P<mark>\^\^|.)",
    re.DOTALL,
)
_SPACE = re.compile(rf"(?:\s|{_COMMENT})*")
_STATEMENT = re.compile(
    rf"(?:prefix\s++[^\s:<]*+:|base)\s*+{_IRI}"
    rf"|(?:[\s;,\[\]()^]++|{_STRING}|{_IRI}|{_COMMENT}|{_LANGUAGE}|{_NAME})+\.",
    re.DOTALL | re.IGNORECASE,
)
_PREFIX = re.compile(rf"@?prefix\s+([^\s:<]*):\s*({_IRI})", re.IGNORECASE)
_BASE = re.compile(rf"@?base\s*({_IRI})", re.IGNORECASE)
_SUBJECT = re.compile(rf"{_IRI}|{_NAME}|\[|\(")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class Block:
    """What stands between two full stops: the thing described (its IRI, or ``[``, ``_:x``)."""

    subject: str
    start: int
    end: int


@dataclass(frozen=True)
class Token:
    """A word of the text: what it stands for, and where it begins."""

    kind: str
    value: str
    start: int


@dataclass(frozen=True)
class Turtle:
    """A file's text, its prefixes and its blocks in their order."""

    path: Path
    text: str
    prefixes: Mapping[str, str]
    blocks: Sequence[Block]

    def line(self, offset: int) -> int:
        """The line, from 1, on which the character at *offset* stands."""
        return bisect_right(self._lines, offset)

    def blocks_of(self, subject: str) -> Sequence[Block]:
        """The blocks that describe the thing of that IRI."""
        return self._by_subject.get(subject, ())

    def find(self, block: Block, *terms: str) -> int | None:
        """Where the last of *terms* begins, each after the one before it; None without all."""
        tokens = iter(self.tokens(block))
        next(tokens, None)  # the thing itself
        start = None
        for term in terms:
            found = next((token for token in tokens if token.value == term), None)
            if found is None:
                return None
            start = found.start
        return start

    def tokens(self, block: Block) -> Iterator[Token]:
        """The words of *block*: IRIs whole, strings without their quotes, escapes undone."""
        for match in _TOKEN.finditer(self.text, block.start, block.end):
            kind = str(match.lastgroup)
            if kind != "space":
                yield Token(kind, self._meaning(kind, match[0]), match.start())

    def declaration(self, prefix: str) -> int:
        """Where *prefix* is declared (the last time), or the beginning."""
        name = re.escape(prefix)
        found = list(re.finditer(rf"@?prefix\s+{name}:\s*<", self.text, re.IGNORECASE))
        return found[-1].start() if found else 0

    def _meaning(self, kind: str, text: str) -> str:
        if kind == "string":
            return unescaped(text[3:-3] if text[:3] in {'"""', "'''"} else text[1:-1])
        if kind == "name" and text == "a":
            return _TYPE
        return iri(text, self.prefixes) if kind in {"iri", "name"} else text

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.text))]

    @cached_property
    def _by_subject(self) -> dict[str, list[Block]]:
        found: dict[str, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(block.subject, []).append(block)
        return found


def read(path: Path, text: str) -> Turtle:
    """The prefixes and blocks of *text*, which is the well-formed Turtle of the file *path*."""
    prefixes: dict[str, str] = {}
    blocks = []
    position = 0
    while statement := _STATEMENT.match(text, start := _end_of(_SPACE, text, position)):
        position = statement.end()
        if declared := _PREFIX.match(text, start):
            prefixes[declared[1]] = iri(declared[2], prefixes)
        elif based := _BASE.match(text, start):
            # No name has this prefix: it is where relative IRIs begin.
            prefixes["<"] = iri(based[1], prefixes)
        elif subject := _SUBJECT.match(text, start):
            blocks.append(Block(iri(subject[0], prefixes), start, position))
    return Turtle(path, text, prefixes, blocks)


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where what *pattern*, which fits anywhere, takes from *position* on ends."""
    match = pattern.match(text, position)
    return match.end() if match else position


def iri(text: str, prefixes: Mapping[str, str]) -> str:
    """The IRI that *text*, as Turtle writes it, stands for; anything else as it is."""
    if text.startswith("<"):
        return urljoin(prefixes.get("<", ""), unescaped(text[1:-1]))
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in prefixes:
        return text
    return prefixes[prefix] + unescaped(local)


def unescaped(text: str) -> str:
    """*text* with what stands behind backslashes in its place (Turtle 1.1 § 6.4)."""
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        return chr(int(code[1:], 16))
    return _CONTROL.get(code, code)
