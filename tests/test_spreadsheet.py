"""CSV for people: what a spreadsheet opens is text, and reads back as what was written."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.spreadsheet import BOM, defused, table

cells = st.text(
    st.one_of(
        st.sampled_from("=+-@＝＋－＠\t\r\n;,\"' \u200b\xa0\ufeff'0123456789.a"), st.characters()
    ),
    max_size=12,
)
SIGN = "=+\\-@＝＋－＠"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+46 8 123",
        "-1+1|cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tplain",
        " =1",
        '"=1"',
        "'=1",
        "\xa0=1",
        "\u200b=1",
        "\ufeff=1",
        "\x00=1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠SUM(A1)",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org","x")',
        "--1",
        "-",
        "- en punkt",
    ],
)
def test_what_would_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell) == f"'{cell}" or defused(cell).startswith("'")
    assert defused(cell).replace("'", "") == cell.replace("'", "")


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Håkan Wittgren",
        "2021-02-19",
        "-5",
        "+2.5",
        "-1,5e3",
        "a=b",
        "§ 13; § 14",
        "https://w3id.org/samverkan/id/person/x",
        "a – b",
        "1 + 1",
    ],
)
def test_all_else_is_left_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a;-5", "a;-5"),
        ('x"; "=1+1', 'x";\' "=1+1'),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_a_formula_behind_another_separator_gets_one_too(cell: str, told: str) -> None:
    assert defused(cell) == told


@given(cells)
def test_no_part_of_a_cell_begins_as_a_formula(cell: str) -> None:
    for part in re.split(r"[;\t\r\n]+", defused(cell)):
        begins = re.match(f'[\\s"\x00\u200b\xa0\ufeff]*[{SIGN}]', part)
        assert begins is None or re.fullmatch(r"\s*[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?\s*", part)


@given(cells)
def test_only_apostrophes_are_added(cell: str) -> None:
    told = iter(defused(cell))
    assert all(character in told for character in cell)
    assert defused(cell).replace("'", "") == cell.replace("'", "")


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_a_table_reads_back_as_what_was_written(rows: list[tuple[str, str]]) -> None:
    text = table(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert read[0] == ["a", "b"]
    assert read[1:] == [[defused(cell) for cell in row] for row in rows]


def test_a_table_is_rfc_4180() -> None:
    text = table(["a", "b"], [('say "hej"', "x,y"), ("two\nlines", "å")])
    assert text == 'a,b\r\n"say ""hej""","x,y"\r\n"two\nlines",å\r\n'


def test_a_mark_for_excel_stands_first_and_once() -> None:
    assert table(["a"], [["b"]], bom=True) == f"{BOM}a\r\nb\r\n"
    assert table(["a"], [["b"]]).encode() == b"a\r\nb\r\n"
