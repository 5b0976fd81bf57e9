"""Take something away from the bundled graph, a kind at a time: some check notices.

What a source need not say (a second passage, an alternative name, a comment, on whose behalf
somebody unnamed sits) can be gone without anybody noticing, and is not tried.
"""

from __future__ import annotations

from datetime import date

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Store

from samverkan import content, store
from samverkan.checks import shapes, validation
from samverkan.namespaces import PREFIXES, term

DAY = date(2026, 11, 25)
SAMPLE = 3
DEFAULT = DefaultGraph()
RULE = term("smv:compositionOf")
# What leads from a node to the things that its shortcut is between.
NODES = ("org:member", "smv:subject", "smv:activity")

# Of which class, by what pattern: the statement ?s ?p ?o is taken away.
DROPPED = {
    "owner": "?s a smv:Activity ; smv:ownedBy ?o",
    "performer": "?s a smv:Activity ; smv:carriedOutBy ?o",
    "participant": "?s a smv:Activity ; smv:participant ?o",
    "kind of activity": "?s smv:activityKind ?o",
    "year of activity": "?s dcterms:isPartOf ?plan ; smv:year ?o . ?plan a smv:Plan"
    " FILTER NOT EXISTS { ?s smv:year ?z FILTER(?z != ?o) }",
    "status of activity": "?s smv:activityStatus ?o",
    "plan of activity": "?s smv:activityKind ?k ; dcterms:isPartOf ?o",
    "outcome": "?s smv:outcome ?o FILTER NOT EXISTS { ?z smv:outcome ?o FILTER(?z != ?s) }",
    "agent of responsibility": "?s smv:agent ?o",
    "activity of responsibility": "?s smv:activity ?o",
    "kind of responsibility": "?s smv:responsibilityKind ?o",
    "member": "?s org:member ?o",
    "mark of an unnamed holder": "?s smv:unnamedHolder ?o",
    "body of membership": "?s org:organization ?o",
    "role": "?s a org:Membership ; org:role ?o",
    "status": "?s smv:status ?o",
    "basis": "?s smv:basis ?o FILTER NOT EXISTS { ?s smv:basis ?z FILTER(?z != ?o) }",
    "decision that nominated": "?s smv:nominatedBy ?o",
    "attestation": "?s a org:Membership ; smv:attestedIn ?o FILTER NOT EXISTS"
    " { ?s smv:attestedIn|org:memberDuring ?z FILTER(?z != ?o) }",
    "period of membership": "?s org:memberDuring ?o FILTER NOT EXISTS { ?s smv:attestedIn ?z }",
    "start date": "?s a dcterms:PeriodOfTime ; dcat:startDate ?o",
    "end date": "?s a dcterms:PeriodOfTime ; dcat:endDate ?o",
    "words of time": "?s a dcterms:PeriodOfTime ; smv:edtf ?o",
    "evidence": "?s prov:wasDerivedFrom ?o FILTER(!STRSTARTS(STR(?s), STR(smv:))) FILTER NOT EXISTS"
    " { ?s prov:wasDerivedFrom ?z FILTER(?z != ?o) }",
    "source of evidence": "?s oa:hasSource ?o",
    "locator": "?s smv:locator ?o",
    "selector": "?s oa:hasSelector ?o FILTER NOT EXISTS { ?s oa:hasSelector ?z FILTER(?z != ?o) }",
    "start of span": "?s oa:start ?o",
    "end of span": "?s oa:end ?o",
    "label": "?s skos:prefLabel ?o ; prov:wasDerivedFrom ?e FILTER(LANG(?o) = 'sv')",
    "kind of body": "?s a org:Organization ; org:classification ?o",
    "lifecycle": "?s smv:lifecycle ?o FILTER NOT EXISTS { ?s smv:lifecycle ?z FILTER(?z != ?o) }",
    "level": "?s smv:level ?o ; org:classification"
    " <https://w3id.org/samverkan/def/organization-type/programme-area>"
    " FILTER NOT EXISTS { ?s org:subOrganizationOf ?z }",
    "shortcut to the parent": "?s org:subOrganizationOf ?o",
    "shortcut to the member": "?s org:hasMember ?o",
    "shortcut to the body": "?s org:memberOf ?o",
    "subject of relation": "?s smv:subject ?o",
    "object of relation": "?s smv:object ?o",
    "kind of relation": "?s smv:relationKind ?o",
    "body of seat": "?s a org:Post ; org:postIn ?o",
    "for whom the seat is": "?s smv:seatFor ?o",
    "number of the rule": "?s a smv:CompositionRule ; smv:number ?o",
    "decision maker": "?s smv:decisionMaker ?o FILTER NOT EXISTS"
    " { ?s smv:decisionMaker ?z FILTER(?z != ?o) }",
    "kind of decision": "?s smv:decisionKind ?o FILTER NOT EXISTS"
    " { ?s smv:decisionKind ?z FILTER(?z != ?o) }",
    "meeting of agenda item": "?s a smv:AgendaItem ; dcterms:isPartOf ?o",
    "paragraph": "?s smv:paragraph ?o",
    "assignee": "?s smv:assignee ?o",
    "deadline in words": "?s smv:edtf ?w ; smv:deadline ?o",
    "person present": "?s smv:person ?o",
    "capacity": "?s smv:capacity ?o",
    "meeting status": "?s smv:meetingStatus ?o",
    "day of meeting": "?s a smv:Meeting ; schema:startDate ?o FILTER NOT EXISTS"
    " { ?s dcterms:temporal|schema:startDate ?z FILTER(?z != ?o) }",
    "day of issue": "?s smv:held true ; dcterms:issued ?o",
    "text file": "?s smv:textFile ?o",
    "checksum": "?s smv:textSha256 ?o",
    "whether a source is held": "?s smv:held ?o",
    "claim": "?s smv:claim ?o FILTER NOT EXISTS { ?s smv:claim ?y, ?z"
    " FILTER(?y != ?o && ?z != ?o && ?y != ?z) }",
    "value of claim": "?s a smv:Claim ; rdf:value|smv:valueThing ?o",
    "preferred claim": "?s smv:preferred ?o",
    "what a discrepancy is about": "?s smv:about ?o FILTER NOT EXISTS"
    " { ?s smv:about ?z FILTER(?z != ?o) }",
    "kind of event": "?s smv:eventKind ?o",
    "time of event": "?s smv:eventKind ?k ; dcterms:temporal ?o",
    "body of event": "?s org:resultingOrganization ?o FILTER NOT EXISTS"
    " { ?s org:originalOrganization ?z }",
    "name of person": "?s foaf:name ?o",
    "former name": "?s smv:formerName ?o",
}
# The statement gets another value: what was found, and what is put in its place.
PUT = {
    "label of another body": ("?s a org:Organization ; skos:prefLabel ?o", None),
    "a day that there is not": (
        "?s dcat:endDate ?o",
        Literal("2021-02-30", datatype=term("xsd:date")),
    ),
    "end before the start": (
        "?s dcat:endDate ?o",
        Literal("1900-01-01", datatype=term("xsd:date")),
    ),
    "a text for a body": ("?s org:organization ?o", Literal("Nämnden")),
    "a role for a status": ("?s smv:status ?o", NamedNode(PREFIXES["smv"] + "role/chair")),
    "span turned round": ("?s oa:end ?o", Literal("0", datatype=term("xsd:integer"))),
    "four seats too many": ("?s smv:number ?o", Literal("7", datatype=term("xsd:integer"))),
}


