"""A question that was understood → its answer: by the form of the query, or of its people."""

from __future__ import annotations

from dataclasses import replace

from samverkan import answers, facts, findings, roles
from samverkan.answers import Answer, Interpretation
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.forms import Form
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language, language
from samverkan.language import mark as _
from samverkan.names import words
from samverkan.phrases import Asked
from samverkan.roles import Role
from samverkan.times import said as said_of
from samverkan.times import when
from samverkan.understanding import Understood


def reply(knowledge: Knowledge, frame: Answer, understood: Understood) -> Answer:
    """*frame*, in its language, with what is found and said in answer to what was understood."""
    form = understood.reading.query.form
    if form:
        return _told(knowledge, frame, understood, form)
    return _answered(knowledge, frame, understood)


def _told(knowledge: Knowledge, frame: Answer, understood: Understood, form: Form) -> Answer:
    """The answer by the form of the query."""
    reading, spoken = understood.reading, language(frame.lang)
    match = reading.things.get(form.subject) if form.subject else None
    values = {name: term.value for name, term in reading.terms.items()} | dict(understood.said)
    for name, thing in reading.things.items():
        values[name] = findings.thing_of(thing, knowledge, spoken).label
    subject = values.get(form.subject, "") if form.subject else ""
    frame = replace(frame, on_date=reading.on_date or frame.on_date)
    on = frame.on_date.isoformat()
    values |= {"on_date": on} | ({"subject": subject} if form.subject else {})
    if understood.span:
        values["on_when"] = when(understood.span.words, spoken)
    asked = Asked(subject, of_person=False, on_date=frame.on_date, known_on=frame.known_on)
    found = facts.facts(knowledge, reading, frame.on_date, spoken)
    iri = match.iri if match else None
    state, text = answers.of_facts(knowledge, form, asked, iri, values, found, spoken)
    disagreements = findings.discrepancies_of(knowledge, iri, frame.known_on, spoken) if iri else ()
    return replace(
        frame,
        state=state,
        answer=text,
        interpretation=_interpretation(knowledge, understood, spoken),
        facts=found,
        discrepancies=disagreements,
        sparql=knowledge.text(reading),
    )


def _answered(knowledge: Knowledge, frame: Answer, understood: Understood) -> Answer:
    spoken = language(frame.lang)
    understood = _on_a_day(knowledge, understood, spoken)
    reading = understood.reading
    if understood.span and reading.on_date:
        frame = replace(frame, on_date=reading.on_date)
    match = reading.things.get("person") or reading.things["body"]
    asked = Asked(
        subject=findings.thing_of(match, knowledge, spoken).label,
        of_person="person" in reading.things,
        on_date=frame.on_date,
        known_on=frame.known_on,
        party=_label(knowledge, reading, "represents", spoken),
        role=_role(knowledge, reading, spoken),
    )
    found = findings.findings(knowledge, reading, spoken)
    if asked.party and not any(finding.represents for finding in found):
        asked = replace(asked, others=_representing_others(knowledge, reading))
    state, text = answers.told(knowledge, match.iri, asked, found, spoken)
    return replace(
        frame,
        state=state,
        answer=text,
        interpretation=_interpretation(knowledge, understood, spoken),
        findings=found,
        discrepancies=findings.discrepancies_of(knowledge, match.iri, frame.known_on, spoken),
        sparql=knowledge.text(reading),
    )


def _on_a_day(knowledge: Knowledge, understood: Understood, spoken: Language) -> Understood:
    """A question about a time, put about a day in it: the last one that a source shows, if any."""
    span, reading = understood.span, understood.reading
    if span is None or span.is_day or reading.on_date is None:
        return understood
    shown = [f.last_attested for f in findings.findings(knowledge, reading, spoken)]
    days_in_it = [d for d in shown if d and (span.first is None or span.first <= d)]
    if not days_in_it:
        return understood
    given = {name: term.value for name, term in reading.terms.items()}
    given |= {ON_DATE: max(days_in_it).isoformat(), KNOWN_ON: str(reading.known_on or "")}
    return replace(understood, reading=knowledge.read(reading.query.name, given))


def _representing_others(knowledge: Knowledge, reading: Reading) -> int:
    """How many in the body represent somebody else than the question is about."""
    given = {name: reading.terms[name].value for name in ("body", "role") if name in reading.terms}
    given[KNOWN_ON] = str(reading.known_on or "")
    rows = knowledge.ask("parties", **given)
    return len({row.get("person", row["membership"]) for row in rows})


def _label(knowledge: Knowledge, reading: Reading, name: str, spoken: Language) -> str | None:
    match = reading.things.get(name)
    return findings.thing_of(match, knowledge, spoken).label if match else None


def _role(knowledge: Knowledge, reading: Reading, spoken: Language) -> Role | None:
    match = reading.things.get("role")
    return roles.role(knowledge, match.iri, spoken) if match else None


def _interpretation(
    knowledge: Knowledge, understood: Understood, spoken: Language
) -> Interpretation:
    reading = understood.reading
    parts = [reading.query.summary(spoken)]
    if understood.part:
        only = _("only “{part}” is answered, not the rest of the question")
        parts.insert(0, spoken.say(only, part=understood.part.rstrip(" .?!")))
    for parameter in reading.query.parameters:
        if parameter.name not in reading.terms:
            continue
        match = reading.things.get(parameter.name)
        said = understood.said.get(parameter.name)
        value = said if said and parameter.stems else reading.terms[parameter.name].value
        if understood.span and parameter.name == ON_DATE:
            time = said_of(understood.span.words, spoken)
            if time != value:
                value = spoken.say(_("“{said}” read as {value}"), said=time, value=value)
        if match:
            value = findings.thing_of(match, knowledge, spoken).label
            if said and words(said) != words(value):
                value = spoken.say(_("“{said}” read as {value}"), said=said, value=value)
        parts.append(f"{parameter.labels[spoken.code]}: {value}")
    parameters = {name: term.value for name, term in reading.terms.items()}
    # What is looked for as a text is given as it was said: it will be read anew.
    texts = (parameter.name for parameter in reading.query.parameters if parameter.stems)
    parameters |= {name: understood.said[name] for name in texts if name in understood.said}
    if reading.known_on:
        parameters[KNOWN_ON] = reading.known_on.isoformat()
        parts.append(spoken.say(_("known on: {known_on}"), known_on=reading.known_on))
    return Interpretation(reading.query.name, parameters, "; ".join(parts))
