"""The sentences of an answer: what the findings say, in words that alone are true and complete.

A message is written in English here; ``locale/sv.po`` has it in Swedish. No word says more than its
source: attested is not appointed, implied is said to be implied, and what no source says is said.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    Finding,
)
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import Asked, Phrases
from samverkan.silence import unsaid


def tell(asked: Asked, findings: Sequence[Finding], language: Language) -> str:
    """What *findings* (not empty, most certain first) say of what was *asked*."""
    return _Teller(asked, language, findings).tell()


_APPOINTED = "appointed"


@dataclass(frozen=True)
class _Wording:
    """How a group of findings is told: one alone, several of one person, many in a body."""

    one: str
    several: str
    many: str


_ATTESTED = _Wording(
    one=_("{name} is attested on {day} as {position}{period} ({where})."),
    several=_("{name} is attested on {day} {items}."),
    many=_("Attested in {subject} on {day}: {items}."),
)
_BY_PERIOD = _Wording(
    one=_("By the period given, {name} is on {day} {position}{period} ({where})."),
    several=_("By the periods given, {name} is seen on {day} {items}."),
    many=_("By the periods given, in {subject} on {day}: {items}."),
)
_LAST_ATTESTED = _Wording(
    one=_("{name} is last attested on {day} as {position}{period} ({where})."),
    several=_("{name} is last attested on {day} {items}."),
    many=_("Last attested in {subject} on {day}: {items}."),
)
_TOLD_OF = _Wording(
    one=_("The sources tell of {name} as {position}{period} ({where})."),
    several=_("The sources tell of {name} {items}."),
    many=_("The sources tell of, in {subject}: {items}."),
)


def _is_later(day: date | None, than: date | None) -> bool:
    return day is not None and than is not None and day > than


class _Teller:
    """Tells findings state by state, and remembers what it has said already."""

    def __init__(self, asked: Asked, language: Language, findings: Sequence[Finding]) -> None:
        self._asked = asked
        self._language = language
        self._say = language.say
        self._findings = findings
        self._phrases = Phrases(asked, language, findings)
        self._position_told = ""
        self._day_told: date | None = None

    def tell(self) -> str:
        said = [finding for finding in self._findings if finding.represents]
        others = [finding for finding in self._findings if not finding.represents]
        if self._asked.party is None:
            sentences = self._by_state(self._findings)
        elif not said:
            sentences = [
                unsaid(self._asked, self._language),
                *self._others(),
                *self._by_state(others),
            ]
        else:
            sentences = self._by_state(said)
            if others:
                message = _("No source says on whose behalf {names} sit.")
                names = list(dict.fromkeys(self._phrases.name(finding) for finding in others))
                sentences.append(self._say(message, names=self._language.join(names)))
                sentences += self._by_state(others)
        return " ".join(" ".join([*sentences, *self._nobody_on_the_day()]).split())

    def _others(self) -> list[str]:
        if not self._asked.others:
            return []
        message = _("Left out here are {count} who are said to represent somebody else.")
        return [self._say(message, count=self._asked.others)]

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
        day = self._asked.on_date
        shown = [finding for finding in findings if finding.shown]
        covered = [finding for finding in findings if not finding.shown]
        groups = ((_ATTESTED, shown), (_BY_PERIOD, covered))
        return " ".join(self._group(wording, day, group) for wording, group in groups if group)

    def _last_known(self, findings: list[Finding]) -> str:
        return " ".join(
            self._group(_LAST_ATTESTED if day else _TOLD_OF, day, list(group))
            for day, group in groupby(findings, key=lambda finding: finding.last_attested)
        )

    def _before_first(self, findings: list[Finding]) -> str:
        known = (day for f in findings for day in (f.first_attested, f.from_) if day)
        first = min(known, default=None) or max(f.to for f in findings if f.to)
        if len(findings) < len(self._findings):
            message = _("Shown only later, from {first}: {items}.")
        elif self._asked.of_person:
            message = _(
                "No source says what {subject} was on {day}; "
                "the first that they show is from {first}: {items}."
            )
        else:
            message = _(
                "No source says who was in {subject} on {day}; "
                "the first that they show is from {first}: {items}."
            )
        return self._say(
            message,
            subject=self._asked.subject,
            day=self._asked.on_date,
            first=first,
            items=self._phrases.listed(findings),
        )

    def _unnamed(self, findings: list[Finding]) -> str:
        message = _("Without a name, the sources show (last on {day}): {items}.")
        return " ".join(
            self._say(message, day=day, items=self._phrases.listed(list(group)))
            for day, group in groupby(findings, key=lambda f: f.last_attested or f.from_)
        )

    def _nominated(self, findings: list[Finding]) -> str:
        return " ".join(self._nomination(finding) for finding in findings)

    def _nomination(self, finding: Finding) -> str:
        position = self._phrases.position(finding)
        same = position == self._position_told
        if same:
            message = _("{by} nominated {name} {day} to the same position{period} ({where})")
        else:
            message = _("{by} nominated {name} {day} as {position}{period} ({where})")
        by = finding.nominated_by
        told = self._say(
            message,
            by=by.label if by else self._say(_("Someone unnamed")),
            name=self._phrases.name(finding),
            day=self._on(finding.first_attested),
            position=position,
            period=self._phrases.period(finding),
            where=self._phrases.where(finding),
        )
        return told + self._outcome(finding, same)

    def _on(self, day: date | None) -> str:
        if day is None:
            return ""
        if day == self._day_told:
            return self._say(_("the same day"))
        self._day_told = day
        return self._say(_("on {day}"), day=day)

    def _outcome(self, finding: Finding, same_position: bool) -> str:
        if finding.confirmed or self._took_it_up(finding):
            return "."
        holders = [f for f in self._findings if f.state in (CONFIRMED, LAST_KNOWN)]
        others = {f.person for f in holders} - {finding.person}
        replaced = any(f.replaced_by for f in holders)
        if same_position and others and not replaced:
            message = _(
                "; no source says that this led to an appointment, or that one replaced the other."
            )
            return self._say(message)
        return self._say(_("; no source says that this led to an appointment."))

    def _took_it_up(self, nomination: Finding) -> bool:
        """Whether the sources show the nominee in the position, appointed or at a later day."""
        return any(
            f.person == nomination.person
            and (f.role, f.organization) == (nomination.role, nomination.organization)
            and (f.status == _APPOINTED or _is_later(f.last_attested, nomination.first_attested))
            for f in self._findings
            if f is not nomination
        )

    def _ended(self, findings: list[Finding]) -> str:
        return " ".join(self._end(finding) for finding in findings)

    def _end(self, finding: Finding) -> str:
        told = self._say(
            _("{name} was {position}{period} ({where})"),
            name=self._phrases.name(finding),
            position=self._phrases.position(finding),
            period=self._phrases.period(finding),
            where=self._phrases.where(finding),
        )
        if finding.replaced_by is None:
            return f"{told}."
        return told + self._say(_(", replaced by {name}."), name=finding.replaced_by.label)

    # What is said around the findings.

    def _nobody_on_the_day(self) -> list[str]:
        states = {finding.state for finding in self._findings}
        if CONFIRMED in states or states == {BEFORE_FIRST}:
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

    def _group(self, wording: _Wording, day: date | None, findings: list[Finding]) -> str:
        self._day_told = day
        if len(findings) > 1:
            message = wording.several if self._asked.of_person else wording.many
            subject = self._asked.subject
            items = self._phrases.listed(findings)
            return self._say(message, name=subject, subject=subject, day=day, items=items)
        self._position_told = self._phrases.position(findings[0])
        return self._say(
            wording.one,
            name=self._phrases.name(findings[0]),
            day=day,
            position=self._position_told,
            period=self._phrases.period(findings[0]),
            where=self._phrases.where(findings[0]),
        )
