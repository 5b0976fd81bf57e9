"""The named queries ``memberships``, ``ties`` and ``bodies`` → the network on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from samverkan import catalogue, findings, testimony
from samverkan.catalogue import KNOWN_ON, ON_DATE
from samverkan.findings import Finding, Thing, passages, thing_in
from samverkan.knowledge import Knowledge
from samverkan.language import Language, language
from samverkan.language import mark as _
from samverkan.namespaces import DEF, term
from samverkan.network.model import (
    BINDING,
    BODY,
    MEMBERSHIP,
    NAMELESS,
    PERSON,
    RELATION,
    REPRESENTATION,
    Network,
    Node,
    Relation,
    Tie,
)
from samverkan.phrases import Asked, Phrases, is_plural
from samverkan.sparql import Row
from samverkan.states import BEFORE_FIRST, CONFIRMED, LAST_KNOWN

_KEPT = 16
_PERSON = term("foaf:Person").value
_LIFECYCLE = f"{DEF}lifecycle/"


def network(
    knowledge: Knowledge,
    spoken: Language,
    on_date: str | None = None,
    known_on: str | None = None,
) -> Network:
    """The network on a day (ISO 8601; today where it is not given), by the sources known on one.

    It is made once for each pair of days and language; the last few are kept.

    Raises:
        ParameterError: a date is none.
    """
    day = catalogue.day(ON_DATE, on_date) if on_date else date.today()
    known = catalogue.day(KNOWN_ON, known_on) if known_on else None
    return _network(knowledge, spoken.code, day, known)


@lru_cache(maxsize=_KEPT)
def _network(knowledge: Knowledge, code: str, on_date: date, known_on: date | None) -> Network:
    spoken = language(code)
    known = {KNOWN_ON: known_on.isoformat()} if known_on else {}
    reading = knowledge.read("positions", {ON_DATE: on_date.isoformat(), **known})
    held = findings.findings(knowledge, reading, spoken)
    rows = knowledge.ask("connections", **known)
    stands = [_relation(knowledge, row, on_date, spoken) for row in rows]
    nodes = {node.iri: node for node in _bodies(knowledge, known, spoken)}
    for node in _holders(knowledge, held, stands, spoken):
        nodes.setdefault(node.iri, node)
    ties = [*_memberships(held), *_relations(stands)]
    return Network(
        nodes=nodes,
        ties=tuple(tie for tie in ties if tie.state in BINDING),
        unbound=tuple(tie for tie in ties if tie.state not in BINDING),
        on_date=on_date,
        known_on=known_on,
        code=code,
    )


def _bodies(knowledge: Knowledge, known: dict[str, str], spoken: Language) -> Iterator[Node]:
    """The bodies that a source tells of, each once, by label."""
    for row in knowledge.ask("bodies", **known):
        body = thing_in(knowledge, row, "body", language=spoken)
        if body:
            yield Node(
                iri=body.iri,
                label=body.label,
                kind=BODY,
                type=thing_in(knowledge, row, "type", language=spoken),
                level=thing_in(knowledge, row, "level", language=spoken),
                proposed=row["lifecycle"].value == f"{_LIFECYCLE}proposed",
                dissolved=row["lifecycle"].value == f"{_LIFECYCLE}dissolved",
            )


def _holders(
    knowledge: Knowledge, held: Iterable[Finding], stands: Iterable[Relation], spoken: Language
) -> Iterator[Node]:
    """Everything else at an end of a tie: people, the unnamed, bodies of no known lifecycle."""
    for found in held:
        yield _node(knowledge, found.person) if found.person else _nameless(found, spoken)
        yield _node(knowledge, found.organization)
        if found.represents:
            yield _node(knowledge, found.represents)
    for relation in stands:
        yield _node(knowledge, relation.subject)
        yield _node(knowledge, relation.object)


def _node(knowledge: Knowledge, thing: Thing) -> Node:
    match = knowledge.names.thing(thing.iri)
    is_person = match is not None and _PERSON in match.kinds
    return Node(thing.iri, thing.label, PERSON if is_person else BODY)


def _nameless(found: Finding, spoken: Language) -> Node:
    asked = Asked(found.organization.label, of_person=False, on_date=date.min, known_on=None)
    role = Phrases(asked, spoken, [found]).role(found, several=is_plural(found))
    return Node(found.iri, spoken.say(_("{role}, no name given"), role=role), NAMELESS)


def _memberships(held: Iterable[Finding]) -> Iterator[Tie]:
    """What a membership ties: its holder to the body, and to the party that it is held for."""
    for found in held:
        holder = found.person.iri if found.person else found.iri
        yield Tie(found.iri, holder, found.organization.iri, MEMBERSHIP, found)
        if found.represents and found.represents.iri != found.organization.iri:
            yield Tie(found.iri, holder, found.represents.iri, REPRESENTATION, found)


def _relations(stands: Iterable[Relation]) -> Iterator[Tie]:
    for relation in stands:
        yield Tie(relation.iri, relation.subject.iri, relation.object.iri, RELATION, relation)


def _relation(knowledge: Knowledge, row: Row, day: date, spoken: Language) -> Relation:
    every = testimony.read(row["shown_by"].value)
    state = _state(every, day)
    deciding = testimony.deciding(every, state, day)
    sources = {told.source for told in deciding}
    evidence = passages(knowledge, row["evidence"].value)
    ends = {name: thing_in(knowledge, row, name, language=spoken) for name in _ENDS}
    subject, verb, object_ = (ends[name] or Thing(row[name].value, "") for name in _ENDS)
    return Relation(
        iri=row["relation"].value,
        subject=subject,
        verb=verb,
        object=object_,
        state=state,
        basis="stated" if any(told.basis == "stated" for told in deciding) else "implied",
        time=next((told.time.words for told in deciding), None),
        grounds=tuple(p for p in evidence if p.source in sources) or evidence,
    )


_ENDS = ("subject", "kind", "object")


def _state(every: Iterable[testimony.Testimony], day: date) -> str:
    """What a relation is worth on *day*: it has no end, and no source gives it a period."""
    told = list(every)
    if any(each.time.covers(day) for each in told):
        return CONFIRMED
    return LAST_KNOWN if any(each.time.has_begun(day) for each in told) else BEFORE_FIRST
