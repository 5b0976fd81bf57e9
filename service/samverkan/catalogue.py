"""The catalogue: ``queries/*.rq`` as named queries with typed parameters.

A file is a SELECT, ASK or CONSTRUCT with a header of grlc decorators (lines that begin with
``#+``, together one YAML text: ``summary``, ``description``, ``tags``, ``defaults``,
``enumerate``). What grlc does not know stands under its key ``samverkan``: the Swedish summary and
description, what kind of thing a parameter takes and what it is called, the ways to ask the query
in words (:mod:`samverkan.ways`), and examples.

Parameters are variables with grlc's names: ``?_body_iri`` is ``body``, an IRI; two underscores,
``?__role_iri``, make one optional. The types are ``iri``, ``integer``, ``number``, ``literal`` and
``xsd_date``. grlc takes an underscore for the end of a name: what is ``on_date`` everywhere else is
``?_onDate_xsd_date`` in a file, so that grlc itself can serve the folder. (``?_on_date_date`` is
understood here too; grlc would take it for a parameter ``on``.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Literal, NamedNode

from samverkan import forms, tokens, ways
from samverkan.content import Content
from samverkan.errors import ContentError, NotFoundError, ParameterError
from samverkan.forms import Form
from samverkan.language import CODES, Language
from samverkan.language import mark as _
from samverkan.namespaces import term
from samverkan.ways import Cue, Phrase, Words

_PARAMETER = re.compile(
    r"_(?P<optional>_)?(?P<name>[a-z]\w*?)_(?:xsd_)?"
    r"(?P<type>iri|date|integer|number|decimal|literal|string)",
    re.ASCII,
)
# grlc's names of types, and those of XML Schema, as ours.
_TYPES = {"literal": "string", "decimal": "number"}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SUBJECTS = frozenset({"body", "person"})
_WORDS = "words.yaml"
# The same as yaml.SafeLoader in C, where there is one: headers are read at each start.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ON_DATE = "on_date"
KNOWN_ON = "known_on"
# What a caller may say beside the parameters of a query: none of these can be called so.
RESERVED = frozenset({KNOWN_ON, "lang", "limit", "offset", "bom"})
# How a person may write a truth, in either language.
_TRUTHS = {"ja": "true", "yes": "true", "nej": "false", "no": "false"}
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """A place in a query that a caller fills.

    ``type`` is one of iri, date, integer, number and string; ``kind`` is the class, or the concept
    scheme, of the things that an IRI parameter takes; ``labels`` its name in each language;
    ``default`` what a form may show in it, which is never assumed; ``choices`` the only values that
    it takes, if any; ``stems`` tells that it takes words of a text, in whatever form.
    """

    name: str
    variable: str
    type: str
    optional: bool
    kind: str | None
    labels: Mapping[str, str]
    default: str | None
    choices: tuple[str, ...]
    stems: bool = False

    @property
    def required(self) -> bool:
        """Whether a caller must give it: the day that a query is about is today if it is not."""
        return not self.optional and self.name != ON_DATE

    def term(self, value: str) -> NamedNode | Literal:
        """*value*, as typed by a person or sent by a tool, as the RDF term that it stands for.

        Raises:
            ParameterError: it is none of this parameter's type.
        """
        if set(self.choices) == set(_TRUTHS.values()):
            value = _TRUTHS.get(value.casefold(), value)
        if self.choices and value not in self.choices:
            raise ParameterError(
                _("{name} takes one of {choices}, not “{value}”."),
                name=self.name,
                choices=", ".join(self.choices),
                value=value,
            )
        if self.type == "iri":
            return self._iri(value)
        if self.type == "date":
            return Literal(day(self.name, value).isoformat(), datatype=term("xsd:date"))
        if self.type == "integer":
            if not _INTEGER.fullmatch(value):
                raise ParameterError(
                    _("{name} takes a whole number, not “{value}”."), name=self.name, value=value
                )
            return Literal(int(value))
        if self.type == "number":
            if not _NUMBER.fullmatch(value):
                raise ParameterError(
                    _("{name} takes a number such as 2.5, not “{value}”."),
                    name=self.name,
                    value=value,
                )
            return Literal(value, datatype=term("xsd:decimal"))
        return Literal(value)

    def _iri(self, value: str) -> NamedNode:
        try:
            return NamedNode(value)
        except ValueError as error:
            raise ParameterError(
                _("{name} takes an IRI, not “{value}”."), name=self.name, value=value
            ) from error


@dataclass(frozen=True)
class NamedQuery:
    """One file of ``queries/``."""

    name: str
    text: str
    summaries: Mapping[str, str]
    descriptions: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    phrases: tuple[Phrase, ...]
    examples: Mapping[str, tuple[str, ...]]
    form: Form | None = None
    cues: tuple[Cue, ...] = ()

    def summary(self, language: Language) -> str:
        """What it tells, in a line."""
        return self.summaries[language.code]

    @property
    def gives_a_graph(self) -> bool:
        """Whether its result is a graph, and not rows or a boolean."""
        return tokens.form(self.text) in {"CONSTRUCT", "DESCRIBE"}

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name.

        Raises:
            ParameterError: there is none.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise ParameterError(
            _("The query {query} has no parameter {name}; it takes {names}."),
            query=self.name,
            name=name,
            names=", ".join([*(p.name for p in self.parameters), KNOWN_ON]),
        )

    def require(self, terms: Mapping[str, NamedNode | Literal]) -> None:
        """Make sure that *terms* has all that the query cannot do without.

        Raises:
            ParameterError: it has not; the message names what is missing.
        """
        missing = [p.name for p in self.parameters if not p.optional and p.name not in terms]
        if missing:
            raise ParameterError(
                _("The query {query} needs {names}."), query=self.name, names=", ".join(missing)
            )

    def bound(self, terms: Mapping[str, NamedNode | Literal]) -> str:
        """The text with *terms*, by name of parameter, in their places."""
        values = {p.variable: terms[p.name] for p in self.parameters if p.name in terms}
        return tokens.bind(self.text, values)


class Catalogue:
    """All named queries, by name."""

    def __init__(
        self, queries: Mapping[str, NamedQuery], words: Mapping[str, Words] | None = None
    ) -> None:
        self._queries = dict(sorted(queries.items()))
        self._words = words or {}

    def words(self, code: str) -> Words:
        """The words that any question in that language may have."""
        return self._words.get(code, Words())

    def __iter__(self) -> Any:
        return iter(self._queries.values())

    def __getitem__(self, name: str) -> NamedQuery:
        """The query of that name.

        Raises:
            NotFoundError: there is none.
        """
        try:
            return self._queries[name]
        except KeyError:
            raise NotFoundError(
                _("There is no query “{name}”. There are: {names}."),
                name=name,
                names=", ".join(self._queries),
            ) from None


def load(content: Content) -> Catalogue:
    """The catalogue of the files in *content*.

    Raises:
        ContentError: a header is broken or lacks something; the message names the file.
    """
    files = (path for folder in content.queries for path in sorted(folder.glob("*.rq")))
    queries = {path.stem: _read(path) for path in files}
    lists = [path for folder in content.queries if (path := folder / _WORDS).exists()]
    return Catalogue(queries, _words(lists[-1]) if lists else None)


def day(name: str, value: str) -> date:
    """The date that *value* writes as YYYY-MM-DD.

    Raises:
        ParameterError: it writes none; *name* is the parameter to blame.
    """
    if _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ParameterError(
                _("{name}: there is no day {value}."), name=name, value=value
            ) from error
    raise ParameterError(
        _("{name} takes a date as YYYY-MM-DD, such as 2021-02-19, not “{value}”."),
        name=name,
        value=value,
    )


def _read(path: Path) -> NamedQuery:
    lines = _text(path).splitlines(keepends=True)
    header = "".join(line[2:].removeprefix(" ") for line in lines if line.startswith("#+"))
    text = "".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
    with _blaming(path):
        return _query(path.stem, text, _yaml(header) or {})


def _words(path: Path) -> dict[str, Words]:
    text = _text(path)
    with _blaming(path):
        return ways.words(_yaml(text))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(
            _("{path} cannot be read: {reason}."), path=path, reason=error
        ) from error


def _yaml(text: str) -> Any:
    """What *text* says, in the safe part of YAML only."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """What is wrong in the YAML of *path* is told with the name of that file."""
    try:
        yield
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ContentError(
            _("{path}: its header is not YAML. {reason}"), path=path, reason=error
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ContentError(
            _("{path}: its header lacks or misplaces {reason}."), path=path, reason=error
        ) from error


def _query(name: str, text: str, decorators: dict[str, Any]) -> NamedQuery:
    own = decorators["samverkan"]
    if "WHERE" not in tokens.keywords(text):
        raise KeyError("WHERE")
    parameters = _parameters(text, decorators, own.get("parameters", {}))
    names = [parameter.name for parameter in parameters]
    told_of = frozenset() if "answer" in own else _SUBJECTS
    return NamedQuery(
        name=name,
        text=text,
        summaries={"en": decorators["summary"], "sv": own["sv"]["summary"]},
        descriptions={"en": decorators["description"], "sv": own["sv"]["description"]},
        tags=tuple(decorators.get("tags", ())),
        parameters=parameters,
        phrases=ways.phrases(own.get("questions", {}), names, told_of),
        examples={code: tuple(own.get("examples", {}).get(code, ())) for code in CODES},
        form=_form(own, text, parameters),
        cues=ways.cues(own.get("cues", {}), names),
    )


def _parameters(
    text: str, decorators: dict[str, Any], told: dict[str, Any]
) -> tuple[Parameter, ...]:
    defaults = _merged(decorators.get("defaults", ()))
    choices = _merged(decorators.get("enumerate", ()))
    found = {}
    for variable in tokens.variables(text):
        match = _PARAMETER.fullmatch(variable)
        if match is None and variable.startswith("_"):
            raise KeyError(f"?{variable}")
        if match:
            name = _HUMP.sub("_", match["name"]).lower()
            if name in RESERVED or name in found:
                raise KeyError(f"?{variable}")
            found[name] = Parameter(
                name=name,
                variable=variable,
                type=_TYPES.get(match["type"], match["type"]),
                optional=match["optional"] is not None,
                kind=term(told[name]["kind"]).value if "kind" in told[name] else None,
                labels={code: told[name][code] for code in CODES},
                default=str(defaults[match["name"]]) if match["name"] in defaults else None,
                choices=tuple(map(str, choices.get(match["name"], ()))),
                stems=bool(told[name].get("stems")),
            )
    return tuple(found[name] for name in told if name in found)


def _form(own: dict[str, Any], text: str, parameters: Sequence[Parameter]) -> Form | None:
    if "answer" not in own:
        return None
    named = frozenset(parameter.name for parameter in parameters)
    return forms.read(own["answer"], named | frozenset(tokens.variables(text)))


def _merged(entries: Any) -> dict[str, Any]:
    """Grlc's lists of one-key mappings, as one mapping."""
    return {key: value for entry in entries for key, value in entry.items()}
