"""What no page may have: scripts and styles within it, cookies, markup that somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kinds import PAGES
from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.web import Settings, create_app
from small import Source, write

PAGE = {"Accept": "text/html"}
# What somebody may write for a name: an element, the end of an attribute, an end of a script.
WRITTEN = "<i class=planted onclick=alert(1)>&lt;</i></script>' onfocus='alert(2)"
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "use": "href"}


class Markup(HTMLParser):
    """A page as a browser reads it: what it runs, loads and leads to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.planted = 0
        self.texts: list[str] = []
        self.links: list[str] = []
        self._in_script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.planted += given.get("class") == "planted"
        self.links += [given["href"]] if "href" in given else []
        self._in_script = tag == "script"
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.faults.append(f"<{tag}>")
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.faults += [f"{tag} style={given['style']}"] if "style" in given else []
        loaded = given.get(LOADING.get(tag, ""), "/")
        if not re.match(r"/(?!/)|#", loaded):
            self.faults.append(f"{tag} {loaded}")
        for name in ("href", "action", "formaction"):
            if re.match(r"\s*(javascript|data|vbscript):", given.get(name, ""), re.IGNORECASE):
                self.faults.append(f"{tag} {name}={given[name]}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._in_script and data.strip():
            self.faults.append(f"a script: {data[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a service whose data call everything what nobody is called."""
    folder = tmp_path_factory.mktemp("hostile")
    title = WRITTEN.replace('"', '\\"')
    write(folder, [Source(2025).says("anna", title=title, represents="house").says("bo")])
    for path in sorted(Path(folder).rglob("*.ttl")):
        body = path.read_text()
        for name in ("Rådet", "Styrelsen", "Anna Berg", "Bo Ek", "Protokoll 2025"):
            body = body.replace(f'"{name}"', f'"{name} {title}"')
        path.write_text(body)
    app = create_app(Settings(folder, Limits(workers=1, seconds=5)))
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_runs_and_loads_nothing_but_files_of_the_service(
    client: FlaskClient, address: str
) -> None:
    response = client.get(address, headers=PAGE)
    assert response.mimetype == "text/html"
    page = response.get_data(as_text=True)
    found = Markup(page)
    assert found.faults == []
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "Set-Cookie" not in response.headers
    assert len(page.encode()) < 100_000
    assert {"/accessibility", "/personal-data"} <= {link.partition("?")[0] for link in found.links}


def test_whatever_a_thing_is_called_is_only_read(hostile: FlaskClient) -> None:
    seen = 0
    for address in (
        *("/", "/ask?q=vem+sitter+i+Rådet", "/ask?q=vem+är+Anna+Berg", "/search?q=Rådet"),
        *("/res/organization/council", "/res/person/anna", "/res/source/s2025", "/checks"),
        *("/res/decision/d", "/res/evidence/s2025-1", "/catalog", "/queries/bodies"),
        *("/queries/representatives?body=organization/council", "/personal-data"),
        "/sparql?query=SELECT+*+{+?s+<http://www.w3.org/2004/02/skos/core%23prefLabel>+?o+}",
        f"/nowhere/{WRITTEN}",
        f"/ask?q={WRITTEN}",
        f"/search?q={WRITTEN}",
    ):
        found = Markup(hostile.get(address, headers=PAGE).get_data(as_text=True))
        assert (found.faults, found.planted) == ([], 0), address
        seen += "planted" in "".join(found.texts)
    assert seen > 10


def test_every_response_has_the_headers_that_keep_a_reader_safe(client: FlaskClient) -> None:
    for address in ("/", "/nowhere", "/queries/bodies.csv", "/static/icon.svg", "/sparql"):
        with client.get(address) as response:
            headers = response.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        # What is public stays readable from everywhere.
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Strict-Transport-Security" not in headers
        assert "Set-Cookie" not in headers


def test_only_a_service_that_is_reached_by_https_asks_for_it_always(known: Knowledge) -> None:
    for address, asks in (("https://graph.example.org", True), ("http://graph.example.org", False)):
        app = create_app(Settings(public_url=address, limits=Limits(workers=1)), known)
        headers = app.test_client().get("/health/live").headers
        assert ("Strict-Transport-Security" in headers) == asks
        app.extensions["samverkan"].adhoc.close()
