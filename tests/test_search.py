"""Things are found as one types their names, the likeliest first."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

import small
from samverkan import knowledge, questions, search
from samverkan.answers import AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME
from samverkan.cli import main
from samverkan.errors import InputError, ParameterError
from samverkan.language import CODES, language
from samverkan.lookup import Entry, Lookup, Rank
from samverkan.match import Match
from samverkan.search import Hit

BG2 = "Beredningsgrupp 2 för nationell högspecialiserad vård"
NHV = "Nämnden för nationell högspecialiserad vård"
PAGE = {"Accept": "text/html"}
ASIDES = {"attendance", "claim", "membership", "outcome", "post", "relation", "responsibility"}
BUNDLED = knowledge.load()


def hits(text: str, code: str = "sv", kind: str | None = None, limit: int = 20) -> tuple[Hit, ...]:
    return search.search(BUNDLED, text, language(code), kind=kind, limit=limit).hits


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Every label, and the IRI of what bears it."""
    text = (
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?s ?l { ?s skos:prefLabel ?l }"
    )
    rows = BUNDLED.dataset.engine.query(text)
    return tuple(sorted((row["l"].value, row["s"].value) for row in rows))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "label", "match"),
    [
        ("upphandlings", "Upphandlingsgruppen", "prefix"),
        ("Upphandlingsgruppens", "Upphandlingsgruppen", "declined"),
        ("upphanldingsgr", "Upphandlingsgruppen", "misspelt"),
        ("kohler", "Mikael Köhler", "word-prefix"),
        ("köhlre", "Mikael Köhler", "misspelt"),
        ("hakan wit", "Håkan Wittgren", "prefix"),
        ("wittgrens håkan", "Håkan Wittgren", "words"),
        ("bg2", BG2, "exact"),
        ("BG 2", BG2, "exact"),
        ("beredningsgrupp2:s", BG2, "declined"),
        ("nhv-nämnden", NHV, "exact"),
        ("orebro", "Region Örebro län", "exact"),
        ("2021-02-19", "Samverkansnämndens möte 2021-02-19", "word-prefix"),
        ("näral vård", "Arbetsgruppen för God och nära vård", "misspelt"),
        ("masskade", "Arbetsgruppen för samverkan vid masskadehändelser", "prefix"),
    ],
)
def test_the_first_hit_is_what_was_meant(typed: str, label: str, match: str) -> None:
    first = hits(typed)[0]
    assert (first.label, first.match) == (label, match)


def test_what_fits_better_comes_first_and_what_tells_of_others_last() -> None:
    found = hits("upphandling", limit=50)
    asides = [hit.kind in ASIDES for hit in found]
    assert any(asides)
    assert asides == sorted(asides)
    order = [rank.code for rank in Rank]
    ranks = [order.index(hit.match) for hit in found[: asides.index(True)]]
    assert ranks == sorted(ranks)


def test_bodies_and_people_come_before_others_that_fit_as_well() -> None:
    sought = [hit.kind in {"organization", "person"} for hit in hits("gruppen", limit=50)]
    words = [s for s, hit in zip(sought, hits("gruppen", limit=50), strict=True) if of_words(hit)]
    assert words[0]
    assert words == sorted(words, reverse=True)


def of_words(hit: Hit) -> bool:
    return hit.match == Rank.WORDS.code


def test_a_word_finds_activities_and_sources_too() -> None:
    assert {"activity", "source", "focus-area"} <= {hit.kind for hit in hits("prislista")}
    assert all("prislista" in (hit.matched or hit.label).lower() for hit in hits("prislista"))


def test_an_abbreviation_finds_its_words_and_its_bodies() -> None:
    found = hits("nhv")
    assert (found[0].kind, found[0].matched) == ("term", "NHV")
    assert NHV in {hit.label for hit in found}


def test_a_day_finds_meeting_minutes_and_decisions_of_it() -> None:
    assert {"meeting", "source"} <= {hit.kind for hit in hits("2021-02-19")}


def test_figures_are_not_guessed() -> None:
    assert hits("Beredningsgrupp 3") == ()
    assert hits("2021-02-29") == ()


def test_a_hit_says_which_name_fits_where_that_is_not_its_label() -> None:
    assert hits("bg2")[0].matched in {"BG2", "BG 2"}
    assert hits("kohler")[0].matched is None


