"""Who was present at a meeting, what was on its agenda, and the meetings of a person or a body."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from samverkan.language import mark as _
from samverkan.profile.lines import Group, Line, Note, Section, Told, Word, one_group
from samverkan.profile.subject import Subject, alike, is_implied
from samverkan.sparql import Row

_OWN = frozenset({"smv:person", "smv:meeting"})


def of_person(subject: Subject) -> Told:
    """The meetings that a person was at: in what capacity, for whom, from which item on."""
    if not subject.is_named_by("smv:person"):
        return Told()
    lines = [
        _attendance(subject, same, "meeting")
        for same in alike(subject.ask("presence", "thing"), "it")
    ]
    title = subject.language.say(_("Meetings attended"))
    section = Section("attendance", title, one_group(lines), subject.query("presence", "thing"))
    return Told((section,), mentions=_OWN)


def of_meeting(subject: Subject) -> Told:
    """Who was at a meeting, on whose behalf, and its agenda."""
    return _joined(_present(subject), _agenda(subject))


def of_body(subject: Subject) -> Told:
    """The meetings that a body held or is to hold, newest first."""
    if not subject.is_named_by("schema:organizer"):
        return Told()
    rows = subject.ask("gatherings", "body")
    lines = [_meeting(subject, same) for same in alike(rows, "meeting")]
    title = subject.language.say(_("Meetings"))
    section = Section("meetings", title, one_group(lines), subject.query("gatherings", "body"))
    return Told((section,), mentions=frozenset({"schema:organizer"}))


def of_decision(subject: Subject) -> Told:
    """At which meeting a decision was made or reported, in which paragraph, what it led to."""
    rows = subject.ask("minuted", "decision")
    if not rows:
        return Told()
    lines = [_minuted(subject, same) for same in alike(rows, "item")]
    title = subject.language.say(_("In the minutes"))
    section = Section("minutes", title, one_group(lines), subject.query("minuted", "decision"))
    own = frozenset({"dcterms:isPartOf", "smv:reportedIn"})
    return Told((section,), own, frozenset({"smv:fromDecision"}))


def _present(subject: Subject) -> Told:
    rows = subject.ask("presence", "thing")
    if not rows:
        return Told()
    found = sorted(alike(rows, "it"), key=lambda same: _party(subject, same[0]) or "\uffff")
    groups = tuple(
        Group(
            party or subject.language.say(_("On whose behalf is not said")),
            tuple(_attendance(subject, same, "person") for same in lines),
        )
        for party, lines in groupby(found, key=lambda same: _party(subject, same[0]))
    )
    title = subject.language.say(_("Who was there"))
    section = Section("attendance", title, groups, subject.query("presence", "thing"))
    return Told((section,), mentions=_OWN)


def _agenda(subject: Subject) -> Told:
    rows = subject.ask("agenda", "meeting")
    if not rows:
        return Told()
    title = subject.language.say(_("What was on the agenda, and what was decided"))
    lines = [_item(subject, same) for same in alike(rows, "item")]
    section = Section("agenda", title, one_group(lines), subject.query("agenda", "meeting"))
    return Told((section,), mentions=frozenset({"dcterms:isPartOf"}))


def _attendance(subject: Subject, same: Sequence[Row], other: str) -> Line:
    """One attendance, told of a person's meeting or of a meeting's person."""
    row, say = same[0], subject.language.say
    notes = [*subject.plain_note(row, "capacity")]
    if other == "meeting":
        notes += subject.note(row, "represents", say(_("for")))
    if "from_paragraph" in row:
        notes.append(Note((f"§ {row['from_paragraph'].value}",), say(_("from"))))
    presented = [f"§ {r['presented_paragraph'].value}" for r in same if "presented" in r]
    if presented:
        notes.append(Note((", ".join(dict.fromkeys(presented)),), say(_("presented"))))
    if "signed_on" in row:
        notes.append(Note((row["signed_on"].value,), say(_("signed the minutes"))))
    if text := subject.text_in(row, "note"):
        notes.append(Note((text,)))
    told = subject.in_row(row, other)
    return Line((told,) if told else (), tuple(notes), None, is_implied(row), subject.cited(row))


def _item(subject: Subject, same: Sequence[Row]) -> Line:
    """One item of an agenda, with the decisions and tasks that came of it."""
    row, say = same[0], subject.language.say
    decisions = {d: None for r in same if (d := subject.in_row(r, "decision"))}
    notes = [Note((decision,), say(_("decided"))) for decision in decisions]
    notes += _tasks(subject, same)
    item = subject.in_row(row, "item")
    words: tuple[Word, ...] = (f"§ {row['paragraph'].value} ", item) if item else ()
    return Line(words, tuple(notes), subject.text_in(row, "text"), cited=subject.cited(row))


def _minuted(subject: Subject, same: Sequence[Row]) -> Line:
    """The item of a meeting that a decision belongs to, with the tasks that it led to."""
    row = same[0]
    meeting, item = subject.in_row(row, "meeting"), subject.in_row(row, "item")
    return Line(
        (meeting, f", § {row['paragraph'].value} ", item) if meeting and item else (),
        tuple(_tasks(subject, same)),
        subject.text_in(row, "text"),
        cited=subject.cited(row),
    )


def _tasks(subject: Subject, rows: Sequence[Row]) -> list[Note]:
    """The tasks that a decision led to: who has each, and by when, as each source says."""
    given = (row for row in rows if "task" in row)
    return [_task(subject, same) for same in alike(given, "task")]


def _task(subject: Subject, same: Sequence[Row]) -> Note:
    words: list[Word] = [each for each in (subject.in_row(same[0], "task"),) if each]
    if assignee := subject.in_row(same[0], "assignee"):
        words += [" – ", assignee]
    times = dict.fromkeys(subject.time(r["deadline"].value) for r in same if "deadline" in r)
    words += [f", {' / '.join(times)}"] if times else []
    return Note(tuple(words), subject.language.say(_("task")))


def _meeting(subject: Subject, same: Sequence[Row]) -> Line:
    """One meeting with its status; where sources give it several days, all of them."""
    row = same[-1]
    meeting, say = subject.in_row(row, "meeting"), subject.language.say
    days = sorted({subject.time(each["when"].value) for each in same if "when" in each})
    several = (Note((" / ".join(days),), say(_("days given"))),) if len(days) > 1 else ()
    return Line(
        (meeting,) if meeting else (),
        (*subject.plain_note(row, "status"), *several),
        subject.text_in(row, "note"),
        is_implied(row),
        subject.cited(row),
    )


def _party(subject: Subject, row: Row) -> str:
    """On whose behalf somebody was there; the empty text where no source says it."""
    party = subject.in_row(row, "represents")
    return party.label if party else ""


def _joined(*told: Told) -> Told:
    return Told(
        tuple(section for each in told for section in each.sections),
        frozenset[str]().union(*(each.statements for each in told)),
        frozenset[str]().union(*(each.mentions for each in told)),
    )
