"""The day that a question names, in figures or in words."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.dates import get_month_names

from samverkan.language import CODES

_NOW = re.compile(
    r"[\s,]+(?:just nu|nu|idag|i dag|för närvarande|today|now|right now|currently)$", re.IGNORECASE
)
_DAY = re.compile(r"[\s,]+(?:(?:den|per|on|as of)\s+)?(\d{4}-\d{2}-\d{2})$", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(
    r"[\s,]+(?:(?:den|per|on|as of)\s+)?(?:the\s+)?(\d{1,2})(?:\s+of)?\s+([^\W\d]+)\s+(\d{4})$",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, str | None]:
    """*text* without its closing marks and words of time, and the day that these name."""
    asked = _NOW.sub("", text.strip(" ?!.,\"'”“’‘«»"))
    if found := _DAY.search(asked):
        return asked[: found.start()], found[1]
    if (found := _DAY_IN_WORDS.search(asked)) and (month := _months().get(found[2].casefold())):
        return asked[: found.start()], f"{found[3]}-{month:02}-{int(found[1]):02}"
    return asked, None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The number of each month by its names in all the languages (CLDR)."""
    return {
        name.casefold().rstrip("."): number
        for code in CODES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=code).items()
    }
