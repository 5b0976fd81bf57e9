"""What the sections of a page are made of: lines of words and links, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samverkan.findings import Thing
from samverkan.forms import filled
from samverkan.language import Language

# A text, or a thing with a page of its own.
Word = str | Thing
Words = tuple[Word, ...]
# What a place of a sentence is filled with: words, a list of such, or nothing.
Filling = Word | Words | list[Words] | None

# What stands for a link while a sentence is put together; no text of the graph keeps these signs.
_MARK = re.compile("\ue000(\\d+)\ue001")
_MARKS = str.maketrans("", "", "\ue000\ue001")


@dataclass(frozen=True)
class Cited:
    """Where it says so: a source, and its places in words."""

    source: Thing
    places: str


@dataclass(frozen=True)
class Note:
    """A small fact of a line, with what it is called where the words alone do not tell."""

    words: Words
    label: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that a section tells: its words, small facts, a text, and where it says so."""

    words: Words
    notes: tuple[Note, ...] = ()
    text: str | None = None
    implied: bool = False
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True)
class Group:
    """Lines that belong together: of a year, of a level, of a kind."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Query:
    """The named query behind a section, with its parameters."""

    name: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """A part of a page, under a heading of its own; ``key`` names its place on the page."""

    key: str
    title: str
    groups: tuple[Group, ...]
    query: Query | None = None


@dataclass(frozen=True)
class Told:
    """Sections, and the properties of and to the thing that they tell of: nothing repeats them."""

    sections: tuple[Section, ...] = ()
    statements: frozenset[str] = field(default_factory=frozenset)
    mentions: frozenset[str] = field(default_factory=frozenset)


def sentence(
    language: Language, message: str, **values: Word | Words | list[Words] | None
) -> Words:
    """*message* in *language* with its places filled: by a text, a link, words, or a list of such.

    What stands in square brackets is left out where a place in it has no value.
    """
    things: list[Thing] = []
    marked = {name: _marked(value, things, language) for name, value in values.items() if value}
    return _with_links(filled(language.say(message), marked), things)


def text_of(words: Sequence[Word]) -> str:
    """*words* as plain text."""
    return "".join(word if isinstance(word, str) else word.label for word in words)


def one_group(lines: Sequence[Line]) -> tuple[Group, ...]:
    """*lines* as a group without a title; none where there are none."""
    return (Group("", tuple(lines)),) if lines else ()


def _marked(value: Word | Words | list[Words], things: list[Thing], language: Language) -> str:
    if isinstance(value, str):
        return value.translate(_MARKS)
    if isinstance(value, Thing):
        things.append(value)
        return f"\ue000{len(things) - 1}\ue001"
    if isinstance(value, list):
        return language.join([_marked(each, things, language) for each in value])
    return "".join(_marked(each, things, language) for each in value)


def _with_links(text: str, things: Sequence[Thing]) -> Words:
    parts: list[Word] = []
    for number, part in enumerate(_MARK.split(text)):
        if number % 2:
            parts.append(things[int(part)])
        elif part:
            parts.append(part)
    return tuple(parts)
