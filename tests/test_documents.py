"""The data against the documents, where they are there: every span reads what it is evidence of."""

from __future__ import annotations

import hashlib
import re
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from rdflib import FOAF, ORG, PROV, RDF, SKOS, URIRef
from rdflib.term import Node

from graphs import (
    DATA,
    ID,
    MINUTES,
    OA,
    SMV,
    SOURCE_FILES,
    data,
    graph_of,
    one,
    slug,
    span,
    things,
)

DOCUMENTS = Path(__file__).parents[2] / "shared" / "sources"
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the source documents are not kept with the project"
)


def text_of(source: Node) -> str:
    return (DOCUMENTS / str(one(source, SMV.textFile))).read_bytes().decode()


def sources_with_text() -> list[Node]:
    return [ID[f"source/{path.stem}"] for path in SOURCE_FILES]


def passages(evidence: Node) -> list[str]:
    """The words of each span of *evidence*, in the order of the text, on one line."""
    text = text_of(one(evidence, OA.hasSource))
    spans = sorted(span(selector) for selector in data().objects(evidence, OA.hasSelector))
    return [healed(text[start:end]) for start, end in spans]


def healed(text: str) -> str:
    """*text* in small letters, with words that a line break cut put together again."""
    return " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=[a-zåäö])", "", text).split()).casefold()


def shown(thing: Node) -> list[str]:
    """What the evidence of *thing* reads, one text for each piece of evidence."""
    return [" ".join(passages(each)) for each in data().objects(thing, PROV.wasDerivedFrom)]


def sections(text: str) -> dict[str, tuple[int, int]]:
    """Locator → where its part of the minutes begins and ends; the signatures go with the last."""
    headings = [
        (int(match[1]), match.start(0) + match[0].index("§"))
        for match in re.finditer(r"(?m)^\s*§ (\d+)\.\s", text)
    ]
    assert [number for number, _start in headings] == list(range(1, 19))
    starts = [start for _number, start in headings]
    appendix = text.index("\f", starts[-1]) if "\f" in text[starts[-1] :] else len(text)
    title = str(one(ID["source/aterrapport-2020"], SKOS.prefLabel))
    appendix = min(appendix, text.index(title, starts[-1]))
    found = {
        f"§ {number}": (start, end)
        for (number, start), end in zip(headings, [*starts[1:], appendix], strict=True)
    }
    return {"Rubrik": (0, starts[0]), **found, "Underskrifter": (starts[-1], appendix)}


@needs_documents
def test_the_text_of_each_source_is_the_one_that_was_read() -> None:
    for source in sources_with_text():
        raw = (DOCUMENTS / str(one(source, SMV.textFile))).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == str(one(source, SMV.textSha256))


@needs_documents
def test_every_span_lies_within_its_text_and_does_not_cut_a_word() -> None:
    assert things(SMV.Evidence)
    for evidence in things(SMV.Evidence):
        text = text_of(one(evidence, OA.hasSource))
        for selector in data().objects(evidence, OA.hasSelector):
            start, end = span(selector)
            assert end <= len(text), selector
            words = text[start:end]
            assert words == words.strip() != "", selector
            assert not re.fullmatch(r"\w\w", text[max(start - 1, 0) : start + 1]), selector
            assert not re.fullmatch(r"\w\w", text[end - 1 : end + 1]), selector


@needs_documents
def test_every_span_of_the_minutes_lies_in_the_item_of_its_locator() -> None:
    parts = sections(text_of(MINUTES))
    signatures_start = max(
        span(selector)[1]
        for evidence in data().subjects(SMV.locator, rdflib.Literal("§ 18"))
        for selector in data().objects(evidence, OA.hasSelector)
    )
    for evidence in data().subjects(OA.hasSource, MINUTES):
        locator = str(one(evidence, SMV.locator))
        begins, ends = parts[locator]
        if locator == "Underskrifter":
            begins = signatures_start
        for selector in data().objects(evidence, OA.hasSelector):
            start, end = span(selector)
            assert begins <= start < end <= ends, evidence


@needs_documents
def test_the_evidence_of_a_person_reads_the_name() -> None:
    for person in things(FOAF.Person):
        name = healed(str(one(person, FOAF.familyName)))
        assert any(name in text for text in shown(person)), person


@needs_documents
@pytest.mark.parametrize("kind", [ORG.Membership, SMV.Attendance], ids=slug)
def test_some_evidence_of_what_a_person_is_reads_the_name(kind: URIRef) -> None:
    for thing in things(kind):
        person = next(
            chain(data().objects(thing, ORG.member), data().objects(thing, SMV.person)), None
        )
        if person is not None and (person, RDF.type, FOAF.Person) in data():
            name = healed(str(one(person, FOAF.familyName)))
            assert any(name in text for text in shown(thing)), thing


@needs_documents
def test_the_evidence_of_a_seat_reads_the_party_and_the_region() -> None:
    for seat in data().subjects(SMV.party):
        person, region = one(seat, ORG.member), one(seat, SMV.represents)
        name = healed(str(one(person, FOAF.name)))
        entry = f"{name} ({one(seat, SMV.party)})".casefold()
        assert any(entry in text for text in shown(seat)), seat
        label = healed(str(one(region, SKOS.prefLabel)))
        assert any(label in text for text in shown(seat)), seat


@needs_documents
def test_the_evidence_of_a_title_reads_it() -> None:
    for membership, title in data().subject_objects(SMV.title):
        assert any(healed(str(title)) in text for text in shown(membership)), (membership, title)


@needs_documents
def test_the_other_names_of_a_body_stand_in_the_source() -> None:
    text = healed(text_of(MINUTES))
    for predicate in (SKOS.altLabel, SMV.abbreviation):
        for body, name in graph_of(DATA / "sources" / f"{slug(MINUTES)}.ttl").subject_objects(
            predicate
        ):
            if (body, RDF.type, ORG.Organization) in data():
                assert healed(str(name)) in text, (body, name)


@needs_documents
def test_an_item_s_evidence_reads_its_number_and_its_heading() -> None:
    for item in things(SMV.AgendaItem):
        heading = healed(str(one(item, SKOS.prefLabel)))
        assert any(heading in text for text in shown(item)), item
