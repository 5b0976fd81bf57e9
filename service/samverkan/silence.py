"""What is said where the sources are silent: absence is told, never papered over."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan.findings import Evidence
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import Asked, cite


def of_thing(
    asked: Asked,
    evidence: Sequence[Evidence],
    *,
    proposed: bool,
    language: Language,
    told: str | None = None,
) -> str:
    """What is said where the sources say nothing of what was *asked*.

    *evidence* holds the passages that speak of the thing at all, in the sources known on the day;
    *proposed* tells that the thing itself is only planned, *told* what no source says, where that
    is not a matter of people.
    """
    values = {"subject": asked.subject, "where": cite(evidence[:1], language)}
    if not evidence and asked.known_on:
        message = _("No source that was known on {known_on} mentions {subject}.")
        return language.say(message, known_on=asked.known_on, **values)
    if not evidence:
        return language.say(_("No source in the graph mentions {subject}."), **values)
    if proposed:
        message = _("The sources only tell of plans for {subject}, not that it exists ({where}).")
    else:
        message = _("The sources mention {subject} ({where}).")
    return f"{language.say(message, **values)} {told or unsaid(asked, language)}"


def of_standing(asked: Asked, lifecycle: str | None, language: Language) -> str:
    """What has to be said of a body that is not at work, beside its people."""
    if lifecycle == "proposed":
        message = _("The newest source only tells of plans for {subject}.")
    elif lifecycle == "dissolved":
        message = _("By the newest source, {subject} is dissolved.")
    else:
        return ""
    return language.say(message, subject=asked.subject)


def unsaid(asked: Asked, language: Language) -> str:
    """That no source says what was *asked*."""
    if asked.of_person:
        message = _("No source says that {subject} holds any position.")
    elif asked.party:
        message = _("No source says who represents {party} in {subject}.")
    elif asked.role:
        message = _("No source names anyone as {role} {preposition} {subject}.")
    else:
        message = _("No source says who sits in {subject}.")
    return language.say(
        message,
        subject=asked.subject,
        party=asked.party,
        role=asked.role.label if asked.role else "",
        preposition=asked.role.preposition if asked.role else "",
    )
