"""Evidence held against a small document of our own: what is true passes, each slip is noticed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from samverkan import content, terminal
from samverkan import store as loaded
from samverkan.documents.failure import Check, Failure
from samverkan.documents.passages import Document
from samverkan.documents.verification import Report, verify
from samverkan.language import language
from samverkan.namespaces import DEF, ID, PROLOGUE
from samverkan.store import Dataset

DOCUMENTS = Path(__file__).parents[2] / "shared" / "sources"

TEXT = """\
 Möte med Rådet för samordning den 3 mars 2025

§ 1.  Mötet öppnas
Ordförande Anna Berg hälsar välkommen. Tre gäster deltar.
För Region Nord
Anna Berg (S)

§ 2.  Ombud i Nationella arkiv-
gruppen
Bo Ek, arkivchef i Region Nord, nomineras till samarbetets ombud i
Nationella arkivgruppen (NAG) under perioden 2025-2027. Gruppen, som
tidigare hette Pappersgruppen, hör till Arkivverket.
Nästa möte hålls den 5 maj. Rådet fick en ny stadga i juni 2024.
Arkivverket ska svara senast 31 december 2025, och rådet under hösten 2026.

Vid protokollet
Anna Berg (Mar 7, 2025 10:26 GMT+1)
 Datum
2025-02-30

Arkivplan 2025

Arkiv och hälsa

4.1. gäller också
• Samla arkiven på ett
ställe
Arkivrådet för hela Norrlandet ansvarar. Rådet har samlat sju arkiv under året,
och tjugo procent fler besökte Arkivlinjen.
• Främja samverkan
Rådet består av tre ledamöter per region. Avtal om arkiv gäller tillsvidare.

Arkiv och skola

• Samla arkiven på ett
ställe
Skolorna deltar.
"""

ORGANIZATIONS = """\
organization:norra a org:OrganizationalCollaboration, org:Organization ;
    skos:prefLabel "Samarbetet Norra"@sv ; skos:hiddenLabel "samarbetet"@sv .
organization:radet a org:Organization ; skos:prefLabel "Rådet för samordning"@sv .
organization:nord a org:Organization ; skos:prefLabel "Region Nord"@sv .
organization:syd a org:Organization ; skos:prefLabel "Region Syd"@sv .
organization:arkivgruppen a org:Organization ; skos:prefLabel "Nationella arkivgruppen (NAG)"@sv .
organization:arkivverket a org:Organization ; skos:prefLabel "Arkivverket"@sv .
organization:arkivradet a org:Organization ; skos:prefLabel "Arkivrådet för hela Norrlandet"@sv .
organization:skolorna a org:Organization ; skos:prefLabel "Skolor i Norrlandet"@sv .
organization:baden a org:Organization ; skos:prefLabel "Badhus i Norrlandet"@sv ;
    smv:descriptiveName true .
"""
PEOPLE = """\
person:anna-berg a foaf:Person ; skos:prefLabel "Anna Berg"@sv .
person:bo-ek a foaf:Person ; skos:prefLabel "Bo Ek"@sv .
"""

MINUTES = """\
source:minutes a smv:Source ; skos:prefLabel "Protokoll 2025-03-03"@sv ;
    dcterms:title "Möte med Rådet för samordning den 3 mars 2025"@sv ;
    dcterms:issued "2025-03-03"^^xsd:date ; dcterms:date "2025-03-03"^^xsd:date ;
    dcterms:publisher organization:radet ;
    smv:held true ; smv:textFile "own.txt" ; smv:textSha256 "SHA256" ;
    prov:wasDerivedFrom <Rubrik|Möte med Rådet för samordning den 3 mars 2025> .

meeting:first a smv:Meeting ; schema:startDate "2025-03-03"^^xsd:date ;
    prov:wasDerivedFrom <Rubrik|den 3 mars 2025> .
meeting:next a smv:Meeting ; schema:startDate "2025-05-05"^^xsd:date ;
    prov:wasDerivedFrom <§ 2|Nästa möte hålls den 5 maj> .

