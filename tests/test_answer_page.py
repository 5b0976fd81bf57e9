"""The page of an answer: what was understood, what it rests on, and what to do with it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

from flask.testing import FlaskClient

from samverkan import questions, terminal
from samverkan.knowledge import Knowledge

MAIN = "vem representerar oss i Beredningsgrupp 2"
PAGE = {"Accept": "text/html"}


class Links(HTMLParser):
    """The links of a page, its fields by name, and its text."""

    def __init__(self, client: FlaskClient, **asked: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fields: dict[str, str] = {}
        self.text = ""
        self.feed(client.get(f"/ask?{urlencode(asked)}", headers=PAGE).get_data(as_text=True))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a":
            self.links.append(told.get("href") or "")
        if tag == "input":
            self.fields[told.get("id") or told.get("name") or ""] = told.get("value") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def told(client: FlaskClient, address: str) -> object:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}").get_json()


def test_the_link_of_an_answer_gives_the_same_answer_again(client: FlaskClient) -> None:
    for given in ({}, {"on_date": "2021-02-19"}, {"known_on": "2021-03-01", "lang": "en"}):
        page = Links(client, q=MAIN, **given)
        link = page.fields["link"]
        assert urlsplit(link).scheme == "http"
        assert "on_date" in parse_qs(urlsplit(link).query)
        assert told(client, link) == told(client, f"/ask?{urlencode({'q': MAIN, **given})}")


def test_every_other_day_is_a_link_to_the_same_question(client: FlaskClient) -> None:
    page = Links(client, q=MAIN, lang="sv")
    days = [link for link in page.links if link.startswith("/ask?") and "on_date" in link]
    assert any("on_date=2021-02-19" in link for link in days)
    states = {client.get(link).get_json()["state"] for link in days}
    assert {"confirmed", "last-known"} <= states


def test_the_page_says_how_the_question_was_read_and_where_the_data_are(
    client: FlaskClient,
) -> None:
    page = Links(client, q=MAIN)
    assert "”oss” lästes som Sjukvårdsregion Mellansverige" in page.text
    for path in ("/queries/representatives", "/queries/representatives.csv", "/ask.json"):
        found = [link for link in page.links if urlsplit(link).path == path]
        assert len(found) == 1
        assert client.get(found[0]).status_code == 200


def test_another_reading_is_asked_of_the_same_day(client: FlaskClient) -> None:
    page = Links(client, q="vem sitter i nämnden", on_date="2021-02-19")
    links = [link for link in page.links if link.startswith("/ask?") and "Samverkansn" in link]
    assert links
    assert all(parse_qs(urlsplit(link).query)["on_date"] == ["2021-02-19"] for link in links)


def test_what_was_asked_is_text_in_every_place_of_the_page(client: FlaskClient) -> None:
    typed = '"><script>x</script>'
    page = client.get("/ask", query_string={"q": typed}, headers=PAGE)
    assert "<script" not in page.get_data(as_text=True)
    assert Links(client, q=typed).fields["q"] == typed


def test_every_example_has_a_page_and_is_told_on_the_terminal(
    client: FlaskClient, known: Knowledge
) -> None:
    for query in known.catalogue:
        for code, examples in query.examples.items():
            for example in examples:
                address = f"/ask?{urlencode({'q': example, 'lang': code})}"
                assert client.get(address, headers=PAGE).status_code == 200, example
                answer = questions.ask(known, example)
                assert answer.answer.split()[0] in terminal.answer(answer), example
