"""The built wheel, installed in another environment and run from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel; what it depends on is lent by ours."""
    home = tmp_path_factory.mktemp("other") / "with a space"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
    )
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(python: Path, *arguments: str, folder: Path) -> str:
    done = subprocess.run(
        [python, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def test_the_wheel_is_used_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "-c", "import samverkan; print(samverkan.__file__)", folder=tmp_path)
    assert Path(told.strip()).is_relative_to(installed.parent.parent)


def test_the_wheel_answers_the_main_question(installed: Path, tmp_path: Path) -> None:
    told = run(
        installed,
        "-m",
        "samverkan",
        "ask",
        "vem representerar oss i Beredningsgrupp 2",
        "--format",
        "json",
        folder=tmp_path,
    )
    answer = json.loads(told)
    assert [finding["state"] for finding in answer["findings"]] == [
        "last-known",
        "nominated",
        "unnamed",
    ]


def test_the_wheel_runs_queries_in_workers(installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "count.rq"
    file.write_text("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    told = run(
        installed, "-m", "samverkan", "sparql", str(file), "--format", "csv", folder=tmp_path
    )
    assert int(told.split()[1]) > 1000


def test_the_wheel_holds_all_content_that_git_holds(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "ontology", "data", "queries"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    held = set(zipfile.ZipFile(wheel).namelist())
    assert listed
    assert {f"samverkan/_content/{name}" for name in listed} <= held
