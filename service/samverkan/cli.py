"""The command line: thin commands that ask the house and print."""

from __future__ import annotations

import functools
import io
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from tabulate import tabulate

from samverkan import __version__, knowledge, profile, questions, sparql
from samverkan.answers import AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME, Answer
from samverkan.errors import (
    AddressError,
    AmbiguousNameError,
    ContentError,
    InputError,
    RefusedError,
    SamverkanError,
    UnknownNameError,
)
from samverkan.findings import Finding
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.namespaces import DEF, ID
from samverkan.phrases import state_name
from samverkan.sparql import AdHoc, Wanted

NO_ANSWER, WRONG_USAGE = 1, 2
_NO_ANSWER_STATES = {AMBIGUOUS, UNKNOWN_NAME, NOT_UNDERSTOOD}
_FORMATS = {
    "json": Wanted("application/sparql-results+json", "application/ld+json"),
    "csv": Wanted("text/csv", None),
    "tsv": Wanted("text/tab-separated-values", None),
    "xml": Wanted("application/sparql-results+xml", "application/rdf+xml"),
    "turtle": Wanted(None, "text/turtle"),
    "ntriples": Wanted(None, "application/n-triples"),
}
_TABLE = Wanted("application/sparql-results+json", "text/turtle")

Command = TypeVar("Command", bound=Callable[..., Any])


def shared_options(command: Command) -> Command:
    """The options that every command takes, and its errors told instead of shown as a traceback."""

    @click.option(
        "--lang", type=click.Choice(CODES), help="Language of the output (of the question, if any)."
    )
    @click.option(
        "--content",
        type=click.Path(path_type=Path),
        help="A folder with ontology/, data/ or queries/ of your own.",
    )
    @functools.wraps(command)
    def told(*args: Any, lang: str | None, **values: Any) -> Any:
        try:
            return command(*args, lang=lang, **values)
        except SamverkanError as error:
            _fail(error, language(lang or DEFAULT))

    return told  # type: ignore[return-value]


def time_options(command: Command) -> Command:
    """The two times that a question takes."""
    on_date = click.option("--on-date", metavar="DATE", help="True on that day (default: today).")
    known_on = click.option(
        "--known-on", metavar="DATE", help="Only sources issued up to that day (default: all)."
    )
    return on_date(known_on(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="samverkan")
def main() -> None:
    """Who sits where, on whose behalf, and which paragraph says so."""
    if sys.stdin is None:  # the caller closed it: there is nothing to read
        sys.stdin = io.StringIO()


@main.command()
@click.argument("question")
@time_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@shared_options
def ask(
    question: str,
    on_date: str | None,
    known_on: str | None,
    format_: str,
    lang: str | None,
    content: Path | None,
) -> None:
    """Answer QUESTION, in Swedish or English.

    Exit code 0: answered (also where the answer is that no source says); 1: the question or a name
    in it was not understood; 2: wrong usage.
    """
    answer = questions.ask(
        knowledge.load(content), question, lang=lang, on_date=on_date, known_on=known_on
    )
    if format_ == "json":
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(_answer_text(answer))
    if answer.state in _NO_ANSWER_STATES:
        sys.exit(NO_ANSWER)


@main.command()
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--format", "format_", type=click.Choice(["table", *_FORMATS]), default="table")
@shared_options
def query(
    name: str | None,
    parameters: tuple[str, ...],
    format_: str,
    lang: str | None,
    content: Path | None,
) -> None:
    """List the named queries, or run the one called NAME.

    A thing may be given by its name or its IRI: query representatives body="Beredningsgrupp 2".
    """
    known = knowledge.load(content)
    spoken = language(lang or DEFAULT)
    if name is None:
        _list_queries(known, spoken)
        return
    given = [_pair(parameter) for parameter in parameters]
    if len(given) > len(dict(given)):
        raise InputError(_("A parameter is given more than once."))
    reading = known.read(name, dict(given))
    wanted = _TABLE if format_ == "table" else _FORMATS[format_]
    _print(sparql.serialised(known.dataset, known.text(reading), wanted), format_)


@main.command("sparql")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--format", "format_", type=click.Choice(["table", *_FORMATS]), default="table")
@click.option("--timeout", type=click.FloatRange(0.01, 3600), default=10.0, show_default=True)
@shared_options
def sparql_(
    file: Any, format_: str, timeout: float, lang: str | None, content: Path | None
) -> None:
    """Run the SPARQL query in FILE, or on standard input (-). It can change nothing."""
    del lang
    try:
        text = file.read(sparql.MAX_QUERY_CHARACTERS + 1)
    except UnicodeDecodeError as error:
        raise InputError(_("{name} is no text in UTF-8."), name=file.name) from error
    endpoint = AdHoc(str(content) if content else None, Limits(workers=1, seconds=timeout))
    try:
        wanted = _TABLE if format_ == "table" else _FORMATS[format_]
        _print(endpoint.ask(text, wanted), format_)
    finally:
        endpoint.close()


@main.command()
@click.argument("name")
@time_options
@shared_options
def show(
    name: str, on_date: str | None, known_on: str | None, lang: str | None, content: Path | None
) -> None:
    """Show the one thing called NAME: what it is, its people, where the sources mention it."""
    known = knowledge.load(content)
    spoken = language(lang or DEFAULT)
    shown = profile.profile(
        known, profile.of_name(known, name), spoken, on_date=on_date, known_on=known_on
    )
    click.echo(f"{shown.label}\n{shown.iri}  ({', '.join(shown.classes)})\n")
    if shown.summary:
        click.echo(shown.summary + "\n")
    if shown.findings:
        click.echo(_findings_table(shown.findings, spoken) + "\n")
    for statement in shown.statements:
        click.echo(f"  {statement.property}: {statement.label}")
    for found in shown.discrepancies:
        click.echo("\n" + spoken.say(_("What does not agree: {comment}"), comment=found.comment))
    if shown.evidence:
        places = dict.fromkeys(f"{passage.title}, {passage.locator}" for passage in shown.evidence)
        click.echo("\n" + spoken.say(_("Sources: {places}"), places="; ".join(places)))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="Seconds that a query to /sparql may run.",
)
@shared_options
def serve(
    host: str, port: int, workers: int, timeout: float, lang: str | None, content: Path | None
) -> None:
    """Serve pages, the question API and the SPARQL endpoint over HTTP."""
    from samverkan.web import server

    del lang
    knowledge.load(content)  # broken content is told here, once, and not by each worker
    server.serve(host, port, workers, content, Limits(seconds=timeout))