@pytest.mark.parametrize(
    ("typed", "code", "sort", "hint"),
    [
        ("bg2", "sv", "organ", "beredningsgrupp · Återrapport aktivitetsplan 2025"),
        ("bg2", "en", "body", "preparatory group · Återrapport aktivitetsplan 2025"),
        (
            "jonas claesson",
            "sv",
            "person",
            "ordförande · Ledningsgruppen · belagd i Budgetdirektiv gemensamt finansierade"
            " verksamheter 2022",
        ),
        (
            "Utarbeta sjukvårdsregional prislista 2025",
            "sv",
            "aktivitet",
            "2024 · Aktivitetsplan 2024",
        ),
        ("Mötets avslutande", "sv", "paragraf", "§ 18 · Samverkansnämndens möte 2021-02-19"),
        ("Samverkansnämndens protokoll 2021-02-19", "en", "source", "minutes · 2021-02-19"),
        ("chair", "en", "role", "Leads a body and its meetings."),
    ],
)
def test_a_hit_says_its_kind_and_what_tells_it_from_others(
    typed: str, code: str, sort: str, hint: str
) -> None:
    assert (sort, hint) in [(hit.sort, hit.hint) for hit in hits(typed, code)]


def test_a_hint_does_not_make_an_appointment_of_a_nomination(tmp_path: Path) -> None:
    small.write(tmp_path, [small.Source(2024).says("anna", status="nominated")])
    first = search.search(knowledge.load(tmp_path), "anna", language("sv")).hits[0]
    assert first.hint == "representant · Rådet · nominerad i Protokoll 2024"


def test_of_two_roles_the_hint_tells_the_newest(tmp_path: Path) -> None:
    older = small.Source(2023).says("anna", role="chair")
    newer = small.Source(2024).says("anna", role="member").says("anna", status="nominated")
    small.write(tmp_path, [older, newer])
    first = search.search(knowledge.load(tmp_path), "anna berg", language("en")).hits[0]
    assert first.hint == "member · The Council · attested in Protokoll 2024"


@given(st.sampled_from(names()))
def test_every_label_finds_its_thing_first_or_among_equals(named: tuple[str, str]) -> None:
    label, iri = named
    if len(label) > search.MAX_CHARACTERS:
        return
    best = [hit for hit in hits(label, limit=50) if hit.match == Rank.EXACT.code]
    assert iri in {hit.iri for hit in best}


@given(st.sampled_from(names()), st.data())
def test_what_is_typed_so_far_finds_something(named: tuple[str, str], data: st.DataObject) -> None:
    label, _iri = named
    begun = label[: data.draw(st.integers(1, min(len(label), search.MAX_CHARACTERS)))]
    if any(character.isalnum() for character in begun):
        assert hits(begun)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered_or_refused(text: str) -> None:
    with suppress(InputError):
        found = search.search(BUNDLED, text, language("sv"), limit=5).hits
        assert len({hit.iri for hit in found}) == len(found) <= 5


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "—", "😀", "a" * 201, "\x00a", "\ud800a", "\U000e0001"),
    ],
)
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        hits(text)


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE bodies; --",
        "<script>alert(1)</script>",
        "> } SELECT * { ?s ?p ?o",
        "((((((((((a",
        "%s %d {x}",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö 1 2 3 4 5 6 7 8 9 0",
        "x " * 100,
        "².½①",
    ],
)
def test_hostile_text_is_text(client: FlaskClient, text: str) -> None:
    told = client.get("/search", query_string={"q": text}, headers=PAGE)
    assert told.status_code == 200
    assert "<script>alert" not in told.text


def test_only_things_of_a_kind_are_found_where_that_is_asked_for() -> None:
    assert {hit.kind for hit in hits("prislista", kind="activity")} == {"activity"}
    assert {hit.kind for hit in hits("ordf", kind="role")} == {"role"}
    with pytest.raises(ParameterError, match="organization"):
        hits("prislista", kind="thing")


@pytest.mark.parametrize("code", CODES)
def test_every_suggested_question_is_understood_as_being_about_the_hit(code: str) -> None:
    things = [thing for kind in ("Organization", "Person") for thing in of_kind(kind)]
    asked = 0
    for thing in things[::7]:
        found = search.search(BUNDLED, BUNDLED.names.label(thing.iri, code), language(code))
        if found.hits[0].iri != thing.iri:
            continue
        for question in found.questions:
            answer = questions.ask(BUNDLED, question, lang=code)
            assert answer.state not in {AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME}, question
            assert answer.interpretation
            assert thing.iri in answer.interpretation.parameters.values(), question
            asked += 1
    assert asked > 10


def of_kind(name: str) -> tuple[Match, ...]:
    namespace = {
        "Organization": "http://www.w3.org/ns/org#",
        "Person": "http://xmlns.com/foaf/0.1/",
    }[name]
    return BUNDLED.names.of_kind(namespace + name)


def test_where_nothing_is_found_the_examples_are_told() -> None:
    found = search.search(BUNDLED, "qwertyuiop", language("sv"))
    assert found.hits == ()
    assert "vem representerar oss i Beredningsgrupp 2" in found.questions