agenda-item:one a smv:AgendaItem ; smv:paragraph 1 ; skos:prefLabel "Mötet öppnas"@sv ;
    rdfs:comment "Mötet öppnas, enligt § 9. Gästerna är tre, och två platser framgår."@sv ;
    prov:wasDerivedFrom <§ 1|§ 1. Mötet öppnas>, <§ 1|Ordförande Anna Berg hälsar välkommen. Tre
      gäster deltar. För Region Nord Anna Berg (S)> .
agenda-item:two a smv:AgendaItem ; smv:paragraph 2 ;
    skos:prefLabel "Ombud i Nationella arkivgruppen"@sv ;
    rdfs:comment "Ett ombud för 2025–2027."@sv ;
    prov:wasDerivedFrom <§ 2|§ 2. Ombud i Nationella arkivgruppen>, <§ 2|Bo Ek, arkivchef i
      Region Nord, nomineras till samarbetets ombud i Nationella arkivgruppen (NAG) under
      perioden 2025-2027> .

person:anna-berg foaf:name "Anna Berg" ; prov:wasDerivedFrom <§ 1|Anna Berg (S)> .
person:bo-ek foaf:name "Bo Ek" ; prov:wasDerivedFrom <§ 2|Bo Ek> .

organization:radet prov:wasDerivedFrom <Rubrik|Rådet för samordning> .
organization:nord prov:wasDerivedFrom <§ 1|Region Nord> .
organization:arkivgruppen smv:abbreviation "NAG" ; skos:altLabel "Arkivgruppen"@sv ;
    smv:formerName name:pappersgruppen ;
    prov:wasDerivedFrom <§ 2|Nationella arkivgruppen (NAG)> .
organization:arkivverket prov:wasDerivedFrom <§ 2|hör till Arkivverket> .
name:pappersgruppen a smv:Name ; rdfs:label "Pappersgruppen"@sv ;
    prov:wasDerivedFrom <§ 2|hette Pappersgruppen> .

membership:seat a org:Membership ; org:member person:anna-berg ; smv:party "S" ;
    org:organization organization:radet ; org:role role:member ;
    smv:represents organization:nord ; smv:status status:attested ; smv:basis basis:stated ;
    smv:attestedIn period:day ; prov:wasDerivedFrom <§ 1|För Region Nord Anna Berg (S)> .
membership:nominee a org:Membership ; org:member person:bo-ek ; smv:title "ombud"@sv ;
    org:organization organization:arkivgruppen ; org:role role:representative ;
    smv:represents organization:norra ; smv:status status:nominated ; smv:basis basis:stated ;
    smv:attestedIn period:day ; org:memberDuring period:three-years ;
    prov:wasDerivedFrom <§ 2|Bo Ek, arkivchef i Region Nord, nomineras till samarbetets ombud i
      Nationella arkivgruppen (NAG) under perioden 2025-2027> .
membership:former a org:Membership ; smv:unnamedHolder true ;
    org:organization organization:radet ; org:role role:member ; smv:status status:ended ;
    smv:basis basis:implied ; org:memberDuring period:until ;
    prov:wasDerivedFrom <§ 1|Tre gäster> .
period:day a dcterms:PeriodOfTime ; smv:edtf "2025-03-03" ;
    dcat:startDate "2025-03-03"^^xsd:date ; dcat:endDate "2025-03-03"^^xsd:date .
period:three-years a dcterms:PeriodOfTime ; smv:edtf "2025/2027" ;
    dcat:startDate "2025-01-01"^^xsd:date ; dcat:endDate "2027-12-31"^^xsd:date .
period:until a dcterms:PeriodOfTime ; smv:edtf "[..2025-03-03]" ;
    dcat:endDate "2025-03-03"^^xsd:date .

relation:part a smv:Relation ; smv:subject organization:arkivgruppen ;
    smv:relationKind relation-kind:part-of ; smv:object organization:arkivverket ;
    smv:basis basis:stated ;
    prov:wasDerivedFrom <§ 2|Gruppen, som tidigare hette Pappersgruppen, hör till Arkivverket> .
