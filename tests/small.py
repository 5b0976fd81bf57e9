"""Small contents of the tests' own: a council, a board, some people and bodies, a source a year."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "smv": "https://w3id.org/samverkan/def/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        name: f"https://w3id.org/samverkan/def/{name}/"
        for name in ("basis", "lifecycle", "role", "status")
    },
    **{
        name: f"https://w3id.org/samverkan/id/{name}/"
        for name in (
            *("decision", "evidence", "membership", "organization"),
            *("period", "person", "selector", "source"),
        )
    },
}
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
BODIES = {
    "council": '"Rådet"@sv, "The Council"@en',
    "board": '"Styrelsen"@sv',
    "house": '"Sjukvårdsregion Mitt"@sv ; skos:hiddenLabel "oss"@sv, "us"@en',
    "north": '"Region Norr"@sv',
    "south": '"Region Söder"@sv',
}
PEOPLE = {"anna": "Anna Berg", "bo": "Bo Ek"} | {f"p{n}": f"Person {n:02} Ek" for n in range(30)}
DAY = "{year}-03-01"

_SEASONS = {"21": ("03-01", "05-31"), "22": ("06-01", "08-31"), "23": ("09-01", "11-30")}


def bounds(words: str) -> tuple[str, str]:
    """The first and last day that EDTF *words* allow; two dots for an open end."""
    if "/" in words:
        start, _slash, end = words.partition("/")
        return start and bounds(start)[0], end if end in {"", ".."} else bounds(end)[1]
    if re.fullmatch(r"\d{4}", words):
        return f"{words}-01-01", f"{words}-12-31"
    if season := re.fullmatch(r"(\d{4})-(2[1-3])", words):
        first, last = _SEASONS[season[2]]
        return f"{season[1]}-{first}", f"{season[1]}-{last}"
    return words, words


@dataclass
class Source:
    """A source of some year, issued on its first of March, with what a test has it say."""

    year: int
    text: str = ""
    periods: set[str] = field(default_factory=set)
    count: int = 0

    def head(self) -> str:
        """The source itself, and a decision of its board."""
        slug = f"s{self.year}-0"
        return (
            f'source:s{self.year} a smv:Source ; skos:prefLabel "Protokoll {self.year}"@sv ;\n'
            f'    dcterms:issued "{self.year}-03-01"^^xsd:date .\n'
            "decision:d a smv:Decision ; smv:decisionMaker organization:board ;\n"
            f"    prov:wasDerivedFrom evidence:{slug} .\n{self._evidence(slug)}"
        )

    def says(
        self,
        member: str | None,
        *,
        role: str = "representative",
        status: str = "attested",
        shown: str | None = DAY,
        during: Iterable[str] | str = (),
        body: str = "council",
        represents: str | None = None,
        title: str | None = None,
        basis: str = "stated",
        **more: str,
    ) -> Source:
        """A membership, attested at the time *shown* in EDTF (the first of March; None: not)."""
        self.count += 1
        slug = f"s{self.year}-{self.count}"
        lines = [
            f"membership:{name_of(member, role, status, body)}{more.pop('node', '')}"
            f" a org:Membership ; org:organization organization:{body}",
            f"org:role role:{role} ; smv:status status:{status} ; smv:basis basis:{basis}",
            f"prov:wasDerivedFrom evidence:{slug}",
        ]
        if status != "vacant":
            lines.append(self._member(member))
        if shown:
            lines.append(f"smv:attestedIn {self.period(shown.format(year=self.year))}")
        for words in [during] if isinstance(during, str) else during:
            lines.append(f"org:memberDuring {self.period(words)}")
        if represents:
            lines.append(f"smv:represents organization:{represents}")
        if title:
            lines.append(f'smv:title "{title}"')
        lines += [f"{key.replace('__', ':')} {value}" for key, value in more.items()]
        self.text += " ;\n    ".join(lines) + " .\n" + self._evidence(slug)
        return self

    def tells_of(self, body: str, lifecycle: str) -> Source:
        """What a body is by this source, with a passage that mentions it."""
        self.count += 1
        slug = f"s{self.year}-{self.count}"
        self.text += (
            f"organization:{body} smv:lifecycle lifecycle:{lifecycle} ; "
            f"prov:wasDerivedFrom evidence:{slug} .\n" + self._evidence(slug)
        )
        return self

    def period(self, words: str) -> str:
        """The period of EDTF *words*: a day, a year, a season, or from a day to a day."""
        start, end = bounds(words)
        name = f"period:p{re.sub(r'[^0-9a-z]', '-', words.replace('..', 'open'))}x"
        text = f'{name} a dcterms:PeriodOfTime ; smv:edtf "{words}"'
        if start:
            text += f' ; dcat:startDate "{start}"^^xsd:date'
        if end == "..":
            text += " ; smv:openEnd true"
        elif end:
            text += f' ; dcat:endDate "{end}"^^xsd:date'
        self.periods.add(text + " .\n")
        return name

    def _member(self, member: str | None) -> str:
        if member is None:
            return "smv:unnamedHolder true"
        return f"org:member {'organization' if member in BODIES else 'person'}:{member}"

    def _evidence(self, slug: str) -> str:
        return (
            f"evidence:{slug} a smv:Evidence ; oa:hasSource source:s{self.year} ; "
            f'smv:locator "§ {self.count}" ; oa:hasSelector selector:{slug} .\n'
            f"selector:{slug} a oa:TextPositionSelector ; oa:start 1 ; oa:end 2 .\n\n"
        )


def name_of(member: str | None, role: str, status: str, body: str = "council") -> str:
    """The slug of a membership."""
    return f"{body}-{member or 'nobody'}-{role}-{status}"


def write(folder: Path, sources: Iterable[Source]) -> None:
    """The content of *sources*, in the place of what is in *folder*."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "sources").mkdir(parents=True)
    bodies = (
        f"organization:{k} a org:Organization ; skos:prefLabel {v} ." for k, v in BODIES.items()
    )
    people = (f'person:{k} a foaf:Person ; skos:prefLabel "{v}"@sv .' for k, v in PEOPLE.items())
    (data / "organizations.ttl").write_text(HEAD + "\n".join(bodies))
    (data / "people.ttl").write_text(HEAD + "\n".join(people))
    for source in sources:
        text = HEAD + source.head() + source.text + "".join(sorted(source.periods))
        (data / "sources" / f"s{source.year}.ttl").write_text(text)
