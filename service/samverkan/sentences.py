"""The sentences of an answer: what the findings say, in words that alone are true and complete.

A message is written in English here; ``locale/sv.po`` has it in Swedish. No word says more than its
source: attested is not appointed, implied is said to be implied, and what no source says is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from samverkan import times
from samverkan.findings import Finding
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.phrases import Asked, Phrases, where_of
from samverkan.silence import unsaid
from samverkan.states import (
    BEFORE_FIRST,
    CONFIRMED,
    ENDED,
    LAST_KNOWN,
    NOMINATED,
    UNNAMED,
    VACANT,
)
from samverkan.unnamed import without_names
from samverkan.vacancies import vacancies
from samverkan.wordings import ATTESTED, BY_PERIOD, LAST_ATTESTED, TOLD_OF, Wording


def tell(asked: Asked, findings: Sequence[Finding], language: Language) -> str:
    """What *findings* (not empty, most certain first) say of what was *asked*."""
    return _Teller(asked, language, findings).tell()


_APPOINTED = "appointed"


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
        self._time_told: str | None = None
        self._body_told = False
        self._list_told = False

    def tell(self) -> str:
        said = [finding for finding in self._findings if finding.represents]
        others = [finding for finding in self._findings if not finding.represents]
        if self._asked.party is None:
            sentences = self._by_state(self._findings)
        elif not said:
            sentences = [unsaid(self._asked, self._language), *self._others()]
            self._body_told = True
            sentences += self._by_state(others)
        else:
            sentences = self._by_state(said)
            sitting = (f for f in others if f.person and f.state != ENDED)
            names = list(dict.fromkeys(self._phrases.name(f) for f in sitting))
            if names:
                message = _("No source says on whose behalf: {names}.")
                sentences.append(self._say(message, names=self._language.join(names)))
            sentences += self._by_state(others)
        return " ".join(" ".join([*sentences, *self._nobody_on_the_day()]).split())

    def _others(self) -> list[str]:
        if not self._asked.others:
            return []
        message = _("Left out here are {count} who are said to represent somebody else.")
        return [self._say(message, count=self._asked.others)]

    def _by_state(self, findings: Sequence[Finding]) -> list[str]:
        tellers: dict[str, Callable[[Sequence[Finding]], str]] = {
            CONFIRMED: self._confirmed,
            LAST_KNOWN: self._last_known,
            NOMINATED: self._nominated,
            UNNAMED: self._unnamed,
            VACANT: self._vacant,
            ENDED: self._ended,
            BEFORE_FIRST: self._before_first,
        }
        sentences = []
        for state, group in groupby(findings, key=lambda finding: finding.state):
            sentences.append(tellers[state](list(group)))
            self._body_told = True
            if self._phrases.counted and not self._list_told:
                sentences.append(self._say(_("All of them are named in the list below.")))
                self._list_told = True
        return sentences

    # One method a state. Each gives one sentence, or a few.

    def _confirmed(self, findings: Sequence[Finding]) -> str:
        shown = [finding for finding in findings if finding.shown]
        covered = [finding for finding in findings if not finding.shown]
        told = [self._at_times(ATTESTED, shown, times.whole)]
        if covered:
            day = self._asked.on_date.isoformat()
            told.append(self._group(BY_PERIOD, day, times.whole(day, self._language), covered))
        return " ".join(told)

    def _last_known(self, findings: Sequence[Finding]) -> str:
        shown = [finding for finding in findings if finding.time]
        periods = [finding for finding in findings if not finding.time]
        told = [self._at_times(LAST_ATTESTED, shown, times.when)]
        if periods:
            told.append(self._group(TOLD_OF, None, "", periods))
        return " ".join(told)

    def _at_times(
        self,
        wording: Wording,
        findings: Sequence[Finding],
        when: Callable[[str, Language], str],
    ) -> str:
        """Findings that are shown, time by time; several of one person in one sentence."""
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            groups.setdefault(finding.time or "", []).append(finding)
        if not self._asked.of_person or len(findings) == 1:
            return " ".join(
                self._group(wording, time, when(time, self._language), group)
                for time, group in groups.items()
            )
        items = "; ".join(
            f"{when(time, self._language)} {self._phrases.listed(group)}"
            for time, group in groups.items()
        )
        self._time_told = next(reversed(groups), None)
        return self._say(wording.several, name=self._asked.subject, items=items) if items else ""

    def _group(
        self, wording: Wording, time: str | None, when: str, findings: Sequence[Finding]
    ) -> str:
        self._time_told = time
        if len(findings) > 1:
            items = self._phrases.listed(findings)
            subject = self._asked.subject
            if self._asked.of_person:
                told = f"{when} {items}"
                return self._say(wording.several, name=subject, items=told)
            return self._say(wording.many, subject=subject, when=when, items=items)
        self._position_told = self._phrases.position(findings)
        return self._say(
            wording.one,
            name=self._phrases.name(findings[0]),
            when=when,
            position=self._position_told,
            period=self._phrases.period(findings[0]),
            where=self._phrases.where(findings),
        )

    def _before_first(self, findings: Sequence[Finding]) -> str:
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
        told = []
        ordered = sorted(findings, key=_first_time)
        for (_first_day, words), group in groupby(ordered, key=_first_time):
            sentence = self._say(
                message,
                subject=self._asked.subject,
                day=self._asked.on_date,
                first=times.said(words, self._language),
                items=self._phrases.listed(list(group)),
            )
            told.append(sentence)
            message = _("Later, from {first}: {items}.")
        return " ".join(told)

    def _unnamed(self, findings: Sequence[Finding]) -> str:
        return without_names(findings, self._phrases, self._language, body_told=self._body_told)

    def _vacant(self, findings: Sequence[Finding]) -> str:
        return vacancies(findings, self._phrases, self._language)

    # Nominations.

    def _nominated(self, findings: Sequence[Finding]) -> str:
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for finding in findings:
            position = self._phrases.position([finding])
            alike = (finding.nominated_by, finding.time, position, finding.told_periods)
            outcome = self._outcome(finding, position == self._position_told)
            groups.setdefault((*alike, where_of(finding), outcome), []).append(finding)
        return " ".join(self._nomination(group) for group in groups.values())

    def _nomination(self, findings: Sequence[Finding]) -> str:
        finding = findings[0]
        same = self._phrases.position([finding]) == self._position_told
        if same:
            message = _("{by} nominated {name} {day} to the same position{period} ({where})")
        else:
            message = _("{by} nominated {name} {day} as {position}{period} ({where})")
        by = finding.nominated_by
        names = list(dict.fromkeys(self._phrases.name(each) for each in findings))
        told = self._say(
            message,
            by=by.label if by else self._say(_("Someone unnamed")),
            name=self._language.join(names),
            day=self._when(finding.time),
            position=self._phrases.position(findings),
            period=self._phrases.period(finding),
            where=self._phrases.where(findings),
        )
        return told + self._outcome(finding, same)

    def _when(self, time: str | None) -> str:
        if time is None:
            return ""
        if time == self._time_told and times.is_day(time):
            return self._say(_("the same day"))
        self._time_told = time
        return times.when(time, self._language)

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

    def _ended(self, findings: Sequence[Finding]) -> str:
        return " ".join(self._end(finding) for finding in findings)

    def _end(self, finding: Finding) -> str:
        told = self._say(
            _("{name} was {position}{period} ({where})"),
            name=self._phrases.name(finding),
            position=self._phrases.position([finding]),
            period=self._phrases.period(finding),
            where=self._phrases.where([finding]),
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


def _first_time(finding: Finding) -> tuple[date, str]:
    """The earliest day that *finding* is shown for or given a period from, and the words of it."""
    known = [
        (finding.first_attested, finding.first_attested_in),
        (finding.from_ or finding.to, times.beginning(finding.period or "")),
    ]
    return min((day, words) for day, words in known if day and words)
