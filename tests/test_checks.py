"""The to-do list: what it holds, by whom it is grouped, what is acknowledged, how it is told."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store
from rdflib import RDF, SH

from graphs import ROOT, SCHEMES_FILE
from samverkan import checks, content, store
from samverkan.checks import shapes, validation
from samverkan.checks.todo import Finding, Todo
from samverkan.cli import main
from samverkan.language import language
from samverkan.namespaces import ID
from samverkan.web import checks as pages
from small import HEAD, Source, write

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    """What is amiss with the bundled graph."""
    found = content.find()
    checking = checks.load(found, store.load(found))
    return checking.findings(checking.results(DAY), DAY, language("sv"))


def of(findings: tuple[Finding, ...], check: str) -> list[Finding]:
    return [finding for finding in findings if finding.check == check]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--on-date", str(DAY), *arguments])


# ---------- The bundled graph ----------


def test_nobody_owns_or_carries_out_any_activity_of_2024_and_three_of_2025(
    findings: tuple[Finding, ...],
) -> None:
    ownerless = [finding.thing.iri for finding in of(findings, "activity-without-owner")]
    assert sum("aktivitetsplan-2024" in iri for iri in ownerless) == 21
    assert sum("aktivitetsplan-2025" in iri for iri in ownerless) == 3


def test_who_carries_out_an_activity_is_offered_as_its_owner(
    findings: tuple[Finding, ...],
) -> None:
    found = {f.thing.iri: f for f in of(findings, "activity-with-only-a-performer")}
    offer = found[f"{ID}activity/aktivitetsplan-2025-upphandling"]
    assert [thing.label for thing in offer.offered] == ["Upphandlingsgruppen"]
    assert "Upphandlingsgruppen" in offer.message
    assert offer.severity == "warning"


def test_both_nominations_have_no_outcome_and_who_nominated_has_to_ask(
    findings: tuple[Finding, ...],
) -> None:
    found = of(findings, "nomination-without-outcome")
    assert {finding.thing.iri.rpartition("/")[2] for finding in found} == {
        "beredningsgrupp-2-nhv-mikael-kohler-nominated",
        "kommitten-for-klinisk-behandlingsforskning-petri-olivius-nominated",
    }
    assert {finding.actor.label for finding in found} == {"Samverkansnämnden"}


def test_whose_seat_it_is_fills_it_and_seats_of_a_kind_are_told_together(
    findings: tuple[Finding, ...],
) -> None:
    listed = checks.todo(findings, DAY)
    lines = [
        (group.actor.label, line)
        for group in listed.groups
        for line in group.lines
        if line.findings[0].check == "seat-without-holder"
    ]
    assert len(lines) == 14
    assert len({actor for actor, _line in lines}) == 7
    for actor, line in lines:
        assert len(line.findings) == 3
        assert "3 platser" in line.message
        assert all(actor in finding.thing.label for finding in line.findings)


def test_what_is_done_or_was_not_done_needs_no_owner_any_more(
    findings: tuple[Finding, ...],
) -> None:
    told = {
        finding.thing.iri.rpartition("/")[2]
        for check in ("activity-without-owner", "activity-with-only-a-performer")
        for finding in of(findings, check)
    }
    assert not told & {
        "aktivitetsplan-2020-kop-av-vard",
        "aktivitetsplan-2020-nytt-samverkansavtal",
        "aktivitetsplan-2025-prislista",
    }


def test_whoever_sits_in_a_national_body_is_asked_about_here(
    findings: tuple[Finding, ...],
) -> None:
    found = of(findings, "office-elsewhere-stale")
    assert {finding.actor.label for finding in found} == {"Samverkansnämnden"}
    assert {finding.message.partition(",")[0] for finding in found} == {
        "Andreas Svahn",
        "Ola Karlsson",
    }


def test_the_last_time_that_is_shown_is_told_in_the_words_of_its_source(
    findings: tuple[Finding, ...],
) -> None:
    (found,) = [
        f
        for f in of(findings, "office-stale")
        if "i Region Sörmland" in f.thing.label and "Samuelsson" in f.thing.label
    ]
    assert "senast belagt 2021-02-19, för" in found.message


def test_an_outcome_is_missing_when_the_year_is_over(findings: tuple[Finding, ...]) -> None:
    found = of(findings, "activity-without-outcome")
    of_2024 = [
        f.since for f in found if f.thing.iri.startswith(f"{ID}activity/aktivitetsplan-2024-")
    ]
    assert of_2024 == [date(2024, 12, 31)] * 21


def test_collectives_hospitals_and_regions_need_no_members(findings: tuple[Finding, ...]) -> None:
    bodies = {f.thing.label for f in of(findings, "body-without-known-member")}
    assert "Upphandlingsgruppen" in bodies
    for label in ("Verksamhetschefsgrupperna", "Universitetssjukhuset i Örebro", "Region Värmland"):
        assert label not in bodies


def test_every_finding_says_what_where_and_what_to_do(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.message
        assert finding.remedy
        assert "{" not in finding.message + finding.remedy + finding.together_message.replace(
            "{$count}", ""
        )
        assert finding.evidence, finding
        assert finding.since, finding


def test_the_most_serious_come_first(findings: tuple[Finding, ...]) -> None:
    listed = checks.todo(findings, DAY)
    for group in listed.groups:
        ranks = [checks.SEVERITIES.index(line.severity) for line in group.lines]
        assert ranks == sorted(ranks)
    assert listed.groups[0].actor.label == "Samverkansnämnden"


# ---------- The command line ----------


def test_a_violation_gives_exit_code_1_and_the_totals_are_told() -> None:
    done = run("--severity", "violation")
    assert done.exit_code == 1
    assert "fel 27, varningar 0" in done.output


def test_without_a_violation_the_exit_code_is_0() -> None:
    done = run("--body", "Upphandlingsgruppen", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "No source names anybody in Upphandlingsgruppen" in done.output


def test_the_report_is_that_of_shacl_and_the_same_each_time() -> None:
    once, again = run("--format", "turtle").output, run("--format", "turtle").output
    assert once == again
    graph = rdflib.Graph().parse(data=once, format="turtle")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(json.loads(run("--format", "json").output)["findings"])
    for result in results:
        languages = [m.language for m in graph.objects(result, SH.resultMessage)]  # type: ignore[attr-defined]
        assert sorted(languages) == ["en", "sv"]


def test_the_page_stands_by_itself() -> None:
    page = run("--format", "html", "--severity", "violation").output
    assert "<style>" in page
    assert 'rel="stylesheet"' not in page
    assert "för 21 aktiviteter säger ingen källa vem som ansvarar eller utför" in page


def test_a_day_in_the_past_has_the_findings_of_that_day() -> None:
    done = CliRunner().invoke(main, ["check", "--on-date", "2021-03-01", "--format", "json"])
    found = {finding["check"] for finding in json.loads(done.output)["findings"]}
    assert "nomination-without-outcome" in found
    assert not {"task-past-deadline", "representation-stale"} & found
    assert all(finding["since"] <= "2021-03-01" for finding in json.loads(done.output)["findings"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--on-date", "i går"), 2),
        (("--body", "Kaffeklubben"), 1),
        (("--body", "ordförande"), 1),
        (("--body", "person/ola-karlsson"), 1),
        (("--body", "https://example.org/body"), 1),
        (("--severity", "grave"), 2),
    ],
)
def test_what_is_no_day_or_no_body_is_told(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments)
    assert done.exit_code == code
    assert "Traceback" not in done.output
    assert "Per 2026" not in done.output


LONG_AGO = """
import time
now = time.monotonic
ahead = iter(range(0, 10**9, 10))
time.monotonic = lambda: now() + next(ahead)
from samverkan.cli import main
main(["check", "--severity", "violation"])
"""


def test_a_bar_shows_on_a_terminal_how_far_it_is() -> None:
    # As if the command had begun long ago: a bar is for those who wait for more than a second.
    command = [sys.executable, "-c", LONG_AGO]
    ours, theirs = os.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs):
        os.close(theirs)
        assert b"100%" in b"".join(read_all(ours))
    os.close(ours)
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def read_all(descriptor: int) -> Iterator[bytes]:
    """What is written to a terminal until nobody holds its other end (EIO on Linux)."""
    with suppress(OSError):
        while data := os.read(descriptor, 4096):
            yield data


def test_an_ontology_without_shapes_has_the_bundled_ones(tmp_path: Path) -> None:
    folder = small(tmp_path)
    (folder / "ontology").mkdir()
    for name in ("samverkan.ttl", "schemes.ttl"):
        (folder / "ontology" / name).write_bytes((ROOT / "ontology" / name).read_bytes())
    assert "representation-stale" in {finding.check for finding in listed(folder).findings}


# ---------- Small contents ----------


def small(folder: Path, **files: str) -> Path:
    """A content with a stale representation and nothing said of who has taken over."""
    write(folder, [Source(2021).says("anna", represents="north")])
    for name, text in files.items():
        path = folder / ("ontology" if name == "shapes" else "data") / f"{name}.ttl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def listed(folder: Path, on_date: date = DAY) -> Todo:
    found = content.find(folder)
    checking = checks.load(found, store.load(found))
    return checks.todo(
        checking.findings(checking.results(on_date), on_date, language("sv")), on_date
    )


STALE = "council-anna-representative-attested"
PREFIXES = HEAD + (
    "@prefix acknowledgement: <https://w3id.org/samverkan/id/acknowledgement/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix shape: <https://w3id.org/samverkan/def/shape/> .\n"
)
ACKNOWLEDGED = PREFIXES + (
    "acknowledgement:a a smv:Acknowledgement ;\n"
    "    smv:ofCheck shape:representation-stale ;\n"
    f"    smv:ofThing membership:{STALE} ;\n"
    "    smv:acknowledgedBy organization:board ;\n"
    '    rdfs:comment "Tas upp efter valet."@sv ;\n'
    '    smv:until "2026-12-31"^^xsd:date .\n'
)


def test_a_representation_is_stale_after_a_year(tmp_path: Path) -> None:
    folder = small(tmp_path)
    checks_of = {day: {f.check for f in listed(folder, day).findings} for day in (
        date(2022, 3, 1), date(2022, 3, 2)
    )}  # fmt: skip
    assert ["representation-stale" in found for found in checks_of.values()] == [False, True]


def test_who_is_represented_has_to_act(tmp_path: Path) -> None:
    found = of(listed(small(tmp_path)).findings, "representation-stale")
    assert [finding.actor.label for finding in found] == ["Region Norr"]


def test_what_is_acknowledged_is_shown_and_not_counted(tmp_path: Path) -> None:
    before, after = listed(small(tmp_path)), listed(small(tmp_path, acknowledgements=ACKNOWLEDGED))
    assert after.totals["warning"] == before.totals["warning"] - 1
    assert after.totals["acknowledged"] == 1
    (finding,) = of(after.findings, "representation-stale")
    assert finding.accepted
    assert (finding.accepted.by.label, finding.accepted.reason) == (
        "Styrelsen",
        "Tas upp efter valet.",
    )


def test_what_was_acknowledged_comes_back_when_its_time_is_over(tmp_path: Path) -> None:
    folder = small(tmp_path, acknowledgements=ACKNOWLEDGED)
    totals = [
        listed(folder, day).totals["acknowledged"] for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert totals == [1, 0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("shape:representation-stale", "shape:representation-stael", "representation-stael"),
        (f"membership:{STALE}", "membership:nobody", "membership/nobody"),
        ("    smv:acknowledgedBy organization:board ;\n", "", "smv:acknowledgedBy"),
        ('"2026-12-31"^^xsd:date', '"nästa år"', "smv:until"),
        ('valet."@sv', "valet.@sv", "acknowledgements.ttl"),
    ],
)
def test_a_broken_acknowledgement_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = small(tmp_path, acknowledgements=ACKNOWLEDGED.replace(old, new))
    done = run("--content", str(folder))
    assert done.exit_code == 2
    assert "acknowledgements.ttl" in done.output
    assert "rad " in done.output
    assert told in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sh:severity sh:Violation ;", "sh:severity sh:Violation", "rad "),
        ('"Consider appointing an owner."@en', '"Consider"@de', "direction-without-owner"),
        ("sh:severity sh:Info", "sh:severity sh:Serious", "sh:Violation"),
        ("$this a ?kind ; skos:prefLabel ?label .", "$this a ?kind ; nonsense", "label-shared"),
        ("sh:minCount 1", 'sh:minCount "en"', "Den går inte att använda"),
        ("sh:path dcterms:publisher", 'sh:path "utgivare"', "shapes.ttl"),
        ('sh:pattern "/def/basis/"', 'sh:pattern "/def/basis/("', "Den går inte att använda"),
    ],
)
def test_broken_shapes_are_told_without_a_traceback(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = (ROOT / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    assert old in text
    folder = small(tmp_path, shapes=text.replace(old, new))
    for name in ("samverkan.ttl", "schemes.ttl"):
        (folder / "ontology" / name).write_bytes((ROOT / "ontology" / name).read_bytes())
    done = run("--content", str(folder))
    assert done.exit_code == 2, done.output
    assert "shapes.ttl" in done.output
    assert told in done.output
    assert "Traceback" not in done.output


# ---------- One thing alone ----------


def examples() -> Store:
    """All examples of all shapes in one heap: every check finds something in it."""
    heap = Store()
    for path in (SCHEMES_FILE, *sorted((ROOT / "tests" / "shapes").iterdir())):
        heap.bulk_load(path=str(path), format=RdfFormat.TURTLE, to_graph=DefaultGraph())
    return heap


HEAP = examples()
QUADS = sorted(
    (q for q in HEAP.quads_for_pattern(None, None, None, None) if "/example/" in str(q.subject)),
    key=str,
)
THINGS = sorted({q.subject.value for q in QUADS if isinstance(q.subject, NamedNode)})
SHAPES = shapes.read(content.find())
# Shapes of which nothing is asked of the engine: pyshacl tries all of them on all of their targets.
PYSHACL_ALONE = dataclasses.replace(SHAPES, questions={}, queries={})


def changed_heap(dropped: list[Quad], moved: list[tuple[Quad, Quad]]) -> Store:
    changed = Store()
    changed.extend(HEAP.quads_for_pattern(None, None, None, None))
    for quad in dropped:
        changed.remove(quad)
    for one, other in moved:
        changed.add(Quad(one.subject, one.predicate, other.object, DefaultGraph()))
    return changed


def test_every_shape_can_be_asked_of_the_engine() -> None:
    assert set().union(*SHAPES.targeting.values()) == set(SHAPES.questions)


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
def test_the_engine_suspects_all_that_pyshacl_finds_in_the_examples_and_in_the_bundled_graph() -> (
    None
):
    for graph in (HEAP, store.load(content.find()).engine):
        found = validation.validate(SHAPES, graph, DAY)
        assert len(found) > len(THINGS) / 10
        assert found == validation.validate(PYSHACL_ALONE, graph, DAY)


# A full run over the heap takes seconds: few examples, each of many changes, none made smaller.
@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    dropped=st.lists(st.sampled_from(QUADS), max_size=8),
    moved=st.lists(st.tuples(st.sampled_from(QUADS), st.sampled_from(QUADS)), max_size=8),
    things=st.lists(st.sampled_from(THINGS), min_size=3, max_size=12, unique=True),
)
def test_a_thing_alone_has_the_findings_that_the_full_run_has_for_it(
    dropped: list[Quad], moved: list[tuple[Quad, Quad]], things: list[str]
) -> None:
    changed = changed_heap(dropped, moved)
    full = validation.validate(SHAPES, changed, DAY)
    assert full == validation.validate(PYSHACL_ALONE, changed, DAY)
    touched = {quad.subject.value for quad in dropped if isinstance(quad.subject, NamedNode)}
    for thing in {*things, *touched}:
        alone = validation.validate_thing(SHAPES, changed, DAY, thing)
        assert alone == [result for result in full if str(result.focus) == thing]


# ---------- Pages ----------


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    found = content.find()
    board = pages.Board(checks.load(found, store.load(found)))
    days = [DAY - timedelta(days=number) for number in range(4)]
    kept = [len(board.todo(day, language("sv")).findings) for day in days[:3]]
    assert list(board.found) == days[:3]
    monkeypatch.setattr(pages, "_FINDINGS_KEPT", sum(kept[1:]) + 9)
    board.todo(days[3], language("sv"))
    for held in (board.told, board.lists):
        assert [day for day, _code in held] == days[2:]
    monkeypatch.setattr(pages, "_FINDINGS_KEPT", 1)
    board.todo(DAY, language("sv"))
    assert list(board.told) == list(board.lists) == [(DAY, "sv")]


def test_the_list_comes_as_page_json_csv_and_turtle(client: FlaskClient) -> None:
    page = client.get("/checks.html?on_date=2026-11-25&lang=sv")
    assert page.status_code == 200
    assert "för 21 aktiviteter säger ingen källa vem som ansvarar eller utför" in page.text
    data = client.get("/checks.json?on_date=2026-11-25").get_json()
    assert data["totals"]["violation"] == 27
    rows = list(csv.DictReader(io.StringIO(client.get("/checks.csv?on_date=2026-11-25").text)))
    assert len(rows) == len(data["findings"])
    report = client.get("/checks", headers={"Accept": "text/turtle"})
    assert report.content_type.startswith("text/turtle")
    assert "sh:ValidationReport" in report.text
    narrowed = client.get("/checks.ttl?severity=violation&on_date=2026-11-25").text
    graph = rdflib.Graph().parse(data=narrowed, format="turtle")
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 27


def test_the_list_can_be_narrowed(client: FlaskClient) -> None:
    found = client.get("/checks.json?severity=violation&on_date=2026-11-25").get_json()["findings"]
    assert {finding["severity"] for finding in found} == {"violation"}
    of_one = client.get("/checks.json?body=Beredningsgrupp+2&on_date=2026-11-25").get_json()
    assert {finding["check"] for finding in of_one["findings"]} == {
        "nomination-without-outcome",
        "representation-stale",
        "representatives-unnamed",
    }
    mine = client.get("/checks.json?body=Ledningsgruppen&on_date=2026-11-25").get_json()["findings"]
    assert mine
    assert all("Ledningsgruppen" in json.dumps(finding, ensure_ascii=False) for finding in mine)


def test_the_list_is_narrowed_to_a_check_and_to_what_is_new(client: FlaskClient) -> None:
    def found(query: str) -> list[dict[str, str]]:
        told = client.get(f"/checks.json?on_date=2026-11-25&{query}").get_json()
        rows: list[dict[str, str]] = told["findings"]
        return rows

    assert {each["check"] for each in found("check=seat-without-holder")} == {"seat-without-holder"}
    recent = [each for each in found("") if (each["since"] or "") >= "2026-02-13"]
    assert 0 < len(recent) < len(found(""))
    assert {json.dumps(each) for each in found("since=2026-02-13")} == set(map(json.dumps, recent))


def test_a_body_has_its_tasks_by_remedy_and_what_is_accepted_apart(
    findings: tuple[Finding, ...],
) -> None:
    for group in checks.todo(findings, DAY).groups:
        tasks = group.tasks
        assert len({(task.check, task.severity, task.remedy) for task in tasks}) == len(tasks)
        lines = [line for task in tasks for line in task.lines]
        assert sorted(map(id, (*lines, *group.accepted))) == sorted(map(id, group.lines))
        assert sum(group.counts.values()) == sum(task.count for task in tasks)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_page_names_every_body_and_shows_all_that_one_of_them_has_to_do(
    client: FlaskClient, findings: tuple[Finding, ...], code: str
) -> None:
    page = client.get(f"/checks.html?on_date=2026-11-25&lang={code}").text
    assert len(page.encode()) < 100_000
    listed = checks.todo(findings, DAY).groups
    assert page.count('<details class="actor">') == len(listed)
    whole = client.get(f"/checks.html?on_date=2026-11-25&body=samverkansnamnden&lang={code}").text
    assert len(whole.encode()) < 100_000
    assert whole.count('<details class="actor" open>') == 1
    group = next(each for each in listed if each.actor.iri == f"{ID}organization/samverkansnamnden")
    for line in group.lines:
        for finding in line.findings:
            assert finding.thing.iri.removeprefix(ID) in whole


@pytest.mark.parametrize(
    "query", ["check=x", "since=2026", "severity=grave", "bodi=x", "on_date=x", "body=Kaffeklubben"]
)
def test_a_filter_that_there_is_none_of_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/checks.json?{query}").status_code in {400, 404}


def test_the_page_of_a_thing_says_what_is_amiss_with_it(client: FlaskClient) -> None:
    page = client.get("/res/organization/upphandlingsgruppen.html?lang=sv").text
    assert "Ingen källa namnger någon i Upphandlingsgruppen" in page
    whole = client.get("/res/person/ola-karlsson.html?lang=sv").text
    assert "Att åtgärda" not in whole
