"""The network: what ties whom on a day, the ways between them, and the pictures of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from samverkan import knowledge, network
from samverkan.cli import main
from samverkan.errors import AmbiguousNameError, ParameterError, UnknownNameError
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.language import language
from samverkan.namespaces import ID
from samverkan.network import Network
from samverkan.network.drawing import Box
from samverkan.network.graph import smaller_parts
from samverkan.network.text import lines, width
from samverkan.web import Settings, create_app

SV, EN = language("sv"), language("en")
BG2 = f"{ID}organization/beredningsgrupp-2-nhv"
BOARD = f"{ID}organization/samverkansnamnden"
PAGE = {"Accept": "text/html"}
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script>&]]>'
RELATION = """
<https://w3id.org/samverkan/id/relation/{name}> a smv:Relation ; smv:basis basis:stated ;
    skos:prefLabel "{name}"@sv ;
    smv:subject organization:{subject} ; smv:object organization:{object} ;
    smv:relationKind <https://w3id.org/samverkan/def/relation-kind/reports-to> ;
    prov:wasDerivedFrom evidence:s{year}-0 .
"""


@pytest.fixture(scope="module")
def bundled(known: Knowledge) -> Network:
    return network.network(known, SV, on_date="2026-11-26")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """Anna chairs the council for Norr and is on the board, which reports to the house; Bo is
    nominated to the council, and somebody unnamed is in it for Söder."""
    folder = tmp_path_factory.mktemp("tiny")
    source = small.Source(2020)
    source.says("anna", role="chair", represents="north")
    source.says("anna", role="member", body="board", during="2020/2021", shown=None)
    source.says("bo", status="nominated")
    source.says(None, represents="south")
    source.text += RELATION.format(name="r", subject="board", object="house", year=2020)
    small.write(folder, [source])
    return knowledge.load(folder)


def end(name: str) -> str:
    concept = "organization" if name in small.BODIES else "person"
    return f"{ID}{concept}/{name}"


def ties(of: Network) -> set[tuple[str, str, str, str]]:
    return {
        (of.nodes[tie.source].label, tie.label, of.nodes[tie.target].label, tie.state)
        for tie in of.ties
    }


def test_who_is_tied_to_whom_and_what_it_is_worth_on_the_day(tiny: Knowledge) -> None:
    assert ties(network.network(tiny, SV, on_date="2020-03-01")) == {
        ("Anna Berg", "ordförande", "Rådet", "confirmed"),
        ("Anna Berg", "ordförande", "Region Norr", "confirmed"),
        ("Anna Berg", "ledamot", "Styrelsen", "confirmed"),
        ("Bo Ek", "representant", "Rådet", "nominated"),
        ("representant, utan namn", "representant", "Rådet", "unnamed"),
        ("representant, utan namn", "representant", "Region Söder", "unnamed"),
        ("Styrelsen", "rapporterar till", "Sjukvårdsregion Mitt", "confirmed"),
    }


def test_what_is_over_or_shown_only_later_ties_nobody(tiny: Knowledge) -> None:
    later = network.network(tiny, SV, on_date="2022-01-01")
    assert ("Anna Berg", "ledamot", "Styrelsen") not in {tie[:3] for tie in ties(later)}
    assert [tie.state for tie in later.unbound] == ["ended"]
    assert ("Styrelsen", "rapporterar till", "Sjukvårdsregion Mitt", "last-known") in ties(later)
    assert network.network(tiny, SV, on_date="2019-01-01").ties == ()
    assert network.network(tiny, SV, known_on="2019-01-01").ties == ()


def test_a_way_is_told_step_by_step_with_states_and_passages(tiny: Knowledge) -> None:
    way = network.reach(tiny, "Bo Ek", "Sjukvårdsregion Mitt", EN, on_date="2020-06-01")
    assert [node.label for node in way.nodes][1:-1] == ["The Council", "Anna Berg", "Styrelsen"]
    told = [step.text for step in way.steps]
    assert told[0].startswith("Bo Ek was nominated on 2020-03-01 as")
    assert told[0].endswith("; no source says that this led to an appointment.")
    assert "Anna Berg is last attested on 2020-03-01 as" in told[1]
    assert "By the period given, Anna Berg is on 2020-06-01" in told[2]
    assert "last shown on 2020-03-01: Protokoll 2020, §" in told[3]
    assert way.text == " ".join([way.opening, *told])


def test_no_way_leads_over_what_has_ended(tiny: Knowledge) -> None:
    way = network.reach(tiny, "Bo Ek", "Sjukvårdsregion Mitt", SV, on_date="2022-01-01")
    assert way.steps == ()
    assert way.text.startswith("Ingen källa knyter Bo Ek till Sjukvårdsregion Mitt")
    assert way.text.endswith("Sjukvårdsregion Mitt hänger bara ihop med Styrelsen.")
    assert network.of_way(way) is None


def test_a_name_that_leads_nowhere_says_which_end_it_is(known: Knowledge) -> None:
    with pytest.raises(UnknownNameError) as unknown:
        network.reach(known, "Petri Olivius", "Socialstyreln", SV)
    assert unknown.value.parameter == "to"
    assert unknown.value.nearest[0].label == "Socialstyrelsen"
    with pytest.raises(AmbiguousNameError) as ambiguous:
        network.reach(known, "nämnden", "Petri Olivius", SV)
    assert ambiguous.value.parameter == "from"
    assert len(ambiguous.value.candidates) > 1
    with pytest.raises(UnknownNameError):  # a decision bears it, and is no end of a way
        network.reach(known, "Nominering av Mikael Köhler", "Petri Olivius", SV)
    with pytest.raises(ParameterError):
        network.reach(known, "Petri Olivius", "oss", SV, on_date="i går")


def test_ends_are_found_by_iri_and_address_too(known: Knowledge) -> None:
    way = network.reach(known, BG2, "person:hakan-wittgren", SV)
    assert [node.label for node in way.nodes][1:] == ["Håkan Wittgren"]
    assert "är direkt knutna till varandra" in way.opening


def test_a_nomination_is_gone_by_only_where_nothing_else_leads_there(known: Knowledge) -> None:
    way = network.reach(known, "Mikael Köhler", "Samverkansnämnden", SV)
    assert {tie.state for step in way.steps for tie in step.ties[:1]} == {"last-known"}


@given(st.data())
def test_every_step_of_a_way_is_a_tie(bundled: Network, data: st.DataObject) -> None:
    start, end = (data.draw(st.sampled_from(sorted(bundled.nodes))) for _end in range(2))
    way = network.graph.way(bundled, start, end)
    assert not way or (way[0], way[-1]) == (start, end)
    assert len(set(way)) == len(way)
    for one, other in pairwise(way):
        assert any({tie.source, tie.target} == {one, other} for tie in bundled.ties)


@given(st.data(), st.integers(1, 40), st.sampled_from([None, 1, 2]))
def test_a_picture_has_room_for_what_it_says_and_nothing_overlaps(
    bundled: Network, data: st.DataObject, most: int, depth: int | None
) -> None:
    iri = data.draw(st.sampled_from(sorted(bundled.nodes)))
    picture = network.of_thing(bundled, iri, most=most, depth=depth)
    if picture is None:
        assert network.graph.degree(bundled, iri) == 0
        return
    assert len(picture.nodes) <= most + 1
    for drawing in picture.drawings:
        assert drawing.boxes[0].node.iri == iri
        for one, other in combinations(drawing.boxes, 2):
            assert not _overlap(one, other), (one.node.label, other.node.label)
        for box in drawing.boxes:
            assert box.x >= 0
            assert box.right <= drawing.width
            assert box.y + box.height <= drawing.height
            for line in (*box.before, *box.label, *box.note):
                assert line.x + width(line.text, line.size) <= box.right
                assert box.y < line.y < box.y + box.height


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@settings(max_examples=50)
@given(st.text(max_size=80), st.floats(60, 300))
def test_no_line_is_wider_than_its_room(text: str, room: float) -> None:
    found = lines(text, 14, room, 3, bold=True)
    assert len(found) <= 3
    for line in found:
        assert width(line, 14, bold=True) <= room


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Sjukvårdsregionen", ["Sjukvårds-", "regionen"]),
        ("Kommunalförbundet", ["Kommunalför-", "bundet"]),
        ("Verksamhetsgrupperna", ["Verksamhets-", "grupperna"]),
        ("Socialstyrelserna", ["Socialstyrel-", "serna"]),
    ],
)
def test_a_long_word_is_broken_where_a_reader_would(word: str, parts: list[str]) -> None:
    assert lines(word, 14, 110, 3) == parts


def test_a_thing_that_nothing_ties_has_no_picture(known: Knowledge, bundled: Network) -> None:
    assert network.of_thing(bundled, f"{ID}source/protokoll-2021-02-19") is None
    then = network.network(known, SV, on_date="1999-01-01")
    assert network.of_thing(then, BOARD) is None


def test_what_there_is_no_room_for_is_said(bundled: Network) -> None:
    picture = network.of_thing(bundled, BOARD, most=10)
    assert picture
    near = {tie.other(BOARD) for tie in bundled.ties if BOARD in (tie.source, tie.target)}
    drawn = near & {node.iri for node in picture.nodes}
    near_left = picture.left_out.partition(".")[0]
    left = [int(word) for word in near_left.split() if word.isdigit()]
    assert len(drawn) == 10
    assert sum(left) == len(near) - len(drawn)


def test_what_has_ended_is_not_drawn_and_that_is_said(tiny: Knowledge) -> None:
    picture = network.of_thing(network.network(tiny, EN, on_date="2022-01-01"), end("anna"))
    assert picture
    assert "Styrelsen" not in {node.label for node in picture.nodes}
    assert "Not drawn, for it has ended or is shown only later: 1." in picture.left_out


def test_what_is_two_steps_away_is_drawn_where_there_is_room_and_counted(known: Knowledge) -> None:
    found = network.network(known, EN, on_date="2026-11-26")
    petri = f"{ID}person/petri-olivius"
    near = network.of_thing(found, petri, depth=1)
    some = network.of_thing(found, petri)
    every = network.of_thing(found, petri, depth=2, most=100)
    assert near
    assert some
    assert every
    assert len(near.nodes) < len(some.nodes) < len(every.nodes)
    assert near.left_out == every.left_out == ""
    left = len(every.nodes) - len(some.nodes)
    assert some.left_out == f"Two steps away, {left} more people and bodies are not drawn."


class Pictured(HTMLParser):
    """What the picture of a page shows, drawing by drawing, and what its table says."""

    def __init__(self) -> None:
        super().__init__()
        self.drawings: dict[str, Shown] = {}
        self.table: set[tuple[str, str, str]] = set()
        self._drawing: Shown | None = None
        self._cells: list[str] | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        names = (told.get("class") or "").split()
        if tag == "svg" and "drawing" in names:
            self._drawing = self.drawings[names[1]] = Shown()
        elif tag == "a" and self._drawing and "node" in names:
            self._drawing.links.append(told["href"] or "")
        elif tag == "g" and self._drawing and names[:1] == ["tie"]:
            self._drawing.curves += 1
        elif tag == "tr":
            self._cells = []
        elif tag == "td" and self._cells is not None:
            self._cells.append("")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._drawing = None
        if tag == "tr" and self._cells:
            self.table.add((self._cells[0], self._cells[1], self._cells[2]))
            self._cells = None
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._cells and data.strip():
            self._cells[-1] += data.strip()
        if self._drawing and self._open[-2:] == ["g", "title"]:
            self._drawing.told |= {
                tuple(x.rpartition(" (")[0].split(" – ")) for x in data.split("\n")
            }


@dataclass
class Shown:
    links: list[str] = field(default_factory=list)
    told: set[tuple[str, ...]] = field(default_factory=set)
    curves: int = 0


@pytest.mark.parametrize("iri", [BG2, BOARD, f"{ID}person/petri-olivius"])
def test_the_picture_and_the_table_say_the_same(client: FlaskClient, iri: str) -> None:
    page = Pictured()
    address = iri.replace(ID, "/res/")
    page.feed(client.get(f"{address}?lang=sv", headers=PAGE).get_data(as_text=True))
    wide, narrow = page.drawings["wide"], page.drawings["narrow"]
    rows = {row for row in page.table if row in wide.told}
    assert wide.told
    assert rows == wide.told
    assert sorted(wide.links) == sorted(narrow.links)
    assert len(wide.links) == len(set(wide.links))
    assert wide.curves == narrow.curves
    assert all(client.get(link, headers=PAGE).status_code == 200 for link in wide.links[:3])


def test_every_tie_of_a_picture_is_drawn_and_in_its_table(bundled: Network) -> None:
    for picture in (network.of_thing(bundled, BG2), network.overview(bundled)):
        assert picture
        for drawing in picture.drawings:
            drawn = [tie for curve in drawing.curves for tie in curve.ties]
            assert {*drawn} == {row.tie for row in picture.rows}
            assert {box.node for box in drawing.boxes} == {*picture.nodes}


def test_the_links_of_a_picture_stay_on_the_day_and_in_the_language(client: FlaskClient) -> None:
    page = Pictured()
    address = "/res/organization/beredningsgrupp-2-nhv?lang=en&on_date=2021-02-19"
    page.feed(client.get(address, headers=PAGE).get_data(as_text=True))
    assert all(
        "lang=en" in link and "on_date=2021-02-19" in link for link in page.drawings["wide"].links
    )


def test_names_from_outside_stay_text_in_pictures_and_tables(tmp_path: Path) -> None:
    source = small.Source(2020).says("anna", role="chair").says("bo")
    small.write(tmp_path, [source])
    people = tmp_path / "data" / "people.ttl"
    text = people.read_text().replace('"Anna Berg"', json.dumps(HOSTILE))
    people.write_text(text)
    app = create_app(Settings(content=tmp_path, limits=Limits(workers=1)))
    try:
        client = app.test_client()
        for address in ("/network?thing=R%C3%A5det", "/res/organization/council"):
            page = client.get(f"{address}", headers=PAGE).get_data(as_text=True)
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page
        svg = client.get("/network.svg?thing=R%C3%A5det")
        assert svg.mimetype == "image/svg+xml"
        drawn = ElementTree.fromstring(svg.data)
        assert HOSTILE in {title.text for title in drawn.iter(f"{SVG}title")}
        assert not list(drawn.iter(f"{SVG}script"))
    finally:
        app.extensions["samverkan"].adhoc.close()


def test_a_drawing_is_the_same_in_every_process_and_numpy_is_not_needed(bundled: Network) -> None:
    code = (
        "import sys; from samverkan import cli, knowledge, network, web\n"
        "from samverkan.language import language\n"
        "assert 'networkx' not in sys.modules\n"
        "found = network.network(knowledge.load(), language('sv'), on_date='2026-11-26')\n"
        f"print(network.of_thing(found, '{BOARD}').drawings, network.overview(found).drawings)\n"
        "print([each.node.iri for each in network.brokers(found)])\n"
        "assert 'networkx' in sys.modules and 'numpy' not in sys.modules"
    )
    seeded = {**os.environ, "PYTHONHASHSEED": "1"}
    other = subprocess.run(
        [sys.executable, "-c", code], env=seeded, capture_output=True, check=True
    )
    board, whole = network.of_thing(bundled, BOARD), network.overview(bundled)
    assert board
    assert whole
    drawn, brokers = other.stdout.decode().splitlines()
    assert _bare(drawn) == _bare(f"{board.drawings} {whole.drawings}")
    assert brokers == str([each.node.iri for each in network.brokers(bundled)])


def _bare(told: str) -> str:
    """What a drawing is printed as, without where its ties lie in memory."""
    return re.sub(r"<[^<>]* object at 0x[0-9a-f]+>", "", told)


def test_who_holds_bodies_together_and_which_hang_on_one_person(tiny: Knowledge) -> None:
    found = network.network(tiny, SV, on_date="2020-03-01")
    (anna,) = network.brokers(found)
    assert [body.label for body in anna.bodies] == ["Rådet", "Styrelsen"]
    assert [[body.label for body in group] for group in anna.groups] == [["Rådet"]]
    assert {(each.body.label, each.person.label) for each in network.hanging(found)} == {
        ("Rådet", "Anna Berg"),
        ("Styrelsen", "Anna Berg"),
    }


def test_the_page_of_the_network(client: FlaskClient) -> None:
    response = client.get("/network?lang=sv", headers=PAGE)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert len(response.data) < 100_000
    assert len(client.get("/network?thing=oss&most=32&depth=2", headers=PAGE).data) < 100_000
    assert 'style="' not in page
    assert "script-src" not in response.headers["Content-Security-Policy"]
    for heading in ("Hur når jag", "Vilka som knyter ihop organ", "Organ som hänger på en enda"):
        assert heading in page


def test_a_way_on_the_page_and_a_name_that_is_mended_there(client: FlaskClient) -> None:
    address = "/network?lang=sv&from=Petri+Olivius&to=Socialstyrelsen"
    page = client.get(address, headers=PAGE).get_data(as_text=True)
    assert '<ol class="steps">' in page
    assert 'class="drawing wide"' in page
    wrong = client.get(address.replace("styrelsen", "styreln"), headers=PAGE)
    assert wrong.status_code == 404
    assert "Ingen person och inget organ i grafen heter ”Socialstyreln”" in wrong.text
    mended = re.search(r'<li><a href="(/network[^"]+)">Socialstyrelsen</a>', wrong.text)
    assert mended
    assert client.get(unescape(mended[1]), headers=PAGE).status_code == 200
    problem = client.get("/network.json?lang=en&from=n%C3%A4mnden&to=oss")
    assert problem.status_code == 400
    assert problem.get_json()["parameter"] == "from"
    assert len(problem.get_json()["candidates"]) > 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=oss", 400),
        ("depth=3&thing=oss", 400),
        ("most=0&thing=oss", 400),
        ("level=nowhere", 404),
        ("on_date=x", 400),
        ("thing=nobody+at+all+is+called+so", 404),
        ("fram=oss&to=oss", 400),
        ("level=nationell&thing=oss", 400),
        ("level=nationell", 200),
        ("type=region", 200),
        ("thing=oss&most=32&depth=2", 200),
    ],
)
def test_what_the_address_asks_for_is_read_or_refused(
    client: FlaskClient, query: str, status: int
) -> None:
    for address in ("/network", "/network.json"):
        assert client.get(f"{address}?{query}", headers=PAGE).status_code == status


def test_the_picture_alone_is_svg_with_its_own_style(client: FlaskClient) -> None:
    response = client.get("/network.svg?thing=BG2&lang=sv&drawing=narrow")
    assert response.mimetype == "image/svg+xml"
    drawn = ElementTree.fromstring(response.data)
    assert drawn.get("role") == "group"
    assert drawn.find(f"{SVG}title") is not None
    assert b"picture.css" in response.data
    assert client.get("/network.svg?thing=BG2&on_date=1999-01-01").status_code == 404
    assert client.get("/network.svg?thing=BG2&drawing=round").status_code == 400


def test_as_data_it_has_all_nodes_and_ties(client: FlaskClient, bundled: Network) -> None:
    found = client.get("/network.json?on_date=2026-11-26&lang=sv").get_json()
    assert len(found["nodes"]) == len(bundled.nodes)
    assert len(found["ties"]) == len(bundled.ties)
    assert all(tie["evidence"] for tie in found["ties"])
    part = client.get("/network.json?thing=BG2").get_json()
    assert BG2 in {node["iri"] for node in part["nodes"]}
    way = client.get("/network.json?from=BG2&to=oss").get_json()
    assert [step["end"] for step in way["steps"]][-1] == way["end"]["iri"]


def test_the_command_line_tells_the_same_way() -> None:
    run = CliRunner().invoke(main, ["reach", "Petri Olivius", "Region Dalarna", "--lang", "sv"])
    assert run.exit_code == 0
    assert "1. Petri Olivius → " in run.output
    none = CliRunner().invoke(main, ["reach", "BG2", "Vinnova", "--format", "json"])
    assert none.exit_code == 1
    assert json.loads(none.output)["steps"] == []


EDGES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=30)


@given(EDGES)
def test_what_falls_off_without_a_node_is_what_networkx_finds(edges: list[tuple[int, int]]) -> None:
    whole = networkx.Graph((a, b) for a, b in edges if a != b)
    for cut in whole:
        near = networkx.node_connected_component(whole, cut)
        parts = networkx.connected_components(whole.subgraph(near - {cut}))
        expected = sorted(parts, key=lambda part: (-len(part), min(part)))[1:]
        assert smaller_parts(whole, cut) == expected
