"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import rdflib
from click.testing import CliRunner
from rdflib import URIRef

from samverkan.cli import main
from samverkan.namespaces import DEF, ID, PREFIXES

MAIN = "vem representerar oss i Beredningsgrupp 2"


def run(*arguments: str, given: str | bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "samverkan", *arguments],
        input=given if isinstance(given, bytes) else given.encode(),
        capture_output=True,
        check=False,
    )


def text_of(*arguments: str) -> str:
    done = run(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def test_a_question_is_answered_with_its_paragraphs() -> None:
    told = text_of("ask", MAIN)
    for part in ("Håkan Wittgren", "§ 14", "Mikael Köhler", "§ 13", "senast belagd", "nominerad"):
        assert part in told


def test_three_days_give_three_answers() -> None:
    times = (["--on-date", "2021-02-19"], ["--on-date", "2021-01-15"], ["--known-on", "2020-12-31"])
    answers = [json.loads(text_of("ask", MAIN, *given, "--format", "json")) for given in times]
    assert [answer["state"] for answer in answers] == ["confirmed", "before-first", "not-covered"]
    assert len({answer["answer"] for answer in answers}) == 3


def test_the_json_has_every_member_of_an_answer() -> None:
    answer = json.loads(text_of("ask", MAIN, "--format", "json"))
    assert list(answer) == [
        "question",
        "lang",
        "on_date",
        "known_on",
        "interpretation",
        "alternatives",
        "state",
        "answer",
        "findings",
        "discrepancies",
        "sparql",
    ]
    assert {"state", "person", "organization", "role", "represents", "status", "from", "to"} <= set(
        answer["findings"][0]
    )
    assert set(answer["findings"][0]["evidence"][0]) == {
        "source",
        "title",
        "issued",
        "locator",
        "start",
        "end",
    }


def test_the_query_of_an_answer_gives_the_same_when_run_by_itself(tmp_path: Path) -> None:
    for given in ([], ["--known-on", "2020-12-31"], ["--on-date", "2021-01-15"]):
        answer = json.loads(text_of("ask", MAIN, *given, "--format", "json"))
        file = tmp_path / "answer.rq"
        file.write_text(answer["sparql"], encoding="utf-8")
        rows = json.loads(text_of("sparql", str(file), "--format", "json"))["results"]["bindings"]
        assert [row["state"]["value"] for row in rows] == [f["state"] for f in answer["findings"]]


def test_a_named_query_takes_names_and_gives_every_format() -> None:
    given = (
        "query",
        "representatives",
        "body=Beredningsgrupp2",
        "represents=Sjukvårdsregion Mellansverige",
    )
    assert "Håkan Wittgren" in text_of(*given)
    assert text_of(*given, "--format", "csv").count("\n") == 4
    assert text_of(*given, "--format", "tsv").startswith("?state\t")
    assert "<sparql" in text_of(*given, "--format", "xml")
    assert json.loads(text_of(*given, "--format", "json"))["head"]["vars"][0] == "state"


def test_the_named_queries_are_listed() -> None:
    listed = text_of("query")
    assert "representatives body [represents] [role]" in listed
    assert "Vilka som sitter i ett organ" in listed
    assert "Who sits in a body" in text_of("query", "--lang", "en")


def test_a_thing_is_shown() -> None:
    told = text_of("show", "Beredningsgrupp 2")
    assert "https://w3id.org/samverkan/id/organization/beredningsgrupp-2-nhv" in told
    assert "Håkan Wittgren" in told
    assert "§ 13" in told


def test_things_of_one_name_are_told_apart_with_the_command_for_each() -> None:
    done = run("show", "Verksamhetsplan 2025–2028")
    told = done.stderr.decode()
    assert done.returncode == 1
    for kind, sort in (("plan", "plan"), ("source", "källa")):
        address = f"{kind}:verksamhetsplan-2025-2028"
        assert f"Verksamhetsplan 2025–2028 ({sort}): samverkan show {address}" in told
        assert f"{ID}{kind}/verksamhetsplan-2025-2028" in text_of("show", address)


@pytest.mark.parametrize("format_", ["table", "markdown", "json", "csv", "tsv", "xml"])
def test_no_rows_are_told_beside_the_result(format_: str) -> None:
    given = ("query", "representatives", "body=Beredningsgrupp 2", "known_on=1999-01-01")
    done = run(*given, "--format", format_)
    assert (done.returncode, done.stderr.decode()) == (0, "Inga rader.\n")
    assert done.stdout


def test_a_name_that_is_read_as_another_is_told() -> None:
    done = run("query", "roles", "person=petri olivius", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, b"")
    corrected = run("query", "roles", "person=petri olivus", "--format", "csv")
    assert corrected.stdout == done.stdout
    assert corrected.stderr.decode() == "person: ”petri olivus” lästes som Petri Olivius.\n"


def test_a_truth_is_taken_in_words() -> None:
    for word, value in (("ja", "true"), ("Nej", "false")):
        told = text_of("query", "sources", f"held={word}", "--format", "csv")
        assert told == text_of("query", "sources", f"held={value}", "--format", "csv")


def test_a_question_needs_no_quotes() -> None:
    assert text_of("ask", *MAIN.split()) == text_of("ask", MAIN)


def test_sparql_is_read_from_standard_input() -> None:
    done = run("sparql", "-", "--format", "csv", given="SELECT (1 + 1 AS ?two) {}")
    assert (done.returncode, done.stdout.decode().split()) == (0, ["two", "2"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", ""], "Fråga något"),
        (["ask", "a" * 100_000], "100000 tecken"),
        (["ask", "vem \x07 är"], "tecken som inte är text"),
        (["ask", MAIN, "--on-date", "i går"], "ÅÅÅÅ-MM-DD"),
        (["ask", MAIN, "--known-on", "2021-02-30"], "finns inte"),
        (["show", ""], "Ange vad som ska visas"),
        (["query", "representatives"], "behöver body"),
        (["query", "representatives", "body"], "NAMN=VÄRDE"),
        (["query", "representatives", "boddy=x"], "ingen parameter boddy"),
        (["query", "representatives", "body=BG2", "on_date=x"], "ÅÅÅÅ-MM-DD"),
        (["ask", MAIN, "--content", "/nowhere/at/all"], "Det finns ingen mapp"),
        (["query", "representatives", "body=RCC", "body=BG2"], "mer än en gång"),
        (["sparql", "--timeout", "nan", "/dev/null"], "tidsgräns"),
        (["serve", "--timeout", "nan"], "tidsgräns"),
        (["sparql", "/dev/zero"], "100000 tecken"),
        (["ask"], "Missing argument"),
        (["sparql", "/nowhere/at/all"], "No such file"),
    ],
)
def test_wrong_usage_is_told_and_exits_with_2(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "vem representerar oss i Beredningsgrupp 7"], "Beredningsgrupp 2"),
        (["ask", "vem är Claesson"], "Jonas Claesson"),
        (["ask", "hur mår du"], "förstods inte"),
        (["show", "Beredningsgrupp 7"], "heter ”Beredningsgrupp 7”"),
        (["show", "https://w3id.org/samverkan/id/person/nobody"], "ingenting"),
        (["query", "meetings", "status=zzzz"], "hållet, "),
        (["query", "nope"], "Det finns ingen fråga"),
        (["query", "representatives", "body=Beredningsgrupp 7"], "heter"),
    ],
)
def test_no_answer_is_told_and_exits_with_1(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert told in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (b"SELECT * {", 2),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", 2),
        (b"SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 2),
        (b"\xff\xfe", 2),
        (b"", 2),
    ],
)
def test_a_query_that_cannot_be_run_is_told(query: bytes, code: int) -> None:
    done = run("sparql", given=query)
    assert (done.returncode, done.stdout) == (code, b"")
    assert done.stderr
    assert b"Traceback" not in done.stderr


