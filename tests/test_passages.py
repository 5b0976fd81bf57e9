"""The texts of documents: healed, searched, and where in their structure a passage stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.documents import passages
from samverkan.documents.outline import Kind, outline
from samverkan.documents.passages import Document, Span, heal, healed
from samverkan.errors import DocumentError

DOCUMENTS = Path(__file__).parents[2] / "shared" / "sources"
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the source documents are not kept with the project"
)


def document(text: str) -> Document:
    return Document("own.txt", "", text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rad ett\nrad två", "rad ett rad två"),
        ("rad ett \r\n \r\n rad två\x0c tre ", "rad ett rad två tre"),
        ("sjuk-\nhuset", "sjukhuset"),
        ("sjuk- \n  huset", "sjukhuset"),
        ("informations- \noch cybersäkerhet", "informations- och cybersäkerhet"),
        ("organ- och\nvävnader", "organ- och vävnader"),
        ("Eva-\nLena", "Eva-Lena"),
        ("NHV-\nprocessen", "NHV-processen"),
        ("2022-\n2024", "2022-2024"),
        ("e-\nhälsa", "e-hälsa"),
        ("mjuk\u00adt bindestreck", "mjukt bindestreck"),
        ("hårt\u00a0mellanslag", "hårt mellanslag"),
        ("\ufeffbörjan", "början"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_text_is_healed(text: str, told: str) -> None:
    assert healed(text) == told


TEXTS = st.text(st.sampled_from("aåB1 -\n\r\x0c\u00ad\u00a0.§•"), max_size=60)


@given(TEXTS)
def test_each_healed_character_comes_from_its_place_in_the_file(text: str) -> None:
    result = heal(text)
    assert len(result.text) == len(result.origins)
    assert list(result.origins) == sorted(set(result.origins))
    for character, origin in zip(result.text, result.origins, strict=True):
        assert character in (text[origin], " ")
    assert "  " not in result.text
    assert result.text == result.text.strip(" ")


@given(TEXTS)
def test_healing_a_healed_text_changes_nothing(text: str) -> None:
    assert healed(healed(text)) == healed(text)


@given(TEXTS, st.data())
def test_words_copied_from_a_healed_text_are_found_where_they_stand(
    text: str, data: st.DataObject
) -> None:
    words = healed(text).split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    copied = " ".join(words[first : data.draw(st.integers(first, len(words)))])
    found = [text[span.start : span.end] for span in document(text).find(copied)]
    if passages.folded(copied):
        assert found
    for passage in found:
        assert passage == passage.strip() != ""
        assert passages.folded(copied) in passages.folded(passage)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Rådet för samordning", ["Rådet för\nsamordning"]),
        ("rådet FÖR samordning", ["Rådet för\nsamordning"]),
        ("arkivfrågor", ["arkiv-\nfrågor"]),
        ("arkiv-frågor", ["arkiv-\nfrågor"]),
        ("2025–2027", ["2025-2027"]),
        ("samord", ["samordning", "samordningen"]),
        ("”Öppna data”", ["”Öppna data”"]),
        ('"öppna data"', ["”Öppna data”"]),
        ("finns inte", []),
        ("a\u030akersjuka", ["Åkersjuka"]),
    ],
)
def test_a_text_is_found_across_line_breaks_and_as_whole_words(
    wanted: str, found: list[str]
) -> None:
    text = (
        "Rådet för\nsamordning tar upp arkiv-\nfrågor 2025-2027. I samordningen ingår\n"
        "”Öppna data” och Åkersjuka."
    )
    assert [text[s.start : s.end] for s in document(text).find(wanted)] == found


def test_the_nearest_passage_is_a_hint() -> None:
    text = "Mötet öppnas.\nAnna Berg väljs till ombud i rådet.\nMötet avslutas."
    score, span = document(text).nearest("Anna Bergh valdes till ombud")
    assert score > 80
    assert "Anna Berg" in text[span.start : span.end]


def test_positions_are_those_of_the_file_with_its_line_ends_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffett\r\ntvå\x0ctre\rfyra".encode())
    read = passages.read(file)
    assert [read.find(word)[0] for word in ("två", "tre", "fyra")] == [
        Span(6, 9),
        Span(10, 13),
        Span(14, 18),
    ]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match="UTF-8"):
        passages.read_all(tmp_path)


# Minutes, and behind them in the same file a report; the page breaks show as a space.
OWN = """\
 Möte med Rådet för samordning
