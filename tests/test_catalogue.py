"""The named queries: whole in both languages, typed, and the same however they are run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samverkan import catalogue, content, relay, sparql
from samverkan.errors import ContentError, NotFoundError, ParameterError
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.origin import Origin
from samverkan.sparql import AdHoc, Wanted

QUERIES = sorted(path.stem for path in content.find().queries[0].glob("*.rq"))
STATE = re.compile(r"# What the row is worth on the day.*?AS \?state\)", re.DOTALL)


def values(known: Knowledge, name: str) -> dict[str, str]:
    """What a person would fill in: the header's own defaults."""
    found = {p.name: p.default for p in known.catalogue[name].parameters if p.default}
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_tells_what_it_is_in_both_languages(known: Knowledge, name: str) -> None:
    query = known.catalogue[name]
    for told in (query.summaries, query.descriptions, *(p.labels for p in query.parameters)):
        assert set(told) == {"sv", "en"}
        assert all(told.values())
        assert len(set(told.values())) == 2 or len(next(iter(told.values()))) < 12


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_gives_something_for_its_own_defaults(known: Knowledge, name: str) -> None:
    reading = known.read(name, values(known, name))
    result = sparql.serialised(known.dataset, known.text(reading), Wanted())
    assert len(result.body.splitlines()) > 1 or b'"bindings":[{' in result.body


@pytest.mark.parametrize("known_on", ["", "2020-12-31", "2021-02-19"])
def test_a_query_gives_the_same_when_its_text_is_sent_to_the_endpoint(
    known: Knowledge, known_on: str
) -> None:
    limits = Limits(workers=1)
    endpoint = AdHoc(relay.runner(Origin(), limits), limits)
    try:
        for name in QUERIES:
            reading = known.read(name, {**values(known, name), "known_on": known_on})
            text = known.text(reading)
            wanted = Wanted("text/tab-separated-values", "application/n-triples")
            here = sparql.serialised(known.dataset, text, wanted).body.splitlines()
            there = endpoint.ask(text, wanted).body.splitlines()
            assert sorted(here) == sorted(there), name
    finally:
        endpoint.close()


def test_nothing_is_known_before_the_first_source(known: Knowledge) -> None:
    for name in (
        "memberships",
        "representatives",
        "roles",
        "evidence",
        "discrepancies",
        "lifecycle",
    ):
        given = values(known, name)
        assert known.ask(name, **given)
        assert not known.ask(name, **given, known_on="2021-02-18")


def test_the_same_row_is_worth_the_same_in_every_query(known: Knowledge) -> None:
    rules = {
        STATE.findall(known.catalogue[name].text)[0]
        for name in ("memberships", "positions", "representatives", "roles")
    }
    assert len(rules) == 1


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"on_date": "2021"}, ParameterError),
        ({"body": "http://a/ b"}, NotFoundError),
        ({"body": "https://w3id.org/samverkan/id/person/ola-karlsson"}, ParameterError),
        ({"role": "Ledningsgruppen"}, NotFoundError),
        ({"nobody": "x"}, ParameterError),
        ({"body": ""}, ParameterError),
    ],
)
def test_a_value_that_a_parameter_does_not_take_is_refused(
    known: Knowledge, given: dict[str, str], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        known.read("representatives", {"body": "BG2", **given})


HEADER = """#+ summary: a
#+ description: b
#+ samverkan:
#+   sv: {summary: c, description: d}
#+   parameters: {body: {sv: e, en: f}}
#+   questions: {sv: [%s]}
"""


@pytest.mark.parametrize("phrase", ['"vem ((("', '"hej"', '"vem är {nobody}"', '"vem [är {body}"'])
def test_a_phrase_that_cannot_be_asked_names_its_file(tmp_path: Path, phrase: str) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    text = HEADER % phrase + "SELECT * WHERE { ?s ?p ?_body_iri }\n"
    (queries / "broken.rq").write_text(text)
    with pytest.raises(ContentError, match=r"broken\.rq"):
        catalogue.load(content.find(tmp_path))
    (queries / "broken.rq").write_text(text.replace(phrase, '"vem [är] (i|på) {body}"'))
    assert catalogue.load(content.find(tmp_path))["broken"].phrases


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    name = "n.rq"
    (tmp_path / "queries" / name).mkdir(parents=True)
    with pytest.raises(ContentError, match=name):
        catalogue.load(content.find(tmp_path))
    (tmp_path / "queries" / name).rmdir()
    (tmp_path / "queries" / name).write_bytes(b"#+ summary: \xff")
    with pytest.raises(ContentError, match=name):
        catalogue.load(content.find(tmp_path))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("", "lacks or misplaces"),
        ("#+ summary: [", "not YAML"),
        ("#+ summary: a\n#+ description: b\n", "lacks or misplaces"),
        ("#+ - a\n", "lacks or misplaces"),
        ("#+ x: 2021-13-45\n", "not YAML"),
        ("#+ x: " + "[" * 5000 + "\n", "not YAML"),
    ],
)
def test_a_broken_header_names_its_file(tmp_path: Path, header: str, told: str) -> None:
    queries = tmp_path / "queries"
    queries.mkdir()
    (queries / "broken.rq").write_text(header + "SELECT * {}\n")
    with pytest.raises(ContentError) as caught:
        catalogue.load(content.find(tmp_path))
    assert "broken.rq" in str(caught.value)
    assert told in str(caught.value)
