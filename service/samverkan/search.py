"""A text as typed → the things that it may be the name of, and what can be asked about them.

Across everything that has a label and a page: what people look for first, then the words of the
vocabulary, then what only tells of other things (a membership, a relation, a presence).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from samverkan import hints, questions, sparql, suggestions
from samverkan import knowledge as knowledge_
from samverkan.errors import InputError, ParameterError
from samverkan.knowledge import Knowledge
from samverkan.language import DEFAULT, Language
from samverkan.language import mark as _
from samverkan.lookup import Entry, Found, Lookup
from samverkan.names import words
from samverkan.namespaces import CONCEPTS, DEF, ID, PROLOGUE, term

MAX_CHARACTERS = 200
MOST_HITS = 50
HITS = 20

_NAMES = f"""{PROLOGUE}
SELECT DISTINCT ?thing ?name (LANG(?name) AS ?lang) ?form WHERE {{
  VALUES (?property ?form) {{
    (skos:prefLabel 0) (smv:abbreviation 1) (skos:altLabel 1) (skos:hiddenLabel 2)
  }}
  ?thing ?property ?name .
}}"""
# What is told on the page of the thing that it is about, and seldom looked for by itself.
_ASIDES = frozenset(
    {
        *("attendance", "claim", "membership", "name", "outcome", "post", "relation"),
        *("responsibility", "rule"),
    }
)
_SOUGHT_MOST = frozenset({"organization", "person"})
_SOUGHT_LESS = frozenset({"discrepancy", "event"})
# The kind of a list of values of the vocabulary: a concept scheme.
_LIST = "list"
_LIST_SORT = {"sv": "lista av värden", "en": "list of values"}
_UNREADABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_lock = Lock()


@dataclass(frozen=True)
class Hit:
    """A thing that was found.

    ``kind`` is the segment of its address, or the list that a concept is of; ``sort`` is what that
    is called; ``matched`` is the name that fits what was typed, where that is not the label;
    ``match`` is how well it fits (:class:`samverkan.lookup.Rank`), ``path`` its page.
    """

    iri: str
    label: str
    kind: str
    sort: str
    hint: str
    matched: str | None
    match: str
    path: str


@dataclass(frozen=True)
class Results:
    """What was found, best first, and questions to ask about the first."""

    text: str
    lang: str
    kind: str | None
    hits: tuple[Hit, ...]
    questions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The results as JSON has them."""
        return {
            "q": self.text,
            "lang": self.lang,
            "kind": self.kind,
            "hits": [
                {
                    "iri": hit.iri,
                    "label": hit.label,
                    "kind": hit.kind,
                    "kind_label": hit.sort,
                    "hint": hit.hint,
                    "matched": hit.matched,
                    "match": hit.match,
                    "page": hit.path,
                }
                for hit in self.hits
            ],
            "questions": list(self.questions),
        }


@dataclass(frozen=True)
class _Index:
    """All names of a content; labels of things and of kinds, by language."""

    lookup: Lookup
    labels: Mapping[str, Mapping[str, str]]
    sorts: Mapping[str, Mapping[str, str]]

    def label(self, iri: str, spoken: Language) -> str:
        """What the thing of that IRI is called; the IRI where that is not known."""
        return _in(self.labels[iri], spoken) if iri in self.labels else iri


def search(
    knowledge: Knowledge,
    text: str,
    spoken: Language,
    *,
    kind: str | None = None,
    limit: int = HITS,
) -> Results:
    """What *text*, as typed so far, may be the name of.

    Args:
        knowledge: what is searched.
        text: 1 to 200 characters, with a letter or a figure.
        spoken: the language of kinds, hints and questions.
        kind: only things of that kind, one of :func:`kinds`; all where it is None.
        limit: at most so many, 1 to 50.

    Raises:
        InputError: the text is empty, too long, or no text.
        ParameterError: there is no such kind.
    """
    asked = readable(text)
    index = _index(knowledge)
    if kind is not None and kind not in index.sorts:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name="kind",
            choices=", ".join(sorted(index.sorts)),
            value=kind,
        )
    found = index.lookup.find(asked, limit, kind)
    sought = {each.entry.iri: each.entry.kind for each in found}
    told = hints.hints(knowledge, sought, spoken, lambda iri: index.label(iri, spoken))
    hits = tuple(_hit(index, each, told[each.entry.iri], spoken) for each in found)
    return Results(asked, spoken.code, kind, hits, _questions(knowledge, hits, spoken))