event:statutes a org:ChangeEvent ; smv:edtf "2024-06" ;
    prov:wasDerivedFrom <§ 2|Rådet fick en ny stadga i juni 2024> .
task:answer a smv:Task ; smv:assignee organization:arkivverket ;
    smv:deadline "2025-12-31"^^xsd:date ;
    prov:wasDerivedFrom <§ 2|svara senast 31 december 2025> .
task:autumn a smv:Task ; smv:deadline "2026-11-30"^^xsd:date ; smv:edtf "2026-23" ;
    prov:wasDerivedFrom <§ 2|under hösten 2026> .
attendance:anna a smv:Attendance ; smv:person person:anna-berg ; smv:meeting meeting:first ;
    smv:basis basis:stated ; smv:signedOn "2025-03-07"^^xsd:date ;
    prov:wasDerivedFrom <Underskrifter|Anna Berg (Mar 7, 2025 10:26 GMT+1)> .
claim:title a smv:Claim ; rdf:value "arkivchef"@sv ; prov:wasDerivedFrom <§ 2|Bo Ek, arkivchef> .
claim:day a smv:Claim ; rdf:value "2025-05-05" ; prov:wasDerivedFrom <§ 2|den 5 maj> .
"""

PLAN = """\
source:plan a smv:Source ; skos:prefLabel "Arkivplan 2025"@sv ; dcterms:title "Arkivplan 2025"@sv ;
    dcterms:issued "2025-12-31"^^xsd:date ; smv:printedDate "2025-02-30" ;
    dcterms:publisher organization:radet ;
    smv:held true ; smv:textFile "own.txt" ; smv:textSha256 "SHA256" ;
    prov:wasDerivedFrom <Rubrik|Datum 2025-02-30 Arkivplan 2025> .
plan:arkiv a smv:Plan ; skos:prefLabel "Arkivplan 2025"@sv ;
    prov:wasDerivedFrom <Rubrik|Arkivplan 2025> .
agreement:arkiv a smv:Agreement ; skos:prefLabel "Avtal om arkiv"@sv ;
    prov:wasDerivedFrom <Arkiv och hälsa › punkt 2|Avtal om arkiv> .
service:linjen a smv:Service ; skos:prefLabel "Arkivlinjen"@sv ;
    prov:wasDerivedFrom <Arkiv och hälsa › punkt 1|besökte Arkivlinjen> .
organization:arkivradet prov:wasDerivedFrom <Arkiv och hälsa › punkt 1|Arkivrådet för hela
      Norrlandet> .
organization:skolorna smv:descriptiveName true ;
    prov:wasDerivedFrom <Arkiv och skola › punkt 1|Skolorna deltar> .
activity:collect a smv:Activity ; skos:prefLabel "Samla arkiven på ett ställe"@sv ;
    smv:number "4.1" ;
    prov:wasDerivedFrom <Arkiv och hälsa|4.1. gäller också>, <Arkiv och hälsa › punkt 1|Samla
      arkiven på ett ställe> .
activity:schools a smv:Activity ; skos:prefLabel "Samla arkiven på ett ställe"@sv ;
    prov:wasDerivedFrom <Arkiv och skola › punkt 1|Samla arkiven på ett ställe> .
outcome:collect a smv:Outcome ;
    rdfs:comment "7 arkiv flyttades 2025, och besöken ökade med 20 %."@sv ;
    prov:wasDerivedFrom <Arkiv och hälsa › punkt 1|Rådet har samlat sju arkiv under året, och
      tjugo procent fler besökte Arkivlinjen> .
responsibility:owner a smv:Responsibility ; smv:activity activity:collect ;
    smv:agent organization:arkivradet ; smv:responsibilityKind responsibility-kind:owner ;
    smv:basis basis:stated ; prov:wasDerivedFrom <Arkiv och hälsa › punkt 1|Rådet har samlat sju
      arkiv> .
