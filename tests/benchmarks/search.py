"""How long a look-up takes among many names, beside a scan that holds each name against the text.

    python tests/benchmarks/search.py [NUMBER OF NAMES]

Prints medians in milliseconds. The names are made up, the same at every run; nothing is asserted.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable

from rapidfuzz import fuzz, process, utils

from samverkan.lookup import Entry, Lookup

COUNT = 100_000
RUNS = 25
HITS = 20
HEADS = (
    *("arbets", "bered", "cancer", "data", "donations", "forsknings", "kompetens", "kunskaps"),
    *("ledamots", "nätverks", "patient", "regions", "samverkans", "sjukvårds", "styr"),
    *("upphandlings", "verksamhets", "vård", "äldre"),
)
MIDDLES = ("", "", "chefs", "direktörs", "plane", "produktions", "säkerhets", "utvecklings")
TAILS = (
    *("delegationen", "funktionen", "gruppen", "kommittén", "nämnden", "planen", "rådet"),
    *("styrelsen", "teamet"),
)
PLACES = ("Dalarna", "Gävleborg", "Sörmland", "Uppsala", "Värmland", "Västmanland", "Örebro")
GIVEN = (
    *("Anders", "Anna", "Bo", "Eva", "Håkan", "Karin", "Lars", "Maria", "Mikael", "Petri"),
    *("Sofia", "Ulrika", "Åsa"),
)
FIRST = (
    *("Ahl", "Berg", "Björk", "Dal", "Ek", "Fors", "Gran", "Hög", "Kvarn", "Köhl", "Lind"),
    *("Ny", "Ros", "Sjö", "Sund", "Wik", "Ö"),
)
SECOND = (
    *("berg", "blad", "by", "borg", "er", "ing", "lund", "man", "mark", "ner", "qvist"),
    *("sson", "ström", "ung", "vall"),
)
TYPED = {
    "a letter": "s",
    "a beginning": "upphandl",
    "a word": "köhler",
    "two words": "anna lindström",
    "a declined form": "upphandlingschefsrådets i region örebro",
    "a part of a compound": "direktör",
    "many words": "sjukvårdschefsrådet för region örebro",
    "a misspelt word": "upphandlingsgurppen",
    "two misspelt words": "anan lindströmm",
    "three misspelt words": "kunskapschefsrådte för regino gävelborg 199",
    "what is not there": "xyzzy qwerty",
}


def names(count: int) -> list[str]:
    """So many names of bodies and people, each another."""
    made = random.Random(1)
    found: dict[str, None] = {}
    while len(found) < count:
        if made.random() < 0.5:
            head = made.choice(HEADS) + made.choice(MIDDLES) + made.choice(TAILS)
            place = f"{made.choice(['i', 'för'])} Region {made.choice(PLACES)}"
            found[f"{head.capitalize()} {place} {made.randrange(1990, 2030)}"] = None
        else:
            family = [made.choice(FIRST) + made.choice(SECOND) + made.choice(SECOND)]
            family += [made.choice(FIRST) + made.choice(SECOND)]
            found[f"{made.choice(GIVEN)} {'-'.join(family)}"] = None
    return list(found)


def median(run: Callable[[], object], times: int) -> float:
    """The median of so many runs, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def main() -> None:
    """Make the names and the index, time both ways, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    called = names(count)
    began = time.perf_counter()
    lookup = Lookup(Entry(str(number), "thing", name) for number, name in enumerate(called))
    words = len({word for name in called for word in name.split()})
    told = [f"{count} names, {words} words; index in {time.perf_counter() - began:.1f} s"]
    told.append(f"{'':24}{'look-up':>10}{'scan':>10}  found")
    for what, text in TYPED.items():
        index = median(lambda text=text: lookup.find(text, HITS), RUNS)  # type: ignore[misc]
        scan = median(lambda text=text: scanned(called, text), 3)  # type: ignore[misc]
        best = lookup.find(text, 1)
        first = f"{best[0].entry.name} ({best[0].rank.code})" if best else "–"
        told.append(f"{what:24}{index:10.2f}{scan:10.2f}  {first}")
    sys.stdout.write("\n".join([*told, ""]))


def scanned(called: list[str], text: str) -> object:
    """The naive way."""
    return process.extract(
        text, called, scorer=fuzz.WRatio, processor=utils.default_process, limit=HITS
    )


if __name__ == "__main__":
    main()
