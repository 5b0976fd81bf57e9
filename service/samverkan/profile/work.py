"""What a body answers for, year by year; who has a part in an activity; the items of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from samverkan.findings import Thing
from samverkan.language import mark as _
from samverkan.namespaces import DEF
from samverkan.profile.lines import Group, Line, Note, Section, Told, one_group
from samverkan.profile.subject import Subject, alike, is_implied, partial_notes
from samverkan.sparql import Row

_PARTS = ("owner", "performer", "participant")
_SHORTCUTS = frozenset({"smv:outcome", "smv:ownedBy", "smv:carriedOutBy", "smv:participant"})


def of_body(subject: Subject) -> Told:
    """What a body, or somebody in it, owns, carries out and takes part in, newest first."""
    rows = subject.ask("undertakings", "body")
    if not rows:
        return Told()
    by_years: dict[str, list[list[Row]]] = {}
    for same in alike(rows, "it"):
        by_years.setdefault(_years(same), []).append(same)
    groups = tuple(
        Group(years or subject.language.say(_("No year given")), _undertakings(subject, found))
        for years, found in sorted(by_years.items(), reverse=True)
    )
    title = subject.language.say(_("Responsibility and participation, by year"))
    query = subject.query("undertakings", "body")
    return Told((Section("work", title, groups, query),), mentions=frozenset({"smv:agent"}))


def of_activity(subject: Subject) -> Told:
    """Who owns, carries out and takes part in an activity, and what came of it."""
    rows = subject.ask("parts", "activity")
    query = subject.query("parts", "activity")
    parts = [row for row in rows if row["case"].value == "part"]
    outcomes = [row for row in rows if row["case"].value == "outcome"]
    sections = []
    if parts:
        lines = [_part(subject, row) for row in sorted(parts, key=_rank)]
        title = subject.language.say(_("Who is responsible, carries it out or takes part"))
        sections.append(Section("parts", title, one_group(lines), query))
    if outcomes:
        lines = [_outcome(subject, row) for row in outcomes]
        title = subject.language.say(_("What came of it"))
        sections.append(Section("outcome", title, one_group(lines), query))
    return Told(tuple(sections), _SHORTCUTS, frozenset({"smv:activity"}))


def of_plan(subject: Subject) -> Told:
    """The items of a plan, in its order, by focus area, with who has a part in them."""
    rows = subject.ask("items", "plan")
    if not rows:
        return Told()
    items = sorted(alike(rows, "activity"), key=lambda same: _place(same[0]))
    areas = groupby(items, key=lambda same: _area(subject, same))
    groups = tuple(
        Group(area, tuple(_item(subject, same) for same in found)) for area, found in areas
    )
    title = subject.language.say(_("Its items"))
    section = Section("items", title, groups, subject.query("items", "plan"))
    return Told((section,), mentions=frozenset({"dcterms:isPartOf"}))


def _undertakings(subject: Subject, found: Iterable[list[Row]]) -> tuple[Line, ...]:
    """Lines of one time: what is owned first, then what is carried out, then the rest."""
    ordered = sorted(found, key=lambda same: (_rank(same[0]), same[0]["activity_label"].value))
    return tuple(_undertaking(subject, same[0]) for same in ordered)


def _undertaking(subject: Subject, row: Row) -> Line:
    say = subject.language.say
    notes = (
        *subject.plain_note(row, "part"),
        *partial_notes(subject, row),
        *subject.note(row, "holder", say(_("through"))),
        *subject.plain_note(row, "status", say(_("status"))),
        *_remark(subject, row, "note"),
    )
    activity = subject.in_row(row, "activity")
    return Line(
        (activity,) if activity else (),
        notes,
        subject.text_in(row, "outcome"),
        is_implied(row),
        subject.cited(row),
    )


def _part(subject: Subject, row: Row) -> Line:
    agent = subject.in_row(row, "agent")
    notes = (
        *subject.plain_note(row, "part"),
        *partial_notes(subject, row),
        *_remark(subject, row, "text"),
    )
    return Line((agent,) if agent else (), notes, None, is_implied(row), subject.cited(row))


def _outcome(subject: Subject, row: Row) -> Line:
    return Line((), text=subject.text_in(row, "text"), cited=subject.cited(row))


def _item(subject: Subject, same: Sequence[Row]) -> Line:
    first = same[0]
    notes = [Note(tuple(_between(agents)), part) for part, agents in _agents(subject, same).items()]
    if not any(row for row in same if row.get("part") and _slug(row) == "owner"):
        nobody = subject.language.say(_("no source says who"))
        notes.insert(0, Note((nobody,), _owner(subject)))
    activity = subject.in_row(first, "activity")
    number = f"{first['number'].value} " if "number" in first else ""
    status = subject.plain_note(first, "status", subject.language.say(_("status")))
    return Line(
        (number, activity) if activity else (),
        (*status, *notes),
        subject.text_in(first, "outcome"),
        cited=subject.cited(first),
    )


def _agents(subject: Subject, same: Sequence[Row]) -> dict[str, list[Thing]]:
    """Who has each part in an item, in the order of the parts, each once."""
    found: dict[str, dict[Thing, None]] = {}
    for row in sorted((row for row in same if "part" in row), key=_rank):
        part, agent = subject.in_row(row, "part"), subject.in_row(row, "agent")
        if part and agent:
            found.setdefault(part.label, {})[agent] = None
    return {part: list(agents) for part, agents in found.items()}


def _between(agents: Sequence[Thing]) -> list[str | Thing]:
    """*agents* with a comma between."""
    words: list[str | Thing] = []
    for agent in agents:
        words += [", ", agent] if words else [agent]
    return words


def _owner(subject: Subject) -> str:
    return subject.knowledge.names.label(f"{DEF}responsibility-kind/owner", subject.language.code)


def _remark(subject: Subject, row: Row, column: str) -> tuple[Note, ...]:
    text = subject.text_in(row, column)
    return (Note((text,)),) if text else ()


def _years(rows: Iterable[Row]) -> str:
    """The year, or the first and the last, that *rows* are about; empty where they say none."""
    years = sorted({row["year"].value for row in rows if "year" in row})
    return "" if not years else years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _area(subject: Subject, same: Sequence[Row]) -> str:
    """The focus areas of an item; the empty text where it has none."""
    found = (subject.in_row(row, "area") for row in same)
    return " · ".join(dict.fromkeys(area.label for area in found if area))


def _place(row: Row) -> tuple[int, str]:
    """The place of an item in its plan; those without come last."""
    position = int(row["position"].value) if "position" in row else 10**9
    return position, row["activity_label"].value


def _rank(row: Row) -> int:
    slug = _slug(row)
    return _PARTS.index(slug) if slug in _PARTS else len(_PARTS)


def _slug(row: Row) -> str:
    return row["part"].value.rpartition("/")[2]
