"""The parts of a sentence about findings: names, positions, passages, lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from samverkan import times
from samverkan.findings import Evidence, Finding
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.names import stems
from samverkan.roles import Role
from samverkan.states import (
    BEFORE_FIRST,
    CONFIRMED,
    ENDED,
    LAST_KNOWN,
    NOMINATED,
    UNNAMED,
    VACANT,
)

_STATES = {
    CONFIRMED: _("confirmed"),
    LAST_KNOWN: _("last known"),
    NOMINATED: _("nominated"),
    UNNAMED: _("no name given"),
    VACANT: _("vacant"),
    ENDED: _("ended"),
    BEFORE_FIRST: _("known only later"),
    "proposed": _("proposed"),
    "not-covered": _("not said"),
}
# An answer that names more people than this counts those of a role who are more than the few.
_MANY_NAMES = 12
_FEW_NAMES = 3
# What stands between a heading and the number of a bullet under it, in a locator.
_BULLET = " › punkt "


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
    role: Role | None = None
    others: int = 0


def cite(evidence: Iterable[Evidence], language: Language) -> str:
    """``Samverkansnämndens protokoll 2021-02-19, § 13 och § 14``: each source with its places."""
    parts = []
    for (_issued, title), passages in groupby(sorted(evidence), key=lambda p: (p.issued, p.title)):
        parts.append(f"{title}, {places(passages, language)}")
    return "; ".join(parts)


def places(passages: Iterable[Evidence], language: Language) -> str:
    """``§ 13 och § 14``, ``Upphandling › punkt 1 och 2``: the locators of *passages*, each once."""
    bullets: dict[str, list[str]] = {}
    for locator in dict.fromkeys(passage.locator for passage in passages):
        heading, mark, number = locator.rpartition(_BULLET)
        bullets.setdefault(heading + mark or locator, []).append(number if mark else "")
    return language.join([head + language.join(numbers) for head, numbers in bullets.items()])


def where_of(finding: Finding) -> str:
    """Where a finding stands, and whether it is implied: equal for those told of together."""
    return "; ".join([finding.basis, *(f"{p.source} {p.locator}" for p in finding.places)])


def _in_running_text(titles: str) -> str:
    """Titles as within a sentence, each once: ``Ordförande; ordförande`` is ``ordförande``."""
    return "/".join(dict.fromkeys(_uncapitalised(title) for title in titles.split("; ")))


def _uncapitalised(title: str) -> str:
    """*title* without its capital, unless it has others in its first word (``FoU-chef``)."""
    first, _space, _rest = title.partition(" ")
    return title[:1].lower() + title[1:] if first[1:].islower() else title


def is_plural(finding: Finding) -> bool:
    """Whether an unnamed holder's title is that of several: it is not the role of one."""
    title = "" if finding.person else (finding.title or "").casefold()
    return bool(title) and not title.endswith(finding.role.label.casefold())