def test_a_closed_standard_input_is_an_empty_query() -> None:
    command = [sys.executable, "-m", "samverkan", "sparql"]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


def test_a_query_that_runs_too_long_is_stopped() -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    done = run("sparql", "--timeout", "0.2", given=text)
    assert done.returncode == 1
    assert "0.2" in done.stderr.decode()


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command by the words that lead to it, those of groups among them."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name), command


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_speaks_both_languages(path: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*path, "--help"])
    assert told.exit_code == 0
    assert "--lang [sv|en]" in told.output
    assert "--content" in told.output
    assert COMMANDS[path].help


def test_a_group_of_commands_lists_them() -> None:
    told = CliRunner().invoke(main, ["sources", "--help"])
    assert told.exit_code == 0
    assert {"locate", "verify"} <= set(told.output.split())


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two texts of our own, one under the name of the bundled minutes."""
    folder = tmp_path / "texts"
    folder.mkdir()
    minutes = "§ 1.  Mötet öppnas\nRådet för\nsamordning möts.\n\n§ 2.  Avslut\nRådet slutar.\n"
    (folder / "protokoll-2021-02-19.txt").write_text(minutes, encoding="utf-8")
    (folder / "Egen plan.txt").write_text("Arkiv\n\n• Rådet för samordning\n", encoding="utf-8")
    return folder


def test_a_passage_is_located_ready_to_paste(texts: Path) -> None:
    told = text_of("sources", "locate", str(texts), "rådet för samordning")
    assert "# Egen plan.txt, 9–29, Arkiv › punkt 1: Rådet för samordning" in told
    assert "evidence:egen-plan-arkiv-punkt-1-radet-for-samordning a smv:Evidence" in told
    assert (
        """\
