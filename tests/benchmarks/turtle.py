"""Turtle as the made-up content has it: prefixes, blocks, and how many triples they are."""

from __future__ import annotations

_DEF, _ID = "https://w3id.org/samverkan/def/", "https://w3id.org/samverkan/id/"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "smv": _DEF,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        name: f"{_DEF}{name}/"
        for name in (
            *("activity-kind", "activity-status", "basis", "capacity", "decision-kind"),
            *("event-kind", "focus-area", "level", "lifecycle", "meeting-status"),
            *("organization-type", "relation-kind", "responsibility-kind", "role"),
            *("source-type", "status", "theme"),
        )
    },
    **{
        name: f"{_ID}{name}/"
        for name in (
            *("activity", "agenda-item", "agreement", "attendance", "claim", "decision"),
            *("discrepancy", "event", "evidence", "meeting", "membership", "organization"),
            *("outcome", "period", "person", "plan", "post", "relation", "responsibility"),
            *("rule", "selector", "service", "source", "task"),
        )
    },
}
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())

Values = str | list[str]


def block(subject: str, *pairs: tuple[str, Values]) -> tuple[str, int]:
    """A thing with its properties and values in Turtle, and how many triples that is."""
    told = [(name, [value] if isinstance(value, str) else value) for name, value in pairs]
    lines = [f"{name} {', '.join(values)}" for name, values in told if values]
    return f"{subject} " + " ;\n    ".join(lines) + " .\n\n", sum(len(v) for _n, v in told)


def text(words: str) -> str:
    """*words* in Swedish, as Turtle has them."""
    return f'"{words}"@sv'


def day(date: str) -> str:
    """A date of ISO 8601 as Turtle has it."""
    return f'"{date}"^^xsd:date'


def slug(words: str) -> str:
    """*words* as a part of an address."""
    return words.lower().translate(str.maketrans("åäöé ", "aaoe-"))
