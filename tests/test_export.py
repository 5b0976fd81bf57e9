"""The export, read again by another parser, is the same dataset; and the same bytes each time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import URIRef
from rdflib.compare import isomorphic

from samverkan import content, export, store
from samverkan.content import Content
from samverkan.errors import ContentError, OutputError
from samverkan.export import FORMATS, write
from samverkan.namespaces import ID, IDENTITY, term

# rdflib's own parsers use names that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")

GRAPHS = {"organizations": "identity", "people": "identity", "schemes": "schemes"}
ONTOLOGY = {"samverkan": "vocabulary", "shapes": "shapes"}
PARSERS = {"trig": "trig", "nq": "nquads", "jsonld": "json-ld", "ttl": "turtle"}
DATASETS = ["trig", "nq", "jsonld"]
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix smv: <https://w3id.org/samverkan/def/> .

smv:ActivityShape a sh:NodeShape ;
    sh:targetClass smv:Activity ;
    sh:property [ sh:path smv:year ; sh:minCount 1 ], [ sh:path smv:number ; sh:maxCount 1 ] .
"""


def exported(given: Content, format_: str, *, with_ontology: bool = False) -> bytes:
    return export.export(store.load(given), given, format_, with_ontology=with_ontology)


@cache
def read(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle")


def expected(given: Content, *, with_ontology: bool = False) -> dict[str, rdflib.Graph]:
    """The files of the content, as rdflib reads them, by the graph that they belong in."""
    wanted = GRAPHS | (ONTOLOGY if with_ontology else {})
    graphs: dict[str, rdflib.Graph] = {}
    for folder in (given.data, given.data / "sources", given.ontology):
        for path in sorted(folder.glob("*.ttl")):
            house = wanted.get(path.stem)
            if house is None and folder.name != "sources":
                continue
            name = f"{ID}graph/{house}" if house else f"{ID}source/{path.stem}"
            graphs[name] = graphs.get(name, rdflib.Graph()) + read(path)
    return graphs


def same(one: rdflib.Graph, other: rdflib.Graph) -> bool:
    """Whether the graphs are isomorphic; without blank nodes that is: have the same triples."""
    blank = any(isinstance(node, rdflib.BNode) for node in one.all_nodes())
    return isomorphic(one, other) if blank else set(one) == set(other)


def graphs_of(body: bytes, format_: str) -> dict[str, rdflib.Graph]:
    dataset = rdflib.Dataset()
    dataset.parse(data=body, format=PARSERS[format_])
    return {str(graph.identifier): graph for graph in dataset.graphs() if len(graph)}


@pytest.fixture
def with_shapes(tmp_path: Path) -> Content:
    """The bundled content with shapes, which have blank nodes."""
    bundled = content.find()
    shutil.copytree(bundled.ontology, tmp_path / "ontology")
    (tmp_path / "ontology" / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    return content.find(tmp_path)


@pytest.mark.parametrize("format_", DATASETS)
def test_each_graph_is_the_one_of_its_files(format_: str) -> None:
    given = content.find()
    found, wanted = graphs_of(exported(given, format_), format_), expected(given)
    assert set(found) == set(wanted)
    assert len(found) >= 3
    for name, graph in wanted.items():
        assert same(found[name], graph), name


@pytest.mark.parametrize("format_", DATASETS)
def test_vocabulary_and_shapes_are_added_in_graphs_of_their_own(
    format_: str, with_shapes: Content
) -> None:
    found = graphs_of(exported(with_shapes, format_, with_ontology=True), format_)
    wanted = expected(with_shapes, with_ontology=True)
    assert set(found) == set(wanted)
    assert {f"{ID}graph/vocabulary", f"{ID}graph/shapes"} <= set(found)
    for name, graph in wanted.items():
        assert same(found[name], graph), name


@pytest.mark.parametrize("with_ontology", [False, True])
def test_turtle_has_all_graphs_merged(with_shapes: Content, with_ontology: bool) -> None:
    body = exported(with_shapes, "ttl", with_ontology=with_ontology)
    merged = rdflib.Graph()
    for graph in expected(with_shapes, with_ontology=with_ontology).values():
        merged += graph
    assert same(rdflib.Graph().parse(data=body, format="turtle"), merged)


def test_the_vocabulary_is_left_out_unless_it_is_asked_for() -> None:
    merged = rdflib.Graph().parse(data=exported(content.find(), "ttl"), format="turtle")
    prefix = "https://w3id.org/samverkan/def/"
    assert (URIRef(f"{prefix}Activity"), None, None) not in merged
    assert (URIRef(f"{prefix}status/attested"), None, None) in merged


@pytest.mark.parametrize("format_", list(FORMATS))
def test_two_processes_write_the_same_bytes(format_: str, with_shapes: Content) -> None:
    folder = str(with_shapes.ontology.parent)
    command = [sys.executable, "-m", "samverkan", "export", "--format", format_]
    command += ["--with-ontology", "--content", folder]
    bodies = {subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(bodies) == 1
    assert bodies.pop()


@pytest.mark.parametrize("format_", ["trig", "ttl"])
def test_a_reader_meets_short_names(format_: str) -> None:
    text = exported(content.find(), format_).decode()
    assert "@prefix membership: <https://w3id.org/samverkan/id/membership/> ." in text
    assert "membership:beredningsgrupp-2-nhv-hakan-wittgren a org:Membership ;" in text
    statements = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert not any(f"<{ID}" in line for line in statements)


def test_shapes_that_are_no_turtle_are_told_with_file_and_line(with_shapes: Content) -> None:
    (with_shapes.ontology / "shapes.ttl").write_text("a b\n")
    with pytest.raises(ContentError, match=r"shapes\.ttl, line 1"):
        exported(with_shapes, "nq", with_ontology=True)
    assert exported(with_shapes, "nq")


def test_json_ld_is_json() -> None:
    assert json.loads(exported(content.find(), "jsonld"))


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    write(file, b"first")
    write(file, b"second")
    assert file.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [file]
    folder = tmp_path / "folder"
    with pytest.raises(OutputError, match="cannot be written"):
        write(folder / "none" / "graph.trig", b"third")
    folder.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write(folder, b"third")
    assert list(folder.iterdir()) == []


def test_a_link_keeps_pointing_to_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write(tmp_path / "link", b"whole")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"whole"


def test_a_device_is_written_to_and_stays_one() -> None:
    write(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()


def test_a_link_to_itself_does_not_stop_the_writing(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    write(tmp_path / "link", b"whole")
    assert (tmp_path / "link").read_bytes() == b"whole"


def test_a_name_may_be_as_long_as_the_folder_allows(tmp_path: Path) -> None:
    write(tmp_path / ("å" * 127), b"whole")
    assert (tmp_path / ("å" * 127)).read_bytes() == b"whole"


def test_who_may_read_a_file_is_not_changed_by_writing_it(tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    file.touch(0o600)
    write(file, b"whole")
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", [["export"], ["query", "sources"]])
def test_a_full_disk_is_told_where_the_output_goes(command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "samverkan", *command, "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.stderr.decode().startswith("The output cannot be written: ")
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


STRANGE = (
    *('"', '"' * 3, "'" * 3, "\\", "\n\r\t", "👩\u200d⚕", "\u202eשלום", "\x1b[31m\x7f"),
    *("<b>&amp;", "e\u0301", "\U0010fffd"),
)


@pytest.mark.parametrize("format_", FORMATS)
def test_any_text_is_the_same_when_it_is_read_again(format_: str) -> None:
    names = {f"a{text}b" for text in STRANGE}
    loaded = pyoxigraph.Store()
    for name in names:
        label = pyoxigraph.Literal(name, language="sv")
        loaded.add(pyoxigraph.Quad(IDENTITY, term("skos:hiddenLabel"), label, IDENTITY))
    dataset = store.Dataset(loaded, "", ())
    body = export.export(dataset, content.find(), format_, with_ontology=False)
    found = rdflib.Dataset().parse(data=body, format=PARSERS[format_])
    there = {str(each[2]) for each in found.quads() if isinstance(each[2], rdflib.Literal)}
    assert there == names
