"""The first sentence of a page: what the thing is, and how sure that is, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.findings import Thing
from samverkan.language import mark as _
from samverkan.profile import ties
from samverkan.profile.lines import Filling, Words, sentence
from samverkan.profile.subject import Subject, is_implied
from samverkan.sparql import Row

# What the sentence of each kind tells, where it is the same by all sources: not told again below.
TOLD = {
    "organization": frozenset(
        {"org:classification", "smv:level", "smv:lifecycle", "smv:descriptiveName"}
    ),
    "activity": frozenset(
        {"dcterms:isPartOf", "smv:year", "smv:activityKind", "smv:activityStatus"}
    ),
    "meeting": frozenset({"schema:organizer", "schema:startDate", "smv:meetingStatus"}),
    "decision": frozenset({"smv:decisionMaker", "smv:decisionKind", "dcterms:date"}),
    "plan": frozenset({"dcterms:publisher", "smv:year"}),
    "source": frozenset({"dcterms:type", "dcterms:publisher", "dcterms:issued", "smv:held"}),
}
# Of these, the sentence tells all values.
LISTED = frozenset(
    {
        *("smv:year", "dcterms:publisher", "schema:organizer"),
        *("smv:decisionMaker", "smv:decisionKind"),
    }
)
# By weight: of two sources of the same day, the one that shows more is told.
_LIFE = {
    "mentioned": _("The newest source only mentions it, and does not show it at work ({by})."),
    "proposed": _("It is only proposed: no source says that it exists ({by})."),
    "active": _("The newest source that tells of it shows it at work ({by})."),
    "dissolved": _("By the newest source it is dissolved ({by})."),
}


def told(subject: Subject, relations: Sequence[Row]) -> Words:
    """The sentence; *relations* are the rows of that query, for a body."""
    tellers = {
        "organization": lambda: _body(subject, relations),
        "activity": lambda: _activity(subject),
        "meeting": lambda: _meeting(subject),
        "decision": lambda: _decision(subject),
        "plan": lambda: _plan(subject),
        "source": lambda: _source(subject),
        "concept": lambda: _concept(subject),
    }
    return tellers.get(subject.concept, lambda: _other(subject))()


def _body(subject: Subject, relations: Sequence[Row]) -> Words:
    kind, level = _first(subject, "org:classification"), _first(subject, "smv:level")
    words = _say(
        subject,
        _("{body} is classed here as “{kind}”[, with the level “{level}” ({by})]."),
        body=subject.label,
        kind=kind.label if kind else subject.language.say(_("body")),
        level=level.label if level else None,
        by=_by(subject, "smv:level") if level else None,
    )
    parents = _parents(subject, relations)
    if parents:
        words += (
            " ",
            *_say(subject, _("By its sources it is part of {parents}."), parents=parents),
        )
    for life in _life(subject):
        words += (" ", *life)
    if subject.said("smv:descriptiveName"):
        words += (
            " ",
            subject.language.say(_("Its name is a description: no source gives it one.")),
        )
    return words


def _parents(subject: Subject, relations: Sequence[Row]) -> list[Words]:
    """What it is part of, each by the newest source that says so, and whether that is implied."""
    found = {row["object"].value: row for row in relations if ties.is_parent(subject, row)}
    told = []
    for row in found.values():
        source = Thing(row["source"].value, row["source_label"].value)
        message = _("{parent} (implied, {by})") if is_implied(row) else _("{parent} ({by})")
        told.append(_say(subject, message, parent=subject.in_row(row, "object"), by=source))
    return told


def _life(subject: Subject) -> list[Words]:
    """What the newest source by the day shows it to be, and since when it is known at all."""
    found = {s.iri: (s, r) for r in subject.said("smv:lifecycle") for s in subject.sources([r])}
    ordered = sorted(found.values(), key=lambda each: (each[0].issued, _weight(each[1])))
    if not ordered:
        return [_say(subject, _("No source that is known on that day tells of it."))]
    by_then = [each for each in ordered if each[0].issued <= subject.on_date]
    source, row = by_then[-1] if by_then else ordered[0]
    state = row["value"].value.rpartition("/")[2]
    words = []
    if not by_then:
        words.append(_say(subject, _("The sources tell of it only later than that day.")))
    if state in _LIFE:
        words.append(_say(subject, _LIFE[state], by=Thing(source.iri, source.label)))
    shown = [s for s, r in by_then if r["value"].value.endswith("/active")]
    if state == "mentioned" and shown:
        last = Thing(shown[-1].iri, shown[-1].label)
        words.append(_say(subject, _("It was last shown at work by {by}."), by=last))
    return words


def _weight(row: Row) -> int:
    """What of a day's sources counts most: one that shows more than a mention."""
    state = row["value"].value.rpartition("/")[2]
    return list(_LIFE).index(state) if state in _LIFE else 0


