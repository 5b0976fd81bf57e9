"""The graph on disk: loaded once, the same answers, and neither kill -9 nor a fault undoes it."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat

import small
from samverkan import content, disk, export, knowledge, relay, sparql, store
from samverkan.cli import main
from samverkan.errors import StoreError, TimeLimitError, WorkerLostError
from samverkan.isolation import Header, Limits, Pool, Reply, Task
from samverkan.knowledge import Knowledge
from samverkan.origin import Origin
from samverkan.sparql import AdHoc, Wanted
from samverkan.store import Dataset
from services import serving
from test_catalogue import QUERIES, values

HERE = Path(__file__).resolve().parent
LOCK = "samverkan.lock"
TABLE = Wanted("text/tab-separated-values", "application/n-triples")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GROWING = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the bundled graph was loaded."""
    folder = tmp_path_factory.mktemp("disk") / "store"
    disk.load(folder, content.find())
    return folder


@pytest.fixture(scope="module")
def on_disk(bundled: Path) -> Knowledge:
    """The bundled knowledge, its graph on disk."""
    return knowledge.of(Origin(store=bundled))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small content of the test's own."""
    folder = tmp_path / "content"
    folder.mkdir()
    small.write(folder, [small.Source(2020).says("anna")])
    return folder


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK)


def serve(folder: Path, given: Path | None = None) -> Result:
    """What the command says that does not come to serve."""
    chosen = ["--content", str(given)] if given else []
    return CliRunner().invoke(main, ["serve", "--store", str(folder), *chosen, "--lang", "en"])