def kinds(knowledge: Knowledge, spoken: Language) -> dict[str, str]:
    """The kinds of things that can be found, and what they are called, in the order of that."""
    told = {kind: _in(labels, spoken) for kind, labels in _index(knowledge).sorts.items()}
    return dict(sorted(told.items(), key=lambda each: (each[1].casefold(), each[0])))


def readable(text: str) -> str:
    """*text* with its white space tidied.

    Raises:
        InputError: it is empty, too long, or no text.
    """
    tidy = " ".join(unicodedata.normalize("NFC", text).split()) if len(text) <= _MOST_SENT else text
    unreadable = any(unicodedata.category(character) in _UNREADABLE for character in tidy)
    if len(tidy) > MAX_CHARACTERS or unreadable or not words(tidy):
        error = InputError(
            _("Search for a text of 1 to {limit} characters, with a letter or a figure in it."),
            limit=MAX_CHARACTERS,
        )
        error.parameter = "q"
        raise error
    return tidy


# More than can be a text with white space around it is not even tidied.
_MOST_SENT = 10 * MAX_CHARACTERS


def _questions(knowledge: Knowledge, hits: tuple[Hit, ...], spoken: Language) -> tuple[str, ...]:
    """What can be asked about the first hit that can be asked about; without hits, at all."""
    if not hits:
        return questions.examples(knowledge, spoken.code)
    about = (suggestions.about(knowledge, hit.iri, spoken.code) for hit in hits)
    return next(filter(None, about), ())


def _hit(index: _Index, found: Found, hint: str, spoken: Language) -> Hit:
    entry = found.entry
    label = index.label(entry.iri, spoken)
    return Hit(
        iri=entry.iri,
        label=label,
        kind=entry.kind,
        sort=_in(index.sorts[entry.kind], spoken),
        hint=hint,
        matched=None if words(entry.name) == words(label) else entry.name,
        match=found.rank.code,
        path=entry.iri.replace(ID, "/res/").replace(DEF, "/def/"),
    )


def _in(labels: Mapping[str, str], spoken: Language) -> str:
    """The label in that language, else in the first that there is one in."""
    return labels.get(spoken.code) or labels.get(DEFAULT) or min(labels.values())


def _index(knowledge: Knowledge) -> _Index:
    """The index of *knowledge*, made at the first search."""
    with _lock:  # or several requests at once would each make it
        return _made(knowledge)


@lru_cache(maxsize=4)
def _made(knowledge: Knowledge) -> _Index:
    entries: list[Entry] = []
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in sparql.select(knowledge.dataset, _NAMES):
        iri, name, form = row["thing"].value, row["name"].value, int(row["form"].value)
        if kind := _kind(iri):
            entries.append(Entry(iri, kind, name, _group(kind), form, kind in _ASIDES))
            if not form:
                labels[iri][row["lang"].value] = name
    named = [entry for entry in entries if entry.iri in labels]
    return _Index(Lookup(named), dict(labels), _sorts(knowledge, {entry.kind for entry in named}))


def _kind(iri: str) -> str | None:
    """The kind of the thing of that IRI; None where it has no page here."""
    segment, slash, _slug = iri.removeprefix(ID).removeprefix(DEF).partition("/")
    if iri.startswith(ID):
        return segment if segment in CONCEPTS else None
    if iri.startswith(DEF):
        return segment if slash else _LIST
    return None


def _group(kind: str) -> int:
    """The place of a kind among those that fit equally well."""
    if kind in _SOUGHT_MOST:
        return 0
    if kind in _ASIDES:
        return 4
    if kind not in CONCEPTS:
        return 2
    return 3 if kind in _SOUGHT_LESS else 1


def _sorts(knowledge: Knowledge, kinds: set[str]) -> Mapping[str, Mapping[str, str]]:
    """What each of *kinds* is called, by language."""
    told = {DEF + _LIST: _LIST_SORT} | knowledge_.sorts(knowledge.dataset)
    iris = {kind: term(CONCEPTS[kind]).value if kind in CONCEPTS else DEF + kind for kind in kinds}
    return {kind: told.get(iri) or {DEFAULT: kind} for kind, iri in iris.items()}
