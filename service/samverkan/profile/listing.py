"""Things by kind: what a source tells of, what a word of the vocabulary is used for."""

from __future__ import annotations

from itertools import groupby

from samverkan.language import mark as _
from samverkan.namespaces import compact
from samverkan.profile.lines import Group, Line, Section, Told
from samverkan.profile.subject import Subject
from samverkan.sparql import Row

# More things than these of one kind are counted; the query has them all.
_MOST = 60
# What a source tells of, in the order that its reader asks for it.
_ORDER = (
    *("smv:Plan", "smv:Activity", "smv:Meeting", "smv:AgendaItem", "smv:Decision", "smv:Task"),
    *("org:Organization", "foaf:Person", "org:ChangeEvent", "smv:Agreement", "smv:Service"),
    "smv:Source",
)


def of_source(subject: Subject) -> Told:
    """The things that a source has passages about, by kind."""
    rows = subject.ask("contents", "source")
    if not rows:
        return Told()
    by_kind = {
        compact(kind): list(found)
        for kind, found in groupby(rows, key=lambda row: row["kind"].value)
    }
    groups = tuple(
        _group(subject, "kind_label", by_kind[kind]) for kind in _ORDER if kind in by_kind
    )
    title = subject.language.say(_("What it tells of"))
    section = Section("contents", title, groups, subject.query("contents", "source"))
    return Told((section,), mentions=frozenset({"oa:hasSource"}))


def of_concept(subject: Subject) -> Told:
    """What has the word, or is about it, by the property that says so."""
    rows = subject.ask("uses", "concept")
    if not rows:
        return Told()
    groups = tuple(
        _group(subject, "property_label", same)
        for _property, found in groupby(rows, key=lambda row: row["property"].value)
        for same in [list(found)]
    )
    title = subject.language.say(_("What it is used for"))
    section = Section("uses", title, groups, subject.query("uses", "concept"))
    return Told((section,), mentions=frozenset(compact(row["property"].value) for row in rows))


def _group(subject: Subject, column: str, rows: list[Row]) -> Group:
    things = dict.fromkeys(t for row in rows if (t := subject.in_row(row, "thing")))
    lines = [Line((thing,)) for thing in things][:_MOST]
    if len(things) > _MOST:
        rest = subject.language.say(_("and {count} more"), count=len(things) - _MOST)
        lines.append(Line((rest,)))
    return Group(f"{subject.text_in(rows[0], column)} ({len(things)})", tuple(lines))
