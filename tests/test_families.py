"""Families of questions: each with the state, and words that must and must not be in the answer.

What must be there is held against the documents by hand, not against the program.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from samverkan import content, knowledge, questions
from samverkan.errors import ContentError, ParameterError
from samverkan.forms import Form, filled, read
from samverkan.knowledge import Knowledge

REPORT_2020 = "Återrapport aktivitetsplan 2020"
REPORT_2025 = "Återrapport aktivitetsplan 2025"
MINUTES = "Samverkansnämndens protokoll 2021-02-19"

# question, state, what the answer must hold, what it must not
ASKED: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    # What an abbreviation stands for.
    ("vem ansvarar för prislistan 2025", "confirmed", ("Samverkansnämnden",), ("Ingen källa har",)),
    ("vad betyder NHV", "confirmed", ("nationell högspecialiserad vård", REPORT_2025), ()),
    ("Vad står RCC för?", "confirmed", ("Regionalt Cancercentrum", REPORT_2020, MINUTES), ()),
    ("what does DCD stand for", "confirmed", ("Donation after Circulatory Death",), ("står",)),
    # What a body is.
    ("vad är RBC", "last-known", ("centrum", "senast visat 2021-02-19", "§ 6"), ("2025",)),
    ("vad är RSG Hälsodata", "proposed", ("förslag", "speglar – NSG Hälsodata"), ("i arbete",)),
    ("what is RSG Hälsodata", "proposed", ("only tells of as a proposal",), ("at work",)),
    ("vad är NPO Akut vård", "last-known", ("Värd: Sjukvårdsregion Mellansverige",), ()),
    # Whether it exists, and since when.
    ("finns RSG Hälsodata", "proposed", ("Ingen källa säger att RSG Hälsodata har bildats",), ()),
    ("när bildades Effektivitetsdelegationen", "confirmed", ("2024-07-01",), ()),
    (
        "finns Samverkansnämnden",
        "last-known",
        ("2026-02-13", "Ingen källa säger när det bildades"),
        ("bildades 20",),
    ),
    ("finns Samverkansnämnden 2015", "not-covered", ("senast 2015-12-31",), ("finns:",)),
    # What it answers for, what it did.
    (
        "vad gjorde Upphandlingsgruppen 2025",
        "confirmed",
        ("genomför 2 aktiviteter", "välfärdsbrott"),
        ("ansvar",),
    ),
    (
        "vad ansvarar Upphandlingsgruppen för",
        "not-covered",
        ("Ingen källa säger att Upphandlingsgruppen", "ansvarig"),
        (),
    ),
    (
        "vad gjorde RCC 2020",
        "confirmed",
        ("medverkar i 4 aktiviteter", "det kan finnas fler"),
        ("ansvarar",),
    ),
    ("vem ansvarar för forskning", "not-covered", ("Ingen källa lägger ansvaret på någon",), ()),
    (
        "vem ansvarar för rymdfart",
        "not-covered",
        ("Ingen källa har någon aktivitet med orden ”rymdfart”",),
        (),
    ),
    (
        "vad blev det av hyrbemanning",
        "confirmed",
        ("två procent", "Stärkt samverkan för kompetensförsörjning › punkt 2"),
        (),
    ),
    (
        "vilka aktiviteter saknar ansvarig 2025",
        "confirmed",
        ("för 2025 saknar ansvarig", "Främja donationsverksamhet inom regionerna"),
        (),
    ),
    (
        "vad planerades om nära vård 2024",
        "confirmed",
        ("God och nära vård", "Aktivitetsplan 2024"),
        ("2025–2028",),
    ),
    ("vad planerades om rymdfart 2024", "not-covered", ("”rymdfart” för 2024",), ()),
    # Decisions, deadlines, meetings.
    (
        "vad beslutades i § 13",
        "confirmed",
        ("Nominering av Mikael Köhler till Beredningsgrupp 2", "2021-02-19", MINUTES),
        ("utsedd", "förordn"),
    ),
    ("vad beslutades i § 99", "not-covered", ("inget beslut i § 99",), ()),
    ("vad beslutade Samverkansnämnden om budget", "confirmed", ("budgetdirektiv 2022",), ()),
    ("vad beslutade Samverkansnämnden före 2021", "confirmed", ("2020-10",), ("2021-02-19",)),
    (
        "när ska budgetförslaget vara klart",
        "confirmed",
        ("2021-06-03", "2021-06-04", "Ledningsgruppen"),
        (),
    ),
    (
        "vilka deltog för Region Värmland vid Samverkansnämndens möte i februari 2021",
        "confirmed",
        ("Fredrik Larsson", "Marianne Utterdahl", "Ulric Andersson", "Mats Sandström"),
        ("Ola Karlsson",),
    ),
    (
        "var Ola Karlsson med på Samverkansnämndens möte 2021-02-19",
        "confirmed",
        ("ersättare för Region Örebro län", "underförstått"),
        (),
    ),
    (
        "vem undertecknade protokollet",
        "confirmed",
        ("Emilie Orring", "2021-02-26", "Andreas Svahn", "2021-02-22"),
        (),
    ),
    (
        "när möttes Samverkansnämnden 2021",
        "confirmed",
        ("ett möte med Samverkansnämnden som hållet: 2021-02-19", "Planerade", "2021-10-01"),
        ("hållet: 2021-10",),
    ),
    # Which bodies.
    ("vilka organ är vi värd för", "confirmed", ("4 organ", "NPO Akut vård", REPORT_2020), ()),
    (
        "vilka organ bildades 2025",
        "confirmed",
        ("RPO Donation", "kriskommunikation", "underförstått"),
        ("Hälsodata",),
    ),
    (
        "vilka nationella organ deltar vi i",
        "confirmed",
        ("Inera", "Huvudmannagruppen", "det kan finnas fler"),
        (),
    ),
    (
        "i vilka organ deltar kommunerna",
        "confirmed",
        ("RSG Patientsäkerhet", "RPO Psykisk hälsa", "det kan finnas fler"),
        ("RPO Donation",),
    ),
    ("vilka nätverk finns det", "confirmed", ("nära vård", "behöver inte nämna alla"), ()),
    # How many.
    (
        "hur många ledamöter har Samverkansnämnden",
        "confirmed",
        ("Tre ordinarie ledamöter per region", "Tre ersättare per region"),
        (),
    ),
    ("hur många sitter i Upphandlingsgruppen", "not-covered", ("Ingen källa säger",), ()),
    # What sources disagree on, which say so.
    ("vad är källorna oense om", "confirmed", ("21 saker",), ()),
    (
        "är källorna oense om beredningsgrupp 2",
        "confirmed",
        ("Två namn på sjukvårdsregionens representant", "§ 13 och § 14"),
        (),
    ),
    ("hur gammal är den nyaste källan om RBC", "confirmed", (MINUTES,), ("Äldre",)),
    # How they stand to each other.
    ("vad speglar RSG Hälsodata", "confirmed", ("NSG Hälsodata", "underförstått"), ()),
    ("vem rapporterar till Samverkansnämnden", "confirmed", ("Kunskapsstyrningsgruppen",), ()),
    ("vem finansierar RBC", "not-covered", ("Ingen källa",), ()),
    ("är BG2 samma som beredningsgrupp 2", "confirmed", ("ett och samma",), ("olika",)),
    (
        "är RSG Hälsodata samma som NSG Hälsodata",
        "confirmed",
        ("två olika organ", "nationell nivå"),
        ("ett och samma",),
    ),
]


@pytest.mark.parametrize(("question", "state", "there", "absent"), ASKED)
def test_a_question_of_a_family_is_answered(
    known: Knowledge,
    question: str,
    state: str,
    there: tuple[str, ...],
    absent: tuple[str, ...],
) -> None:
    answer = questions.ask(known, question)
    assert answer.state == state, answer.answer
    for words in there:
        assert words in answer.answer
    for words in absent:
        assert words not in answer.answer


@pytest.mark.parametrize("question", [question for question, *_rest in ASKED])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_sentence_and_the_findings_say_the_same(
    known: Knowledge, question: str, code: str
) -> None:
    answer = questions.ask(known, question, lang=code)
    told = answer.to_json()["findings"]
    if told:
        assert told[0]["state"] == answer.state
    else:
        assert answer.state in {"not-covered", "proposed"}
    counted = ("and " in answer.answer and " more" in answer.answer) or " till" in answer.answer
    for finding in told:
        assert finding["evidence"]
        assert finding["value"] in answer.answer or counted
        titles = {passage["title"] for passage in finding["evidence"]}
        assert counted or any(title in answer.answer for title in titles)


@pytest.mark.parametrize("question", [question for question, *_rest in ASKED])
def test_an_answer_never_shows_its_template(known: Knowledge, question: str) -> None:
    for code in ("sv", "en"):
        text = questions.ask(known, question, lang=code).answer
        assert not set("{}[]") & set(text), text
        assert "  " not in text
        assert "https://" not in text


@pytest.mark.parametrize(
    "question",
    [
        "din idiot",
        "vad är klockan nu igen då",
        "SELECT * FROM users; DROP TABLE users",
        "vad beslutades i § tretton och en halv",
        "Was ist die Samverkansnämnden",
        "qu'est-ce que le RBC",
        "finns",
        "vilka",
        "vad gjorde",
        "🙂 finns 🙂",
    ],
)
def test_what_is_no_question_of_ours_gets_no_answer(known: Knowledge, question: str) -> None:
    answer = questions.ask(known, question)
    assert answer.state in {"not-understood", "unknown-name"}, answer.answer
    assert not answer.facts
    assert not answer.findings


def test_a_name_of_several_is_asked_back(known: Knowledge) -> None:
    answer = questions.ask(known, "vilka var med på Samverkansnämndens möte i maj 1999")
    assert answer.state == "not-covered"
    answer = questions.ask(known, "vem var med på Samverkansnämndens möte")
    assert answer.state in {"confirmed", "ambiguous"}


def test_only_sources_that_were_known_are_told_of(known: Knowledge) -> None:
    answer = questions.ask(known, "vad är RSG Hälsodata", known_on="2024-01-01")
    assert answer.state == "not-covered"
    assert "2026" not in answer.answer


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("a[ för {b}]", {}, "a"),
        ("a[ för {b}]", {"b": "x"}, "a för x"),
        ("{a}[{b}]", {"a": "{b} [1]"}, "{b} [1]"),
    ],
)
def test_a_bracket_without_a_value_is_left_out(
    template: str, values: dict[str, str], text: str
) -> None:
    assert filled(template, values) == text


def test_a_place_that_nothing_fills_is_refused() -> None:
    told = {"cases": {"a": {"each": "{b}", "sv": "{items}", "en": "{items}"}}, "none": "-"}
    with pytest.raises(KeyError, match="b"):
        read(told, frozenset())
    assert isinstance(read(told, frozenset({"b"})), Form)


def test_a_family_is_a_file(tmp_path: Path) -> None:
    """Nothing but a file of ``queries/`` is needed for a new way to ask."""
    (tmp_path / "data" / "sources").mkdir(parents=True)
    for name in ("organizations.ttl", "people.ttl"):
        (tmp_path / "data" / name).write_text("")
    (tmp_path / "queries").mkdir()
    header = """#+ summary: a
#+ description: b
#+ samverkan:
#+   sv: {summary: a, description: b}
#+   parameters: {}
#+   questions: {sv: [är allt bra]}
#+   answer:
#+     cases: {a: {each: "x", sv: "{items}.", en: "{items}."}}
#+     none: {sv: Ingen källa säger det., en: No source says so.}
"""
    file = tmp_path / "queries" / "well.rq"
    file.write_text(header + "SELECT ?x WHERE { ?x ?y ?z }\n")
    names = content.find().queries[0] / "names.rq"
    (tmp_path / "queries" / "names.rq").write_text(names.read_text())
    answer = questions.ask(knowledge.load(tmp_path), "Är allt bra?")
    assert (answer.state, answer.answer) == ("not-covered", "Ingen källa säger det.")
    file.write_text(header.replace('each: "x"', 'each: "{w}"') + "SELECT ?x WHERE { ?x ?y ?z }\n")
    with pytest.raises(ContentError, match=r"well\.rq"):
        knowledge.load(tmp_path)


def test_a_number_that_is_none_is_no_paragraph(known: Knowledge) -> None:
    with pytest.raises(ParameterError):
        known.read("decided", {"paragraph": "tretton"})
