"""The command line: thin commands that ask the house and print."""

from __future__ import annotations

import errno
import functools
import gc
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from samverkan import (
    __version__,
    catalogue,
    export,
    knowledge,
    network,
    profile,
    questions,
    relay,
    search,
    sparql,
    store,
    tables,
    terminal,
)
from samverkan import content as content_
from samverkan.answers import AMBIGUOUS, NOT_UNDERSTOOD, UNKNOWN_NAME
from samverkan.documents import citation, texts, verification
from samverkan.errors import (
    AddressError,
    ContentError,
    InputError,
    OutputError,
    RefusedError,
    SamverkanError,
    StoreError,
)
from samverkan.isolation import Limits
from samverkan.language import CODES, DEFAULT, Language, language
from samverkan.language import mark as _
from samverkan.loading import Loading
from samverkan.options import PREFIX, refuse_unknown_variables, serve_options, settings
from samverkan.origin import Origin
from samverkan.sparql import AdHoc, Wanted

NO_ANSWER, WRONG_USAGE = 1, 2
_USAGE = (InputError, RefusedError, ContentError, AddressError, OutputError, StoreError)
_NO_ANSWER_STATES = {AMBIGUOUS, UNKNOWN_NAME, NOT_UNDERSTOOD}
_FORMATS = {
    "json": Wanted("application/sparql-results+json", "application/ld+json"),
    "csv": Wanted("text/csv", None),
    "tsv": Wanted("text/tab-separated-values", None),
    "xml": Wanted("application/sparql-results+xml", "application/rdf+xml"),
    "turtle": Wanted(None, "text/turtle"),
    "ntriples": Wanted(None, "application/n-triples"),
}
# Laid out for a reader; the rest is as the engine writes it.
_FOR_READERS = ("table", "markdown")
_SEVERITIES = ("violation", "warning", "info")
_TABLE = Wanted("application/sparql-results+json", "text/turtle")

Command = TypeVar("Command", bound=Callable[..., Any])


def shared_options(command: Command) -> Command:
    """The options that every command takes, and its errors told instead of shown as a traceback."""

    @click.option(
        "--lang",
        type=click.Choice(CODES),
        show_envvar=True,
        help="Language of the output (of the question, if any).",
    )
    @click.option(
        "--content",
        type=click.Path(path_type=Path),
        show_envvar=True,
        help="A folder with ontology/, data/ or queries/ of your own.",
    )
    @functools.wraps(command)
    def told(*args: Any, lang: str | None, **values: Any) -> Any:
        try:
            return command(*args, lang=lang, **values)
        except SamverkanError as error:
            _fail(error, language(lang or DEFAULT))
        except OSError as error:
            if error.filename is not None or error.errno == errno.EPIPE:  # click ends quietly
                raise
            message = _("The output cannot be written: {reason}.")
            _fail(OutputError(message, reason=error.strerror), language(lang or DEFAULT))

    return told  # type: ignore[return-value]


def time_options(command: Command) -> Command:
    """The two times that a question takes."""
    on_date = click.option("--on-date", metavar="DATE", help="True on that day (default: today).")
    known_on = click.option(
        "--known-on", metavar="DATE", help="Only sources issued up to that day (default: all)."
    )
    return on_date(known_on(command))


@click.group(
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "auto_envvar_prefix": PREFIX,
    }
)
# A variable of that name tells of an image or a package, and is no question.
@click.version_option(__version__, prog_name="samverkan", allow_from_autoenv=False)
def main() -> None:
    """Who sits where, on whose behalf, and which paragraph says so."""
    if sys.stdin is None:  # the caller closed it: there is nothing to read
        sys.stdin = io.StringIO()


@main.command()
@click.argument("question", nargs=-1, required=True)
@time_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@shared_options
def ask(
    question: tuple[str, ...],
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
        knowledge.load(content), " ".join(question), lang=lang, on_date=on_date, known_on=known_on
    )
    if format_ == "json":
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(terminal.answer(answer))
    if answer.state in _NO_ANSWER_STATES:
        sys.exit(NO_ANSWER)


@main.command()
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--format", "format_", type=click.Choice([*_FOR_READERS, *_FORMATS]), default="table")
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
        click.echo(terminal.queries(known.catalogue, spoken))
        return
    given = [_pair(parameter) for parameter in parameters]
    if len(given) > len(dict(given)):
        raise InputError(_("A parameter is given more than once."))
    reading = known.read(name, dict(given))
    wanted = _FORMATS.get(format_, _TABLE)
    result = tables.extract(known, reading, wanted).result
    click.echo(terminal.result(result, style=format_ if format_ in _FOR_READERS else None))
    for remark in terminal.remarks(known, reading, dict(given), result, spoken):
        click.echo(remark, err=True)


