"""What the command line prints: answers, tables, profiles and reports as text for a terminal."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from babel.numbers import format_decimal
from tabulate import tabulate

from samverkan import sparql
from samverkan.answers import Answer
from samverkan.catalogue import NamedQuery
from samverkan.documents.citation import Citation
from samverkan.documents.failure import Failure
from samverkan.documents.verification import Report
from samverkan.errors import AmbiguousNameError, SamverkanError, UnknownNameError
from samverkan.facts import Fact
from samverkan.findings import Finding
from samverkan.knowledge import Knowledge, Reading
from samverkan.language import Language, language
from samverkan.language import mark as _
from samverkan.match import Match
from samverkan.names import words
from samverkan.namespaces import DEF, ID, address
from samverkan.network import Way
from samverkan.phrases import state_name
from samverkan.profile import Line, Profile, Section, Statement, text_of
from samverkan.search import Hit, Results

# How many characters a line may have where nobody says how wide the terminal is, and at least.
_WIDE = 160
_NARROW = 40

# What would not be shown but done by a terminal: controls, and what turns the direction of text.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def answer(given: Answer) -> str:
    """An answer: its sentences, its findings as a table, and what else there is to say."""
    spoken = language(given.lang)
    parts = [given.answer]
    if given.findings:
        parts.append(_findings(given.findings, spoken))
    if given.facts:
        parts.append(_facts(given.facts, spoken))
    if given.discrepancies:
        told = (f"- {found.thing.label}: {found.comment}" for found in given.discrepancies)
        parts.append("\n".join([spoken.say(_("What does not agree")) + ":", *told]))
    if given.alternatives:
        meant = (
            f"- {a.label}: samverkan ask {shlex.quote(a.question)}" for a in given.alternatives
        )
        parts.append("\n".join([spoken.say(_("Did you mean")) + ":", *meant]))
    if given.interpretation:
        parts.append(spoken.say(_("Read as: {text}"), text=given.interpretation.text))
    return "\n\n".join(parts)


def way(found: Way) -> str:
    """A way: how long it is, and each step, with what the sources say of it."""
    lines = [found.opening]
    for number, step in enumerate(found.steps, 1):
        lines += [f"{number}. {step.start.label} → {step.end.label}", f"   {step.text}"]
    return shown("\n".join(lines))


def hits(found: Results, spoken: Language) -> str:
    """The things that were found, each with its address, and what can be asked."""
    parts = ["\n".join(_hit(each, spoken) for each in found.hits)]
    if not found.hits:
        parts = [spoken.say(_("Nothing in the graph is called so."))]
    if found.questions:
        asked = (f"- samverkan ask {shlex.quote(question)}" for question in found.questions)
        parts.append("\n".join([spoken.say(_("You can ask")) + ":", *asked]))
    return shown("\n\n".join(parts))


def _hit(hit: Hit, spoken: Language) -> str:
    also = [spoken.say(_("also called {name}"), name=hit.matched)] if hit.matched else []
    told = " · ".join([*also, *filter(None, [hit.hint])])
    first = f"{hit.label} ({hit.sort})  {address(hit.iri)}"
    return f"{first}\n    {told}" if told else first


def profile(page: Profile, spoken: Language) -> str:
    """One thing: what it is, its people, its sections, where the sources mention it."""
    parts = [f"{page.label}\n{page.iri}  ({', '.join(page.classes)})"]
    parts += filter(None, [text_of(page.identity), page.summary])
    if page.facts:
        parts.append("\n".join(_statement(each) for each in page.facts))
    if page.findings:
        parts.append(_findings(page.findings, spoken))
    parts += [_section(section, spoken) for section in page.sections]
    if page.unsaid:
        told = (f"- {each}" for each in page.unsaid)
        parts.append("\n".join([spoken.say(_("What the graph does not have")) + ":", *told]))
    if page.statements:
        parts.append(_statements(_("What the graph says"), page.statements, spoken))
    if page.mentions:
        parts.append(_statements(_("What points here"), page.mentions, spoken))
    for found in page.discrepancies:
        parts.append(spoken.say(_("What does not agree: {comment}"), comment=found.comment))
    if page.evidence:
        places = dict.fromkeys(f"{passage.title}, {passage.locator}" for passage in page.evidence)
        parts.append(spoken.say(_("Sources: {places}"), places="; ".join(places)))
    return shown("\n\n".join(parts))


def _section(section: Section, spoken: Language) -> str:
    """A heading, and under it the lines of each group, indented where the group has a title."""
    lines = [f"{section.title}:"]
    for group in section.groups:
        lines += [f"  {group.title}"] if group.title else []
        margin = "  " if group.title else ""
        lines += [f"{margin}- {_line(each, spoken)}" for each in group.lines]
    return "\n".join(lines)


def _line(line: Line, spoken: Language) -> str:
    """The words of a line, its small facts, its text, and where it says so."""
    notes = [
        f"{note.label}: " * bool(note.label) + text_of(note.words).rstrip(".")
        for note in line.notes
    ]
    told = ". ".join(filter(None, ["; ".join(notes), line.text]))
    words = text_of(line.words)
    cited = "; ".join(f"{each.source.label}, {each.places}" for each in line.cited)
    if line.implied:
        cited = spoken.say(_("implied, {where}"), where=cited)
    said = f"{words}: {told}" if words and told else words or told
    return f"{said.rstrip('.')} ({cited})" if cited else said


def queries(named: Iterable[NamedQuery], spoken: Language) -> str:
    """The named queries, each with its parameters and what it gives."""
    lines = []
    for query in named:
        parameters = " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters)
        lines += [f"{query.name} {parameters}".rstrip(), f"    {query.summary(spoken)}"]
    return "\n".join(lines)


def result(found: sparql.Result, *, style: str | None) -> str:
    """The result of a query, as it is or (where it has rows or is a boolean) for a reader.

    ``style`` is ``table`` or ``markdown``; None leaves it as it is.
    """
    if style is None or found.media_type not in sparql.RESULT_FORMATS:
        return found.body.decode().rstrip("\r\n")
    told = json.loads(found.body)
    if "boolean" in told:
        return str(told["boolean"]).lower()
    names, cells = _cells(told["head"]["vars"], told["results"]["bindings"])
    return _markdown(names, cells) if style == "markdown" else _rows(names, cells)


def remarks(
    known: Knowledge,
    reading: Reading,
    given: Mapping[str, str],
    found: sparql.Result,
    spoken: Language,
) -> list[str]:
    """What to say beside a result: names that were read as others, and that it has no rows."""
    told = []
    for name, match in reading.things.items():
        label = known.names.label(match.iri, spoken.code)
        if _is_read_otherwise(given[name], match.iri, label):
            read_as = spoken.say(_("“{said}” read as {value}"), said=given[name], value=label)
            told.append(shown(f"{name}: {read_as}."))
    return [*told, spoken.say(_("No rows."))] if _is_empty(found) else told


def _is_read_otherwise(said: str, iri: str, label: str) -> bool:
    """Whether *said* is neither the IRI or address of the thing nor words of its label."""
    return said not in {iri, address(iri)} and not set(words(said)) <= set(words(label))


def _is_empty(found: sparql.Result) -> bool:
    """Whether a table has no rows; a boolean and a graph are none."""
    body = found.body
    if found.media_type == "application/sparql-results+json":
        return bool(json.loads(body).get("results", {}).get("bindings") == [])
    if found.media_type == "application/sparql-results+xml":
        return b"<results" in body and b"<result>" not in body
    return found.media_type in sparql.RESULT_FORMATS and b"\n" not in body.rstrip()


def citations(found: Iterable[Citation]) -> str:
    """Each place: file, span, locator and words in a comment, and the Turtle that cites it."""
    return "\n".join(
        f"# {' '.join(shown(_place_of(each)).split())}\n{shown(each.turtle)}" for each in found
    )


def _place_of(found: Citation) -> str:
    span = found.span
    return f"{found.file}, {span.start}–{span.end}, {found.locator}: {found.words}"


def report(found: Report, spoken: Language) -> str:
    """A line for each failure and for what was held against nothing, and the totals."""
    lines = [_failure(failure, spoken) for failure in found.failures]
    lines += [
        spoken.say(_("{label} has no evidence: {iri}"), label=label, iri=iri)
        for label, iri in found.without_evidence
    ]
    lines += [
        spoken.say(_("{file} is not read: no source has it as its smv:textFile."), file=file)
        for file in found.unread
    ]
    percent = format_decimal(found.totals.percent, locale=spoken.code)
    totals = asdict(found.totals) | {"percent": percent}
    lines.append(
        spoken.say(
            _(
                "Sources: {sources}. Documents: {documents}. Pieces of evidence: {evidence}."
                " Spans: {spans}. Names, titles, dates and figures: {values}. Things with evidence:"
                " {evidenced} of {things} ({percent} %). Failures: {failures}."
            ),
            **totals,
        )
    )
    return shown("\n".join(lines))


def not_shown(failures: Iterable[Failure], spoken: Language) -> str:
    """A line for each text that the service will not show."""
    head = spoken.say(_("These texts are not shown:"))
    return shown("\n".join([head, *(f"- {_failure(each, spoken)}" for each in failures)]))


def error(raised: SamverkanError, spoken: Language) -> str:
    """What went wrong, and the names that may have been meant."""
    lines = [raised.told(spoken.say)]
    if isinstance(raised, UnknownNameError):
        lines += [_match(match) for match in raised.nearest]
    if isinstance(raised, AmbiguousNameError):
        lines += [_choice(match, spoken) for match in raised.candidates]
    return shown("\n".join(lines))


def shown(text: str) -> str:
    """*text* that can do nothing to a terminal; lines and tabs stay."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def _statements(heading: str, statements: Iterable[Statement], spoken: Language) -> str:
    """A line for each statement, and which sources say so where it is not plain from one."""
    return "\n".join([spoken.say(heading) + ":", *map(_statement, statements)])


