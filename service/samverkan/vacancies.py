"""What is said of offices that, by the sources, nobody holds."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan import times
from samverkan.findings import Finding
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import Phrases


def vacancies(findings: Sequence[Finding], phrases: Phrases, language: Language) -> str:
    """A sentence for each office that *findings* say is vacant, with the time that it was."""
    return " ".join(_vacancy(finding, phrases, language) for finding in findings)


def _vacancy(finding: Finding, phrases: Phrases, language: Language) -> str:
    if finding.time:
        message = _("{time} the sources show the office of {position}{period} vacant ({where}).")
    else:
        message = _("The sources tell of the office of {position}{period} as vacant ({where}).")
    return language.say(
        message,
        time=times.opening(finding.time, language) if finding.time else "",
        position=phrases.position([finding]),
        period=phrases.period(finding),
        where=phrases.where([finding]),
    )
