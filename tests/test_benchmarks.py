"""The bench: the graph that it makes, and that it measures only what is answered right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks import __main__ as bench
from benchmarks import checking, comparison, nation, report, workload
from benchmarks.comparison import DisagreementError
from benchmarks.findings import ALONE, OURS, Case, Check, Findings
from reference import Told
from samverkan import knowledge

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# What is rarer than this in the bundled graph is left to chance.
SHARE = 0.003


class Fixed:
    """A channel that always gives the same answer."""

    def __init__(self, *labels: str) -> None:
        rows = [{"s": {"type": "literal", "value": label}} for label in labels]
        self.answer = json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": rows}})

    def ask(self, text: str) -> bytes:
        return self.answer.encode()

    def close(self) -> None:
        pass


def files_of(data: Path) -> list[Path]:
    return [*sorted(data.glob("[op]*.ttl")), *sorted((data / "sources").glob("*.ttl"))]


def shares(files: Iterable[Path]) -> dict[str, float]:
    """How large a part of all triples has each property and gives each class."""
    count: Counter[str] = Counter()
    total = 0
    for path in files:
        for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
            total += 1
            kind = quad.object.value if quad.predicate.value == TYPE else ""
            count[quad.predicate.value] += 1
            count[kind] += 1
    del count[""]
    return {name: number / total for name, number in count.items()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content of about 10 000 triples."""
    folder = tmp_path_factory.mktemp("made") / "content"
    nation.generate(folder, 10_000, seed=1)
    return folder


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """What a small run found."""
    plan = bench.Plan(
        sizes=(2_000,),
        connections=(1,),
        seconds=0.02,
        rounds=1,
        beside=(ALONE,),
        pyshacl_up_to=0,
        runaway_seconds=0.3,
        bundled=False,
    )
    return bench.run(plan)


def test_the_made_up_graph_has_the_proportions_of_the_bundled_one(made: Path) -> None:
    bundled, ours = shares(files_of(DATA)), shares(files_of(made / "data"))
    apart = {
        name: round(ours.get(name, 0) / share, 2)
        for name, share in bundled.items()
        if share > SHARE and not 0.6 < ours.get(name, 0) / share < 1.6
    }
    # That a list is left open matters to the reader of a page, not to what a query costs.
    assert set(apart) <= {"https://w3id.org/samverkan/def/incompleteList"}, apart


def test_the_made_up_graph_is_as_large_as_told_and_can_be_asked(made: Path) -> None:
    known = knowledge.load(made)
    size = sum(1 for path in files_of(made / "data") for _quad in parse(path=path))
    assert 10_000 <= size < 11_000
    board = next(label for label in workload.labels(known, 1_000) if label.startswith("Samverkans"))
    assert len(known.ask("representatives", body=board, on_date="2024-06-01")) >= 10
    assert len(known.ask("activities")) >= 40


def test_the_same_seed_gives_the_same_files_and_another_one_others(
    made: Path, tmp_path: Path
) -> None:
    nation.generate(tmp_path / "same", 3_000, seed=1)
    nation.generate(tmp_path / "other", 3_000, seed=2)
    same = {p.name: p.read_text() for p in (tmp_path / "same/data/sources").iterdir()}
    larger = {p.name: p.read_text() for p in (made / "data/sources").iterdir()}
    assert same.items() <= larger.items()
    other = {p.name for p in (tmp_path / "other/data/sources").iterdir()}
    assert not other & same.keys()


def test_a_wrong_answer_fails_the_bench() -> None:
    right, wrong, short = Fixed("a", "b"), Fixed("a", "c"), Fixed("a")
    assert comparison.agree({"one": right, "other": Fixed("b", "a")}, ["q"]) == 2
    for answer in (wrong, short, Fixed("a", "b", "b")):
        with pytest.raises(DisagreementError):
            comparison.agree({"one": right, "other": answer}, ["q"])


def test_a_small_run_measures_everybody_and_everything(found: Findings) -> None:
    assert found.compared[2_000] > 50
    assert {(case.contender, case.workload) for case in found.cases} >= {
        (name, kind)
        for name in (OURS, ALONE)
        for kind in ("one thing, distinct", "whole graph, repeated")
    }
    assert all(measured.throughput > 0 for measured in found.cases.values())
    assert all(start.memory > 1_000_000 for start in found.starts.values())
    assert found.runaways[2_000].killed >= 0.3


def test_the_report_has_a_row_for_each_case_and_a_picture_beside_it(
    found: Findings, tmp_path: Path
) -> None:
    bench.write(found, tmp_path / "results.md")
    text = (tmp_path / "results.md").read_text()
    for case in found.cases:
        assert f"| 2 000 | {case.workload} | 1 |" in text
    assert "| runaway query, at 2 000 triples | limit + 100 ms |" in text
    assert "(results.svg)" in text
    assert (tmp_path / "results.svg").read_text().count("<rect") > len(found.cases)


def test_a_check_that_finds_something_else_than_pyshacl_fails_the_bench() -> None:
    right: set[Told] = {("shape", "thing", None, None, "component", "info")}
    wrong: set[Told] = {("shape", "thing", None, None, "other", "info")}
    checking.agree(right, set(right))
    for other in (set[Told](), wrong, right | wrong):
        with pytest.raises(DisagreementError):
            checking.agree(right, other)


def test_a_full_check_stands_beside_the_run_of_pyshacl(found: Findings) -> None:
    assert found.checks[2_000].results > 0
    assert found.checks[2_000].ratio is None
    both = Findings("", checks={10_000: Check(316, 0.25, 0.25, 35.0)})
    text = report.markdown(both, "results.svg")
    assert "| full check, at 10 000 triples, beside pyshacl | at least 10× | 70.00× | yes |" in text
    assert "| 10 000 | 316 | 0.25 | 0.25 | 35.0 | 70 |" in text


def test_what_was_not_asked_is_no_figure(found: Findings) -> None:
    assert found.ratio(Case(2_000, "one thing, distinct", 1, OURS), "Oxigraph server") is None


def test_the_readme_shows_the_targets_of_the_run_that_is_kept() -> None:
    results = (HERE / "benchmarks" / "results.md").read_text(encoding="utf-8")
    targets = results.partition("## Targets\n\n")[2].partition("\n\n")[0]
    assert targets.startswith("| what | target | found | met |")
    assert targets in (DATA.parent / "README.md").read_text(encoding="utf-8")
