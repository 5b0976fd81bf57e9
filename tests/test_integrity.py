"""Bad data is told with its file, its line and what to do: each slip made in a copy of the data."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from samverkan import content, store
from samverkan.errors import ContentError
from samverkan.integrity import model
from samverkan.language import language
from samverkan.namespaces import CONCEPTS, DEF, ID, PREFIXES

DATA = Path(__file__).resolve().parent.parent / "data"
MINUTES = "sources/protokoll-2021-02-19.ttl"
BODIES = "organizations.ttl"
PEOPLE = "people.ttl"

WITTGREN = "membership:beredningsgrupp-2-nhv-hakan-wittgren a"
KOHLER = "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated a"
UNNAMED = "membership:samverkansnamnden-ej-namngiven-region-gavleborg a"
OLIVIUS = "membership:kommitten-for-klinisk-behandlingsforskning-petri-olivius-nominated a"
RELATION = "relation:beredningsgrupp-2-nhv-part-of-socialstyrelsen a"
ATTENDANCE = "attendance:samverkansnamnden-2021-02-19-andreas-svahn-chair a"
DISCREPANCY = "discrepancy:beredningsgrupp-2-nhv-representant a"
EVIDENCE = "evidence:protokoll-2021-02-19-paragraf-14-hakan-wittgren-representant a"
SELECTOR = "selector:protokoll-2021-02-19-6271-6337 a"
AGREEMENT = "agreement:statliga-bidrag-2021 a"
TASK = "task:beredningsgrupp-2-nhv-12-diagnoser a"
SOURCE = "source:protokoll-2021-02-19 a"
GROUP = "organization:beredningsgrupp-2-nhv\n"
DAY = "period:2021-02-19 a"
YEARS = "period:2021-2023 a"
UNTIL = "period:until-2021-02-19 a"
FRIBERG = "person:anders-friberg "


@dataclass(frozen=True)
class Slip:
    """In *file*, from *head* on, *before* becomes *after*.

    Told are *problem* and *remedy*, on the line on which, from *head* on, *at* stands: the head's
    own line where nothing else is given.
    """

    head: str
    before: str
    after: str
    problem: str
    remedy: str
    at: str = ""
    file: str = MINUTES


def copy(tmp_path: Path, *with_sources: str) -> Path:
    """A copy of the bundled names, minutes and *with_sources*, as content of one's own.

    Without the other sources: they would be read for each slip, and say nothing of it.
    """
    kept = {Path(MINUTES).name, *with_sources}
    others = [path.name for path in DATA.glob("sources/*.ttl") if path.name not in kept]
    ignored = shutil.ignore_patterns(*others)
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=ignored))


def faults(folder: Path) -> str:
    """What is told of the content in *folder*; in Swedish, too, something is."""
    with pytest.raises(ContentError) as caught:
        store.load(content.find(folder))
    swedish = caught.value.told(language("sv").say)
    assert swedish.startswith("Innehållet går inte att använda:\n")
    assert "{" not in swedish.replace("{mark}", "")
    return str(caught.value)


def line_of(text: str, at: str, start: int = 0) -> int:
    return text.count("\n", 0, text.index(at, start)) + 1


def change(file: Path, before: str, after: str, head: str = "") -> str:
    """The new text of *file*, in which the first *before* behind *head* is *after*."""
    text = file.read_text(encoding="utf-8")
    start = text.index(f"\n{head}") + 1 if head else 0
    place = text.index(before, start)
    text = text[:place] + after + text[place + len(before) :]
    file.write_text(text, encoding="utf-8")
    return text


def check(tmp_path: Path, slip: Slip) -> None:
    file = copy(tmp_path) / slip.file
    text = change(file, slip.before, slip.after, slip.head)
    head = slip.head.replace(slip.before, slip.after, 1)
    start = text.index(f"\n{head}") + 1
    line = line_of(text, slip.at or head, start)
    told = faults(tmp_path).splitlines()
    place = f"{file}, line {line}: "
    assert [each for each in told if each.startswith(place)], told
    assert any(each.startswith(place + slip.problem) and slip.remedy in each for each in told), told


def test_the_bundled_data_have_no_faults() -> None:
    assert store.load(content.find()).sources


TERMS = [
    Slip(
        KOHLER,
        "smv:basis",
        "smv:bassis",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated uses the property smv:bassis,"
        " which the vocabulary does not have.",
        "Write smv:basis, if that is meant.",
        "smv:bassis",
    ),
    Slip(
        WITTGREN,
        "org:member ",
        "org:memeber ",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren uses the property org:memeber",
        "Write org:member, if",
        "org:memeber",
    ),
    Slip(
        WITTGREN,
        "skos:prefLabel",
        "skos:preflabel",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren uses the property skos:preflabel",
        "Write skos:prefLabel, if",
        "skos:preflabel",
    ),
    Slip(
        WITTGREN,
        "smv:title",
        "foaf:mbox",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren uses the property foaf:mbox",
        "give it an rdfs:label in ontology/samverkan.ttl.",
        "foaf:mbox",
    ),
    Slip(
        AGREEMENT,
        "smv:Agreement",
        "smv:Agreement, smv:Agrement",
        "agreement:statliga-bidrag-2021 is given the class smv:Agrement",
        "Write smv:Agreement, if",
    ),
    Slip(
        AGREEMENT,
        "smv:Agreement",
        "smv:Agreement, schema:Volcano",
        "agreement:statliga-bidrag-2021 is given the class schema:Volcano",
        "make it an owl:Class in ontology/samverkan.ttl.",
    ),
    Slip(
        KOHLER,
        "status:nominated",
        "status:nomintaed",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated uses status:nomintaed,",
        "Write status:nominated, if",
        "status:nomintaed",
    ),
    Slip(
        KOHLER,
        "role:representative",
        "role:xyz",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated uses role:xyz,",
        "describe it in ontology/schemes.ttl.",
        "role:xyz",
    ),
    Slip(
        WITTGREN,
        "person:hakan",
        "person:haakan",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren points to person:haakan-wittgren,"
        " which is described nowhere.",
        "Write person:hakan-wittgren, if",
        "person:haakan",
    ),
    Slip(
        KOHLER,
        "role:representative",
        "role:ledamot",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated uses role:ledamot,",
        "Write role:member (“ledamot”).",
        "role:ledamot",
    ),
    Slip(
        KOHLER,
        "org:role role:representative",
        "org:role capacity:chair",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated has org:role capacity:chair,",
        "That list stands in ontology/schemes.ttl. Write role:chair, if that is meant.",
        "capacity:chair",
    ),
    Slip(
        WITTGREN,
        "person:hakan-wittgren",
        "person:qqq",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren points to person:qqq,",
        "which is described nowhere. If it is new: describe it in data/people.ttl.",
        "person:qqq",
    ),
    Slip(
        "organization:biobank-sverige smv:",
        "biobank-sverige",
        "biobank-sverge",
        "organization:biobank-sverge has no class",
        "Write organization:biobank-sverige, if",
    ),
]

ADDRESSES = [
    Slip(
        AGREEMENT,
        "agreement:statliga-bidrag-2021",
        "<https://example.org/agreement/1>",
        "<https://example.org/agreement/1> is no address of this graph.",
        "Let it begin with <https://w3id.org/samverkan/id/>",
    ),
    Slip(
        AGREEMENT,
        "agreement:statliga-bidrag-2021",
        "<https://w3id.org/samverkan/id/agrement/statliga-bidrag-2021>",
        "<https://w3id.org/samverkan/id/agrement/statliga-bidrag-2021> is no address of a kind",
        "one of activity, agenda-item, agreement,",
    ),
    Slip(
        AGREEMENT,
        "statliga-bidrag-2021",
        "Statliga-bidrag-2021",
        "agreement:Statliga-bidrag-2021 has a name that is not readable everywhere.",
        "small letters a to z",
    ),
    Slip(
        AGREEMENT,
        "statliga-bidrag-2021",
        "statliga-bidrag-för-året",
        "agreement:statliga-bidrag-för-året has a name that is not readable everywhere.",
        "å and ä as a, ö as o",
    ),
    Slip(
        AGREEMENT,
        "a smv:Agreement",
        "a smv:Agreement, smv:Task",
        "agreement:statliga-bidrag-2021 is a smv:Task, and has the address of something else.",
        "an address under id/task/",
    ),
    Slip(
        AGREEMENT,
        "a smv:Agreement",
        "a prov:Entity",
        "agreement:statliga-bidrag-2021 has the address of a smv:Agreement, and is none here.",
        "Write smv:Agreement among its classes",
    ),
]

LABELS = [
    Slip(
        "person:hakan-wittgren a",
        "skos:prefLabel",
        "skos:hiddenLabel",
        "person:hakan-wittgren lacks skos:prefLabel (@sv).",
        'skos:prefLabel "…"@sv.',
        file=PEOPLE,
    ),
    Slip(
        "person:hakan-wittgren a",
        '"Håkan Wittgren"@sv',
        '"Håkan Wittgren"',
        'person:hakan-wittgren lacks skos:prefLabel in a language: "Håkan Wittgren" has none.',
        'Write @sv or @en right behind it: "…"@sv.',
        "skos:prefLabel",
        PEOPLE,
    ),
    Slip(
        "person:hakan-wittgren a",
        '"Håkan Wittgren"@sv',
        '"Håkan Wittgren"@en',
        "person:hakan-wittgren lacks skos:prefLabel in Swedish.",
        'Write one beside "Håkan Wittgren"',
        "skos:prefLabel",
        PEOPLE,
    ),
    Slip(
        "person:hakan-wittgren a",
        '"Håkan Wittgren"@sv',
        '"Håkan W"@sv,\n        "Håkan Wittgren"@sv',
        'person:hakan-wittgren has two labels in one language, "Håkan W" and "Håkan Wittgren".',
        "Keep one as skos:prefLabel",
        '"Håkan Wittgren"@sv',
        PEOPLE,
    ),
    Slip(
        "person:helena-proos a",
        "Helena Proos",
        "håkan wittgren",
        'person:helena-proos has the label "håkan wittgren", and person:hakan-wittgren has it',
        "Tell them apart in the label",
        "skos:prefLabel",
        PEOPLE,
    ),
    Slip(
        "organization:vetenskapsradet a",
        "Vetenskapsrådet",
        "Inera AB",
        'organization:vetenskapsradet has the label "Inera AB", and organization:inera-ab has it',
        "Tell them apart in the label",
        "skos:prefLabel",
        BODIES,
    ),
]

IDENTITY = [
    Slip(
        "person:hakan-wittgren a",
        "skos:prefLabel",
        'foaf:name "Håkan Wittgren" ;\n    skos:prefLabel',
        "person:hakan-wittgren has foaf:name in an identity file.",
        "Move it to the file of the source that says so",
        "foaf:name",
        PEOPLE,
    ),
    Slip(
        "organization:inera-ab a",
        "organization:inera-ab a",
        "<https://w3id.org/samverkan/id/task/t> a <https://w3id.org/samverkan/def/Task> ."
        "\n\norganization:inera-ab a",
        "<https://w3id.org/samverkan/id/task/t> stands in an identity file",
        "Move it to the file of the source that tells of it.",
        file=BODIES,
    ),
    Slip(
        FRIBERG,
        "foaf:givenName",
        'skos:prefLabel "Anders Friberg"@sv ;\n    foaf:givenName',
        "person:anders-friberg has skos:prefLabel in the file of a source.",
        "Move it to organizations.ttl or people.ttl",
        "skos:prefLabel",
    ),
    Slip(
        FRIBERG,
        FRIBERG,
        f"{FRIBERG}a foaf:Person ; ",
        "person:anders-friberg has rdf:type in the file of a source.",
        "Move it to organizations.ttl or people.ttl",
    ),
]

EVIDENCED = [
    Slip(
        FRIBERG,
        "prov:wasDerivedFrom",
        "rdfs:seeAlso",
        "person:anders-friberg lacks prov:wasDerivedFrom: other bodies and people",
        "Point to the passage that first names it",
    ),
    Slip(
        GROUP,
        "prov:wasDerivedFrom",
        "rdfs:seeAlso",
        "organization:beredningsgrupp-2-nhv lacks prov:wasDerivedFrom: other bodies and people",
        "Point to the passage that first names it",
    ),
    Slip(
        EVIDENCE,
        "source:protokoll-2021-02-19 ;",
        "source:aterrapport-2020 ;",
        "evidence:protokoll-2021-02-19-paragraf-14-hakan-wittgren-representant is evidence of"
        " source:aterrapport-2020, and stands in the file of source:protokoll-2021-02-19.",
        "Move it to the file of its source, or correct oa:hasSource.",
        "oa:hasSource",
    ),
    Slip(
        SELECTOR,
        "oa:end 6337",
        "oa:end 6271",
        "selector:protokoll-2021-02-19-6271-6337 ends at 6271 and starts at 6271.",
        "oa:start is the first character, from 0",
        "oa:end",
    ),
    Slip(
        SELECTOR,
        "oa:end 6337",
        "oa:end 6373",
        "selector:protokoll-2021-02-19-6271-6337 is named after another span than its own,"
        " 6271-6373.",
        "Correct oa:start and oa:end, or the figures in the name.",
    ),
    Slip(
        EVIDENCE,
        '"§ 14"',
        '"§ 14 | 15"',
        "evidence:protokoll-2021-02-19-paragraf-14-hakan-wittgren-representant has the locator",
        "Leave out | < > in it.",
        "smv:locator",
    ),
]

NEEDS = [
    Slip(
        UNNAMED,
        "smv:attestedIn",
        "rdfs:seeAlso",
        "membership:samverkansnamnden-ej-namngiven-region-gavleborg lacks smv:attestedIn /"
        " org:memberDuring: it has no day.",
        "smv:attestedIn period:… ;",
    ),
    Slip(
        KOHLER,
        "org:member ",
        "rdfs:seeAlso ",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated lacks org:member,",
        "Name who it is, or write smv:unnamedHolder true ; for nobody, status:vacant.",
    ),
    Slip(
        UNNAMED,
        "status:attested",
        "status:vacant",
        "membership:samverkansnamnden-ej-namngiven-region-gavleborg is vacant, and is held by true",
        "Where somebody holds it, it is not vacant: delete one of the two.",
        "smv:unnamedHolder",
    ),
    Slip(
        UNNAMED,
        "smv:unnamedHolder true ;",
        "smv:unnamedHolder true ;\n    org:member person:anders-friberg ;",
        "membership:samverkansnamnden-ej-namngiven-region-gavleborg names person:anders-friberg",
        "Delete one of org:member and smv:unnamedHolder.",
        "smv:unnamedHolder",
    ),
    Slip(
        DAY,
        "dcat:endDate",
        "rdfs:seeAlso",
        "period:2021-02-19 needs both dcat:startDate and dcat:endDate, as ",
        "the first and the last day that the words allow",
    ),
    Slip(
        UNTIL,
        "dcat:endDate",
        "rdfs:seeAlso",
        "period:until-2021-02-19 lacks dcat:startDate and dcat:endDate.",
        "Write the first or the last day",
    ),
    Slip(
        SOURCE,
        "dcterms:issued",
        "dcterms:created",
        "source:protokoll-2021-02-19 needs a dcterms:issued",
        "A source has the name of its file.",
    ),
    *(
        Slip(
            KOHLER,
            f"{one} ;",
            f"{one},\n        {other} ;",
            f"membership:beredningsgrupp-2-nhv-mikael-kohler-nominated has {name} {told[1]},"
            f" and {told[0]}, too.",
            "Keep one; where both are true, they are two things",
            told[1],
        )
        for name, one, other, told in (
            (
                "smv:status",
                "status:nominated",
                "status:attested",
                ("status:attested", "status:nominated"),
            ),
            (
                "org:role",
                "role:representative",
                "role:substitute",
                ("role:representative", "role:substitute"),
            ),
        )
    ),
]

VALUES = [
    Slip(
        SOURCE,
        '"2021-02-19"^^xsd:date',
        '"2021"^^xsd:gYear',
        'source:protokoll-2021-02-19 has dcterms:issued "2021", which is no xsd:date.',
        'Write it as "…"^^xsd:date',
        "dcterms:issued",
    ),
    Slip(
        UNNAMED,
        "smv:unnamedHolder true",
        'smv:unnamedHolder "ja"',
        "membership:samverkansnamnden-ej-namngiven-region-gavleborg has smv:unnamedHolder"
        ' "ja", which is no xsd:boolean.',
        "true or false, without quotation marks",
        "smv:unnamedHolder",
    ),
    Slip(
        SELECTOR,
        "oa:start 6271",
        'oa:start "6271"',
        'selector:protokoll-2021-02-19-6271-6337 has oa:start "6271", which is no xsd:integer.',
        "numbers",
        "oa:start",
    ),
    Slip(
        SOURCE,
        '"2021-02-19"^^xsd:date',
        '"2021-02-30"^^xsd:date',
        'source:protokoll-2021-02-19 has dcterms:issued "2021-02-30", which is no xsd:date.',
        "Write a day that there is as 2021-02-19",
        "dcterms:issued",
    ),
    Slip(
        SOURCE,
        '"2021-02-19"^^xsd:date',
        '"19/2 2021"^^xsd:date',
        'source:protokoll-2021-02-19 has dcterms:issued "19/2 2021", which is no xsd:date.',
        "Write a day that there is as 2021-02-19",
        "dcterms:issued",
    ),
    Slip(
        SOURCE,
        "smv:held true",
        'smv:held "sant"^^xsd:boolean',
        "source:protokoll-2021-02-19 has smv:held sant, which is no xsd:boolean.",
        "Write a day",
        "smv:held",
    ),
    Slip(
        WITTGREN,
        "org:member person:hakan-wittgren",
        'org:member "Håkan Wittgren"@sv',
        "membership:beredningsgrupp-2-nhv-hakan-wittgren has org:member"
        ' "Håkan Wittgren", and that is a text.',
        "Write the thing itself, as prefix:name.",
        "org:member",
    ),
    Slip(
        WITTGREN,
        "smv:represents organization:sjukvardsregion-mellansverige",
        'smv:represents "Sjukvårdsregionen"@sv',
        "membership:beredningsgrupp-2-nhv-hakan-wittgren has smv:represents"
        ' "Sjukvårdsregionen", and that is a text.',
        "Write the thing itself, as prefix:name.",
        "smv:represents",
    ),
    Slip(
        WITTGREN,
        '"representant"@sv',
        "role:representative",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren has smv:title role:representative,"
        " and that is a thing.",
        "Write the value itself, in quotation marks",
        "smv:title",
    ),
    Slip(
        WITTGREN,
        "organization:beredningsgrupp-2-nhv ;",
        "person:hakan-wittgren ;",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren has org:organization"
        " person:hakan-wittgren, which is no org:Organization.",
        "Name the org:Organization that is meant",
        "org:organization",
    ),
    Slip(
        KOHLER,
        "decision:samverkansnamnden-2021-02-19-paragraf-13",
        "meeting:samverkansnamnden-2021-02-19",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated has smv:nominatedBy"
        " meeting:samverkansnamnden-2021-02-19, which is no smv:Decision.",
        "Name the smv:Decision that is meant",
        "smv:nominatedBy",
    ),
    Slip(
        KOHLER,
        "org:role role:representative",
        "org:role status:attested",
        "membership:beredningsgrupp-2-nhv-mikael-kohler-nominated has org:role"
        " status:attested, which is not of the list smv:role.",
        "Take a value of that list",
        "org:role",
    ),
]

SHORTCUTS = [
    Slip(
        GROUP,
        "org:hasMember person:hakan-wittgren",
        "org:hasMember person:hakan-wittgren,\n        person:mikael-kohler",
        "organization:beredningsgrupp-2-nhv has org:hasMember person:mikael-kohler, and no"
        " org:Membership in this file says so.",
        "Describe the org:Membership, with its evidence, or delete the shortcut.",
        "person:mikael-kohler",
    ),
    Slip(
        FRIBERG,
        "organization:region-dalarna",
        "organization:region-dalarna, organization:region-uppsala",
        "person:anders-friberg has org:memberOf organization:region-uppsala, and no",
        "Describe the org:Membership",
        "organization:region-uppsala",
    ),
    Slip(
        GROUP,
        "org:subOrganizationOf organization:socialstyrelsen",
        "org:subOrganizationOf organization:vetenskapsradet",
        "organization:beredningsgrupp-2-nhv has org:subOrganizationOf"
        " organization:vetenskapsradet, and no smv:Relation in this file says so.",
        "Describe the smv:Relation",
        "org:subOrganizationOf",
    ),
    Slip(
        GROUP,
        "org:hasMember person:hakan-wittgren",
        "rdfs:seeAlso person:hakan-wittgren",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren lacks its shortcut:"
        " organization:beredningsgrupp-2-nhv org:hasMember person:hakan-wittgren.",
        "Write org:hasMember person:hakan-wittgren in the block of"
        " organization:beredningsgrupp-2-nhv",
        WITTGREN,
    ),
    Slip(
        GROUP,
        "org:subOrganizationOf organization:socialstyrelsen ;",
        "",
        "relation:beredningsgrupp-2-nhv-part-of-socialstyrelsen lacks its shortcut:",
        "Write org:subOrganizationOf organization:socialstyrelsen",
        RELATION,
    ),
]

WRITING = [
    Slip(
        KOHLER,
        KOHLER,
        "membership:beredningsgrupp-2-nhv-hakan-wittgren a",
        "membership:beredningsgrupp-2-nhv-hakan-wittgren is described already in"
        " protokoll-2021-02-19.ttl, line ",
        "Put the two together, or give one of them an address of its own.",
        at="membership:beredningsgrupp-2-nhv-hakan-wittgren a org:Membership ;\n"
        '    skos:prefLabel "Mikael',
    ),
    *(
        Slip(
            WITTGREN,
            "org:member person:hakan-wittgren",
            f"org:member\n        {blank}",
            f"There is a blank node here: {mark}",
            "Give it an IRI",
            blank,
        )
        for blank, mark in (
            ("[ ]", "["),
            ('[ a foaf:Person ; foaf:name "H. [x] _:b W." ]', "["),
            ("_:hakan", "_:hakan"),
            ("( person:hakan-wittgren )", "("),
        )
    ),
    Slip(
        AGREEMENT,
        "agreement:statliga-bidrag-2021",
        "_:agreement",
        "There is a blank node here: _:agreement",
        "Give it an IRI",
    ),
    Slip(
        "@prefix schema:",
        "https://schema.org/",
        "http://schema.org/",
        "The prefix schema: stands for <http://schema.org/>",
        "Write <https://schema.org/>.",
    ),
    Slip(
        "@prefix org:",
        "ns/org#",
        "ns/orgs#",
        "The prefix org: stands for <http://www.w3.org/ns/orgs#>",
        "Write <http://www.w3.org/ns/org#>.",
    ),
]

TIMES = [
    Slip(
        YEARS,
        '"2021/2023"',
        '"2021/2022"',
        "period:2021-2023 lasts from 2021-01-01 to 2023-12-31, and smv:edtf"
        ' "2021/2022" allows other days.',
        'Write dcat:startDate "2021-01-01"^^xsd:date ; dcat:endDate "2022-12-31"^^xsd:date',
        "smv:edtf",
    ),
    Slip(
        YEARS,
        '"2021/2023"',
        '"2021/.."',
        "period:2021-2023 lasts from 2021-01-01 to 2023-12-31,",
        'Write dcat:startDate "2021-01-01"^^xsd:date ; smv:openEnd true, or correct smv:edtf.',
        "smv:edtf",
    ),
    Slip(
        YEARS,
        '"2021/2023"',
        '"2021–2023"',
        'period:2021-2023 has smv:edtf "2021–2023", and that is no time in EDTF',
        "Write a day, month, year or season",
        "smv:edtf",
    ),
    Slip(
        TASK,
        '"2021-11-30"',
        '"2021-11-29"',
        "task:beredningsgrupp-2-nhv-12-diagnoser has the day 2021-11-29, which is not the last"
        ' one of "2021-11".',
        "Write 2021-11-30, or correct smv:edtf.",
        "smv:edtf",
    ),
]


@pytest.mark.parametrize(
    "slip",
    [
        *TERMS,
        *ADDRESSES,
        *LABELS,
        *IDENTITY,
        *EVIDENCED,
        *NEEDS,
        *VALUES,
        *SHORTCUTS,
        *WRITING,
        *TIMES,
    ],
    ids=lambda slip: re.sub(r"\W+", "-", slip.after)[:60].strip("-"),
)
def test_a_slip_is_told_with_its_line_and_its_remedy(tmp_path: Path, slip: Slip) -> None:
    check(tmp_path, slip)


# A body of each class that the model knows, whole; its head is the first line.
WHOLE = {
    "org:ChangeEvent": "event:e a org:ChangeEvent ;\n    EVIDENCE .",
    "org:Membership": (
        "membership:m a org:Membership ;\n    org:member person:p ;\n    org:organization"
        " organization:o ;\n    org:role role:member ;\n    smv:status status:attested ;\n"
        "    smv:basis basis:stated ;\n    smv:attestedIn period:2025 ;\n    EVIDENCE ."
    ),
    "org:Post": "post:p a org:Post ;\n    EVIDENCE .",
    "smv:Activity": (
        "activity:a a smv:Activity ;\n    smv:ownedBy organization:o ;\n    EVIDENCE ."
    ),
    "smv:AgendaItem": "agenda-item:a a smv:AgendaItem ;\n    EVIDENCE .",
    "smv:Agreement": "agreement:a a smv:Agreement ;\n    EVIDENCE .",
    "smv:Attendance": (
        "attendance:a a smv:Attendance ;\n    smv:person person:p ;\n"
        "    smv:meeting meeting:m ;\n    smv:capacity capacity:guest ;\n    EVIDENCE ."
    ),
    "smv:Claim": "claim:c a smv:Claim ;\n    EVIDENCE .",
    "smv:CompositionRule": "rule:r a smv:CompositionRule ;\n    EVIDENCE .",
    "smv:Decision": "decision:d a smv:Decision ;\n    EVIDENCE .",
    "smv:Discrepancy": (
        "discrepancy:d a smv:Discrepancy ;\n    smv:about person:p ;\n    smv:claim claim:c ."
    ),
    "smv:Meeting": "meeting:m a smv:Meeting ;\n    EVIDENCE .",
    "smv:Name": "name:n a smv:Name ;\n    EVIDENCE .",
    "smv:Outcome": "outcome:o a smv:Outcome ;\n    EVIDENCE .",
    "smv:Plan": "plan:p a smv:Plan ;\n    EVIDENCE .",
    "smv:Relation": (
        "relation:r a smv:Relation ;\n    smv:subject organization:o ;\n"
        "    smv:relationKind relation-kind:tasks ;\n    smv:object organization:q ;\n"
        "    smv:basis basis:stated ;\n    EVIDENCE ."
    ),
    "smv:Responsibility": (
        "responsibility:r a smv:Responsibility ;\n    smv:activity activity:a ;\n"
        "    smv:agent organization:o ;\n    smv:responsibilityKind responsibility-kind:owner ;\n"
        "    smv:basis basis:stated ;\n    EVIDENCE ."
    ),
    "smv:Service": "service:s a smv:Service ;\n    EVIDENCE .",
    "smv:Task": (
        'task:t a smv:Task ;\n    smv:edtf "2025-23" ;\n'
        '    smv:deadline "2025-11-30"^^xsd:date ;\n    EVIDENCE .'
    ),
    "smv:Evidence": (
        "evidence:e a smv:Evidence ;\n    oa:hasSource source:s ;\n"
        '    smv:locator "§ 1" ;\n    oa:hasSelector selector:s-1-2 .'
    ),
    "oa:TextPositionSelector": (
        "selector:s-1-2 a oa:TextPositionSelector ;\n    oa:start 1 ;\n    oa:end 2 ."
    ),
    "dcterms:PeriodOfTime": (
        'period:2025 a dcterms:PeriodOfTime ;\n    dcat:startDate "2025-01-01"^^xsd:date ;\n'
        '    dcat:endDate "2025-12-31"^^xsd:date ;\n    smv:edtf "2025" .'
    ),
    "smv:Source": 'source:s a smv:Source ;\n    dcterms:issued "2025-03-01"^^xsd:date .',
}
HEAD = "".join(
    f"@prefix {name}: <{space}> .\n"
    for name, space in {
        **PREFIXES,
        **{name: f"{ID}{name}/" for name in CONCEPTS},
        **{
            name: f"{DEF}{name}/"
            for name in (
                *("basis", "capacity", "relation-kind", "responsibility-kind", "role", "status"),
            )
        },
    }.items()
)


def small(tmp_path: Path) -> Path:
    """A content that has one thing of each class; gives the file of its source."""
    data = tmp_path / "data"
    (data / "sources").mkdir(parents=True)
    bodies = "".join(
        f'organization:{name} a org:Organization ; skos:prefLabel "{name}"@sv .\n' for name in "oq"
    )
    (data / "organizations.ttl").write_text(HEAD + bodies)
    people = 'person:p a foaf:Person ; skos:prefLabel "P"@sv .\n'
    (data / "people.ttl").write_text(HEAD + people)
    file = data / "sources" / "s.ttl"
    text = "\n\n".join(WHOLE.values()).replace("EVIDENCE", "prov:wasDerivedFrom evidence:e")
    file.write_text(HEAD + "\n" + text + "\n", encoding="utf-8")
    return file


def test_one_thing_of_each_class_is_a_content(tmp_path: Path) -> None:
    assert set(WHOLE) == {*CONCEPTS.values()} - {"org:Organization", "foaf:Person"}
    small(tmp_path)
    assert store.load(content.find(tmp_path)).sources


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((kind, "prov:wasDerivedFrom") for kind in model.EVIDENCED),
        *((kind, name) for kind, names in model.NEEDS.items() for name in names.split()),
    ],
)
def test_what_a_thing_cannot_do_without_is_missed(tmp_path: Path, kind: str, name: str) -> None:
    file = small(tmp_path)
    head = WHOLE[kind].partition("\n")[0]
    line = line_of(change(file, f"{name} ", "rdfs:seeAlso ", head), head)
    thing = head.partition(" ")[0]
    remedies = (f"Point to the passage: {name} evidence:… ;", f"block that begins here: {name} … ;")
    found = [
        told for told in faults(tmp_path).splitlines() if told.startswith(f"{file}, line {line}: ")
    ]
    assert any(
        f": {thing} lacks {name}" in told and any(remedy in told for remedy in remedies)
        for told in found
    ), found


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, name) for kind, names in model.SINGLE.items() for name in names.split()],
)
def test_of_what_there_is_one_two_are_told(tmp_path: Path, kind: str, name: str) -> None:
    file = small(tmp_path)
    head = WHOLE[kind].partition("\n")[0]
    text = file.read_text(encoding="utf-8")
    start = text.index(head)
    found = re.compile(rf"{name} ([^\n]*?) ?[;.]\n").search(
        text, start, text.index(" .\n", start) + 3
    )
    if found is None:
        value, other = '"a"', '"b"'
        change(file, " ;", f" ; {name} {value}, {other} ;", head)
    else:
        value = found[1]
        other = (
            re.sub(r"\d", lambda m: "12"[m[0] == "1"], value)
            if re.search(r"\d", value)
            else f"{value.partition(':')[0]}:zz"
        )
        change(file, f"{name} {found[1]}", f"{name} {found[1]}, {other}", head)
    told = faults(tmp_path)
    assert re.search(
        rf"{head.partition(' ')[0]} has {name} \S+( \S+)?, and .*, too\. Keep one", told
    ), told


@pytest.mark.parametrize(
    ("shortcut", "kind"),
    [
        ("smv:ownedBy", "owner"),
        ("smv:carriedOutBy", "performer"),
        ("smv:participant", "participant"),
    ],
)
def test_a_responsibility_and_its_shortcut_stand_together(
    tmp_path: Path, shortcut: str, kind: str
) -> None:
    file = small(tmp_path)
    change(file, "smv:ownedBy", shortcut)
    change(file, "responsibility-kind:owner", f"responsibility-kind:{kind}")
    store.load(content.find(tmp_path))
    text = change(file, f"{shortcut} organization:o", f"{shortcut} organization:q")
    told = faults(tmp_path)
    line = line_of(text, f"{shortcut} organization:q")
    assert f"{file}, line {line}: activity:a has {shortcut} organization:q, and no smv:Resp" in told
    line = line_of(text, "responsibility:r a")
    assert (
        f"{file}, line {line}: responsibility:r lacks its shortcut: activity:a {shortcut}"
        f" organization:o. Write {shortcut} organization:o in the block of activity:a" in told
    )


def test_content_without_shortcuts_does_without(tmp_path: Path) -> None:
    file = small(tmp_path)
    change(file, "smv:ownedBy", "rdfs:seeAlso")
    assert store.load(content.find(tmp_path)).sources


def second(file: Path, text: str) -> Path:
    """A second source beside that of *file*, with the statements of *text*."""
    other = file.with_name("t.ttl")
    own = 'source:t a smv:Source ;\n    dcterms:issued "2025-04-01"^^xsd:date .\n\n'
    other.write_text(f"{HEAD}\n{own}{text}", encoding="utf-8")
    return other


def test_evidence_of_another_source_is_told(tmp_path: Path) -> None:
    other = second(small(tmp_path), "plan:q a smv:Plan ;\n    prov:wasDerivedFrom evidence:e .\n")
    line = line_of(other.read_text(), "prov:wasDerivedFrom evidence:e")
    assert (
        f"{other}, line {line}: plan:q rests on evidence:e, which is evidence of another source,"
        " source:s. Move the statement to that source's file" in faults(tmp_path)
    )


def test_a_claim_of_another_source_keeps_its_evidence(tmp_path: Path) -> None:
    second(small(tmp_path), "claim:d a smv:Claim ;\n    prov:wasDerivedFrom evidence:e .\n")
    assert len(store.load(content.find(tmp_path)).sources) == 2


def test_what_two_sources_say_stands_whole_in_both(tmp_path: Path) -> None:
    file = small(tmp_path)
    again = "\n\n".join(
        WHOLE[kind].replace("EVIDENCE", "prov:wasDerivedFrom evidence:t")
        for kind in ("org:Membership", "dcterms:PeriodOfTime")
    )
    passage = (
        WHOLE["smv:Evidence"].replace("evidence:e", "evidence:t").replace("source:s", "source:t")
    )
    selector = WHOLE["oa:TextPositionSelector"]
    other = second(file, f"{again}\n\n{passage}\n\n{selector}\n")
    assert len(store.load(content.find(tmp_path)).sources) == 2
    text = change(other, "    smv:status status:attested ;\n", "")
    line = line_of(text, "membership:m a")
    assert f"{other}, line {line}: membership:m lacks smv:status." in faults(tmp_path)


def test_two_sources_that_give_one_membership_two_statuses_are_told_once(tmp_path: Path) -> None:
    file = small(tmp_path)
    other = second(file, "membership:m a org:Membership ;\n    smv:status status:ended .\n")
    first = line_of(file.read_text(), "smv:status", file.read_text().index("membership:m a"))
    line = line_of(other.read_text(), "smv:status")
    told = faults(tmp_path)
    assert told.count("\n") == 1
    assert (
        f"{other}, line {line}: membership:m is already in s.ttl, line {first}, with smv:status"
        " status:attested; here is status:ended. Write the same in both" in told
    )


def test_two_sources_that_give_one_period_two_ends_are_told_once(tmp_path: Path) -> None:
    file = small(tmp_path)
    period = WHOLE["dcterms:PeriodOfTime"].replace("2025-12-31", "2025-11-30")
    other = second(file, f"{period}\n")
    told = faults(tmp_path)
    assert told.count("\n") == 1
    assert f"{other}, line {line_of(other.read_text(), '2025-11-30')}: period:2025 is alr" in told
    assert 'with dcat:endDate "2025-12-31"; here is "2025-11-30".' in told


def test_a_body_that_is_described_in_both_identity_files_is_told(tmp_path: Path) -> None:
    people = small(tmp_path).parent.parent / "people.ttl"
    body = 'organization:o a org:Organization ; skos:prefLabel "o"@sv .\n'
    people.write_text(people.read_text() + body)
    line = line_of(people.read_text(), "organization:o a")
    assert (
        f"{people}, line {line}: organization:o is described already in organizations.ttl, line "
        in (faults(tmp_path))
    )


@pytest.mark.parametrize("status", ["attested", "appointed"])
@pytest.mark.parametrize("shortcut", [False, True])
def test_a_nomination_with_another_status_is_told_and_nothing_of_its_shortcut(
    tmp_path: Path, status: str, shortcut: bool
) -> None:
    file = copy(tmp_path) / MINUTES
    text = change(file, "status:nominated", f"status:{status}", KOHLER)
    if shortcut:
        text += (
            "organization:beredningsgrupp-2-nhv org:hasMember person:mikael-kohler .\n"
            "person:mikael-kohler org:memberOf organization:beredningsgrupp-2-nhv .\n"
        )
        file.write_text(text, encoding="utf-8")
    line = line_of(text, "smv:status", text.index(f"\n{KOHLER}"))
    told = faults(tmp_path)
    assert (
        f"{file}, line {line}: membership:beredningsgrupp-2-nhv-mikael-kohler-nominated has"
        f" smv:nominatedBy, but smv:status status:{status}. A nomination is no seat: write"
        " status:nominated, or delete smv:nominatedBy" in told
    )
    assert "shortcut" not in told


def test_of_a_thing_described_twice_only_that_is_told(tmp_path: Path) -> None:
    file = copy(tmp_path) / MINUTES
    other = "membership:beredningsgrupp-2-nhv-hakan-wittgren"
    text = file.read_text(encoding="utf-8")
    start = text.index(f"\n{KOHLER}")
    block = text[start : text.index(" .\n", start) + 3].replace("status:nominated", "status:ended")
    name = KOHLER.removesuffix(" a")
    file.write_text(text + block.replace(name, other), encoding="utf-8")
    told = faults(tmp_path).splitlines()[1:]
    assert len(told) == 1
    assert f"{other} is described already in" in told[0]


def test_a_person_described_twice_is_told_alone(tmp_path: Path) -> None:
    file = copy(tmp_path) / PEOPLE
    twice = 'person:mikael-kohler a foaf:Person ;\n    skos:prefLabel "M. Köhler"@sv .\n'
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{twice}", encoding="utf-8")
    told = faults(tmp_path).splitlines()[1:]
    assert len(told) == 1
    assert "person:mikael-kohler is described already in people.ttl, line" in told[0]


def test_a_missing_thing_is_told_once_with_names_of_its_kind(tmp_path: Path) -> None:
    file = copy(tmp_path) / MINUTES
    text = file.read_text(encoding="utf-8")
    missing = "organization:beredningsgrupp-2-nhv-12-diagnoser"
    for subject in (WITTGREN, KOHLER):
        start = text.index(f"\n{subject}")
        block = text[start : text.index(" .\n", start)]
        old = "smv:represents organization:sjukvardsregion-mellansverige"
        text = text.replace(block, block.replace(old, f"smv:represents {missing}"))
    file.write_text(text, encoding="utf-8")
    told = faults(tmp_path)
    assert told.count("\n") == 1
    assert "task:" not in told
    assert told.endswith("If it is new: describe it in data/organizations.ttl.")


def test_a_file_with_another_name_than_its_source_is_told_alone(tmp_path: Path) -> None:
    file = small(tmp_path)
    other = file.rename(file.with_name("x.ttl"))
    told = faults(tmp_path)
    assert told.count("\n") == 1
    assert f"{other}, line {line_of(other.read_text(), 'source:s a')}: The file is called" in told
    assert told.endswith("x.ttl, and describes source:s. Rename it to s.ttl.")


@pytest.mark.parametrize(
    ("place", "remedy"),
    [
        ("data/sources/x.ttl.txt", "its name must end in .ttl. Rename the file."),
        ("data/sources/x.TTL", "its name must end in .ttl. Rename the file."),
        ("data/x.ttl", "move it to data/sources/."),
        ("sources/x.ttl", "move it to data/sources/."),
    ],
)
def test_a_file_that_would_not_be_read_is_told(tmp_path: Path, place: str, remedy: str) -> None:
    small(tmp_path)
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("")
    assert faults(tmp_path).endswith(f"{file} is not read: {remedy}")


def test_twenty_faults_are_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    file = copy(tmp_path) / MINUTES
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("smv:capacity ", "smv:capactiy "), encoding="utf-8")
    told = faults(tmp_path).splitlines()
    assert len(told) == 22
    assert told[-1] == f"… and {2 * text.count('smv:capacity ') - 20} more."
    lines = [int(re.findall(r", line (\d+): ", each)[0]) for each in told[1:-1]]
    assert lines == sorted(lines)


# Turtle that does not parse.

STATUS = "smv:status status:nominated ;"
TITLE = '"representant"@sv'
SYNTAX = [
    (
        KOHLER,
        STATUS,
        STATUS[:-1],
        "smv:basis",
        "does not belong to the line before it. End line {-1}",
    ),
    (KOHLER, STATUS, f"{STATUS[:-1]}.", "smv:basis", "description has ended. End line {-1} with ;"),
    (KOHLER, STATUS, f"{STATUS[:-1]},", "smv:basis", "End line {-1} with ; instead of a comma."),
    (
        WITTGREN,
        "hakan-wittgren-representant .",
        "hakan-wittgren-representant",
        "membership:beredningsgrupp-2-nhv-mikael",
        "before the last one has ended. End line {-3} with a full stop",
    ),
    (
        WITTGREN,
        "hakan-wittgren-representant .",
        "hakan-wittgren-representant ;",
        "membership:beredningsgrupp-2-nhv-mikael",
        "read as part of what stands before it. End line {-3} with a full stop instead of ;",
    ),
    (KOHLER, STATUS, "smv:status stauts:nominated ;", "stauts:", "Write status: if that is meant"),
    (
        KOHLER,
        STATUS,
        "geo:status status:nominated ;",
        "geo:",
        "geo: is not declared. Correct it, or declare it at the head of the file.",
    ),
    (
        KOHLER,
        STATUS,
        "smv:eventKind event-kind:formation ;",
        "smv:eventKind",
        "head of the file: @prefix event-kind: <https://w3id.org/samverkan/def/event-kind/> .",
    ),
    ("@prefix skos:", "@prefix skos:", "# @prefix skos:", "skos:prefLabel", "skos/core#> ."),
    (KOHLER, TITLE, "”representant”@sv", "”", 'Use straight ones: "…".'),
    (KOHLER, TITLE, "“representant“@sv", "“", 'Use straight ones: "…".'),
    (KOHLER, TITLE, '"representant@sv', "smv:title", "no closing quotation mark. Close it"),
    (KOHLER, TITLE, '"repre"sen"tant"@sv', "smv:title", 'Write \\" for a quotation mark within'),
    (KOHLER, TITLE, '"representant"@', "smv:title", "Write @sv or @en right after"),
    (KOHLER, TITLE, '"representant"@sv_SE', "smv:title", "Write @sv or @en right after"),
    (KOHLER, TITLE, "representant@sv", "smv:title", 'Write a text as "…"@sv'),
    (KOHLER, "smv:status status", "status status", "status status", "status is no property."),
    (KOHLER, STATUS, "smv:status ;", "smv:status ;", "Write the one that is missing."),
    (
        KOHLER,
        "smv:status ",
        "smv:status\u00a0",
        "smv:status\u00a0",
        "invisible character here (U+00A0)",
    ),
    (KOHLER, STATUS, "smv:status (status:nominated ;", "smv:status (", "A bracket on this line"),
    (
        KOHLER,
        STATUS,
        "smv:status status:nominated] ;",
        "smv:status",
        "] closes what was not opened.",
    ),
    (KOHLER, "person:mikael-kohler", "person:mikael kohler", "org:member", "Write a hyphen where"),
    (KOHLER, "person:mikael-kohler", "person:mikael–kohler", "org:member", "the hyphen -"),
    (KOHLER, TITLE, '"repr\\esentant"@sv', "smv:title", "Write \\\\ for a backslash"),
    (
        SOURCE,
        '"2021-02-19"^^xsd:date',
        "2021-02-19",
        "dcterms:issued",
        'Write "2021-02-19"^^xsd:date.',
    ),
    (SOURCE, "^^xsd:date", "^xsd:date", "dcterms:issued", "One ^ is too few."),
    (SOURCE, "smv:held true", "smv:held True", "smv:held", "Write true or false, in small letters"),
    ("@prefix org:", "org#>", "org#", "@prefix org:", "Close it with > on its line"),
    ("@prefix org:", "<http://www.w3.org/ns/org#>", "<org#>", "@prefix org:", "from https:// on"),
    ("@prefix org:", "@prefix", "@prefixx", "@prefixx", "Write @prefix name: <https://…> ."),
    ("@prefix org:", "@prefix", "prefix", "prefix org:", "lacks its @."),
    ("@prefix org:", "org:", "org", "@prefix org", "A declaration of a prefix is not complete."),
    ("# Active", "#", "//", "// Active", "Begin a comment with #."),
    ("# Active", "#", "<<<<<<< HEAD\n#", "<<<<<<< HEAD", "Keep one of the two versions"),
]


@pytest.mark.parametrize(
    ("head", "before", "after", "at", "remedy"), SYNTAX, ids=[row[2] for row in SYNTAX]
)
def test_turtle_that_does_not_parse_is_told_with_its_line_and_a_hint(
    tmp_path: Path, head: str, before: str, after: str, at: str, remedy: str
) -> None:
    file = copy(tmp_path, "aterrapport-2020.ttl") / MINUTES  # which declares one prefix more
    original = file.read_text(encoding="utf-8")
    text = change(file, before, after, head)
    line = line_of(text, at, original.index(f"\n{head}"))
    remedy = re.sub(r"\{-(\d)\}", lambda up: str(line - int(up[1])), remedy)
    told = faults(tmp_path)
    assert re.search(rf"\n{re.escape(str(file))}, line {line}, column \d+: ", told), told
    assert remedy in told
    assert told.endswith(f"The line reads: {text.splitlines()[line - 1].strip()[:100]}")


def test_each_file_that_does_not_parse_is_told(tmp_path: Path) -> None:
    data = copy(tmp_path)
    for name in (BODIES, PEOPLE):
        change(data / name, "@prefix", "@prefixx")
    told = faults(tmp_path)
    assert told.count("@prefixx is no word of Turtle.") == 2
    lines = (data / BODIES).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith("@prefixx"))
    assert f"{data / BODIES}, line {line}, column 1: " in told


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    file = copy(tmp_path) / PEOPLE
    text = file.read_text(encoding="utf-8").rstrip().removesuffix(".").rstrip()
    file.write_text(text, encoding="utf-8")
    told = faults(tmp_path)
    assert f"{file}, line {text.count(chr(10)) + 1}, column " in told
    assert "End the last statement with a full stop." in told


@pytest.mark.parametrize(
    ("raw", "line", "remedy"),
    [
        ("# åäö\n\n# é".encode() + "ö".encode("latin-1"), 3, "Save the file as UTF-8."),
        (b"\xef\xbb\xbf# first\n", 1, "save the file without a byte-order mark."),
    ],
)
def test_a_file_of_another_encoding_is_told(
    tmp_path: Path, raw: bytes, line: int, remedy: str
) -> None:
    file = copy(tmp_path) / PEOPLE
    file.write_bytes(raw)
    told = faults(tmp_path)
    assert f"{file}, line {line}" in told
    assert remedy in told


@pytest.mark.parametrize("name", ["Protokoll 2021.ttl", "möte.ttl", "a--b.ttl", "A.ttl"])
def test_a_source_whose_file_cannot_name_it_is_told(tmp_path: Path, name: str) -> None:
    file = copy(tmp_path) / "sources" / name
    file.write_text("")
    assert f"{file}: name the file as its source" in faults(tmp_path)


def test_a_source_may_have_the_name_of_an_identity_file(tmp_path: Path) -> None:
    file = copy(tmp_path) / "sources" / "people.ttl"
    file.write_text("")
    assert f"{file}, line 1: <https://w3id.org/samverkan/id/source/people> needs a" in faults(
        tmp_path
    )


# Each of them took minutes once, or would never have ended.
@pytest.mark.parametrize(
    ("written", "told"),
    [
        (f"activity:x smv:number 1 .{chr(10) * 38}foo bar .\n", "foo"),
        (f"activity:x smv:number 1 ;{chr(10) * 38}  @foo .\n", "@foo"),
        ("activity:x smv:number " + "[ " * 100_000 + "zzz .\n", "is no property"),
        ("activity:x smv:number " + "(" * 2_000 + ")" * 2_000 + " .\n", "a blank node here"),
        ("".join(f"activity:x{n} smv:number [] .\n" for n in range(5_000)), "a blank node here"),
        (
            "activity:x a smv:Activity"
            + "".join(f' ; smv:odd{n} "a"' for n in range(1_000))
            + " .\n",
            "smv:odd0, which the vocabulary does not have.",
        ),
        (
            "".join(f'activity:x smv:odd{n} "a" .\n' for n in range(1_000)),
            "activity:x is described already in",
        ),
        (
            "".join(f"@prefix p{n}: <http://x/{n}/> .\n" for n in range(5_000)) + "a",
            "stands where a new",
        ),
    ],
    ids=["lines", "more lines", "brackets", "lists", "blanks", "one block", "blocks", "prefixes"],
)
def test_hostile_content_is_refused_before_long(tmp_path: Path, written: str, told: str) -> None:
    file = copy(tmp_path) / MINUTES
    with file.open("a", encoding="utf-8") as source:
        source.write(written)
    assert told in faults(tmp_path)


def test_the_first_faults_are_told_where_there_are_very_many(tmp_path: Path) -> None:
    file = copy(tmp_path) / MINUTES
    first = file.read_text(encoding="utf-8").count("\n") + 1
    with file.open("a", encoding="utf-8") as source:
        source.writelines(f"activity:x{n} smv:odd {n} .\n" for n in range(1_000))
    lines = [int(each) for each in re.findall(r", line (\d+): ", faults(tmp_path))]
    assert lines == sorted(lines)
    assert set(lines) == set(range(first, first + len(set(lines))))


@pytest.mark.parametrize("line", ["\n", "\r\n", "# a remark\n", '# """ <x> ;\n'])
def test_the_line_told_moves_with_the_statement(tmp_path: Path, line: str) -> None:
    file = copy(tmp_path) / MINUTES
    head, block, rest = file.read_text(encoding="utf-8").partition("\nmembership:")
    wrong = rest.replace("smv:status ", "smv:statsu ", 1)
    first = head.count("\n") + 2
    told = []
    for inserted in ("", line * 7):
        file.write_bytes(f"{head}\n{inserted}{block[1:]}{wrong}".encode())
        told.append([int(n) for n in re.findall(r", line (\d+): ", faults(tmp_path))])
    assert max(told[0]) >= first
    assert told[1] == [number + 7 if number >= first else number for number in told[0]]
