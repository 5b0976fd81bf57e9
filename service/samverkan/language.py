"""Swedish and English: the catalogues of translations, read with gettext.

Messages are written in English in the code and marked with :func:`mark`; the Swedish catalogue is
``locale/sv.po``. It is compiled in memory, so that no built file can be older than its source.
"""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CODES = ("sv", "en")
DEFAULT = "sv"


def mark(message: str) -> str:
    """*message* itself: tells the extractor that it is to be translated."""
    return message


@dataclass(frozen=True)
class Language:
    """One of the languages, with its way of saying things."""

    code: str
    translations: gettext.NullTranslations

    def say(self, message: str, /, **values: object) -> str:
        """*message* in this language, its named places filled with *values*."""
        text = self.translations.gettext(message) if message else ""
        return text.format(**values) if values else text

    def join(self, parts: list[str]) -> str:
        """*parts* as a list in running text: ``a, b och c`` (CLDR's standard list)."""
        return parts[0] if len(parts) == 1 else str(format_list(parts, locale=self.code))


@cache
def language(code: str) -> Language:
    """The language of *code*, one of :data:`CODES`.

    Raises:
        KeyError: for any other code.
    """
    if code not in CODES:
        raise KeyError(code)
    catalogue = files("samverkan").joinpath("locale", f"{code}.po")
    if not catalogue.is_file():
        return Language(code, gettext.NullTranslations())
    compiled = io.BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return Language(code, gettext.GNUTranslations(compiled))