def _activity(subject: Subject) -> Words:
    kind, status = _first(subject, "smv:activityKind"), _first(subject, "smv:activityStatus")
    words = _say(
        subject,
        _(
            "This is an item (“{kind}”)[ in {plan}][ for {years}]"
            "[, with the status “{status}”] ({by})."
        ),
        kind=kind.label if kind else subject.language.say(_("activity")),
        plan=_first(subject, "dcterms:isPartOf"),
        years=_years(subject),
        status=status.label if status else None,
        by=_by(subject, "smv:activityStatus" if status else "smv:activityKind"),
    )
    if not subject.said("smv:ownedBy"):
        words += (" ", subject.language.say(_("No source says who is responsible for it.")))
    return words + _implied(subject)


def _meeting(subject: Subject) -> Words:
    status = _first(subject, "smv:meetingStatus")
    message = _("This is a meeting[ of {organizer}][, {when}], and it was held ({by}).")
    if status is not None and status.iri.endswith("/planned"):
        message = _("This is a planned meeting[ of {organizer}][, {when}] ({by}).")
    return _say(
        subject,
        message,
        organizer=[(each,) for each in subject.things("schema:organizer")],
        when=_when(subject, "schema:startDate"),
        by=_by(subject, "smv:meetingStatus"),
    ) + _implied(subject)


def _decision(subject: Subject) -> Words:
    return _say(
        subject,
        _("This is a decision[ by {makers}][, {when}], of the kind {kinds} ({by})."),
        makers=[(maker,) for maker in subject.things("smv:decisionMaker")],
        when=_when(subject, "dcterms:date"),
        kinds=[_quoted(subject, kind) for kind in subject.things("smv:decisionKind")],
        by=_by(subject, "smv:decisionKind"),
    ) + _implied(subject)


def _plan(subject: Subject) -> Words:
    words = _say(
        subject,
        _("This is a plan[ for {years}][, published by {publisher}] ({by})."),
        years=_years(subject) or _when(subject, ""),
        publisher=[(each,) for each in subject.things("dcterms:publisher")],
        by=_by(subject, "prov:wasDerivedFrom"),
    )
    if not subject.said("smv:describedBy"):
        words += (" ", subject.language.say(_("Its own text is not among the sources here.")))
    return words


def _source(subject: Subject) -> Words:
    source = subject.knowledge.dataset.source(subject.iri)
    kind = _first(subject, "dcterms:type")
    values: dict[str, Filling] = {
        "kind": _quoted(subject, kind) if kind else subject.language.say(_("a document")),
        "publisher": [(each,) for each in subject.things("dcterms:publisher")],
    }
    if source and subject.said("dcterms:issued"):
        message = _(
            "This is a source of the graph: {kind}[ of {publisher}], issued {issued}."
            " What it says is in the graph, with its passages."
        )
        return _say(subject, message, issued=source.issued.isoformat(), **values)
    message = _(
        "This is a document that the sources only mention ({by}):"
        " {kind}[ of {publisher}]. Its text is not among the sources here."
    )
    return _say(subject, message, by=_by(subject, "prov:wasDerivedFrom"), **values)


def _concept(subject: Subject) -> Words:
    return (subject.text("skos:definition") or subject.text("rdfs:comment") or subject.label,)


def _other(subject: Subject) -> Words:
    """What class a thing is of, in words, and the newest source that tells of it."""
    labels = {
        row["value"].value: row.get(f"value_{subject.language.code}") or row.get("value_label")
        for row in subject.said("rdf:type")
    }
    called = next((label.value for label in labels.values() if label), subject.label)
    words = _say(
        subject,
        _("This is listed here as “{kind}”[; the newest source that tells of it is {by}]."),
        kind=called,
        by=_by(subject, "prov:wasDerivedFrom"),
    )
    return words + _implied(subject)


def _implied(subject: Subject) -> Words:
    """That no source writes it out, where that is so."""
    if subject.values("smv:basis") and all(map(is_implied, _bases(subject))):
        return (" ", subject.language.say(_("It is not written out, but implied.")))
    return ()


def _bases(subject: Subject) -> list[Row]:
    return [{"basis": row["value"]} for row in subject.said("smv:basis")]


def _first(subject: Subject, property_: str) -> Thing | None:
    """The thing that it leads to by the property, by the newest source; None for none."""
    source = subject.newest(property_)
    for row in subject.said(property_):
        if source is None or row["graph"].value == source.iri:
            return next(t for t in subject.things(property_) if t.iri == row["value"].value)
    return None


def _by(subject: Subject, property_: str) -> Thing | None:
    source = subject.newest(property_)
    return Thing(source.iri, source.label) if source else None


def _years(subject: Subject) -> str | None:
    years = subject.values("smv:year")
    if not years:
        return None
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _when(subject: Subject, property_: str) -> str | None:
    """The day, or the time in words, that the sources give."""
    days = subject.values(property_) if property_ else ()
    words = [
        row["value_time"].value for row in subject.said("dcterms:temporal") if "value_time" in row
    ]
    return ", ".join(days or dict.fromkeys(map(subject.time, words))) or None


def _quoted(subject: Subject, kind: Thing) -> Words:
    return (subject.language.say(_("“{text}”"), text=kind.label),)


def _say(subject: Subject, message: str, **values: Filling) -> Words:
    return sentence(subject.language, message, **values)
