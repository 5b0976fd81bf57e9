"""A made-up source: what it mentions, the passages that bear it out, the times it speaks of."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.turtle import Values, block, day, slug, text


@dataclass(frozen=True)
class Body:
    """A body: its slug and what it is called."""

    slug: str
    label: str

    def __str__(self) -> str:
        return f"organization:{self.slug}"


@dataclass(frozen=True)
class Person:
    """A person: slug, given name, family name."""

    slug: str
    given: str
    family: str

    @property
    def label(self) -> str:
        return f"{self.given} {self.family}"

    def __str__(self) -> str:
        return f"person:{self.slug}"


@dataclass
class _Mention:
    """What a document says of a body or a person, which has one block there."""

    classes: list[tuple[str, Values]]
    members: set[str] = field(default_factory=set)
    memberships: set[str] = field(default_factory=set)
    parents: set[str] = field(default_factory=set)


class Source:
    """A document by itself; :class:`benchmarks.document.Document` says things in it."""

    def __init__(
        self, chance: random.Random, board: Body, kind: str, label: str, issued: str
    ) -> None:
        self.slug = slug(label)
        self._chance = chance
        self._parts: dict[str, tuple[str, int]] = {}
        self._mentions: dict[str, _Mention] = {}
        self._passages: list[str] = []
        self._place = 0
        self._add(
            f"source:{self.slug}",
            ("a", ["smv:Source", "foaf:Document", "prov:Entity"]),
            ("skos:prefLabel", text(label)),
            ("dcterms:title", text(label)),
            ("dcterms:type", f"source-type:{kind}"),
            ("dcterms:issued", day(issued)),
            ("dcterms:publisher", str(board)),
            ("smv:held", "true"),
            self._derived(),
        )
        self._add(
            f"source:{self.slug}-bilaga",
            ("a", ["smv:Source", "foaf:Document", "prov:Entity"]),
            ("skos:prefLabel", text(f"Bilaga till {label}")),
            ("smv:held", "false"),
            self._derived(),
        )

    def written(self) -> tuple[str, int]:
        """All of it in Turtle, and how many triples that is."""
        for subject, told in self._mentions.items():
            self._add(
                subject,
                *told.classes,
                ("org:hasMember", sorted(told.members)),
                ("org:memberOf", sorted(told.memberships)),
                ("org:subOrganizationOf", sorted(told.parents)),
                self._derived(),
            )
        return "".join(p for p, _n in self._parts.values()), sum(
            n for _p, n in self._parts.values()
        )

    def mention(self, thing: Body | Person) -> _Mention:
        """What is said of a body or a person here; at least that there is one."""
        if (told := self._mentions.get(str(thing))) is not None:
            return told
        pairs: list[tuple[str, Values]]
        if isinstance(thing, Person):
            pairs = [
                ("foaf:name", f'"{thing.label}"'),
                ("foaf:givenName", f'"{thing.given}"'),
                ("foaf:familyName", f'"{thing.family}"'),
            ]
        else:
            state = self._chance.choice(("active", "active", "mentioned"))
            names = [text(thing.label.partition(" i ")[0])] if self._chance.random() < 0.26 else []
            pairs = [
                ("smv:lifecycle", f"lifecycle:{state}"),
                ("skos:altLabel", names),
                ("smv:descriptiveName", ["true"] if self._chance.random() < 0.2 else []),
                ("smv:level", ["level:regional"] if self._chance.random() < 0.16 else []),
            ]
        return self._mentions.setdefault(str(thing), _Mention(pairs))

    def _grounds(self, often: float) -> Iterator[tuple[str, Values]]:
        """The basis of a statement and its passages; a comment as *often* as that."""
        yield "smv:basis", f"basis:{self._chance.choice(('stated', 'stated', 'implied'))}"
        if self._chance.random() < often:
            yield "rdfs:comment", text("Så läses texten.")
        yield self._derived()

    def _derived(self) -> tuple[str, Values]:
        found = {self._passage() for _number in range(1 + (self._chance.random() < 0.27))}
        return "prov:wasDerivedFrom", sorted(found)

    def _passage(self) -> str:
        """A passage: a new one, or one of the last that bear out something else."""
        if self._passages and self._chance.random() < 0.45:
            return self._chance.choice(self._passages[-20:])
        number = len(self._passages) + 1
        evidence = f"evidence:{self.slug}-{number}"
        self._passages.append(evidence)
        selectors = [self._selector() for _each in range(1 + (self._chance.random() < 0.1))]
        self._add(
            evidence,
            ("a", ["smv:Evidence", "oa:SpecificResource"]),
            ("oa:hasSource", f"source:{self.slug}"),
            ("smv:locator", f'"§ {number // 4 + 1}"'),
            ("oa:hasSelector", selectors),
        )
        return evidence

    def _selector(self) -> str:
        start = self._place
        self._place += self._chance.randint(20, 200)
        subject = f"selector:{self.slug}-{start}-{self._place}"
        self._add(
            subject,
            ("a", "oa:TextPositionSelector"),
            ("oa:start", str(start)),
            ("oa:end", str(self._place)),
        )
        return subject

    def _period(self, words: str) -> str:
        """The day or the year, described here."""
        year = len(words) == len("2021")
        self._add(
            f"period:{words}",
            ("a", "dcterms:PeriodOfTime"),
            ("dcat:startDate", day(f"{words}-01-01" if year else words)),
            ("dcat:endDate", day(f"{words}-12-31" if year else words)),
            ("smv:edtf", f'"{words}"'),
        )
        return f"period:{words}"

    def _add(self, subject: str, *pairs: tuple[str, Values]) -> None:
        """Say it once of each thing; a second time changes nothing."""
        self._parts.setdefault(subject, block(subject, *pairs))