@main.command("sparql")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--format", "format_", type=click.Choice([*_FOR_READERS, *_FORMATS]), default="table")
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
    limits = Limits(workers=1, seconds=timeout)
    endpoint = AdHoc(relay.runner(Origin(content), limits), limits)
    try:
        wanted = _FORMATS.get(format_, _TABLE)
        click.echo(
            terminal.result(
                endpoint.ask(text, wanted), style=format_ if format_ in _FOR_READERS else None
            )
        )
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
    click.echo(terminal.profile(shown, spoken))


@main.command()
@click.argument("name")
@click.option(
    "--for", "party", metavar="REGION", help="For the member of that region, or other party."
)
@time_options
@click.option(
    "--format", "format_", type=click.Choice(["text", "md", "html", "json"]), default="text"
)
@shared_options
def onboard(
    name: str,
    party: str | None,
    on_date: str | None,
    known_on: str | None,
    format_: str,
    lang: str | None,
    content: Path | None,
) -> None:
    """Print what somebody who is new to NAME wants to know: a body, a person, a region.

    As md it is fit for a mail; as html it is a page that stands by itself and prints well.
    """
    from samverkan import checks, onboarding
    from samverkan.onboarding.markdown import markdown
    from samverkan.onboarding.text import text

    spoken = language(lang or DEFAULT)
    day = onboarding.day(on_date)
    known = knowledge.load(content)
    iri = profile.of_name(known, name)
    checking = checks.load(content_.find(content), known.dataset)
    found = onboarding.pack(
        known,
        iri,
        spoken,
        amiss=checking.findings(checking.results(day), day, spoken),
        on_date=day,
        known_on=known_on,
        party=party,
    )
    if format_ == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    elif format_ == "md":
        click.echo(markdown(found, spoken), nl=False)
    elif format_ == "html":
        from samverkan.web import Settings, create_app
        from samverkan.web import onboarding as pages

        click.echo(pages.document(found, create_app(Settings(content), known), spoken))
    else:
        click.echo(terminal.shown(text(found, spoken)))


