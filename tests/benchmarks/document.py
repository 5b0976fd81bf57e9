"""What a made-up source says: each statement as the model has it, with its passages."""

from __future__ import annotations

from benchmarks.source import Body, Person, Source
from benchmarks.turtle import day, slug, text

SHORTCUTS = {"owner": "ownedBy", "performer": "carriedOutBy", "participant": "participant"}
VERBS = {
    "mirrors": "speglar",
    "reports-to": "rapporterar till",
    "supports": "stödjer",
    "takes-part-in": "deltar i",
    "cooperates-with": "samverkar med",
    "part-of": "är en del av",
}
THEMES = ("research", "skills", "production", "digital-development", "equal-care", "price-lists")
AREAS = ("operations-and-development", "knowledge-management", "education-and-skills")
STATUSES = ("planned", "started", "ongoing", "completed", "postponed", "not-reported")


class Document(Source):
    """A source and its statements."""

    def seat(
        self,
        member: Body | Person | None,
        body: Body,
        role: str,
        shown: str,
        *,
        represents: Body | None = None,
        party: str | None = None,
        decision: str | None = None,
    ) -> str:
        """A membership: attested, nominated by a *decision*, or of somebody unnamed."""
        who = member.slug if member else "utan-namn"
        subject = f"membership:{body.slug}-{who}-{role}{'-nominerad' if decision else ''}"
        self.mention(body)
        if member:
            told = self.mention(member)
            if not decision:
                told.memberships.add(str(body))
                self.mention(body).members.add(str(member))
        holder = ("org:member", str(member)) if member else ("smv:unnamedHolder", "true")
        self._add(
            subject,
            ("a", "org:Membership"),
            ("skos:prefLabel", text(f"{member.label if member else 'Ej namngivna'}, {body.label}")),
            holder,
            ("org:organization", str(body)),
            ("org:role", f"role:{role}"),
            ("smv:title", [text("representant")] if role == "representative" else []),
            (
                "smv:represents",
                [str(represents)] if represents and self._chance.random() < 0.6 else [],
            ),
            ("smv:party", [f'"{party}"'] if party else []),
            ("smv:status", f"status:{'nominated' if decision else 'attested'}"),
            ("smv:nominatedBy", [decision] if decision else []),
            ("smv:attestedIn", self._period(shown)),
            *self._grounds(0.45),
        )
        return subject

    def plan(self, key: str, label: str, year: int) -> None:
        """A plan of that year."""
        self._add(
            f"plan:{key}",
            ("a", ["smv:Plan", "prov:Plan"]),
            ("skos:prefLabel", text(label)),
            ("smv:year", [f'"{each}"^^xsd:gYear' for each in (year, year + 1)]),
            ("dcterms:temporal", self._period(str(year))),
            self._derived(),
        )

    def activity(
        self,
        key: str,
        label: str,
        kind: str,
        year: int,
        agents: dict[Body, str],
        before: str | None,
    ) -> None:
        """An item of a plan, with who answers for it, and what came of it."""
        subject = f"activity:{key}"
        shortcuts = [
            (f"smv:{name}", [str(body) for body, how in agents.items() if how == role])
            for role, name in SHORTCUTS.items()
        ]
        has_outcome = self._chance.random() < 0.38
        self._add(
            subject,
            ("a", "smv:Activity"),
            ("skos:prefLabel", text(label)),
            ("dcterms:isPartOf", f"plan:{key.rpartition('-')[0]}"),
            ("smv:activityKind", f"activity-kind:{kind}"),
            ("smv:activityStatus", f"activity-status:{self._chance.choice(STATUSES)}"),
            ("schema:position", key.rpartition("-")[2]),
            ("smv:year", [f'"{each}"^^xsd:gYear' for each in (year, year + 1)]),
            (
                "dcterms:subject",
                [
                    f"focus-area:{self._chance.choice(AREAS)}",
                    f"theme:{self._chance.choice(THEMES)}",
                ],
            ),
            ("smv:continues", [f"activity:{before}"] if before else []),
            ("smv:outcome", [f"outcome:{key}"] if has_outcome else []),
            *shortcuts,
            *self._grounds(0.15),
        )
        if has_outcome:
            self._add(
                f"outcome:{key}",
                ("a", "smv:Outcome"),
                ("skos:prefLabel", text(f"Utfall: {label}")),
                ("rdfs:comment", text("Arbetet har följt planen, och fortsätter nästa år.")),
                self._derived(),
            )
        for body, role in agents.items():
            self.mention(body)
            self._add(
                f"responsibility:{key}-{role}-{body.slug}",
                ("a", "smv:Responsibility"),
                ("skos:prefLabel", text(f"{body.label}: {label}")),
                ("smv:activity", subject),
                ("smv:agent", str(body)),
                ("smv:responsibilityKind", f"responsibility-kind:{role}"),
                ("smv:partly", ["true"] if self._chance.random() < 0.64 else []),
                *self._grounds(0.1),
            )

    def relation(self, subject: Body, kind: str, other: Body, shown: str) -> None:
        """How a body is related to another."""
        told = self.mention(subject)
        self.mention(other)
        if kind == "part-of":
            told.parents.add(str(other))
        label = f"{subject.label} {VERBS[kind]} {other.label}"
        self._add(
            f"relation:{subject.slug}-{kind}-{other.slug}",
            ("a", "smv:Relation"),
            ("skos:prefLabel", text(label)),
            ("smv:subject", str(subject)),
            ("smv:relationKind", f"relation-kind:{kind}"),
            ("smv:object", str(other)),
            ("smv:attestedIn", self._period(shown)),
            *self._grounds(0.33),
        )

    def meeting(self, body: Body, date: str, status: str) -> str:
        """A meeting of that body on that day."""
        self.mention(body)
        subject = f"meeting:{body.slug}-{date}"
        self._add(
            subject,
            ("a", ["smv:Meeting", "schema:Event"]),
            ("skos:prefLabel", text(f"{body.label}, möte {date}")),
            ("schema:startDate", day(date)),
            ("schema:organizer", str(body)),
            ("smv:meetingStatus", f"meeting-status:{status}"),
            *self._grounds(0.5),
        )
        return subject

    def attendance(self, person: Person, meeting: str, region: Body, seat: str) -> None:
        """That a person was at a meeting."""
        self._add(
            f"attendance:{meeting.partition(':')[2]}-{person.slug}",
            ("a", "smv:Attendance"),
            ("skos:prefLabel", text(f"{person.label} vid mötet")),
            ("smv:person", str(person)),
            ("smv:meeting", meeting),
            ("smv:capacity", "capacity:ordinary"),
            ("smv:represents", str(region)),
            ("smv:membership", seat),
            *self._grounds(0.2),
        )

    def item(self, meeting: str, number: int, date: str) -> str:
        """A paragraph of minutes that decides something; the decision."""
        key = f"{meeting.partition(':')[2]}-paragraf-{number}"
        self._add(
            f"agenda-item:{key}",
            ("a", "smv:AgendaItem"),
            ("skos:prefLabel", text(f"Paragraf {number}")),
            ("smv:paragraph", str(number)),
            ("dcterms:isPartOf", meeting),
            ("rdfs:comment", text("Nämnden hör en föredragning och fattar beslut.")),
            self._derived(),
        )
        return self.decision(key, f"agenda-item:{key}", date)

    def decision(self, key: str, item: str | None, date: str) -> str:
        """A decision, in an item of an agenda where there is one."""
        bodies = [each for each in self._mentions if each.startswith("organization:")]
        self._add(
            f"decision:{key}",
            ("a", "smv:Decision"),
            ("skos:prefLabel", text(f"Beslut {date} {key[-2:]}")),
            ("dcterms:isPartOf", [item] if item else []),
            ("dcterms:date", day(date)),
            ("smv:decisionKind", "decision-kind:approval"),
            ("smv:decisionMaker", bodies[0]),
            ("smv:concerns", sorted(self._chance.sample(bodies, min(2, len(bodies))))),
            *self._grounds(0.1),
        )
        return f"decision:{key}"

    def task(self, body: Body, decision: str, deadline: str) -> None:
        """An order with a deadline."""
        self.mention(body)
        self._add(
            f"task:{decision.partition(':')[2]}",
            ("a", "smv:Task"),
            ("skos:prefLabel", text(f"Redovisa läget till {deadline}")),
            ("smv:assignee", str(body)),
            ("smv:fromDecision", decision),
            ("smv:deadline", day(deadline)),
            *self._grounds(0.3),
        )

    def discrepancy(self, body: Body) -> None:
        """Two claims about a body that do not agree."""
        self.mention(body)
        key = f"{self.slug}-{body.slug}"
        claims = [f"claim:{key}-{number}" for number in (1, 2)]
        for claim in claims:
            self._add(
                claim,
                ("a", "smv:Claim"),
                ("skos:prefLabel", text(f"Uppgift {claim[-1]} om {body.label}")),
                ("rdf:value", f'"{claim[-1]}"'),
                *self._grounds(0.1),
            )
        self._add(
            f"discrepancy:{key}",
            ("a", "smv:Discrepancy"),
            ("skos:prefLabel", text(f"Två uppgifter om {body.label}")),
            ("smv:about", str(body)),
            ("smv:claim", claims),
            ("smv:preferred", claims[:1] if self._chance.random() < 0.5 else []),
            ("rdfs:comment", [text("Texten säger två saker."), '"The text says two things."@en']),
        )

    def event(self, body: Body, year: int) -> None:
        """That a body was founded."""
        self.mention(body)
        self._add(
            f"event:{body.slug}-{year}",
            ("a", "org:ChangeEvent"),
            ("skos:prefLabel", text(f"{body.label} bildas {year}")),
            ("smv:eventKind", "event-kind:founded"),
            ("org:resultingOrganization", str(body)),
            ("dcterms:temporal", self._period(str(year))),
            *self._grounds(0.1),
        )

    def post(self, body: Body, region: Body, number: int) -> None:
        """A seat in a body."""
        self.mention(body)
        self.mention(region)
        self._add(
            f"post:{body.slug}-{region.slug}-{number}",
            ("a", "org:Post"),
            ("skos:prefLabel", text(f"Plats {number} för {region.label}")),
            ("org:postIn", str(body)),
            ("org:role", "role:member"),
            ("smv:seatFor", str(region)),
            *self._grounds(0.1),
        )

    def rule(self, body: Body) -> None:
        """How many members a region has in a body."""
        self._add(
            f"rule:{body.slug}",
            ("a", "smv:CompositionRule"),
            ("skos:prefLabel", text(f"Två ledamöter per region i {body.label}")),
            ("smv:compositionOf", str(body)),
            ("org:role", "role:member"),
            ("smv:number", "2"),
            *self._grounds(0.1),
        )

    def tell(self, kind: str, label: str) -> None:
        """Something of that kind that has a name and no more."""
        subject = f"{kind}:{slug(label)}"
        class_ = f"smv:{kind.capitalize()}"
        names = [text(label.partition(" ")[0])] if self._chance.random() < 0.5 else []
        pairs = ("a", class_), ("skos:prefLabel", text(label)), ("skos:altLabel", names)
        self._add(subject, *pairs, self._derived())
