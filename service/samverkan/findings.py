"""Rows → findings: what the sources say, what it is worth on a day, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from samverkan import testimony
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.match import Match
from samverkan.namespaces import DEF
from samverkan.roles import Role, role
from samverkan.sparql import Row
from samverkan.states import STATES
from samverkan.testimony import Testimony

_PASSAGE = re.compile(r"(?P<locator>.+?) <(?P<source>[^<>#]+)#char=(?P<start>\d+),(?P<end>\d+)>")


@dataclass(frozen=True)
class Thing:
    """A thing with its label in the language of the answer."""

    iri: str
    label: str


@dataclass(frozen=True, order=True, slots=True)
class Evidence:
    """A passage: code points *start* to *end* (exclusive) of the source's text (RFC 5147)."""

    issued: date
    start: int
    end: int
    source: str
    title: str
    locator: str


@dataclass(frozen=True)
class Finding:
    """One thing that the sources say in answer to a question, and what it is worth on the day.

    ``iri`` is that of the membership.
    ``from_`` and ``to`` are the earliest and latest day that the words of a period allow,
    ``period`` those words in EDTF; where sources give several, the one that matters most on the
    day, and ``periods`` has the words of all. ``time`` is what the state rests on: the words of the
    day, year or period for which a source shows it, and ``shown`` tells that it is shown for the
    very day asked about. A person that no source names is None; ``person`` may also be a body.

    ``title`` and ``basis`` are those of the sources on whose word the state rests, ``grounds`` the
    passages of these (:func:`samverkan.testimony.deciding`); ``evidence`` has those of all sources.
    """

    iri: str
    state: str
    person: Thing | None
    organization: Thing
    role: Role
    title: str | None
    represents: Thing | None
    status: str
    basis: str
    from_: date | None
    to: date | None
    period: str | None
    periods: tuple[str, ...]
    told_periods: tuple[str, ...]
    first_attested: date | None
    first_attested_in: str | None
    last_attested: date | None
    last_attested_in: str | None
    time: str | None
    shown: bool
    nominated_by: Thing | None
    confirmed: bool
    replaced_by: Thing | None
    note: str | None
    grounds: tuple[Evidence, ...]
    evidence: tuple[Evidence, ...]

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The grounds without a second passage of the same source and locator."""
        return _each_place_once(self.grounds)

    @property
    def other_places(self) -> tuple[Evidence, ...]:
        """Where the other sources say it."""
        decides = {passage.source for passage in self.grounds}
        return _each_place_once([p for p in self.evidence if p.source not in decides])


@dataclass(frozen=True)
class Discrepancy:
    """What sources disagree on: each claim, and which of them is shown first, if any."""

    thing: Thing
    comment: str
    claims: tuple[str, ...]
    preferred: str | None


def findings(knowledge: Knowledge, reading: Reading, language: Language) -> tuple[Finding, ...]:
    """What *reading* finds: most certain first, and among equals the last attested.

    Where it asks on whose behalf, those of whom no source says it come after the others.
    """
    party_asked = "represents" in reading.terms
    rows = {_key(row): row for row in reversed(knowledge.rows(reading))}
    day = reading.on_date or date.today()
    found = [_finding(knowledge, row, day, language) for row in reversed(rows.values())]
    found.sort(key=lambda finding: str(finding.last_attested), reverse=True)
    found.sort(key=lambda f: (party_asked and f.represents is None, STATES.index(f.state)))
    return tuple(found)


def _key(row: Row) -> tuple[str, str | None]:
    """What one finding tells of: a membership, and on whose behalf, should there be several."""
    represents = row.get("represents")
    return row["membership"].value, represents.value if represents else None


def evidence_of(knowledge: Knowledge, iri: str, known_on: date | None) -> tuple[Evidence, ...]:
    """The passages that speak of a thing, in the sources known on a day; earliest first."""
    rows = knowledge.rows(knowledge.read("evidence", _known({"thing": iri}, known_on)))
    return tuple(
        Evidence(
            issued=date.fromisoformat(row["issued"].value),
            start=int(row["start"].value),
            end=int(row["end"].value),
            source=row["source"].value,
            title=row["source_label"].value,
            locator=row["locator"].value,
        )
        for row in rows
    )


def lifecycle_of(knowledge: Knowledge, body: str, known_on: date | None) -> str | None:
    """What the newest known source shows a body to be (``proposed``, ``active``, …), or None."""
    rows = knowledge.rows(knowledge.read("lifecycle", _known({"body": body}, known_on)))
    return _slug(rows[0]["lifecycle"].value) if rows else None


def discrepancies_of(
    knowledge: Knowledge, iri: str, known_on: date | None, language: Language
) -> tuple[Discrepancy, ...]:
    """The disagreements about a thing or its memberships, in the sources known on a day."""
    reading = knowledge.read("discrepancies", _known({"thing": iri}, known_on))
    grouped: dict[str, list[Row]] = {}
    for row in knowledge.rows(reading):
        grouped.setdefault(row["discrepancy"].value, []).append(row)
    return tuple(_discrepancy(rows, language) for rows in grouped.values())


def thing_of(match: Match, knowledge: Knowledge, language: Language) -> Thing:
    """A found name as a thing, called as the language has it."""
    label = knowledge.names.label(match.iri, language.code)
    return Thing(match.iri, match.label if label == match.iri else label)


def _known(values: dict[str, str], known_on: date | None) -> dict[str, str]:
    return values | ({"known_on": known_on.isoformat()} if known_on else {})


def _finding(knowledge: Knowledge, row: Row, day: date, language: Language) -> Finding:
    thing = partial(thing_in, knowledge, row, language=language)
    state, status = row["state"].value, _slug(row["status"].value)
    every = testimony.read(row["shown_by"].value)
    deciding = testimony.deciding(every, state, day)
    sources = {told.source for told in deciding}
    evidence = passages(knowledge, row["evidence"].value)
    term = testimony.term(every, day)
    return Finding(
        iri=row["membership"].value,
        state=state,
        person=thing("person"),
        organization=thing("organization") or Thing(row["organization"].value, ""),
        role=role(knowledge, row["role"].value, language),
        title="; ".join(dict.fromkeys(told.title for told in deciding if told.title)) or None,
        represents=thing("represents"),
        status=status,
        basis="stated" if any(told.basis == "stated" for told in deciding) else "implied",
        from_=term.start if term else None,
        to=term.end if term and term.end != date.max else None,
        period=term.words if term else None,
        periods=_words(told for told in every if told.is_period),
        told_periods=_words(t for t in every if t.is_period and t.source in sources),
        first_attested=date_in(row, "first_attested"),
        first_attested_in=_words_of(testimony.first_shown(every)),
        last_attested=date_in(row, "last_attested"),
        last_attested_in=_words_of(testimony.last_shown(every, day)),
        time=next((told.time.words for told in deciding if not told.is_period), None),
        shown=row["shown"].value == "true" and status != "ended",
        nominated_by=thing("nominated_by"),
        confirmed="confirmed_by" in row,
        replaced_by=thing("replaced_by"),
        note=text_in(row, "note", language),
        grounds=tuple(p for p in evidence if p.source in sources) or evidence,
        evidence=evidence,
    )


def _words(testimonies: Iterable[Testimony]) -> tuple[str, ...]:
    """The words of the times of *testimonies*, each once, in the order of time."""
    ordered = sorted(testimonies, key=lambda told: (told.time.first, told.time.last))
    return tuple(dict.fromkeys(told.time.words for told in ordered))


def _words_of(told: Testimony | None) -> str | None:
    return told.time.words if told else None


def _each_place_once(passages: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(p.source, p.locator): p for p in reversed(passages)}.values())[::-1]


def passages(knowledge: Knowledge, cell: str) -> tuple[Evidence, ...]:
    """The passages in a cell such as ``§ 14 <…/source/x#char=10,20> | …``, in order."""
    found = []
    for match in map(_PASSAGE.fullmatch, cell.split(" | ")):
        source = knowledge.dataset.source(match["source"]) if match else None
        if match and source:
            found.append(
                Evidence(
                    issued=source.issued,
                    start=int(match["start"]),
                    end=int(match["end"]),
                    source=source.iri,
                    title=source.label,
                    locator=match["locator"],
                )
            )
    return tuple(sorted(found))


