"""What content must have before anything is answered from it; what lacks is told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import NamedNode, Store

from samverkan.errors import ContentError
from samverkan.integrity import clashes, naming, periods, statements, writing
from samverkan.integrity.faults import Fault, Files, Term, order, placed, select
from samverkan.integrity.guesses import Guesses
from samverkan.integrity.rules import SOURCES, Rule
from samverkan.language import mark as _
from samverkan.namespaces import ID, term

_TOLD_AT_MOST, _PLACED_AT_MOST = 20, 100
_PLACES = ("subject", "property", "value", "other", "word")


Progress = Callable[[int, int], None]


def check(store: Store, files: Files, progress: Progress) -> None:
    """Make sure that *store*, whose graphs were loaded from *files*, can be answered from.

    *progress* hears how many rules have been held against it, and of how many.

    Raises:
        ContentError: with a line for each fault: file and line, what is wrong, what to do.
    """
    # Nothing else can be said of what is written with a mistaken prefix.
    found = list(writing.mistaken_prefixes(files)) or list(_found(store, files, progress))
    if found:
        # To find the line of each of very many would take longer than to mend the first ones.
        found.sort(key=lambda fault: order(fault, files))
        found = list(_once(found))
        told = sorted({placed(fault, files) for fault in found[:_PLACED_AT_MOST]})
        refuse([each.error for each in told], max(len(found) - _PLACED_AT_MOST, 0))


def _once(faults: Iterable[Fault]) -> Iterator[Fault]:
    """*faults*, of those that say the same of one thing the first."""
    seen: set[Term] = set()
    for fault in faults:
        if fault.once is None or fault.once not in seen:
            yield fault
        if fault.once is not None:
            seen.add(fault.once)


def _found(store: Store, files: Files, progress: Progress) -> Iterator[Fault]:
    misnamed = list(_misnamed(store, files))
    yield from misnamed
    graphs = {fault.graph for fault in misnamed}
    yield from (fault for fault in _of_things(store, files, progress) if fault.graph not in graphs)


def _of_things(store: Store, files: Files, progress: Progress) -> Iterator[Fault]:
    guesses = Guesses(store)
    nominations = (_faults(store, rule, guesses) for rule in statements.NOMINATIONS)
    held: set[Term | None] = set()
    # What is wrong with a thing may follow from what was told of it before: it can wait.
    for faults in (
        writing.faults(store, files),
        clashes.faults(store, files),
        chain.from_iterable(nominations),
        _others(store, files, guesses, progress),
    ):
        told = [fault for fault in faults if fault.terms.get("subject") not in held]
        held |= {fault.terms["subject"] for fault in told if "subject" in fault.terms}
        yield from told


def _others(store: Store, files: Files, guesses: Guesses, progress: Progress) -> Iterator[Fault]:
    yield from periods.faults(store)
    yield from _unissued(store, files)
    rules = (*naming.RULES, *statements.RULES)
    for number, rule in enumerate(rules, 1):
        yield from _faults(store, rule, guesses)
        progress(number, len(rules))


def refuse(faults: Sequence[ContentError], more: int = 0) -> None:
    """Refuse content that has *faults*, and *more* of them that are only counted.

    Raises:
        ContentError: with a line for each of the first twenty, and the number of the rest.
    """
    told = list(faults[:_TOLD_AT_MOST])
    if count := len(faults) - len(told) + more:
        told.append(ContentError(_("… and {count} more."), count=count))
    raise ContentError(_("The content cannot be used:\n{faults}"), faults=tuple(told))


def _faults(store: Store, rule: Rule, guesses: Guesses) -> Iterator[Fault]:
    names = " ".join(f"?{name}" for name in _PLACES)
    for row in select(store, f"SELECT DISTINCT ?graph {names} WHERE {{ {rule.pattern} }}"):
        terms: dict[str, Term] = {name: row[name] for name in _PLACES if row[name] is not None}
        terms["word"] = getattr(row["word"], "value", "")
        remedy, more = guesses.remedy(rule, row["graph"], terms)
        once = terms.get(rule.once)
        yield Fault(row["graph"], rule.problem, remedy, {**terms, **more}, once=once)


def _misnamed(store: Store, files: Files) -> Iterator[Fault]:
    """Files of sources that have another name than the one source that they describe."""
    pattern = f"GRAPH ?graph {{ ?subject a smv:Source ; dcterms:issued ?day }} {SOURCES}"
    described: dict[NamedNode, set[Term]] = {}
    for row in select(store, f"SELECT DISTINCT ?graph ?subject {{ {pattern} }}"):
        described.setdefault(row["graph"], set()).add(row["subject"])
    for graph, sources in described.items():
        source = next(iter(sources))
        slug = getattr(source, "value", "").removeprefix(f"{ID}source/")
        for turtle in files.get(graph, ()) if len(sources) == 1 else ():
            if turtle.blocks_of(graph.value):
                continue  # its own source is described, too
            terms = {"subject": source, "file": turtle.path.name, "name": f"{slug}.ttl"}
            problem = _("The file is called {file}, and describes {subject}.")
            blocks = turtle.blocks_of(getattr(source, "value", ""))
            start = blocks[0].start if blocks else 0
            yield Fault(graph, problem, _("Rename it to {name}."), terms, (turtle, start))


def _unissued(store: Store, files: Files) -> Iterator[Fault]:
    """Sources that do not say when they became known."""
    issued = term("dcterms:issued")
    for graph in files:
        if graph.value.startswith(f"{ID}source/") and not any(
            store.quads_for_pattern(graph, issued, None, graph)
        ):
            yield Fault(
                graph,
                _("{subject} needs a {property}, the day on which it became known."),
                _('Write {property} "…"^^xsd:date ; in it. A source has the name of its file.'),
                {"subject": graph, "property": issued},
            )