def _list_queries(known: Knowledge, spoken: Language) -> None:
    for named in known.catalogue:
        parameters = " ".join(p.name if p.required else f"[{p.name}]" for p in named.parameters)
        click.echo(f"{named.name} {parameters}".rstrip())
        click.echo(f"    {named.summary(spoken)}")


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise InputError(
            _("Write parameters as NAME=VALUE; “{parameter}” is not."), parameter=parameter
        )
    return name, value


def _print(result: sparql.Result, format_: str) -> None:
    if format_ != "table" or result.media_type not in sparql.RESULT_FORMATS:
        click.echo(result.body.decode().rstrip("\r\n"))
        return
    found = json.loads(result.body)
    if "boolean" in found:
        click.echo(str(found["boolean"]).lower())
        return
    click.echo(_results_table(found["head"]["vars"], found["results"]["bindings"]))


def _results_table(names: list[str], rows: list[dict[str, dict[str, str]]]) -> str:
    """The rows for a terminal: labels in the place of IRIs, no column that is empty throughout."""
    filled = [name for name in names if not rows or any(name in row for row in rows)]
    shown = [name for name in filled if f"{name}_label" not in names]
    cells = [[_short(row.get(name, {}).get("value", "")) for name in shown] for row in rows]
    return tabulate(cells, headers=shown, disable_numparse=True)


def _short(value: str) -> str:
    """A value without the beginning that all our IRIs have."""
    return value.replace(ID, "").replace(DEF, "")


def _answer_text(answer: Answer) -> str:
    spoken = language(answer.lang)
    parts = [answer.answer]
    if answer.findings:
        parts.append(_findings_table(answer.findings, spoken))
    if answer.discrepancies:
        told = (f"- {found.thing.label}: {found.comment}" for found in answer.discrepancies)
        parts.append("\n".join([spoken.say(_("What does not agree")) + ":", *told]))
    if answer.alternatives:
        meant = (
            f"- {a.label}: samverkan ask {shlex.quote(a.question)}" for a in answer.alternatives
        )
        parts.append("\n".join([spoken.say(_("Did you mean")) + ":", *meant]))
    if answer.interpretation:
        parts.append(spoken.say(_("Read as: {text}"), text=answer.interpretation.text))
    return "\n\n".join(parts)


def _findings_table(findings: tuple[Finding, ...], spoken: Language) -> str:
    headers = [_("state"), _("person"), _("role"), _("in"), _("for"), _("where")]
    rows = [
        [
            state_name(finding.state, spoken),
            finding.person.label if finding.person else "–",
            finding.role.label,
            finding.organization.label,
            finding.represents.label if finding.represents else "–",
            ", ".join(f"{place.title} {place.locator}" for place in finding.places),
        ]
        for finding in findings
    ]
    widths = [None, 26, 18, 30, 20, 36]
    return tabulate(rows, headers=[spoken.say(header) for header in headers], maxcolwidths=widths)


def _fail(error: SamverkanError, spoken: Language) -> None:
    click.echo(error.told(spoken.say), err=True)
    if isinstance(error, UnknownNameError):
        matches = error.nearest
    elif isinstance(error, AmbiguousNameError):
        matches = error.candidates
    else:
        matches = ()
    for match in matches:
        click.echo(f"  {match.label}  <{match.iri}>", err=True)
    usage = isinstance(error, InputError | RefusedError | ContentError | AddressError)
    sys.exit(WRONG_USAGE if usage else NO_ANSWER)
