"""Checks in a process of their own: the same is told, and nothing hangs where it is gone."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from benchmarks import nation
from samverkan import checks, content
from samverkan.checks import Checks
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.language import CODES, language
from samverkan.settings import Settings
from samverkan.web import create_app
from samverkan.web.checker import Checker
from samverkan.web.checks import Board

DAY = date(2026, 11, 1)
IN_THE_CHECKER = "somebody in the process of the checker"


@pytest.fixture(scope="module")
def checking(known: Knowledge) -> Checks:
    return checks.load(content.find(), known.dataset)


def last_forked() -> multiprocessing.process.BaseProcess:
    """The youngest child of this process."""
    return max(multiprocessing.active_children(), key=lambda child: child.pid or 0)


def test_the_process_tells_what_this_one_would(checking: Checks) -> None:
    told = Checker(checking).told(DAY, CODES)
    assert told is not None
    results, in_words = told
    assert results == checking.results(DAY)
    assert in_words == {c: checking.findings(results, DAY, language(c)) for c in CODES}


def test_where_the_process_is_gone_the_list_is_worked_out_here(checking: Checks) -> None:
    checker = Checker(checking)
    board = Board(checking, checker)
    process = last_forked()
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert checker.told(DAY, CODES) is None
    assert board.results(DAY) == checking.results(DAY)
    assert board.findings(DAY, language("sv"))


def test_what_is_wrong_with_a_shape_is_told_by_whoever_asks(checking: Checks) -> None:
    class Broken(Checks):
        def results(self, on_date: date, progress: object = None) -> list[checks.Result]:
            raise ValueError(IN_THE_CHECKER)

    broken = Broken(checking.store, checking.shapes, checking.acknowledgements)
    assert Checker(broken).told(DAY, CODES) is None
    with pytest.raises(ValueError, match=IN_THE_CHECKER):
        Board(broken, Checker(broken)).results(DAY)


def test_the_list_of_a_large_graph_fits_a_page_and_leaves_no_body_out(tmp_path: Path) -> None:
    nation.generate(tmp_path, 20_000, seed=1)
    app = create_app(Settings(content=tmp_path, limits=Limits(workers=1)))
    client = app.test_client()
    acting = {each["actor"]["label"] for each in client.get("/checks.json").get_json()["findings"]}
    page = client.get("/checks", headers={"Accept": "text/html"}).text
    app.extensions["samverkan"].adhoc.close()
    assert 40 < len(acting) < 140
    assert page.count('<details class="actor">') == 40
    shown = re.sub(r"<datalist.*?</datalist>", "", page, flags=re.DOTALL)  # what a box proposes
    assert all(escape(label) in shown for label in acting)
    assert len(page) < 200_000
