"""data/README.md tells the truth: the content it shows is whole, its tables are those of today."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from samverkan import content, knowledge, questions, retirement, store
from samverkan.cli import main
from samverkan.namespaces import ID

README = Path(__file__).resolve().parent.parent / "data" / "README.md"
TABLE = re.compile(r"<!-- samverkan (.+?) -->\n\n((?:\|.*\n)+)")
FILE = re.compile(r"^`(data/\S+\.ttl)`.*?```turtle\n(.*?)```", re.MULTILINE | re.DOTALL)
ACCEPTED = re.compile(r"```turtle\n(@prefix acknowledgement:.*?)```", re.DOTALL)
RETIRED = re.compile(r"```turtle\n([^`]*?owl:deprecated[^`]*?)```")


def test_the_smallest_content_answers_who_represents_us(tmp_path: Path) -> None:
    files = FILE.findall(README.read_text(encoding="utf-8"))
    assert len(files) == 3
    for name, text in files:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    known = knowledge.load(tmp_path)
    answer = questions.ask(known, "vem representerar oss i Rådet för samordning")
    assert answer.answer.startswith(
        "Anna Berg är senast belagd 2025-03-01 som representant för Samarbetet Norra"
    )
    assert "(Norras protokoll 2025-03-01, § 4)" in answer.answer


def test_the_gap_that_is_shown_as_accepted_is_told_so(tmp_path: Path) -> None:
    (example,) = ACCEPTED.findall(README.read_text(encoding="utf-8"))
    data = shutil.copytree(README.parent, tmp_path / "data")
    (data / "acknowledgements.ttl").write_text(example, encoding="utf-8")
    where = ["--body", "Ledningsgruppen", "--format", "json", "--on-date", "2027-06-30"]
    told = json.loads(
        CliRunner().invoke(main, ["check", *where, "--content", str(tmp_path)]).output
    )
    assert told["totals"]["acknowledged"] == 1


def test_the_address_that_is_shown_as_retired_leads_on(tmp_path: Path) -> None:
    (example,) = RETIRED.findall(README.read_text(encoding="utf-8"))
    data = shutil.copytree(README.parent, tmp_path / "data")
    (data / "retired.ttl").write_text(example, encoding="utf-8")
    found = content.find(tmp_path)
    (retired,) = retirement.load(found, store.load(found)).values()
    assert retired.replaced_by == (f"{ID}organization/upphandlingsgruppen",)
    assert retired.reason("sv") == "Samma grupp under två adresser."


def test_there_is_a_table_of_sources_and_one_of_bodies() -> None:
    commands = [command for command, _table in TABLE.findall(README.read_text(encoding="utf-8"))]
    assert [command.split()[1] for command in commands] == ["sources", "coverage"]


@pytest.mark.parametrize(
    ("command", "table"),
    TABLE.findall(README.read_text(encoding="utf-8")),
    ids=lambda text: text[:30],
)
def test_a_table_is_what_its_command_prints(command: str, table: str) -> None:
    told = CliRunner().invoke(main, command.split())
    assert told.exit_code == 0
    assert told.output.rstrip() == table.rstrip(), f"put in what `samverkan {command}` prints"


def test_every_body_has_its_row_of_coverage(known: knowledge.Knowledge) -> None:
    bodies = known.names.of_kind("http://www.w3.org/ns/org#Organization")
    assert len(known.ask("coverage")) == len(bodies)
