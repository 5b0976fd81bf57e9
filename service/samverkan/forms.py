"""How the rows of a named query are told: sentences with places, as its header has them.

Under ``samverkan: answer:`` stand ``subject`` (the parameter that the answer is about, if any),
``cases`` and ``none``. The column ``?case`` of a row says which of the cases tells it; without one
the first does. A case has ``each``, how one row is told, and a sentence in each language with a
place ``{items}`` for all of its rows, or a list of two: of one row, of several. ``most`` is how
many rows are named in it; the rest are counted. ``none`` is what is said where there is no row.

Places are named by columns (``{person}`` is the label of ``?person``) and parameters;
``{subject}``, ``{count}`` and ``{on_date}`` are always there. What stands in square
brackets is left out where a place in it has no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from samverkan.language import CODES

ITEMS = "items"
# More rows than this are not all named in a sentence, where a case does not say otherwise.
MOST_NAMED = 12
_ALWAYS = frozenset({ITEMS, "subject", "count", "on_date", "on_when"})
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")

ByLanguage = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """How rows of one sort are told: each of them, and one or several of them in a sentence."""

    each: ByLanguage
    one: ByLanguage
    several: ByLanguage
    most: int = MOST_NAMED


@dataclass(frozen=True)
class Form:
    """How the rows of a query are told, and what is said where there are none."""

    subject: str | None
    cases: Mapping[str, Case]
    none: ByLanguage

    def case(self, name: str | None) -> Case:
        """The case of that name; the first where a row names none."""
        return self.cases[name] if name else next(iter(self.cases.values()))


def filled(template: str, values: Mapping[str, str]) -> str:
    """*template* with *values* in its places, without the brackets that a value is missing in."""

    def kept(match: re.Match[str]) -> str:
        return match[1] if all(values.get(name) for name in _places(match[1])) else ""

    text = _OPTIONAL.sub(kept, template)
    return text.format_map({name: values.get(name, "") for name in _places(text)})


def read(told: Mapping[str, Any], known: frozenset[str]) -> Form:
    """The form in a header; *known* are the columns and parameters that its places may name.

    Raises:
        KeyError: it lacks something, or has a place for what there is not.
    """
    cases = {name: _case(case) for name, case in told["cases"].items()}
    form = Form(told.get("subject"), cases, _by_language(told["none"]))
    texts = [form.none, *(text for c in cases.values() for text in (c.each, c.one, c.several))]
    used = {name for text in texts for told in text.values() for name in _places(told)}
    if form.subject:
        used.add(form.subject)
    if unknown := used - known - _ALWAYS:
        raise KeyError(", ".join(sorted(unknown)))
    if not cases:
        raise KeyError("cases")
    return form


def _case(told: Mapping[str, Any]) -> Case:
    sentences = {code: told[code] for code in CODES}
    first = {code: s if isinstance(s, str) else s[0] for code, s in sentences.items()}
    last = {code: s if isinstance(s, str) else s[1] for code, s in sentences.items()}
    return Case(_by_language(told["each"]), first, last, told.get("most", MOST_NAMED))


def _by_language(told: str | Mapping[str, str]) -> ByLanguage:
    """One text for all languages, or one for each."""
    return dict.fromkeys(CODES, told) if isinstance(told, str) else {c: told[c] for c in CODES}


def _places(template: str) -> Iterator[str]:
    return (name for _text, name, _format, _conversion in Formatter().parse(template) if name)
