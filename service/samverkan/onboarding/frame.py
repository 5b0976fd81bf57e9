"""What all sections of a pack rest on: for whom it is, as of when; and facts as its statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from samverkan import facts, forms, telling
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.facts import Fact
from samverkan.findings import Thing
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.onboarding.pack import Group, Statement


@dataclass(frozen=True)
class Frame:
    """What the pack is about, in which language, as of which times, and for whose member."""

    knowledge: Knowledge
    language: Language
    thing: Thing
    on_date: date
    known_on: date | None
    party: Thing | None

    def read(self, query: str, **values: str) -> Reading:
        """The named query with *values* read as its parameters, as of the times of the pack."""
        known_on = self.known_on.isoformat() if self.known_on else ""
        given = {**values, KNOWN_ON: known_on}
        if any(p.name == ON_DATE for p in self.knowledge.catalogue[query].parameters):
            given[ON_DATE] = self.on_date.isoformat()
        return self.knowledge.read(query, given)

    def facts(self, query: str, **values: str) -> Facts:
        """What the named query finds, with the words for where it finds nothing."""
        reading = self.read(query, **values)
        found = facts.facts(self.knowledge, reading, self.on_date, self.language)
        form = reading.query.form
        if form is None:
            raise KeyError(query)
        return Facts(self, form, found)

    def say(self, message: str, **values: object) -> str:
        """*message* in the language of the pack; ``{subject}`` is what it is about."""
        return self.language.say(message, subject=self.thing.label, **values)

    def and_more(self, count: int) -> str:
        """That *count* more are not told of, as a sentence."""
        return telling.sentence(self.say(_("and {count} more"), count=count)) + "."


@dataclass(frozen=True)
class Facts:
    """What a query finds for a pack, and how it is told."""

    frame: Frame
    form: forms.Form
    found: tuple[Fact, ...]

    def of(self, *cases: str) -> Facts:
        """Those of these cases only."""
        return replace(self, found=tuple(f for f in self.found if f.case in cases))

    def merged(self, case: str) -> Facts:
        """The same with those of *case* told together, in the place of the first of them."""
        alike = self.of(case).found
        if not alike:
            return self
        one = replace(
            alike[0],
            value=self.frame.language.join([fact.value for fact in alike]),
            evidence=tuple(sorted({passage for fact in alike for passage in fact.evidence})),
        )
        kept = (f for f in self.found if f is alike[0] or f.case != case)
        return replace(self, found=tuple(one if f is alike[0] else f for f in kept))

    def retold(self, fact: Fact, values: Mapping[str, str]) -> Fact:
        """*fact* told with other values."""
        template = self.form.case(fact.case).each[self.frame.language.code]
        return replace(fact, value=forms.filled(template, values), values=values)

    def groups(self, lead: str = "") -> tuple[Group, ...]:
        """All as one group; none where there are none."""
        told = self.statements(self.found)
        return (Group(lead, told),) if told else ()

    def groups_by(self, column: str) -> tuple[Group, ...]:
        """A group for each value of a column, which leads it, in the order of the query."""
        sorted_out: dict[str, list[Fact]] = {}
        for fact in self.found:
            sorted_out.setdefault(fact.values.get(column, ""), []).append(fact)
        return tuple(Group(lead, self.statements(found)) for lead, found in sorted_out.items())

    def statements(self, found: Iterable[Fact]) -> tuple[Statement, ...]:
        """Each of *found* as a statement."""
        return tuple(self.statement(fact) for fact in found)

    @property
    def silence(self) -> str:
        """What is said where there are none; where there are, that their list is left open."""
        if any(fact.incomplete for fact in self.found):
            return self.frame.say(_("The source leaves this list open: there may be more."))
        if self.found:
            return ""
        return forms.filled(self.form.none[self.frame.language.code], self._values())

    def statement(self, fact: Fact, text: str = "") -> Statement:
        """*fact* as a statement, in the words of *text* or else of the query."""
        language = self.frame.language
        values = {**fact.values, **self._values(), forms.ITEMS: fact.value}
        text = text or forms.filled(self.form.case(fact.case).one[language.code], values)
        return Statement(
            text=telling.sentence(text).rstrip("."),
            where=telling.where(fact, language),
            state=fact.state,
            things=tuple(thing for thing in fact.things if thing != self.frame.thing),
            evidence=fact.evidence,
        )

    def _values(self) -> dict[str, str]:
        return {"subject": self.frame.thing.label, "on_date": self.frame.on_date.isoformat()}
