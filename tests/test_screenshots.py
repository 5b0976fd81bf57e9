"""The pictures of the README are there, small enough, and can be taken anew."""

from __future__ import annotations

import re
from pathlib import Path

import screenshots

ROOT = Path(__file__).resolve().parent.parent


def test_each_picture_of_the_readme_can_be_taken_anew() -> None:
    listed = re.search(r"^PICTURES := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert listed
    taken = {path.stem for path in (ROOT / "tests" / "screenshots").glob("*")}
    assert taken == set(listed[1].split()) <= set(screenshots.NAMES)
    shown = re.findall(r"tests/screenshots/([\w-]+)\.png", (ROOT / "README.md").read_text())
    assert set(shown) <= taken


def test_no_picture_is_large() -> None:
    for path in (ROOT / "tests" / "screenshots").glob("*.png"):
        assert path.stat().st_size < 150_000, path


def test_a_picture_that_there_is_none_of_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    assert "answer-phone" in (screenshots.main([str(tmp_path), "nothing"]) or "")
    assert "FOLDER" in (screenshots.main([]) or "")
