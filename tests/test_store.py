"""Content into a store: graphs by source, known on a day, one's own content."""

from __future__ import annotations

import datetime
import os
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


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (own(tmp_path) / "data" / "people.ttl").unlink()
    with pytest.raises(ContentError, match=r"people\.ttl is missing"):
        content.find(tmp_path)


def test_queries_of_ones_own_stand_beside_the_bundled_ones(tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    text = (ROOT / "queries" / "sources.rq").read_text(encoding="utf-8")
    (queries / "documents.rq").write_text(text, encoding="utf-8")
    loaded = knowledge.load(tmp_path)
    assert loaded.ask("documents") == loaded.ask("sources")
    assert questions.ask(loaded, "vem representerar oss i BG2").findings


def test_a_pipe_among_the_sources_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(own(tmp_path) / "data" / "sources" / "pipe.ttl")
    with pytest.raises(ContentError, match=r"pipe\.ttl is no file"):
        store.load(content.find(tmp_path))


def test_the_version_is_that_of_what_was_loaded(tmp_path: Path) -> None:
    found = content.find(own(tmp_path))
    assert store.load(found).version == found.version()


@pytest.mark.parametrize("issued", ["0000-01-01", "0202-01-01", "9999-01-01"])
def test_a_source_of_an_impossible_year_is_told(tmp_path: Path, issued: str) -> None:
    file = own(tmp_path) / "data" / "sources" / "aktivitetsplan-2024.ttl"
    text = file.read_text().replace('issued "2023-12-31"', f'issued "{issued}"')
    file.write_text(re.sub(r' ;\s+smv:edtf "2023-12"', "", text))
    with pytest.raises(ContentError, match=f'"{issued}", which is no xsd:date'):
        store.load(content.find(tmp_path))
