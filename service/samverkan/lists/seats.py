"""In which national bodies a person or a region sits, or is represented."""

from __future__ import annotations

from datetime import date

from samverkan.knowledge import Knowledge
from samverkan.language import Language
from samverkan.lists.listing import Cells
from samverkan.lists.people import LISTING
from samverkan.lists.rows import rows_of

_NATIONAL = "national"


def national_seats(
    knowledge: Knowledge, iri: str, language: Language, on_date: date, known_on: str
) -> tuple[Cells, ...]:
    """The rows of the list of people that are about *iri*, or somebody who represents it.

    Nominations are among them, with that as their state; so are holders whom no source names.

    Raises:
        ParameterError: *known_on*, if not empty, is no day.
    """
    return tuple(
        row
        for row in rows_of(knowledge, LISTING, language, on_date, known_on)
        if any(value.code == _NATIONAL for value in row["level"])
        and iri in {value.iri for name in ("person", "represents") for value in row[name]}
    )