responsibility:schools a smv:Responsibility ; smv:activity activity:schools ;
    smv:agent organization:skolorna ; smv:responsibilityKind responsibility-kind:participant ;
    smv:basis basis:stated ; prov:wasDerivedFrom <Arkiv och skola › punkt 1|Skolorna deltar> .
rule:three a smv:CompositionRule ; smv:number 3 ;
    prov:wasDerivedFrom <Arkiv och hälsa › punkt 2|tre ledamöter per region> .
"""

SCHEMES = ("basis", "relation-kind", "responsibility-kind", "role", "status")
CONCEPTS = (
    *("activity", "agenda-item", "agreement", "attendance", "claim", "event", "evidence"),
    *("meeting", "membership", "name", "organization", "outcome", "period", "person", "plan"),
    *("relation", "responsibility", "rule", "selector", "service", "source", "task"),
)
PREFIXES = "".join(f"PREFIX {name}: <{DEF}{name}/>\n" for name in SCHEMES) + "".join(
    f"PREFIX {name}: <{ID}{name}/>\n" for name in CONCEPTS
)
Change = Callable[[str], str]


def with_evidence(body: str, source: str, text: str) -> str:
    """*body* with evidence for each ``<locator|words>``: the words' one place below the locator."""
    pieces: dict[str, str] = {}
    document = Document("own.txt", "", text)
    for place in sorted(set(re.findall(r"<([^<>|]+\|[^<>]+)>", body))):
        locator, _bar, words = place.partition("|")
        after = text.index("Arkivplan") if source == "plan" else 0
        after = text.index("och skola") if "skola" in locator else after
        after = text.index("Datum") if "Datum" in words else after
        span = next(s for s in document.find(words) if s.start >= after)
        name = f"{source}-{len(pieces)}"
        pieces[name] = (
            f"evidence:{name} a smv:Evidence ; oa:hasSource source:{source} ;"
            f' smv:locator "{locator}" ; oa:hasSelector selector:{name} .\n'
            f"selector:{name} a oa:TextPositionSelector ;"
            f" oa:start {span.start} ; oa:end {span.end} ."
        )
        body = body.replace(f"<{place}>", f"evidence:{name}")
    return body + "\n".join(pieces.values()) + "\n"


def report(folder: Path, change: Change = str, text: bytes = TEXT.encode()) -> Report:
    """The report on our own graphs after *change* of their Turtle; the text lies in *folder*.

    Nothing but the evidence is asked for here: the graphs are loaded as they are.
    """
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    graphs = {f"{ID}graph/identity": ORGANIZATIONS + PEOPLE}
    for name, body in {"minutes": MINUTES, "plan": PLAN}.items():
        graphs[f"{ID}source/{name}"] = with_evidence(body.replace("SHA256", sha256), name, TEXT)
    store = pyoxigraph.Store()
    for graph, body in graphs.items():
        for into in (pyoxigraph.NamedNode(graph), pyoxigraph.DefaultGraph()):
            turtle = PROLOGUE + PREFIXES + change(body)
            store.load(turtle, format=pyoxigraph.RdfFormat.TURTLE, to_graph=into)
    (folder / "own.txt").write_bytes(text)
    return verify(Dataset(store, "own", ()), folder)


def told(failure: Failure) -> str:
    return " ".join(failure.told(language("en")))


