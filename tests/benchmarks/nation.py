"""A made-up nation: collaborations beside each other, and what their documents say year by year.

Each has its board, regions, bodies and people over eight years; a year has a plan, minutes and a
follow-up report. In the proportions of the bundled graph, so that an answer is as large in a graph
of a million triples as in one of ten thousand. All names are made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TextIO

from benchmarks.document import VERBS, Document
from benchmarks.source import Body, Person
from benchmarks.turtle import HEAD, Values, block, slug, text

YEARS = range(2017, 2025)
NATIONAL_BODIES = 12
REGIONS = 4
TYPES = {
    "Rådet": "council",
    "Arbetsgruppen": "working-group",
    "Nätverket": "network",
    "Styrgruppen": "steering-group",
    "Programområdet": "programme-area",
    "Kommittén": "committee",
    "Centrumet": "centre",
    "Beredningsgruppen": "preparatory-group",
}
TOPICS = (
    *("avtal", "beredskap", "bilddiagnostik", "digitalisering", "etik", "forskning", "inköp"),
    *("journaler", "kompetens", "kvalitet", "köer", "laboratorier", "läkemedel", "miljö"),
    *("prevention", "priser", "rehabilitering", "statistik", "transporter", "utbildning"),
)
ACTS = ("Utveckla", "Samordna", "Följa upp", "Utreda", "Stärka", "Ta fram underlag för")
ONSETS = ("b", "br", "d", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "r", "s", "st", "t", "v")
VOWELS, CODAS = ("a", "e", "i", "o", "u", "y"), ("l", "m", "n", "r", "s", "nd", "lm")


def generate(folder: Path, triples: int, seed: int = 1) -> int:
    """Write content of about so many triples to *folder*, file by file; how many they are."""
    sources = folder / "data" / "sources"
    sources.mkdir(parents=True)
    organizations = (folder / "data" / "organizations.ttl").open("w", encoding="utf-8")
    people = (folder / "data" / "people.ttl").open("w", encoding="utf-8")
    with organizations, people:
        for file in (organizations, people):
            file.write(HEAD + "\n")
        nation = Nation(random.Random(seed), organizations, people)
        for document in nation.documents():
            text, size = document.written()
            (sources / f"{document.slug}.ttl").write_text(HEAD + "\n" + text, encoding="utf-8")
            nation.size += size
            if nation.size >= triples:
                break
    return nation.size


class Nation:
    """All collaborations, one after the other, and the names that are taken."""

    def __init__(self, chance: random.Random, organizations: TextIO, people: TextIO) -> None:
        self.chance = chance
        self.size = 0
        self._organizations = organizations
        self._people = people
        self._taken: set[str] = set()

    def documents(self) -> Iterator[Document]:
        """The documents of every year of every collaboration, without end."""
        national = [
            self.body(f"Nationella rådet för {topic}", "national-body")
            for topic in TOPICS[:NATIONAL_BODIES]
        ]
        for number in count(1):
            yield from Collaboration(self, number, national).documents()

    def body(self, label: str, kind: str, *, hidden: tuple[str, ...] = ()) -> Body:
        """A new body of that label and kind, written to its file."""
        body = Body(slug(label), label)
        classes = {
            "healthcare-region-collaboration": ["org:OrganizationalCollaboration"],
            "region": ["org:FormalOrganization", "m8g:PublicOrganisation"],
        }.get(kind, [])
        self._write(
            self._organizations,
            str(body),
            ("a", [*classes, "org:Organization"]),
            ("org:classification", f"organization-type:{kind}"),
            ("skos:prefLabel", text(label)),
            ("skos:hiddenLabel", [text(name) for name in hidden]),
        )
        return body

    def person(self) -> Person:
        """Somebody new, written to their file."""
        label = self.name(2), self.name(3)
        while (key := slug(" ".join(label))) in self._taken:
            label = self.name(2), self.name(3)
        self._taken.add(key)
        person = Person(key, *label)
        pairs = ("a", "foaf:Person"), ("skos:prefLabel", text(person.label))
        self._write(self._people, str(person), *pairs)
        return person

    def name(self, syllables: int) -> str:
        """A name that nobody has to have heard."""
        pick = self.chance.choice
        made = "".join(pick(ONSETS) + pick(VOWELS) for _number in range(syllables - 1))
        return (made + pick(ONSETS) + pick(VOWELS) + pick(CODAS)).capitalize()

    def place(self) -> str:
        """The name of a place that has not been used."""
        while (name := self.name(2) + "land") in self._taken:
            continue
        self._taken.add(name)
        return name

    def _write(self, file: TextIO, subject: str, *pairs: tuple[str, Values]) -> None:
        written, size = block(subject, *pairs)
        file.write(written)
        self.size += size


class Collaboration:
    """A collaboration of regions: its bodies and people, and what the documents of a year say."""

    def __init__(self, nation: Nation, number: int, national: list[Body]) -> None:
        self.nation, self.chance, self.national = nation, nation.chance, national
        place = nation.place()
        ours = ("oss", "vi", "us") if number == 1 else ()
        self.place = place
        self.itself = nation.body(
            f"Sjukvårdsregion {place}", "healthcare-region-collaboration", hidden=ours
        )
        self.board = nation.body(f"Samverkansnämnden i {place}", "board")
        self.regions = [
            nation.body(f"Region {name}", "region", hidden=(name,))
            for name in (nation.place() for _number in range(REGIONS))
        ]
        labels = [(head, topic) for head in TYPES for topic in TOPICS]
        self.chance.shuffle(labels)
        self._labels = iter(labels)
        self.bodies: list[Body] = []
        self.people: list[Person] = []

    def documents(self) -> Iterator[Document]:
        """A plan, minutes and a report for each year."""
        for year in YEARS:
            self.bodies.extend(self._new_body() for _number in range(14))
            yield self._plan(year)
            self.people.extend(self.nation.person() for _number in range(6 if year % 2 else 5))
            yield self._minutes(year)
            yield self._report(year)

    def _new_body(self) -> Body:
        head, topic = next(self._labels)
        label = f"{head} för {topic} i {self.place}"
        return self.nation.body(label, TYPES[head], hidden=(f"{topic} {self.place}",))

    def _some(self, number: int) -> list[Body]:
        """Bodies of late."""
        return self.chance.sample(self.bodies[-16:], number)

    def _document(self, kind: str, label: str, issued: str) -> Document:
        return Document(self.chance, self.board, kind, f"{label} i {self.place}", issued)

    def _plan(self, year: int) -> Document:
        plan = self._document("activity-plan", f"Aktivitetsplan {year}", f"{year - 1}-12-15")
        plan.plan(self._plan_of(year), f"Aktivitetsplan {year} i {self.place}", year)
        plan.plan(f"riktlinjer-{slug(self.place)}-{year}", f"Riktlinjer {year} {self.place}", year)
        for position in range(1, 7):
            self._activity(plan, year, position, "activity" if position > 1 else "direction")
        for region in self.regions[: 4 if year % 2 else 3]:
            plan.seat(region, self.itself, "member-region", str(year))
            plan.post(self.board, region, 1)
        for region in self.regions[:2]:
            plan.post(self.board, region, 2)
        plan.tell("agreement", f"Avtal {year} om samverkan i {self.place}")
        plan.tell("service", f"Tjänst för {self.place} {year}")
        if year == YEARS[0]:
            plan.rule(self.board)
        return plan

    def _minutes(self, year: int) -> Document:
        date = f"{year}-{self.chance.randint(2, 11):02}-{self.chance.randint(1, 28):02}"
        minutes = self._document("minutes", f"Protokoll {date}", date)
        meeting = minutes.meeting(self.board, date, "held")
        minutes.meeting(self._some(1)[0], f"{year + 1}-01-20", "planned")
        for position, person in enumerate(self.people[-6:]):
            role = "substitute" if position > 3 else "member"
            region = self.regions[position % REGIONS]
            seat = minutes.seat(
                person, self.board, role, date, represents=region, party="ABC"[position % 3]
            )
            minutes.attendance(person, meeting, region, seat)
        decisions = [minutes.item(meeting, number, date) for number in range(1, 3 + year % 2)]
        decisions.append(minutes.decision(f"beslut-{self.board.slug}-{date}", None, date))
        for body in self._some(2):
            minutes.seat(
                self.chance.choice(self.people[-6:]),
                body,
                "representative",
                date,
                represents=self.itself,
            )
        if year % 4 == 1:
            body = self._some(1)[0]
            minutes.seat(
                self.people[-1],
                body,
                "representative",
                date,
                represents=self.itself,
                decision=decisions[0],
            )
        minutes.task(self._some(1)[0], decisions[0], f"{year}-12-31")
        self._relations(minutes, 2, date)
        minutes.discrepancy(self._some(1)[0])
        return minutes

    def _report(self, year: int) -> Document:
        label = f"Återrapport {year}"
        report = self._document("follow-up-report", label, f"{year + 1}-02-{10 + year % 10}")
        report.plan(self._plan_of(year), f"Aktivitetsplan {year} i {self.place}", year)
        for position in range(7, 13):
            self._activity(report, year, position, "activity")
        for body in self._some(5):
            report.seat(None, body, "representative", str(year), represents=self.itself)
        self._relations(report, 8, str(year))
        for body in self._some(1 + year % 2):
            report.event(body, year)
        for body in self._some(2):
            report.discrepancy(body)
        report.tell("service", f"Stöd för {self.place} {year}")
        return report

    def _plan_of(self, year: int) -> str:
        return f"aktivitetsplan-{slug(self.place)}-{year}"

    def _activity(self, document: Document, year: int, position: int, kind: str) -> None:
        label = f"{self.chance.choice(ACTS)} {self.chance.choice(TOPICS)}"
        key = f"{self._plan_of(year)}-{position}"
        agents = self._some(3)
        kinds = ["participant"] if position % 4 else []
        if position % 3:
            kinds.append("performer")
        elif position == 6:
            kinds.append("owner")
        told = dict(zip(agents, kinds, strict=False))
        before = (
            f"{self._plan_of(year - 1)}-{position}" if position > 9 and year > YEARS[0] else None
        )
        document.activity(key, f"{label} {year}:{position}", kind, year, told, before)

    def _relations(self, document: Document, number: int, shown: str) -> None:
        for subject, other in zip(self._some(number), self._some(number), strict=True):
            kind = self.chance.choice(list(VERBS))
            if subject == other or kind == "mirrors":
                document.relation(subject, "mirrors", self.chance.choice(self.national), shown)
            else:
                document.relation(subject, kind, other, shown)
