"""Questions in other words than any phrase has: what cues and names make of them, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan import catalogue, content, questions
from samverkan.answers import AMBIGUOUS, NOT_UNDERSTOOD
from samverkan.catalogue import Catalogue
from samverkan.errors import ContentError
from samverkan.knowledge import Knowledge
from samverkan.understanding import Understood, understand
from samverkan.ways import Cue

BG2 = "https://w3id.org/samverkan/id/organization/beredningsgrupp-2-nhv"
BOARD = "https://w3id.org/samverkan/id/organization/samverkansnamnden"
NOW = {"on_date": "", "known_on": ""}


def cue(needs: str, takes: str = "", code: str = "sv", **implied: str) -> Cue:
    """A cue with choices divided by blanks, and ``_`` for a blank in an alternative."""
    needed, taken = (
        tuple(tuple(choice.replace("_", " ").split("|")) for choice in told.split())
        for told in (needs, takes)
    )
    return Cue(code, needed, taken, implied)


CUES = {
    "representatives": (
        cue("vem|vilka", "har|sitter|satt|heter|ledamot|representant*"),
        cue("leder|haller_i_klubban", "vem", role="ordförande"),
        cue("who", "have|sits|sat", code="en"),
    ),
    "roles": (cue("uppdrag", "vilka"),),
    "planned": (cue("planer* tank*", "vad"),),
    "about": (cue("gruppen vad"),),
    "decided": (cue("paragraf_{paragraph}|§_{paragraph}", "vad|sa|hande"),),
}


@pytest.fixture(scope="module")
def cued(known: Knowledge) -> Knowledge:
    """The bundled knowledge, asked by the cues of these tests only."""
    queries = {
        query.name: replace(query, phrases=(), cues=CUES.get(query.name, ()))
        for query in known.catalogue
    }
    words = {code: known.catalogue.words(code) for code in ("sv", "en")}
    return replace(known, catalogue=Catalogue(queries, words))


def read(knowledge: Knowledge, question: str) -> tuple[str, dict[str, str]] | None:
    """The query that *question* is read as, and its parameters but the day."""
    understood = understand(knowledge, question, NOW)
    if not isinstance(understood, Understood):
        return None
    terms = understood.reading.terms
    values = {name: term.value for name, term in terms.items() if name != "on_date"}
    return understood.reading.query.name, values


def test_the_order_of_the_words_does_not_matter(cued: Knowledge) -> None:
    for order in permutations(["vem", "har vi", "i BG2", "egentligen"]):
        found = read(cued, " ".join(order))
        assert found is not None, order
        assert found[0] == "representatives"
        assert found[1]["body"] == BG2
        assert found[1]["represents"].endswith("sjukvardsregion-mellansverige")


@pytest.mark.parametrize(
    "question",
    [
        "vem i BG2 röstade emot",
        "vem sitter inte i BG2",
        "vem sitter i BG2 4",
        "vem betalar BG2",
        "who never sits on BG2",
        "vem sitter",
        "har vi BG2",
    ],
)
def test_a_question_with_a_word_that_nothing_explains_is_not_read(
    cued: Knowledge, question: str
) -> None:
    assert read(cued, question) is None
    assert questions.ask(cued, question).state == NOT_UNDERSTOOD


@given(word=st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=9, max_size=12))
def test_no_other_word_is_passed_over(cued: Knowledge, word: str) -> None:
    found = read(cued, f"vem sitter {word} i BG2")
    assert found is None or found[1].keys() - {"body"}


def test_of_two_bodies_the_region_is_the_one_that_is_represented(cued: Knowledge) -> None:
    for question in (
        "vilka har Region Värmland i Samverkansnämnden",
        "i Samverkansnämnden, vilka sitter för Värmland",
        "who sits for Region Värmland in Samverkansnämnden",
    ):
        found = read(cued, question)
        assert found is not None
        assert found[1]["body"] == BOARD, question
        assert found[1]["represents"].endswith("region-varmland"), question


def test_a_long_name_is_not_read_as_the_short_one_in_it(cued: Knowledge) -> None:
    found = read(cued, "vem heter ledamot i Nämnden för nationell högspecialiserad vård")
    assert found is not None
    assert found[1]["body"].endswith("namnden-for-nationell-hogspecialiserad-vard")
    assert found[1]["role"].endswith("role/member")


def test_a_thing_may_be_named_twice(cued: Knowledge) -> None:
    found = read(cued, "vem har vi i BG2, Beredningsgrupp 2 nämligen beredningsgrupp2")
    assert found is None  # “nämligen” is no plain word
    found = read(cued, "vem har vi i BG2, alltså Beredningsgrupp 2")
    assert found is not None
    found = read(cued, "vem har vi i BG2 (Beredningsgrupp 2)")
    assert found is not None
    assert found[1]["body"] == BG2


def test_what_a_cue_implies_is_asked(cued: Knowledge) -> None:
    found = read(cued, "vem är det som håller i klubban i Ledningsgruppen")
    assert found is not None
    assert found[1]["role"].endswith("role/chair")


def test_a_letter_may_be_wrong_in_names_and_long_words(cued: Knowledge) -> None:
    for question in (
        "vem sitter i Berednignsgrupp 2",
        "vem är represnetant i BG2",
        "vilka uppdrga har Wittgren",
    ):
        assert read(cued, question) is not None, question
    assert read(cued, "vem satter i BG2") is None
    assert read(cued, "vem sitter i Beredningsgrupp 3") is None


def test_a_name_of_several_is_asked_back(cued: Knowledge) -> None:
    answer = questions.ask(cued, "vem har Värmland i nämnden")
    assert answer.state == AMBIGUOUS
    assert len(answer.alternatives) > 1
    assert all("vem har Värmland i " in each.question for each in answer.alternatives)


def test_a_time_may_stand_anywhere(cued: Knowledge) -> None:
    for question in ("vem satt den 19 februari 2021 i BG2", "2021-02-19, vem satt i BG2"):
        understood = understand(cued, question, NOW)
        assert isinstance(understood, Understood)
        assert understood.reading.on_date == date(2021, 2, 19)
    answer = questions.ask(cued, "before 2021, who sat on BG2")
    assert answer.on_date == date(2020, 12, 31)


def test_a_figure_goes_into_its_place(cued: Knowledge) -> None:
    for question in ("vad sa man i paragraf 7", "vad hände i § 7"):
        found = read(cued, question)
        assert found is not None
        assert found[0] == "decided"
        assert "7" in found[1].values()


def test_the_words_left_are_the_text_that_is_looked_for(cued: Knowledge) -> None:
    understood = understand(cued, "vad tänkte planerarna om nära vård och donation", NOW)
    assert isinstance(understood, Understood)
    assert understood.said == {"subject": "nära vård och donation"}
    assert read(cued, "nära vad tänkte planerarna vård") is None


def test_a_word_that_asks_is_no_word_of_a_text(cued: Knowledge) -> None:
    assert read(cued, "vad tänkte planerarna om vilka") is None


def test_a_text_does_not_reach_over_a_verb_that_opens_a_question(cued: Knowledge) -> None:
    assert read(cued, "vad tänkte planerarna donation har vård") is None
    assert read(cued, "vad har planerarna tänkt donation vård") is not None


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("vem har vi i BG2, och hur länge har den personen suttit där?", "vem har vi i BG2"),
        ("Jag är ny i nämnden. Vem sitter i BG2?", "Vem sitter i BG2?"),
        ("Vem sitter i BG2? Tack för hjälpen!", "Vem sitter i BG2?"),
        ("who sits on BG2, or was it never filled?", "who sits on BG2"),
        ("Hej på er! vem sitter i BG2 och vad är klockan", "vem sitter i BG2"),
    ],
)
def test_a_part_is_answered_alone_and_the_answer_says_so(
    cued: Knowledge, question: str, part: str
) -> None:
    understood = understand(cued, question, NOW)
    assert isinstance(understood, Understood)
    assert understood.part == part
    answer = questions.ask(cued, question)
    assert answer.interpretation is not None
    assert part.rstrip("?") in answer.interpretation.text


@pytest.mark.parametrize(
    "question",
    [
        "vem sitter i BG2, och hur länge har Wittgren suttit där?",
        "vem sitter i BG2, och vem betalar ordföranden?",
        "vem sitter i BG2 och vem betalade 2020",
        "vem sitter i BG2 och vem betalade förra året",
        "Jag jobbar i Upphandlingsgruppen. Vem sitter i BG2?",
        "vem sitter i BG2 och är emot det",
        "vem betalar BG2, och hur mycket?",
    ],
)
def test_no_part_is_answered_alone_where_a_name_or_a_time_would_be_lost(
    cued: Knowledge, question: str
) -> None:
    assert not isinstance(understand(cued, question, NOW), Understood)


def test_the_words_of_a_text_do_not_go_on_with_another_request(known: Knowledge) -> None:
    understood = understand(known, "vad beslutades om budgeten och hur gick det?", NOW)
    assert isinstance(understood, Understood)
    assert understood.said["subject"] == "budgeten"


def test_a_plain_word_alone_is_no_name_of_a_body(cued: Knowledge) -> None:
    assert read(cued, "vem har vi") is None


def test_a_word_in_a_name_is_not_the_word_that_is_needed(cued: Knowledge) -> None:
    assert read(cued, "vad Arbetsgruppen mot välfärdsbrottslighet") is None


def test_names_over_and_over_are_given_up(cued: Knowledge) -> None:
    """Each may be in either place: all ways of 25 names are more than can be tried."""
    assert read(cued, "vem har " + "BG2 " * 25 + "xyzzy") is None
    assert read(cued, "vem har " + "BG2 " * 22 + "Ledningsgruppen Forskningsrådet") is None


def test_what_is_very_long_is_no_question(cued: Knowledge) -> None:
    assert read(cued, "vem sitter i BG2 " + "det " * 80) is None


def test_a_day_beside_the_question_is_no_other_than_that_in_it(cued: Knowledge) -> None:
    times = {"on_date": "2020-01-01", "known_on": ""}
    assert understand(cued, "2021-02-19, vem satt i BG2", times) is None
    times = {"on_date": "2021-02-19", "known_on": ""}
    assert isinstance(understand(cued, "2021-02-19, vem satt i BG2", times), Understood)


HEADER = """#+ summary: a
#+ description: b
#+ samverkan:
#+   sv: {summary: c, description: d}
#+   parameters: {body: {sv: e, en: f}}
#+   cues: {sv: [%s]}
SELECT * WHERE { ?s ?p ?_body_iri }
"""


@pytest.mark.parametrize(
    "entry",
    [
        "{takes: [vem]}",
        "{needs: []}",
        "{needs: ['vem|']}",
        "{needs: vem}",
        "{needs: [vem], with: {nobody: x}}",
        "{needs: ['{nobody}']}",
        "{needs: [vem], uses: [x]}",
        "vem",
    ],
)
def test_a_broken_cue_names_its_file(tmp_path: Path, entry: str) -> None:
    (tmp_path / "queries").mkdir()
    file = tmp_path / "queries" / "broken.rq"
    file.write_text(HEADER % entry)
    with pytest.raises(ContentError, match=r"broken\.rq"):
        catalogue.load(content.find(tmp_path))
    file.write_text(HEADER % "{needs: [vem|vilka], takes: [är], with: {body: BG2}}")
    assert catalogue.load(content.find(tmp_path))["broken"].cues[0].needs == (("vem", "vilka"),)


@pytest.mark.parametrize(
    "text",
    [
        "sv: {plain: a}",
        "[",
        "fi: {plain: a, asking: d, joining: e, opening: f, ours: b, party: c}",
        "sv: a",
    ],
)
def test_a_broken_list_of_words_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "queries").mkdir()
    file = tmp_path / "queries" / "words.yaml"
    file.write_text(text)
    with pytest.raises(ContentError, match=r"words\.yaml"):
        catalogue.load(content.find(tmp_path))
    whole = "{plain: det, asking: vem, joining: och, opening: är, ours: mig, party: jag}"
    file.write_text(f"sv: {whole}\nen: {whole}\n")
    assert catalogue.load(content.find(tmp_path)).words("sv").party == "jag"
