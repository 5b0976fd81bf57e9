"""Content into a store: graphs by source, known on a day, one's own content, broken content."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from samverkan import content, knowledge, questions, store
from samverkan.errors import ContentError
from samverkan.knowledge import Knowledge

ROOT = Path(__file__).resolve().parent.parent


def own(tmp_path: Path) -> Path:
    """A copy of the bundled data as a user's own content."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def test_a_source_is_known_from_the_day_of_its_issue(known: Knowledge) -> None:
    minutes = known.dataset.sources[0]
    before = known.dataset.graphs_known_on(minutes.issued - datetime.timedelta(days=1))
    then = known.dataset.graphs_known_on(minutes.issued)
    assert {graph.value for graph in then} - {graph.value for graph in before} == {minutes.iri}


def test_the_version_changes_with_the_content_only(tmp_path: Path) -> None:
    found = content.find(own(tmp_path))
    assert found.version() == content.find().version()
    with (tmp_path / "data" / "people.ttl").open("a") as file:
        file.write("# a remark\n")
    assert found.version() != content.find().version()


def test_a_folder_of_ones_own_replaces_the_data_and_keeps_the_rest(tmp_path: Path) -> None:
    file = own(tmp_path) / "data" / "people.ttl"
    file.write_text(file.read_text().replace("Håkan Wittgren", "Någon Annan"))
    answer = questions.ask(knowledge.load(tmp_path), "vem representerar oss i BG2")
    assert answer.answer.startswith("Någon Annan är senast belagd")


def test_a_folder_without_content_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="none of the folders"):
        content.find(tmp_path)
    with pytest.raises(ContentError, match="no folder"):
        content.find(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('dcterms:issued "2021-02-19"', 'dcterms:issued "2021"', "is no date"),
        ("dcterms:issued", "dcterms:created", "needs a dcterms:issued"),
        ("@prefix", "@prefixx", ", line "),
    ],
)
def test_a_broken_source_file_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    file = own(tmp_path) / "data" / "sources" / "protokoll-2021-02-19.ttl"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after, 1))
    with pytest.raises(ContentError) as caught:
        store.load(content.find(tmp_path))
    assert "protokoll-2021-02-19.ttl" in str(caught.value)
    assert told in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (own(tmp_path) / "data" / "people.ttl").unlink()
    with pytest.raises(ContentError, match=r"people\.ttl is missing"):
        content.find(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("status:nominated ;", "status:nomintaed ;", "which the vocabulary does not have"),
        ("role:representative ;", "role:represenant ;", "which the vocabulary does not have"),
        (
            "smv:basis basis:stated",
            "smv:bassis basis:stated",
            "def/bassis>, which the vocabulary does not have",
        ),
        ("org:member person:hakan", "org:member person:haakan", "which is described nowhere"),
        ("smv:attestedIn period:2021-02-19 ;", "", "lacks smv:attestedIn"),
        ("oa:start 6271 ;", "", "lacks oa:start"),
        ('smv:locator "§ 14" ;', "", "lacks smv:locator"),
        ("org:member person:hakan-wittgren ;", "org:member [ ] ;", "blank node"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_file_and_line(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    file = own(tmp_path) / "data" / "sources" / "protokoll-2021-02-19.ttl"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        store.load(content.find(tmp_path))
    assert told in str(caught.value)
    assert re.search(r"protokoll-2021-02-19\.ttl(, \d+)?: ", str(caught.value))


def test_a_label_without_its_language_is_told(tmp_path: Path) -> None:
    file = own(tmp_path) / "data" / "people.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"Håkan Wittgren"@sv', '"Håkan Wittgren"'), encoding="utf-8")
    with pytest.raises(ContentError, match=r"people\.ttl, \d+: .*hakan-wittgren.* lacks skos:pref"):
        store.load(content.find(tmp_path))


def test_queries_of_ones_own_stand_beside_the_bundled_ones(tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    text = (ROOT / "queries" / "sources.rq").read_text(encoding="utf-8")
    (queries / "documents.rq").write_text(text, encoding="utf-8")
    loaded = knowledge.load(tmp_path)
    assert loaded.ask("documents") == loaded.ask("sources")
    assert questions.ask(loaded, "vem representerar oss i BG2").findings
