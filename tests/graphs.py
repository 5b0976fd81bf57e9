"""What the tests of the data share: the files as graphs, the terms, and words of time as days.

The engine's parser is checked against rdflib's; everything else is asked of rdflib.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import rdflib
from rdflib import FOAF, ORG, RDF, URIRef
from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]

BASE = "https://w3id.org/samverkan/"
SMV = rdflib.Namespace(f"{BASE}def/")
ID = rdflib.Namespace(f"{BASE}id/")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SCHEMA = rdflib.Namespace("https://schema.org/")

DATA = ROOT / "data"
IDENTITY_FILES = [DATA / "organizations.ttl", DATA / "people.ttl"]
SOURCE_FILES = sorted((DATA / "sources").glob("*.ttl"))
DATA_FILES = [*IDENTITY_FILES, *SOURCE_FILES]
ONTOLOGY_FILE = ROOT / "ontology" / "samverkan.ttl"
SCHEMES_FILE = ROOT / "ontology" / "schemes.ttl"
ALL_FILES = [*DATA_FILES, ONTOLOGY_FILE, SCHEMES_FILE]
QUERY_FILES = sorted((ROOT / "queries").glob("*.rq"))

MINUTES = ID["source/protokoll-2021-02-19"]
MEETING = ID["meeting/samverkansnamnden-2021-02-19"]
BOARD = ID["organization/samverkansnamnden"]

# MODEL 31.
SEGMENTS = [
    *("organization", "person", "membership", "post", "rule", "relation", "responsibility", "plan"),
    *("activity", "outcome", "meeting", "agenda-item", "decision", "task", "attendance", "source"),
    *("evidence", "selector", "period", "name", "event", "agreement", "discrepancy", "claim"),
    *("service", "graph"),
]
# MODEL 2, and the documents themselves.
EVIDENCED = [
    *(ORG.Organization, ORG.OrganizationalCollaboration, FOAF.Person, ORG.Membership, ORG.Post),
    *(SMV.Relation, SMV.Responsibility, SMV.CompositionRule, SMV.Plan, SMV.Activity, SMV.Outcome),
    *(SMV.Meeting, SMV.AgendaItem, SMV.Decision, SMV.Task, SMV.Attendance, ORG.ChangeEvent),
    *(SMV.Name, SMV.Agreement, SMV.Claim, SMV.Source, SMV.Service),
]
STATEMENTS = [ORG.Membership, SMV.Relation, SMV.Responsibility, SMV.Decision, SMV.Attendance]

# Seasons as EDTF has them → first month, last month.
SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


@cache
def graph_of(*paths: Path) -> rdflib.Graph:
    """The statements of some files as one graph; nobody changes it."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@cache
def data() -> rdflib.Graph:
    return graph_of(*DATA_FILES)


@cache
def everything() -> rdflib.Graph:
    return graph_of(*ALL_FILES)


def things(kind: URIRef, graph: rdflib.Graph | None = None) -> list[Node]:
    return sorted((data() if graph is None else graph).subjects(RDF.type, kind), key=str)


def one(subject: Node, predicate: URIRef, graph: rdflib.Graph | None = None) -> Node:
    values = list((data() if graph is None else graph).objects(subject, predicate))
    assert len(values) == 1, (subject, predicate, values)
    return values[0]


def slug(thing: Node | None) -> str:
    return str(thing).rpartition("/")[2]


def is_of_vocabulary(node: Node) -> bool:
    return isinstance(node, URIRef) and node.startswith(SMV) and node != URIRef(SMV)


def is_concept(node: Node) -> bool:
    return is_of_vocabulary(node) and "/" in node.removeprefix(SMV)  # type: ignore[attr-defined]


def languages_of(graph: rdflib.Graph, thing: Node, predicate: URIRef) -> list[str | None]:
    """The languages of the values, each as often as there is a value in it."""
    values: Iterable[Node] = graph.objects(thing, predicate)
    return sorted(getattr(value, "language", None) or "" for value in values)


def span(selector: Node, graph: rdflib.Graph | None = None) -> tuple[int, int]:
    start, end = (one(selector, predicate, graph) for predicate in (OA.start, OA.end))
    return int(str(start)), int(str(end))


def day_of(thing: Node, predicate: URIRef) -> date | None:
    if (thing, predicate, None) not in data():
        return None
    return date.fromisoformat(str(one(thing, predicate)))


def paragraph_of(item: Node) -> int:
    return int(str(one(item, SMV.paragraph)))


def extent(edtf: str) -> tuple[date | None, date | None, bool]:
    """The earliest and latest day that *edtf* allows, and whether its end is open."""
    if until := re.fullmatch(rf"\[\.\.({DAY})\]", edtf):
        return None, last_day(until[1]), False
    interval = re.fullmatch(rf"({DAY}|\.\.|)/({DAY}|\.\.|)", edtf)
    start, end = (interval[1], interval[2]) if interval else (edtf, edtf)
    earliest = first_day(start) if re.fullmatch(DAY, start) else None
    latest = last_day(end) if re.fullmatch(DAY, end) else None
    assert earliest or latest, f"no EDTF that is known here: {edtf}"
    return earliest, latest, end == ".."


def first_day(text: str) -> date:
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    return date(year, _months(month)[0], day)


def last_day(text: str) -> date:
    year, *rest = (int(part) for part in text.split("-"))
    first, last = _months(rest[0] if rest else 12)
    year += last < first
    return date(year, last, rest[1] if len(rest) > 1 else calendar.monthrange(year, last)[1])


def _months(month: int) -> tuple[int, int]:
    """The first and last month of a month, or of a season that EDTF writes as one."""
    return SEASONS.get(str(month), (month, month))
