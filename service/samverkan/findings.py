"""Rows → findings: what the sources say, what it is worth on a day, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language
from samverkan.match import Match
from samverkan.namespaces import DEF
from samverkan.sparql import Row

CONFIRMED = "confirmed"
LAST_KNOWN = "last-known"
NOMINATED = "nominated"
UNNAMED = "unnamed"
ENDED = "ended"
BEFORE_FIRST = "before-first"

# In order of certainty: the state of an answer is that of its first finding.
STATES = (CONFIRMED, LAST_KNOWN, NOMINATED, UNNAMED, ENDED, BEFORE_FIRST)

_PASSAGE = re.compile(r"(?P<locator>.+?) <(?P<source>[^<>#]+)#char=(?P<start>\d+),(?P<end>\d+)>")


@dataclass(frozen=True)
class Thing:
    """A thing with its label in the language of the answer."""

    iri: str
    label: str


@dataclass(frozen=True, order=True)
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

    ``from_`` and ``to`` are the earliest and latest day that the words of a period allow,
    ``period`` those words in EDTF. A person that no source names is None.
    """

    state: str
    person: Thing | None
    organization: Thing
    role: Thing
    title: str | None
    represents: Thing | None
    status: str
    basis: str
    from_: date | None
    to: date | None
    period: str | None
    first_attested: date | None
    last_attested: date | None
    shown: bool
    nominated_by: Thing | None
    confirmed: bool
    replaced_by: Thing | None
    note: str | None
    evidence: tuple[Evidence, ...]

    @property
    def places(self) -> tuple[Evidence, ...]:
        """The evidence without a second passage of the same source and locator."""
        return tuple({(p.source, p.locator): p for p in reversed(self.evidence)}.values())[::-1]


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
    rows = {row["membership"].value: row for row in reversed(knowledge.rows(reading))}
    found = [_finding(knowledge, row, language) for row in reversed(rows.values())]
    found.sort(key=lambda finding: str(finding.last_attested), reverse=True)
    found.sort(key=lambda f: (party_asked and f.represents is None, STATES.index(f.state)))
    return tuple(found)


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


def _finding(knowledge: Knowledge, row: Row, language: Language) -> Finding:
    role = row["role"].value
    return Finding(
        state=row["state"].value,
        person=_thing(row, "person"),
        organization=Thing(row["organization"].value, row["organization_label"].value),
        role=Thing(role, knowledge.names.label(role, language.code)),
        title=_text(row, "title"),
        represents=_thing(row, "represents"),
        status=_slug(row["status"].value),
        basis=_slug(row["basis"].value),
        from_=_date(row, "from"),
        to=_date(row, "to"),
        period=_text(row, "period"),
        first_attested=_date(row, "first_attested"),
        last_attested=_date(row, "last_attested"),
        shown="shown" in row and row["shown"].value == "true",
        nominated_by=_thing(row, "nominated_by"),
        confirmed="confirmed_by" in row,
        replaced_by=_thing(row, "replaced_by"),
        note=_told(row, "note", language),
        evidence=_passages(knowledge, row["evidence"].value),
    )


def _passages(knowledge: Knowledge, cell: str) -> tuple[Evidence, ...]:
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
        comment=_told(first, "comment", language) or "",
        claims=tuple(claims),
        preferred=next((claim for claim, preferred in claims.items() if preferred), None),
    )


def _thing(row: Row, name: str) -> Thing | None:
    if name not in row:
        return None
    return Thing(row[name].value, row[f"{name}_label"].value)


def _told(row: Row, name: str, language: Language) -> str | None:
    """A text in the language, else in Swedish: ``comment_en`` or ``comment``."""
    return _text(row, f"{name}_{language.code}") or _text(row, name)


def _text(row: Row, name: str) -> str | None:
    return (row[name].value or None) if name in row else None


def _date(row: Row, name: str) -> date | None:
    return date.fromisoformat(row[name].value) if name in row else None


def _slug(concept: str) -> str:
    return concept.removeprefix(DEF).rpartition("/")[2]
