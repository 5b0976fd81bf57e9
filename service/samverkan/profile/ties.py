"""How a body stands to others, where it sits, how it is composed, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from samverkan.findings import Thing
from samverkan.language import mark as _
from samverkan.profile.lines import Cited, Group, Line, Note, Section, Told, Word, one_group
from samverkan.profile.subject import Subject, alike, is_implied, partial_notes
from samverkan.sparql import Row

PART_OF = "part-of"
_LEVELS = ("national", "sjukvardsregional", "regional", "local")


def relations(subject: Subject, rows: Sequence[Row]) -> Told:
    """Its relations in both directions, in words; *rows* are those of the query ``relations``."""
    if not rows:
        return Told()
    lines = [_relation(subject, same) for same in alike(rows, "relation")]
    title = subject.language.say(_("Relations"))
    section = Section("relations", title, one_group(lines), subject.query("relations", "body"))
    told = frozenset({"smv:subject", "smv:object"})
    return Told((section,), frozenset({"org:subOrganizationOf"}), told)


def seats(subject: Subject) -> Told:
    """The bodies that it is a member of, or has somebody in: by level, the national ones first."""
    if not subject.is_named_by("org:member", "smv:represents"):
        return Told()
    rows = sorted(subject.ask("seats", "party"), key=_level)
    levels = [(level, list(found)) for level, found in groupby(rows, key=_level)]
    groups = tuple(
        Group(_level_said(subject, found[0]) if len(levels) > 1 else "", _bodies(subject, found))
        for _level_, found in levels
    )
    title = subject.language.say(_("Where it sits, and who sits there for it"))
    section = Section("seats", title, groups, subject.query("seats", "party"))
    return Told((section,), mentions=frozenset({"org:member", "smv:represents"}))


def composition(subject: Subject) -> Told:
    """How many are to sit in it, by what its sources lay down."""
    if not subject.is_named_by("smv:compositionOf"):
        return Told()
    lines = [
        Line((rule,), (), None, is_implied(row), subject.cited(row))
        for row in subject.ask("composition", "body")
        if (rule := subject.in_row(row, "rule"))
    ]
    title = subject.language.say(_("How it is to be composed"))
    section = Section("composition", title, one_group(lines), subject.query("composition", "body"))
    return Told((section,), mentions=frozenset({"smv:compositionOf", "org:postIn"}))


def is_parent(subject: Subject, row: Row) -> bool:
    """Whether a row of ``relations`` says what the body is part of."""
    is_part = row["kind"].value.rpartition("/")[2] == PART_OF
    return is_part and row["subject"].value == subject.iri


def _relation(subject: Subject, same: Sequence[Row]) -> Line:
    """One relation, as its newest source tells it, with the places of all of them."""
    newest = same[-1]
    one, kind, other = (subject.in_row(newest, name) for name in ("subject", "kind", "object"))
    say, shown = subject.language.say, newest.get("shown")
    notes = [Note((subject.time(shown.value),), say(_("shown for")))] if shown else []
    if text := subject.text_in(newest, "note"):
        notes.append(Note((text,)))
    return Line(
        (_end(subject, one), f" {_verb(subject, kind)} ", _end(subject, other))
        if one and kind and other
        else (),
        tuple(notes),
        None,
        all(map(is_implied, same)),
        tuple(
            Cited(Thing(iri, row["source_label"].value), _sorted(row))
            for iri, row in {row["source"].value: row for row in same}.items()
        ),
    )


def _end(subject: Subject, thing: Thing) -> Word:
    """An end of a relation: a link, but for the thing itself."""
    return thing.label if thing.iri == subject.iri else thing


def _verb(subject: Subject, kind: Thing) -> str:
    """The kind of a relation as the verb of a sentence."""
    if kind.iri.endswith(f"/{PART_OF}"):
        return subject.language.say(_("is part of"))
    return kind.label


def _sorted(row: Row) -> str:
    """The places of a row, joined by the engine in any order."""
    return "; ".join(sorted(row["places"].value.split("; ")))


def _bodies(subject: Subject, rows: Sequence[Row]) -> tuple[Line, ...]:
    """A line for each body, with all seats in it."""
    return tuple(_body(subject, same) for same in alike(rows, "organization"))


def _body(subject: Subject, rows: Sequence[Row]) -> Line:
    """A body, with the role, the holder and the worth of each seat in it."""
    by_seat = {row["seat"].value: row for row in rows}
    body = subject.in_row(rows[0], "organization")
    cited = dict.fromkeys(each for row in by_seat.values() for each in subject.cited(row))
    return Line(
        (body,) if body else (),
        tuple(_seat(subject, row) for row in by_seat.values()),
        None,
        all(map(is_implied, rows)),
        tuple(cited),
    )


def _seat(subject: Subject, row: Row) -> Note:
    """Role and holder, and when a source shows it last: ``ledamot: Anna Berg, belagd 2021``."""
    say = subject.language.say
    role, status = subject.in_row(row, "role"), subject.in_row(row, "status")
    person = subject.in_row(row, "person") or say(_("not named"))
    worth = status.label if status else ""
    if "shown" in row:
        worth = say(_("{status} {time}"), status=worth, time=subject.time(row["shown"].value))
    is_itself = isinstance(person, Thing) and person.iri == subject.iri
    holder: tuple[Word, ...] = () if is_itself else (person, ", ")
    more = [word for note in partial_notes(subject, row) for word in (", ", *note.words)]
    return Note((*holder, worth, *more), role.label if role else "")


def _level(row: Row) -> int:
    slug = row["level"].value.rpartition("/")[2] if "level" in row else ""
    return _LEVELS.index(slug) if slug in _LEVELS else len(_LEVELS)


def _level_said(subject: Subject, row: Row) -> str:
    level = subject.in_row(row, "level")
    say = subject.language.say
    return say(_("Level: {level}"), level=level.label) if level else say(_("No level given"))
