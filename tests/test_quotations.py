"""The quoted passage: what a document says at the place that a statement cites, in its context."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import quotable
from quotable import FIRST, SECOND, TEXT, TITLE, span
from samverkan import content, store, terminal
from samverkan.cli import main
from samverkan.documents import texts
from samverkan.errors import DocumentError, NotFoundError
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.language import language
from samverkan.namespaces import ID
from samverkan.web import Settings, create_app

DOCUMENTS = Path(__file__).parents[2] / "shared" / "sources"
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content of two sources: the text of one lies beside it, that of the other was changed."""
    folder = tmp_path_factory.mktemp("quotations")
    quotable.write(folder)
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[FlaskClient]:
    """A client of an application that has the texts."""
    limits = Limits(workers=1, seconds=5)
    app = create_app(Settings(folder, limits, sources=folder / "texts"))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


def address(words: str, **more: int) -> str:
    place = span(words)
    given = {"start": place.start, "end": place.end, **more}
    return "/passages/s2025?" + "&".join(f"{name}={value}" for name, value in given.items())


def marked(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]


def test_a_statement_leads_to_the_passage_that_says_so(reader: FlaskClient) -> None:
    page = reader.get("/ask?q=vem+sitter+i+Rådet&lang=sv", headers=PAGE).get_data(as_text=True)
    links = {html.unescape(each) for each in re.findall(r'href="(/passages/[^"]+)"', page)}
    assert f"{address(FIRST)}&lang=sv" in links
    for link in links:
        assert reader.get(link, headers=PAGE).status_code == 200
    assert "/passages/s2024" not in page, "its text is not the one that was read"


def test_the_passage_is_marked_where_it_stands(reader: FlaskClient) -> None:
    page = reader.get(address(FIRST), headers=PAGE).get_data(as_text=True)
    assert marked(page) == [FIRST, SECOND]
    assert "Rådet väljer Anna Berg till representant i Styrelsen. … Hon tillträder i dag." in page
    assert "§ 1. Anna Berg &lt;b&gt;väljs&lt;/b&gt; &amp; tackar".replace("§ ", "§\xa0") in page
    assert 'href="/res/source/s2025' in page
    assert 'href="/passages/s2025"' in page


def test_what_a_text_says_is_never_read_as_a_page(reader: FlaskClient) -> None:
    for place in (address(TITLE), "/passages/s2025"):
        page = reader.get(place, headers=PAGE).get_data(as_text=True)
        assert "<b>" not in page
        assert "&lt;b&gt;väljs&lt;/b&gt; &amp; tackar" in page


def test_places_are_counted_in_code_points(reader: FlaskClient) -> None:
    told = reader.get(address(TITLE)).get_json()
    assert told["text"] == TITLE
    assert (told["start"], told["end"]) == (TEXT.index(TITLE), TEXT.index(TITLE) + len(TITLE))
    assert reader.get(address(TITLE), headers={"Accept": "text/plain"}).text == TITLE


def test_json_has_the_lines_around_a_passage_cut_nowhere(reader: FlaskClient) -> None:
    told = reader.get(address(SECOND, around=1)).get_json()
    assert told["locator"] == "§ 1"
    assert told["spans"] == [vars(span(FIRST)), vars(span(SECOND))]
    assert told["before"] + told["text"] + told["after"] in TEXT
    assert told["before"].startswith("§ 1."), "a line before the first piece of it"
    assert told["after"] == "\na"
    whole = reader.get(address(SECOND, around=1000)).get_json()
    assert whole["before"] + whole["text"] + whole["after"] == TEXT


def test_a_span_that_no_statement_cites_is_shown_where_it_stands(reader: FlaskClient) -> None:
    told = reader.get(address("§ 2.  Slut")).get_json()
    assert (told["locator"], told["heading"]) == ("§ 2", "§ 2. Slut")


