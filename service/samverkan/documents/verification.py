"""Evidence held against the texts: checksums, spans, locators, and what the passages say.

Four questions, one after the other: is the text the one that was read; does each span lie in it, on
whole words; is it where its locator says (``reading``); and does the passage really have what the
statement carries (``carried``)? What a no leaves without ground is not asked any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from samverkan import sparql
from samverkan.documents import evidence, passages
from samverkan.documents.carried import RULES, Passage, Rule
from samverkan.documents.evidence import Described, Evidence
from samverkan.documents.failure import Check, Failure
from samverkan.documents.likeness import Wording
from samverkan.documents.reading import Reading
from samverkan.language import Language
from samverkan.language import mark as _
from samverkan.namespaces import ID, PROLOGUE
from samverkan.store import Dataset

_SHOWN = 120
_NO_DAY = "0001-01-01"

_NOT_READ = _("{what} “{value}” is not read in “{words}”")
_NO_EVIDENCE = _("{what} “{value}” has no evidence in this source")

# MODEL 2: what has to have evidence.
_THINGS = """
SELECT ?thing (COUNT(?evidence) AS ?pieces) WHERE {
  VALUES ?class {
    org:Organization foaf:Person org:Membership smv:Relation smv:Responsibility org:Post
    smv:CompositionRule smv:Plan smv:Activity smv:Outcome smv:Meeting smv:AgendaItem smv:Decision
    smv:Task smv:Attendance org:ChangeEvent smv:Name smv:Agreement smv:Claim
  }
  ?thing a ?class
  OPTIONAL { ?thing prov:wasDerivedFrom ?evidence }
} GROUP BY ?thing ORDER BY ?thing
"""


@dataclass(frozen=True)
class Totals:
    """How much was held against the texts; ``things`` are those that need evidence (MODEL 2)."""

    sources: int
    documents: int
    evidence: int
    spans: int
    values: int
    failures: int
    things: int
    evidenced: int

    @property
    def percent(self) -> float:
        """The share of things with evidence, in percent, rounded down to a tenth."""
        return int(1000 * self.evidenced / self.things) / 10 if self.things else 100.0


@dataclass(frozen=True)
class Report:
    """All that failed, source by source, what was not held against anything, and the totals.

    Attributes:
        without_evidence: label and IRI of each thing that needs evidence and has none.
        unread: the names of the text files in the folder that no source has as its text.
    """

    failures: tuple[Failure, ...]
    without_evidence: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    totals: Totals

    def to_json(self, spoken: Language) -> dict[str, Any]:
        """The report as an object of JSON, its messages in that language."""
        return {
            "failures": [failure.to_json(spoken) for failure in self.failures],
            "without_evidence": [
                {"label": label, "iri": iri} for label, iri in self.without_evidence
            ],
            "unread": list(self.unread),
            "totals": {**asdict(self.totals), "percent": self.totals.percent},
        }


def verify(dataset: Dataset, folder: Path) -> Report:
    """Hold the evidence of *dataset* against the texts in *folder*.

    Raises:
        DocumentError: there is no such folder.
    """
    passages.require_folder(folder)
    found = evidence.gather(dataset)
    readings = {
        source.iri: Reading(
            source, [piece for piece in found.pieces.values() if piece.source == iri], folder
        )
        for iri, source in found.sources.items()
    }
    failures = [failure for reading in readings.values() for failure in reading.failures()]
    passages_read = _Passages(found, readings)
    for rule in RULES:
        for described, value in _carried(dataset, rule):
            failures += passages_read.unread(rule, described, value)
    failures.sort(key=lambda failure: (failure.file, failure.source))
    pieces = {
        row["thing"].value: int(row["pieces"].value)
        for row in sparql.select(dataset, PROLOGUE + _THINGS)
    }
    bare = [(found.label(thing), thing) for thing, count in pieces.items() if not count]
    return Report(
        tuple(failures),
        tuple(bare),
        _unread(readings, folder),
        Totals(
            **_read(readings),
            values=passages_read.values,
            failures=len(failures),
            things=len(pieces),
            evidenced=len(pieces) - len(bare),
        ),
    )


def _carried(dataset: Dataset, rule: Rule) -> Iterator[tuple[Described, str]]:
    """What things carry by *rule*, once for each graph that says so."""
    order = "ORDER BY ?graph ?thing ?value"
    text = f"{PROLOGUE}SELECT DISTINCT ?graph ?thing ?value WHERE {{ {rule.pattern} }} {order}"
    for row in sparql.select(dataset, text):
        yield (row["graph"].value, row["thing"].value), row["value"].value


class _Passages:
    """The passages of things, source by source, each put together once; counts what is read."""

    def __init__(self, found: Evidence, readings: Mapping[str, Reading]) -> None:
        self.values = 0
        self._found = found
        self._readings = readings
        self._passages: dict[Described, Passage] = {}

    def unread(self, rule: Rule, described: Described, value: str) -> Iterator[Failure]:
        """The failure of a value that is not read in what the graph cites for its thing."""
        reading = self._readings.get(described[0])
        pieces = self._found.derived.get(described, ())
        if reading is None or not all(reading.is_sound(piece) for piece in pieces):
            return
        if not reading.document:
            return
        self.values += 1
        if pieces and rule.reads(self._passage(described, reading), value):
            return
        yield Failure(
            Check.CONTENT,
            _NOT_READ if pieces else _NO_EVIDENCE,
            _("Cite the passage that has it, or correct the statement."),
            file=reading.source.file,
            source=reading.source.iri,
            evidence=" ".join(piece.iri for piece in pieces),
            thing=described[1],
            label=self._found.label(described[1]),
            values={
                "what": rule.what,
                "value": self._shown(value),
                "words": _shortened(passages.healed(reading.words(pieces))),
            },
        )

    def _passage(self, described: Described, reading: Reading) -> Passage:
        if described not in self._passages:
            pieces = self._found.derived[described]
            self._passages[described] = Passage(
                wording=Wording(reading.words(pieces)),
                context=Wording(reading.context(pieces)),
                day=reading.source.day or _NO_DAY,
                title=reading.source.names,
                publisher=reading.source.publisher,
                implied=described in self._found.implied,
                counts=partial(self._found.counts, described),
                names=self._found.names,
                described=self._found.described,
            )
        return self._passages[described]

    def _shown(self, value: str) -> str:
        """A value for a reader: the labels of things, and not too much of it."""
        if value.startswith(ID):
            return " – ".join(self._found.label(iri) for iri in value.split())
        return _shortened(value)


def _shortened(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _unread(readings: Mapping[str, Reading], folder: Path) -> tuple[str, ...]:
    """The text files in *folder* that no source has as its own."""
    known = {reading.source.file for reading in readings.values()}
    texts = (path.name for path in folder.glob("*.txt") if path.is_file())
    return tuple(sorted(set(texts) - known))


def _read(readings: Mapping[str, Reading]) -> dict[str, int]:
    """How many sources, documents, pieces and spans were held against the texts."""
    checked = [reading for reading in readings.values() if reading.document]
    return {
        "sources": sum(bool(reading.source.file) for reading in readings.values()),
        "documents": len({reading.source.file for reading in checked}),
        "evidence": sum(len(reading.pieces) for reading in checked),
        "spans": sum(len({s for piece in r.pieces for s in piece.spans}) for r in checked),
    }
