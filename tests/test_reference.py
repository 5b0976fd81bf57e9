"""The states that the queries give, held against the rules (MODEL 7-11, DESIGN § 7) in Python."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small
from samverkan import findings, knowledge, questions
from samverkan.knowledge import Knowledge
from samverkan.language import CODES, language
from samverkan.namespaces import ID
from small import Source

SHOWN = (None, "2020-05-01", "2022-03-01", "2024-10-10", "2021", "2023", "2022-23")
TERMS = ("2019/2021", "2022/2024", "2021-01-01/..", "2023/", "/2022-06-30", "2020", "2025/..")
DAYS = ("2018-06-01", "2020-05-01", "2021-07-01", "2022-06-30", "2022-10-01", "2024-01-01")
KNOWN = (None, "2021-06-01")


@dataclass(frozen=True)
class Said:
    """What one source says of one membership, of anna, bo or somebody unnamed."""

    year: int
    member: str | None
    status: str
    role: str
    shown: str | None
    during: str | None


SAID = st.builds(
    Said,
    year=st.sampled_from((2021, 2023, 2026)),
    member=st.sampled_from(("anna", "anna", "bo", None)),
    status=st.sampled_from(("attested", "attested", "nominated", "appointed", "ended")),
    role=st.sampled_from(("member", "member", "chair")),
    shown=st.sampled_from(SHOWN),
    during=st.sampled_from((None, *TERMS)),
).filter(lambda said: bool(said.shown or said.during))
CONTENTS = st.lists(SAID, min_size=1, max_size=6, unique_by=lambda s: (s.year, *node(s)))

Node = tuple[str | None, str, str]


def node(said: Said) -> Node:
    """Model 10: one membership per person, body, role and status."""
    return said.member, said.role, said.status


def span(words: str) -> tuple[date | None, date | None, bool]:
    """The earliest and the latest day of *words*, and whether their end is open."""
    start, end = small.bounds(words)
    first = date.fromisoformat(start) if start else None
    last = date.fromisoformat(end) if end not in {"", ".."} else None
    return first, last, end == ".."


def expected(contents: list[Said], which: Node, day: date) -> str:  # noqa: PLR0911
    """What a membership is worth on *day*, by the rules as they are written."""
    own = [said for said in contents if node(said) == which]
    shown = [span(said.shown) for said in own if said.shown]
    periods = [span(said.during) for said in own if said.during]
    begins = [first or last for first, last, _open in shown + periods]
    if day < min(known for known in begins if known):
        return "before-first"
    _member, _role, status = which
    covered = any(_covers(period, day) for period in periods)
    if status == "nominated":
        return "nominated"
    if status == "ended":
        return "confirmed" if covered else "ended"
    seen = [f for f, _l, _o in shown + periods if f and f <= day]
    last_seen = max(seen, default=date.min)
    if _is_over(periods, last_seen, day) or _has_left(contents, which, last_seen, day):
        return "ended"
    if which[0] is None:
        return "unnamed"
    if covered or any(_covers(time, day) for time in shown):
        return "confirmed"
    return "last-known"


def _covers(time: tuple[date | None, date | None, bool], day: date) -> bool:
    first, last, is_open = time
    if first is None or day < first:
        return False
    return is_open or day == first or (last is not None and day <= last)


def _is_over(
    periods: list[tuple[date | None, date | None, bool]], last_seen: date, day: date
) -> bool:
    """Whether all that has begun has an end, the last of them is past, and nothing came after."""
    begun = [period for period in periods if period[0] is None or period[0] <= day]
    past = [last for _first, last, _open in begun if last is not None and last < day]
    return bool(past) and len(past) == len(begun) and last_seen <= max(past)


def _has_left(contents: list[Said], which: Node, last_seen: date, day: date) -> bool:
    """Whether a source tells an end, and none shows the person in the role for a later time."""
    member, role, _status = which
    ends = [
        span(said.during)[1]
        for said in contents
        if said.during and member and node(said) == (member, role, "ended")
    ]
    return any(end is not None and last_seen <= end <= day for end in ends)


def content_of(contents: list[Said], folder: Path) -> Knowledge:
    sources = {said.year: Source(said.year) for said in contents}
    for said in contents:
        sources[said.year].says(
            said.member,
            role=said.role,
            status=said.status,
            shown=said.shown,
            during=said.during or (),
        )
    small.write(folder, sources.values())
    return knowledge.load(folder)


def found_in(known: Knowledge, query: str, values: dict[str, str]) -> dict[Node, str]:
    reading = known.read(query, values)
    found = findings.findings(known, reading, language("sv"))
    for finding in found:
        assert finding.grounds
        assert set(finding.grounds) <= set(finding.evidence)
    return {
        (
            finding.person.iri.rpartition("/")[2] if finding.person else None,
            finding.role.iri.rpartition("/")[2],
            finding.status,
        ): finding.state
        for finding in found
    }


@given(CONTENTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_state_is_what_the_rules_say(contents: list[Said]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        known = content_of(contents, Path(folder))
    for known_on in KNOWN:
        told = [s for s in contents if known_on is None or f"{s.year}-03-01" <= known_on]
        for day in DAYS:
            times = {"on_date": day, "known_on": known_on or ""}
            body = found_in(
                known, "representatives", {"body": f"{ID}organization/council", **times}
            )
            assert body == {
                which: expected(told, which, date.fromisoformat(day)) for which in map(node, told)
            }
            anna = found_in(known, "roles", {"person": f"{ID}person/anna", **times})
            assert anna == {which: s for which, s in body.items() if which[0] == "anna"}


@given(CONTENTS, st.sampled_from(DAYS), st.sampled_from(CODES))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_sentence_names_everyone_and_cites_every_ground(
    contents: list[Said], day: str, code: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        known = content_of(contents, Path(folder))
    for question in ("vem sitter i Rådet", "vem är Anna Berg", "vem representerar oss i Rådet"):
        answer = questions.ask(known, question, on_date=day, lang=code)
        for finding in answer.findings:
            assert finding.person is None or finding.person.label in answer.answer
            for place in finding.places:
                assert place.locator in answer.answer
                assert place.title in answer.answer
        assert answer.answer.endswith(".")
        for slip in ("None", "{", "()", "  ", " .", " ,", "..", ". ;"):
            assert slip not in answer.answer
