"""What was found, as Markdown: a table of the targets, and all figures behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.findings import ALONE, ENDPOINT, OURS, RIVAL, STORED, Case, Findings

NEW_QUESTION, QUESTION = "question in words, distinct", "question in words, repeated"
NAMED = "named query, repeated"
_PAGES = {NEW_QUESTION, QUESTION, NAMED}
_CONTENDERS = (OURS, RIVAL, ENDPOINT, ALONE)
_STARTED = (OURS, STORED, RIVAL, ENDPOINT, ALONE)
_DISTINCT, _REPEATED = "one thing, distinct", "one thing, repeated"
_AT, _SMALL, _LARGE = 100_000, 10_000, 1_000_000


def markdown(found: Findings, picture: str) -> str:
    """The whole report; *picture* is the name of the file of the plot beside it."""
    parts = [
        "# Benchmark",
        f"One run of `make bench` on {found.machine}. Triples are those of the data; vocabulary and"
        " lists of values are loaded beside them. Everybody holds the same graph and is asked the"
        " same queries, in slices of time one after the other; before that, the answers to"
        f" {sum(found.compared.values())} rows were the same. Throughput is in answers a second,"
        " latencies are in milliseconds.",
        "## Targets",
        _table(("what", "target", "found", "met"), _targets(found)),
        f"![Throughput of each contender]({picture})",
        "## /sparql",
        _table(
            (
                "triples",
                "queries",
                "connections",
                *_CONTENDERS,
                "ours : Oxigraph",
                "ours : rdflib-e.",
            ),
            _throughputs(found),
        ),
        "## Latency of /sparql (p50 / p99)",
        _table(("triples", "queries", "connections", *_CONTENDERS), _latencies(found)),
        "Where the time of a query about one thing goes, each text another, over one connection"
        " (medians): the engine alone, in the process that asks; the same through a worker that can"
        " be killed; the same over HTTP.",
        _table(_ANATOMY, _anatomies(found)),
        "## Start to first answer, and memory",
        _table(
            ("triples", *(f"{name}: {what}" for name in _STARTED for what in ("s", "MB"))),
            _starts(found),
        ),
        "## Questions and named queries over HTTP",
        _table(("triples", "what", "connections", "answers/s", "p50", "p99"), _asked(found)),
    ]
    if found.checks:
        parts += [
            "## A full check",
            "Seconds of the processor, on a graph that is loaded. Telling is the to-do list in"
            " words; pyshacl by itself, on rdflib's graph in memory and its SPARQL, only finds."
            " Both found the same.",
            _table(_CHECK, _checks(found)),
        ]
    if found.runaways:
        parts += ["## A runaway query beside normal traffic", _table(_RUNAWAY, _runaways(found))]
    return "\n\n".join(parts) + "\n"


_ANATOMY = ("triples", "engine", "through a worker", "over HTTP", "Oxigraph server over HTTP")
_CHECK = ("triples", "findings", "to find, s", "to tell, s", "pyshacl by itself, s", "times")
_RUNAWAY = ("triples", "its limit, s", "stopped after, s", "p99 before", "p99 beside", "times")


def _targets(found: Findings) -> Iterator[tuple[str, ...]]:
    yield from _question_targets(found)
    sizes = [size for size in found.sizes if size >= _AT] or list(found.sizes)
    for size in sizes:
        at = f"at {_number(size)} triples, 1 connection"
        distinct = Case(size, _DISTINCT, 1, OURS)
        repeated = Case(size, _REPEATED, 1, OURS)
        yield _held(f"distinct queries beside Oxigraph, {at}", 0.5, found.ratio(distinct, RIVAL))
        if (ratio := found.ratio(distinct, ENDPOINT)) is not None:
            yield _held(f"distinct queries beside rdflib-endpoint, {at}", 40, ratio)
        yield _held(f"repeated queries beside Oxigraph, {at}", 1, found.ratio(repeated, RIVAL))
    for size, check in found.checks.items():
        if check.ratio is not None:
            what = f"full check, at {_number(size)} triples, beside pyshacl"
            yield _held(what, 10, check.ratio)
    for size, runaway in found.runaways.items():
        over, times = runaway.killed - runaway.limit, runaway.beside / runaway.before
        at = f"at {_number(size)} triples"
        yield f"runaway query, {at}", "limit + 100 ms", f"+ {1000 * over:.0f} ms", _yes(over <= 0.1)
        yield f"others' p99 beside it, {at}", "at most 2×", f"{times:.1f}×", _yes(times <= 2)

    for each in found.bundled:
        met = "–" if each.met is None else _yes(each.met)
        yield each.what, each.target, each.found, met


def _question_targets(found: Findings) -> Iterator[tuple[str, ...]]:
    for kind in (NEW_QUESTION, QUESTION):
        p50 = {
            size: found.cases[case].percentile(50)
            for size in found.sizes
            if (case := Case(size, kind, 1, OURS)) in found.cases
        }
        name = f"“who represents…”, {kind.rpartition(' ')[2]}"
        if _AT in p50:
            told = f"{p50[_AT]:.1f} ms"
            yield f"{name}: p50 at 100 000 triples", "under 5 ms", told, _yes(p50[_AT] < 5)
        if {_SMALL, _LARGE} <= p50.keys():
            growth = p50[_LARGE] / p50[_SMALL]
            told = f"{growth:.2f}×"
            yield f"{name}: from 10 000 to 1 000 000", "under 1.5×", told, _yes(growth < 1.5)


def _held(what: str, least: float, ratio: float | None) -> tuple[str, ...]:
    if ratio is None:
        return what, f"{least:g}×", "not measured", "–"
    return what, f"at least {least:g}×", f"{ratio:.2f}×", _yes(ratio >= least)


def _grouped(found: Findings) -> Iterator[tuple[int, str, int]]:
    seen = dict.fromkeys(
        (case.size, case.workload, case.connections)
        for case in found.cases
        if case.workload not in _PAGES
    )
    yield from seen


def _throughputs(found: Findings) -> Iterator[tuple[str, ...]]:
    for size, workload, connections in _grouped(found):
        cases = [Case(size, workload, connections, name) for name in _CONTENDERS]
        told = [
            f"{found.cases[case].throughput:,.0f}".replace(",", " ") if case in found.cases else "–"
            for case in cases
        ]
        ratios = [found.ratio(cases[0], name) for name in (RIVAL, ENDPOINT)]
        yield (
            *(_number(size), workload, str(connections), *told),
            *(f"{ratio:.2f}" if ratio is not None else "–" for ratio in ratios),
        )


def _latencies(found: Findings) -> Iterator[tuple[str, ...]]:
    for size, workload, connections in _grouped(found):
        told = []
        for name in _CONTENDERS:
            measured = found.cases.get(Case(size, workload, connections, name))
            told.append(
                f"{measured.percentile(50):.2f} / {measured.percentile(99):.2f}"
                if measured
                else "–"
            )
        yield _number(size), workload, str(connections), *told


def _anatomies(found: Findings) -> Iterator[tuple[str, ...]]:
    for size, each in found.anatomies.items():
        cases = (found.cases.get(Case(size, _DISTINCT, 1, name)) for name in (OURS, RIVAL))
        web = [f"{measured.percentile(50):.2f}" if measured else "–" for measured in cases]
        yield _number(size), f"{each.engine:.2f}", f"{each.worker:.2f}", *web


def _starts(found: Findings) -> Iterator[tuple[str, ...]]:
    for size in found.sizes:
        told = []
        for name in _STARTED:
            start = found.starts.get((size, name))
            told += [f"{start.seconds:.1f}", f"{start.memory / 1e6:.0f}"] if start else ["–", "–"]
        yield _number(size), *told


def _asked(found: Findings) -> Iterator[tuple[str, ...]]:
    for case, measured in found.cases.items():
        if case.workload in _PAGES:
            yield (
                *(_number(case.size), case.workload, str(case.connections)),
                *(f"{measured.throughput:.0f}", f"{measured.percentile(50):.1f}"),
                f"{measured.percentile(99):.1f}",
            )


def _checks(found: Findings) -> Iterator[tuple[str, ...]]:
    for size, each in found.checks.items():
        beside = ("–", "–") if each.own is None else (f"{each.own:.1f}", f"{each.ratio:.0f}")
        told = (_number(size), _number(each.results), f"{each.finding:.2f}", f"{each.telling:.2f}")
        yield (*told, *beside)


def _runaways(found: Findings) -> Iterator[tuple[str, ...]]:
    for size, each in found.runaways.items():
        yield (
            *(_number(size), f"{each.limit:.2f}", f"{each.killed:.2f}"),
            *(f"{each.before:.1f}", f"{each.beside:.1f}", f"{each.beside / each.before:.1f}"),
        )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def _yes(met: bool) -> str:
    return "yes" if met else "**no**"


def _table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
