"""The text of a Turtle file: its blocks are the parser's subjects, its lines those of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from samverkan.integrity import turtle
from samverkan.integrity.turtle import Turtle

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*(ROOT / "data").rglob("*.ttl"), *(ROOT / "ontology").glob("*.ttl")])
HEAD = "@prefix a: <http://a/> .\nPREFIX b: <http://b/>\n@base <http://c/> .\n"

SPACES = st.lists(
    st.sampled_from([" ", "\n", "\t", "\r\n", '# no. <a> "[ ; .\n', "\n#\n"]),
    min_size=1,
    max_size=3,
).map("".join)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
STRINGS = st.builds(
    lambda text, mark, tail: f"{mark}{turtle_escaped(text)}{mark}{tail}",
    TEXT | st.sampled_from(["x . a:b a:c a:d .", "# <", "a:b\\", "'", '"']),
    st.sampled_from(['"', "'", '"""', "'''"]),
    st.sampled_from(["", "@sv", "@en-GB", "^^a:d", "^^<http://a/#d>"]),
)
SUBJECTS = st.sampled_from(
    ["a:b", "a:b.c", "b:", "<http://a/x#y>", "<z>", "a:x\\.y", "a:å-1", "b:1"]
)
OBJECTS = st.one_of(
    STRINGS,
    SUBJECTS,
    st.sampled_from(
        ["true", "1", "1.5", "-.5", "1e3", "[ a:p 1 ; a:q (a:b <z>) ]", "( 1 2 )", "_:x"]
    ),
)


def turtle_escaped(text: str) -> str:
    """*text* with what ends a string, or begins an escape, behind a backslash."""
    return "".join(f"\\{char}" if char in "\\\"'" else char for char in text)


@st.composite
def statements(draw: st.DrawFn) -> tuple[str, str]:
    """A subject and a statement about it, with any space between its words."""
    subject = draw(SUBJECTS)
    text = draw(SPACES) + subject
    for number in range(draw(st.integers(1, 3))):
        verb = draw(st.sampled_from(["a", "a:p", "<http://a/q>"]))
        objects = draw(st.lists(OBJECTS if verb != "a" else SUBJECTS, min_size=1, max_size=3))
        between = f"{draw(SPACES)},{draw(SPACES)}"
        text += (";" if number else "") + draw(SPACES) + verb + draw(SPACES) + between.join(objects)
        text += draw(SPACES)
    return subject, text + "."


BASE = "https://base.example/"


def read(text: str) -> Turtle:
    return turtle.read(Path("x.ttl"), text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_blocks_of_a_file_are_its_subjects(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = turtle.read(path, text)
    # What portals are told has addresses that are relative to that of the service.
    quads = parse(path=str(path), format=RdfFormat.TURTLE, base_iri=BASE)
    subjects = [quad.subject for quad in quads]
    parsed = {s.value.removeprefix(BASE) for s in subjects if isinstance(s, NamedNode)}
    assert {block.subject for block in found.blocks} == parsed
    for block in found.blocks:
        assert not text[block.start].isspace()
        assert text[block.end - 1] == "."


@given(st.lists(statements(), max_size=5))
def test_each_statement_is_a_block_whatever_stands_in_it(written: list[tuple[str, str]]) -> None:
    text = HEAD + "".join(statement for _subject, statement in written)
    parsed = list(parse(input=text, format=RdfFormat.TURTLE))
    found = read(text)
    assert [
        text[block.start : block.end].split(maxsplit=1)[0].rstrip("#") for block in found.blocks
    ] == [subject for subject, _statement in written]
    assert {block.subject for block in found.blocks} == {
        quad.subject.value for quad in parsed if not isinstance(quad.subject, BlankNode)
    }
    for block in found.blocks:
        lines = text[: block.start].replace("\r\n", "\n").split("\n")
        assert found.line(block.start) == len(lines)


@given(st.text(max_size=80))
def test_any_text_is_read_without_end(text: str) -> None:
    found = read(text)
    for block in found.blocks:
        assert list(found.tokens(block))


def test_a_term_is_found_behind_the_one_before_it() -> None:
    text = HEAD + 'a:b a:p a:q ;\n  a:r "a:q", # a:q\n  a:q .\n'
    found = read(text)
    (block,) = found.blocks
    offset = found.find(block, "http://a/r", "http://a/q")
    assert offset is not None
    assert found.line(offset) == 6
    assert found.find(block, "http://a/r", "http://a/z") is None
    assert found.find(block, "http://a/b") is None
    assert found.line(found.find(block, "a:q") or 0) == 5


def test_names_are_read_with_their_prefixes_bases_and_escapes() -> None:
    text = HEAD + "<z> a:p\\.q <\\u00e5> .\n@prefix a: <http://d/> .\na:b a a:c ."
    first, second = read(text).blocks
    assert first.subject == "http://c/z"
    assert [token.value for token in read(text).tokens(first)][2] == "http://c/å"
    assert second.subject == "http://d/b"


def test_the_last_declaration_of_a_prefix_is_found() -> None:
    text = HEAD + "\n@prefix  a:  <http://d/> .\n"
    found = read(text)
    assert found.line(found.declaration("a")) == 5
    assert found.line(found.declaration("nowhere")) == 1
