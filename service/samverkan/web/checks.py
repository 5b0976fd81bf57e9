"""``/checks``: what is missing, stale or contradictory, as a to-do list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, cast

from flask import Blueprint, Flask, Response, current_app, json, render_template, request

from samverkan import catalogue, checks, profile
from samverkan import content as content_
from samverkan.catalogue import ON_DATE
from samverkan.checks import SEVERITIES, Checks, Finding, Todo, text
from samverkan.checks.validation import Result
from samverkan.errors import BusyError, NotAcceptableError, ParameterError
from samverkan.language import CODES, Language
from samverkan.language import language as language_of
from samverkan.language import mark as _
from samverkan.sparql import Result as Body
from samverkan.store import Source
from samverkan.web import asked, checker
from samverkan.web.checker import Checker
from samverkan.web.house import PAGE, best, house, sent, spoken

blueprint = Blueprint("checks", __name__)

_TYPES = {"json": "application/json", "csv": "text/csv", "ttl": "text/turtle", "html": PAGE}
_PARAMETERS = ("severity", "body", "check", "since", ON_DATE, "bom", "lang")
_SHEETS = ("style.css", "checks.css")
# So many bodies are shown with all that they have to do; more are folded, with so many lines of
# each task.
_FEW, _LINES = 3, 3
# So many bodies, and lines of each task, are shown at all; so many further bodies are named.
_BODIES, _MOST_LINES, _NAMED = 40, 200, 100
# So many days are kept, and so many findings in all, which take some kilobytes each.
_DAYS_KEPT, _FINDINGS_KEPT = 8, 60_000
_WAITING = 4


@dataclass
class Board:
    """The checks, what they found as of the days asked for last, and the list of the last one.

    With a ``checker``, they are worked out in its process.
    """

    checks: Checks
    checker: Checker | None = None
    found: OrderedDict[date, list[Result]] = field(default_factory=OrderedDict)
    told: OrderedDict[tuple[date, str], tuple[Finding, ...]] = field(default_factory=OrderedDict)
    lists: OrderedDict[tuple[date, str], Todo] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(_WAITING))

    def results(self, on_date: date) -> list[Result]:
        """All results as of that day; worked out once, one day at a time.

        Raises:
            BusyError: too many others wait for theirs: whoever waits holds a thread.
        """
        found = self.found.get(on_date)
        if found is not None:
            return found
        if not self.places.acquire(blocking=False):
            raise BusyError(_("This is being worked out. Try again in a moment."))
        try:
            with self.lock:
                return self._worked_out(on_date)
        finally:
            self.places.release()

    def at_hand(self, language: Language) -> Todo | None:
        """The list of the last day, up to today, that has been worked out; None where none has."""
        days = [day for day in list(self.found) if day <= date.today()]
        return self.todo(max(days), language) if days else None

    def todo(self, on_date: date, language: Language) -> Todo:
        """The list of all that is amiss as of that day; put together once.

        Raises:
            BusyError: as for the results.
        """
        key = on_date, language.code
        if (kept := self.lists.get(key)) is None:
            kept = checks.todo(self.findings(on_date, language), on_date)
            with self.lock:
                _keep(self.lists, {key: kept}, _DAYS_KEPT * len(CODES))
        return kept

    def prepare(self) -> None:
        """Work out the list of today, and tell it in each language."""
        self.results(date.today())
        for code in CODES:
            self.todo(date.today(), language_of(code))

    def findings(self, on_date: date, language: Language) -> tuple[Finding, ...]:
        """All results as of that day, told in *language*; put into words once.

        Raises:
            BusyError: as for the results.
        """
        told = self.told.get((on_date, language.code))
        if told is None:
            results = self.results(on_date)
            told = self.told.get((on_date, language.code))
        if told is None:
            told = self.checks.findings(results, on_date, language)
            with self.lock:
                _keep(self.told, {(on_date, language.code): told}, _DAYS_KEPT * len(CODES))
        return told

    def _worked_out(self, on_date: date) -> list[Result]:
        found = self.found.get(on_date)
        if found is None:
            told = self.checker.told(on_date, CODES) if self.checker else None
            found, findings = told or (self.checks.results(on_date), {})
            in_words = {(on_date, code): each for code, each in findings.items()}
            _keep(self.told, in_words, _DAYS_KEPT * len(CODES))
            _keep(self.found, {on_date: found}, _DAYS_KEPT)
        return found


def _keep(kept: OrderedDict[Any, Any], new: Mapping[Any, Any], most: int) -> None:
    """Keep what is *new*, in the place of what is oldest where it comes to more than *most*.

    Or where all of it is more findings than there is room for; what is new stays.
    """
    kept.update(new)
    while len(kept) > most or (len(kept) > len(new) and _findings_in(kept) > _FINDINGS_KEPT):
        kept.popitem(last=False)


def _findings_in(kept: Mapping[Any, Any]) -> int:
    return sum(len(e.findings if isinstance(e, Todo) else e) for e in kept.values())


def register(app: Flask, folder: Path | None) -> None:
    """Load the checks of the content that *app* serves.

    Raises:
        ContentError: the shapes or the acknowledgements are broken.
    """
    dataset = app.extensions["samverkan"].knowledge.dataset
    held = replace(dataset, engine=dataset.held())  # a check reads thousands of small pieces
    app.extensions["samverkan.checks"] = Board(checks.load(content_.find(folder), held))


def fork(app: Flask) -> None:
    """Have another process work out what is amiss; to be called while this one has one thread."""
    board = cast(Board, app.extensions["samverkan.checks"])
    board.checker = Checker(board.checks) if checker.can_be() else None


def prepare(app: Flask) -> None:
    """Work out what is amiss today, so that it is at hand.

    Raises:
        SamverkanError: it cannot be worked out.
    """
    cast(Board, app.extensions["samverkan.checks"]).prepare()


def at_hand(language: Language) -> Todo | None:
    """The to-do list of the last day that it has been worked out for; None where that is none."""
    return _board().at_hand(language)


def amiss(iri: str, language: Language) -> tuple[Finding, ...]:
    """What is amiss with one thing, as of the day that the request asks for; open ones first."""
    found = _board().checks.of_thing(iri, _day(), language)
    return checks.todo(found, _day()).findings


def findings(on_date: date, language: Language) -> tuple[Finding, ...]:
    """All that is amiss in the graph on a day, in the words of *language*.

    Raises:
        BusyError: it is being worked out, and too many wait for it.
    """
    return _board().findings(on_date, language)


@blueprint.get("/checks")
@blueprint.get("/checks.<any(json, csv, ttl, html):suffix>")
def listed(suffix: str | None = None) -> Response:
    """The to-do list: as a page, JSON, CSV, or the SHACL validation report in Turtle."""
    _refuse_other_parameters()
    media_type = _TYPES[suffix] if suffix else best([*_TYPES.values()])
    on_date, bom = _day(), asked.bom()
    if media_type is None:
        raise NotAcceptableError(
            _("Results come as {formats}."), formats=", ".join(_TYPES.values())
        )
    if media_type == PAGE:
        return Response(_page(on_date))
    if media_type == _TYPES["ttl"]:
        results = checks.chosen(_board().results(on_date), _todo(on_date))
        body = _board().checks.turtle(results, on_date)
    elif media_type == _TYPES["csv"]:
        body = text.table(_todo(on_date).findings, bom=bom)
    else:
        body = json.dumps(_todo(on_date).to_json())
    return sent(Body(media_type=media_type, body=body.encode()))


def document(found: Todo, app: Flask, language: Language) -> str:
    """The list as a page of *app* that stands by itself, to be saved or sent."""
    sheets = (Path(app.static_folder or "") / name for name in _SHEETS)
    style = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    with app.test_request_context(f"/checks?lang={language.code}"):
        page = render_template("checks.html", **_shown(found, whole=True), standalone=True)
    head, _link, rest = page.partition('<link rel="stylesheet"')
    return f"{head}<style>\n{style}</style>{rest.partition('>')[2]}"


def _page(on_date: date) -> str:
    return render_template("checks.html", **_shown(_todo(on_date), whole=False), standalone=False)


def _shown(found: Todo, *, whole: bool) -> dict[str, object]:
    """What the template shows of the list: the *whole* of it, or as much as a page bears."""
    language = spoken()
    at_work = [group for group in found.groups if group.tasks]
    bodies = len(at_work) if whole else _BODIES
    return {
        "todo": found,
        "at_work": at_work[:bodies],
        "further": at_work[bodies:][:_NAMED],
        "unnamed": max(0, len(at_work) - bodies - _NAMED),
        "most_lines": None if whole else _MOST_LINES,
        "filters": {name: value for name, value in request.args.items() if name != "lang"},
        "totals": text.totals(found, language),
        "severities": SEVERITIES,
        "severity_name": lambda severity: language.say(text.SEVERITY_NAMES[severity]),
        "accepted": lambda line: text.accepted(line, language),
        "fold": len(found.groups) > _FEW,
        "most": _LINES,
        "body": _body(),
        "plurals": text.SEVERITY_PLURALS,
        "latest": _latest(found.on_date),
    }


def _latest(on_date: date) -> Source | None:
    """The newest source on that day: what has come to light with it is new."""
    issued = [source for source in house().knowledge.dataset.sources if source.issued <= on_date]
    return max(issued, key=lambda source: source.issued, default=None)


def _todo(on_date: date) -> Todo:
    board = _board()
    severity = _one_of("severity", SEVERITIES) or SEVERITIES[-1]
    body = _body()
    check = _one_of("check", board.checks.names()) or None
    given = request.args.get("since", "").strip()
    since = catalogue.day("since", given) if given else None
    if (severity, body, check, since) == (SEVERITIES[-1], None, None, None):
        return board.todo(on_date, spoken())
    findings = board.findings(on_date, spoken())
    return checks.todo(findings, on_date, severity=severity, body=body, check=check, since=since)


def _one_of(name: str, choices: Sequence[str]) -> str:
    given = request.args.get(name, "")
    if given and given not in choices:
        raise ParameterError(
            _("{name} takes one of {choices}, not “{value}”."),
            name=name,
            choices=", ".join(choices),
            value=given,
        )
    return given


def _body() -> str | None:
    """The body that is asked for: by its IRI, the end of one, or its name."""
    given = request.args.get("body", "").strip()
    return profile.of_body(house().knowledge, given) if given else None


def _day() -> date:
    given = request.args.get(ON_DATE)
    return catalogue.day(ON_DATE, given) if given else date.today()


def _board() -> Board:
    return cast(Board, current_app.extensions["samverkan.checks"])


def _refuse_other_parameters() -> None:
    for name, given in request.args.lists():
        if name not in _PARAMETERS or len(given) > 1:
            raise ParameterError(
                _("{path} takes {names}, each once; not “{name}”."),
                path="/checks",
                names=", ".join(_PARAMETERS),
                name=name,
            )
