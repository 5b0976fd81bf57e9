"""Answers held against each other before anything is timed: a fast wrong answer is none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.channel import Channel

Rows = Counter[tuple[tuple[str, str, str, str], ...]]

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class DisagreementError(Exception):
    """Two contenders answer one query differently."""


def agree(channels: Mapping[str, Channel], queries: Iterable[str]) -> int:
    """Ask each of *queries* everywhere; how many rows the answers have.

    Raises:
        DisagreementError: the answers are not the same rows, each as often, in any order.
    """
    total = 0
    for text in queries:
        answers = {name: rows(channel.ask(text)) for name, channel in channels.items()}
        first, expected = next(iter(answers.items()))
        for name, answer in answers.items():
            if answer != expected:
                lacking, more = expected - answer, answer - expected
                raise DisagreementError(
                    f"{name} has {len(lacking)} rows fewer and {len(more)} more than {first} for"
                    f"\n{text}\n{[*lacking][:2]}\n{[*more][:2]}"
                )
        total += expected.total()
    return total


def rows(result: bytes) -> Rows:
    """The rows of a result in SPARQL JSON, each with how often it is there."""
    found = json.loads(result)["results"]["bindings"]
    return Counter(tuple(sorted(_value(*each) for each in row.items())) for row in found)


def _value(name: str, value: dict[str, str]) -> tuple[str, str, str, str]:
    kind = value.get("datatype", "")
    qualified = value.get("xml:lang") or ("" if kind == _STRING else kind)
    return name, value["type"].replace("typed-", ""), value["value"], qualified