def test_the_pages_of_hits_open(client: FlaskClient) -> None:
    pages = {hit.kind: hit.path for text in "abdefhkmoprsuv" for hit in hits(text, limit=50)}
    pages |= {k: hit.path for k in search.kinds(BUNDLED, language("sv")) for hit in hits_of(k)}
    assert set(pages) == set(search.kinds(BUNDLED, language("sv")))
    for path in pages.values():
        assert client.get(path, headers=PAGE, follow_redirects=True).status_code == 200, path


def hits_of(kind: str) -> tuple[Hit, ...]:
    found = (hits(letter, kind=kind, limit=1) for letter in "abcdefghijklmnopqrstuvwxyz0123456789")
    return next(filter(None, found))


def test_json_and_page_have_the_same_hits(client: FlaskClient) -> None:
    told = client.get("/search?q=upphandl&limit=3")
    assert told.mimetype == "application/json"
    assert told.get_json() == client.get("/search.json?q=upphandl&limit=3").get_json()
    labels = [hit["label"] for hit in told.get_json()["hits"]]
    assert len(labels) == 3
    page = client.get("/search?q=upphandl&limit=3", headers=PAGE).text
    assert all(label in page for label in labels)


@pytest.mark.parametrize("address", ["/search", "/search?q=", "/search?q=%20", "/search.json"])
def test_without_a_text_data_is_refused(client: FlaskClient, address: str) -> None:
    told = client.get(address)
    assert told.status_code == 400
    assert told.get_json()["parameter"] == "q"


def test_the_page_without_a_text_is_the_form(client: FlaskClient) -> None:
    told = client.get("/search", headers=PAGE)
    assert told.status_code == 200
    assert 'name="q"' in told.text
    assert client.get("/search?q=", headers=PAGE).status_code == 400
    assert client.get("/search", query_string={"q": "a" * 300}, headers=PAGE).status_code == 400


@pytest.mark.parametrize(
    "wrong", ["limit=0", "limit=51", "limit=x", "kind=x", "on_date=2021", "q=b"]
)
def test_a_wrong_parameter_is_not_passed_over(client: FlaskClient, wrong: str) -> None:
    assert client.get(f"/search?q=a&{wrong}").status_code == 400


def test_the_page_runs_its_own_script_and_no_other(client: FlaskClient) -> None:
    policy = client.get("/search", headers=PAGE).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_command_line_finds_and_says_where_it_is() -> None:
    told = CliRunner().invoke(main, ["search", "kohler", "--limit", "1"])
    assert told.exit_code == 0
    assert "Mikael Köhler (person)  person:mikael-kohler" in told.output
    assert "samverkan ask 'vem är Mikael Köhler'" in told.output
    told = CliRunner().invoke(main, ["search", "nära", "vård", "--format", "json", "--lang", "en"])
    assert json.loads(told.output)["hits"][0]["kind_label"] == "theme"


def test_the_command_line_ends_with_one_where_nothing_is_found() -> None:
    told = CliRunner().invoke(main, ["search", "qwertyuiop"])
    assert told.exit_code == 1
    assert "Inget i grafen heter så." in told.output
    assert CliRunner().invoke(main, ["search", "—"]).exit_code == 2


NAMES = st.lists(st.text("abå ", min_size=1, max_size=12).filter(str.strip), max_size=12)


@given(NAMES, st.text("abå ", min_size=1, max_size=6))
def test_better_ranks_come_first_whatever_the_names(called: list[str], typed: str) -> None:
    lookup = Lookup(Entry(name, "thing", name) for name in called)
    ranks = [found.rank for found in lookup.find(typed, 20)]
    assert ranks == sorted(ranks)


@given(NAMES, st.text("abå ", min_size=1, max_size=6), st.integers(1, 12))
def test_fewer_hits_are_the_first_of_more(called: list[str], typed: str, limit: int) -> None:
    lookup = Lookup(Entry(name, "thing", name) for name in called)
    assert lookup.find(typed, limit) == lookup.find(typed, 12)[:limit]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("donationsråd", "Rådet för donation"),
        ("råd", "Samverkansrådet"),
        ("nätvrek", "Nätverk för vård"),
        ("utvecklnig", "Utvecklingsgruppen"),
        ("ahlbreg", "Anna Ahlberg"),
        ("nilson", "Bo Nilsson"),
        ("för", "Föreningen"),
    ],
)
def test_compounds_and_slips_are_seen_through(typed: str, name: str) -> None:
    others = ["Donationsplanen", "Ledningsgruppen", "Karin Lund", "Styrelsen"]
    lookup = Lookup(Entry(each, "thing", each) for each in [name, *others])
    assert lookup.find(typed, 5)[0].entry.name == name