@main.command("search")
@click.argument("text", nargs=-1, required=True)
@click.option("--kind", help="Only things of that kind: organization, person, activity, role…")
@click.option(
    "--limit", type=click.IntRange(1, search.MOST_HITS), default=search.HITS, show_default=True
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@shared_options
def search_(
    text: tuple[str, ...],
    kind: str | None,
    limit: int,
    format_: str,
    lang: str | None,
    content: Path | None,
) -> None:
    """Find things by TEXT: a name, the beginning or a part of one, also misspelt.

    Exit code 0: found; 1: nothing is called so; 2: wrong usage.
    """
    spoken = language(lang or DEFAULT)
    found = search.search(
        knowledge.load(content), " ".join(text), spoken, kind=kind or None, limit=limit
    )
    if format_ == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(terminal.hits(found, spoken))
    if not found.hits:
        sys.exit(NO_ANSWER)


@main.command("reach")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@time_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@shared_options
def reach_(
    start: str,
    end: str,
    on_date: str | None,
    known_on: str | None,
    format_: str,
    lang: str | None,
    content: Path | None,
) -> None:
    """Tell the shortest way FROM a person or body TO another, step by step.

    Exit code 0: there is a way; 1: there is none, or a name is not known; 2: wrong usage.
    """
    spoken = language(lang or DEFAULT)
    way = network.reach(
        knowledge.load(content), start, end, spoken, on_date=on_date, known_on=known_on
    )
    if format_ == "json":
        click.echo(json.dumps(network.data.of_way(way), ensure_ascii=False, indent=2))
    else:
        click.echo(terminal.way(way))
    if not way.steps and way.start != way.end:
        sys.exit(NO_ANSWER)


@main.command()
@click.option(
    "--format", "format_", type=click.Choice(["text", "json", "html", "turtle"]), default="text"
)
@click.option(
    "--severity",
    type=click.Choice(_SEVERITIES),
    default=_SEVERITIES[-1],
    help="Only what is as serious as this, or more (default: all).",
)
@click.option("--body", metavar="NAME", help="Only what that body has to do, or what is about it.")
@click.option("--on-date", metavar="DATE", help="What was amiss on that day (default: today).")
@shared_options
def check(
    format_: str,
    severity: str,
    body: str | None,
    on_date: str | None,
    lang: str | None,
    content: Path | None,
) -> None:
    """List what is missing, out of date or contradictory, by who has to act.

    Exit code 0: no violation; 1: at least one that nobody has acknowledged; 2: wrong usage.
    """
    began = time.monotonic()
    gc.disable()  # a tenth of the time; what is left over goes with the process
    click.get_current_context().call_on_close(gc.enable)
    from samverkan import checks

    spoken = language(lang or DEFAULT)
    day = catalogue.day("--on-date", on_date) if on_date else date.today()
    found = content_.find(content)
    dataset = store.load(found)
    checking = checks.load(found, dataset)
    iri = profile.of_body(knowledge.load(content), body) if body else None
    results = _with_progress(checking, day, began)
    told = checks.todo(checking.findings(results, day, spoken), day, severity=severity, body=iri)
    if format_ == "turtle":
        click.echo(checking.turtle(checks.chosen(results, told), day), nl=False)
    elif format_ == "json":
        click.echo(json.dumps(told.to_json(), ensure_ascii=False, indent=2))
    elif format_ == "html":
        from samverkan.web import Settings, create_app
        from samverkan.web import checks as pages

        click.echo(pages.document(told, create_app(Settings(content)), spoken), nl=False)
    else:
        click.echo(checks.text.text(told, spoken))
    if told.is_violated:
        sys.exit(NO_ANSWER)


def _with_progress(checking: Any, day: date, began: float) -> list[Any]:
    """The results, and on a terminal a bar from a second after the command *began*."""
    bar: Any = None

    def progress(done: int, count: int) -> None:
        nonlocal bar
        if bar is None and sys.stderr.isatty() and time.monotonic() - began > 1:
            bar = click.progressbar(length=count, file=sys.stderr)
        if bar is not None:
            bar.update(done - bar.pos)

    results: list[Any] = checking.results(day, progress)
    if bar is not None:
        bar.render_finish()
    return results


@main.command()
@serve_options
@shared_options
@click.pass_context
def serve(context: click.Context, /, lang: str | None, content: Path | None, **given: Any) -> None:
    """Serve pages, the question API and the SPARQL endpoint over HTTP.

    Every option is also a variable of the environment. SIGTERM ends the service when what runs is
    answered; Ctrl-C does so, too.
    """
    from samverkan.web import server

    refuse_unknown_variables(context.command)
    chosen = settings(content, given)
    gc.disable()
    context.call_on_close(gc.enable)
    # What is broken is told here, once, and not by each process.
    known = knowledge.of(chosen.origin, Loading(language(lang or DEFAULT)))
    known.dataset.held()  # what the checks read; the processes share it
    gc.freeze()  # what is known stays: to look through it for what is not needed takes long
    gc.enable()
    missing = texts.load(known.dataset, chosen.sources).failures
    if missing:
        click.echo(terminal.not_shown(missing, language(lang or DEFAULT)), err=True)
    server.serve(chosen, known)


@main.group()
def sources() -> None:
    """Hold what the graph says against the texts of its documents."""


@sources.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("text")
@click.option("--file", "name", metavar="NAME", help="Look in that file only.")
@shared_options
def locate(
    folder: Path, text: str, name: str | None, lang: str | None, content: Path | None
) -> None:
    """Find TEXT in the documents (*.txt) in DIR, and print the Turtle that cites each place.

    Line breaks, hyphens at them and case make no difference. Exit code 0: found; 1: it stands
    nowhere, and the nearest passage is told; 2: wrong usage.
    """
    del lang
    dataset = store.load(content_.find(content))
    click.echo(terminal.citations(citation.cite(dataset, folder, text, name)))


@sources.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@shared_options
def verify(folder: Path, format_: str, lang: str | None, content: Path | None) -> None:
    """Hold all evidence against the texts in DIR.

    Each text has its checksum; each span lies in its text, under its locator, and reads the name,
    title, date or figure that the statement carries. Exit code 0: all of it holds; 1: a line for
    each failure; 2: wrong usage.
    """
    spoken = language(lang or DEFAULT)
    report = verification.verify(store.load(content_.find(content)), folder)
    if format_ == "json":
        click.echo(json.dumps(report.to_json(spoken), ensure_ascii=False, indent=2))
    else:
        click.echo(terminal.report(report, spoken))
    if report.failures:
        sys.exit(NO_ANSWER)


@main.command("export")
@click.option("--format", "format_", type=click.Choice([*export.FORMATS]), default="trig")
@click.option("--with-ontology", is_flag=True, help="Add the vocabulary and the shapes.")
@click.option(
    "--merged",
    is_flag=True,
    help="Add the vocabulary, and the merge of all graphs as the default one (nq, trig): what an"
    " engine is loaded with for serve --engine.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write (default: standard output).",
)
@shared_options
def export_(
    format_: str,
    with_ontology: bool,
    merged: bool,
    output: Path | None,
    lang: str | None,
    content: Path | None,
) -> None:
    """Write the graph and the SKOS schemes; ttl has all graphs merged, the others keep them."""
    del lang
    found = content_.find(content)
    if merged and (with_ontology or format_ not in export.WITH_DEFAULT):
        raise InputError(_("--merged goes with --format nq or trig, and not --with-ontology."))
    if merged:
        body = export.whole(store.load(found), format_)
    else:
        body = export.export(store.load(found), found, format_, with_ontology=with_ontology)
    if output is None:
        click.echo(body, nl=False)
    else:
        export.write(output, body)


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise InputError(
            _("Write parameters as NAME=VALUE; “{parameter}” is not."), parameter=parameter
        )
    return name, value


def _fail(error: SamverkanError, spoken: Language) -> None:
    click.echo(terminal.error(error, spoken), err=True)
    sys.exit(WRONG_USAGE if isinstance(error, _USAGE) else NO_ANSWER)
