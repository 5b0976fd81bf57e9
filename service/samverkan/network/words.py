"""A tie in words: a sentence that alone is true, with its state and where it stands."""

from __future__ import annotations

from samverkan import times, unnamed
from samverkan.findings import Finding
from samverkan.language import Language, language
from samverkan.language import mark as _
from samverkan.network.model import Network, Relation, Tie
from samverkan.phrases import Asked, Phrases, cite
from samverkan.states import CONFIRMED, LAST_KNOWN, NOMINATED, UNNAMED
from samverkan.wordings import ATTESTED, BY_PERIOD, LAST_ATTESTED, TOLD_OF


def sentence(network: Network, tie: Tie) -> str:
    """What the sources say of *tie*: a nomination is no membership, and what is old is dated."""
    spoken = language(network.code)
    if isinstance(tie.told, Relation):
        return _relation(tie.told, spoken)
    return _membership(network, tie.told, spoken)


def when(tie: Tie, spoken: Language) -> str:
    """The time that its state rests on: ``2025``, ``2021-02-19``, a period; empty where none is."""
    told = tie.told
    words = told.time or (told.period if isinstance(told, Finding) else None)
    return times.said(words, spoken) if words else ""


def _membership(network: Network, found: Finding, spoken: Language) -> str:
    subject = found.person.label if found.person else found.organization.label
    asked = Asked(subject, found.person is not None, network.on_date, network.known_on)
    phrases = Phrases(asked, spoken, [found])
    if found.state == UNNAMED:
        return unnamed.without_names([found], phrases, spoken, body_told=False)
    if found.state == NOMINATED:
        return _nomination(found, phrases, spoken)
    day = network.on_date.isoformat()
    if found.state == CONFIRMED and found.shown:
        message, moment = ATTESTED.one, times.whole(found.time or day, spoken)
    elif found.state == CONFIRMED:
        message, moment = BY_PERIOD.one, times.whole(day, spoken)
    elif found.state == LAST_KNOWN and found.time:
        message, moment = LAST_ATTESTED.one, times.when(found.time, spoken)
    else:
        message, moment = TOLD_OF.one, ""
    return spoken.say(
        message,
        name=subject,
        when=moment,
        position=phrases.position([found]),
        period=phrases.period(found),
        where=phrases.where([found]),
    )


def _nomination(found: Finding, phrases: Phrases, spoken: Language) -> str:
    told = spoken.say(
        _("{name} was nominated {when} as {position}{period} ({where})"),
        name=phrases.name(found),
        when=times.when(found.time, spoken) if found.time else "",
        position=phrases.position([found]),
        period=phrases.period(found),
        where=phrases.where([found]),
    )
    told = " ".join(told.split())
    if found.confirmed:
        return f"{told}."
    return told + spoken.say(_("; no source says that this led to an appointment."))


def _relation(told: Relation, spoken: Language) -> str:
    where = cite(told.grounds, spoken)
    if told.basis == "implied":
        where = spoken.say(_("implied, {where}"), where=where)
    if told.state == LAST_KNOWN and told.time:
        moment = times.whole(told.time, spoken)
        where = spoken.say(_("last shown {when}: {where}"), when=moment, where=where)
    return f"{told.subject.label} – {told.verb.label} – {told.object.label} ({where})."