def _statement(each: Statement) -> str:
    said_by = f" ({'; '.join(each.sources)})" if each.sources else ""
    at = f" [{each.address}]" if each.address else ""
    return f"- {each.property}: {each.label}{at}{said_by}"


def _match(match: Match) -> str:
    return f"  {match.label}  <{match.iri}>"


def _choice(match: Match, spoken: Language) -> str:
    """One of several that a name may mean: its kind, and the command that opens it."""
    sort = match.sort(spoken.code)
    told = f"{match.label} ({sort})" if sort else match.label
    return f"  {told}: samverkan show {shlex.quote(address(match.iri))}"


def _failure(failure: Failure, spoken: Language) -> str:
    wrong, remedy = failure.told(spoken)
    told = [failure.file, failure.source, failure.evidence, failure.label]
    place = " · ".join(part.removeprefix(ID) for part in told if part)
    return f"{place}: {wrong.rstrip('.')}. {remedy}"


def _cells(
    names: list[str], rows: list[dict[str, dict[str, str]]]
) -> tuple[list[str], list[list[str]]]:
    """The columns and rows: labels in the place of IRIs, no column that is empty throughout."""
    filled = [name for name in names if not rows or any(name in row for row in rows)]
    shown = [name for name in filled if f"{name}_label" not in names]
    cells = [[_short(row.get(name, {}).get("value", "")) for name in shown] for row in rows]
    return [name.removesuffix("_label") for name in shown], cells