def _discrepancy(rows: Sequence[Row], language: Language) -> Discrepancy:
    claims = {
        row["claimed"].value: row["preferred"].value == "true" for row in rows if "claimed" in row
    }
    first = rows[0]
    return Discrepancy(
        thing=Thing(first["discrepancy"].value, first["label"].value),
        comment=text_in(first, "comment", language) or "",
        claims=tuple(claims),
        preferred=next((claim for claim, preferred in claims.items() if preferred), None),
    )


def thing_in(knowledge: Knowledge, row: Row, name: str, *, language: Language) -> Thing | None:
    """The thing in a column, called as the language has it, else as the row does."""
    if name not in row:
        return None
    iri, label = row[name].value, row[f"{name}_label"].value
    known = knowledge.names.thing(iri) is not None
    return Thing(iri, knowledge.names.label(iri, language.code) if known else label)


def text_in(row: Row, name: str, language: Language) -> str | None:
    """A text in the language, else in Swedish: ``comment_en`` or ``comment``."""
    return _text(row, f"{name}_{language.code}") or _text(row, name)


def _text(row: Row, name: str) -> str | None:
    return (row[name].value or None) if name in row else None


def date_in(row: Row, name: str) -> date | None:
    """The day in a column, if there is one."""
    return date.fromisoformat(row[name].value) if name in row else None


def _slug(concept: str) -> str:
    return concept.removeprefix(DEF).rpartition("/")[2]
