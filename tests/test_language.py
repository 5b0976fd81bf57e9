"""Every message is there in both languages, with the same places to fill."""

from __future__ import annotations

import string
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from samverkan.language import language


def messages() -> set[str]:
    """All messages that the code and the templates mark."""
    found = extract_from_dir(
        str(files("samverkan")),
        method_map=[("**.py", "python"), ("**.html", "jinja2")],
        keywords={"_": None, "say": None},
    )
    return {str(message) for _file, _line, message, _comments, _context in found if message}


def places(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name}


def test_the_swedish_catalogue_holds_exactly_what_the_code_says() -> None:
    with files("samverkan").joinpath("locale", "sv.po").open("rb") as file:
        catalogue = [str(message.id) for message in read_po(file, abort_invalid=True) if message.id]
    assert set(catalogue) == messages()
    text = files("samverkan").joinpath("locale", "sv.po").read_text(encoding="utf-8")
    assert text.count("\nmsgid ") == len(catalogue) + 1, "a message stands there twice"


@pytest.mark.parametrize("message", sorted(messages()))
def test_a_translation_fills_only_places_of_its_message(message: str) -> None:
    translated = language("sv").say(message)
    assert translated
    assert places(translated) <= places(message)


def test_a_list_is_joined_as_each_language_joins_it() -> None:
    assert language("sv").join(["A", "B", "C"]) == "A, B och C"
    assert language("en").join(["A", "B", "C"]) == "A, B, and C"


def test_another_language_is_refused() -> None:
    with pytest.raises(KeyError):
        language("de")