evidence:protokoll-2021-02-19-paragraf-1-radet-for-samordning a smv:Evidence, oa:SpecificResource ;
    oa:hasSource source:protokoll-2021-02-19 ;
    smv:locator "§ 1" ;
    oa:hasSelector selector:protokoll-2021-02-19-19-39 .

selector:protokoll-2021-02-19-19-39 a oa:TextPositionSelector ;
    oa:start 19 ;
    oa:end 39 .
"""
        in told
    )


def test_what_is_located_loads_as_turtle(texts: Path) -> None:
    prefixes = "".join(
        f"@prefix {name}: <{iri}> .\n"
        for name, iri in {
            **PREFIXES,
            **{name: f"{ID}{name}/" for name in ("evidence", "selector", "source")},
        }.items()
    )
    told = text_of("sources", "locate", str(texts), "rådet")
    graph = rdflib.Graph().parse(data=prefixes + told, format="turtle")
    assert len(list(graph.subjects(rdflib.RDF.type, URIRef(f"{DEF}Evidence")))) == 3


def test_one_file_may_be_looked_in(texts: Path) -> None:
    told = text_of("sources", "locate", str(texts), "rådet", "--file", "Egen plan.txt")
    assert "Egen plan.txt" in told
    assert "protokoll" not in told


def test_a_passage_that_is_nowhere_has_a_nearest_one(texts: Path) -> None:
    done = run("sources", "locate", str(texts), "rådet för samordnad mötes")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "står inte i någon av texterna" in done.stderr.decode()
    assert "Rådet för samordning möts" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["locate", "{texts}", " \n "], "Ange vilken text"),
        (["locate", "{texts}/none", "rådet"], "Det finns ingen mapp"),
        (["locate", "{texts}/Egen plan.txt", "rådet"], "Det finns ingen mapp"),
        (["locate", "{texts}/empty", "rådet"], "inga textfiler"),
        (["locate", "{texts}/broken", "rådet"], "UTF-8"),
        (["locate", "{texts}", "rådet", "--file", "none.txt"], "kan inte läsas"),
        (["locate", "{texts}"], "Missing argument"),
        (["verify", "{texts}/none"], "Det finns ingen mapp"),
        (["verify"], "Missing argument"),
        (["verify", "{texts}", "--format", "xml"], "Invalid value"),
    ],
)
def test_wrong_use_of_documents_is_told_and_exits_with_2(
    texts: Path, arguments: list[str], told: str
) -> None:
    for name in ("empty", "broken"):
        (texts / name).mkdir()
    (texts / "broken" / "a.txt").write_bytes(b"\xff")
    done = run("sources", *(part.format(texts=texts) for part in arguments))
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_evidence_that_does_not_hold_is_told_a_line_each(texts: Path) -> None:
    done = run("sources", "verify", str(texts))
    *failures, unread, totals = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert unread.endswith(".txt läses inte: ingen källa har den som smv:textFile.")
    place = "protokoll-2021-02-19.txt · source/protokoll-2021-02-19: "
    (changed,) = (line for line in failures if line.startswith(place))
    assert "kontrollsumma" in changed
    assert totals.startswith("Källor: ")
    assert totals.endswith(f"Fel: {len(failures)}.")


def test_the_report_comes_as_json(texts: Path) -> None:
    done = run("sources", "verify", str(texts), "--format", "json", "--lang", "en")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["totals"]["failures"] == len(told["failures"]) > 0
    assert set(told["failures"][0]) == {
        *("check", "file", "source", "evidence", "thing", "label", "wrong", "remedy"),
    }
    assert any("checksum" in failure["wrong"] for failure in told["failures"])


def test_the_graph_is_exported_to_standard_output_or_a_file(tmp_path: Path) -> None:
    told = text_of("export")
    assert "membership:beredningsgrupp-2-nhv-hakan-wittgren a org:Membership" in told
    file = tmp_path / "graph.trig"
    assert text_of("export", "--output", str(file)) == ""
    assert file.read_text(encoding="utf-8") == told


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run("export", "--output", str(tmp_path / "none" / "graph.trig"))
    assert done.returncode == 2
    assert "kan inte skrivas" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_broken_content_is_told_with_file_and_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "sources").mkdir(parents=True)
    (data / "organizations.ttl").write_text("@prefix a: <http://a/> .\n\na:b a:c .\n")
    (data / "people.ttl").write_text("")
    done = run("ask", MAIN, "--content", str(tmp_path))
    assert done.returncode == 2
    assert "organizations.ttl, rad " in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, b"")
    assert "Det går inte att lyssna på 127.0.0.1" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