def run(task: str, folder: Path, given: Path) -> str:
    done = subprocess.run(
        [sys.executable, str(HERE / "loaders.py"), task, str(folder), str(given)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


# ---------- The same answers ----------


def rows(known: Knowledge, text: str) -> list[list[list[str]]]:
    """The rows of a query, each a list of cells, which are words; in no order of rows and words."""
    body = sparql.serialised(known.dataset, text, TABLE).body.decode()
    cells = (line.split("\t") for line in body.splitlines())
    return sorted([sorted(re.split(r"\W+", cell)) for cell in row] for row in cells)


def test_every_named_query_gives_the_same_from_disk_as_from_memory(
    known: Knowledge, on_disk: Knowledge
) -> None:
    assert on_disk.dataset.version == known.dataset.version
    assert on_disk.dataset.sources == known.dataset.sources
    for name in QUERIES:
        text = known.text(known.read(name, values(known, name)))
        assert text == on_disk.text(on_disk.read(name, values(known, name)))
        assert rows(known, text) == rows(on_disk, text), name


def test_the_export_is_the_same(known: Knowledge, on_disk: Knowledge) -> None:
    here, there = (
        export.export(each.dataset, content.find(), "nq", with_ontology=False)
        for each in (known, on_disk)
    )
    assert here == there


def test_names_are_found_again_on_the_shelf(bundled: Path, on_disk: Knowledge) -> None:
    (kept,) = (bundled / generations(bundled)[0] / "shelf").iterdir()
    again = knowledge.of(Origin(store=bundled))
    assert again.names.find("BG2") == on_disk.names.find("BG2")
    kept.write_text("[[", encoding="utf-8")  # not complete: it is made again
    assert knowledge.of(Origin(store=bundled)).names.find("BG2") == on_disk.names.find("BG2")
    assert json.loads(kept.read_bytes())


# ---------- Loaded once ----------


def test_the_second_start_opens_no_file_of_the_content(tmp_path: Path, own: Path) -> None:
    first, opened = json.loads(run("open", tmp_path / "store", own))
    assert opened
    before = {path: path.stat() for path in (tmp_path / "store").rglob("*")}
    assert json.loads(run("open", tmp_path / "store", own)) == [first, []]
    after = {path: path.stat() for path in (tmp_path / "store").rglob("*")}
    assert {path: (facts.st_size, facts.st_mtime_ns) for path, facts in before.items()} == {
        path: (facts.st_size, facts.st_mtime_ns) for path, facts in after.items()
    }


def test_files_that_were_only_touched_or_moved_are_not_loaded_again(
    tmp_path: Path, own: Path
) -> None:
    folder = tmp_path / "store"
    steps: list[str] = []

    def hears(step: str, _done: int, _count: int) -> None:
        steps.append(step)

    version = disk.load(folder, content.find(own), hears).version
    assert list(dict.fromkeys(steps)) == [store.READING, store.CHECKING, disk.WRITING]
    steps.clear()
    (own / "data" / "people.ttl").touch()
    assert disk.load(folder, content.find(own), hears).version == version
    shutil.copytree(own, tmp_path / "moved")
    assert disk.load(folder, content.find(tmp_path / "moved"), hears).version == version
    assert not steps


def test_a_changed_file_makes_a_new_generation_and_ends_the_old_one_when_nobody_serves_it(
    tmp_path: Path, own: Path
) -> None:
    folder = tmp_path / "store"
    first = disk.load(folder, content.find(own))
    small.write(own, [small.Source(2020).says("bo")])
    second = disk.load(folder, content.find(own))
    assert first.version != second.version
    assert len(generations(folder)) == 2, "the first one is being served"
    assert list(sparql.select(first, "SELECT ?s { ?s ?p ?o }"))
    del first
    small.write(own, [small.Source(2020).says("anna").says("bo")])
    third = disk.load(folder, content.find(own))
    assert [name[:16] for name in generations(folder)] == sorted([second.version, third.version])


def test_another_version_of_the_program_makes_a_generation_of_its_own(
    tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    disk.load(folder, content.find(own))
    (before,) = generations(folder)
    monkeypatch.setattr(disk, "_MAKER", "0" * 8)
    disk.load(folder, content.find(own))
    assert generations(folder) == [f"{before[:16]}-{'0' * 8}"]


def test_new_content_with_a_fault_is_refused_with_its_line_and_the_old_graph_stays(
    tmp_path: Path, own: Path
) -> None:
    folder = tmp_path / "store"
    disk.load(folder, content.find(own))
    kept = generations(folder)
    people = own / "data" / "people.ttl"
    good = people.read_text(encoding="utf-8")
    people.write_text(f"{good}person:x foaf:nmae 1 .\n", encoding="utf-8")
    said = serve(folder, own)
    assert said.exit_code == 2
    assert "people.ttl, line " in said.output
    assert generations(folder) == kept
    people.write_text(good, encoding="utf-8")
    assert disk.load(folder, content.find(own)).version == kept[0][:16]


# ---------- kill -9 ----------


def test_a_loader_that_is_killed_at_any_moment_leaves_the_old_graph_or_the_new_one(
    tmp_path: Path, own: Path
) -> None:
    folder = tmp_path / "store"
    old = disk.load(folder, content.find(own))  # held by this process: it stays
    kept = generations(folder)
    small.write(own, [small.Source(2020).says("bo")])
    new = f"{content.find(own).version()}{kept[0][16:]}"
    told = [json.loads(line) for line in run("die", folder, own).splitlines()]
    assert len(told) >= 8
    for left, status, after in told:
        assert status == 0
        assert set(left) - {LOCK, "new"} in ({*kept}, {*kept, new})
        assert after == sorted([LOCK, *kept, new])
    assert {(new in left, "new" in left) for left, *_rest in told} == {
        (False, False),
        (False, True),
        (True, False),
    }
    assert disk.for_workers(folder, old.version).sources == old.sources


def test_a_service_that_is_killed_answers_the_same_when_it_is_started_again(
    tmp_path: Path, own: Path
) -> None:
    # The test's own end of it is a kill, too: nothing is left for a service to do at its end.
    folder = tmp_path / "store"
    asked = "/queries/memberships.csv"
    given = ("--content", str(own), "--store", str(folder))
    before = _asked_and_killed(tmp_path, asked, given)
    kept = generations(folder)
    assert _asked_and_killed(tmp_path, asked, given) == before
    assert before.count("\n") == 2
    assert generations(folder) == kept


def _asked_and_killed(folder: Path, path: str, options: tuple[str, ...]) -> str:
    with serving(folder, *options, killed=True) as address:
        with urllib.request.urlopen(address + path) as response:
            text: str = response.read().decode()
        with urllib.request.urlopen(f"{address}/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D") as asked:
            assert "true" in asked.read().decode()
    return text


# ---------- Folders that cannot be used ----------


def test_two_loaders_do_not_meet(tmp_path: Path, own: Path) -> None:
    folder = tmp_path / "store"
    command = [sys.executable, str(HERE / "loaders.py"), "hang", str(folder), str(own)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "writes\n"
        said = serve(folder, own)
        assert said.exit_code == 2
        assert "Another process is loading into" in said.output
        first.communicate("")
    assert first.returncode == 0
    assert len(generations(folder)) == 1


def damaged(folder: Path, what: str) -> None:
    (generation,) = (folder / name for name in generations(folder))
    largest = max((generation / "graph").glob("*.sst"), key=lambda path: path.stat().st_size)
    if what == "cut short":
        os.truncate(largest, largest.stat().st_size // 2)
    elif what == "lost":
        largest.unlink()
    elif what == "stamp":
        os.truncate(generation / "stamp.json", 40)
    elif what == "no stamp":
        (generation / "stamp.json").unlink()
    elif what == "other bytes":
        current = generation / "graph" / "CURRENT"
        current.write_text("x" * current.stat().st_size, encoding="utf-8")


@pytest.mark.parametrize("what", ["cut short", "lost", "stamp", "no stamp", "other bytes"])
def test_a_damaged_graph_is_refused_and_not_silently_made_again(
    tmp_path: Path, bundled: Path, what: str
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(bundled, folder)
    damaged(folder, what)
    kept = generations(folder)
    said = serve(folder)
    assert said.exit_code == 2
    assert "is not as it was written. Delete" in said.output
    assert kept[0] in said.output
    assert generations(folder) == kept


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("mine", encoding="utf-8")
    for folder, reason in (
        (tmp_path, "is not empty, and holds no graph of samverkan"),
        (letter, "is no folder"),
        (letter / "store", "cannot be used: Not a directory"),
        (Path("/proc/store"), "cannot be used: No such file or directory"),
    ):
        said = serve(folder)
        assert (said.exit_code, said.output.count("\n")) == (2, 1), said.output
        assert reason in said.output
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_disk_that_is_full_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-m", "samverkan", "serve", "--store", str(folder), "--lang", "en"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16)),
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "The graph cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr
    assert generations(folder) == []


# ---------- Workers ----------


@pytest.fixture(scope="module")
def endpoint(bundled: Path, known: Knowledge) -> Iterator[AdHoc]:
    limits = Limits(workers=1, seconds=20, memory=32 << 20, rows=1 << 30, result=1 << 40)
    found = AdHoc(relay.runner(Origin(store=bundled), limits, known.dataset), limits)
    yield found
    found.close()


def test_workers_find_the_same_in_every_order_of_the_graph(
    known: Knowledge, endpoint: AdHoc
) -> None:
    for text in (
        "SELECT * { ?s ?p ?o }",
        "SELECT ?g ?s { GRAPH ?g { ?s a ?o } }",
        'SELECT ?s ?p { ?s ?p ?o FILTER(STR(?o) = "2021-02-19") }',
        "SELECT ?s ?g { ?m a <http://www.w3.org/ns/org#Membership> . GRAPH ?g { ?s ?p ?m } }",
        "SELECT ?s ?o { ?s <http://www.w3.org/ns/org#role> ?o } ORDER BY ?s ?o",
    ):
        here = sparql.serialised(known.dataset, text, TABLE).body.splitlines()
        assert sorted(endpoint.ask(text, TABLE).body.splitlines()) == sorted(here)


def test_a_worker_that_takes_too_long_or_too_much_is_ended_and_the_next_one_answers(
    endpoint: AdHoc,
) -> None:
    with pytest.raises(TimeLimitError):
        endpoint.ask(ENDLESS, TABLE, seconds=0.2)
    with pytest.raises(WorkerLostError):
        endpoint.ask(GROWING, TABLE)
    assert b"true" in endpoint.ask("ASK { ?s ?p ?o }", Wanted()).body


def opened(given: tuple[Path, str]) -> tuple[Dataset, Path]:
    folder, version = given
    return Origin(store=folder).dataset(version), folder


def gets_out(state: tuple[Dataset, Path], request: Header, limit: int) -> Reply:
    """What a worker gets that tries to open a file of the store, and then reads all of it."""
    dataset, folder = state
    try:
        os.close(os.open(folder / LOCK, os.O_RDONLY))
    except OSError as error:
        return {"refused": error.strerror, "statements": sum(1 for _ in dataset.engine)}, b""
    return {"refused": None}, b""


def test_a_worker_reads_all_of_the_graph_and_opens_no_file(
    bundled: Path, known: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE), prepend=os.pathsep)
    task = Task(opened, (bundled, known.dataset.version), gets_out)
    pool = Pool(task, Limits(workers=1, seconds=20))
    try:
        header: dict[str, Any] = pool.run({})[0]
    finally:
        pool.close()
    assert header["refused"] == "Too many open files"
    assert header["statements"] == sum(1 for _ in known.dataset.engine)


def test_all_files_of_a_large_graph_are_open_before_workers_are_forked(
    tmp_path: Path, known: Knowledge
) -> None:
    # As many files as a graph of millions has: the engine opens sixteen of them by itself.
    quads, samples = list(known.dataset.engine), tmp_path / "samples.nq"
    written = pyoxigraph.Store(tmp_path / "graph")
    for start in range(0, len(quads), 8_000):
        written.bulk_extend(quads[start : start + 8_000])
    written.flush()
    del written
    samples.write_bytes(pyoxigraph.serialize(quads[::50], format=RdfFormat.N_QUADS) or b"")
    engine = pyoxigraph.Store.read_only(str(tmp_path / "graph"))
    files = {path.resolve() for path in (tmp_path / "graph").glob("*.sst")}
    assert not files <= open_files()
    disk._open_all(engine, samples)
    assert files <= open_files()


def open_files() -> set[Path]:
    links = Path("/proc/self/fd").iterdir()
    return {link.readlink() for link in links if link.is_symlink()}


def test_a_generation_that_is_gone_is_told(tmp_path: Path, own: Path) -> None:
    disk.load(tmp_path / "store", content.find(own))
    with pytest.raises(StoreError, match="is gone"):
        disk.for_workers(tmp_path / "store", "0" * 16)