def _markdown(names: list[str], cells: list[list[str]]) -> str:
    escaped = [[value.replace("|", "\\|").replace("\n", " ") for value in row] for row in cells]
    headers = [name.replace("_", " ") for name in names]
    return tabulate(escaped, headers=headers, tablefmt="github", disable_numparse=True)


def _rows(names: list[str], cells: list[list[str]]) -> str:
    """A table where it fits the terminal, else each row by itself, a line a value."""
    table = tabulate(cells, headers=names, disable_numparse=True)
    width = shutil.get_terminal_size((_WIDE, 24)).columns
    if all(len(line) <= width for line in table.splitlines()):
        return table
    return "\n\n".join(_record(names, row, width) for row in cells)


def _record(names: list[str], row: list[str], width: int) -> str:
    pairs = [[name, value] for name, value in zip(names, row, strict=True) if value]
    room = max(width - max(map(len, names)) - 2, _NARROW)
    return tabulate(pairs, tablefmt="plain", disable_numparse=True, maxcolwidths=[None, room])


def _short(value: str) -> str:
    """A value without the beginning that all our IRIs have."""
    return value.replace(ID, "").replace(DEF, "")


def _facts(facts: tuple[Fact, ...], spoken: Language) -> str:
    headers = [_("state"), _("what"), _("where")]
    rows = [
        [
            state_name(fact.state, spoken),
            fact.value,
            "; ".join(dict.fromkeys(f"{place.title} {place.locator}" for place in fact.evidence)),
        ]
        for fact in facts
    ]
    widths = [None, 70, 50]
    return tabulate(rows, headers=[spoken.say(header) for header in headers], maxcolwidths=widths)


def _findings(findings: tuple[Finding, ...], spoken: Language) -> str:
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