def test_the_whole_text_comes_as_it_lies(reader: FlaskClient) -> None:
    for place, accept in (("/passages/s2025.txt", "*/*"), ("/passages/s2025", "text/plain")):
        response = reader.get(place, headers={"Accept": accept})
        assert response.data == TEXT.encode()
        assert response.content_type == "text/plain; charset=utf-8"
    told = reader.get("/passages/s2025.json").get_json()
    assert told["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (told["text"], told["start"], told["end"]) == (TEXT, 0, len(TEXT))
    source = reader.get("/res/source/s2025", headers=PAGE).get_data(as_text=True)
    assert 'href="/passages/s2025"' in source


def test_a_passage_that_is_had_is_not_sent_again(reader: FlaskClient) -> None:
    first = reader.get(address(FIRST))
    again = reader.get(address(FIRST), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_passage_that_is_none_is_told_so(reader: FlaskClient) -> None:
    beyond = len(TEXT) + 1
    for asked, status, words in (
        (f"s2025?start=0&end={beyond}", 404, str(len(TEXT))),
        (f"s2025?start={beyond}&end={beyond + 1}", 404, str(len(TEXT))),
        ("s2025?start=5&end=5", 400, "end"),
        ("s2025?start=6&end=5", 400, "end"),
        ("s2025?start=5", 400, "end"),
        ("s2025?end=5", 400, "start"),
        ("s2025?start=-1&end=5", 400, "start"),
        ("s2025?start=a&end=5", 400, "start"),
        ("s2025?start=0&end=5&around=1001", 400, "around"),
        ("s2025?start=0&end=5&begin=1", 400, "begin"),
        ("s2024", 404, "Protokoll 2024"),
        ("s2026", 404, "s2026"),
        ("..%2Fs2025", 404, ""),
    ):
        told = reader.get(f"/passages/{asked}")
        assert (told.status_code, told.mimetype) == (status, "application/problem+json"), asked
        assert words in json.loads(told.data)["detail"]
    assert reader.get("/passages/s2025", headers={"Accept": "image/png"}).status_code == 406


def test_without_texts_nothing_leads_to_them_and_the_address_says_so(client: FlaskClient) -> None:
    for place in ("/ask?q=vem+representerar+oss+i+BG2", "/res/organization/beredningsgrupp-2-nhv"):
        assert "/passages/" not in client.get(place, headers=PAGE).get_data(as_text=True)
    told = client.get("/passages/protokoll-2021-02-19?start=0&end=5&lang=sv")
    assert told.status_code == 404
    assert "har inte fått handlingarnas texter" in json.loads(told.data)["detail"]


def test_a_text_that_is_not_the_one_that_was_read_is_told_and_not_shown(folder: Path) -> None:
    dataset = store.load(content.find(folder))
    found = texts.load(dataset, folder / "texts")
    assert [failure.file for failure in found.failures] == ["changed.txt"]
    told = terminal.not_shown(found.failures, language("sv"))
    assert told.startswith(
        "De här texterna visas inte:\n- changed.txt · source/s2024: textens kontroll"
    )
    source = dataset.source(f"{ID}source/s2024")
    assert source
    with pytest.raises(NotFoundError):
        found.whole(source)


def test_a_folder_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    with pytest.raises(DocumentError):
        create_app(Settings(folder, sources=folder / "nowhere"))
    for given, variables in (
        (["--sources", str(folder / "nowhere")], {}),
        ([], {"SAMVERKAN_SERVE_SOURCES": str(folder / "own.ttl")}),
    ):
        done = CliRunner().invoke(main, ["serve", *given], env=variables)
        assert done.exit_code == 2
        assert str(folder) in done.output
        assert "Traceback" not in done.output


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not kept with it")
def test_each_passage_that_the_bundled_graph_cites_can_be_quoted(known: Knowledge) -> None:
    found = texts.load(known.dataset, DOCUMENTS)
    assert found.failures == ()
    assert len(found.pieces) > 300
    for (iri, place), piece in found.pieces.items():
        source = known.dataset.source(iri)
        assert source
        told = found.quote(source, place)
        assert told.words
        assert told.locator == piece.locator
        assert place in told.spans