def test_what_is_true_passes(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert [told(failure) for failure in found.failures] == []
    assert (found.totals.sources, found.totals.documents) == (2, 1)
    assert found.totals.values > 50
    assert found.totals.evidence >= found.totals.spans > 30


def replaced(old: str, new: str) -> Change:
    return lambda body: body.replace(old, new)


# The slip: what is written in the Turtle, what is there instead, and what is said of it.
SLIPS = [
    ('foaf:name "Bo Ek"', 'foaf:name "Bo Ak"', "the name “Bo Ak”"),
    ('"Region Nord"@sv', '"Region Väst"@sv', "a name “Region Väst”"),
    ('smv:abbreviation "NAG"', 'smv:abbreviation "NGA"', "the abbreviation “NGA”"),
    ('skos:altLabel "Arkivgruppen"', 'skos:altLabel "Bildgruppen"', "another name “Bildgruppen”"),
    ('"Pappersgruppen"', '"Pappgruppen"', "the former name “Pappgruppen”"),
    ('"Arkivlinjen"', '"Bildlinjen"', "a name “Bildlinjen”"),
    ('"Avtal om arkiv"', '"Avtal om bilder"', "a name “Avtal om bilder”"),
    (
        'smv:Plan ; skos:prefLabel "Arkivplan 2025"',
        'smv:Plan ; skos:prefLabel "Arkivplan 2026"',
        "a name “Arkivplan 2026”",
    ),
    ("org:member person:bo-ek", "org:member person:anna-berg", "the name “Anna Berg”"),
    ('smv:title "ombud"', 'smv:title "revisor"', "the title “revisor”"),
    ('smv:party "S"', 'smv:party "C"', "the party “C”"),
    (
        "org:organization organization:arkivgruppen",
        "org:organization organization:arkivradet",
        "the body “Arkivrådet för hela Norrlandet”",
    ),
    (
        "smv:represents organization:nord",
        "smv:represents organization:syd",
        "the one represented “Region Syd”",
    ),
    (
        "smv:represents organization:norra",
        "smv:represents organization:radet",
        "the one represented “Rådet för samordning”",
    ),
    ('smv:edtf "2025/2027"', 'smv:edtf "2025/2028"', "the period “2025/2028”"),
    ('smv:edtf "[..2025-03-03]"', 'smv:edtf "[..2025-03-01]"', "the period “[..2025-03-01]”"),
    ("smv:paragraph 2", "smv:paragraph 3", "the number “3”"),
    ('"Mötet öppnas"', '"Mötet stängs"', "the title “Mötet stängs”"),
    ("Gästerna är tre", "Gästerna är nio", "a figure"),
    ("för 2025–2027", "för 2025–2029", "a figure"),
    ("två platser", "fem platser", "a figure"),
    ('startDate "2025-05-05"', 'startDate "2025-05-06"', "the day “2025-05-06”"),
    ('startDate "2025-05-05"', 'startDate "2028-05-05"', "the day “2028-05-05”"),
    ('smv:edtf "2024-06"', 'smv:edtf "2024-07"', "the time “2024-07”"),
    ('deadline "2025-12-31"', 'deadline "2025-12-30"', "the deadline “2025-12-30”"),
    ('smv:edtf "2026-23"', 'smv:edtf "2026-21"', "the deadline “2026-21”"),
    ('dcterms:title "Möte med', 'dcterms:title "Träff med', "the title “Träff med"),
    ('dcterms:date "2025-03-03"', 'dcterms:date "2025-03-04"', "the day “2025-03-04”"),
    ('printedDate "2025-02-30"', 'printedDate "2025-02-28"', "the day “2025-02-28”"),
    ("smv:person person:anna-berg", "smv:person person:bo-ek", "the name “Bo Ek”"),
    ('signedOn "2025-03-07"', 'signedOn "2025-03-17"', "the day of signing “2025-03-17”"),
    ('rdf:value "arkivchef"', 'rdf:value "museichef"', "the value “museichef”"),
    ('rdf:value "2025-05-05"', 'rdf:value "2025-05-15"', "the value “2025-05-15”"),
    (
        "smv:object organization:arkivverket",
        "smv:object organization:norra",
        "the two bodies “Nationella arkivgruppen (NAG) – Samarbetet Norra”",
    ),
    ("7 arkiv flyttades", "8 arkiv flyttades", "a figure"),
    ("flyttades 2025", "flyttades 2021", "a figure"),
    ("med 20 %", "med 30 %", "a figure"),
    (
        "smv:agent organization:arkivradet",
        "smv:agent organization:arkivgruppen",
        "the one responsible “Nationella arkivgruppen (NAG)”",
    ),
    (
        "smv:agent organization:skolorna",
        "smv:agent organization:baden",
        "the one responsible “Badhus i Norrlandet”",
    ),
    ("skolorna smv:descriptiveName true ;", "skolorna", "a name “Skolor i Norrlandet”"),
    ("smv:CompositionRule ; smv:number 3", "smv:CompositionRule ; smv:number 4", "the number “4”"),
    ('smv:number "4.1"', 'smv:number "4.2"', "the number “4.2”"),
    ("Samla arkiven på ett ställe", "Samla arkiven på två ställen", "the title “Samla"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_each_slip_in_what_a_statement_carries_is_noticed(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = report(tmp_path, replaced(old, new))
    assert old in ORGANIZATIONS + PEOPLE + MINUTES + PLAN
    assert {failure.check for failure in found.failures} == {Check.CONTENT}
    assert any(said in told(failure) for failure in found.failures)


def test_a_value_without_evidence_in_that_source_is_told(tmp_path: Path) -> None:
    def without(body: str) -> str:
        return re.sub(r'(foaf:name "Bo Ek") ; prov:wasDerivedFrom evidence:\S+', r"\1", body)

    found = report(tmp_path, without)
    assert ["has no evidence in this source" in told(f) for f in found.failures] == [True]


def moved(words: str, start: int, end: int) -> Change:
    """The span of *words* with its ends moved by so many places."""
    place = Document("", "", TEXT).find(words)[0]
    old = f"oa:start {place.start} ; oa:end {place.end} ."
    return replaced(old, f"oa:start {place.start + start} ; oa:end {place.end + end} .")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (moved("hette Pappersgruppen", 1, 0), "cuts a word"),
        (moved("hette Pappersgruppen", 0, -1), "cuts a word"),
        (moved("hette Pappersgruppen", -1, 0), "white space"),
        (moved("hette Pappersgruppen", 0, -20), "is empty"),
        (moved("hette Pappersgruppen", 30, 0), "is empty"),
        (moved("hette Pappersgruppen", 0, 9000), "does not lie in the text"),
        (moved("hette Pappersgruppen", -9000, 0), "does not lie in the text"),
    ],
)
def test_a_span_that_does_not_lie_well_in_its_text_is_noticed(
    tmp_path: Path, change: Change, said: str
) -> None:
    found = report(tmp_path, change)
    assert [failure.check for failure in found.failures] == [Check.SPAN]
    assert said in told(found.failures[0])


def relocated(old: str, new: str) -> Change:
    return replaced(f'smv:locator "{old}"', f'smv:locator "{new}"')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (relocated("§ 2", "§ 1"), "does not stand under “§ 1”"),
        (relocated("§ 2", "§ 3"), "no line of the text reads “§ 3”"),
        (relocated("§ 2", "Rubrik"), "does not stand before all that has a heading"),
        (relocated("§ 1", "Underskrifter"), "does not stand behind all that has a heading"),
        (relocated("Arkiv och skola › punkt 1", "Arkiv och hälsa › punkt 1"), "in bullet 1 under"),
        (relocated("Arkiv och skola › punkt 1", "Arkiv och skola › punkt 2"), "no bullet 2 under"),
        (relocated("Arkiv och skola › punkt 1", "Arkiv och bad"), "no line of the text reads"),
        (relocated("Arkiv och hälsa › punkt 2", "Arkiv och hälsa › punkt 1"), "in bullet 1 under"),
        (relocated("Arkiv och hälsa › punkt 2", "Arkiv och skola"), "not stand under “Arkiv och"),
    ],
)
def test_a_passage_that_is_not_where_its_locator_says_is_noticed(
    tmp_path: Path, change: Change, said: str
) -> None:
    found = report(tmp_path, change)
    assert {failure.check for failure in found.failures} == {Check.LOCATOR}
    assert any(said in told(failure) for failure in found.failures)


