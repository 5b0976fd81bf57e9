"""What was decided by a thing or about it, and what it was given to do."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.findings import Thing
from samverkan.language import mark as _
from samverkan.profile.lines import Cited, Group, Line, Note, Section, Told, one_group
from samverkan.profile.subject import Subject, alike, is_implied
from samverkan.sparql import Row

# By one of these a decision, or a membership that a decision concerns, names the thing.
_LEADING = ("smv:concerns", "smv:decisionMaker", "org:member", "org:organization")


def rulings(subject: Subject) -> Told:
    """The decisions that concern the thing, and those that it made, newest first."""
    if not subject.is_named_by(*_LEADING):
        return Told()
    rows = subject.ask("rulings", "thing")
    if not rows:
        return Told()
    say = subject.language.say
    concern = _lines(subject, [row for row in rows if row["case"].value == "concerns"])
    made = _lines(subject, [row for row in rows if row["case"].value == "made"])
    titles = (
        say(_("That concern {name}"), name=subject.label),
        say(_("That {name} made"), name=subject.label),
    )
    groups = tuple(
        Group(title, tuple(lines))
        for title, lines in zip(titles, (concern, made), strict=True)
        if lines
    )
    section = Section("decisions", say(_("Decisions")), groups, subject.query("rulings", "thing"))
    return Told((section,), mentions=frozenset({"smv:concerns", "smv:decisionMaker"}))


def tasks(subject: Subject) -> Told:
    """What the thing was given to do, and by when."""
    if not subject.is_named_by("smv:assignee"):
        return Told()
    lines = [_task(subject, same) for same in alike(subject.ask("tasks", "assignee"), "task")]
    title = subject.language.say(_("What it was given to do"))
    section = Section("tasks", title, one_group(lines), subject.query("tasks", "assignee"))
    return Told((section,), mentions=frozenset({"smv:assignee"}))


def _lines(subject: Subject, rows: Sequence[Row]) -> list[Line]:
    return [_ruling(subject, same) for same in alike(rows, "decision")]


def _ruling(subject: Subject, same: Sequence[Row]) -> Line:
    """One decision: by whom, of what kind, when, in which paragraph."""
    row, say = same[0], subject.language.say
    makers = {m for r in same if (m := subject.in_row(r, "maker")) and m.iri != subject.iri}
    kinds = {kind.label for r in same if (kind := subject.in_row(r, "kind"))}
    notes = [Note((subject.time(row["when"].value),))] if "when" in row else []
    notes += [Note((maker,), say(_("by"))) for maker in sorted(makers, key=lambda m: m.label)]
    notes.append(Note((", ".join(sorted(kinds)),)))
    decision = subject.in_row(row, "decision")
    return Line(
        (decision,) if decision else (), tuple(notes), None, is_implied(row), subject.cited(row)
    )


def _task(subject: Subject, same: Sequence[Row]) -> Line:
    """One task; where its sources give several deadlines, each of them with its source."""
    say, first = subject.language.say, same[0]
    task, decision = subject.in_row(first, "task"), subject.in_row(first, "decision")
    deadlines = {words: row for row in same if (words := _deadline(row))}
    notes = [
        Note((_by_source(subject, words, row, len(deadlines)),), say(_("deadline")))
        for words, row in deadlines.items()
    ]
    if not deadlines:
        notes.append(Note((say(_("no source says by when")),), say(_("deadline"))))
    if decision:
        notes.append(Note((decision,), say(_("by the decision"))))
    return Line((task,) if task else (), tuple(notes), cited=_cited(same))


def _by_source(subject: Subject, words: str, row: Row, several: int) -> str:
    """A deadline in words; with its source, where sources give *several*."""
    source = f" ({row['source_label'].value})" if several > 1 else ""
    return subject.time(words) + source


def _deadline(row: Row) -> str:
    found = row.get("words") or row.get("deadline")
    return found.value if found else ""


def _cited(rows: Sequence[Row]) -> tuple[Cited, ...]:
    """The sources of *rows*, each once, with their places in a fixed order."""
    found = {row["source"].value: row for row in rows}
    return tuple(
        Cited(
            Thing(iri, row["source_label"].value),
            "; ".join(sorted(row["places"].value.split("; "))),
        )
        for iri, row in found.items()
    )
