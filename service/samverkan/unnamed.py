"""What is said of holders whom the sources show and do not name."""

from __future__ import annotations

from collections.abc import Sequence

from samverkan import times
from samverkan.findings import Finding
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import Phrases, is_plural


def without_names(
    findings: Sequence[Finding], phrases: Phrases, language: Language, *, body_told: bool
) -> str:
    """A sentence for each time and basis that unnamed *findings* have.

    Where the body has been named before (*body_told*), it is not named again. A title in the plural
    is told as it is written; of others, no source says that there is only one.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.time or "", finding.basis), []).append(finding)
    sentences = []
    for (time, _basis), group in groups.items():
        sentences.append(_sentence(time, group, phrases, language, short=body_told))
        body_told = True
    return " ".join(sentences)


def _sentence(
    time: str, findings: Sequence[Finding], phrases: Phrases, language: Language, *, short: bool
) -> str:
    items: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        what = (phrases.role(finding), phrases.period(finding))
        items.setdefault(what, []).append(finding)
    told = []
    for group in items.values():
        told.append(_item(group, phrases, language, short=short))
        short = True
    alone = len(findings) == 1 and not is_plural(findings[0])
    if time and alone:
        message = _("{time} the sources show {items}, without saying who ({where}).")
    elif time:
        message = _("{time} the sources show {items}, without naming them ({where}).")
    elif alone:
        message = _("The sources show {items}, without saying who ({where}).")
    else:
        message = _("The sources show {items}, without naming them ({where}).")
    return language.say(
        message,
        time=times.opening(time, language) if time else "",
        items=language.join(told),
        where=phrases.where(findings),
    )


def _item(findings: Sequence[Finding], phrases: Phrases, language: Language, *, short: bool) -> str:
    """``that someone was member for each of A and B``: one role, of one body, for some parties."""
    finding = findings[0]
    message = (
        _("that there were {position}{period}")
        if is_plural(finding)
        else _("that someone was {position}{period}")
    )
    position = phrases.position(findings, short=short)
    return language.say(message, position=position, period=phrases.period(finding))
