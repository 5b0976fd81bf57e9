"""The parts of a sentence about findings: names, positions, periods, passages, lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from samverkan.findings import (
    BEFORE_FIRST,
    CONFIRMED,
    ENDED,
    LAST_KNOWN,
    NOMINATED,
    UNNAMED,
    Evidence,
    Finding,
)
from samverkan.language import Language
from samverkan.language import mark as _

_STATES = {
    CONFIRMED: _("confirmed"),
    LAST_KNOWN: _("last known"),
    NOMINATED: _("nominated"),
    UNNAMED: _("no name given"),
    ENDED: _("ended"),
    BEFORE_FIRST: _("known only later"),
}


def state_name(state: str, language: Language) -> str:
    """What a state of a finding is called."""
    return language.say(_STATES[state])


@dataclass(frozen=True)
class Asked:
    """What was asked, as far as the sentences need it.

    ``subject`` is the body or person asked about; ``of_person`` tells which. ``party`` is on whose
    behalf, ``role`` in which role, where the question says so; ``others`` counts those who
    represent somebody else, and are therefore not among the findings.
    """

    subject: str
    of_person: bool
    on_date: date
    known_on: date | None
    party: str | None = None
    role: str | None = None
    others: int = 0


def cite(evidence: Iterable[Evidence], language: Language) -> str:
    """``Samverkansnämndens protokoll 2021-02-19, § 13 och § 14``: each source with its places."""
    parts = []
    for title, passages in groupby(sorted(evidence), key=lambda passage: passage.title):
        parts.append(f"{title}, {places(passages, language)}")
    return "; ".join(parts)


def places(passages: Iterable[Evidence], language: Language) -> str:
    """``§ 13 och § 14``: the locators of *passages*, each once."""
    return language.join(list(dict.fromkeys(passage.locator for passage in passages)))


def _passages(finding: Finding) -> str:
    """Where a finding stands, and whether it is implied: equal for those told of together."""
    return "; ".join([finding.basis, *(f"{p.source} {p.locator}" for p in finding.places)])


class Phrases:
    """Words findings for one answer; a source that is the only one is named in full only once."""

    def __init__(self, asked: Asked, language: Language, findings: Sequence[Finding]) -> None:
        self._asked = asked
        self._language = language
        self._say = language.say
        self._sources = {passage.source for finding in findings for passage in finding.evidence}
        self._source_told = False

    def listed(self, findings: list[Finding]) -> str:
        """``A and B as member (§ 2); C as chair (implied, § 3)``: an item a position and passage.

        Passages that all items share stand once, at the end.
        """
        items: dict[tuple[str, ...], list[Finding]] = {}
        for finding in findings:
            what = (self.position(finding, short=True), finding.status, finding.period or "")
            items.setdefault((*what, _passages(finding)), []).append(finding)
        if len({_passages(finding) for finding in findings}) == 1:
            told = [self._item(group) for group in items.values()]
            return f"{'; '.join(told)} ({self.where(findings[0])})"
        return "; ".join(
            f"{self._item(group)} ({self.where(group[0])})" for group in items.values()
        )

    def _item(self, findings: list[Finding]) -> str:
        finding = findings[0]
        if finding.status == NOMINATED:
            message = _("{names} nominated as {position}{period}")
        elif finding.status == ENDED:
            message = _("{names}, by then no longer {position}")
        elif self._asked.of_person:
            message = _("as {position}{period}")
        elif finding.state == UNNAMED:
            message = _("{position}{period}")
        else:
            message = _("{names} as {position}{period}")
        return self._say(
            message,
            names=self._language.join([self.name(finding) for finding in findings]),
            period=self.period(finding),
            position=self.position(finding, short=True),
        )

    def name(self, finding: Finding) -> str:
        """Who it is, or that no source names them."""
        return finding.person.label if finding.person else self._say(_("someone unnamed"))

    def position(self, finding: Finding, *, short: bool = False) -> str:
        """The role, on whose behalf and where; *short* leaves out the body that was asked about."""
        role = finding.role.label
        if finding.title and self._language.code == "sv":
            role = finding.title.replace("; ", "/")
        if short and not self._asked.of_person:
            message = _("{role} for {party}") if finding.represents else "{role}"
        elif finding.represents:
            message = _("{role} for {party} in {organization}")
        else:
            message = _("{role} in {organization}")
        return self._say(
            message,
            role=role,
            party=finding.represents.label if finding.represents else "",
            organization=finding.organization.label,
        )

    def period(self, finding: Finding) -> str:
        """`` for 2021 to 2023``: the period in the words of the source (EDTF), if there is one."""
        words = (finding.period or "").strip("[]")
        first, slash, last = words.partition("/")
        if not words:
            return ""
        if words.startswith("..") or not first:
            return self._say(_(" until {last} at the latest"), last=(last or words).strip("."))
        if not slash:
            return self._say(_(" for {first}"), first=first)
        if last == "..":
            return self._say(_(" from {first} until further notice"), first=first)
        if not last:
            return self._say(_(" from {first}, the end not known"), first=first)
        return self._say(_(" for {first} to {last}"), first=first, last=last)

    def where(self, finding: Finding) -> str:
        """The passages of a finding, and whether it is only implied by them."""
        if self._source_told and len(self._sources) == 1:
            where = places(finding.evidence, self._language)
        else:
            where = cite(finding.evidence, self._language)
        self._source_told = True
        if finding.basis == "implied":
            return self._say(_("implied, {where}"), where=where)
        return where
