"""The sentences of an answer: what the findings say, in words that alone are true and complete.

A message is written in English here; ``locale/sv.po`` has it in Swedish. No word says more than its
source: attested is not appointed, implied is said to be implied, and what no source says is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from samverkan.answers import (
    BEFORE_FIRST,
    CONFIRMED,
    ENDED,
    LAST_KNOWN,
    NOMINATED,
    NOT_COVERED,
    PROPOSED,
    UNNAMED,
    Evidence,
    Finding,
    evidence_of,
    lifecycle_of,
)
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _


@dataclass(frozen=True)
class Asked:
    """What was asked, as far as the sentences need it.

    ``subject`` is the body or person asked about; ``of_person`` tells which. ``party`` is on whose
    behalf, ``role`` in which role, where the question says so.
    """

    subject: str
    of_person: bool
    on_date: date
    known_on: date | None
    party: str | None = None
    role: str | None = None


def tell(
    knowledge: Knowledge,
    iri: str,
    asked: Asked,
    findings: Sequence[Finding],
    language: Language,
) -> tuple[str, str]:
    """The state and the text of the answer that *findings* give to what was *asked* of *iri*."""
    if findings:
        return findings[0].state, _Teller(asked, language, findings).tell()
    evidence = evidence_of(knowledge, iri, asked.known_on)
    proposed = not asked.of_person and lifecycle_of(knowledge, iri, asked.known_on) == PROPOSED
    values = {"subject": asked.subject, "where": _cite(evidence[:1], language)}
    if not evidence and asked.known_on:
        message = _("No source that was known on {known_on} mentions {subject}.")
        return NOT_COVERED, language.say(message, known_on=asked.known_on, **values)
    if not evidence:
        return NOT_COVERED, language.say(_("No source in the graph mentions {subject}."), **values)
    if proposed:
        message = _("The sources only tell of plans for {subject}, not that it exists ({where}).")
    else:
        message = _("The sources mention {subject} ({where}).")
    text = f"{language.say(message, **values)} {_unsaid(asked, language)}"
    return PROPOSED if proposed else NOT_COVERED, text


def _unsaid(asked: Asked, language: Language) -> str:
    if asked.of_person:
        message = _("No source says that {subject} holds any position.")
    elif asked.party:
        message = _("No source says who represents {party} in {subject}.")
    elif asked.role:
        message = _("No source names anyone as {role} in {subject}.")
    else:
        message = _("No source says who sits in {subject}.")
    return language.say(message, subject=asked.subject, party=asked.party, role=asked.role)


def _cite(evidence: Iterable[Evidence], language: Language) -> str:
    """``Samverkansnämndens protokoll 2021-02-19, § 13 och § 14``: each source with its places."""
    parts = []
    for title, passages in groupby(sorted(evidence), key=lambda passage: passage.title):
        parts.append(f"{title}, {_places(passages, language)}")
    return "; ".join(parts)


def _places(passages: Iterable[Evidence], language: Language) -> str:
    return language.join(list(dict.fromkeys(passage.locator for passage in passages)))


class _Teller:
    """Tells findings state by state, and remembers what it has said already."""

    def __init__(self, asked: Asked, language: Language, findings: Sequence[Finding]) -> None:
        self._asked = asked
        self._language = language
        self._say = language.say
        self._findings = findings
        self._sources = {passage.source for finding in findings for passage in finding.evidence}
        self._source_told = False
        self._position_told = ""
        self._day_told: date | None = None

    def tell(self) -> str:
        said = [finding for finding in self._findings if finding.represents]
        unsaid = [finding for finding in self._findings if not finding.represents]
        if self._asked.party is None:
            sentences = self._by_state(self._findings)
        elif not said:
            sentences = [_unsaid(self._asked, self._language), *self._by_state(unsaid)]
        else:
            sentences = self._by_state(said)
            if unsaid:
                message = _("No source says on whose behalf the others in {subject} sit.")
                sentences.append(self._say(message, subject=self._asked.subject))
                sentences += self._by_state(unsaid)
        return " ".join([*sentences, *self._nobody_on_the_day()])

    def _by_state(self, findings: Sequence[Finding]) -> list[str]:
        tellers = {
            CONFIRMED: self._confirmed,
            LAST_KNOWN: self._last_known,
            NOMINATED: self._nominated,
            UNNAMED: self._unnamed,
            ENDED: self._ended,
            BEFORE_FIRST: self._before_first,
        }
        return [
            tellers[state](list(group))
            for state, group in groupby(findings, key=lambda finding: finding.state)
        ]

    # One method a state. Each gives one sentence, or two.

    def _confirmed(self, findings: list[Finding]) -> str:
        return self._shown(
            findings,
            self._asked.on_date,
            one=_("{name} is attested on {day} as {position} ({where})."),
            several=_("{name} is attested on {day} {items}."),
            many=_("Attested in {subject} on {day}: {items}."),
        )

    def _last_known(self, findings: list[Finding]) -> str:
        newest_first = sorted(findings, key=lambda f: str(f.last_attested), reverse=True)
        return " ".join(
            self._shown(
                list(group),
                day,
                one=_("{name} is last attested on {day} as {position} ({where})."),
                several=_("{name} is last attested on {day} {items}."),
                many=_("Last attested in {subject} on {day}: {items}."),
            )
            for day, group in groupby(newest_first, key=lambda finding: finding.last_attested)
        )

    def _before_first(self, findings: list[Finding]) -> str:
        first = min(day for f in findings if (day := f.first_attested or f.to))
        message = _(
            "No source says how it was on {day}; the first that they show is from {first}: {items}."
        )
        items = self._listed(findings)
        return self._say(message, day=self._asked.on_date, first=first, items=items)

    def _unnamed(self, findings: list[Finding]) -> str:
        message = _("The sources also show, without a name: {items}.")
        return self._say(message, items=self._listed(findings))

    def _nominated(self, findings: list[Finding]) -> str:
        return " ".join(self._nomination(finding) for finding in findings)

    def _nomination(self, finding: Finding) -> str:
        position = self._position(finding)
        same = position == self._position_told
        if same:
            message = _("{by} nominated {name} {day} to the same position{period} ({where})")
        else:
            message = _("{by} nominated {name} {day} as {position}{period} ({where})")
        by = finding.nominated_by
        told = self._say(
            message,
            by=by.label if by else self._say(_("Someone unnamed")),
            name=self._name(finding),
            day=self._on(finding.first_attested),
            position=position,
            period=self._period(finding),
            where=self._where(finding),
        )
        return told + self._outcome(finding, same)

    def _on(self, day: date | None) -> str:
        if day == self._day_told:
            return self._say(_("the same day"))
        self._day_told = day
        return self._say(_("on {day}"), day=day)

    def _outcome(self, finding: Finding, same_position: bool) -> str:
        if finding.confirmed:
            return "."
        others = {f.person for f in self._findings if f.state in (CONFIRMED, LAST_KNOWN)}
        if same_position and others - {finding.person}:
            message = _(
                "; no source says that this led to an appointment, or that one replaced the other."
            )
            return self._say(message)
        return self._say(_("; no source says that this led to an appointment."))

    def _ended(self, findings: list[Finding]) -> str:
        return " ".join(self._end(finding) for finding in findings)

    def _end(self, finding: Finding) -> str:
        told = self._say(
            _("{name} was {position} until {day} at the latest ({where})"),
            name=self._name(finding),
            position=self._position(finding),
            day=finding.to or finding.last_attested,
            where=self._where(finding),
        )
        if finding.replaced_by is None:
            return f"{told}."
        return told + self._say(_(", replaced by {name}."), name=finding.replaced_by.label)

    # What is said around the findings.

    def _nobody_on_the_day(self) -> list[str]:
        states = {finding.state for finding in self._findings}
        if CONFIRMED in states or BEFORE_FIRST in states:
            return []
        if self._asked.of_person:
            message = _("No source {among} shows anything of this for {day}.")
        else:
            message = _("No source {among} names a holder on {day}.")
        known_on = self._asked.known_on
        among = (
            self._say(_("known on {known_on}"), known_on=known_on)
            if known_on
            else self._say(_("in the graph"))
        )
        return [self._say(message, among=among, day=self._asked.on_date)]

    # The parts of a sentence.

    def _shown(
        self, findings: list[Finding], day: date | None, *, one: str, several: str, many: str
    ) -> str:
        """One finding; several of one person; or many people, in a list."""
        self._day_told = day
        if len(findings) > 1:
            message = several if self._asked.of_person else many
            subject = self._asked.subject
            items = self._listed(findings)
            return self._say(message, name=subject, subject=subject, day=day, items=items)
        self._position_told = self._position(findings[0])
        return self._say(
            one,
            name=self._name(findings[0]),
            day=day,
            position=self._position_told,
            where=self._where(findings[0]),
        )

    def _listed(self, findings: list[Finding]) -> str:
        """``A and B as member (§ 2); C as chair (implied, § 3)``: an item a position and passage.

        Passages that all items share stand once, at the end.
        """
        items: dict[tuple[str, str], list[Finding]] = {}
        for finding in findings:
            places = "; ".join(f"{p.source} {p.locator}" for p in finding.evidence)
            key = (self._position(finding, short=True), finding.basis + places)
            items.setdefault(key, []).append(finding)
        if len({where for _position, where in items}) == 1:
            told = [self._item(group) for group in items.values()]
            return f"{'; '.join(told)} ({self._where(findings[0])})"
        return "; ".join(
            f"{self._item(group)} ({self._where(group[0])})" for group in items.values()
        )

    def _item(self, findings: list[Finding]) -> str:
        finding = findings[0]
        if finding.status == NOMINATED:
            message = _("{names} nominated as {position}")
        elif finding.status == ENDED:
            message = _("{names}, by then no longer {position}")
        elif self._asked.of_person:
            message = _("as {position}")
        elif finding.person is None:
            message = _("{position}")
        else:
            message = _("{names} as {position}")
        return self._say(
            message,
            names=self._language.join([self._name(finding) for finding in findings]),
            position=self._position(finding, short=True),
        )

    def _name(self, finding: Finding) -> str:
        return finding.person.label if finding.person else self._say(_("someone unnamed"))

    def _position(self, finding: Finding, *, short: bool = False) -> str:
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

    def _period(self, finding: Finding) -> str:
        first, _slash, last = (finding.period or "").partition("/")
        if not (first.strip(".") and last.strip(".")):
            return ""
        return self._say(_(" for {first} to {last}"), first=first, last=last)

    def _where(self, finding: Finding) -> str:
        """The passages of a finding; a source that is the only one is named in full only once."""
        if self._source_told and len(self._sources) == 1:
            where = _places(finding.evidence, self._language)
        else:
            where = _cite(finding.evidence, self._language)
        self._source_told = True
        if finding.basis == "implied":
            return self._say(_("implied, {where}"), where=where)
        return where