den 3 mars 2025

§ 1.  Mötet öppnas
Anna Berg hälsar välkommen.

§ 2.  Val av ombud till den nationella
arkivgruppen
Frågan om § 1 i avtalet tas upp.
Beslut
att utse Bo Ek.
 § 3. Mötets avslutande
Mötet avslutas klockan fyra.

Vid protokollet

Cia Dal
 Datum

2025-04-01

Återrapport 2024

Rådet för samordning

2 (2)

Återrapport 2024

Rådet har haft fyra möten under året.

Arkiv

• Samla arkiven på ett ställe
Arkiven samlas i den gemensamma byggnaden, som blev klar under hösten.
 Datum
 2025-04-01

Flytten fortsätter.

- Ordna arkiven efter
upphov
 Övriga frågor som löpande tas upp
* Delta i nätverk

Anna Berg
Ordförande i rådet
"""


@pytest.mark.parametrize(
    ("phrase", "locator"),
    [
        ("Rådet för samordning den 3 mars 2025", "Rubrik"),
        ("Mötet öppnas", "§ 1"),
        ("Anna Berg hälsar", "§ 1"),
        ("arkivgruppen Frågan", "§ 2"),
        ("§ 1 i avtalet", "§ 2"),
        ("att utse Bo Ek", "§ 2"),
        ("klockan fyra", "§ 3"),
        ("Cia Dal", "Underskrifter"),
        ("Återrapport 2024", "Rubrik"),
        ("fyra möten under året", "Rubrik"),
        ("Arkiv •", "Arkiv"),
        ("Samla arkiven", "Arkiv › punkt 1"),
        ("klar under hösten", "Arkiv › punkt 1"),
        ("Flytten fortsätter", "Arkiv › punkt 1"),
        ("arkiven efter upphov", "Arkiv › punkt 2"),
        ("Övriga frågor", "Övriga frågor som löpande tas upp"),
        ("Delta i nätverk", "Övriga frågor som löpande tas upp › punkt 1"),
        ("Ordförande i rådet", "Underskrifter"),
    ],
)
def test_a_passage_has_the_locator_of_its_heading_and_bullet(phrase: str, locator: str) -> None:
    (span, *_others) = document(OWN).find(phrase)
    assert outline(OWN).locator(span) == locator


def test_a_page_header_in_the_middle_of_the_text_is_one() -> None:
    start = OWN.rindex("2025-04-01")
    assert outline(OWN).locator(Span(start, start + 10)) == "Sidhuvud"


def test_the_line_that_opens_the_file_is_its_title_if_it_names_a_year() -> None:
    for title, locator in (("Plan 2026", "Rubrik"), ("Inledning", "Inledning")):
        assert outline(f"{title}\nEn text om planen.\n").locator(Span(0, 4)) == locator


def test_where_headings_are_numbered_no_other_line_is_one() -> None:
    text = (
        "Plan\n\n2026\n\nInnehåll\n\n1. Början\t3\n2. Slutet.....\t4\n\n1. Början\n\n"
        "Bild: Så hänger det ihop\n\nEn text.\n\n1.1. Mer om början\n\nMer text.\n\n"
        "2. Slutet\n\nSlut.\n"
    )
    found = outline(text)
    assert [heading.text for heading in found.headings] == [
        "1. Början",
        "1.1. Mer om början",
        "2. Slutet",
    ]
    assert {heading.kind for heading in found.headings} == {Kind.NUMBERED}
    assert found.locator(document(text).find("Innehåll")[0]) == "Rubrik"
    assert found.locator(document(text).find("Bild:")[0]) == "1. Början"


@given(TEXTS)
def test_any_text_has_an_outline_and_every_place_a_locator(text: str) -> None:
    found = outline(text)
    for position in range(len(text)):
        assert found.locator(Span(position, position + 1))
        section = found.section(position)
        assert section.start <= position < section.end


# Phrases of a few words only, to find the place: the documents are not kept with the project.
PLACES = {
    "protokoll-2021-02-19.txt": [
        ("Plats: Digitalt", "Rubrik"),
        ("Svante ersätter", "§ 1"),
        ("För Region Gävleborg", "§ 2"),
        ("Ola Karlsson (M)", "§ 2"),
        ("jämte ordförande", "§ 3"),
        ("Inera AB 2020-10-21", "§ 4"),
        ("Petri Olivius, Forskningschef", "§ 5"),
        ("cystisk fibros", "§ 7"),
        ("Petri Olivius, FoU-chef", "§ 12"),
        ("Nationell högspecialiserad vård Beslut", "§ 13"),
        ("Håkan Wittgren", "§ 14"),
        ("fysiskt nämndmöte", "§ 17"),
        ("Ordförande avslutar", "§ 18"),
        ("Eva-Lena Aspetorp Justeras", "Underskrifter"),
        ("Beslutad av Samverkansnämnden", "Rubrik"),
        ("tre av årets fyra möten", "Rubrik"),
        ("sjukvårdsregional kommunikatör", "Kunskapsstyrning › punkt 1"),
        ("oktobermötet", "Kunskapsstyrning › punkt 1"),
        ("rörelseorganens sjukdomar", "Kunskapsstyrning › punkt 2"),
        ("cancerplanen i sjukvårdsregionen", "Kunskapsstyrning › punkt 4"),
        ("prostata- och njurcancer", "Verksamhet och utveckling › punkt 1"),
        ("ortopedisk verksamhet", "Verksamhet och utveckling › punkt 3"),
        ("BT-tjänstgöringen", "Utbildning och kompetensförsörjning › punkt 1"),
        ("långtidsplan", "Övriga samverkansfrågor som löpande initieras och hanteras › punkt 2"),
        (
            "sitt decembermöte",
            "Övriga samverkansfrågor som löpande initieras och hanteras › punkt 6",
        ),
        ("avtalets §5", "Budgetdirektiv gemensamt finansierade verksamheter 2022"),
        ("räknas upp med 1 %", "Direktiv för det fortsatta arbetet › punkt 1"),
        ("sammanträde den 4 juni 2021, med", "Direktiv för det fortsatta arbetet › punkt 2"),
        ("Jonas Claesson Ordförande ledningsgruppen", "Underskrifter"),
    ],
    "aktivitetsplan-2024.txt": [
        ("avtalets fokusområden", "Rubrik"),
        ("hälso- och sjukvårdsfrågor", "Verksamhet och utveckling › punkt 3"),
        ("prislista 2025", "Verksamhet och utveckling › punkt 6"),
        ("samverkan med kommunerna", "Kunskapsstyrning › punkt 2"),
        ("3 (3)", "Sidhuvud"),
        ("2023-12-xx", "Sidhuvud"),
        ("gemensam kompetensförsörjningsplan", "Utbildning och kompetensförsörjning › punkt 3"),
        ("e-hälsotjänster", "Digitalisering och e-hälsa › punkt 3"),
    ],
    "aterrapport-2025.txt": [
        ("nedan redovisas arbetet", "Rubrik"),
        ("gråstarr", "Produktionssamverkan › punkt 1"),
        ("Region Uppsala sökte fem", "Nationell och sjukvårdsregional nivåstrukturering › punkt 1"),
        ("Datum 2026-02-13", "Sidhuvud"),
        ("de två senare områdena", "Nationell och sjukvårdsregional nivåstrukturering › punkt 1"),
        ("NHV-processen", "Nationell och sjukvårdsregional nivåstrukturering › punkt 2"),
        ("tjugo procent", "Forskningssamverkan › punkt 1"),
        ("säkerhets- och beredskapschefer", "Krisberedskap och civilt försvar › punkt 2"),
        ("arbetsgrupp (RPO) donation", "Donationsverksamhet › punkt 1"),
        (
            "dess beredningsgrupp",
            "Etablering och utveckling av arbetssätt för kunskapsstyrning › punkt 2",
        ),
        ("administrativa stöd", "Stärkt samverkan för kompetensförsörjning › punkt 1"),
        (
            "informations- och cybersäkerhet",
            "Effektivisera och stärka den digitala infrastrukturen › punkt 1",
        ),
        ("fortsätter under 2026", "Digitaliseringsinitiativ › punkt 1"),
    ],
    "verksamhetsplan-2021-2024.txt": [
        ("Korrigerad till rätt avtalstid", "Inledning"),
        ("fattar beslut vid behov", "Verksamhetsplan 2021-2024"),
        ("blodverksamheten", "Verksamhetsplan 2021-2024 › punkt 4"),
        ("coronapandemin", "Verksamhetsplan 2021-2024 › punkt 14"),
    ],
    "verksamhetsplan-2025-2028.txt": [
        ("Beslutad 2024-09-27", "Rubrik"),
        ("sju regioner:", "1. Inledning"),
        ("Organisation för samverkan", "2. Organisation"),
        ("från 1 juli 2024", "3.3. Kunskapsspridning och verksamhetsutveckling"),
        ("4.3. Forsknings-samverkan", "4.3. Forsknings-samverkan"),
        ("cirkulationsstopp", "4.8. Donationsverksamhet"),
        ("IT-relaterade hot", "7.1. Effektivisera och stärka den digitala infrastrukturen"),
    ],
}


@needs_documents
@pytest.mark.parametrize(
    ("name", "phrase", "locator"),
    [(name, *place) for name, places in PLACES.items() for place in places],
)
def test_passages_of_the_documents_have_their_locators(
    name: str, phrase: str, locator: str
) -> None:
    read = passages.read(DOCUMENTS / name)
    spans = read.find(phrase)
    assert spans, phrase
    assert outline(read.text).locator(spans[0]) == locator


@pytest.mark.parametrize("name", ["/etc/hostname", "../own.txt", "a/../../own.txt", "a\0b"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="does not lie in"):
        passages.read_all(tmp_path, name)


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match=r"pipe\.txt is no file"):
        passages.read_all(tmp_path)
    with pytest.raises(DocumentError, match="is no file"):
        passages.read(tmp_path)


def test_a_file_that_is_no_document_by_its_size_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(DocumentError, match="more than 50000000 bytes"):
        passages.read_all(tmp_path)


def test_what_stands_in_one_long_word_is_found_once_in_it() -> None:
    assert document("a" * 200_000 + " b").find("a") == (Span(0, 200_000),)
    assert document("e-a banan b").find("a") == (Span(2, 3), Span(4, 9))


def test_a_nearest_passage_is_found_for_a_long_text() -> None:
    assert document("ett två tre").nearest("två " * 100_000)[1].end <= 11


def test_more_accents_than_a_letter_can_have_are_read() -> None:
    assert document("a" + "\u0301\u0323" * 50_000 + " slut").find("slut") == (
        Span(100_002, 100_006),
    )


# None of them may keep a reader waiting: each took minutes once, or would never have ended.
@pytest.mark.parametrize(
    "text",
    [
        "A" + "." * 100_000 + "x",
        "A" + " " * 100_000 + "x",
        "1" * 100_000 + "x",
        "datum  " * 40 + "!",
        "1 (2)\n\n" * 20_000,
        "1 (2)\n\nPlan 2021\n\ntext går på.\n\n" * 5_000,
        "Namn\nTitel\n" * 20_000,
        "• punkt\n" * 20_000,
        "§ 1. Rubrik\n\n" * 20_000,
    ],
    ids=["dots", "spaces", "figures", "datum", "page headers", "parts", "names", "bullets", "§"],
)
def test_a_strange_text_has_an_outline_before_long(text: str) -> None:
    found = outline(text)
    for position in range(0, len(text), max(len(text) // 2_000, 1)):
        assert found.locator(Span(position, position + 1))


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("Rubrik\t12", True),
        ("Rubrik  3", True),
        ("Rubrik ... 7", True),
        ("Rubrik....7", True),
        ("Rubrik 25", False),
        ("Rubrik..7", False),
        ("Rubrik\t", False),
    ],
)
def test_a_line_of_a_table_of_contents_is_no_heading(line: str, listed: bool) -> None:
    assert [h.text for h in outline(f"{line}\n\ntext som går på.").headings] == (
        [] if listed else [healed(line)]
    )
