"""What the service says of itself: that it is true, and who is to be asked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from samverkan.isolation import Limits
from samverkan.knowledge import Knowledge
from samverkan.web import Settings, create_app
from samverkan.web.statements import contact_address

PAGE = {"Accept": "text/html"}
ADDRESSES = ("/accessibility", "/personal-data")


@pytest.fixture(scope="module")
def run_by(known: Knowledge) -> Iterator[FlaskClient]:
    """A client of a service whose operator has said who they are."""
    settings = Settings(
        operator="Kansliet <i>",
        contact="kansliet@example.org",
        log_level="debug",
        limits=Limits(workers=1),
    )
    app = create_app(settings, known)
    yield app.test_client()
    app.extensions["samverkan"].adhoc.close()


def text_of(client: FlaskClient, address: str) -> str:
    page = client.get(address, headers=PAGE).get_data(as_text=True)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_runs_the_service_is_said_or_said_to_be_missing(
    client: FlaskClient, run_by: FlaskClient, address: str
) -> None:
    assert "Who runs the service not given How to reach them not given" in text_of(
        client, f"{address}?lang=en"
    )
    page = run_by.get(f"{address}?lang=sv", headers=PAGE).get_data(as_text=True)
    assert "Kansliet &lt;i&gt;" in page
    assert 'href="mailto:kansliet@example.org"' in page
    assert "inte angivet" not in page


def test_the_statement_on_accessibility_has_all_that_the_law_asks_for(run_by: FlaskClient) -> None:
    told = text_of(run_by, "/accessibility?lang=sv")
    order = [
        "Hur tillgänglig är tjänsten?",
        "Vad kan du göra om du inte kan använda delar av tjänsten?",
        "Rapportera brister i tjänstens tillgänglighet",
        "Tillsyn",
        "Teknisk information om tjänstens tillgänglighet",
        "delvis förenlig",
        "Innehåll som inte är tillgängligt",
        "Hur tjänsten har testats",
        "Bedömd och senast uppdaterad 20",
    ]
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "www.digg.se/tdosanmalan" in told


def test_the_page_on_personal_data_says_what_there_is(
    client: FlaskClient, known: Knowledge
) -> None:
    told = text_of(client, "/personal-data?lang=sv")
    people = {row["thing"].value for row in known.ask("names") if "/person/" in row["thing"].value}
    assert f"Personer i grafen: {len(people)}." in told
    for source in known.dataset.sources:
        assert source.label in told


def test_what_the_log_holds_is_told_as_the_service_runs(
    client: FlaskClient, run_by: FlaskClient
) -> None:
    assert "What such an error says, which might quote" in text_of(client, "/personal-data?lang=en")
    assert "Just now the service is set to log" in text_of(run_by, "/personal-data?lang=en")


def test_a_parameter_that_there_is_none_of_is_refused(client: FlaskClient) -> None:
    for address in ADDRESSES:
        assert client.get(f"{address}?x=1").status_code == 400


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("kansliet@example.org", "mailto:kansliet@example.org"),
        ("a?b@example.org", "mailto:a%3Fb@example.org"),
        ("https://example.org/kontakt", "https://example.org/kontakt"),
        ("010-123 45 67", ""),
        ("javascript:alert(1)@x.y", "mailto:javascript%3Aalert%281%29@x.y"),
        ("", ""),
    ],
)
def test_a_contact_leads_to_a_mailbox_or_a_page_and_nowhere_else(
    contact: str, address: str
) -> None:
    assert contact_address(contact) == address
