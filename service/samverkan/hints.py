"""What tells a thing from others of its kind, in a few words: a date, a plan, the newest source.

A hint claims no more than a source does: the role of a person stands beside what its statement is
worth (attested, nominated, ended) and the source that says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from samverkan import sparql
from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.namespaces import DEF, PROLOGUE, term

# A hint is at most so long, and its parts are set apart so.
_LONGEST = 160
_BETWEEN = " · "
_YEAR, _PARAGRAPH = "smv:year", "smv:paragraph"
# The properties that tell a thing from others, by kind; the newest source for these kinds, too, and
# where there is nothing else to tell.
_TOLD_WITH_SOURCE = frozenset({"membership", "organization", "plan"})
_TELLING: Mapping[str, Sequence[str]] = {
    "activity": (_YEAR, "dcterms:isPartOf"),
    "agenda-item": (_PARAGRAPH, "dcterms:isPartOf"),
    "decision": ("dcterms:date", "smv:decisionMaker"),
    "discrepancy": ("smv:about",),
    "event": ("smv:eventKind", "dcterms:date"),
    "meeting": ("schema:organizer", "smv:meetingStatus"),
    "membership": ("smv:status",),
    "organization": ("org:classification",),
    "plan": (_YEAR,),
    "source": ("dcterms:type", "dcterms:issued"),
    "task": ("smv:assignee", "smv:deadline"),
}
_PROPERTIES = " ".join(sorted({name for names in _TELLING.values() for name in names}))
_FACTS = f"""{PROLOGUE}
SELECT DISTINCT ?thing ?property ?value WHERE {{
  VALUES ?thing {{ %s }}
  {{ VALUES ?property {{ {_PROPERTIES} skos:definition }} ?thing ?property ?value }}
  UNION
  {{ ?thing prov:wasDerivedFrom/oa:hasSource ?value BIND(prov:wasDerivedFrom AS ?property) }}
  FILTER(!ISLITERAL(?value) || LANG(?value) IN ("", "%s"))
}} ORDER BY ?thing ?property ?value"""
_ROLES = f"""{PROLOGUE}
SELECT DISTINCT ?person ?role ?body ?status ?source WHERE {{
  VALUES ?person {{ %s }}
  ?membership org:member ?person ; org:role ?role ; org:organization ?body ; smv:status ?status ;
    prov:wasDerivedFrom/oa:hasSource ?source .
}} ORDER BY ?person ?role ?body ?status ?source"""
# Of two roles in the newest source, the one that holds is told before one that may come or was.
_STATUSES = ("attested", "appointed", "nominated", "ended")


@dataclass(frozen=True)
class _Role:
    role: str
    body: str
    status: str
    source: str


def hints(
    knowledge: Knowledge,
    things: Mapping[str, str],
    spoken: Language,
    called: Callable[[str], str],
) -> dict[str, str]:
    """What tells each of *things* from others, by IRI; empty where nothing does.

    Args:
        knowledge: what is asked.
        things: the kind of each, by IRI.
        spoken: the language of the hints.
        called: what the thing of an IRI is called in that language; all else stays as it is.
    """
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(knowledge, _FACTS, things, spoken.code):
        facts[row["thing"].value][row["property"].value].append(row["value"].value)
    people = [iri for iri, kind in things.items() if kind == "person"]
    told = {iri: _facts_told(knowledge, kind, facts[iri]) for iri, kind in things.items()}
    for iri, role in _newest_roles(knowledge, people).items():
        shown = spoken.say(
            _("{status} in {source}"), status=called(role.status), source=called(role.source)
        )
        told[iri] = [role.role, role.body, shown]
    return {iri: _shortened(_BETWEEN.join(map(called, parts))) for iri, parts in told.items()}


def _facts_told(knowledge: Knowledge, kind: str, facts: Mapping[str, list[str]]) -> list[str]:
    """The parts of the hint, things still as IRIs."""
    sources = facts.get(term("prov:wasDerivedFrom").value, [])
    parts = list(facts.get(term("skos:definition").value, ()))
    for name in _TELLING.get(kind, ()):
        values = facts.get(term(name).value, [])
        if name == _YEAR:
            parts += [_years(values)] if values else []
        elif name == _PARAGRAPH:
            parts += [f"§ {value}" for value in values]
        else:
            parts += values[:1]
    if sources and (kind in _TOLD_WITH_SOURCE or not parts):
        parts.append(_newest(knowledge, sources))
    return parts


def _newest_roles(knowledge: Knowledge, people: Sequence[str]) -> dict[str, _Role]:
    """What the newest source says that each of *people* is, by IRI."""
    found: dict[str, _Role] = {}
    for row in _rows(knowledge, _ROLES, people):
        role = _Role(*(row[name].value for name in ("role", "body", "status", "source")))
        best = found.setdefault(row["person"].value, role)
        if _weight(knowledge, role) > _weight(knowledge, best):
            found[row["person"].value] = role
    return found


def _weight(knowledge: Knowledge, role: _Role) -> tuple[str, int]:
    status = role.status.removeprefix(f"{DEF}status/")
    rank = _STATUSES.index(status) if status in _STATUSES else len(_STATUSES)
    return _issued(knowledge, role.source), -rank


def _newest(knowledge: Knowledge, sources: Iterable[str]) -> str:
    return max(sources, key=lambda iri: (_issued(knowledge, iri), iri))


def _issued(knowledge: Knowledge, iri: str) -> str:
    """The day on which a source was issued; empty, which is before all, where it is not known."""
    source = knowledge.dataset.source(iri)
    return source.issued.isoformat() if source else ""


def _years(values: Sequence[str]) -> str:
    """*values* as a year or, from the first to the last, as a span."""
    first, last = min(values), max(values)
    return first if first == last else f"{first}–{last}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _rows(
    knowledge: Knowledge, query: str, things: Iterable[str], *values: str
) -> Iterable[sparql.Row]:
    """The rows of *query* for *things* and *values*; none where there are no things."""
    listed = " ".join(f"<{iri}>" for iri in things)
    return sparql.select(knowledge.dataset, query % (listed, *values)) if listed else ()