class Phrases:
    """Words findings for one answer; a source that was cited last is not named in full again."""

    def __init__(self, asked: Asked, language: Language, findings: Sequence[Finding]) -> None:
        self._asked = asked
        self._language = language
        self._say = language.say
        self._cited = ""
        names = {finding.person for finding in findings if finding.person}
        self._many = not asked.of_person and len(names) > _MANY_NAMES
        self.counted = False

    def listed(self, findings: Sequence[Finding]) -> str:
        """``A and B as members (§ 2); C as chair (implied, § 3)``: an item a position and passage.

        Passages that all items share stand once, at the end. In an answer with many names, those of
        a role who are more than a few are counted; then ``counted`` is true afterwards.
        """
        groups = self._groups(findings)
        one_place = len({where_of(finding) for finding in findings}) == 1
        told = []
        for group in groups:
            item = self._item(group)
            told.append(item if one_place else f"{item} ({self.where(group)})")
        text = self._language.join(told) if self._asked.of_person else "; ".join(told)
        return f"{text} ({self.where(findings)})" if one_place else text

    def _groups(self, findings: Sequence[Finding]) -> list[list[Finding]]:
        """Those of the same position, status, period and passages; of a role, where it has many."""
        sizes = Counter((finding.role, finding.status) for finding in findings)
        groups: dict[tuple[str, ...], list[Finding]] = {}
        for finding in findings:
            if self._is_counted(finding, sizes):
                what: tuple[str, ...] = (finding.role.iri, finding.status, finding.basis)
            else:
                held = self.position([finding], short=True) if finding.person else ""
                what = (held, self.role(finding), finding.status, self.period(finding))
                what = (*what, "" if not finding.person else where_of(finding), finding.basis)
            groups.setdefault(what, []).append(finding)
        return list(groups.values())

    def _is_counted(self, finding: Finding, sizes: Counter[tuple[Role, str]]) -> bool:
        held = finding.status not in (NOMINATED, ENDED)
        size = sizes[finding.role, finding.status]
        return self._many and held and bool(finding.person) and size > _FEW_NAMES

    def _item(self, findings: Sequence[Finding]) -> str:
        finding = findings[0]
        names = list(dict.fromkeys(self.name(each) for each in findings))
        if self._many and len(names) > _FEW_NAMES:
            return self._counted_item(findings, len(names))
        if finding.status == NOMINATED:
            message = _("{names} nominated as {position}{period}")
        elif finding.status == ENDED:
            message = _("{names}, by then no longer {position}")
        elif self._asked.of_person:
            message = _("as {position}{period}")
        elif is_plural(finding):
            message = _("{position}{period}, unnamed")
        else:
            message = _("{names} as {position}{period}")
        return self._say(
            message,
            names=self._language.join(names),
            period=self.period(finding),
            position=self.position(findings, short=True),
        )

    def _counted_item(self, findings: Sequence[Finding], count: int) -> str:
        """``17 members for A (9) and B (8)``: how many of a role, and for whom."""
        self.counted = True
        role = findings[0].role.plural
        parties = Counter(f.represents.label for f in findings if f.represents)
        if not parties:
            return f"{count} {role}"
        if unsaid := sum(not finding.represents for finding in findings):
            parties[self._say(_("nobody mentioned"))] = unsaid
        listed = self._language.join([f"{party} ({n})" for party, n in parties.items()])
        return self._say(_("{count} {role} for {party}"), count=count, role=role, party=listed)

    def name(self, finding: Finding) -> str:
        """Who it is, or that no source names them."""
        return finding.person.label if finding.person else self._say(_("someone unnamed"))

    def position(self, findings: Sequence[Finding], *, short: bool = False) -> str:
        """The role, on whose behalf and where; *short* leaves out the body that was asked about.

        *findings* are those of one or several people in the same position, or of unnamed holders in
        the same role, for one or several parties.
        """
        finding = findings[0]
        named = {each.person for each in findings if each.person}
        role = self.role(finding, several=len(named) > 1 or is_plural(finding))
        return self.place(role, finding, self.parties(findings), short=short)

    def parties(self, findings: Sequence[Finding]) -> str:
        """On whose behalf: each of several parties has someone, unless the title is a plural."""
        labels = list(dict.fromkeys(f.represents.label for f in findings if f.represents))
        listed = self._language.join(labels)
        if len(labels) > 1 and not is_plural(findings[0]):
            return self._say(_("each of {parties}"), parties=listed)
        return listed

    def place(self, role: str, finding: Finding, party: str, *, short: bool) -> str:
        """*role* for *party*, if there is one, in the body of *finding* unless *short*."""
        if short and not self._asked.of_person:
            message = _("{role} for {party}") if party else "{role}"
        elif party:
            message = _("{role} for {party} {preposition} {organization}")
        else:
            message = "{role} {preposition} {organization}"
        return self._say(
            message,
            role=role,
            party=party,
            preposition=finding.role.preposition,
            organization=finding.organization.label,
        )

    def role(self, finding: Finding, *, several: bool = False) -> str:
        """The role of one or several; in Swedish by its title, where the source writes another."""
        title = _in_running_text(finding.title or "")
        if not title or title == finding.role.label or self._language.code != "sv":
            return finding.role.plural if several else finding.role.label
        return finding.role.plural if stems(title) == stems(finding.role.plural) else title

    def period(self, finding: Finding) -> str:
        """`` for 2021 to 2023``: the periods that the sources told of give, if any."""
        told = [times.period(words, self._language) for words in finding.told_periods]
        return " " + self._language.join([text.strip() for text in told]) if told else ""

    def where(self, findings: Sequence[Finding]) -> str:
        """The passages that findings rest on, and whether they are only implied by them."""
        passages = sorted({passage for finding in findings for passage in finding.grounds})
        source = passages[0].source if len({p.source for p in passages}) == 1 else ""
        again = source and source == self._cited
        where = (places if again else cite)(passages, self._language)
        self._cited = source
        if all(finding.basis == "implied" for finding in findings):
            return self._say(_("implied, {where}"), where=where)
        return where