def test_whatever_is_taken_away_or_spoilt_is_noticed() -> None:
    ground = _Ground()
    table = {}
    for kind, pattern in DROPPED.items():
        table[kind] = ground.tried(pattern, None, drop=True)
    for kind, (pattern, value) in PUT.items():
        table[kind] = ground.tried(pattern, value, drop=False)
    told = "\n".join(f"{kind}: {n} tried, {seen} noticed" for kind, (n, seen) in table.items())
    assert all(n > 0 for n, _seen in table.values()), told
    assert all(n == seen for n, seen in table.values()), told


class _Ground:
    """The bundled graph, in a store of its own; each change is undone."""

    def __init__(self) -> None:
        found = content.find()
        self.shapes = shapes.read(found)
        self.store = Store()
        self.store.extend(store.load(found).engine.quads_for_pattern(None, None, None, DEFAULT))
        self.other = Literal("Samverkansnämnden", language="sv")
        self.unchanged: dict[str, set[tuple[str, ...]]] = {}

    def tried(
        self, pattern: str, value: NamedNode | Literal | None, *, drop: bool
    ) -> tuple[int, int]:
        """How many statements of a kind were changed, and for how many of them a check noticed."""
        quads = self._sample(pattern)
        return len(quads), sum(self._noticed(quad, value, drop=drop) for quad in quads)

    def _noticed(self, quad: Quad, value: NamedNode | Literal | None, *, drop: bool) -> bool:
        near = self._near(quad)
        for iri in near:
            if iri not in self.unchanged:
                self.unchanged[iri] = self._found(iri)
        self.store.remove(quad)
        put = Quad(quad.subject, quad.predicate, value or self.other, DEFAULT)
        if not drop:
            self.store.add(put)
        try:
            return any(self._found(iri) - self.unchanged[iri] for iri in near)
        finally:
            if not drop:
                self.store.remove(put)
            self.store.add(quad)

    def _found(self, iri: str) -> set[tuple[str, ...]]:
        results = validation.validate_thing(self.shapes, self.store, DAY, iri)
        return {(str(r.part), str(r.component), str(r.focus)) for r in results}

    def _near(self, quad: Quad) -> list[str]:
        """The thing, what it leads to, and the nodes and rules that say something of it."""
        near = {quad.subject, quad.object}
        for each in self.store.quads_for_pattern(quad.subject, None, None, DEFAULT):
            near.add(each.object)
        for predicate in map(term, NODES):
            for thing in (quad.subject, quad.object):
                if not isinstance(thing, Literal):
                    for each in self.store.quads_for_pattern(None, predicate, thing, DEFAULT):
                        near.add(each.subject)
        near |= {q.subject for q in self.store.quads_for_pattern(None, RULE, None, DEFAULT)}
        iris = {node.value for node in near if isinstance(node, NamedNode)}
        return sorted(iri for iri in iris if "/id/" in iri or iri == str(quad.subject)[1:-1])

    def _sample(self, pattern: str) -> list[Quad]:
        """A few statements of the kind, spread evenly over all of them."""
        text = f"SELECT DISTINCT ?s ?p ?o {{ {pattern} . ?s ?p ?o }} ORDER BY ?s ?p ?o"
        text = text.replace("} . ?s", "} ?s")
        found = self.store.query(text, prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        named = [term(word) for word in _predicates(pattern)]
        rows = [row for row in found if row["p"] in named]
        step = max(1, len(rows) // SAMPLE)
        return [Quad(row["s"], row["p"], row["o"], DEFAULT) for row in rows[::step][:SAMPLE]]


def _predicates(pattern: str) -> list[str]:
    """The property (or properties) that leads to ?o in *pattern*."""
    return pattern.partition(" ?o")[0].split()[-1].split("|")