def test_a_passage_that_runs_into_the_next_section_is_noticed(tmp_path: Path) -> None:
    found = report(
        tmp_path, moved("Tre gäster", 0, len(" deltar. För Region Nord Anna Berg (S)  § 2.  Ombud"))
    )
    assert {failure.check for failure in found.failures} == {Check.LOCATOR}
    assert "does not stand under “§ 1”" in told(found.failures[0])


def test_a_text_that_has_changed_is_told_once_for_each_source_and_not_read(tmp_path: Path) -> None:
    changed = TEXT.replace("Anna", "Lena").encode()
    found = report(tmp_path, text=changed)
    assert [failure.check for failure in found.failures] == [Check.TEXT, Check.TEXT]
    for text in (TEXT.encode(), changed):
        assert hashlib.sha256(text).hexdigest() in told(found.failures[0])
    assert "spans are not checked" in told(found.failures[0])
    assert (found.totals.documents, found.totals.spans, found.totals.values) == (0, 0, 0)


def test_a_text_that_is_missing_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, replaced("own.txt", "other.txt"))
    assert ["is not there" in told(failure) for failure in found.failures] == [True, True]
    assert found.failures[0].file == "other.txt"


def test_a_text_that_is_no_utf_8_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, text=b"\xff")
    assert ["UTF-8" in told(failure) for failure in found.failures] == [True, True]


