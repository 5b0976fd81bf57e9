"""What we find beside what pyshacl finds by itself (:mod:`reference`).

pyshacl takes up to a second for an example, so some are drawn by a fixed seed: as they are, and
with a statement of each kind taken away or spoilt, as in :mod:`test_mutations`.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad, QuerySolutions, Store

import reference
from graphs import ROOT
from reference import Told
from samverkan.checks import validation
from samverkan.namespaces import PREFIXES
from test_mutations import DROPPED, PUT
from test_shapes import DAY, EXAMPLES, bundled, store_of

SEED = 8
AS_THEY_ARE, SPOILT = 5, 6
OTHER = Literal("Samverkansnämnden", language="sv")


def ours(store: Store) -> set[Told]:
    return reference.told_by(validation.validate(bundled(), store, DAY), bundled())


def of_pyshacl(store: Store) -> set[Told]:
    shapes = reference.shapes_of(ROOT / "ontology" / "shapes.ttl", DAY)
    data = reference.copied(store.quads_for_pattern(None, None, None, DefaultGraph()))
    return reference.told_in(reference.report_on(data, shapes), shapes)


def spoilt(store: Store) -> Store:
    """A statement of each kind gone, or with another value, all at once."""
    kinds: list[tuple[str, Any, bool]] = [(pattern, None, True) for pattern in DROPPED.values()]
    kinds += [(pattern, value or OTHER, False) for pattern, value in PUT.values()]
    for pattern, value, drop in kinds:
        text = f"SELECT ?s ?p ?o {{ {pattern} . ?s ?p ?o }} ORDER BY ?s ?p ?o LIMIT 1"
        found = store.query(text.replace("} . ?s", "} ?s"), prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        for row in found:
            store.remove(Quad(row["s"], row["p"], row["o"], DefaultGraph()))
            if not drop:
                store.add(Quad(row["s"], row["p"], value, DefaultGraph()))
    return store


def drawn(kind: str, number: int) -> list[Path]:
    return random.Random(SEED).sample(sorted(EXAMPLES.glob(f"*.{kind}.ttl")), number)


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
def test_the_examples_have_the_results_that_pyshacl_has_for_them() -> None:
    for path in drawn("invalid", AS_THEY_ARE):
        store = store_of(path)
        found = ours(store)
        assert found, path.name
        assert found == of_pyshacl(store), path.name


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")
def test_what_was_spoilt_has_the_results_that_pyshacl_has_for_it() -> None:
    noticed = 0
    for path in drawn("valid", SPOILT):
        store = spoilt(store_of(path))
        found = ours(store)
        assert found == of_pyshacl(store), path.name
        noticed += found != ours(store_of(path))
    assert noticed > SPOILT / 2
