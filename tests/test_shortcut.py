"""The short path of /sparql gives what the framework gives, and what was answered before again."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from samverkan import tokens
from samverkan.cache import Cache
from samverkan.web import requests

SELECT = "SELECT ?s WHERE { ?s a <http://xmlns.com/foaf/0.1/Person> } ORDER BY ?s LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } ORDER BY ?s ?o LIMIT 3"
# A validator that fits nothing: the same is asked, by the way of the framework.
LONG_WAY = {"If-None-Match": '"nothing"'}


def get(client: FlaskClient, query: str, headers: dict[str, str]) -> TestResponse:
    return client.get(f"/sparql?query={quote(query)}", headers=headers)


def post(client: FlaskClient, query: str, headers: dict[str, str]) -> TestResponse:
    media_type = "application/sparql-query"
    return client.post("/sparql", data=query.encode(), content_type=media_type, headers=headers)


def told(response: TestResponse) -> tuple[int, dict[str, str], bytes]:
    """A response without what is another each time, and the date, which the server may add."""
    headers = dict(response.headers)
    for name in (requests.NUMBER, "Date"):
        headers.pop(name, None)
    if response.status_code == 200:
        return response.status_code, headers, response.data
    number = response.headers[requests.NUMBER].encode()
    return response.status_code, headers, response.data.replace(number, b"")


@pytest.mark.parametrize("send", [get, post])
@pytest.mark.parametrize(
    "accept",
    [
        *("", "*/*", "text/csv", "application/sparql-results+xml, */*;q=0.1", "image/png"),
        *("text/html,application/xhtml+xml", "text/turtle", "application/json", "text/csv;q=0"),
    ],
)
def test_both_ways_answer_alike(
    client: FlaskClient, send: Callable[..., TestResponse], accept: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    for query in (
        *(SELECT, CONSTRUCT, "ASK {}", "SELECT nonsense", "CLEAR ALL", "", "# å+ö %20\nASK {}"),
        *("ASK { SERVICE <http://x> {} }", "ASK FROM <x:not-here> {}"),
    ):
        short, long = (told(send(client, query, headers | more)) for more in ({}, LONG_WAY))
        assert short == long, query


def test_text_that_is_no_utf8_is_refused_both_ways(client: FlaskClient) -> None:
    for more in ({}, LONG_WAY):
        assert client.get("/sparql?query=ASK%20%7B%7D%23%FF", headers=more).status_code == 400
        response = client.post(
            "/sparql", data=b"ASK {} #\xff", content_type="application/sparql-query", headers=more
        )
        assert response.status_code == 400


def test_what_was_answered_before_is_answered_again(client: FlaskClient) -> None:
    first, again = (get(client, SELECT, {}) for _number in range(2))
    assert first.data == again.data
    etag = {"If-None-Match": again.headers["ETag"]}
    assert get(client, SELECT, etag).status_code == 304


@pytest.mark.parametrize("function", ["RAND()", "UUID()", "STRUUID()", "N\\u004FW()"])
def test_chance_and_the_clock_are_asked_each_time(client: FlaskClient, function: str) -> None:
    query = f"SELECT ({function} AS ?x) {{}}"
    first, again = (get(client, query, {"Accept": "text/csv"}).data for _number in range(2))
    assert first != again


def test_what_only_looks_like_the_clock_is_kept() -> None:
    assert tokens.is_steady("SELECT ?first_known { ?s ?p ?first_known }")
    assert not tokens.is_steady("SELECT (now() AS ?x) {}")


def test_the_cache_keeps_what_was_asked_for_last() -> None:
    cache = Cache[str](100)
    for number in range(12):
        cache.put(number, f"answer {number}", 10)
        assert cache.get(0) == "answer 0"  # asked for all the time
    assert [n for n in range(12) if cache.get(n)] == [0, *range(3, 12)]


def test_the_cache_keeps_nothing_that_would_drive_out_the_rest() -> None:
    cache = Cache[str](100)
    cache.put("small", "s", 10)
    cache.put("large", "l", 60)
    assert cache.get("large") is None
    assert cache.get("small") == "s"


def test_what_is_kept_a_second_time_takes_its_room_once() -> None:
    cache = Cache[str](100)
    for _number in range(50):
        cache.put("one", "1", 10)
    for number in range(9):
        cache.put(number, "more", 10)
    assert cache.get("one") == "1"