def test_a_document_at_hand_without_a_file_is_told(tmp_path: Path) -> None:
    found = report(tmp_path, lambda body: re.sub(r'smv:textFile "[^"]*" ;', "", body))
    assert ["no file is named" in told(failure) for failure in found.failures] == [True, True]


def test_the_share_of_things_with_evidence_is_told(tmp_path: Path) -> None:
    found = report(tmp_path)
    # No source tells of Samarbetet Norra, Region Syd and the baths.
    assert [iri.rpartition("/")[2] for _, iri in found.without_evidence] == [
        "baden",
        "norra",
        "syd",
    ]
    assert found.totals.things - found.totals.evidenced == 3
    assert 99 < found.totals.percent + 100 * 3 / found.totals.things <= 100
    in_words = terminal.report(found, language("en"))
    assert f"Region Syd has no evidence: {ID}organization/syd\n" in in_words


def test_a_text_that_no_source_has_is_told_and_no_failure(tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("§ 1 Nytt")
    (tmp_path / "notes.md").write_text("not a text of a source")
    (tmp_path / "folder.txt").mkdir()
    found = report(tmp_path)
    assert not found.failures
    assert found.unread == ("new.txt",)
    assert found.to_json(language("en"))["unread"] == ["new.txt"]
    assert "new.txt is not read" in terminal.report(found, language("en"))


def test_a_failure_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    found = report(tmp_path, replaced('smv:title "ombud"', 'smv:title "revisor"'))
    told_in_json: dict[str, Any] = found.to_json(language("sv"))
    (failure,) = told_in_json["failures"]
    assert failure["check"] == "content"
    assert failure["file"] == "own.txt"
    assert failure["source"] == f"{ID}source/minutes"
    assert failure["thing"] == f"{ID}membership/nominee"
    assert failure["evidence"].startswith(f"{ID}evidence/minutes-")
    assert failure["wrong"].startswith("titeln ”revisor” läses inte i ”Bo Ek, arkivchef")
    assert failure["remedy"]
    assert told_in_json["totals"]["failures"] == 1


@pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the source documents are not kept with the project"
)
def test_the_bundled_evidence_holds() -> None:
    found = verify(loaded.load(content.find()), DOCUMENTS)
    assert [told(failure) for failure in found.failures] == []
    assert found.without_evidence == ()
    assert found.totals.percent == 100


@pytest.mark.parametrize(
    "name", ["../own.txt", "/etc/hostname", "own\\u0000.txt"], ids=["up", "absolute", "nul"]
)
def test_no_text_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "own.txt").write_text(TEXT)
    found = report(tmp_path / "in", replaced('textFile "own.txt"', f'textFile "{name}"'))
    assert {failure.check for failure in found.failures} == {Check.TEXT}
    assert all("does not lie in" in told(failure) for failure in found.failures)


def test_a_text_with_a_name_that_is_too_long_is_not_there(tmp_path: Path) -> None:
    found = report(tmp_path, replaced('textFile "own.txt"', f'textFile "{"x" * 400}"'))
    assert all("the text is not there" in told(failure) for failure in found.failures)
    assert found.failures
