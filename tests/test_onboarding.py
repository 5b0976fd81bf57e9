"""The pack for who is new: nothing in it that no passage says, and nothing stronger than that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from rdflib import FOAF, ORG, RDF, Literal
from werkzeug.test import TestResponse

import small
from graphs import ID, OA, SMV, data
from samverkan.cli import main
from samverkan.isolation import Limits
from samverkan.onboarding.markdown import escaped
from samverkan.web import Settings, create_app

BG2 = "/onboarding/organization/beredningsgrupp-2-nhv"
BOARD = "/onboarding/organization/samverkansnamnden"
WHOLE = "/onboarding/organization/sjukvardsregion-mellansverige"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TODAY = {"on_date": "2026-11-29"}
NAME = "Beredningsgrupp 2 för nationell högspecialiserad vård"
MOST_BYTES = 100_000
HOSTILE = {
    "p0": "<script>alert(1)</script>",
    "p1": "[klicka](javascript:alert(1)) ![x](http://example.org/x.png) www.example.org",
    "p2": "*fet* _kursiv_ `kod` # rubrik\n# rubrik\n\n- punkt",
    "p3": "1. a https://example.org/ <b>x</b> &amp; a@example.org ~~x~~ | $x$ \\",
    "p4": "+ plus \u202e vänd \x07",
    "anna": "- 2021-02-19) {{ 7 * 7 }} ===",
}


def told(client: FlaskClient, path: str, **asked: str) -> dict[str, Any]:
    response = client.get(f"{path}.json", query_string=TODAY | asked)
    assert response.status_code == 200, response.text
    pack: dict[str, Any] = response.get_json()
    return pack


def section(pack: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in pack["sections"] if each["name"] == name)


def statements(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [statement for group in part["groups"] for statement in group["statements"]]


def all_statements(pack: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for part in pack["sections"] for each in statements(part)]


def words(part: dict[str, Any]) -> str:
    """All that a section says."""
    listed = [f"{s['text']} ({s['where']})" for s in statements(part)]
    return "\n".join([part["told"], part["silence"], *(g["lead"] for g in part["groups"]), *listed])


def passages_of_the_data() -> set[tuple[str, str, int, int]]:
    """Source, locator, start and end of each span of evidence, as the files have them."""
    graph = data()
    found = set()
    for evidence, source in graph.subject_objects(OA.hasSource):
        for locator in graph.objects(evidence, SMV.locator):
            for selector in graph.objects(evidence, OA.hasSelector):
                span = (graph.value(selector, OA[end]) for end in ("start", "end"))
                start, end = (int(str(number)) for number in span)
                found.add((str(source), str(locator), start, end))
    return found


def everybody() -> list[str]:
    """The addresses of the packs of all bodies and people."""
    graph = data()
    found = {*graph.subjects(ORG.classification), *graph.subjects(RDF.type, FOAF.Person)}
    kinds = tuple(str(ID[kind]) for kind in ("organization/", "person/"))
    iris = sorted(str(iri) for iri in found if str(iri).startswith(kinds))
    return ["/onboarding/" + iri.removeprefix(str(ID)) for iri in iris]


# ---------- What is in it ----------


def test_the_pack_of_a_body_has_all_that_a_new_member_wants_to_know(client: FlaskClient) -> None:
    pack = told(client, BG2)
    assert (
        pack["title"] == "Introduktion till Beredningsgrupp 2 för nationell högspecialiserad vård"
    )
    assert [part["name"] for part in pack["sections"]] == [
        *("about", "place", "people", "work", "counterpart", "decisions", "tasks", "words", "ask"),
        *("unknown", "disagreements"),
    ]
    assert "beredningsgrupp, som källan visar i arbete" in words(section(pack, "about"))
    place = words(section(pack, "place"))
    assert "en del av Socialstyrelsen (senast visat 2021-02-19: " in place
    assert "en del av Nämnden för nationell högspecialiserad vård (senast visat" in place
    assert "medverkar i ”Stödja arbetet med nationell nivåstrukturering”" in words(
        section(pack, "work")
    )
    assert "Ingen källa säger vad som motsvarar" in section(pack, "counterpart")["silence"]
    tasks = words(section(pack, "tasks"))
    assert "Behandla 12 nya diagnoser i november 2021, senast 2021-11 (" in tasks
    assert "bättre underlag; ingen källa ger någon sista dag (" in tasks
    assert "Ingen källa namnger någon ordförande" in section(pack, "ask")["silence"]
    assert "på vilken nivå det arbetar och vem som är ordförande" in words(section(pack, "unknown"))
    assert len(statements(section(pack, "disagreements"))) == 2
    assert [(each["title"], each["places"]) for each in pack["reading"]] == [
        (
            "Återrapport aktivitetsplan 2025",
            "Nationell och sjukvårdsregional nivåstrukturering › punkt 1 och 2",
        ),
        ("Samverkansnämndens protokoll 2021-02-19", "§ 13 och § 14"),
    ]


def test_who_is_nominated_is_listed_as_nominated_and_who_is_attested_as_last_known(
    client: FlaskClient,
) -> None:
    people = section(told(client, BG2), "people")
    listed = {each["text"].partition(",")[0]: each for each in statements(people)}
    assert listed["Mikael Köhler"]["state"] == "nominated"
    assert "nominerad 2021-02-19 av Samverkansnämnden" in listed["Mikael Köhler"]["text"]
    assert listed["Mikael Köhler"]["where"] == "§ 13"
    assert listed["Håkan Wittgren"]["state"] == "last-known"
    assert "senast belagd 2021-02-19" in listed["Håkan Wittgren"]["text"]
    assert "ingen källa säger att det ledde till ett förordnande" in people["told"]


def test_words_are_explained_where_they_occur_and_no_others(client: FlaskClient) -> None:
    pack = told(client, BG2)
    explained = [each["text"].partition(":")[0] for each in statements(section(pack, "words"))]
    assert explained == ["DSD", "NHV"]
    others = "\n".join(words(part) for part in pack["sections"] if part["name"] != "words")
    for abbreviation in explained:
        assert re.search(rf"\b{abbreviation}\b", others)


def test_a_regions_own_members_come_first_in_its_pack(client: FlaskClient) -> None:
    pack = told(client, BOARD, **{"for": "Region Värmland"})
    assert pack["title"] == "Introduktion till Samverkansnämnden, för Region Värmland"
    assert pack["for"]["iri"] == str(ID["organization/region-varmland"])
    people = section(pack, "people")
    first, others = people["groups"][0], people["groups"][1:]
    assert first["lead"].startswith("För Region Värmland · senast belagd 2021-02-19")
    assert {"Fredrik Larsson, ledamot", "Mats Sandström, ersättare"} <= {
        each["text"] for each in first["statements"]
    }
    assert not any("Värmland" in group["lead"] for group in others)
    assert "som ledamöter för Region Värmland" in people["told"]


def test_the_chair_is_asked_with_what_is_only_read_into_it(client: FlaskClient) -> None:
    chair, secretary = statements(section(told(client, BOARD), "ask"))
    assert chair["text"].startswith("Andreas Svahn, ordförande – Ordföranden nämns aldrig")
    assert chair["where"].startswith("underförstått")
    assert secretary["text"].startswith("Eva-Lena Aspetorp, sekreterare")
    assert "senast belagd 2021-02-19" in section(told(client, BOARD), "ask")["groups"][0]["lead"]


def test_the_pack_of_a_person(client: FlaskClient) -> None:
    pack = told(client, "/onboarding/person/mikael-kohler")
    held = {each["state"]: each["text"] for each in statements(section(pack, "seats"))}
    assert held["nominated"].startswith("Representant för Sjukvårdsregion Mellansverige i")
    assert held["last-known"].startswith("Hälso- och sjukvårdsdirektör i Region Uppsala")
    assert "gäst" in words(section(pack, "meetings"))
    assert "Nominering av Mikael Köhler" in words(section(pack, "decisions"))
    assert "ingen källa säger hur det gick med nomineringen" in words(section(pack, "unknown"))


def test_the_pack_of_a_region_and_of_the_collaboration_says_where_they_sit(
    client: FlaskClient,
) -> None:
    region = told(client, "/onboarding/organization/region-orebro-lan")
    assert "ingående region i Sjukvårdsregion Mellansverige" in words(section(region, "place"))
    there = section(region, "represented")
    assert there["groups"][0]["lead"].startswith("Samverkansnämnden · senast belagd")
    assert "Ola Karlsson, ersättare" in words(there)
    assert not any(part["name"] == "counterpart" for part in region["sections"])

    whole = told(client, WHOLE)
    states = {
        each["text"].partition(",")[0]: each for each in statements(section(whole, "represented"))
    }
    assert states["Mikael Köhler"]["state"] == "nominated"
    assert "är värd för NPO Akut vård, NPO Hjärta- och kärlsjukdomar" in words(
        section(whole, "place")
    )


def test_a_group_that_is_only_proposed_is_told_of_as_a_proposal(client: FlaskClient) -> None:
    pack = told(client, "/onboarding/organization/rsg-halsodata")
    assert "bara tar upp som ett förslag" in words(section(pack, "about"))
    mirror = words(section(pack, "counterpart"))
    assert "RSG Hälsodata speglar NSG Hälsodata – Föreslaget: gruppen är inte bildad" in mirror
    assert "underförstått" in mirror


# ---------- Nothing in it that no passage says ----------


def test_every_statement_of_every_pack_rests_on_a_passage(client: FlaskClient) -> None:
    there = passages_of_the_data()
    paths = everybody()
    assert len(paths) > 150
    for path in paths:
        pack = told(client, path)
        for statement in all_statements(pack):
            cited = {
                (each["source"], each["locator"], each["start"], each["end"])
                for each in statement["evidence"]
            }
            assert statement["where"], (path, statement["text"])
            assert cited, (path, statement["text"])
            assert cited <= there, (path, statement["text"])


def test_the_largest_pages_are_small(client: FlaskClient) -> None:
    for path in (BG2, BOARD, WHOLE):
        page = client.get(path, query_string=TODAY, headers=BROWSER)
        assert page.status_code == 200
        assert len(page.data) < MOST_BYTES, path


def test_no_seat_is_held_today_that_no_source_shows_for_today(client: FlaskClient) -> None:
    for path in (BG2, BOARD, "/onboarding/person/petri-olivius"):
        for part in told(client, path)["sections"]:
            if part["name"] in {"people", "seats", "ask"}:
                assert "confirmed" not in {each["state"] for each in statements(part)}
    then = told(client, BOARD, on_date="2021-02-19")
    assert "confirmed" in {each["state"] for each in statements(section(then, "people"))}


def test_a_body_of_which_nothing_was_known_has_an_honest_pack(client: FlaskClient) -> None:
    pack = told(client, BG2, known_on="2020-12-31")
    assert pack["basis"].endswith("Ingen källa som då var känd berättar om det.")
    assert pack["reading"] == []
    assert all_statements(pack) == []
    assert "Ingen källa som var känd 2020-12-31 nämner" in section(pack, "people")["told"]
    for name in ("about", "place", "work", "decisions"):
        assert section(pack, name)["silence"].startswith("Ingen källa")


def test_what_was_known_later_is_not_in_the_pack_of_a_day(client: FlaskClient) -> None:
    pack = told(client, BG2, known_on="2021-02-19")
    assert {each["title"] for each in pack["reading"]} == {
        "Samverkansnämndens protokoll 2021-02-19"
    }
    assert pack["basis"].startswith("Per 2026-11-29, enligt det som var känt 2021-02-19.")


# ---------- How it is asked for ----------


def test_the_pack_comes_as_a_page_as_markdown_and_as_json(client: FlaskClient) -> None:
    for accept, kind in (
        (BROWSER["Accept"], "text/html"),
        ("text/markdown", "text/markdown"),
        ("application/json", "application/json"),
    ):
        response = client.get(BG2, headers={"Accept": accept})
        assert (response.status_code, response.mimetype) == (200, kind)
    assert client.get(f"{BG2}.md").mimetype == "text/markdown"
    assert client.get(BG2, headers={"Accept": "image/png"}).status_code == 406
    again = client.get(BG2, headers=BROWSER | {"If-None-Match": _page(client).headers["ETag"]})
    assert again.status_code == 304


def _page(client: FlaskClient) -> TestResponse:
    return client.get(BG2, headers=BROWSER)


def test_the_page_has_an_index_of_its_sections_and_is_in_english_on_request(
    client: FlaskClient,
) -> None:
    page = client.get(BG2, query_string=TODAY | {"lang": "en"}, headers=BROWSER).text
    assert '<html lang="en">' in page
    assert "Introduction to Beredningsgrupp 2" in page
    anchors = re.findall(r'<a href="#([a-z]+)">', page)
    assert anchors[0] == "about"
    assert anchors[-1] == "reading"
    for anchor in anchors:
        if anchor != "main":
            assert f'<h2 id="{anchor}">' in page
    assert " style=" not in page
    for ours in ("Vilka som", "Ingen källa", "senast belagd", "underförstått"):
        assert ours not in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/onboarding/organization/finns-inte", 404),
        ("/onboarding/source/aterrapport-2025", 404),
        ("/onboarding/organization/Stora", 404),
        (f"{BG2}?on_date=igår", 400),
        (f"{BG2}?known_on=2021", 400),
        (f"{BG2}?for=Region+Ingenstans", 404),
        (f"{BG2}?for=H%C3%A5kan+Wittgren", 404),
        (f"{BG2}?form=x", 400),
        (f"{BG2}?lang=de", 400),
        ("/onboarding/person/ola-karlsson?for=Region+Uppsala", 400),
    ],
)
def test_what_cannot_be_given_is_a_clear_problem(
    client: FlaskClient, path: str, status: int
) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["detail"]


# ---------- Labels that others write ----------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("onboarding")
    source = small.Source(2020)
    for slug in HOSTILE:
        source.says(slug, represents="north")
    small.write(folder, [source.tells_of("council", "active").says(None, represents="south")])
    people = folder / "data" / "people.ttl"
    text = people.read_text()
    for slug, label in HOSTILE.items():
        text = text.replace(f'"{small.PEOPLE[slug]}"@sv', Literal(label, lang="sv").n3())
    people.write_text(text)
    app = create_app(Settings(content=folder, limits=Limits(workers=1)))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


def test_no_label_is_markup_on_the_page(hostile: FlaskClient) -> None:
    for path in ("organization/council", "organization/north", "person/p0", "person/p1"):
        page = hostile.get(f"/onboarding/{path}", headers=BROWSER)
        assert page.status_code == 200
        for markup in ("<script", "<b>", 'javascript:alert(1)"'):
            assert markup not in page.text
        assert not re.search(r'href="(?!/|#)', page.text)


def test_no_label_is_markup_in_the_mail(hostile: FlaskClient) -> None:
    mail = hostile.get("/onboarding/organization/council.md").text
    reader = MarkdownIt("commonmark").enable("strikethrough").enable("table")
    tokens = list(reader.parse(mail))
    inline = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"link_open", "image", "html_block", "html_inline", "em_open", "code_inline"}
    assert not kinds & {"ordered_list_open", "fence", "code_block", "s_open", "table_open", "hr"}
    assert {token.tag for token in tokens if token.type == "heading_open"} == {"h1", "h2"}
    said = "\n".join(child.content for child in inline if child.type == "text")
    shown = "".join(child.content for token in tokens for child in token.children or [])
    assert "<script>alert(1)</script>, representant" in shown
    assert "\\" not in said.replace("$ \\", "")
    assert "\u202e" not in mail


@pytest.mark.parametrize("text", [*HOSTILE.values(), "1) x", "---", "Setext\n===", "www.a.se"])
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    (_open, item, _close) = MarkdownIt("commonmark", {"linkify": False}).parse(escaped(text))
    plain = re.sub("[\x00-\x1f\u202e]+", " ", text).strip()
    assert "".join(child.content for child in item.children or []) == plain
    assert not re.search(r"www\.|https?:", escaped(text))


# ---------- The command ----------


def onboard(*given: str) -> str:
    done = CliRunner().invoke(main, ["onboard", *given, "--on-date", "2026-11-29"])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_prints_the_pack_as_text_and_as_the_service_does(client: FlaskClient) -> None:
    text = onboard("Beredningsgrupp 2", "--for", "Sjukvårdsregion Mellansverige")
    assert text.startswith(
        "Introduktion till Beredningsgrupp 2 för nationell högspecialiserad vård,"
    )
    assert (
        "- Mikael Köhler, representant – nominerad 2021-02-19 av Samverkansnämnden (§ 13).\n"
        in text
    )
    asked = {**TODAY, "lang": "en"}
    assert onboard("RSG Hälsodata", "--format", "md", "--lang", "en") == (
        client.get("/onboarding/organization/rsg-halsodata.md", query_string=asked).text
    )


def test_the_page_that_is_sent_stands_by_itself(tmp_path: Path) -> None:
    page = tmp_path / "pack.html"
    page.write_text(onboard("Håkan Wittgren", "--format", "html"), encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    assert "<style>" in text
    assert "@media print" in text
    assert "<link" not in text
    assert "<script" not in text
    assert not re.search(r'(?:href|src)="(?!#)', text)


def test_a_name_that_nobody_bears_is_told(client: FlaskClient) -> None:
    done = CliRunner().invoke(main, ["onboard", "Beredningsgrupp 7"])
    assert done.exit_code == 1
    assert "Beredningsgrupp 2" in done.output
    assert CliRunner().invoke(main, ["onboard", "BG2", "--on-date", "igår"]).exit_code == 2
